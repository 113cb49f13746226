"""Sentences that the parser took for one long name: "IL-4 induced gene expression", "IL-6 from muscle mobilised NK cells".

A main verb that looks like a participle, between two nouns, is read as a modifier of the second one. Where the root
of the sentence is a noun, such a verb right after a name is its main verb: true compounds ("IL-4-induced") were
joined before parsing.
"""

from __future__ import annotations

from .tree import Node

__all__ = ["mend"]

_BEFORE = frozenset({"amod", "compound", "nmod", "npadvmod"})
_CLAUSAL = frozenset({"punct", "advcl", "advmod", "mark", "cc", "aux", "parataxis", "meta", "intj"})


def _nominal(node: Node) -> bool:
    return bool(node.mentions) or node.tag.startswith(("NN", "PRP", "DT"))


def _pastlike(node: Node) -> bool:
    if node.mentions or node.suffix or node.dep not in _BEFORE:
        return False
    return node.tag in ("VBD", "VBN") or (node.tag == "JJ" and node.low.endswith("ed") and len(node.text) > 5)


def _top(nodes: list[Node], node: Node) -> Node:
    """The noun that a run of nouns and modifiers ends in."""
    while node.dep in _BEFORE and node.head > node.i:
        node = nodes[node.head]
    return node


def mend(nodes: list[Node]) -> None:
    """Give a sentence without a main verb the one that was taken for a participle; in place."""
    root = next((n for n in nodes if n.head == n.i), None)
    if root is None or not _nominal(root):
        return
    for verb in nodes:
        if not _pastlike(verb) or verb.head <= verb.i or verb.i == 0:
            continue
        name = nodes[verb.i - 1]
        if name.tag.startswith("RB") and verb.i > 1:
            name = nodes[verb.i - 2]
        if not name.mentions or name.dep == "conj":
            continue
        obj = _top(nodes, nodes[verb.head])
        if name.head not in (verb.i, verb.head, obj.i):
            continue
        if obj.i == root.i:
            _rebuild(nodes, verb, name, obj, root)
            return
        prep = nodes[obj.head]
        if obj.dep == "pobj" and prep.i < name.i and prep.head == root.i and root.i < prep.i:
            name.dep, name.head = "pobj", prep.i
            _rebuild(nodes, verb, root, obj, root)
            return


def _rebuild(nodes: list[Node], verb: Node, subject: Node, obj: Node, root: Node) -> None:
    for n in nodes:
        if n.head != root.i or n.i in (verb.i, subject.i, obj.i, root.i):
            continue
        fronted = n.dep == "prep" and n.i < subject.i
        if n.dep in _CLAUSAL or fronted or (n.dep == "conj" and n.tag.startswith("VB") and not n.mentions):
            n.head = verb.i
    verb.tag, verb.dep, verb.head = "VBD", "ROOT", verb.i
    subject.dep, subject.head = "nsubj", verb.i
    obj.dep, obj.head = "dobj", verb.i
