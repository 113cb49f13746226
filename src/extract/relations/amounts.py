"""The adjectives of a noun, and words of amount that say as much ("twice as many X", "too little X")."""

from __future__ import annotations

from .graph import Graph
from .tree import Node

__all__ = ["qualities"]

_FRACTIONS = frozenset({"half", "third", "quarter", "fifth", "tenth", "thirds"})
_TIMES = _FRACTIONS | {"twice", "times", "thrice", "double"}


def qualities(graph: Graph, node: Node) -> set[str]:
    """Adjectives before a noun, without verbs that the parser took for such."""
    out = {k.low for k in graph.tree.children(node, ["amod"]) if graph.mistaken_verb(k) is None}
    for kid in graph.tree.children(node, ["amod", "quantmod", "nummod"]):
        if kid.low in ("little", "few") and graph.tree.nodes[kid.i - 1].low == "too":
            out.add("less")
        elif kid.low in ("much", "many"):
            # "twice as much X", "half as many X".
            words = {n.low for n in graph.tree.nodes[max(0, kid.i - 4) : kid.i]}
            if "too" in words:
                out.add("more")
            elif "as" in words and words & _TIMES:
                out.add("less" if words & _FRACTIONS else "more")
    return out
