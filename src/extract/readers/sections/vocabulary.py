"""The content words of an article, to tell its own lines from those of the page around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.readers.sections.cues import Cues
from extract.readers.sections.units import Unit

__all__ = ["Vocabulary"]

_CONTENT = re.compile(r"[^\W\d_]{4,}|[A-Z]+-?\d+")
# Enough for any article; the cost stays small for books.
_SAMPLE = 60


class Vocabulary:
    """Stems of the paragraphs of a text, with the number of paragraphs that have each."""

    def __init__(self, units: Sequence[Unit], cues: Cues) -> None:
        self._empty = cues.menu_weak | cues.menu_strong | cues.empty_words
        paragraphs = [unit for unit in units if unit.kind is None and unit.paragraph]
        # Both ends: the last paragraphs decide where the article stops.
        sample = paragraphs if len(paragraphs) <= 2 * _SAMPLE else paragraphs[:_SAMPLE] + paragraphs[-_SAMPLE:]
        self._within = {id(unit) for unit in sample}
        self._counts = Counter(stem for unit in sample for stem in self.stems(unit.text))

    def stems(self, text: str) -> set[str]:
        """First four letters of content words, so that "cells" and "cell" are one; without words of menus."""
        words = (word.lower() for word in _CONTENT.findall(text))
        return {w[:4] for w in words if w not in self._empty}

    def shared(self, unit: Unit) -> float:
        """Share of the unit's stems that (other) paragraphs have; one stem alone counts for little."""
        stems = self.stems(unit.text)
        needed = 2 if id(unit) in self._within else 1
        shared = sum(self._counts[stem] >= needed for stem in stems)
        return shared / len(stems) * (0.5 + min(shared, 4) / 8) if stems else 0.0
