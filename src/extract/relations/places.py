"""Where a trigger's arguments stand: the places that frames name, and the mentions found there."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ..schema import Aspect, Mention
from .arguments import Resolver
from .carriers import is_group_noun
from .filler import Filler, through
from .grammar import Trigger
from .graph import Graph
from .idioms import match_idiom
from .members import ADDITIVE, EXAMPLES
from .occasions import Occasions
from .reach import doers, late_by, late_in
from .resultatives import becomes, less, made, maker
from .tree import Node
from .words import word_list

__all__ = ["Places"]

_CAUSE = ("in response to", "because of", "through", "by", "in the presence of")
_MAKERS = frozenset({"CELL", "TISSUE"})
_DOINGS = word_list("doings")
# Verbs that say what cells were exposed to ("when stimulated with LPS").
_TREATED = frozenset({"stimulate", "expose", "culture", "incubate", "treat", "challenge", "activate", "prime"})
_ANSWERING = frozenset({"respond", "react", "answer", "reply"})
_BINDING = frozenset({"bind", "attach", "interact", "dock", "couple", "fasten", "latch"})
_DONE_BY_CELLS: frozenset[Aspect | None] = frozenset(
    {"migration", "proliferation", "survival", "activation", "differentiation", "cytotoxicity", "growth", "severity"}
)
# Prepositions that a name does not take but as a place it comes from.
_PARTING = frozenset({"from", "into", "against", "to", "towards", "toward"})
_HOMES = frozenset({"ORGANISM", "TISSUE", "CELL"})
_AT = frozenset({"in", "from", "at", "by", "on", "within", "of"})
_GROUPS = frozenset({"DISEASE", "ORGANISM"})
_FAR = frozenset({"on", "for", "to", "with", "against", "upon"})
_OCCASIONS = frozenset({"@given", "@when", "@without"})
_OCCASION = ("with", "after", "following", "during", "on", "under", "at", "throughout", "before", "along with")

Role = Literal["subject", "object"]


class Places:
    """Finds the fillers of named places around triggers of one tree. docs/grammar.md explains the names."""

    def __init__(self, graph: Graph, resolver: Resolver, mentions: dict[str, Mention]) -> None:
        self.graph = graph
        self.tree = graph.tree
        self.resolver = resolver
        self.mentions = mentions
        # What was found in a place, which many frames ask for. The trigger is kept so that its number stays its own.
        self._found: dict[tuple[int, str, str, int], tuple[Trigger, list[Filler]]] = {}
        self.occasions = Occasions(graph, resolver, mentions)
        self._carriers = resolver.grammar.cues.sets["carrier_verbs"]

    def fillers(
        self, node: Node, entry: Trigger, specs: tuple[str, ...], role: Role, types: frozenset[str]
    ) -> list[Filler]:
        """Fillers of the first place named in `specs` that has any of the right type. Not to be changed."""
        for spec in specs:
            key = (node.i, spec, role, id(entry))
            known = self._found.get(key)
            if known is None:
                known = self._found[key] = (entry, self._named(node, entry, spec, role))
            out = known[1]
            if spec in ("@first", "@between_first"):
                out = out[:1]
            elif spec in ("@rest", "@between_rest"):
                out = out[1:]
            if types and types <= _GROUPS and spec in ("in", "among") and not any(self._fits(f, types) for f in out):
                # "in the blood of patients": whose it is.
                places = self._groups(self.nodes(node, entry, spec))
                out = [f for t in places for f in self.resolver.resolve(t, "subject")]
            if types:
                # Those who take a drug are a group, though the drug stands for them.
                out = [f for f in out if self._fits(f, types)]
            if out:
                return out
        return []

    def _named(self, node: Node, entry: Trigger, spec: str, role: Role) -> list[Filler]:
        """All fillers of one place, whatever their type."""
        out: list[Filler] = []
        if spec in _OCCASIONS:
            out = self.occasions.causes(node, spec)
        for target in self.nodes(node, entry, spec):
            if target.i == node.i:
                continue
            if (
                role == "subject"
                and entry.subject_words
                and target.lemma not in entry.subject_words
                and (target.low.rstrip("s") not in entry.subject_words)
            ):
                continue
            found = self.resolver.resolve(target, role)
            out.extend(found)
            if role == "object" and spec in ("O", "S"):
                whole = not found or (target.mentions and self.mentions[target.mentions[0]].type == "PROCESS")
                if whole:
                    out.extend(self._owned_elsewhere(node, target))
        if spec in ("@made", "@became") and out and less(self.graph, node):
            out = [replace(f, sign=-f.sign, aspect=f.aspect or entry.aspect) for f in out]
        if out and spec in ("S", "O", "@idiom_object") and self.graph.is_verb(node):
            out.extend(self._added(node, out, role))
        return out

    def _fits(self, f: Filler, types: frozenset[str]) -> bool:
        return f.patients or bool(self.mentions[f.mention].types & types)

    def nodes(self, node: Node, entry: Trigger, spec: str) -> list[Node]:
        graph = self.graph
        if spec == "S":
            if "by" in entry.prep and graph.is_verb(node) and graph.passive(node):
                # "is characterised by": the by-phrase is the complement, not the agent.
                return graph.objects(node)
            if entry.pos == "ADJ" and graph.is_verb(node) and graph.passive(node):
                return graph.objects(node)
            found = self._higher(node, entry, graph.subjects(node))
            if not found and entry.passive_prep and graph.passive(node):
                found = [t for p in entry.passive_prep for t in graph.oblique(node, p)]
            return found
        if spec == "O":
            found = graph.objects(node)
            if not found and entry.lemma == "become":
                found = [k for k in self.tree.children(node, ["attr"]) if self._is_cell(k)]
            if not found and entry.particle:
                # "draws in neutrophils", parsed as a place.
                found = graph.oblique(node, entry.particle) or [
                    t for prt in self.tree.children(node, ["prt"]) for t in self.tree.children(prt, ["pobj"])
                ]
            return found
        if spec == "mod":
            return graph.modifiers(node)
        if spec == "poss":
            return graph.possessors(node)
        if spec == "@prep":
            found = [t for p in entry.prep for t in graph.oblique(node, p)]
            if not found and entry.noun:
                # "opens the door to X": the parser hangs the preposition on the noun.
                nouns = [k for k in self.tree.children(node, ["dobj"]) if entry.noun in (k.low, k.lemma)]
                found = [t for k in nouns for p in entry.prep for t in graph.oblique(k, p)]
            if entry.predicate == "affects" and entry.lemma in _BINDING:
                # "binds to receptors on T cells": what bears the receptor is acted on too.
                found += [c for t in found for c in graph.oblique(t, "on") if self._is_cell(c)]
            if not found and entry.pos == "VERB":
                found = self._past_object(node, entry)
            if entry.predicate == "associated_with" and any(self._is_tissue(t) for t in found):
                found += self._groups(found)
            head = self.tree.parent(node)
            if not found and head is not None and node.dep == "amod" and entry.pos == "ADJ":
                # "are critical cytokines for X": the preposition hangs on the noun.
                found = [t for p in entry.prep for t in graph.oblique(head, p) if t.i > head.i]
            if not found and head is not None and node.dep in ("acomp", "attr", "oprd"):
                # "is high in obesity": the preposition may hang on the copula.
                found = [t for p in entry.prep for t in graph.oblique(head, p) if t.i > node.i]
            return found
        if spec == "@cause":
            allowed = (
                _CAUSE if not (graph.is_verb(node) and graph.passive(node)) else tuple(c for c in _CAUSE if c != "by")
            )
            return [t for name, t in self._around(node) if name in allowed]
        if spec == "@stimulus":
            return self._stimuli(node)
        if spec in _OCCASIONS:
            return []
        if spec == "@maker":
            return maker(graph, node)
        if spec == "@made":
            return made(graph, node)
        if spec == "@became":
            return graph.subjects(node) if becomes(graph, node) else []
        if spec in ("@idiom_subject", "@idiom_object"):
            return self._slot(node, entry, spec)
        if spec == "@doer":
            return doers(self.graph, node) if entry.predicate != "affects" else []
        if spec == "@maker_group":
            return self._groups(graph.subjects(node))
        if spec == "@group":
            return self._groups(graph.objects(node) or graph.subjects(node))
        if spec == "by":
            return graph.oblique(node, "by") or (late_by(self.graph, node) if entry.predicate == "produces" else [])
        if spec == "@occasion":
            return [t for name, t in self._around(node) if name in _OCCASION]
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
            found = [
                s
                for kid in self.tree.children(node, ["ccomp", "xcomp"])
                if not kid.tag.startswith("JJ") and not self.tree.children(kid, ["acomp"])
                for s in self.tree.children(kid, ["nsubj", "nsubjpass"]) or self.tree.children(node, ["dobj"])
            ]
            # "keeps X alive": no clause but an object and what it is kept.
            return found or (graph.objects(node) if entry.particle else [])
        found = graph.oblique(node, spec)
        if not found and spec == "in" and entry.predicate == "produces" and entry.pos == "NOUN":
            found = late_in(self.graph, node)
        if not found and spec in _FAR and entry.pos == "NOUN":
            # "the effect of cortisol on T cells": a name takes no such complement, so it is the trigger's.
            found = [t for of in graph.oblique(node, "of") if of.mentions for t in graph.oblique(of, spec)]
        return found

    def _past_object(self, node: Node, entry: Trigger) -> list[Node]:
        """A complement that the parser hung on the object, a name that takes none ("rescued mice from sepsis")."""
        return [
            t
            for obj in self.tree.children(node, ["dobj"])
            if obj.mentions
            for p in entry.prep
            if p in _PARTING
            for t in self.graph.oblique(obj, p)
            if not (p == "from" and t.mentions and self.mentions[t.mentions[0]].type in _HOMES)
        ]

    def _higher(self, node: Node, entry: Trigger, found: list[Node]) -> list[Node]:
        """Past a mere place, what "which" means ("insulin from the pancreas, which lowers X")."""
        if len(found) != 1 or not self.graph.is_verb(node) or self.graph.passive(node):
            return found
        place = found[0]
        clause = self._verb_chain(node)[-1]
        above = self.tree.parent(clause)
        if clause.dep == "xcomp" and above is not None:
            # "hormones made by the ovaries that help regulate X"
            clause = above
        prep = self.tree.parent(place)
        if prep is None or prep.low not in _AT or place.dep != "pobj":
            return found
        if clause.dep != "relcl" or clause.head != place.i:
            return found
        organ = self._is_tissue(place) and entry.predicate != "produces"
        if place.mentions and not organ:
            return found
        noun = self.tree.parent(prep)
        if noun is not None and self.graph.is_verb(noun) and noun.dep == "acl":
            noun = self.tree.parent(noun)
        if noun is None or self.graph.is_verb(noun) or not self.resolver.resolve(noun, "subject"):
            return found
        return [noun]

    def _owned_elsewhere(self, node: Node, noun: Node) -> tuple[Filler, ...]:
        """Whose "motility" is meant, if the parser hung the owner on the verb ("reduced motility in T cells")."""
        verb = node if self.graph.is_verb(node) else self.tree.parent(node)
        if verb is None or (noun.mentions and self.mentions[noun.mentions[0]].type != "PROCESS"):
            return ()
        return tuple(
            through(f, noun, aspect, sign)
            for aspect, sign in self.resolver.bare_aspect(noun)
            if aspect in _DONE_BY_CELLS
            for name, t in self.graph.obliques(verb)
            if name in ("in", "of", "among") and t.i > noun.i
            for f in self.resolver.resolve(t, "object")
            if self.mentions[f.mention].type in ("CELL", "DISEASE") and not f.weak
        )

    def _added(self, node: Node, found: list[Filler], role: Role) -> list[Filler]:
        """Like things that the clause names apart from the argument ("Besides X, Y ...", "genes ..., such as X")."""
        kinds = {t for f in found for t in self.mentions[f.mention].types}
        known = {f.mention for f in found}
        last = max(f.node.i for f in found)
        out: list[Filler] = []
        for name, target in self.graph.obliques(node):
            if name not in ADDITIVE or (name in EXAMPLES and not (role == "object" and target.i > last)):
                continue
            for f in self.resolver.resolve(target, role):
                if f.mention not in known and self.mentions[f.mention].types & kinds:
                    known.add(f.mention)
                    out.append(replace(f, steps=f.steps + 1))
        return out

    def _stimuli(self, node: Node) -> list[Node]:
        """What a verb's subject was exposed to ("in response to X", "when stimulated with X"), if it is a maker."""
        makers = [f for s in self.graph.subjects(node) for f in self.resolver.resolve(s, "subject")]
        if not any(self.mentions[f.mention].type in _MAKERS for f in makers):
            return []
        out: list[Node] = []
        for s in self.graph.subjects(node):
            # "T cells stimulated with X release Y"
            for kid in self.tree.children(s, ["acl"]):
                if kid.lemma in _TREATED and kid.tag == "VBN":
                    out.extend(t for name, t in self.graph.obliques(kid) if name in ("with", "by", "to"))
        prep = self.tree.parent(node)
        above = self.tree.parent(prep) if prep is not None and node.dep == "pcomp" and prep.low == "by" else None
        if above is not None and above.lemma in _ANSWERING:
            # "responds to X by secreting Y"
            out.extend(self.graph.oblique(above, "to"))
        for verb in self._verb_chain(node):
            for name, t in self.graph.obliques(verb):
                if name == "in response to" or (name in ("after", "following", "on") and t.low in _DOINGS):
                    out.append(t)
            for kid in self.tree.children(verb, ["advcl"]):
                if kid.tag == "VBN" and kid.lemma in _TREATED and not self.tree.children(kid, ["nsubj", "nsubjpass"]):
                    out.extend(t for name, t in self.graph.obliques(kid) if name in ("with", "by", "to"))
        return out

    def _slot(self, node: Node, entry: Trigger, spec: str) -> list[Node]:
        """What fills a slot of a fixed expression, or the usual place where it has no slot of its own."""
        idiom = match_idiom(self.graph, node, entry.words or "")
        slot = None if idiom is None else idiom.subject if spec == "@idiom_subject" else idiom.object
        if slot is not None:
            return [slot]
        has_cause = "S" in (entry.words or "").split()
        if spec == "@idiom_object":
            # "X is down to Y": with the cause in a slot the subject is what it acts on.
            return self.graph.objects(node) or (self.graph.subjects(node) if has_cause else [])
        if has_cause:
            return []
        found = self.graph.subjects(node)
        if not found and idiom is not None and idiom.object is not None and self.graph.passive(node):
            # "X messed with Y", taken for a participle: with its object elsewhere the verb is no passive.
            found = self.graph.objects(node)
        return found

    def _is_tissue(self, node: Node) -> bool:
        return bool(node.mentions) and self.mentions[node.mentions[0]].type == "TISSUE"

    def _is_cell(self, node: Node) -> bool:
        return bool(node.mentions) and self.mentions[node.mentions[0]].type == "CELL"

    def _verb_chain(self, node: Node) -> list[Node]:
        """A verb and those before it that it is coordinated with: what opens the clause holds for all."""
        chain = [node]
        while node.dep == "conj":
            head = self.tree.parent(node)
            if head is None or not self.graph.is_verb(head):
                break
            node = head
            chain.append(node)
        return chain

    def _around(self, node: Node) -> list[tuple[str, Node]]:
        """The prepositions of a word, or of the verb that only says it was there ("no increase was seen after X")."""
        head = self.tree.parent(node)
        found = self.graph.obliques(node)
        if head is not None and node.dep in ("acomp", "oprd") and self.graph.is_verb(head):
            return found + [(name, t) for name, t in self.graph.obliques(head) if name != "by"]
        if (
            head is not None
            and node.dep == "nsubjpass"
            and head.lemma in self._carriers
            and not any(name in _CAUSE or name in _OCCASION for name, _ in found)
        ):
            return found + [(name, t) for name, t in self.graph.obliques(head) if name != "by"]
        return found

    def _up_to(self, node: Node, top: Node) -> list[Node]:
        above = list(self.tree.ancestors(node))
        return above[: next((k for k, up in enumerate(above) if up.i == top.i), 0)]

    def _groups(self, nodes: list[Node]) -> list[Node]:
        """Groups of patients or strains that a phrase is said of ("T cells from patients with asthma")."""
        return [
            n
            for top in nodes
            for n in self.tree.subtree(top)
            if n.i > top.i
            and not any(up.dep in ("relcl", "conj") for up in self._up_to(n, top))
            and n.dep == "pobj"
            and n.mentions
            and (self.mentions[n.mentions[0]].type in ("ORGANISM", "DISEASE"))
            and (self.tree[n.head].low in ("in", "from", "of", "among") or self._had(n))
        ]

    def _had(self, node: Node) -> bool:
        """Whether a disease is that of people who are no name themselves ("T cells from people with asthma")."""
        prep = self.tree[node.head]
        return prep.low == "with" and is_group_noun(self.tree[prep.head])
