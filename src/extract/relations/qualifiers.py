"""Negation and certainty.

Cues act on the dependency path from the trigger up to the clause, not on windows of words: "no increase in IL-6",
"failed to induce", "IL-6 was absent".
"""

from __future__ import annotations

from .grammar import Cues
from .graph import Graph
from .tree import Node

__all__ = ["Scope"]


_PROOF = frozenset({"evidence", "proof", "indication", "sign", "hint", "suggestion"})
_COMPARING = frozenset({"more", "less", "better", "worse", "longer", "higher", "lower", "greater", "fewer"})
_ONLY = frozenset({"only", "just", "merely", "solely", "simply", "necessarily"})
_HAPPENING = frozenset({"occur", "happen", "arise", "exist", "take", "depend", "result", "remain"})
# Nouns that draw a picture of what may be so ("a model in which ...").
_PICTURES = frozenset({"model", "scenario", "mechanism", "scheme", "hypothesis", "picture"})
# Words between "but not" and a later member of the list that it opens.
_LISTING = frozenset({",", "and", "or", "nor", "of", "to", "by", "in", "with", "on", "for", "from", "that", "those"})
# Labels under which a word shares what is said of the word above it.
_INNER = frozenset({"xcomp", "attr", "acomp", "dobj", "oprd", "pcomp", "pobj", "prep", "conj", "ccomp", "nsubj",
                    "nsubjpass", "advcl", "acl", "dep"})  # fmt: skip


class Scope:
    """Cue scope over one tree."""

    def __init__(self, graph: Graph, cues: Cues) -> None:
        self.graph = graph
        self.tree = graph.tree
        self._neg_words = cues.sets["negation_words"]
        self._neg_verbs = cues.sets["negation_verbs"]
        self._neg_adj = cues.sets["negation_adjectives"]
        self._neg_nouns = cues.sets["negation_nouns"]
        self._modals = cues.sets["hedge_modals"]
        self._hedge_verbs = cues.sets["hedge_verbs"]
        self._hedge_adv = cues.sets["hedge_adverbs"]
        self._hedge_adj = cues.sets["hedge_adjectives"]
        self._hedge_nouns = cues.sets["hedge_nouns"]
        self._intents = cues.sets["intention_verbs"]
        self._carriers = cues.sets["carrier_verbs"]

    # -- negation ------------------------------------------------------------------------------------------------

    def negated(self, node: Node) -> bool:
        """Whether the trigger is denied.

        A verb hands its negation to its complements ("failed to induce"); to a noun only a verb of little meaning
        does ("had no effect", "did not observe an increase"), since what another verb denies is its own action.
        """
        value = self._own_negation(node)
        child = node
        for head in self.tree.ancestors(node):
            if child.dep in ("xcomp", "acomp", "oprd", "attr", "ccomp") or (
                child.dep == "advcl" and head.low in self._neg_adj
            ):
                if child.dep == "ccomp" and head.lemma not in (
                    "show",
                    "find",
                    "observe",
                    "see",
                    "think",
                    "believe",
                    "seem",
                    "appear",
                    "make",
                    "keep",
                    "leave",
                    "render",
                ):
                    break
                value = value != (self._verb_negation(head) or (head.lemma in self._neg_verbs and child.dep != "ccomp"))
                if head.low in self._neg_adj:
                    value = not value
            elif child.dep in ("dobj", "nsubj", "nsubjpass") and not self.graph.is_verb(child):
                if head.lemma in self._carriers or (head.lemma == "be" and child.dep == "nsubj"):
                    value = value != self._verb_negation(head)
                    if any(k.low in self._neg_adj for k in self.tree.children(head, ["acomp", "oprd"])):
                        value = not value
                if head.lemma not in self._carriers or child.dep != "dobj":
                    break
            elif (child.dep in ("pcomp", "pobj") and head.low == "without") or (
                child.dep == "acl" and (head.low in self._neg_nouns or head.low in self._neg_adj)
            ):
                value = not value
                break
            elif child.dep in ("acl", "ccomp", "relcl") and head.lemma in _PROOF:
                # "no proof that X helps": X is not shown to help.
                value = value != (self._own_negation(head) or self._carried_negation(head))
                break
            elif child.dep == "conj":
                pass
            else:
                break
            child = head
        return value

    def _carried_negation(self, noun: Node) -> bool:
        """Whether the verb that carries a noun is denied ("did not find evidence that ...")."""
        head = self.tree.parent(noun)
        return head is not None and head.lemma in self._carriers and self._verb_negation(head)

    def _own_negation(self, node: Node) -> bool:
        if any(self._denies(k) for k in self.tree.children(node)):
            return True
        if any(
            k.low in _COMPARING and any(g.low == "no" for g in self.tree.children(k))
            for k in self.tree.children(node, ["advmod", "amod"])
        ):
            # "no more common than".
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
        arguments = self.tree.children(node, ["nsubj", "nsubjpass", "dobj"])
        return any(
            a.low in ("none", "neither", "nothing")
            or any(
                k.low in ("no", "neither") and k.dep in ("det", "predet", "preconj", "cc")
                for k in self.tree.children(a)
            )
            for a in arguments
        )

    def _denies(self, kid: Node) -> bool:
        """Whether a dependant negates its head; "not only" does not."""
        if kid.dep != "neg" and not (
            kid.low in self._neg_words and kid.dep in ("det", "advmod", "preconj", "cc", "neg", "predet")
        ):
            return False
        after = self.tree.nodes[kid.i + 1].low if kid.i + 1 < len(self.tree) else ""
        return after not in _ONLY

    def _verb_negation(self, node: Node) -> bool:
        return any(self._denies(k) for k in self.tree.children(node))

    # -- certainty -----------------------------------------------------------------------------------------------

    def hedged(self, node: Node) -> bool:
        """Whether the author commits only partly."""
        if self._own_hedge(node):
            return True
        child = node
        for head in self.tree.ancestors(node):
            if self._apart(child, head):
                return False
            if self._guess_about(child, head) or (child.dep in _INNER and self._own_hedge(head)):
                return True
            child = head
        return False

    def _apart(self, child: Node, head: Node) -> bool:
        """Whether what is said above does not bear on the child: a clause of its own, or a noun taken as given."""
        if child.dep in ("nsubj", "nsubjpass") and not self.graph.is_verb(child) and head.tag.startswith("VB"):
            # "The release of X may explain Y": that X is released is taken for granted.
            return head.lemma not in self._carriers and head.lemma not in _HAPPENING
        if child.dep == "relcl" and head.lemma in _PICTURES and any(k.low == "which" for k in self.tree.subtree(child)):
            return False
        if child.dep in ("relcl", "acl", "advcl", "punct", "appos") and not head.tag.startswith("VB"):
            return not (self._infinitive(child) or self._content(child, head))
        if child.dep == "parataxis":
            return True
        # A clause without a subject of its own is part of what the verb above says ("may help to lower X").
        return child.dep == "advcl" and bool(self.tree.children(child, ["nsubj", "nsubjpass", "mark"]))

    def _infinitive(self, node: Node) -> bool:
        return any(k.low == "to" for k in self.tree.children(node, ["aux"]))

    def _content(self, child: Node, head: Node) -> bool:
        """Whether a clause is what a noun of opinion is about ("the idea that ...")."""
        return head.lemma in self._hedge_nouns and child.dep in ("acl", "relcl")

    def _guess_about(self, child: Node, head: Node) -> bool:
        """Whether the head says that the child is a guess."""
        if (
            head.lemma in self._hedge_verbs
            and head.tag.startswith("VB")
            and child.dep in ("ccomp", "xcomp", "dobj", "prep", "oprd", "pcomp", "nsubjpass", "acomp")
        ):
            return True
        if head.lemma in self._hedge_nouns and child.dep in ("acl", "relcl", "ccomp", "prep"):
            return True
        if head.lemma in self._intents and child.dep == "xcomp" and self._infinitive(child):
            # "Doctors try to lower X": it is not said that they manage.
            return True
        # "A likely explanation is that X does Y."
        return (
            head.lemma == "be"
            and child.dep in ("ccomp", "attr", "acomp")
            and any(
                s.lemma in self._hedge_nouns or self._own_hedge(s)
                for s in self.tree.children(head, ["nsubj"])
                if not s.mentions
            )
        )

    def _own_hedge(self, node: Node) -> bool:
        for kid in self.tree.children(node):
            low = kid.low
            if kid.dep == "aux" and low in self._modals:
                return True
            if kid.dep in ("advmod", "amod", "acomp") and (low in self._hedge_adv or low in self._hedge_adj):
                return not self._compared(kid)
        return node.low in self._hedge_adj and node.dep in ("acomp", "attr") and not self._compared(node)

    def _compared(self, node: Node) -> bool:
        """Whether a likelihood is set against another ("twice as likely"), which is no doubt."""
        return any(k.low in ("more", "less", "as", "most", "least") for k in self.tree.children(node, ["advmod"]))

    # -- contrast ------------------------------------------------------------------------------------------------

    def excluded(self, node: Node) -> bool:
        """Whether an argument is set against others of its list: "STAT1 and STAT3, but not STAT5 or STAT6".

        Read from the words before it, since parsers hang "but not" on many different things. What the tree says too
        ("X, not Y") is left to the resolver of arguments.
        """
        for k in range(node.i - 1, 0, -1):
            n = self.tree[k]
            if n.low == "not":
                return self.tree[k - 1].low == "but" and self.tree[k + 1].low not in _ONLY
            if not (n.low in _LISTING or n.dep in ("det", "poss") or n.mentions):
                return False
        return False
