"""Cuts a text into units, the paragraphs and single lines that are judged one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from extract.readers.sections.cues import bare
from extract.schema import SectionKind

__all__ = ["Unit", "split_units"]

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"[-*•·‣▪◦●○■–—→►✓✔]\s+|(?:\(?\d{1,3}[.)]|\[\d{1,3}\]|\(?[a-z][.)])\s+")
_MARK = re.compile(r"[-*•·‣▪◦●○■→►✓✔]\s+(?=[\w\"'“‘(\[])")
# A full stop, also before closing quotes or numbers of references: 'rose."', "rose.[3,4]", "rose.12".
_FINAL = re.compile(r"[.!?…][\"'”’)\]]*(?:\[[\d,–\- ]{1,12}\])*$|[a-z)][.!?]\d{1,3}(?:[,–-]\d{1,3}){0,3}$|[\"'”’]$")
_SENTENCE_BREAK = re.compile(r"[^\W\d_]{2}[.!?][\"'”’)\]]*\s+[\"'“‘(\[]?[A-Z0-9À-Þ]")
# Text wrapped by hand or by a mail program; longer lines are whole paragraphs.
_MIN_WIDTH, _MAX_WIDTH = 40, 130


@dataclass(slots=True, eq=False)
class Unit:
    """A paragraph or a line of its own: text[start:end], no outer blanks.

    `gap` is true if a blank line (or the start of the text) stands before it. `kind` is what it was judged to
    be; `forced` keeps later passes from changing it.
    """

    start: int
    end: int
    text: str
    gap: bool
    kind: SectionKind | None = None
    forced: bool = False
    bullet: bool = False
    bare: str = field(init=False)
    lower: str = field(init=False)
    words: int = field(init=False)
    final: bool = field(init=False)

    def __post_init__(self) -> None:
        self.bare = bare(self.text)
        self.lower = self.bare.lower()
        self.words = len(self.bare.split())
        self.final = bool(_FINAL.search(self.bare[-20:]))
        self.bullet = self.bullet or bool(_BULLET.match(self.text))

    @property
    def mark_end(self) -> int:
        """Where the words begin after a bullet; `start` if there is none."""
        found = _MARK.match(self.text)
        return self.start + (found.end() if found else 0)

    @property
    def sentences(self) -> int:
        """Roughly how many sentences: breaks plus one."""
        return 1 + len(_SENTENCE_BREAK.findall(self.text))

    @property
    def paragraph(self) -> bool:
        """Reads like running text: sentences, or many words."""
        return (self.final and self.words >= 12) or self.words >= 30


def _wraps(line: str, following: str, width: int, flowing: bool) -> bool:
    """True if `following` continues `line`, which was cut at about `width` characters."""
    if _BULLET.match(following):
        return False
    first = following.split(maxsplit=1)[0]
    full = len(line) + 1 + len(first) > 0.94 * width
    if not full:
        return False
    return (
        following[0].islower() or (flowing and not _FINAL.search(line[-20:])) or (flowing and len(line) > 0.8 * width)
    )


def split_units(text: str, *, unwrap: bool = True) -> list[Unit]:
    """The units of `text` in order; with `unwrap`, lines cut at a fixed width are joined again."""
    units: list[Unit] = []
    block: list[tuple[int, int]] = []
    previous = 0

    def flush() -> None:
        gap = True
        for start, end in _join(text, block) if unwrap else block:
            units.append(Unit(start, end, text[start:end], gap))
            gap = False
        block.clear()

    for found in _LINE.finditer(text):
        line = found.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = found.start() + len(line) - len(line.lstrip())
        between = text[previous:start]
        if block and between.replace("\r\n", "\n").count("\n") + between.count("\f") + between.count("\u2029") > 1:
            flush()
        block.append((start, start + len(stripped)))
        previous = start + len(stripped)
    flush()
    return units


def _join(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(block) < 2:
        return list(block)
    width = max(end - start for start, end in block)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return list(block)
    lower = sum(text[start].islower() for start, _ in block[1:])
    full = sum(end - start >= 0.75 * width for start, end in block[:-1])
    flowing = len(block) >= 3 and lower >= 0.3 * (len(block) - 1) and full >= 0.6 * (len(block) - 1)
    joined = [block[0]]
    for (last_start, last_end), (start, end) in pairwise(block):
        if _wraps(text[last_start:last_end], text[start:end], width, flowing):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
