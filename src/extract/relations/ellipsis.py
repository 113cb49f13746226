"""Verb phrases that are left out: "IL-4 does not; IL-6 and TGF-beta do", "less than running did", "so did LPS".

The new subject is said to do what the last full verb phrase before it said, denied if the stand-in verb is. The
construction is that of Hardt, "Verb phrase ellipsis: form, meaning, and processing" (1993); the antecedent is the
nearest, as it is in nine of ten of his cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..schema import CORE_TYPES, Mention
from .arguments import Resolver
from .assembler import Statement
from .graph import Graph
from .qualifiers import Scope
from .tree import Node

__all__ = ["left_out"]

_CORE = frozenset(CORE_TYPES)
# "So did X", "Nor does X": the sentence before is meant only where nothing else comes first.
_SENTENCE_START = 2
# Places that are the subject of the sentence, which the stand-in verb's subject takes.
_BY_SUBJECT = frozenset({"S", "@idiom_subject", "@maker"})
_STAND_INS = frozenset({"do", "does", "did"})
_OBJECTS = frozenset({"dobj", "xcomp", "ccomp", "attr"})


def _subjects(graph: Graph, node: Node) -> list[Node]:
    """Who "do" is said of; in "so did X" the parser may take X for an object."""
    tree = graph.tree
    kids = tree.children(node)
    so = any(k.low in ("so", "neither", "nor") and k.i == node.i - 1 for k in tree.nodes[max(0, node.i - 1) : node.i])
    if so:
        return [k for k in kids if k.dep in ("nsubj", "dobj", "attr") and k.i > node.i]
    if any(k.dep in _OBJECTS and k.i > node.i for k in kids):
        return []
    found = [k for k in kids if k.dep == "nsubj" and k.low not in ("less", "more", "much")]
    before = tree.nodes[node.i - 1] if node.i else None
    if not found and before is not None and before.dep == "pobj" and tree.nodes[before.head].low in ("than", "as"):
        # "less than running did", the clause taken for a name.
        return [before]
    return found


def left_out(
    graph: Graph,
    resolver: Resolver,
    scope: Scope,
    here: Sequence[Statement],
    before: Sequence[Statement],
    by_id: dict[str, Mention],
) -> Iterator[Statement]:
    """The statements that stand-in verbs of one tree repeat with another subject.

    `here` are the statements of the tree, `before` those of the sentence before it.
    """
    for node in graph.tree:
        if node.low not in _STAND_INS or node.dep in ("aux", "auxpass") or node.mentions:
            continue
        subjects = [f for s in _subjects(graph, node) for f in resolver.resolve(s, "subject")]
        if not subjects:
            continue
        earlier = [s for s in here if s.match.node.start < node.start and _BY_SUBJECT & set(s.match.frame.subject)]
        if any(n.low == "than" for n in graph.tree.nodes[: node.i]):
            # "more X than Y does": no second statement, but the other side of the same one.
            earlier = [s for s in earlier if not s.match.object.marked and s.match.predicate != "produces"]
        if not earlier and node.i < _SENTENCE_START:
            earlier = [s for s in before if _BY_SUBJECT & set(s.match.frame.subject)]
        if not earlier:
            continue
        at = max(s.match.node.start for s in earlier)
        negated = scope.negated(node)
        for s in earlier:
            if s.match.node.start != at:
                continue
            for f in subjects:
                subject, obj = by_id[f.mention], by_id[s.match.object.mention]
                if f.mention in (s.match.subject.mention, obj.id) or not (subject.types | obj.types) & _CORE:
                    continue
                match = replace(s.match, subject=replace(f, steps=f.steps + 2))
                yield replace(
                    s, match=match, negated=negated, quantity=None, evidence=(graph.tree.start, graph.tree.end),
                    words=len(graph.tree),
                )  # fmt: skip
