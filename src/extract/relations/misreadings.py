"""What a parser often takes for something else: verbs read as modifiers, appositions hung on another word."""

from __future__ import annotations

from .tree import Node, Tree

__all__ = ["after_comma", "apposed_to", "finite", "mistaken_verb", "needed", "of_which", "titled_as"]

_NEEDING = frozenset({"need", "require", "want"})


def mistaken_verb(tree: Tree, node: Node) -> tuple[Node, Node] | None:
    """Subject and object of "IL-4 upregulated gene expression" where the parser took the verb for a modifier.

    A name right before a participle or an s-form with no hyphen between them is its subject: true compounds
    ("IL-4-induced") were joined before parsing, and "IL-4 induced expression" means the same.
    """
    if node.dep not in ("amod", "compound", "nmod", "npadvmod") or node.mentions or node.suffix:
        return None
    if node.tag in ("JJR", "JJS"):
        # "a 30 per cent lower risk": a comparative is no verb.
        return None
    head = tree.parent(node)
    if head is None or head.i <= node.i or not node.i:
        return None
    before = tree.nodes[node.i - 1]
    if before.tag.startswith("RB") and node.i > 1:
        before = tree.nodes[node.i - 2]
    if not before.mentions and before.dep not in ("npadvmod",):
        return None
    if before.head not in (node.i, head.i) or before.dep == "conj":
        return None
    while head.dep in ("compound", "nmod", "amod"):
        up = tree.parent(head)
        if up is None or up.i <= head.i:
            break
        head = up
    return before, head


def apposed_to(tree: Tree, node: Node) -> Node | None:
    """What an apposition stands beside: the name right before its comma, whatever the parser hung it on."""
    if node.dep != "appos":
        return None
    start = node.i
    while start and tree[start - 1].head == node.i:
        start -= 1
        if tree[start].low == ",":
            break
    comma = start if tree[start].low == "," else start - 1
    if comma > 0 and tree[comma].low in (",", "–", "—", "("):
        before = tree[comma - 1]
        if before.mentions:
            return before
    return tree.parent(node)


def finite(tree: Tree, node: Node) -> bool:
    """Whether a word is a finite verb with an object, such as may be hung on a noun ("raises X and lowers Y")."""
    return not node.mentions and node.tag in ("VBZ", "VBP", "VBD") and bool(tree.children(node, ["dobj"]))


def needed(tree: Tree, node: Node) -> list[Node]:
    """What is needed in "need X to survive", which the parser takes for the subject of the infinitive."""
    if node.lemma not in _NEEDING:
        return []
    return [
        s
        for kid in tree.children(node, ["ccomp", "xcomp"])
        if any(k.low == "to" for k in tree.children(kid, ["aux"]))
        for s in tree.children(kid, ["nsubj"])
    ]


def titled_as(tree: Tree, node: Node) -> Node | None:
    """The name of which a title says what it is ("X as an inducer of Y"), None if the noun is not in such a place."""
    head = tree.parent(node)
    if node.dep != "pobj" or head is None or head.low != "as" or head.dep != "prep":
        return None
    name = tree.parent(head)
    return name if name is not None and name.mentions else None


def of_which(tree: Tree, node: Node) -> bool:
    """Whether a word opens a relative clause with a quantity ("both of which", "many of whom")."""
    return any(
        t.low in ("which", "whom")
        for of in tree.children(node, ["prep"])
        if of.low == "of"
        for t in tree.children(of, ["pobj"])
    )


def after_comma(tree: Tree, node: Node) -> bool:
    """Whether a word opens what stands after a comma or dash."""
    before = [n for n in tree.nodes[max(0, node.i - 2) : node.i] if n.tag not in ("RB",)]
    return bool(before) and before[-1].low in (",", ";", "–", "—")
