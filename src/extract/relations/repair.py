"""Sentences that the parser took for one long name: "IL-4 induced gene expression".

A main verb that looks like a participle, between two nouns, is read as a modifier of the second one. Where the root
of the sentence is a noun, such a verb right after a name is its main verb: true compounds ("IL-4-induced") were
joined before parsing.
"""

from __future__ import annotations

from .tree import Node

__all__ = ["clause_cuts", "joined", "mend", "settle"]

_BEFORE = frozenset({"amod", "compound", "nmod", "npadvmod"})
_CLAUSAL = frozenset({"punct", "advcl", "advmod", "mark", "cc", "aux", "parataxis", "meta", "intj"})


_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def clause_cuts(nodes: list[Node]) -> list[int]:
    """Indices behind the semicolons that part clauses, each with a finite verb and a subject of its own."""
    at = []
    depth = 0
    for n in nodes:
        depth += (n.text in "([") - (n.text in ")]")
        if n.text == ";" and depth == 0 and not n.mentions:
            at.append(n.i + 1)
    cuts: list[int] = []
    begin = 0
    for cut in at:
        following = next((x for x in at if x > cut), len(nodes))
        if _clause(nodes[begin:cut]) and _clause(nodes[cut:following]):
            cuts.append(cut)
            begin = cut
    return cuts


def _clause(nodes: list[Node]) -> bool:
    return any(n.tag in _FINITE and not n.mentions for n in nodes) and any(n.dep in _SUBJECTS for n in nodes)


def joined(clauses: list[list[Node]]) -> list[Node]:
    """One tree of several, the later ones hung on the root of the first as `parataxis`."""
    out: list[Node] = []
    root = -1
    for clause in clauses:
        shift = len(out)
        for n in clause:
            top = n.head == n.i
            n.i += shift
            n.head += shift
            if top and root >= 0:
                n.dep, n.head = "parataxis", root
            elif top:
                root = n.i
        out.extend(clause)
    return out


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
        while name.dep == "conj" and name.mentions and nodes[name.head].mentions:
            name = nodes[name.head]
        if not name.mentions or name.dep == "conj":
            continue
        obj = _top(nodes, nodes[verb.head])
        if name.head not in (verb.i, verb.head, obj.i):
            continue
        if obj.i == root.i:
            _rebuild(nodes, verb, name, obj, root)
            return
        prep = nodes[obj.head]
        above = nodes[prep.head]
        hung = above.i == root.i or (above.dep == "acl" and above.head == root.i)
        if obj.dep == "pobj" and prep.i < name.i and hung and root.i < prep.i:
            name.dep, name.head = "pobj", prep.i
            _rebuild(nodes, verb, root, obj, root)
            return


def settle(nodes: list[Node]) -> None:
    """Mend single words whose tag or place the rest of the parse contradicts; in place.

    "was elevated" with the label of a passive is one, whatever its tag. A name takes no "of", so in "IL-17 and
    infiltration of T cells" the phrase is that of the noun right before it.
    """
    for n in nodes:
        head = nodes[n.head]
        if n.dep in ("auxpass", "nsubjpass") and head.tag == "JJ" and head.low.endswith("ed") and not head.mentions:
            head.tag = "VBN"
        if n.dep == "npadvmod" and n.mentions and n.head > n.i > 0:
            prep = nodes[n.i - 1]
            if prep.tag == "IN" and prep.dep == "prep" and not any(k.head == prep.i for k in nodes):
                # "Treatment with X raised Y": the name after a preposition is the preposition's.
                n.dep, n.head = "pobj", prep.i
        if n.low == "of" and n.dep == "prep" and head.mentions and 0 < head.i < n.i - 1:
            before = nodes[n.i - 1]
            if before.tag.startswith("NN") and not before.mentions and before.dep == "conj" and before.head == head.i:
                n.head = before.i


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
