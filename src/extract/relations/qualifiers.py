"""Negation, certainty and whether a statement is one at all (aims and questions are not).

Cues act on the dependency path from the trigger up to the clause, not on windows of words: "no increase in IL-6",
"failed to induce", "IL-6 was absent".
"""

from __future__ import annotations

from .grammar import Cues
from .graph import Graph
from .tree import Node

__all__ = ["Scope"]

_CHAIN = frozenset({"xcomp", "attr", "acomp", "dobj", "oprd", "pcomp", "pobj", "prep", "ccomp", "conj", "nsubjpass", "nsubj", "agent"})


class Scope:
    """Cue scope over one tree."""

    def __init__(self, graph: Graph, cues: Cues) -> None:
        self.graph = graph
        self.tree = graph.tree
        self._neg_words = frozenset(cues.negation_words)
        self._neg_verbs = frozenset(cues.negation_verbs)
        self._neg_adj = frozenset(cues.negation_adjectives)
        self._neg_nouns = frozenset(cues.negation_nouns)
        self._modals = frozenset(cues.hedge_modals)
        self._hedge_verbs = frozenset(cues.hedge_verbs)
        self._hedge_adv = frozenset(cues.hedge_adverbs)
        self._hedge_adj = frozenset(cues.hedge_adjectives)
        self._hedge_nouns = frozenset(cues.hedge_nouns)
        self._aim_verbs = frozenset(cues.aim_verbs)
        self._aim_nouns = frozenset(cues.aim_nouns)
        self._question = frozenset(cues.question_words)

    # -- negation ------------------------------------------------------------------------------------------------

    def negated(self, node: Node) -> bool:
        """Whether the trigger is denied."""
        value = self._own_negation(node)
        child = node
        for head in self._upward(node):
            if child.dep in ("xcomp", "acomp", "attr", "oprd", "dobj", "pcomp", "advcl", "nsubj", "nsubjpass", "prep", "pobj"):
                if child.dep in ("dobj", "nsubj", "nsubjpass", "attr") and child.tag.startswith("NN"):
                    # A nominal trigger lives in the negation of the verb that carries it ("had no effect", "did not show ...").
                    value = value != self._verb_negation(head)
                elif child.dep in ("xcomp", "acomp", "oprd", "attr"):
                    value = value != (self._verb_negation(head) or head.lemma in self._neg_verbs)
                    if head.low in self._neg_adj or head.low in self._neg_nouns:
                        value = not value
                elif child.dep == "pcomp" and head.low in ("without", "from"):
                    if head.low == "without":
                        value = not value
                    break
                elif child.dep in ("pobj",) and head.low == "without":
                    value = not value
            if child.dep in ("ccomp", "advcl", "relcl") :
                break
            child = head
        return value

    def _own_negation(self, node: Node) -> bool:
        kids = self.tree.children(node)
        if any(k.dep == "neg" or (k.low in ("no", "not", "never", "neither", "nor", "n't", "hardly", "barely") and k.dep in ("det", "advmod", "preconj", "cc", "neg")) for k in kids):
            return True
        if node.dep == "conj":
            head = self.tree.parent(node)
            if head is not None:
                between = self.tree.nodes[head.i + 1 : node.i]
                if any(n.low in ("nor",) for n in between):
                    return True
                # "did not induce or enhance": the negation of the first verb covers an auxiliary-less second.
                joined = any(n.low in ("or", "nor") for n in between)
                if joined and not self.tree.children(node, ["aux", "nsubj", "nsubjpass"]):
                    return self._own_negation(head)
        return any(
            k.low == "no" and k.dep == "det"
            for arg in self.tree.children(node, ["nsubj", "nsubjpass", "dobj"])
            for k in self.tree.children(arg)
        ) or any(
            arg.low in ("none", "neither", "nothing") or arg.low in self._neg_nouns and False
            for arg in self.tree.children(node, ["nsubj", "nsubjpass", "dobj"])
        )

    def _verb_negation(self, node: Node) -> bool:
        return any(k.dep == "neg" or k.low in ("never", "hardly", "no") and k.dep in ("advmod", "det") for k in self.tree.children(node))

    def _upward(self, node: Node) -> list[Node]:
        out = []
        child = node
        for head in self.tree.ancestors(node):
            if child.dep not in _CHAIN and child.dep not in ("relcl", "acl", "advcl", "dep", "parataxis"):
                break
            out.append(head)
            child = head
        return out

    # -- certainty -----------------------------------------------------------------------------------------------

    def hedged(self, node: Node) -> bool:
        """Whether the author commits only partly."""
        if self._own_hedge(node):
            return True
        child = node
        for head in self.tree.ancestors(node):
            if child.dep in ("relcl", "punct", "appos", "advcl", "acl") and not head.tag.startswith("VB"):
                return False
            if child.dep in ("advcl", "parataxis"):
                return False
            if head.lemma in self._hedge_verbs and head.tag.startswith("VB") and child.dep in ("ccomp", "xcomp", "dobj", "prep", "oprd", "pcomp", "nsubjpass", "acomp"):
                return True
            if head.low in self._hedge_nouns and child.dep in ("acl", "relcl", "ccomp", "prep"):
                return True
            if child.dep in ("xcomp", "attr", "acomp", "dobj", "oprd", "pcomp", "pobj", "prep", "conj", "ccomp", "nsubj", "nsubjpass") and self._own_hedge(head):
                return True
            child = head
        return False

    def _own_hedge(self, node: Node) -> bool:
        for kid in self.tree.children(node):
            low = kid.low
            if kid.dep == "aux" and low in self._modals:
                return True
            if kid.dep in ("advmod", "amod", "acomp") and (low in self._hedge_adv or low in self._hedge_adj):
                return True
        return node.low in self._hedge_adj and node.dep in ("acomp", "attr")

    # -- no statement at all -------------------------------------------------------------------------------------

    def no_statement(self, node: Node) -> bool:
        """Aims, methods and questions: what is asked or tested is not said."""
        if self.tree.nodes[-1].low == "?":
            return True
        child = node
        for head in self.tree.ancestors(node):
            if child.dep in ("acl", "relcl", "amod", "appos") and self.graph.is_verb(child) and not any(k.low == "to" for k in self.tree.children(child, ["aux"])):
                # What modifies a noun is stated even where the noun is only asked about.
                return False
            if child.dep in ("ccomp", "advcl", "pcomp", "xcomp", "acl", "csubj") and any(
                k.low in self._question and k.dep in ("mark", "advmod", "dobj") for k in self.tree.children(child)
            ) and (head.lemma in self._aim_verbs or head.tag.startswith("NN") or head.low in ("unclear", "unknown", "uncertain") or head.low == "of"):
                return True
            if head.lemma in self._aim_verbs and head.tag.startswith("VB") and child.dep in ("dobj", "nsubjpass", "ccomp", "prep", "pobj"):
                if child.dep == "ccomp" and head.lemma in ("determine", "understand", "know", "consider", "test", "review", "discuss", "describe", "verify") and any(k.low == "that" for k in self.tree.children(child)):
                    child = head
                    continue
                return True
            if head.low in self._aim_nouns and child.dep in ("acl", "prep", "pcomp", "relcl"):
                return True
            if head.low in self._aim_nouns or (head.lemma == "be" and any(k.low in self._aim_nouns for k in self.tree.children(head, ["nsubj"]))):
                if child.dep in ("xcomp", "attr", "ccomp", "advcl", "acl"):
                    return True
            child = head
        return False
