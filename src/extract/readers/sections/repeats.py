"""Pull-quotes: a short unit that repeats words of a longer paragraph verbatim is furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.readers.sections.units import Unit

__all__ = ["mark_repeats"]

_WORD = re.compile(r"\w+")
_MIN_WORDS, _MAX_WORDS = 5, 60
# Shorter headings are often part of some sentence by chance.
_MIN_HEADING = 8
# Candidates times text length: substring search runs at about 1 GB/s, so this is about half a second at most.
_BUDGET = 500_000_000


def _normal(text: str) -> str:
    return " " + " ".join(_WORD.findall(text.lower())) + " "


def mark_repeats(units: Sequence[Unit]) -> None:
    """Mark units whose words stand, in the same order, in a longer paragraph or in an equal earlier unit."""
    prose = [unit for unit in units if unit.kind in (None, "body") and unit.paragraph]
    candidates = [
        unit
        for unit in units
        if unit.kind in (None, "body", "heading", "caption")
        and not unit.forced
        and _MIN_WORDS <= unit.words <= _MAX_WORDS
    ]
    if not candidates or not prose:
        return
    normal = {id(unit): _normal(unit.text) for unit in prose}
    seen: set[str] = {_normal(unit.text) for unit in units if unit.kind == "title"}
    whole = "\n".join(normal.values())
    affordable = len(candidates) * len(whole) <= _BUDGET
    for unit in candidates:
        words = normal.get(id(unit)) or _normal(unit.text)
        if words in seen:
            unit.kind = "clutter"
            continue
        seen.add(words)
        if not affordable or unit.kind == "caption" or (unit.kind == "heading" and unit.words < _MIN_HEADING):
            continue
        # Its own occurrence does not count: ask for one inside a longer paragraph.
        count = whole.count(words) - (1 if id(unit) in normal else 0)
        if count > 0 and any(words in other and len(other) > len(words) + 8 for other in normal.values()):
            unit.kind = "clutter"
