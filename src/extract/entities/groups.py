"""Groups of people and animals that are named with what they have: "patients with asthma", "mice
lacking IL-6".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import cast

from extract.entities.candidate import Candidate
from extract.entities.data import table, words
from extract.entities.textview import TextView
from extract.schema import MentionType

__all__ = ["grow_cells", "grow_groups", "grow_sites", "name_phrases"]

_WITH = re.compile(r" (?:with(?: an?)?|suffering from|diagnosed with|affected by) (?:(?!and|or)[a-z-]+ )?$")
_OF = re.compile(r" of (?:the )?")
_LACKING = re.compile(r" (?:lacking|deficient in|deficient for) (?:the )?$")


_CELLS_WITH = re.compile(
    r"(?: (?:infected with|infected by|of|from|in|lining) )(?:the )?"
    r"(?:small |large |human |adaptive |innate )?$"
)


def grow_cells(view: TextView, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Bare "cells" that what follows makes a population: "cells infected with viruses", "cells of the
    immune system".
    """
    names = {
        c.start: c
        for c in sorted(candidates, key=lambda c: (c.start, c.end, c.type))
        if "bare" not in c.flags
    }
    out = []
    for cell in candidates:
        if cell.type == "CELL" and "bare" in cell.flags:
            for at in range(cell.end + 4, min(cell.end + 40, len(view.text))):
                other = names.get(at)
                if other is None or other.type not in ("ORGANISM", "TISSUE", "DISEASE"):
                    continue
                gap = view.text[cell.end : at]
                infected = "infected" in gap
                if (
                    _CELLS_WITH.match(gap)
                    and infected == (other.type == "ORGANISM")
                    and " in " not in gap
                    and " from " not in gap
                ):
                    cell = cell.with_(end=other.end, source="expansion", flags=cell.flags - {"bare"})
                    break
        out.append(cell)
    return out


def grow_sites(view: TextView, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with diseases grown over the site that they name: "atherosclerosis of the aorta"."""
    # The longest name counts: the "blood" of "relapse of the blood cancer" is no site.
    longest = {c.start: c for c in sorted(candidates, key=lambda c: (c.start, c.end)) if "bare" not in c.flags}
    sites = {start: c for start, c in longest.items() if c.type == "TISSUE"}
    out = []
    for disease in candidates:
        if disease.type == "DISEASE" and not disease.flags & {"bare", "generic"} and not disease.parts:
            hit = _OF.match(view.text, disease.end)
            site = sites.get(hit.end()) if hit else None
            if site is not None and view.sentence(disease.start) == view.sentence(site.start):
                disease = disease.with_(end=site.end, source="expansion")
        out.append(disease)
    return out


@cache
def _phrase_heads() -> tuple[re.Pattern[str], dict[str, tuple[MentionType, frozenset[str]]]]:
    """A pattern for how a phrase begins, and for each beginning the type of the whole and what may follow."""
    begins = {
        row[1] if row[2] == "-" else f"{row[1]} {row[2]}": (cast(MentionType, row[0]), frozenset(row[3].split("|")))
        for row in table("phrases", 4)
    }
    body = "|".join(re.escape(begin) for begin in sorted(begins, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![\w-])({body}) (?:(?:the|both) )?", re.I), begins


def name_phrases(view: TextView, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Names made of an everyday word and what it is about: "loss of appetite", "thinning of the skin", "uptake of
    glucose", "sore throat" (data/phrases.tsv).
    """
    names: dict[int, list[Candidate]] = {}
    for c in candidates:
        if "bare" not in c.flags and not c.parts:
            names.setdefault(c.start, []).append(c)
    pattern, heads = _phrase_heads()
    made: list[Candidate] = []
    for hit in pattern.finditer(view.text):
        kind, after = heads[hit.group(1).lower()]
        here = names.get(hit.end(), ())
        longest = max((c.end for c in here), default=0)
        inner = [longest] if any(c.type in after and c.end == longest for c in here) else []
        if not inner and (word := _following(view.text, hit.end(), after)):
            inner = [hit.end() + len(word)]
        if inner and view.sentence(hit.start()) == view.sentence(inner[0] - 1):
            made.append(Candidate(hit.start(), inner[0], kind, source="expansion"))
    return made


def _following(text: str, at: int, after: frozenset[str]) -> str:
    """The longest of the words that stands at an offset, or ""."""
    fitting = (w for w in after if text.startswith(w, at) and not text[at + len(w) : at + len(w) + 1].isalnum())
    return max(fitting, key=len, default="")


def grow_groups(view: TextView, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with groups of organisms grown to the right over the disease or the missing gene
    they have.
    """
    by_start: dict[int, Candidate] = {}
    for c in sorted(candidates, key=lambda c: (c.start, c.end, c.type)):
        if c.type in ("DISEASE", "CYTOKINE", "PROTEIN", "HORMONE") and not c.parts and "bare" not in c.flags:
            by_start[c.start] = c
    starts = sorted(by_start)
    out = []
    for group in candidates:
        if group.type == "ORGANISM":
            for at in starts[bisect_left(starts, group.end) : bisect_right(starts, group.end + 40)]:
                gap, other = view.text[group.end : at], by_start[at]
                people = view.text[group.start : group.end].split()[-1].lower() in words("contexts", "people")
                pattern = _WITH if other.type == "DISEASE" else _LACKING
                if (
                    (people or other.type != "DISEASE")
                    and pattern.match(gap)
                    and (view.sentence(group.start) == view.sentence(at))
                ):
                    group = group.with_(end=other.end, source="expansion", flags=group.flags - {"bare"})
                    break
        out.append(group)
    return out
