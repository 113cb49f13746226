"""Head nouns in the text: words that can end a name though no dictionary has the whole of it
(data/heads.tsv).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast

from extract.entities.candidate import Candidate
from extract.entities.data import table, words
from extract.entities.textview import TextView
from extract.schema import MentionType

__all__ = ["find_heads", "head_type", "right_parts", "symbol_goes_on"]

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+")


# "bare" goes when a modifier is found; "strict" takes no modifier that is not listed.
_FLAGS = {
    "modifier": {"bare"},
    "listed": {"bare", "strict"},
    "generic": {"head", "generic"},
    "none": {"head"},
}
Needs = Literal["modifier", "listed", "generic", "none"]


@cache
def _lists() -> tuple[dict[str, tuple[MentionType, Needs]], tuple[tuple[str, MentionType], ...]]:
    exact: dict[str, tuple[MentionType, Needs]] = {}
    endings: list[tuple[str, MentionType]] = []
    for kind, how, needs, word in table("heads", 4):
        if how in ("word", "pair"):
            exact[word] = (cast(MentionType, kind), cast(Needs, needs))
        elif how == "suffix":
            endings.append((word, cast(MentionType, kind)))
    return exact, tuple(sorted(endings, key=lambda pair: -len(pair[0])))


@cache
def head_type(word: str) -> tuple[MentionType, Needs] | None:
    """Type of a lower-case head noun and what it needs to be a name; None for any other word.

    "modifier": a name only with a modifier before it; "listed": the same, but only listed modifiers count;
    "generic": a class name by itself; "none": a name.
    """
    exact, endings = _lists()
    if word in exact:
        return exact[word]
    for ending, kind in endings:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return None if word in words("notheads", kind) else (kind, "none")
    return None


@cache
def right_parts(kind: MentionType) -> frozenset[str]:
    """Words that continue a name of this type on its right ("T cell clones")."""
    return frozenset(row[3] for row in table("heads", 4) if row[0] == kind and row[1] == "right")


@cache
def _pairs() -> re.Pattern[str]:
    pairs = sorted(row[3] for row in table("heads", 4) if row[1] == "pair")
    return re.compile(r"\b(?:" + "|".join(re.escape(pair) for pair in pairs) + r")\b", re.I)


def find_heads(view: TextView) -> list[Candidate]:
    """All head nouns of the text: pairs of words, then single words, each in order.

    Those that need a modifier carry the flag "bare", all others "head", class names also "generic".
    """
    found = []
    for pattern in (_pairs(), _WORD):
        for hit in pattern.finditer(view.text):
            word = hit.group()
            # "ITIS" in capitals is a symbol; "ASTHMA" is a heading.
            head = None if word.isupper() and 3 < len(word) < 8 else head_type(word.lower())
            if head is None or symbol_goes_on(view.text, hit.end()):
                continue
            flags = set(_FLAGS[head[1]])
            found.append(
                Candidate(
                    hit.start(), hit.end(), head[0], 0.5, "expansion", core=hit.span(), flags=frozenset(flags)
                )
            )
    return found


_GOES_ON = re.compile(r"[-–](?:\d|(?:alpha|beta|gamma|delta|kappa)|[α-ω]|[A-Z]{1,4}(?![a-z]))")


def symbol_goes_on(text: str, end: int) -> bool:
    """Whether a name that ends here is only the beginning of a longer symbol: "IL|-2Ralpha", "TNF|-alpha"."""
    return _GOES_ON.match(text, end) is not None
