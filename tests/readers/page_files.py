"""Labelled pages: one line of a pasted page per line, after a letter that says what it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from extract.readers.sections import segment

KINDS = {"T": "title", "H": "heading", "B": "body", "C": "clutter", "P": "caption", "R": "reference"}
PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Line:
    kind: str
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def load(path: Path) -> tuple[str, list[Line]]:
    """The page's text, and its labelled lines with their offsets."""
    lines: list[Line] = []
    pieces: list[str] = []
    position = 0
    for raw in path.read_text(encoding="utf-8").split("\n"):
        letter, bar, text = raw.partition("|")
        if not bar:
            text = raw
        else:
            lines.append(Line(KINDS[letter], position, text))
        pieces.append(text)
        position += len(text) + 1
    return "\n".join(pieces), lines


def judged(text: str, lines: list[Line]) -> list[tuple[Line, str]]:
    """Each line with the kind that most of it was given."""
    sections = segment(text)
    pairs = []
    for line in lines:
        share: Counter[str] = Counter()
        for section in sections:
            overlap = min(section.end, line.end) - max(section.start, line.start)
            if overlap > 0:
                share[section.kind] += overlap
        pairs.append((line, share.most_common(1)[0][0]))
    return pairs
