"""Which stretches of a sentence are one word to the parser: mentions, lists of mentions, compounds.

"IL-1, IL-6 and TNF", "interleukin-2 (IL-2)", "the stress hormones adrenaline and cortisol" and "IL-4- and
IL-13-induced" each become one word, since long coordinations and brackets are what a parser gets wrong most. What is
joined here is plain from the surface: names of one type with nothing but list punctuation between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..schema import Mention
from .words import word_list

__all__ = ["Group", "group_mentions", "outer_mentions"]

_LIST_GAP = re.compile(r"-?\s*(?:[,;]\s*)?(?:(?:and/or|and|or|as well as|&)\s+)?(?:(?:the|to|with|by|of)\s+)?$")
_SLASH_GAP = re.compile(r"\s?/\s?$")
_SUSPENDED = re.compile(r"-\s*(?:,\s*)?(?:(?:and|or|and/or)\s+)?$")
_CALLED = re.compile(r",?\s+(?:called|named|termed|namely|known as|designated|dubbed)\s+(?:the\s+|an?\s+)?$")
_SUCH_AS = re.compile(
    r",?\s+\(?(?:such as|including|like|for example,?|e\.g\.,?|for instance,?|especially|particularly|notably)\s+"
    r"(?:the\s+|in\s+)?$"
)
# A phrase that opens the sentence and ends with a comma: the names after that comma begin the clause itself.
_FRONTED = re.compile(
    r"\W*(?:(?:in|on|upon|after|during|before|following|with|without|via|through|by|from|for|at|under|besides|beside|"
    r"unlike|like|despite|given|among|within|along with|together with|as well as|compared (?:with|to)|"
    r"contrary to|similar to|due to|because of|owing to|thanks to|apart from|aside from)\b)[^,;:]*$",
    re.I,
)
_SUFFIX = re.compile(r"[-‐‑–]\s?([A-Za-z]{3,})\b")
_COMPOUND_WORDS = word_list("compound_suffixes")


# Long lists of measured molecules mix cytokines, receptors and metabolites.
_MOLECULES = frozenset({"CYTOKINE", "HORMONE", "PROTEIN", "CHEMICAL"})


@dataclass(frozen=True, slots=True)
class Group:
    """One word of the collapsed sentence. `form` is what the parser is shown."""

    start: int
    end: int
    form: str
    mentions: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    suffix: str = ""


def outer_mentions(mentions: Sequence[Mention], start: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Disjoint stretches of [start, end) with the mentions in each, the outermost first.

    The longest contiguous mention wins. Of a fragmented mention ("B … cells") the part that it does not share with
    another mention stands for it.
    """
    whole = sorted(
        (m for m in mentions if len(m.fragments) == 1 and start <= m.start and m.end <= end),
        key=lambda m: (m.start - m.end, m.start, m.id),
    )
    owners: dict[tuple[int, int], list[str]] = {}
    for m in whole:
        if all(m.end <= a or b <= m.start for a, b in owners):
            owners[m.start, m.end] = []
    for m in whole:
        for (a, b), ids in owners.items():
            if a <= m.start and m.end <= b:
                ids.append(m.id)
    for m in mentions:
        if len(m.fragments) < 2:
            continue
        inside = [f for f in m.fragments if start <= f[0] and f[1] <= end]
        free = [f for f in inside if all(f[1] <= a or b <= f[0] for a, b in owners)]
        part = next((f for f in inside if tuple(f) in owners), None)
        if not free and part is not None:
            # "liver … metastases" outranks the liver in it, "cancers of the … womb" the womb.
            owners[part].insert(0, m.id)
        elif free:
            owners[free[0]] = [m.id]
        elif inside:
            for span, ids in owners.items():
                if span[0] <= inside[0][0] and inside[0][1] <= span[1]:
                    ids.append(m.id)
                    break
    return [(a, b, tuple(ids)) for (a, b), ids in sorted(owners.items())]


class _Builder:
    """Joins neighbouring outer mentions, left to right."""

    def __init__(
        self,
        text: str,
        by_id: dict[str, Mention],
        outer: list[tuple[int, int, tuple[str, ...]]],
        start: int,
        end: int,
    ) -> None:
        self.text = text
        self.start = start
        self.by_id = by_id
        self.outer = outer
        self.end = end

    def first(self, k: int) -> Mention:
        return self.by_id[self.outer[k][2][0]]

    def gap(self, k: int) -> str:
        return self.text[self.outer[k][1] : self.outer[k + 1][0]]

    def alike(self, a: int, b: int) -> bool:
        x, y = self.first(a), self.first(b)
        return bool(x.types & y.types) or (bool(x.types & _MOLECULES) and bool(y.types & _MOLECULES))

    def same(self, a: int, b: int) -> bool:
        return bool(self.first(a).types & self.first(b).types)

    def chain(self, k: int) -> int:
        """Index after the list of like names that begins at `k`; `k + 1` if there is no list."""
        stop = self._chain(k, len(self.outer))
        return self._chain(k, self._clause_start(k, stop))

    def _clause_start(self, k: int, stop: int) -> int:
        """Where the clause begins, if a fronted phrase and its subject look like one list ("Besides A, B and C do")."""
        if stop - k < 2 or not _FRONTED.match(self.text, self.start, self.outer[k][0]):
            return stop
        if re.match(r"\s*[,(]", self.text[self.outer[stop - 1][1] : self.end]):
            return stop
        gaps = [self.gap(j) for j in range(k, stop - 1)]
        if not any("," in g for g in gaps):
            return stop
        first = next((n for n, g in enumerate(gaps) if re.search(r"\b(?:and|or)\b", g)), len(gaps))
        after = next((n for n in range(first + 1, len(gaps)) if "," in gaps[n]), None)
        if after is not None:
            return k + after + 1
        return k + 1 if "," in gaps[0] else stop

    def _chain(self, k: int, limit: int) -> int:
        j = k
        conj = slash = suspended = False
        while j + 1 < limit and self.alike(k, j + 1):
            gap = self.gap(j)
            if _SLASH_GAP.match(gap):
                slash = True
            elif gap.strip() and _LIST_GAP.match(gap):
                word = re.sub(r"[^a-z&/ ]", "", gap).strip()
                # "…, of X": a preposition within a list keeps it one list only after a comma or conjunction.
                conj = conj or bool(word)
                suspended = suspended or bool(_SUSPENDED.match(gap) and gap.startswith("-"))
                if word and not re.match(r"(and|or|as well as|&|and/or)", word) and "," not in gap:
                    break
            else:
                break
            j += 1
            if conj and j > k and re.search(r"\b(?:and|or|&)\b|as well as", gap) and not self._goes_on(j):
                break
        count = j - k + 1
        if count >= 3 and conj:
            return j + 1
        if suspended or (slash and count >= 2 and not conj):
            return j + 1
        if slash:
            return j + 1 if count >= 3 else k + 1
        return k + 1

    def _goes_on(self, j: int) -> bool:
        return (
            j + 1 < len(self.outer) and bool(re.match(r"(?:,\s*)?(?:and|or)?\s*$", self.gap(j))) and "," in self.gap(j)
        )

    def build(self) -> list[Group]:
        out: list[Group] = []
        k = 0
        while k < len(self.outer):
            group, k = self.one(k)
            out.append(group)
        return out

    def one(self, k: int) -> tuple[Group, int]:
        begin = k
        start = self.outer[k][0]
        listed: list[int] = []
        k = self._members(k, listed)
        end = self.outer[k - 1][1]
        # A class and its members: "hormones adrenaline and cortisol", "a hormone called X", "cytokines such as X".
        while k < len(self.outer) and self.same(begin, k):
            gap = self.text[end : self.outer[k][0]]
            head = self.first(listed[-1])
            if (gap == " " and head.generic and len(listed) == 1) or (_CALLED.match(gap) and len(listed) == 1):
                listed = []
            elif not _SUCH_AS.match(gap):
                break
            bracket = "(" in gap
            k = self._members(k, listed)
            end = self.outer[k - 1][1]
            if bracket and self.text[end : end + 1] == ")":
                end += 1
        k, end = self._brackets(k, end, listed)
        ids = tuple(self.outer[i][2][0] for i in listed)
        nested = tuple(dict.fromkeys(x for i in range(begin, k) for x in self.outer[i][2] if x not in ids))
        form = self.text[self.outer[listed[0]][0] : self.outer[listed[0]][1]]
        bound = _SUFFIX.match(self.text, end, self.end)
        if bound and bound.group(1).lower() in _COMPOUND_WORDS:
            form = self.text[self.outer[listed[-1]][0] : self.outer[listed[-1]][1]] + bound.group()
            return Group(start, bound.end(), form, (), nested, ids, bound.group(1).lower()), k
        return Group(start, end, form, ids, nested), k

    def _members(self, k: int, listed: list[int]) -> int:
        stop = self.chain(k)
        listed.extend(range(k, stop))
        return stop

    def _brackets(self, k: int, end: int, listed: list[int]) -> tuple[int, int]:
        """Absorb "(IL-2)" and "(IFN-alpha and IFN-beta)" after a name of the same type; members are listed too."""
        while k < len(self.outer) and self.text[end : self.outer[k][0]] in (" (", "("):
            stop = k + 1
            while stop < len(self.outer) and _LIST_GAP.match(self.gap(stop - 1)) and self.gap(stop - 1).strip():
                stop += 1
            close = self.outer[stop - 1][1]
            if self.text[close : close + 1] != ")" or not all(self.same(listed[-1], j) for j in range(k, stop)):
                break
            known = {self.first(i).concept for i in listed} - {""}
            head = self.first(listed[-1]).text
            for j in range(k, stop):
                m = self.first(j)
                if m.concept in known or _abbreviates(m.text, head):
                    continue
                listed.append(j)
            k, end = stop, close + 1
        return k, end


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of a short form occur in order in the long form, or the other way round."""
    a, b = (short.lower(), long.lower()) if len(short) <= len(long) else (long.lower(), short.lower())
    letters = [c for c in a if c.isalnum()]
    at = 0
    for c in letters:
        at = b.find(c, at) + 1
        if not at:
            return False
    return bool(letters)


def group_mentions(text: str, mentions: Sequence[Mention], start: int, end: int) -> list[Group]:
    """Groups of the mentions in the sentence [start, end) of `text`, disjoint and in order."""
    outer = outer_mentions(mentions, start, end)
    return _Builder(text, {m.id: m for m in mentions}, outer, start, end).build()
