"""Where, in whom and how much: the context mentions and the quantity words of a statement."""

from __future__ import annotations

import re

from ..schema import Mention, Span
from .graph import Graph
from .tree import Node

__all__ = ["context_of", "quantity_of"]

_TYPES = frozenset({"ORGANISM", "TISSUE", "DISEASE"})
_PREPS = frozenset({"in", "among", "within", "at", "inside", "throughout", "across"})
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|half|a third|"
    r"several|many|hundreds?|thousands?)"
)
_QUANTITY = re.compile(
    rf"(?:(?:by|about|around|roughly|approximately|nearly|almost|over|under|up to|at least|at most|more than|less than|"
    rf"some)\s+)*(?:{_NUMBER}(?:\s*(?:to|-|–|and)\s*{_NUMBER})?\s*(?:%|per\s?cent\b|percent\b|-?\s?fold\b|-?\s?times\b)"
    rf"(?:\s+(?:more|less|higher|lower|greater|as\s+\w+\s+as))?|\b(?:two|three|four|five|ten|hundred)fold\b|"
    rf"\btwice\b(?:\s+as\s+\w+)?|\bby\s+(?:half|a third|a quarter|two thirds)\b)|"
    r"\b(?:OR|HR|RR)\s*[=:]?\s*\d+(?:\.\d+)?",
    re.I,
)


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


def quantity_of(text: str, sentence: Span, trigger: Node, objects: Span) -> Span | None:
    """The size words nearest the trigger, if they stand in the same stretch of the sentence."""
    best: tuple[int, Span] | None = None
    lo, hi = min(trigger.start, objects[0]), max(trigger.end, objects[1])
    for found in _QUANTITY.finditer(text, *sentence):
        a, b = found.span()
        gap = max(0, a - hi, lo - b)
        between = text[hi:a] if a >= hi else text[b:lo] if b <= lo else ""
        if gap > 60 or re.search(r"[;:]|,? (?:which|who|whose) |, (?:and|but|while|whereas) ", between):
            continue
        if best is None or gap < best[0]:
            best = (gap, (a, b))
    return best[1] if best else None
