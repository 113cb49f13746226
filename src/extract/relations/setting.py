"""Where and in whom: the context mentions of a statement."""

from __future__ import annotations

from collections.abc import Iterator

from ..schema import Mention
from .graph import Graph
from .match import Match
from .tree import Node

__all__ = ["context_of"]

_TYPES = frozenset({"ORGANISM", "TISSUE", "DISEASE"})
_PLACES = frozenset({"ORGANISM", "TISSUE"})
_PREPS = frozenset({"in", "among", "within", "at", "inside", "throughout", "across"})
_MODIFIERS = frozenset({"compound", "nmod", "amod", "poss"})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "conj", "parataxis"})


def context_of(graph: Graph, match: Match, mentions: dict[str, Mention]) -> tuple[str, ...]:
    """Ids of the group, tissue and disease mentions in which a match holds, in text order.

    They hang on the trigger's clause by a preposition of place, or are where an argument comes from ("T cells from
    the spleen", "serum levels"). What stands at the head of a sentence holds for all its coordinated clauses; what is
    inside a subordinate clause of its own belongs to that clause.
    """
    arguments = (match.subject.mention, match.object.mention)
    # "resulted in hair loss and fatigue": the other members of an argument's list are no place.
    lists = {_opening(graph, f.node).i for f in (match.subject, match.object)}
    found = [
        (n, types)
        for n, types in (*_of_clause(graph, match.node), *_of_arguments(graph, match))
        if _opening(graph, n).i not in lists or n.dep in _MODIFIERS
    ]
    ids = dict.fromkeys(
        m
        for n, types in sorted(found, key=lambda pair: pair[0].i)
        for m in n.mentions
        if mentions[m].type in types and m not in arguments
    )
    return tuple(ids)


def _of_clause(graph: Graph, node: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    top = _clause_top(graph, node)
    for n in graph.tree.subtree(top):
        if _is_place(graph, n) and not any(up.dep in _CLAUSES and graph.is_verb(up) for up in _between(graph, n, top)):
            yield n, _TYPES
            yield from _owners(graph, n)
    at = top
    while at.dep in ("conj", "xcomp", "advcl"):
        up = graph.tree.parent(at)
        if up is None or not graph.is_verb(up):
            break
        if at.dep == "advcl" and graph.tree.children(at, ["nsubj", "nsubjpass"]):
            break
        for prep in graph.tree.children(up, ["prep"]):
            for n in graph.tree.children(prep, ["pobj"]):
                # "In the testis, X binds to Y and stimulates Z."
                if prep.low in _PREPS and n.i < min(up.i, node.i):
                    yield n, _TYPES
        at = up


def _of_arguments(graph: Graph, match: Match) -> Iterator[tuple[Node, frozenset[str]]]:
    """The tissue or group that an argument is taken from or measured in."""
    for filler in (match.subject, match.object):
        for i in {filler.node.i, *filler.via}:
            for kid in graph.tree.children(graph.tree[i]):
                if kid.dep in _MODIFIERS and i != filler.node.i:
                    yield kid, _PLACES
                elif kid.dep == "prep" and kid.low == "from":
                    for n in graph.tree.children(kid, ["pobj"]):
                        yield n, _PLACES
                        yield from _owners(graph, n)


def _owners(graph: Graph, node: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    """Whose a place is: "in the spleen of mice", "from mouse spleen"."""
    for kid in graph.tree.children(node):
        if kid.dep in _MODIFIERS:
            yield kid, _PLACES
        elif kid.dep == "prep" and kid.low in ("of", "from"):
            for n in graph.tree.children(kid, ["pobj"]):
                yield n, _PLACES


def _opening(graph: Graph, node: Node) -> Node:
    """The word that opens the coordination of a node."""
    while node.dep == "conj":
        up = graph.tree.parent(node)
        if up is None or graph.is_verb(up):
            break
        node = up
    return node


def _is_place(graph: Graph, node: Node) -> bool:
    return bool(node.mentions) and node.dep == "pobj" and graph.tree[node.head].low in _PREPS


def _clause_top(graph: Graph, node: Node) -> Node:
    """The verb of the clause that the trigger stands in, the trigger itself if it is one."""
    if graph.is_verb(node):
        return node
    for up in graph.tree.ancestors(node):
        if graph.is_verb(up):
            return up
    return node


def _between(graph: Graph, node: Node, top: Node) -> list[Node]:
    out = []
    for up in graph.tree.ancestors(node):
        if up.i == top.i:
            break
        out.append(up)
    return out
