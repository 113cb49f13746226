"""Head nouns in the text: words that can end a name though no dictionary has the whole of it (data/heads.tsv)."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from extract.entities.candidate import Candidate
from extract.entities.data import table, words
from extract.entities.textview import TextView
from extract.schema import MentionType

__all__ = ["find_heads", "head_type", "right_parts"]

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+")


@cache
def _lists() -> tuple[dict[str, tuple[MentionType, bool]], tuple[tuple[str, MentionType], ...]]:
    exact: dict[str, tuple[MentionType, bool]] = {}
    endings: list[tuple[str, MentionType]] = []
    for kind, how, needs, word in table("heads", 4):
        if how == "word":
            exact[word] = (cast(MentionType, kind), needs == "modifier")
        elif how == "suffix":
            endings.append((word, cast(MentionType, kind)))
    return exact, tuple(sorted(endings, key=lambda pair: -len(pair[0])))


@cache
def head_type(word: str) -> tuple[MentionType, bool] | None:
    """Type of a lower-case head noun and whether it needs a modifier to be a name; None for any other word."""
    exact, endings = _lists()
    if word in exact:
        return exact[word]
    for ending, kind in endings:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return None if word in words("notheads", kind) else (kind, False)
    return None


@cache
def right_parts(kind: MentionType) -> frozenset[str]:
    """Words that continue a name of this type on its right ("T cell clones")."""
    return frozenset(row[3] for row in table("heads", 4) if row[0] == kind and row[1] == "right")


def find_heads(view: TextView) -> list[Candidate]:
    """All head nouns of the text, in order. Those that need a modifier carry the flag "bare"."""
    found = []
    for hit in _WORD.finditer(view.text):
        word = hit.group()
        head = head_type(word.lower())
        if head is None or (word.isupper() and len(word) < 8 and word.lower() != word and len(word) > 3):
            continue
        kind, bare = head
        flags = frozenset({"bare"} if bare else {"head"})
        found.append(Candidate(hit.start(), hit.end(), kind, 0.5, "expansion", core=hit.span(), flags=flags))
    return found
