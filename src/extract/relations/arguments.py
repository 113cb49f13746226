"""From a word in argument position to the mentions that it stands for.

"the secretion of IL-4 and IL-13 by these cells" in object position stands for IL-4 and IL-13, each with the aspect
`production`; "the suppression of X" stands for X with the sign turned round. Descending keeps account of sign,
aspect and of how far it went.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from ..schema import CORE_TYPES, Aspect, Mention
from .abilities import powers
from .amounts import qualities
from .carriers import carried, is_group_noun
from .filler import Filler, through, unique
from .grammar import AspectNoun, Grammar
from .graph import Graph
from .inflect import forms
from .members import EXAMPLES, PRONOUNS, Members
from .tree import Node
from .words import word_list

__all__ = ["Filler", "Resolver"]

_MAX_DEPTH = 7
# What may stand between a noun and the thing whose noun it is ("changes in X", "the response to X").
_OF = ("of", "in", "for", "to", "on", "by", "from", "with", "against")
_NAMING = frozenset({"call", "name", "term", "know", "dub", "designate", "label", "christen"})
_WAYS = frozenset({"mechanism", "way", "means", "route", "manner", "strategy"})
_DOINGS = word_list("doings")


@lru_cache(maxsize=4)
def _noun_forms(lemmas: tuple[str, ...]) -> frozenset[str]:
    return frozenset(x for n in lemmas for x in forms(n, "NOUN"))


class Resolver:
    """Finds the fillers of argument positions in one tree.

    `coref` gives the mentions that a pronoun or bare head stands for.
    """

    def __init__(
        self,
        graph: Graph,
        mentions: dict[str, Mention],
        grammar: Grammar,
        coref: Callable[[Node, Graph], tuple[str, ...]] | None = None,
    ) -> None:
        self.graph = graph
        self.tree = graph.tree
        self.mentions = mentions
        self.grammar = grammar
        self.coref = coref
        self.members = Members(graph, mentions)
        self._transparent = grammar.cues.sets["transparent_nouns"]
        self._transparent_forms = _noun_forms(grammar.cues.transparent_nouns)
        self._loss = grammar.cues.sets["loss_words"]
        self._more = grammar.cues.sets["more_words"]
        self._less = grammar.cues.sets["less_words"]
        self._memo: dict[tuple[int, str], tuple[Filler, ...]] = {}

    def resolve(self, node: Node, role: Literal["subject", "object"]) -> tuple[Filler, ...]:
        """Fillers of the phrase headed by `node`, coordination spread out, in text order."""
        key = (node.i, role)
        if key not in self._memo:
            self._memo[key] = ()
            self._memo[key] = tuple(unique(self._phrase(node, role, 0)))
        return self._memo[key]

    # -- one phrase ----------------------------------------------------------------------------------------------

    def _phrase(self, node: Node, role: str, depth: int) -> list[Filler]:
        if depth > _MAX_DEPTH:
            return []
        members = self.members.members(node)
        found: list[list[Filler]] = [self._one(m, role, depth) for m in members]
        # "the proliferation and survival of T cells": a noun without a complement shares its neighbour's.
        full = [f for f in found if f]
        if full and len(full) < len(found):
            for k, member in enumerate(members):
                if found[k] or not self._is_carrier(member):
                    continue
                source = next((found[j] for j in range(k + 1, len(found)) if found[j]), None) or full[0]
                donor = members[found.index(source)]
                if self._is_carrier(donor):
                    found[k] = [self._restep(f, member) for f in source]
        out: list[Filler] = []
        denied = self._denied(node)
        for member, fillers in zip(members, found, strict=True):
            negated = denied != (member is not node and self._negated_member(member))
            out.extend([replace(f, negated=not f.negated) for f in fillers] if negated else fillers)
        return out

    def _negated_member(self, member: Node) -> bool:
        head = self.tree.parent(member)
        if head is None:
            return False
        between = self.tree.nodes[head.i + 1 : member.i]
        if any(n.low in ("rather", "instead") for n in between):
            return True
        return any(n.low == "not" and n.head in (head.i, member.i) for n in between) or any(
            n.dep == "neg" for n in self.tree.children(member) if n.low == "not"
        )

    def _denied(self, node: Node) -> bool:
        """Whether a coordinated preposition leaves its noun out ("of X, but not of Y")."""
        prep = self.tree.parent(node)
        if prep is None or node.dep != "pobj" or prep.i < 2:
            return False
        before = [n.low for n in self.tree.nodes[prep.i - 2 : prep.i]]
        return before[1] == "not" and (prep.dep == "conj" or before[0] in ("but", "and", ","))

    def _is_carrier(self, node: Node) -> bool:
        return not node.mentions and (
            self._aspect_noun(node) is not None or self.grammar.noun_sign(node.low, node.tag) is not None
        )

    def _restep(self, filler: Filler, member: Node) -> Filler:
        noun = self._aspect_noun(member)
        sign = -1 if noun and noun.inverted else 1
        nominal = self.grammar.noun_sign(member.low, member.tag)
        if noun is None and nominal is not None:
            sign = nominal
        return replace(filler, aspect=noun.aspect if noun else None, sign=sign, via=(member.i,))

    # -- one word ------------------------------------------------------------------------------------------------

    def _one(self, node: Node, role: str, depth: int) -> list[Filler]:
        if node.mentions:
            return self._mention(node, role, depth)
        if node.low == "those" and (self.graph.obliques(node) or self.tree.children(node, ["relcl", "acl"])):
            # "those on X", "those who ...": people, no things named before.
            return self._group(node, role, depth)
        if node.low in PRONOUNS or (node.tag in ("PRP", "DT") and node.dep != "det"):
            if node.low in ("which", "that", "who"):
                return []
            return self._referred(node)
        if self.graph.is_verb(node) and node.tag in ("VBG", "VB") and node.dep in ("csubj", "pcomp", "xcomp", "ccomp"):
            found = self._gerund(node, role, depth)
            if found or not self.tree.children(node, ["prep"]):
                return found
        return self._noun(node, role, depth)

    def _mention(self, node: Node, role: str, depth: int) -> list[Filler]:
        mention = self.mentions[node.mentions[-1]]
        members = [f for target in self.members.examples(node) for f in self._phrase(target, role, depth + 1)]
        if mention.text.lower() in self._transparent_forms:
            # "symptoms of lupus": what is said of the symptoms is said of the disease.
            owners = [
                f
                for name, target in self.graph.obliques(node)
                if name == "of"
                for f in self._phrase(target, role, depth + 1)
            ]
            if owners:
                return [through(f, node, None, 1) for f in owners]
            if mention.type == "DISEASE" and role == "subject":
                # "Symptoms" nobody named are the outcome of something, not the cause.
                return []
        if mention.type == "PROCESS" and role == "object":
            inner = self._process_owner(node, mention, depth)
            if inner:
                return inner + members
        sick = self.members.patients_of(node, mention)
        if sick:
            return [*(Filler(m, node, steps=1, patients=True) for m in sick), *members]
        if not members and len(node.mentions) == 1 and mention.generic and self.members.named_by_apposition(node):
            return []
        words = qualities(self.graph, node)
        sign = -1 if words & self._less else 1
        marked = sign < 0 or bool(words & self._more)
        if self._definite(node):
            referred = self._referred(node)
            if referred:
                return referred
        stands_for = self._stands_for(node, mention, role, depth)
        if stands_for:
            return [*stands_for, *members]
        return [*(Filler(m, node, sign=sign, marked=marked) for m in node.mentions), *members]

    def _stands_for(self, node: Node, mention: Mention, role: str, depth: int) -> list[Filler]:
        found = self.members.namesakes(node, mention)
        if node.dep == "appos":
            return [Filler(m, n) for n in found for m in n.mentions]
        return [f for n in found for f in self._phrase(n, role, depth + 1)]

    def _process_owner(self, node: Node, mention: Mention, depth: int) -> list[Filler]:
        """Of "proliferation of T cells" the cells, with the aspect, when the noun alone is annotated."""
        head = mention.text.lower().split(" of ")[0].split()[-1]
        noun = self.grammar.aspects.get(head)
        # Inflammation is annotated as a thing of its own, other processes as what their owner does.
        if noun is None or noun.aspect in (None, "inflammation"):
            return []
        nested = [
            x
            for x in node.nested
            if self.mentions[x].type in CORE_TYPES
            and mention.start <= self.mentions[x].start
            and self.mentions[x].end <= mention.end
        ]
        if nested:
            return [Filler(x, node, sign=-1 if noun.inverted else 1, aspect=noun.aspect, steps=1) for x in nested]
        owners = [t for name, t in self.graph.obliques(node) if name == "into" and noun.aspect == "differentiation"]
        owners = owners or [t for name, t in self.graph.obliques(node) if name == "of"]
        owners += [k for k in self.graph.modifiers(node) if k.mentions]
        out = []
        for owner in owners:
            for f in self._phrase(owner, "object", depth + 1):
                if self.mentions[f.mention].types & frozenset((*CORE_TYPES, "PROTEIN", "CHEMICAL")):
                    out.append(through(f, node, noun.aspect, -1 if noun.inverted else 1))
        return out

    def _aspect_noun(self, node: Node) -> AspectNoun | None:
        """The entry of a noun that names an aspect, by as many of its words as there is an entry for."""
        if node.low not in self.grammar.aspect_endings:
            return None
        known = self.grammar.aspects
        return next((known[term] for term in self.tree.terms(node) if term in known), None)

    def _group(self, node: Node, role: str, depth: int) -> list[Filler]:
        return carried(self.graph, self.mentions, node, role, lambda n, r: self._phrase(n, r, depth + 1))

    def bare_aspect(self, node: Node) -> list[tuple[Aspect | None, int]]:
        """Aspect and sign of a noun that names what a thing does ("motility"), nothing for other nouns."""
        noun = self.grammar.aspects.get(node.low.split()[-1]) if node.mentions else self._aspect_noun(node)
        return [(noun.aspect, -1 if noun.inverted else 1)] if noun is not None and noun.aspect is not None else []

    def _noun(self, node: Node, role: str, depth: int) -> list[Filler]:
        if is_group_noun(node):
            found = self._group(node, role, depth)
            if found:
                return found
        low = node.low
        aspect = self._aspect_noun(node)
        sign = 1
        lossy = low in self._loss
        weak = False
        kind: Aspect | None = None
        nominal = self.grammar.noun_sign(node.low, node.tag)
        if lossy:
            sign = -1
        elif aspect is not None:
            kind, sign = aspect.aspect, (-1 if aspect.inverted else 1)
        elif nominal is not None:
            sign = nominal
        elif low not in self._transparent_forms and node.lemma not in self._transparent:
            weak = True
        words = qualities(self.graph, node)
        less = bool(words & self._less)
        marked = less or nominal is not None or bool(words & self._more)
        if less:
            sign = -sign
        out: list[Filler] = []
        if role == "subject" and (nominal is not None or lossy or low in _DOINGS):
            # "stimulation of monocytes by IFN activates ...": what does it acts, not what it is done to.
            for target in self.members.doers(node):
                out.extend(through(f, node, None, 1) for f in self._phrase(target, role, depth + 1))
            if out or (low in _DOINGS and self.members.undergoes(node)):
                return out
        obliques = self.graph.obliques(node)
        owned = any(k.mentions for k in (*self.graph.modifiers(node), *self.graph.possessors(node)))
        named = weak or not (owned or any(name == "of" for name, _ in obliques))
        listed = [t for name, t in obliques if name in EXAMPLES] if named else []
        # "approaches, including surgery and radiation": a noun of no meaning of its own stands for what it includes.
        out.extend(replace(f, steps=f.steps + 1) for t in listed for f in self._phrase(t, role, depth + 1))
        for group, step_weak in [] if out else self._complements(node, role, strict=weak):
            for target in group:
                for f in self._phrase(target, role, depth + 1):
                    turned = -sign if aspect is not None and self._thrives(aspect, f) else sign
                    out.append(
                        through(
                            f,
                            node,
                            kind if turned == sign else None,
                            turned,
                            weak=weak or step_weak,
                            lossy=lossy,
                            marked=marked,
                        )
                    )
            if out:
                break
        if not out:
            out = self._called(node, role, depth)
        if not out and role == "object":
            out = [
                through(f, node, kind, turn)
                for target, turn, kind in powers(self.graph, self.grammar, node)
                for f in self._phrase(target, role, depth + 1)
            ]
        if not out and (role == "subject" or self.tree.children(node, ["acl", "relcl"])):
            # "X is one of the agents that ...", "X, a hormone made by Y"
            out = self._predicate_nominal(node, role, depth) or (self._means(node, depth) if role == "subject" else [])
        if not out and self.coref is not None and self._definite(node):
            return self._referred(node)
        return out

    def _thrives(self, noun: AspectNoun, f: Filler) -> bool:
        """Whether a noun that is bad for a disease is good for its owner ("recovery of neutrophils")."""
        return (
            noun.inverted
            and noun.aspect in ("severity", "risk")
            and noun.lemma != "prevention"
            and not f.patients
            and self.mentions[f.mention].type in ("CELL", "TISSUE", "HORMONE", "CYTOKINE")
        )

    def _referred(self, node: Node) -> list[Filler]:
        if self.coref is None:
            return []
        return [
            Filler(owner, node, coref=True, steps=1, patients=owner != m)
            for m in self.coref(node, self.graph)
            for owner in self.members.meant(m)
        ]

    def _predicate_nominal(self, node: Node, role: str, depth: int) -> list[Filler]:
        """Of "X is one of the agents that ..." and "X was isolated as a protein that ..." the X."""
        at: Node | None = node
        head = self.tree.parent(node)
        if head is not None and node.dep == "pobj" and head.low == "of":
            at = self.tree.parent(head)
            head = self.tree.parent(at) if at is not None else None
        if at is None or head is None:
            return []
        if at.dep == "attr":
            subjects = self.graph.surface_subject(at)
        elif at.dep == "pobj" and head.low == "as":
            verb = self.tree.parent(head)
            subjects = self.graph.surface_subject(verb) if verb is not None and self.graph.is_verb(verb) else []
        elif at.dep == "appos":
            subjects = [self.graph.apposed_to(at) or head]
        else:
            return []
        return [
            replace(f, steps=f.steps + 1) for s in subjects if s.i != node.i for f in self._phrase(s, role, depth + 1)
        ]

    def _means(self, node: Node, depth: int) -> list[Filler]:
        """Of "one way in which X acts is ..." the X: what is said of the way is said of who takes it."""
        if node.lemma not in _WAYS:
            return []
        clauses = self.tree.children(node, ["relcl", "acl"])
        doers = [s for kid in clauses for s in self.tree.children(kid, ["nsubj"]) if s.low not in ("which", "that")]
        doers += [o for kid in clauses if kid.lemma == "underlie" for o in self.tree.children(kid, ["dobj"])]
        return [replace(f, steps=f.steps + 1) for s in doers for f in self._phrase(s, "subject", depth + 1)]

    def _called(self, node: Node, role: str, depth: int) -> list[Filler]:
        """The name that a noun of no meaning of its own is given ("a signal called RANKL", "a protein known as X")."""
        return [
            replace(f, steps=f.steps + 1)
            for kid in self.tree.children(node, ["acl"])
            if kid.lemma in _NAMING
            for t in (*self.tree.children(kid, ["oprd", "dobj", "attr"]), *self.graph.oblique(kid, "as"))
            for f in self._phrase(t, role, depth + 1)[:1]
        ]

    def _definite(self, node: Node) -> bool:
        return any(
            k.low in ("the", "this", "these", "those", "that", "such", "both")
            for k in self.tree.children(node, ["det", "predet", "amod"])
        )

    def _complements(self, node: Node, role: str, *, strict: bool) -> list[tuple[list[Node], bool]]:
        """Groups of words that complete a noun, the most telling construction first; the flag marks weak ones."""
        obliques = self.graph.obliques(node)
        of = [t for name, t in obliques if name == "of"]
        near = [*self.graph.modifiers(node), *self.graph.possessors(node)]
        other = [t for name, t in obliques if name in _OF[1:]]
        into = [t for name, t in obliques if name == "into"]
        noun = self._aspect_noun(node)
        if into and role == "object" and noun is not None and noun.aspect == "differentiation":
            # "the differentiation of T cells into Th17 cells": what comes of it is what grows.
            return [(into, False)]
        if strict:
            # A noun of unknown meaning: only what belongs to it closely.
            source = [t for name, t in obliques if name == "from"]
            return [(near, False), (of, True), (source, True)]
        return [(of, False), (near, False), (other, False)]

    def _gerund(self, node: Node, role: str, depth: int) -> list[Filler]:
        """ "blocking X", "the cells from making X": what the verb acts on, with the verb's sign."""
        entry = next((t for t in self.grammar.by_form.get(node.low, ()) if t.pos == "VERB"), None)
        if entry is None:
            return []
        lossy = entry.predicate == "decreases"
        return [
            through(f, node, entry.aspect, -1 if lossy else 1, lossy=lossy)
            for target in self.graph.objects(node)
            for f in self._phrase(target, role, depth + 1)
        ]
