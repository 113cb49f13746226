"""What frames ask of a trigger, worked out once for each trigger and not anew for each word that it meets."""

from __future__ import annotations

from dataclasses import dataclass

from .combining import MAKERS, PRODUCTS
from .grammar import Frame, Grammar, Trigger

__all__ = ["Reading", "Readings"]

_NOUN_PLACES = frozenset({"of", "mod", "poss", "by", "from", "in"})
_RAISERS = ("INTERVENTION", "CHEMICAL", "PROCESS")
# Tried besides the group itself.
_BESIDES = {"secretion": "secretion_group"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One frame as one trigger takes it: where its arguments stand, and their types (empty for any)."""

    frame: Frame
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_types: frozenset[str]
    object_types: frozenset[str]


class Readings:
    """The readings of the triggers of one grammar, kept from sentence to sentence."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        # By identity, since equal triggers are costly to hash; the trigger is kept with its readings, so that no other
        # can come to have its number.
        self._groups: dict[int, tuple[Trigger, tuple[tuple[str, tuple[Reading, ...]], ...]]] = {}
        self._alone: dict[int, tuple[Trigger, tuple[Reading, ...]]] = {}

    def groups(self, entry: Trigger) -> tuple[tuple[str, tuple[Reading, ...]], ...]:
        """The frame groups of a trigger in the order in which they are tried, each with the readings that suit it."""
        known = self._groups.get(id(entry))
        if known is None:
            known = self._groups[id(entry)] = (entry, tuple(self._listed(entry)))
        return known[1]

    def alone(self, entry: Trigger) -> tuple[Reading, ...]:
        """The readings of a verb of change or making that hold beside its groups, each by itself."""
        known = self._alone.get(id(entry))
        if known is None:
            groups: list[str] = []
            if entry.pos == "VERB" and entry.predicate == "produces":
                groups.append("secretion_occasion")
            if entry.pos == "VERB" and entry.predicate in ("increases", "decreases", "produces"):
                groups.append("stimulus")
            frames = (frame for group in groups for frame in self.grammar.frames.get(group, ()))
            known = self._alone[id(entry)] = (entry, tuple(_reading(entry, frame) for frame in frames))
        return known[1]

    def _listed(self, entry: Trigger) -> list[tuple[str, tuple[Reading, ...]]]:
        out = []
        for group in entry.frame:
            for name in (group, _BESIDES.get(group)):
                if name is None:
                    continue
                if entry.predicate == "produces" and name == "nominal":
                    name = "secretion"
                frames = self.grammar.frames.get(name, ())
                out.append((name, tuple(_reading(entry, frame) for frame in frames if _suits(entry, frame))))
        return out


def _suits(entry: Trigger, frame: Frame) -> bool:
    """Whether a frame is one for this part of speech, and for this lemma if it names any."""
    if frame.lemmas and entry.lemma not in frame.lemmas:
        return False
    places = {*frame.subject, *frame.object}
    if entry.pos == "VERB":
        return not set(frame.object) <= _NOUN_PLACES
    if entry.pos == "NOUN":
        return "O" not in frame.object or "@prep" in places
    return True


def _reading(entry: Trigger, frame: Frame) -> Reading:
    subject, obj = frame.subject, frame.object
    if entry.swap:
        subject, obj = obj, subject
    return Reading(frame, subject, obj, *_types(entry, frame))


def _types(entry: Trigger, frame: Frame) -> tuple[frozenset[str], frozenset[str]]:
    """Types that subject and object must have, empty for any. Makers and products go by type, not by place."""
    if frame.group in ("stimulus", "secretion_occasion"):
        return frozenset(frame.subject_types), frozenset(frame.object_types)
    own: tuple[str, ...] = entry.subject_types
    if own and frame.group == "secretion" and entry.predicate == "produces" and entry.pos == "VERB":
        # What is no maker but "produces" something raises it; the combiner says which.
        own = frame.subject_types if frame.predicate else (*(frame.subject_types or own), *_RAISERS)
    subject: frozenset[str] = frozenset(own or frame.subject_types)
    obj: frozenset[str] = frozenset(entry.object_types or frame.object_types)
    if frame.group == "secretion" and entry.predicate == "produces":
        obj = obj or PRODUCTS.union(entry.predicate_by_type)
        if entry.pos == "NOUN" and not subject and frame.predicate is None and "by" not in frame.subject:
            subject = MAKERS
    return subject, obj
