"""Concepts for spans: the name itself, its other forms, names spelt like it, else the longest known name in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Protocol, runtime_checkable

from extract.entities.candidate import Candidate
from extract.entities.data import table
from extract.entities.gazetteer import Names
from extract.entities.rewrites import rewritten
from extract.entities.similar import NameIndex
from extract.schema import Mention, Role

__all__ = ["Listed", "Normalizer"]

Concept = tuple[str, str, tuple[Role, ...]]

_BRACKET: Final = re.compile(r"\s*\([^()]*\)")
_MEMORY: Final = 50_000
# How alike a name of the lexicon must be to be taken for the same thing, by type: chosen by cross-validation over
# documents on CRAFT, NCBI Disease, BC5CDR and BioRED, a wrong CURIE costing what a right one gains
# (benchmarks/RESULTS.md, "Concepts"). No cytokine or hormone there was found by likeness: theirs are set high, since
# their names differ by a digit.
_ALIKE: Final = {"DISEASE": 0.9, "CELL": 0.9, "CYTOKINE": 0.95, "HORMONE": 0.95}
_SHORTEST: Final = 6
_CURATED: Final = "immunolit"
_SPECIES: Final = frozenset("human mouse murine rat bovine canine porcine rabbit monkey mammalian".split())


@runtime_checkable
class Listed(Protocol):
    """A lexicon that can list its names; without one, no names are sought that are merely alike."""

    def listed(self, kind: str) -> Sequence[tuple[str, str]]:
        """(name, CURIE) of all names of a type that have a CURIE and are no symbols."""
        ...


class Normalizer:
    """Looks names up, with a memory, since the same names come again and again."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._known: dict[tuple[str, str], Concept | None] = {}
        self._settled: dict[tuple[str, str], Concept | None] = {}
        self._alike: dict[str, NameIndex] = {}

    def find(self, name: str, kind: str) -> Concept | None:
        """CURIE, preferred name and roles of a name as a thing of type `kind`; None if it is not known."""
        at = (name, kind)
        if at not in self._known:
            if len(self._known) > _MEMORY:
                self._known.clear()
            fitting = [e for e in self.names.lookup(name) if e.type == kind or kind in e.also]
            best = fitting[0] if fitting else None
            self._known[at] = (best.concept, best.label or best.name, tuple(best.roles)) if best else None
        return self._known[at]

    def known(self, name: str) -> bool:
        """Whether the lexicon has the name at all, as a thing of any type."""
        return bool(self.names.lookup(name))

    def concept(self, surface: str, candidate: Candidate, long_forms: Mapping[str, str] | None = None) -> Concept:
        """CURIE, name and roles for a mention.

        `surface` is the mention's text as one phrase (fragments joined by a blank, short forms in brackets
        allowed); `long_forms` says what the document's own short forms stand for. The whole surface is tried
        first: as it stands, with long forms, in other words (entities.rewrites), and by spelling
        (entities.similar); then, in the same ways, what is left of it word by word from the left; then the core.
        Two empty strings and no roles where nothing is known.
        """
        grown = candidate.source.startswith("expansion")
        if candidate.concept and not grown:
            return candidate.concept, candidate.name, tuple(candidate.roles)
        phrase = " ".join(_BRACKET.sub(" ", surface).split())
        unnamed: Concept | None = None
        for form in _spelt_out(phrase, long_forms or {}):
            words = form.split(" ")
            for i in range(len(words)):
                rest = " ".join(words[i:])
                # A single word left over says too little to be put in other words.
                found = (self.find if i and i == len(words) - 1 else self._find_any)(rest, candidate.type)
                if found is None:
                    continue
                if found[0]:
                    if i and found[0] in _vague():
                        break
                    return found
                unnamed = unnamed or found
        if candidate.concept in _vague():
            return unnamed or ("", "", ())
        if candidate.concept or unnamed is None:
            return candidate.concept, candidate.name, tuple(candidate.roles)
        return unnamed

    def _find_any(self, name: str, kind: str) -> Concept | None:
        """A name as it stands, in other words, or by spelling; without a CURIE only if no way leads to one."""
        at = (name, kind)
        if at not in self._settled:
            if len(self._settled) > _MEMORY:
                self._settled.clear()
            self._settled[at] = self._seek(name, kind)
        return self._settled[at]

    def _seek(self, name: str, kind: str) -> Concept | None:
        found = self.find(name, kind)
        if found is not None and found[0]:
            return found
        for form in rewritten(name, kind):
            other = self.find(form, kind)
            if other is not None and other[0] and other[0] not in _vague():
                return other
        return self._spelt_like(name, kind) or found

    def _spelt_like(self, name: str, kind: str) -> Concept | None:
        if kind not in _ALIKE or len(name) < _SHORTEST or not isinstance(self.names, Listed):
            return None
        if kind not in self._alike:
            self._alike[kind] = NameIndex(self.names.listed(kind))
        for similar in self._alike[kind].find(name, _ALIKE[kind]):
            found = self.find(similar.name, kind)
            if found is not None and found[0]:
                return found
        return None

    def settle(self, mentions: Sequence[Mention]) -> None:
        """Choose among the meanings of ambiguous names by what else the document names; changes `mentions`.

        A name that the lexicon has for several concepts of its type takes the one that another name in the document
        stands for; names that were given a meaning by hand keep it.
        """
        spoken: dict[str, set[str]] = {}
        for mention in mentions:
            if mention.concept:
                spoken.setdefault(mention.concept, set()).add(mention.text.lower())
        for mention in mentions:
            if not mention.concept or len(spoken[mention.concept]) > 1:
                continue
            entries = [e for e in self.names.lookup(mention.text) if e.type == mention.type]
            if len(entries) < 2 or entries[0].concept != mention.concept or entries[0].source == _CURATED:
                continue
            for entry in entries[1:]:
                others = spoken.get(entry.concept, set()) - {mention.text.lower()}
                if entry.concept != mention.concept and others:
                    mention.concept, mention.name = entry.concept, entry.label or entry.name
                    mention.roles = list(entry.roles)
                    break


@cache
def _vague() -> frozenset[str]:
    """Concepts so wide that to name them for a longer name says nothing ("disease" for "X disorder")."""
    return frozenset(row[0] for row in table("vague", 2))


def _spelt_out(phrase: str, long_forms: Mapping[str, str]) -> list[str]:
    """The phrase without a species before it and with its short forms written out, then as it stands."""
    words = phrase.split(" ")
    # Whose cell or disease it is changes nothing about which one it is.
    while len(words) > 1 and words[0].lower() in _SPECIES:
        words = words[1:]
    changed = [long_forms.get(word) or long_forms.get(word.removesuffix("s"), word) for word in words]
    return list(dict.fromkeys((" ".join(changed), " ".join(words), phrase)))
