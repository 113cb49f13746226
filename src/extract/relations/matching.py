"""Triggers meet frames: for each trigger word of a tree, the pairs of mentions that it relates.

The output is raw: qualifiers (negation, certainty, ...) and the choice between competing statements come later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..schema import CORE_TYPES, Aspect, Mention, Predicate
from .arguments import Filler, Resolver
from .grammar import Frame, Grammar, Trigger
from .graph import Graph
from .tree import Node

__all__ = ["Match", "Matcher", "is_bare_group"]

_CAUSE = ("in response to", "because of", "through", "by", "in the presence of")
_OCCASION = ("with", "after", "following", "during", "on", "under", "at", "throughout", "before")
_CORE = frozenset(CORE_TYPES)
_NOUN_PLACES = frozenset({"of", "mod", "poss", "by", "from", "in"})
_MOLECULE = frozenset({"CYTOKINE", "HORMONE", "PROTEIN", "CHEMICAL", "CELL"})
_RAISE = frozenset("increase upregulate up-regulate raise enhance elevate augment".split())
_MAKERS = frozenset({"CELL", "TISSUE", "DISEASE", "ORGANISM"})
_PRODUCTS = frozenset({"CYTOKINE", "HORMONE", "PROTEIN", "CHEMICAL"})


# People and animals in whom something holds are context, not cause; viruses and bacteria may be either.
_GROUP = re.compile(
    r"\b(?:patient|mouse|mice|rat|subject|control|individual|people|person|adult|child|children|women|woman|men|man|"
    r"human|volunteer|donor|participant|animal|runner|athlete|survivor|infant|newborn|elderly|population|families|"
    r"monkey|rabbit|pig|dog|cat|twin|carrier|case|mother|girl|boy|student|worker|smoker|recipient|host|mammal|"
    r"vertebrate|species|rodent|sheep|goat|cow|cattle|horse|chicken|zebrafish|primate|cohort|group)s?\b",
    re.I,
)


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


_ABSENCE = re.compile(r"\b(?:absence|lack|deficiency|depletion|ablation|blockade|loss|deletion|knock-?out)\b", re.I)
_BARE = frozenset(
    "patients patient subjects subject participants individuals people mice mouse rats rat animals animal controls control "
    "humans human volunteers donors cases persons person individual groups group cohort host hosts mammals population "
    "species rodents".split()
)


def is_bare_group(m: Mention) -> bool:
    """Whether a group mention says nothing that sets the group apart ("patients", "mice")."""
    return m.type == "ORGANISM" and m.text.lower() in _BARE


def _is_group(m: Mention) -> bool:
    return m.type == "ORGANISM" and _GROUP.search(m.text) is not None


def predicate_of(entry: Trigger, frame: Frame) -> Predicate:
    """The predicate before signs are counted."""
    return frame.predicate or entry.predicate


# What has no entry of its own in frames.yml, as its arguments are those of two verbs.
_CAUSATIVE = Frame(
    name="causative.result", group="causative", subject=("S",), object=("O",),
    example="[GnRH]{S} *stimulates* the pituitary to secrete [LH]{O}.", negative="(see docs/grammar.md)",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger with one subject and one object, before qualification."""

    trigger: Trigger
    frame: Frame
    node: Node
    subject: Filler
    object: Filler
    predicate: Predicate
    direction: str | None
    aspect: Aspect
    derived: bool
    presupposed: bool = False


class Matcher:
    """Applies the grammar to one tree."""

    def __init__(self, graph: Graph, resolver: Resolver, mentions: dict[str, Mention], grammar: Grammar) -> None:
        self.graph = graph
        self.tree = graph.tree
        self.resolver = resolver
        self.mentions = mentions
        self.grammar = grammar
        self._more = frozenset(grammar.cues.more_words)
        self._less = frozenset(grammar.cues.less_words)
        self._pos_adj = frozenset(grammar.cues.positive_adjectives)
        self._neg_adj = frozenset(grammar.cues.negative_adjectives)

    def matches(self) -> Iterator[Match]:
        """All matches of the tree, in text order of their triggers."""
        for node in self.tree:
            if node.mentions or node.dep == "prep":
                continue
            entries = self._entries(node)
            for entry in entries:
                for group in entry.frame:
                    yield from self._group(node, entry, group)
                if entry.pos == "VERB" and entry.predicate in ("increases", "decreases"):
                    yield from self._causative(node, entry)
                    yield from self._made_to(node, entry)

    # -- triggers ------------------------------------------------------------------------------------------------

    def _entries(self, node: Node) -> list[Trigger]:
        found = [t for t in self.grammar.by_form.get(node.low, ()) if self._fits(node, t)]
        # A fixed expression ("give rise to") outranks the bare verb.
        special = [t for t in found if t.noun or t.particle]
        if special:
            return special
        with_prep = [t for t in found if t.prep and self._places(node, t, "@prep")]
        plain = [t for t in found if not t.prep]
        return with_prep + plain

    def _fits(self, node: Node, trigger: Trigger) -> bool:
        tag = node.tag
        if trigger.pos == "VERB":
            ok = tag.startswith("VB") or (tag.startswith("JJ") and node.low.endswith(("ed", "ing", "en")))
            if not ok and tag.startswith("NN"):
                ok = bool(self.tree.children(node, ["nsubj", "nsubjpass", "dobj", "auxpass"])) or (
                    tag == "NNS" and node.low.endswith("s") and self.graph.mistaken_verb(node) is not None
                )
        elif trigger.pos == "NOUN":
            ok = tag.startswith("NN")
        else:
            ok = tag.startswith(("JJ", "VBN", "RB", "IN"))
        if not ok:
            return False
        if trigger.noun and not any(k.low == trigger.noun for k in self.tree.children(node, ["dobj"])):
            return False
        if trigger.particle:
            words = trigger.particle.split()
            after = [n.low for n in self.tree.nodes[node.i + 1 : node.i + 9]]
            if not any(after[k : k + len(words)] == words for k in range(len(after))):
                return False
        return True

    # -- frames --------------------------------------------------------------------------------------------------

    def _group(self, node: Node, entry: Trigger, group: str) -> Iterator[Match]:
        if entry.predicate == "produces" and group == "nominal":
            group = "secretion"
        for frame in self.grammar.frames.get(group, ()):
            if not _suits(entry, frame):
                continue
            found = list(self._frame(node, entry, frame))
            if found:
                yield from found
                return

    def _frame(self, node: Node, entry: Trigger, frame: Frame) -> Iterator[Match]:
        subject_specs, object_specs = frame.subject, frame.object
        if entry.swap:
            subject_specs, object_specs = object_specs, subject_specs
        subject_types, object_types = self._types(entry, frame)
        objects = self._fillers(node, entry, object_specs, "object", object_types)
        if not objects:
            return
        subjects = self._fillers(node, entry, subject_specs, "subject", subject_types)
        for s in subjects:
            for o in objects:
                match = self._combine(node, entry, frame, s, o)
                if match is not None:
                    yield match

    def _types(self, entry: Trigger, frame: Frame) -> tuple[frozenset[str], frozenset[str]]:
        """Types that subject and object must have, empty for any. Makers and products go by type, not by place."""
        subject = frozenset(entry.subject_types or frame.subject_types)
        obj = frozenset(entry.object_types or frame.object_types)
        if frame.group == "secretion" and entry.predicate == "produces":
            obj = obj or _PRODUCTS
            if entry.pos == "NOUN" and not subject and frame.predicate is None and "by" not in frame.subject:
                subject = _MAKERS
        return subject, obj

    def _fillers(
        self, node: Node, entry: Trigger, specs: tuple[str, ...], role: str, types: frozenset[str]
    ) -> list[Filler]:
        """Fillers of the first place named in `specs` that has any of the right type."""
        for spec in specs:
            out: list[Filler] = []
            for target in self._places(node, entry, spec):
                if target.i == node.i:
                    continue
                if role == "subject" and entry.subject_words and target.lemma not in entry.subject_words and (
                    target.low.rstrip("s") not in entry.subject_words
                ):
                    continue
                out.extend(self.resolver.resolve(target, "subject" if role == "subject" else "object"))
            if spec in ("@first", "@between_first"):
                out = out[:1]
            elif spec in ("@rest", "@between_rest"):
                out = out[1:]
            if types:
                out = [f for f in out if self.mentions[f.mention].types & types]
            if out:
                return out
        return []

    def _places(self, node: Node, entry: Trigger, spec: str) -> list[Node]:
        graph = self.graph
        if spec == "S":
            if "by" in entry.prep and graph.is_verb(node) and graph.passive(node):
                # "is characterised by": the by-phrase is the complement, not the agent.
                return graph.objects(node)
            if entry.pos == "ADJ" and graph.is_verb(node) and graph.passive(node):
                return graph.objects(node)
            found = graph.subjects(node)
            if not found and entry.passive_prep and graph.passive(node):
                found = [t for p in entry.passive_prep for t in graph.oblique(node, p)]
            return found
        if spec == "O":
            found = graph.objects(node)
            if not found and entry.particle:
                # "draws in neutrophils", parsed as a place.
                found = graph.oblique(node, entry.particle)
            return found
        if spec == "mod":
            return graph.modifiers(node)
        if spec == "poss":
            return graph.possessors(node)
        if spec == "@prep":
            found = [t for p in entry.prep for t in graph.oblique(node, p)]
            head = self.tree.parent(node)
            if not found and head is not None and node.dep in ("acomp", "attr", "oprd"):
                # "is high in obesity": the preposition may hang on the copula.
                found = [t for p in entry.prep for t in graph.oblique(head, p) if t.i > node.i]
            return found
        if spec == "@cause":
            allowed = _CAUSE if not (graph.is_verb(node) and graph.passive(node)) else tuple(c for c in _CAUSE if c != "by")
            return [t for name, t in graph.obliques(node) if name in allowed]
        if spec == "@group":
            return self._groups(graph.objects(node) or graph.subjects(node))
        if spec == "by":
            return graph.oblique(node, "by") or self._late_by(node)
        if spec == "@occasion":
            return [t for name, t in graph.obliques(node) if name in _OCCASION]
        if spec in ("@first", "@rest"):
            return graph.subjects(node) or graph.objects(node)
        if spec in ("@between_first", "@between_rest"):
            return graph.oblique(node, "between") or graph.oblique(node, "among")
        if spec == "appos":
            return self.tree.children(node, ["appos"])
        if spec == "head":
            head = self.tree.parent(node)
            return [head] if head is not None and node.dep == "amod" else []
        if spec == "@clause":
            return [
                s
                for kid in self.tree.children(node, ["ccomp", "xcomp"])
                for s in self.tree.children(kid, ["nsubj", "nsubjpass"]) or self.tree.children(node, ["dobj"])
            ]
        return graph.oblique(node, spec)

    def _is_loss(self, node: Node) -> bool:
        """Whether a word is a mention of something taken away ("the absence of IL-17F")."""
        return any(
            self.mentions[m].type == "INTERVENTION" and _ABSENCE.search(self.mentions[m].text) for m in node.mentions
        )

    def _groups(self, nodes: list[Node]) -> list[Node]:
        """Groups of patients or strains that a phrase is said of ("T cells from patients with asthma")."""
        return [
            n
            for top in nodes
            for n in self.tree.subtree(top)
            if n.i > top.i
            and n.dep == "pobj"
            and n.mentions
            and (self.mentions[n.mentions[0]].type in ("ORGANISM", "DISEASE"))
            and self.tree[n.head].low in ("in", "from", "of", "among")
        ]

    def _late_by(self, node: Node) -> list[Node]:
        """The by-phrase of a noun where the parser hung it on something above ("a lack of insulin production by ...")."""
        if not node.tag.startswith("NN"):
            return []
        for up in self.tree.ancestors(node):
            if self.graph.is_verb(up) and (self.graph.passive(up) or up.tag == "VBG"):
                return []
            found = [t for t in self.graph.oblique(up, "by") if t.i > node.i and t.mentions]
            if found:
                return found
            if self.graph.is_verb(up):
                return []
        return []

    # -- causatives ----------------------------------------------------------------------------------------------

    def _causative(self, node: Node, entry: Trigger) -> Iterator[Match]:
        """ "X stimulates Y to release Z": X raises Z, besides acting on Y and Y releasing Z."""
        subjects = self._fillers(node, entry, ("S",), "subject", frozenset())
        if not subjects:
            return
        for kid in self.tree.children(node, ["xcomp", "ccomp", "advcl"]):
            if kid.dep == "advcl" and not any(k.low == "to" for k in self.tree.children(kid, ["aux"])):
                continue
            if not self.graph.is_verb(kid) or not any(
                k.dep in ("dobj", "nsubjpass") for k in self.tree.children(node)
            ) and not self.tree.children(kid, ["nsubj"]):
                continue
            for inner in self._entries(kid):
                if inner.pos != "VERB" or inner.predicate not in ("increases", "decreases", "produces"):
                    continue
                effect = inner.model_copy(update={"predicate": "increases", "also_as": None}) if (
                    inner.predicate == "produces"
                ) else inner
                if entry.predicate == "decreases":
                    effect = effect.model_copy(
                        update={"predicate": "decreases" if effect.predicate == "increases" else "increases"}
                    )
                objects = self._fillers(kid, inner, ("O",), "object", frozenset(inner.object_types))
                for s in subjects:
                    for o in objects:
                        match = self._combine(kid, effect, _CAUSATIVE, s, o)
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
                for target in self._places(noun, inner, "by")
                for f in self.resolver.resolve(target, "object")
                if self.mentions[f.mention].type in ("CELL", "TISSUE") and f.aspect is None
            ]
            if not makers:
                continue
            for s in self._fillers(node, entry, ("S",), "subject", frozenset()):
                for o in makers:
                    match = self._combine(node, entry, _CAUSATIVE, s, o)
                    if match is not None:
                        yield match

    # -- sign, aspect, types -------------------------------------------------------------------------------------

    def _combine(self, node: Node, entry: Trigger, frame: Frame, s: Filler, o: Filler) -> Match | None:
        subject, obj = self.mentions[s.mention], self.mentions[o.mention]
        if s.mention == o.mention or not (subject.types | obj.types) & _CORE:
            return None
        if subject.concept and subject.concept == obj.concept:
            return None
        # An argument inside the other is no second argument.
        if s.node.i == o.node.i:
            return None
        if entry.strength == "weak" and (s.weak or o.weak):
            return None
        for m in (subject, obj):
            if _is_group(m) and (predicate_of(entry, frame) != "associated_with" or is_bare_group(m)):
                return None
        if frame.group == "exhibit":
            if is_bare_group(subject) or (entry.direction is None and not o.marked):
                return None
        predicate: Predicate = frame.predicate or entry.predicate_by_type.get(obj.type, entry.predicate)
        direction: str | None = entry.direction
        sign = s.sign * o.sign
        lossy = s.lossy or s.sign < 0
        if predicate == "associated_with" and entry.predicate in ("increases", "decreases"):
            direction = "+" if entry.predicate == "increases" else "-"
        if predicate == "produces":
            produced = self._produces(entry, subject, obj)
            if produced is None:
                return None
            predicate = produced
        if predicate == "affects":
            leaning = self._leaning(node)
            if leaning:
                predicate = "increases" if leaning > 0 else "decreases"
        if predicate in ("increases", "decreases"):
            value = (1 if predicate == "increases" else -1) * sign
            predicate = "increases" if value > 0 else "decreases"
            lossy = lossy and s.sign < 0
        elif predicate == "associated_with":
            if direction is None:
                direction = self._association_sign(node, entry, s, o, subject, obj)
            if direction in ("+", "-") and sign < 0:
                direction = "-" if direction == "+" else "+"
            lossy = False
        else:
            lossy = False
        aspect = self._aspect(entry, predicate, o, obj)
        if aspect == "production" and obj.type == "CELL":
            # A cell is not made but becomes: "generation of macrophages".
            aspect = "differentiation"
        if (
            predicate == "increases"
            and subject.type == "CELL"
            and obj.types & _PRODUCTS
            and aspect in ("expression", "production")
            and o.aspect is not None
            and entry.lemma in _RAISE
            and not s.weak
        ):
            # "These cells upregulate X": what a cell raises in itself it makes.
            predicate = "produces"
        return Match(entry, frame, node, s, o, predicate, direction if predicate == "associated_with" else None, aspect, lossy)

    def _produces(self, entry: Trigger, subject: Mention, obj: Mention) -> Predicate | None:
        """`produces` needs a maker and a product; otherwise a release is a rise."""
        if subject.types & _MAKERS and obj.types & _PRODUCTS:
            if subject.type == "DISEASE" and entry.also_as:
                return entry.also_as
            return "produces"
        if entry.also_as:
            return entry.also_as
        if obj.types & _PRODUCTS:
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
    ) -> str | None:
        """An association has a sign if the words give one, or if it joins two states ("obesity and asthma")."""
        words = {k.low for k in self.tree.children(node, ["amod", "advmod", "compound", "npadvmod"])}
        if words & {"inversely", "inverse", "negatively", "negative"}:
            return "-"
        if words & {"positively", "positive", "directly", "direct"} or entry.lemma.startswith("correl"):
            return "+"
        if (subject.types | obj.types) & _MOLECULE and not (s.marked or o.marked):
            return None
        return "+"

    def _aspect(self, entry: Trigger, predicate: Predicate, o: Filler, obj: Mention) -> Aspect:
        if o.aspect is not None and (o.aspect != "level" or entry.aspect is None):
            return o.aspect
        if entry.aspect is not None and predicate == entry.predicate:
            return entry.aspect
        by_type = entry.aspect_by_type.get(obj.type)
        return by_type or o.aspect or self.grammar.default_aspect(predicate, obj.type)
