"""Products named with the place they come from, without a verb: "IL-6 from muscle", "hormones of the pituitary gland".

Read as making: the cell or organ makes the cytokine or hormone. Fluids and sites where things are merely found
(blood, serum) make nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..schema import Mention
from .arguments import Resolver
from .filler import Filler
from .grammar import Frame, Grammar, Trigger
from .graph import Graph
from .match import Match
from .tree import Node

__all__ = ["origin_matches"]

_TRIGGER = Trigger(
    lemma="from", pos="NOUN", predicate="produces", frame=("secretion",),
    example="[IL-6]{O} *from* [muscle]{S} lowers appetite.",
)  # fmt: skip
_FRAME = Frame(
    name="origin", group="secretion", subject=("from",), object=("head",), cost=2,
    example="[IL-6]{O} *from* [muscle]{S} lowers appetite.", negative="[IL-6]{A} was removed from [muscle]{B}.",
)  # fmt: skip
_PRODUCTS = frozenset({"CYTOKINE", "HORMONE"})
_MAKERS = frozenset({"CELL", "TISSUE"})
_FLUID = re.compile(
    r"\b(?:blood|serum|plasma|fluid|urine|saliva|lavage|supernatant|sera|csf|milk|bloodstream|circulation|samples?|"
    r"biops(?:y|ies)|sections?|body)\b",
    re.I,
)


def _sources(graph: Graph, node: Node) -> Iterator[Node]:
    """What stands after "from" right behind a name, or behind the noun that it modifies ("ACTH release from ...")."""
    yield from (t for t in graph.oblique(node, "from") if t.i > node.i)
    head = graph.tree.parent(node)
    if head is not None and node.dep in ("compound", "nmod") and head.i > node.i and not head.mentions:
        yield from (t for t in graph.oblique(head, "from") if t.i > head.i)


def origin_matches(graph: Graph, resolver: Resolver, by_id: dict[str, Mention], grammar: Grammar) -> Iterator[Match]:
    """Matches of products and the cells or organs that they are said to come from."""
    for node in graph.tree:
        if not node.mentions or not all(by_id[m].types & _PRODUCTS for m in node.mentions):
            continue
        for target in _sources(graph, node):
            for maker in resolver.resolve(target, "subject"):
                m = by_id[maker.mention]
                if m.type not in _MAKERS or maker.weak or _FLUID.search(m.text):
                    continue
                for product in node.mentions:
                    aspect = grammar.default_aspect("produces", by_id[product].type)
                    yield Match(
                        _TRIGGER, _FRAME, target, maker, Filler(product, node), "produces", None, aspect, False,
                        presupposed=True,
                    )  # fmt: skip
