"""Light verbs, which carry a noun's meaning and lend it their subject ("X has an effect on Y")."""

from __future__ import annotations

from typing import Protocol

from .tree import VERB_TAGS, Node, Tree
from .words import word_list

__all__ = ["is_nominal", "light_carrier"]

_LIGHT = word_list("light_verbs")
# What is used in a treatment treats.
_USED = frozenset({"use", "employ", "indicate", "approve", "licence", "license"})


class _Graph(Protocol):
    tree: Tree

    def passive(self, node: Node) -> bool: ...


def is_nominal(node: Node) -> bool:
    """Whether a word is a noun, a pronoun or a name."""
    return bool(node.mentions) or node.tag.startswith(("NN", "PRP", "DT", "CD", "WP"))


def light_carrier(graph: _Graph, noun: Node) -> Node | None:
    """The light verb whose object, complement or as-phrase the noun is, None if there is none."""
    head = graph.tree.parent(noun)
    if noun.dep == "conj" and head is not None and not head.mentions:
        return light_carrier(graph, head) if is_nominal(head) else None
    if head is None:
        return None
    if noun.dep in ("dobj", "attr", "oprd", "acomp") and head.lemma in _LIGHT and head.tag in VERB_TAGS:
        return head
    if noun.dep == "pobj" and head.low in ("as", "to", "in", "for"):
        verb = graph.tree.parent(head)
        if verb is not None and verb.tag in VERB_TAGS:
            if head.low == "as":
                return verb
            if verb.lemma in ("lead", "contribute", "result", "give", "be"):
                return verb
            if verb.lemma in _USED and head.low in ("in", "for") and graph.passive(verb):
                return verb
    return None
