"""Triggers meet frames: for each trigger word of a tree, the pairs of mentions that it relates.

The output is raw: qualifiers (negation, certainty, ...) and the choice between competing statements come later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..schema import Mention
from .arguments import Resolver
from .combining import Combiner
from .grammar import Frame, Grammar, Trigger
from .graph import Graph
from .idioms import match_idiom
from .match import Match
from .places import Places
from .readings import Reading, Readings
from .tree import Node

__all__ = ["Matcher"]

# What has no entry of its own in frames.yml, as its arguments are those of two verbs.
_CAUSATIVE = Frame(
    name="causative.result", group="causative", subject=("S",), object=("O",),
    example="[GnRH]{S} *stimulates* the pituitary to secrete [LH]{O}.", negative="(see docs/grammar.md)",
)  # fmt: skip


class Matcher:
    """Applies the grammar to one tree."""

    def __init__(
        self,
        graph: Graph,
        resolver: Resolver,
        mentions: dict[str, Mention],
        grammar: Grammar,
        readings: Readings | None = None,
    ) -> None:
        self.graph = graph
        self.tree = graph.tree
        self.resolver = resolver
        self.mentions = mentions
        self.grammar = grammar
        self.readings = readings or Readings(grammar)
        self.places = Places(graph, resolver, mentions)
        self.combiner = Combiner(graph, mentions, grammar)

    def matches(self) -> Iterator[Match]:
        """All matches of the tree, in text order of their triggers."""
        endings = self.grammar.endings
        for node in self.tree:
            if node.low not in endings or node.dep == "prep" or (node.mentions and not self._names_process(node)):
                continue
            for entry in self._entries(node):
                for group, readings in self.readings.groups(entry):
                    yield from self._group(node, entry, group, readings)
                for reading in self.readings.alone(entry):
                    yield from self._read(node, entry, reading)
                if entry.pos == "VERB" and entry.predicate in ("increases", "decreases"):
                    yield from self._causative(node, entry)
                    yield from self._made_to(node, entry)

    def _names_process(self, node: Node) -> bool:
        """Whether a mention is but the noun of what happens ("proliferation"), which may have arguments of its own."""
        return self.mentions[node.mentions[0]].type == "PROCESS" and " " not in node.text and not node.nested

    def _entries(self, node: Node) -> list[Trigger]:
        by_form = self.grammar.by_form
        if node.low not in self.grammar.endings:
            return []
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

    def _group(self, node: Node, entry: Trigger, group: str, readings: tuple[Reading, ...]) -> Iterator[Match]:
        """Matches of the first reading of a group that has any."""
        if not readings or (group == "intransitive_change" and not entry.words and self.tree.children(node, ["dobj"])):
            # With an object the verb is transitive, and its subject does not change.
            return
        for reading in readings:
            found = self._read(node, entry, reading)
            if found:
                yield from found
                return

    def _read(self, node: Node, entry: Trigger, reading: Reading) -> list[Match]:
        frame = reading.frame
        if frame.group == "exhibit" and (
            self.graph.passive(node) or (frame.name == "exhibit.when" and entry.direction is not None)
        ):
            return []
        objects = self.places.fillers(node, entry, reading.object, "object", reading.object_types)
        if not objects:
            return []
        subjects = self.places.fillers(node, entry, reading.subject, "subject", reading.subject_types)
        if "@without" in frame.subject and entry.predicate == "increases":
            # "Y is made without X" means that X is not needed; "Without X, Y runs riot" that X holds it down.
            subjects = [s for s in subjects if s.node.i < node.i]
        out: list[Match] = []
        for s in subjects:
            for o in objects:
                match = self.combiner.combine(node, entry, frame, s, o)
                if match is not None:
                    # What came about without a thing is stated of the thing itself.
                    out.append(replace(match, derived=False) if "@without" in frame.subject else match)
        return out

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
