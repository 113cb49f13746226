"""Triggers meet frames: for each trigger word of a tree, the pairs of mentions that it relates.

The output is raw: qualifiers (negation, certainty, ...) and the choice between competing statements come later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..schema import Mention
from .arguments import Resolver
from .combining import MAKERS, PRODUCTS, Combiner
from .grammar import Frame, Grammar, Trigger
from .graph import Graph
from .idioms import match_idiom
from .match import Match
from .places import Places
from .tree import Node

__all__ = ["Matcher"]

_NOUN_PLACES = frozenset({"of", "mod", "poss", "by", "from", "in"})
_RAISERS = ("INTERVENTION", "CHEMICAL", "PROCESS")
# What has no entry of its own in frames.yml, as its arguments are those of two verbs.
_CAUSATIVE = Frame(
    name="causative.result", group="causative", subject=("S",), object=("O",),
    example="[GnRH]{S} *stimulates* the pituitary to secrete [LH]{O}.", negative="(see docs/grammar.md)",
)  # fmt: skip


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


class Matcher:
    """Applies the grammar to one tree."""

    def __init__(self, graph: Graph, resolver: Resolver, mentions: dict[str, Mention], grammar: Grammar) -> None:
        self.graph = graph
        self.tree = graph.tree
        self.resolver = resolver
        self.mentions = mentions
        self.grammar = grammar
        self.places = Places(graph, resolver, mentions)
        self.combiner = Combiner(graph, mentions, grammar)

    def matches(self) -> Iterator[Match]:
        """All matches of the tree, in text order of their triggers."""
        for node in self.tree:
            if node.dep == "prep" or (node.mentions and not self._names_process(node)):
                continue
            entries = self._entries(node)
            for entry in entries:
                for group in entry.frame:
                    yield from self._group(node, entry, group)
                    if group == "secretion":
                        yield from self._group(node, entry, "secretion_group")
                if entry.pos == "VERB" and entry.predicate == "produces":
                    for frame in self.grammar.frames.get("secretion_occasion", ()):
                        yield from self._frame(node, entry, frame)
                    if group == "exhibit":
                        yield from self._group(node, entry, "exhibit_occasion")
                if entry.pos == "VERB" and entry.predicate in ("increases", "decreases", "produces"):
                    for frame in self.grammar.frames.get("stimulus", ()):
                        yield from self._frame(node, entry, frame)
                if entry.pos == "VERB" and entry.predicate in ("increases", "decreases"):
                    yield from self._causative(node, entry)
                    yield from self._made_to(node, entry)

    def _names_process(self, node: Node) -> bool:
        """Whether a mention is but the noun of what happens ("proliferation"), which may have arguments of its own."""
        return self.mentions[node.mentions[0]].type == "PROCESS" and " " not in node.text and not node.nested

    def _entries(self, node: Node) -> list[Trigger]:
        by_form = self.grammar.by_form
        term = next((term for term in self.tree.terms(node) if term in by_form), node.low)
        found = [t for t in by_form.get(term, ()) if self._fits(node, t)]
        # A fixed expression ("give rise to") outranks the bare verb.
        special = [t for t in found if t.noun or t.particle or t.words]
        exact = [t for t in special if t.words]
        if exact:
            longest = max(len((t.words or "").split()) for t in exact)
            return [t for t in exact if len((t.words or "").split()) == longest]
        if special:
            return special
        with_prep = [t for t in found if t.prep and self.places.nodes(node, t, "@prep")]
        plain = [t for t in found if not t.prep]
        return with_prep + plain

    def _fits(self, node: Node, trigger: Trigger) -> bool:
        tag = node.tag
        if trigger.pos == "VERB":
            ok = tag.startswith("VB") or (tag.startswith("JJ") and node.low.endswith(("ed", "ing", "en")))
            if not ok and tag.startswith("NN"):
                ok = self.graph.is_verb(node) or bool(self.tree.children(node, ["nsubj", "nsubjpass", "auxpass"]))
            if not ok and tag.startswith(("NN", "JJ")):
                ok = self._agrees(node)
        elif trigger.pos == "NOUN":
            ok = tag.startswith("NN")
        else:
            ok = tag.startswith(("JJ", "VBN", "RB", "IN"))
        if not ok:
            return False
        if trigger.noun and not any(trigger.noun in (k.low, k.lemma) for k in self.tree.children(node, ["dobj"])):
            return False
        if trigger.particle:
            words = trigger.particle.split()
            after = [n.low for n in self.tree.nodes[node.i + 1 : node.i + 9]]
            if not any(after[k : k + len(words)] == words for k in range(len(after))):
                return False
        if trigger.words is None:
            return True
        idiom = match_idiom(self.graph, node, trigger.words)
        if idiom is None:
            return False
        # "wakes X up" is not "X wakes up".
        return trigger.frame != ("intransitive_change",) or not any(
            k.i >= idiom.end for k in self.tree.children(node, ["dobj"])
        )

    def _agrees(self, node: Node) -> bool:
        """Whether a verb taken for a modifier agrees with the name before it ("fat cells ooze X", "IL-4 numbs X")."""
        mistaken = self.graph.mistaken_verb(node)
        if mistaken is None:
            return False
        plural = mistaken[0].tag in ("NNS", "NNPS")
        return plural != (node.low.endswith("s") and not node.low.endswith("ss"))

    def _group(self, node: Node, entry: Trigger, group: str) -> Iterator[Match]:
        if entry.predicate == "produces" and group == "nominal":
            group = "secretion"
        for frame in self.grammar.frames.get(group, ()):
            if not _suits(entry, frame):
                continue
            if group == "intransitive_change" and not entry.words and self.tree.children(node, ["dobj"]):
                # With an object the verb is transitive, and its subject does not change.
                return
            found = list(self._frame(node, entry, frame))
            if found:
                yield from found
                return

    def _frame(self, node: Node, entry: Trigger, frame: Frame) -> Iterator[Match]:
        subject_specs, object_specs = frame.subject, frame.object
        if entry.swap:
            subject_specs, object_specs = object_specs, subject_specs
        if frame.group == "exhibit" and (
            self.graph.passive(node) or (frame.name == "exhibit.when" and entry.direction is not None)
        ):
            return
        subject_types, object_types = self._types(entry, frame)
        objects = self.places.fillers(node, entry, object_specs, "object", object_types)
        if not objects:
            return
        subjects = self.places.fillers(node, entry, subject_specs, "subject", subject_types)
        if "@without" in frame.subject and entry.predicate == "increases":
            # "Y is made without X" means that X is not needed; "Without X, Y runs riot" that X holds it down.
            subjects = [s for s in subjects if s.node.i < node.i]
        for s in subjects:
            for o in objects:
                match = self.combiner.combine(node, entry, frame, s, o)
                if match is not None:
                    # What came about without a thing is stated of the thing itself.
                    yield replace(match, derived=False) if "@without" in frame.subject else match

    def _types(self, entry: Trigger, frame: Frame) -> tuple[frozenset[str], frozenset[str]]:
        """Types that subject and object must have, empty for any. Makers and products go by type, not by place."""
        if frame.group == "stimulus":
            return frozenset(frame.subject_types), frozenset(frame.object_types)
        own: tuple[str, ...] = entry.subject_types
        if own and frame.group == "secretion" and entry.predicate == "produces" and entry.pos == "VERB":
            # What is no maker but "produces" something raises it; the combiner says which.
            own = frame.subject_types if frame.predicate else (*(frame.subject_types or own), *_RAISERS)
        if frame.group == "secretion_occasion":
            return frozenset(frame.subject_types), frozenset(frame.object_types)
        subject: frozenset[str] = frozenset(own or frame.subject_types)
        obj: frozenset[str] = frozenset(entry.object_types or frame.object_types)
        if frame.group == "secretion" and entry.predicate == "produces":
            obj = obj or (PRODUCTS | entry.predicate_by_type.keys())
            if entry.pos == "NOUN" and not subject and frame.predicate is None and "by" not in frame.subject:
                subject = MAKERS
        return subject, obj

    def _causative(self, node: Node, entry: Trigger) -> Iterator[Match]:
        """ "X stimulates Y to release Z": X raises Z, besides acting on Y and Y releasing Z."""
        if entry.words or (entry.object_types and "causative" not in entry.frame):
            return
        subjects = self.places.fillers(node, entry, ("S",), "subject", frozenset())
        if not subjects:
            return
        for kid in self.tree.children(node, ["xcomp", "ccomp", "advcl"]):
            if kid.dep == "advcl" and not any(k.low == "to" for k in self.tree.children(kid, ["aux"])):
                continue
            if not self.graph.is_verb(kid) or (
                not any(k.dep in ("dobj", "nsubjpass") for k in self.tree.children(node))
                and not self.tree.children(kid, ["nsubj"])
            ):
                continue
            for inner in self._entries(kid):
                if inner.pos != "VERB" or inner.predicate not in ("increases", "decreases", "produces"):
                    continue
                effect = (
                    inner.model_copy(update={"predicate": "increases", "also_as": None})
                    if (inner.predicate == "produces")
                    else inner
                )
                if entry.predicate == "decreases":
                    effect = effect.model_copy(
                        update={"predicate": "decreases" if effect.predicate == "increases" else "increases"}
                    )
                objects = self.places.fillers(kid, inner, ("O",), "object", frozenset(inner.object_types))
                for s in subjects:
                    for o in objects:
                        match = self.combiner.combine(kid, effect, _CAUSATIVE, s, o)
                        if match is not None:
                            yield match
                break

    def _made_to(self, node: Node, entry: Trigger) -> Iterator[Match]:
        """ "X triggers the release of Z by Y": X raises the activity of Y too."""
        if entry.predicate != "increases" or entry.strength == "weak":
            return
        for noun in self.graph.objects(node):
            makers = [
                f
                for inner in self._entries(noun)
                if inner.pos == "NOUN" and inner.predicate == "produces"
                for place in ("by", "from")
                for target in self.places.nodes(noun, inner, place)
                for f in self.resolver.resolve(target, "object")
                if self.mentions[f.mention].type in ("CELL", "TISSUE") and f.aspect is None
            ]
            if not makers:
                continue
            for s in self.places.fillers(node, entry, ("S",), "subject", frozenset()):
                for o in makers:
                    match = self.combiner.combine(node, entry, _CAUSATIVE, s, o)
                    if match is not None:
                        yield match
