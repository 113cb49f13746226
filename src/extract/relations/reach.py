"""Arguments of nouns that stand apart from them: makers, places of making, and who uses a means."""

from __future__ import annotations

from .graph import Graph
from .tree import Node

__all__ = ["doers", "late_by", "late_in"]


def late_by(graph: Graph, node: Node) -> list[Node]:
    """The by-phrase of a noun where the parser hung it on something above ("a lack of insulin output by X")."""
    if not node.tag.startswith("NN"):
        return []
    for up in graph.tree.ancestors(node):
        if graph.is_verb(up) and (graph.passive(up) or up.tag == "VBG"):
            return []
        found = [t for t in graph.oblique(up, "by") if t.i > node.i and t.mentions]
        if found:
            return found
        if graph.is_verb(up):
            return []
    return []


def late_in(graph: Graph, node: Node) -> list[Node]:
    """Where something is made, if the parser hung the place on the verb ("modulates the release of X in cells")."""
    if not node.tag.startswith("NN"):
        return []
    own = graph.tree.subtree(node)[-1].i
    for up in graph.tree.ancestors(node):
        if up.mentions or not (graph.is_verb(up) or up.tag.startswith("NN")):
            return []
        found = [t for t in graph.oblique(up, "in") if t.mentions and graph.tree[t.head].i == own + 1]
        if found or graph.is_verb(up):
            return found
    return []


def doers(graph: Graph, node: Node) -> list[Node]:
    """Who does what a noun of means names ("sustain X through the secretion of Y", "loss of X by Y via Z")."""
    while node.dep == "conj" and (up := graph.tree.parent(node)) is not None and not graph.is_verb(up):
        node = up
    prep = graph.tree.parent(node)
    above = graph.tree.parent(prep) if prep is not None else None
    if prep is None or above is None or prep.low not in ("by", "through", "via") or node.dep != "pobj":
        return []
    if not graph.is_verb(above):
        return [t for t in graph.oblique(above, "by") if t.i != node.i and prep.low != "by"]
    if graph.passive(above):
        return [t for t in graph.oblique(above, "by") if t.i != node.i] if prep.low != "by" else []
    return graph.surface_subject(above)
