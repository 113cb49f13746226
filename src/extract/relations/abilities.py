"""What the power to do something comes to: "boosts the body's ability to fight off X" lowers X."""

from __future__ import annotations

from collections.abc import Iterator

from ..schema import Aspect
from .grammar import Grammar
from .graph import Graph
from .tree import Node

__all__ = ["powers"]

_POWERS = frozenset(
    ["ability", "capacity", "capability", "power", "potential", "readiness", "fight", "effort", "chance", "means"]
)


def powers(graph: Graph, grammar: Grammar, node: Node) -> Iterator[tuple[Node, int, Aspect | None]]:
    """What the power named by `node` acts on, with the sign and aspect of the act; nothing for other nouns."""
    if node.lemma not in _POWERS:
        return
    for verb in graph.tree.children(node, ["acl", "xcomp", "relcl"]):
        if not graph.is_verb(verb) or not any(k.low == "to" for k in graph.tree.children(verb, ["aux"])):
            continue
        after = [n.low for n in graph.tree.nodes[verb.i + 1 : verb.i + 4]]
        for entry in grammar.by_form.get(verb.low, ()):
            fits = entry.pos == "VERB" and entry.predicate in ("increases", "decreases") and not entry.words
            if not fits or entry.noun or (entry.particle and entry.particle not in after):
                continue
            sign = 1 if entry.predicate == "increases" else -1
            targets = graph.objects(verb) or [t for p in entry.prep for t in graph.oblique(verb, p)]
            yield from ((t, sign, entry.aspect) for t in targets)
            break
