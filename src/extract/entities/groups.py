"""Groups of people and animals that are named with what they have: "patients with asthma", "mice lacking IL-6"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.entities.candidate import Candidate
from extract.entities.textview import TextView

__all__ = ["grow_groups"]

_WITH = re.compile(
    r" (?:with(?: a| an)?|suffering from|diagnosed with|affected by|at risk of) (?:[a-z-]+ ){0,2}?$"
)
_LACKING = re.compile(r" (?:lacking|deficient in|deficient for|with a deletion of|without) (?:the )?$")


def grow_groups(view: TextView, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with groups of organisms grown to the right over the disease or the missing gene they have."""
    by_start: dict[int, Candidate] = {}
    for c in sorted(candidates, key=lambda c: (c.start, c.end, c.type)):
        if c.type in ("DISEASE", "CYTOKINE", "PROTEIN", "HORMONE") and not c.parts and "bare" not in c.flags:
            by_start[c.start] = c
    starts = sorted(by_start)
    out = []
    for group in candidates:
        if group.type == "ORGANISM" and "bare" not in group.flags:
            for at in starts:
                if at < group.end or at > group.end + 40:
                    continue
                gap, other = view.text[group.end : at], by_start[at]
                pattern = _WITH if other.type == "DISEASE" else _LACKING
                if pattern.match(gap) and view.sentence(group.start) == view.sentence(at):
                    group = group.with_(end=other.end, source="expansion")
                    break
        out.append(group)
    return out
