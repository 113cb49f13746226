"""Groups of people and animals that are named with what they have: "patients with asthma", "mice
lacking IL-6".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.entities.candidate import Candidate
from extract.entities.data import words
from extract.entities.textview import TextView

__all__ = ["grow_cells", "grow_groups", "grow_sites"]

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
    sites = {c.start: c for c in sorted(candidates, key=lambda c: (c.start, c.end)) if c.type == "TISSUE"}
    out = []
    for disease in candidates:
        if disease.type == "DISEASE" and not disease.flags & {"bare", "generic"} and not disease.parts:
            hit = _OF.match(view.text, disease.end)
            site = sites.get(hit.end()) if hit else None
            if site is not None and view.sentence(disease.start) == view.sentence(site.start):
                disease = disease.with_(end=site.end, source="expansion")
        out.append(disease)
    return out


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
