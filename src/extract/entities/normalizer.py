"""Concepts for spans: the name itself, else the longest known name left after modifiers are taken off."""

from __future__ import annotations

import re

from extract.entities.candidate import Candidate
from extract.entities.gazetteer import Names
from extract.schema import Role

__all__ = ["Normalizer"]

_BRACKET = re.compile(r"\s*\([^()]*\)")


class Normalizer:
    """Looks names up, with a memory, since the same names come again and again."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[tuple[str, str], tuple[str, str, tuple[Role, ...]] | None] = {}

    def find(self, name: str, kind: str) -> tuple[str, str, tuple[Role, ...]] | None:
        """CURIE, preferred name and roles of a name as a thing of type `kind`; None if it is not known."""
        at = (name, kind)
        if at not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            fitting = [e for e in self._names.lookup(name) if e.type == kind or kind in e.also]
            best = fitting[0] if fitting else None
            self._known[at] = (best.concept, best.label or best.name, tuple(best.roles)) if best else None
        return self._known[at]

    def known(self, name: str) -> bool:
        """Whether the lexicon has the name at all, as a thing of any type."""
        return bool(self._names.lookup(name))

    def concept(self, surface: str, candidate: Candidate) -> tuple[str, str, tuple[Role, ...]]:
        """CURIE, name and roles for a mention.

        `surface` is the mention's text as one phrase (fragments joined by a blank, short forms in
        brackets allowed). The whole surface is tried first, then what is left of it word by word from the
        left; then the core. Two empty strings and no roles where nothing is known.
        """
        if candidate.concept and not candidate.source.startswith("expansion"):
            return candidate.concept, candidate.name, tuple(candidate.roles)
        phrase = " ".join(_BRACKET.sub(" ", surface).split())
        words = phrase.split(" ")
        for i in range(len(words)):
            rest = " ".join(words[i:])
            found = self.find(rest, candidate.type)
            if found is not None and (found[0] or not candidate.concept):
                return found
        return candidate.concept, candidate.name, tuple(candidate.roles)
