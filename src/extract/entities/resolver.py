"""From all candidates to the mentions that stand: longest first, nested ones as the annotation guide
has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.entities.candidate import Candidate, covers, overlaps
from extract.entities.data import table, words
from extract.entities.heads import head_type

__all__ = ["resolve"]


@cache
def _nesting() -> dict[tuple[str, str], str]:
    """(type outside, type inside) -> keep, edge, grown, outside or drop, as data/nesting.tsv explains them."""
    return {(row[0], row[1]): row[2] for row in table("nesting", 3)}


# A name of one of these types that cuts across another name is the one that gives way.
_LATE = {"PROCESS": 1}
_SHELF = 128


@cache
def _rank(kind: str) -> int:
    order = (
        "CELL",
        "CYTOKINE",
        "HORMONE",
        "DISEASE",
        "ORGANISM",
        "PROTEIN",
        "INTERVENTION",
        "CHEMICAL",
        "TISSUE",
        "PROCESS",
    )
    return order.index(kind)


def _inside_all(inner: Candidate, outer: Candidate) -> bool:
    return all(any(covers(big, small) for big in outer.fragments) for small in inner.fragments)


def _core_length(candidate: Candidate) -> int:
    """Of two names of one range, the one that a dictionary has in full knows more than the one that grew."""
    return candidate.core[1] - candidate.core[0] if candidate.core else 0


def _touch(a: Candidate, b: Candidate) -> bool:
    return any(overlaps(x, y) for x in a.fragments for y in b.fragments)


def _may_nest(inner: Candidate, outer: Candidate, text: str) -> bool:
    rule = _nesting().get((outer.type, inner.type)) or _nesting().get((outer.type, "*")) or "drop"
    if inner.type == outer.type:
        # "antibodies to thyroid peroxidase" is a protein and names another.
        return "holds" in outer.flags and inner.end == outer.end
    if rule == "drop":
        return False
    if _never_inside(inner, outer, text):
        # What is placed late must not lose to the shorter name; the shorter one goes in the end.
        return outer.type in _LATE
    if rule == "outside":
        # "T cell" in "T cell cytokines"; not "macrophage" in a dictionary's "macrophage inflammatory protein".
        named = outer.core is not None and covers(outer.core, inner.span)
        return not named or outer.source == "context" or _names_class(outer, text)
    if rule == "grown":
        # "peripheral blood" is a name of its own even in a dictionary's "peripheral blood monocyte";
        # "blood" in "red blood cell" is not.
        last = text[outer.start : outer.end].split(" ")[-1].lower()
        if outer.type == "DISEASE" and last not in words("never", "DISEASE>TISSUE"):
            return True
        several = " " in text[inner.start : inner.end]
        return several or outer.core is None or not covers(outer.core, inner.span)
    return rule == "keep" or inner.end != outer.end or inner.start == outer.start


def _names_class(candidate: Candidate, text: str) -> bool:
    """Whether a name is of a class, and so made up of words that keep their meaning ("pituitary hormones")."""
    last = re.split(r"[\s-]", text[candidate.start : candidate.end])[-1].lower()
    head = head_type(last)
    return head is not None and head[1] == "generic" and ("generic" in candidate.flags or last.endswith("s"))


def _never_inside(inner: Candidate, outer: Candidate, text: str) -> bool:
    return text[inner.start : inner.end].lower() in words("never", f"{outer.type}>{inner.type}")


def resolve(candidates: Sequence[Candidate], text: str = "") -> list[Candidate]:
    """The candidates that become mentions, sorted by place.

    Longer beats shorter where two overlap; of two with the same range the better score wins, then a fixed
    order of types. What lies inside a longer one stays if data/nesting.tsv lets its type stand inside
    that type. Members of a coordination share their head, so they do not shut each other out.
    """
    ordered = sorted(
        (c for c in candidates if "bare" not in c.flags),
        key=lambda c: (
            _LATE.get(c.type, 0),
            -c.length,
            -c.score,
            -_core_length(c),
            _rank(c.type),
            c.fragments,
            c.source,
            c.concept,
        ),
    )
    kept: list[Candidate] = []
    # Kept candidates by stretches of text, so that a long document does not compare all with all.
    shelves: dict[int, list[Candidate]] = {}
    for candidate in ordered:
        numbers = range(candidate.start // _SHELF, (candidate.end - 1) // _SHELF + 1)
        if all(_stand(candidate, other, text) for n in numbers for other in shelves.get(n, ())):
            kept.append(candidate)
            for n in numbers:
                shelves.setdefault(n, []).append(candidate)
    late = [c for c in kept if c.type in _LATE]
    kept = [c for c in kept if not any(_inside_all(c, o) and _never_inside(c, o, text) for o in late)]
    return sorted(
        kept, key=lambda c: (c.start, bool(c.parts), 0 if c.parts else -c.end, c.fragments, _rank(c.type))
    )


def _stand(candidate: Candidate, other: Candidate, text: str) -> bool:
    """Whether both can be mentions."""
    if not _touch(candidate, other):
        return True
    if candidate.fragments == other.fragments:
        return False
    if candidate.parts or other.parts:
        return _shares(candidate, other, text)
    if _inside_all(candidate, other):
        return _may_nest(candidate, other, text)
    if _inside_all(other, candidate):
        return _may_nest(other, candidate, text)
    return False


def _shares(a: Candidate, b: Candidate, text: str) -> bool:
    """Two mentions of which one at least is in fragments: allowed if they share a head or stem and
    nothing else.
    """
    if a.type == b.type:
        if a.parts and not b.parts:
            a, b = b, a
        # "T cells" beside "B … cells"; but not "B" beside "B … cells".
        return not _inside_all(a, b) or (a.parts != () and b.parts != ())
    inner, outer = (a, b) if a.length <= b.length else (b, a)
    return _may_nest(inner, outer, text) if _inside_all(inner, outer) else True
