"""A document as this stage sees it: raw text, whitespace-separated chunks and the sentences they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.schema import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Chunk", "TextView"]

# An em dash separates clauses with no blanks around it, so it ends a chunk as a blank does.
_CHUNK = re.compile(r"[^\s—]+")
_OPEN = "([{"
_CLOSE = {")": "(", "]": "[", "}": "{"}
_EDGE_LEFT = "\"'“‘«<"
_EDGE_RIGHT = "\"'”’»>,;:.!?…"
_SIGN_BRACKET = re.compile(r"\((?:[+\-−–/]+|high|hi|low|lo|neg|pos|int|dim|bright)\)$", re.I)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of characters without blanks, punctuation at its edges taken off.

    `closed_left` is true where punctuation or an opening bracket stood before it, `closed_right` where some
    stood after it: a name does not run across either.
    """

    start: int
    end: int
    text: str
    closed_left: bool
    closed_right: bool
    sentence: int


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take quotes, stops and unbalanced or enclosing brackets off the edges of text[start:end]."""
    while start < end:
        first, last = text[start], text[end - 1]
        if first in _EDGE_LEFT:
            start += 1
        elif last in _EDGE_RIGHT:
            end -= 1
        elif first in _OPEN and not (last in _CLOSE and text.find(last, start, end) < end - 1):
            # "(NK)" and "(like" lose the bracket, "(CD4)(CD8)" keeps its own.
            start += 1
        elif last in _CLOSE and not _SIGN_BRACKET.search(text, start, end):
            if text.count(last, start, end) > text.count(_CLOSE[last], start, end):
                end -= 1
            else:
                break
        else:
            break
    return start, end


class TextView:
    """Chunks of a Doc's text with their sentences, found by offset.

    Reads `doc.text` and the sentence starts; a Doc without sentence starts is one sentence.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        starts = [0]
        if doc.has_annotation("SENT_START"):
            rows = doc.to_array(["SENT_START", "IDX"]).tolist()
            starts = sorted({0, *(offset for begins, offset in rows if begins == 1)})
        self._sentence_starts = starts
        self.chunks: list[Chunk] = []
        for found in _CHUNK.finditer(self.text):
            a, b = _trim(self.text, found.start(), found.end())
            if a == b:
                # A dash or a bracket by itself closes both neighbours.
                a, b = found.span()
            self.chunks.append(
                Chunk(a, b, self.text[a:b], a > found.start(), b < found.end(), self.sentence(found.start()))
            )
        self._chunk_starts = [chunk.start for chunk in self.chunks]

    def sentence(self, offset: int) -> int:
        """Number of the sentence that holds the code point."""
        return bisect_right(self._sentence_starts, offset) - 1

    def index(self, offset: int) -> int:
        """Number of the chunk that holds the code point, or of the last one before it; -1 before the
        first.
        """
        return bisect_right(self._chunk_starts, offset) - 1

    def before(self, start: int) -> Chunk | None:
        """The chunk that a name starting at `start` could take in on its left.

        None where `start` is inside a chunk, where punctuation or a sentence boundary stands between, or
        where there is no chunk.
        """
        i = self.index(start)
        if i < 1 or self.chunks[i].start != start or self.chunks[i].closed_left:
            return None
        left = self.chunks[i - 1]
        if left.closed_right or left.sentence != self.chunks[i].sentence:
            return None
        gap = self.text[left.end : start]
        # A capital on a new line begins a heading or a paragraph, whether or not a full stop went before.
        new_line = "\n" in gap and (self.text[start].isupper() or gap.count("\n") > 1)
        return None if gap.strip() or new_line else left

    def after(self, end: int) -> Chunk | None:
        """The chunk that follows a name ending at `end` with only blanks between; None as for `before`."""
        i = self.index(end - 1)
        if i < 0 or i + 1 >= len(self.chunks) or self.chunks[i].end != end or self.chunks[i].closed_right:
            return None
        right = self.chunks[i + 1]
        if right.closed_left or right.sentence != self.chunks[i].sentence:
            return None
        return right if not self.text[end : right.start].strip() else None

    def spaced(self, span: Span) -> str:
        """The text of a range with runs of blanks made one."""
        return " ".join(self.text[span[0] : span[1]].split())
