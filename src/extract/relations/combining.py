"""A trigger, a subject and an object together: types, sign and aspect of the statement."""

from __future__ import annotations

import re
from dataclasses import replace

from ..schema import CORE_TYPES, Aspect, Direction, Mention, Predicate
from .aspects import named_aspect, suited_aspect
from .filler import Filler
from .grammar import Frame, Grammar, Trigger
from .graph import Graph
from .match import Match, is_bare_group, is_group
from .tree import Node
from .words import word_list

__all__ = ["MAKERS", "PRODUCTS", "Combiner"]

MAKERS: frozenset[str] = frozenset({"CELL", "TISSUE", "DISEASE", "ORGANISM"})
PRODUCTS: frozenset[str] = frozenset({"CYTOKINE", "HORMONE", "PROTEIN", "CHEMICAL"})
_CORE = frozenset(CORE_TYPES)
_MOLECULE = PRODUCTS | {"CELL"}
_ADVERBS = frozenset({"positively", "negatively", "inversely", "directly"})
_ADVERSE = frozenset(["adversely", "adverse", "badly", "detrimentally", "unfavourably", "unfavorably", "harmfully"])
_SICK = re.compile(r"\blesion|\bplaque|\binflamed|\bdiseased", re.I)
_TAKEN = frozenset({"CHEMICAL", "HORMONE"})
_GIVING = re.compile(
    r"treatment|stimulation|incubation|administration|injection|infusion|exposure|therapy|addition", re.I
)
_CARE = frozenset({"treatment", "therapy", "prevention", "management", "relief", "prophylaxis", "control", "cure"})
_PATHWAYS = ("axis", "pathway", "signalling", "signaling", "cascade", "system", "loop", "circuit")
_ACTS = word_list("acting_nouns")
_RAISE = frozenset(["increase", "upregulate", "up-regulate", "raise", "enhance", "elevate", "augment"])


class Combiner:
    """Makes matches of one tree, or refuses pairs that cannot be one."""

    def __init__(self, graph: Graph, mentions: dict[str, Mention], grammar: Grammar) -> None:
        self.tree = graph.tree
        self.mentions = mentions
        self.grammar = grammar
        self._pos_adj = grammar.cues.sets["positive_adjectives"]
        self._neg_adj = grammar.cues.sets["negative_adjectives"]

    def combine(self, node: Node, entry: Trigger, frame: Frame, s: Filler, o: Filler) -> Match | None:
        """The match, or None if the types forbid it or it relates a thing to itself."""
        s = self._carried(s, o)
        subject, obj = self.mentions[s.mention], self.mentions[o.mention]
        if entry.predicate == "decreases" and entry.prep and o.sign < 0 and self._cared_for(o):
            # "effective for the treatment of X": the treatment is the doing, not a second turn of sign.
            o = replace(o, sign=-o.sign)
        if s.mention == o.mention:
            return None
        if not (subject.types | obj.types) & _CORE and not any(self.mentions[x].types & _CORE for x in s.node.nested):
            # Without a core type nothing is stated, unless the subject is the loss of one ("IL-6 blockade").
            return None
        if subject.concept and subject.concept == obj.concept:
            return None
        # An argument inside the other is no second argument.
        if s.node.i == o.node.i:
            return None
        if entry.strength == "weak" and (s.weak or o.weak):
            return None
        # "Knock-out mice are protected from X": what sets the group apart goes with it, and does not do it.
        borne = is_group(subject) and not is_bare_group(subject) and not is_group(obj) and self._undergone(node)
        for m in (subject, obj):
            if (
                is_group(m)
                and (is_bare_group(m) or not borne)
                and ((frame.predicate or entry.predicate) != "associated_with" or is_bare_group(m))
            ):
                return None
        ill = s.patients and obj.type == "DISEASE" and o.sign > 0
        if (frame.group == "exhibit_occasion" or frame.name == "secretion.in_state") and not o.marked:
            return None
        if frame.group == "exhibit" and (is_bare_group(subject) or (entry.direction is None and not (o.marked or ill))):
            return None
        predicate: Predicate = frame.predicate or entry.predicate_by_type.get(obj.type, entry.predicate)
        if frame.group == "stimulus" and predicate == "produces":
            predicate = "increases"
        direction: Direction | None = entry.direction
        sign = s.sign * o.sign
        lossy = s.lossy or s.sign < 0
        if predicate == "associated_with" and entry.predicate in ("increases", "decreases", "produces"):
            direction = "-" if entry.predicate_by_type.get(obj.type, entry.predicate) == "decreases" else "+"
        if predicate == "produces":
            produced = self._produces(entry, subject, obj)
            if produced is None:
                return None
            if produced == "produces" and self._patients(s):
                # "Patients with gout release more IL-1": the disease goes with it, it does not make it.
                produced, direction = "associated_with", "+"
            predicate = produced
        if predicate == "affects":
            leaning = self._leaning(node)
            if not leaning and any(k.low in _ADVERSE for k in self.tree.children(node, ["advmod", "amod"])):
                leaning = 1 if obj.type == "DISEASE" else -1
            if not leaning and self._shares_in(entry, frame, o):
                # "involved in the suppression of X" takes the sign of the noun, which `o` carries.
                leaning = 1
            if leaning:
                predicate = "increases" if leaning > 0 else "decreases"
        if borne and predicate in ("increases", "decreases"):
            direction = "+" if predicate == "increases" else "-"
            predicate = "associated_with"
        if predicate in ("increases", "decreases"):
            value = (1 if predicate == "increases" else -1) * sign
            predicate = "increases" if value > 0 else "decreases"
            lossy = lossy and s.sign < 0
        elif predicate == "associated_with":
            if "TISSUE" in (subject.type, obj.type) and not self._sets_apart(entry, subject, obj):
                return None
            if direction is None and frame.group == "exhibit" and ill:
                direction = "+"
            if direction is None:
                direction = self._association_sign(node, entry, s, o, subject, obj)
            if direction in ("+", "-") and self._less(node):
                direction = "-" if direction == "+" else "+"
            if direction in ("+", "-") and sign < 0:
                direction = "-" if direction == "+" else "+"
            lossy = False
        else:
            lossy = False
        aspect = suited_aspect(self._aspect(entry, predicate, o, obj), predicate, subject, obj, marked=o.marked)
        if (
            predicate == "increases"
            and subject.type == "CELL"
            and obj.types & PRODUCTS
            and aspect in ("expression", "production")
            and o.aspect is not None
            and entry.lemma in _RAISE
            and not s.weak
        ):
            # "These cells upregulate X": what a cell raises in itself it makes.
            predicate = "produces"
        return Match(
            entry,
            frame,
            node,
            s,
            o,
            predicate,
            direction if predicate == "associated_with" else None,
            aspect,
            lossy,
        )

    def _sets_apart(self, entry: Trigger, subject: Mention, obj: Mention) -> bool:
        """Whether a tissue is no mere place of what is found: a sick one, or one that is prone to a disease."""
        if "DISEASE" in (subject.type, obj.type):
            return entry.aspect == "risk"
        return any(m.type == "TISSUE" and _SICK.search(m.text) for m in (subject, obj))

    def _undergone(self, node: Node) -> bool:
        """Whether a word says what happens to its subject: a passive verb, an adjective."""
        passive = node.tag == "VBN" and any(k.dep == "auxpass" for k in self.tree.children(node))
        return passive or (node.dep in ("acomp", "xcomp") and node.tag in ("JJ", "VBN"))

    def _cared_for(self, o: Filler) -> bool:
        return any(self.tree[i].lemma in _CARE for i in o.via)

    def _carried(self, s: Filler, o: Filler) -> Filler:
        """Of a pathway or treatment that is no core type, the core thing that it is named after ("the IL-6 axis")."""
        m = self.mentions[s.mention]
        if (m.types | self.mentions[o.mention].types) & _CORE:
            return s
        if not m.text.lower().endswith(_PATHWAYS) and (m.type != "INTERVENTION" or not _GIVING.search(m.text)):
            return s
        inside = [
            x
            for x in s.node.nested
            if self.mentions[x].types & _CORE and m.start <= self.mentions[x].start and self.mentions[x].end <= m.end
        ]
        return replace(s, mention=min(inside, key=lambda x: self.mentions[x].start), steps=s.steps + 1) if inside else s

    def _shares_in(self, entry: Trigger, frame: Frame, o: Filler) -> bool:
        """Whether a neutral word has its object through a noun of doing ("a role in the activation of X")."""
        if frame.name != "role.in" and "in" not in entry.prep:
            return False
        return any(self.tree.nodes[i].low in _ACTS for i in o.via)

    def _less(self, node: Node) -> bool:
        """Whether an adverb turns the word round ("less prone to")."""
        return any(k.low in ("less", "least", "rarely", "seldom") for k in self.tree.children(node, ["advmod"]))

    def _patients(self, s: Filler) -> bool:
        """Whether a disease stands for the people who have it."""
        if self.mentions[s.mention].type != "DISEASE" or not s.node.mentions:
            return False
        return self.mentions[s.node.mentions[-1]].type == "ORGANISM"

    def _produces(self, entry: Trigger, subject: Mention, obj: Mention) -> Predicate | None:
        """`produces` needs a maker and a product; otherwise a release is a rise."""
        if subject.types & MAKERS and obj.types & PRODUCTS:
            if subject.type == "DISEASE" and entry.also_as:
                return entry.also_as
            return "produces"
        if entry.also_as:
            return entry.also_as
        if obj.types & PRODUCTS:
            return "increases"
        return None

    def _leaning(self, node: Node) -> int:
        """The sign that an adjective lends to a neutral noun ("inhibitory effect")."""
        for kid in self.tree.children(node, ["amod", "compound", "advmod"]):
            if kid.low in self._pos_adj:
                return 1
            if kid.low in self._neg_adj:
                return -1
        return 0

    def _association_sign(
        self, node: Node, entry: Trigger, s: Filler, o: Filler, subject: Mention, obj: Mention
    ) -> Direction | None:
        """An association has a sign if the words give one, or if it joins two states ("obesity and asthma")."""
        words = {k.low for k in self.tree.children(node, ["amod", "advmod", "compound", "npadvmod"])}
        prep = self.tree[o.node.head]
        if o.node.dep == "pobj" and prep.i and prep.dep in ("prep", "conj"):
            # "positively with X and inversely with Y": each its own adverb.
            here = self.tree[prep.i - 1].low
            words = words - _ADVERBS | {here} if here in _ADVERBS else words
        if words & {"inversely", "inverse", "negatively", "negative"}:
            return "-"
        if entry.lemma in ("altered", "alter", "change", "differ", "different", "difference"):
            return None
        if words & {"positively", "positive", "directly", "direct"} or entry.lemma.startswith("correl"):
            return "+"
        if (subject.types | obj.types) & _MOLECULE and not (s.marked or o.marked):
            taken = (subject.type in _TAKEN and obj.type == "DISEASE") or (
                obj.type in _TAKEN and subject.type == "DISEASE"
            )
            if not taken or s.aspect == "level" or o.aspect == "level":
                # Drugs and hormones that go with a disease are taken: more of them, more of it.
                return None
        return "+"

    def _aspect(self, entry: Trigger, predicate: Predicate, o: Filler, obj: Mention) -> Aspect:
        if o.aspect is not None and (o.aspect != "level" or entry.aspect is None):
            return o.aspect
        named = named_aspect(self.grammar, obj)
        if named is not None:
            return named
        if entry.aspect is not None and (
            predicate == entry.predicate or (predicate, entry.predicate) == ("associated_with", "produces")
        ):
            return entry.aspect
        by_type = entry.aspect_by_type.get(obj.type)
        return by_type or o.aspect or self.grammar.default_aspect(predicate, obj.type)
