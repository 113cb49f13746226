"""Which sentences are worth parsing: those that can hold a finding at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..schema import CORE_TYPES, Mention, Span

__all__ = ["can_hold_finding", "worth_parsing"]

_CORE = frozenset(CORE_TYPES)
# How many sentences back a reference is followed (extract.relations.anaphora looks at as many trees).
_REACH = 3
_ANAPHOR = re.compile(r"\b(?:it|its|they|their|them|this|these|those|the|both|such)\b", re.I)


def can_hold_finding(text: str, sentence: Span, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence names two things, or one and something that may refer back to another.

    `mentions` are all of the document, sorted by start. A core type may come in by reference only if the sentence
    has an anaphor.
    """
    start, end = sentence
    inside = _window(mentions, start, end)
    if not inside:
        return False
    core = any(m.types & _CORE for m in inside)
    if len(inside) > 1 and core:
        return True
    return _ANAPHOR.search(text, start, end) is not None and (core or len(mentions) > len(inside))


def worth_parsing(text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> list[Span]:
    """Sentences that can hold a finding, and those that name what "it" or "these cells" in one of them may mean.

    All spans are code points into `text`, in text order; `mentions` are sorted by start.
    """
    holds = [can_hold_finding(text, s, mentions) for s in sentences]
    refers = [h and _ANAPHOR.search(text, *s) is not None for h, s in zip(holds, sentences, strict=True)]
    return [
        s
        for k, s in enumerate(sentences)
        if holds[k] or (any(refers[k + 1 : k + 1 + _REACH]) and _window(mentions, *s))
    ]


def _window(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Mentions within [start, end), found by bisection since documents hold thousands."""
    lo, hi = 0, len(mentions)
    while lo < hi:
        mid = (lo + hi) // 2
        if mentions[mid].start < start:
            lo = mid + 1
        else:
            hi = mid
    out = []
    for m in mentions[lo:]:
        if m.start >= end:
            break
        if m.end <= end:
            out.append(m)
    return out
