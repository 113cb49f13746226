"""What the parts of this stage hand to each other: candidates for mentions, and who may propose them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol

from extract.schema import MentionType, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["RECALLS", "Candidate", "Fragments", "Proposer", "Recall", "covers", "merged", "overlaps", "touches"]

Fragments = tuple[Span, ...]
Recall = Literal["high", "balanced", "precise"]
RECALLS: tuple[Recall, ...] = ("high", "balanced", "precise")
"""How sure a mention has to be, from "rather one too many" to "only what is nearly certain"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a mention.

    `start` and `end` are code points into the document's text, half-open. `parts` holds the fragments of
    a mention that is not one stretch, else it is empty. `core` is the span of the dictionary name or head
    inside a name that was extended, from which its concept is looked up. `score` orders proposals of the
    same span: higher wins. `confidence` is the probability that the mention is right; 1 where nothing was weighed.
    """

    start: int
    end: int
    type: MentionType
    score: float = 1.0
    source: str = "lexicon"
    also: tuple[MentionType, ...] = ()
    parts: Fragments = ()
    core: Span | None = None
    concept: str = ""
    name: str = ""
    roles: tuple[Role, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)
    confidence: float = 1.0

    @property
    def fragments(self) -> Fragments:
        """Sorted, disjoint ranges."""
        return self.parts or ((self.start, self.end),)

    @property
    def span(self) -> Span:
        """From the first code point to the last."""
        return self.start, self.end

    @property
    def length(self) -> int:
        """Code points covered, gaps left out."""
        return sum(b - a for a, b in self.fragments)

    def with_(self, **changes: object) -> Candidate:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


class Proposer(Protocol):
    """Anything that proposes mentions, such as a statistical tagger. Its candidates go through the same
    resolver.
    """

    def __call__(self, doc: Doc) -> list[Candidate]:
        """Candidates for the document, offsets in code points of `doc.text`, in any order."""
        ...


def overlaps(a: Span, b: Span) -> bool:
    """Whether two ranges share a code point."""
    return a[0] < b[1] and b[0] < a[1]


def covers(a: Span, b: Span) -> bool:
    """Whether `b` lies within `a` (they may be equal)."""
    return a[0] <= b[0] and b[1] <= a[1]


def merged(ranges: Iterable[Span]) -> list[Span]:
    """The same stretches of text as sorted ranges that do not overlap."""
    out: list[Span] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def touches(ranges: Sequence[Span], span: Span) -> bool:
    """Whether `span` shares a code point with one of the ranges, which are as `merged` gives them."""
    i = bisect_left(ranges, (span[1], span[1]))
    return i > 0 and overlaps(ranges[i - 1], span)
