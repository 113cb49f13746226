"""Deep grammatical functions over a surface parse: what is the subject of this verb, even if it stands elsewhere.

The frames ask only for the functions listed here, so that passives, relative clauses, participles, control,
raising, coordination and light verbs are handled once, for all triggers:

- `S` deep subject: subject of an active verb, by-phrase of a passive one; the noun that a participle or relative
  clause hangs on; the subject handed down to infinitives, gerunds, adverbial clauses and coordinated verbs.
- `O` deep object: object of an active verb, subject of a passive one.
- `obl`: what the prepositions of a word govern, by preposition ("of", "in", "in response to", ...).
- `mod`: nouns before a noun ("IL-6 production"), `poss`: genitives.

The idea of collapsed and propagated dependencies is that of de Marneffe et al., "Generating typed dependency
parses from phrase structure parses" (LREC 2006); the labels are those of spaCy's English models.
"""

from __future__ import annotations

from functools import cached_property

from .light import is_nominal, light_carrier
from .misreadings import after_comma, apposed_to, finite, mistaken_verb, needed, of_which, titled_as
from .prepositions import obliques
from .tree import VERB_TAGS, Node, Tree
from .words import word_list

__all__ = ["Graph"]

_SUBJ = frozenset({"nsubj", "csubj", "expl_nsubj"})
_SUBJPASS = frozenset({"nsubjpass", "csubjpass"})
_ANY_SUBJ = _SUBJ | _SUBJPASS
_MODS = frozenset({"compound", "nmod", "nn", "npadvmod", "amod_np", "advmod_np"})
_REL_PRON = frozenset({"which", "that", "who", "whom"})
_ONE_OF = frozenset({"one", "two", "some", "part", "member", "members", "among", "both"})
# The object of these is the subject of the infinitive that follows ("allows X to do"); elsewhere it is the subject's.
_OBJECT_CONTROL = word_list("object_control_verbs")
_WAYS = frozenset({"way", "means", "trick", "recipe", "strategy", "key", "method", "secret"})
# What is used does it, if no other name stands as who uses it ("doctors use X to treat Y").
_INSTRUMENT = frozenset({"use", "employ", "harness", "deploy"})


class Graph:
    """Deep functions of one tree. All methods return nodes in text order and are pure."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._surface: dict[int, list[Node]] = {}
        # Each word is asked the same for every trigger and frame that meets it.
        self._passive: dict[int, bool] = {}
        self._oblique: dict[int, list[tuple[str, Node]]] = {}
        self._subjects: dict[int, list[Node]] = {}
        self._objects: dict[int, list[Node]] = {}
        self._busy: set[int] = set()

    # -- words -------------------------------------------------------------------------------------------------

    def is_verb(self, node: Node) -> bool:
        """Whether the node is a verb form and stands for no mention; a noun with an object is a verb misread."""
        if node.mentions:
            return False
        return node.tag in VERB_TAGS or self._misread(node)

    def _misread(self, node: Node) -> bool:
        """Whether a word tagged as a noun stands where only a verb can ("cells ... and release X")."""
        if not node.tag.startswith("NN"):
            return False
        if any(k.i > node.i for k in self.tree.children(node, ["dobj"])):
            return True
        if node.tag != "NNS" or self._beside(node) is None:
            return False
        # "If X is lacking, Y rises": a noun that has a clause of its own is a verb.
        clause = node.dep in ("ROOT", "conj") and bool(self.tree.children(node, ["advcl", "mark"]))
        return node.dep in ("relcl", "ccomp", "advcl") or clause

    def passive(self, node: Node) -> bool:
        """Whether a verb is passive: by its auxiliary, as a reduced relative, or coordinated with a passive."""
        if node.tag not in ("VBN", "VBD"):
            return False
        known = self._passive.get(node.i)
        if known is None:
            known = self._passive[node.i] = self._is_passive(node)
        return known

    def _is_passive(self, node: Node) -> bool:
        kids = self.tree.children(node)
        if any(k.dep == "auxpass" or k.dep in _SUBJPASS for k in kids):
            return True
        if any(k.dep in _SUBJ for k in kids) or any(k.dep == "aux" and k.lemma == "have" for k in kids):
            return False
        if node.tag != "VBN":
            return False
        if node.dep in ("acl", "amod"):
            return True
        head = self.tree.parent(node)
        if node.dep in ("conj", "dep") and head is not None and self.is_verb(head):
            return self.passive(head)
        return node.dep in ("advcl", "oprd", "ccomp", "xcomp", "ROOT") and not any(k.dep == "dobj" for k in kids)

    # -- surface subject ----------------------------------------------------------------------------------------

    def surface_subject(self, node: Node) -> list[Node]:
        """The words in subject position of a predicate, handed down where it has none of its own."""
        if node.i in self._surface:
            return self._surface[node.i]
        if node.i in self._busy:
            return []
        self._busy.add(node.i)
        try:
            found = self._find_subject(node)
        finally:
            self._busy.discard(node.i)
        self._surface[node.i] = found
        return found

    def _find_subject(self, node: Node) -> list[Node]:
        own = self.tree.children(node, _ANY_SUBJ)
        head = self.tree.parent(node)
        if own:
            return [x for s in own for x in self._antecedent(s, node)]
        beside = self._beside(node)
        if beside is not None:
            return [beside]
        if head is None:
            return []
        if node.dep == "conj" and is_nominal(head) and (self._misread(node) or finite(self.tree, node)):
            # "raises X and lowers Y", the second verb hung on X
            verb = self._clause_verb(head)
            return self.surface_subject(verb) if verb is not None else []
        if node.dep == "conj":
            return self.surface_subject(head) if not is_nominal(head) or self._misread(head) else []
        if node.dep in ("relcl", "acl"):
            if node.dep == "acl" and node.tag == "VBG" and after_comma(self.tree, node):
                # "..., leading to X": what the clause says does it, so its subject, not the last noun.
                verb = self._clause_verb(head)
                if verb is not None:
                    return self.surface_subject(verb)
            if node.dep == "relcl" and not self._gap_is_subject(node):
                return []
            way = self.tree.parent(head)
            if head.lemma in _WAYS and head.dep == "nsubj" and way is not None and way.lemma == "be":
                # "the best way to boost X is Y": Y boosts it.
                return [k for k in self.tree.children(way, ["attr", "xcomp", "ccomp"]) if k.i > way.i]
            return [head]
        if node.dep == "amod" and node.tag.startswith("JJ") and is_nominal(head) and head.i < node.i:
            # "cells capable of killing X"
            return [head]
        if node.dep in ("attr", "acomp", "oprd") and head.tag in VERB_TAGS:
            objects = self.tree.children(head, ["dobj"]) if node.dep == "oprd" else []
            return objects or self.surface_subject(head)
        if node.dep in ("xcomp", "ccomp") and head.tag in VERB_TAGS:
            if head.lemma in _OBJECT_CONTROL and head.lemma not in _INSTRUMENT:
                objects = self.tree.children(head, ["dobj", "nsubjpass", "dative"])
                if objects:
                    return [x for o in objects for x in self._antecedent(o, head)]
            return self.surface_subject(head)
        if node.dep in ("xcomp", "acl", "ccomp") and head.dep in ("acomp", "attr", "amod"):
            return self.surface_subject(head)
        if (
            node.dep == "advcl"
            and head.lemma in _OBJECT_CONTROL
            and any(k.low == "to" for k in self.tree.children(node, ["aux"]))
            and not (head.lemma in _INSTRUMENT and any(s.mentions for s in self.surface_subject(head)))
        ):
            # "stimulates the cells to produce X", parsed as a purpose.
            objects = self.tree.children(head, ["dobj", "nsubjpass"])
            if head.lemma in _INSTRUMENT and not any(o.mentions for o in objects):
                return self.surface_subject(head)
            if objects and objects[-1].i < node.i:
                return [x for o in objects for x in self._antecedent(o, head)]
        if node.dep in ("advcl", "dep", "prep", "pcomp", "parataxis"):
            return self._from_above(head)
        return []

    def _beside(self, node: Node) -> Node | None:
        """The name right before a finite verb that the parser took for the first part of a compound noun."""
        if node.tag not in ("VBZ", "VBP", "VBD", "NNS") or node.mentions:
            return None
        for kid in self.tree.children(node, ["compound", "nmod", "npadvmod"]):
            if not kid.mentions or kid.i > node.i:
                continue
            last = self.tree.subtree(kid)[-1].i
            if all(n.tag.startswith("RB") for n in self.tree.nodes[last + 1 : node.i]):
                return kid
        return None

    def _clause_verb(self, node: Node) -> Node | None:
        """The verb of the clause that a word stands in."""
        for up in self.tree.ancestors(node):
            if self.is_verb(up):
                return up
        return None

    def _from_above(self, head: Node) -> list[Node]:
        """The subject that a subjectless clause takes from what it hangs on."""
        if head.dep in ("prep", "agent") or head.tag in ("IN", "TO"):
            up = self.tree.parent(head)
            if up is None:
                return []
            head = up
        if is_nominal(head):
            carrier = self.light_carrier(head)
            return self.surface_subject(carrier) if carrier is not None else [head]
        return self.surface_subject(head)

    def _gap_is_subject(self, verb: Node) -> bool:
        kids = self.tree.children(verb)
        return not any(k.dep in _ANY_SUBJ for k in kids) and self._beside(verb) is None

    def _gap_elsewhere(self, verb: Node, subjects: list[Node]) -> bool:
        """Whether a relative clause takes its noun for something else than its object ("X, where bones thin")."""
        if all(k.low in _REL_PRON and k.tag in ("WDT", "WP") for k in subjects):
            return self._beside(verb) is None
        kids = self.tree.children(verb)
        return any(k.tag == "WRB" or k.dep in ("attr", "acomp") for k in kids)

    def _antecedent(self, subject: Node, verb: Node) -> list[Node]:
        """A relative pronoun gives way to the noun that its clause hangs on."""
        if (subject.low in _REL_PRON and subject.tag in ("WDT", "WP", "IN", "DT")) or of_which(self.tree, subject):
            clause: Node | None = verb
            while clause is not None and clause.dep in ("conj", "aux", "xcomp"):
                clause = self.tree.parent(clause)
            if clause is not None and clause.dep in ("relcl", "acl", "ccomp", "advcl"):
                head = self.tree.parent(clause)
                if head is not None and is_nominal(head):
                    # "IL-4 and IL-13, which induce": a plural verb reaches back to the whole coordination.
                    if head.dep == "conj" and (verb.tag == "VBP" or subject.low not in _REL_PRON):
                        top = head
                        while top.dep == "conj":
                            up = self.tree.parent(top)
                            if up is None or not is_nominal(up):
                                break
                            top = up
                        return [top]
                    return [head]
            return []
        return [subject]

    def apposed_to(self, node: Node) -> Node | None:
        """What an apposition stands beside, None for what is no apposition; see `misreadings`."""
        return apposed_to(self.tree, node)

    def light_carrier(self, noun: Node) -> Node | None:
        """The light verb whose object, complement or as-phrase the noun is; see `light`."""
        return light_carrier(self, noun)

    def mistaken_verb(self, node: Node) -> tuple[Node, Node] | None:
        """Subject and object of a verb that the parser took for a modifier; see `misreadings`."""
        return mistaken_verb(self.tree, node)

    # -- deep functions ------------------------------------------------------------------------------------------

    def subjects(self, node: Node) -> list[Node]:
        """`S`: who or what does it. Not to be changed by the caller, as are `objects` and `obliques`."""
        known = self._subjects.get(node.i)
        if known is None:
            known = self._subjects[node.i] = self._deep_subjects(node)
        return known

    def _deep_subjects(self, node: Node) -> list[Node]:
        mistaken = self.mistaken_verb(node)
        if mistaken is not None:
            return [mistaken[0]]
        if self.is_verb(node):
            if self.passive(node):
                return self.oblique(node, "by")
            found = list(self.surface_subject(node))
            if node.tag == "VBG" and node.dep == "amod":
                # "IL-17-producing cells": what stands after it does it.
                head = self.tree.parent(node)
                if head is not None:
                    found = [head]
            return found
        carrier = self.light_carrier(node)
        if carrier is not None:
            if self.passive(carrier):
                return self.oblique(carrier, "by") or self.surface_subject(carrier)
            return self.surface_subject(carrier)
        if node.dep in ("acomp", "attr", "oprd"):
            return self.surface_subject(node)
        head = self.tree.parent(node)
        if node.dep == "appos" and head is not None:
            return [head]
        titled = titled_as(self.tree, node)
        if titled is not None:
            return [titled]
        if node.dep == "pobj" and head is not None and head.low == "of":
            # "is one of the major players in X"
            one = self.tree.parent(head)
            if one is not None and one.dep in ("attr", "nsubj") and one.low in _ONE_OF:
                # "One of the causes of X is Y"
                return self.surface_subject(one) if one.dep == "attr" else self.subjects(one)
        if node.dep == "nsubj" and head is not None and head.lemma == "be":
            # "The main cause of X is Y": what the subject is said to be.
            return [k for k in self.tree.children(head, ["attr"]) if k.i > head.i and is_nominal(k)]
        if node.dep == "conj" and head is not None and not head.mentions and head.dep in ("attr", "appos", "acomp"):
            return self.subjects(head)
        if node.tag.startswith("JJ"):
            return self._adjective_subject(node)
        return self.surface_subject(node) if self.tree.children(node, _ANY_SUBJ) else []

    def _adjective_subject(self, node: Node) -> list[Node]:
        head = self.tree.parent(node)
        if head is None:
            return []
        if node.dep == "conj":
            return self.subjects(head)
        if node.dep in ("amod", "relcl", "acl", "appos") and is_nominal(head):
            return [head]
        if node.dep == "advcl":
            return self._from_above(head)
        return self.surface_subject(node)

    def objects(self, node: Node) -> list[Node]:
        """`O`: to whom or what it is done."""
        known = self._objects.get(node.i)
        if known is None:
            known = self._objects[node.i] = self._deep_objects(node)
        return known

    def _deep_objects(self, node: Node) -> list[Node]:
        mistaken = self.mistaken_verb(node)
        if mistaken is not None:
            return [mistaken[1]]
        if not self.is_verb(node):
            return []
        if self.passive(node):
            head = self.tree.parent(node)
            if node.dep == "amod" and head is not None:
                return [head]
            return list(self.surface_subject(node))
        found = self.tree.children(node, ["dobj"])
        if found:
            # "triggers X, as well as the production of Y": a noun coordinated with the verb belongs to its object.
            stray = [
                k
                for k in self.tree.children(node, ["conj"])
                if k.i > found[-1].i and is_nominal(k) and not self.tree.children(k, _ANY_SUBJ)
            ]
            return [x for o in (*found, *stray) for x in self._antecedent(o, node)]
        found = needed(self.tree, node)
        if found:
            return found
        own = self.tree.children(node, _ANY_SUBJ)
        if node.dep == "relcl" and own and not self._gap_elsewhere(node, own):
            head = self.tree.parent(node)
            # "the cytokine that T cells release": the noun is the object, unless a stranded preposition takes it.
            if head is not None and not any(
                k.dep == "prep" and not self.tree.children(k) for k in self.tree.children(node)
            ):
                return [head]
        # "inhibits and kills X": an object after the last verb serves the earlier ones.
        for kid in self.tree.children(node, ["conj"]):
            if self.is_verb(kid) and not self.passive(kid) and not self.tree.children(kid, _ANY_SUBJ):
                shared = self.tree.children(kid, ["dobj"])
                if shared and not any(k.dep in ("prep", "advmod") and k.i > node.i for k in self.tree.children(node)):
                    return shared
        if node.dep == "conj":
            head = self.tree.parent(node)
            if head is not None and self.is_verb(head):
                # "activates, and at times kills, X" parsed the other way round.
                shared = [o for o in self.tree.children(head, ["dobj"]) if o.i > node.i]
                if shared:
                    return shared
        return []

    def oblique(self, node: Node, prep: str) -> list[Node]:
        """What `prep` governs among the node's own prepositional phrases."""
        found = self.obliques(node)
        return [target for name, target in found if name == prep] if found else []

    def obliques(self, node: Node) -> list[tuple[str, Node]]:
        """(preposition, governed word) pairs, multiword prepositions as one name, in text order."""
        known = self._oblique.get(node.i)
        if known is None:
            known = self._oblique[node.i] = obliques(self.tree, node)
        return known

    def modifiers(self, node: Node) -> list[Node]:
        """`mod`: nouns before a noun, nearest the head last."""
        return [k for k in self.tree.children(node) if self._is_noun_modifier(k) and k.i < node.i]

    def _is_noun_modifier(self, node: Node) -> bool:
        return node.dep in _MODS or (node.dep == "amod" and bool(node.mentions))

    def possessors(self, node: Node) -> list[Node]:
        """`poss`: genitives ("the cell's response", "its effect")."""
        return self.tree.children(node, ["poss"])

    def conjuncts(self, node: Node) -> list[Node]:
        """Members of the coordination that the node opens, the node first. Negated members are left to scope."""
        found = [node]
        for kid in self.tree.children(node, ["conj"]):
            found.extend(self.conjuncts(kid))
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Lower-case forms and lemmas of all words that are no names."""
        return frozenset(x for n in self.tree if not n.mentions for x in (n.low, n.lemma))
