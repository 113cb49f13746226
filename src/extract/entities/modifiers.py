"""Which words left of a head belong to the name.

The word lists are data/modifiers.tsv. Nothing here looks at the sentence: a word is judged by itself, by
its shape (signed markers, hyphenated compounds) and by the type of the name's head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.entities.data import table, words
from extract.schema import MentionType

__all__ = ["Judge", "judge_for", "signed_marker"]

# One surface marker with a sign: CD4+, CD25(hi), Foxp3−, CD45RA-, IL-17+, TCRαβ+, CD8alpha(+), CD62Llow.
_MARKER = re.compile(
    r"(?:[A-Za-z0-9α-ωΑ-Ωγδ][A-Za-z0-9α-ωΑ-Ω./-]{0,14}?)"
    r"(?:\((?:[+\-−–]+|\+/[-−–]|hi|high|low|lo|int|dim|bright|neg|pos|null)\)"
    r"|[+−⁺⁻]+|(?<=[A-Z0-9a-z])-(?=$|[A-Z/ ])"
    r"|(?<=[A-Z0-9])(?:hi|high|low|lo|int|dim|bright|neg|pos)(?![a-z]))"
)


def signed_marker(text: str) -> bool:
    """Whether the whole chunk is made of surface markers with signs: "CD4+", "CD4(+)CD25(+)", "Foxp3−",
    "CD45RA-".
    """
    at = 0
    found = 0
    while at < len(text):
        hit = _MARKER.match(text, at)
        if not hit or hit.end() == at:
            break
        at = hit.end()
        found += 1
        if at < len(text) and text[at] in "/":
            at += 1
    # A plain hyphen at the end is a sign only after something that looks like a marker ("CD45RA-", not
    # "small-").
    if text.endswith("-") and not (any(c.isdigit() for c in text) or sum(c.isupper() for c in text) > 1):
        return False
    return found > 0 and at == len(text)


@cache
def _bare_marker(text: str) -> bool:
    """A marker named without its sign, as in "CD4 T cells"."""
    return bool(re.fullmatch(r"CD\d{1,3}[A-Za-z]{0,3}\d?", text))


@dataclass(frozen=True)
class Judge:
    """Judges single words for heads of one type."""

    type: MentionType
    inside: frozenset[str]
    outside: frozenset[str]
    never: frozenset[str]
    tails: frozenset[str]
    suffixes: tuple[str, ...]
    adjectives: tuple[str, ...]
    makes: frozenset[str]
    """Words that may stand before a name that ends in no head noun, such as the make of a hormone ("pig
    insulin").
    """

    def __call__(self, text: str, listed_only: bool = False) -> bool | None:
        """True if the word belongs to the name, False if it stops it, None if nothing is known of it.

        With `listed_only` no unlisted word is taken for a modifier by its ending.
        """
        low = text.lower().replace("’", "'")
        if self.type in ("CELL", "DISEASE") and (signed_marker(text) or (self.type == "CELL" and _bare_marker(text))):
            return True
        if self.suffixes and low.endswith(self.suffixes) and len(low) > 2:
            return True
        if low in self.outside:
            return False
        if low in self.inside:
            return True
        if low in self.never:
            return False
        for mark in ("-", "–", "/"):
            if mark in low:
                tail = low.rsplit(mark, 1)[1]
                if mark == "/" and tail not in self.inside:
                    continue
                if tail in self.tails or (tail in self.inside and tail not in self.never):
                    return True
        head = low.split("-", 1)[0]
        if not listed_only and low.endswith(self.adjectives) and len(low) > 5 and head not in self.never:
            return True
        return None


@cache
def judge_for(kind: MentionType) -> Judge:
    """The judge for heads of a type, built from data/modifiers.tsv."""
    adjectives = sorted(words("modifiers", kind, "in", "adjective"))
    return Judge(
        type=kind,
        inside=words("modifiers", kind, "in", "word"),
        outside=words("modifiers", kind, "out", "word"),
        never=words("modifiers", "*", "out", "word"),
        tails=words("modifiers", kind, "in", "tail"),
        suffixes=tuple(sorted(words("modifiers", kind, "in", "suffix"))),
        adjectives=tuple(adjectives),
        makes=words("modifiers", kind, "in", "make"),
    )


@cache
def allowed_types(kind: MentionType) -> frozenset[str]:
    """Types of dictionary names that may stand as modifiers before a head of a type (data/allowed.tsv)."""
    return frozenset(row[1] for row in table("allowed", 3) if row[0] == kind)


@cache
def only_heads(kind: MentionType, modifier: MentionType) -> frozenset[str]:
    """The head nouns before which such a modifier may stand; empty where it may before all."""
    rows = [row[2] for row in table("allowed", 3) if row[:2] == (kind, modifier)]
    return frozenset(word for cell in rows for word in cell.split("|") if word != "*")
