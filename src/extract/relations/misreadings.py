"""What a parser often takes for something else: verbs read as modifiers, appositions hung on another word."""

from __future__ import annotations

from .tree import Node, Tree

__all__ = ["apposed_to", "mistaken_verb"]


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
