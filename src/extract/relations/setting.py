"""Where and in whom: the context mentions of a statement."""

from __future__ import annotations

from ..schema import Mention
from .graph import Graph
from .tree import Node

__all__ = ["context_of"]

_TYPES = frozenset({"ORGANISM", "TISSUE", "DISEASE"})
_PREPS = frozenset({"in", "among", "within", "at", "inside", "throughout", "across"})


def _clause_top(graph: Graph, node: Node) -> Node:
    """The verb of the clause that the trigger stands in, the trigger itself if it is one."""
    if graph.is_verb(node):
        return node
    for up in graph.tree.ancestors(node):
        if graph.is_verb(up):
            return up
    return node


def context_of(graph: Graph, node: Node, arguments: tuple[str, ...], mentions: dict[str, Mention]) -> tuple[str, ...]:
    """Ids of group, tissue and disease mentions that hang on the trigger's clause by a preposition of place.

    Those inside a subordinate clause of their own belong to that clause.
    """
    top = _clause_top(graph, node)
    found: list[str] = []
    for n in graph.tree.subtree(top):
        if not n.mentions or n.dep != "pobj" or graph.tree[n.head].low not in _PREPS:
            continue
        if any(
            up.dep in ("relcl", "advcl", "ccomp", "acl", "conj") and graph.is_verb(up) for up in _between(graph, n, top)
        ):
            continue
        found.extend(m for m in n.mentions if mentions[m].type in _TYPES and m not in arguments)
    return tuple(dict.fromkeys(found))


def _between(graph: Graph, node: Node, top: Node) -> list[Node]:
    out = []
    for up in graph.tree.ancestors(node):
        if up.i == top.i:
            break
        out.append(up)
    return out
