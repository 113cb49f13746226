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
_CELL = frozenset({"CELL"})
_PROTEIN = frozenset({"PROTEIN"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
_FOUND = frozenset({"find", "present", "locate", "express", "display", "be", "sit"})
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


def _bearers(graph: Graph, node: Node) -> Iterator[Node]:
    """What a receptor or marker sits on ("TLR4 on B cells", "found on the surface of B cells")."""
    clauses = [k for k in graph.tree.children(node, ["acl", "relcl"]) if k.lemma in _FOUND]
    for at in (node, *clauses):
        for t in graph.oblique(at, "on"):
            if t.i < node.i:
                continue
            yield t
            if t.low in ("surface", "surfaces", "membrane", "membranes"):
                yield from graph.oblique(t, "of")


def _pairs(graph: Graph, by_id: dict[str, Mention], node: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    """Places that a name is said to come from or to sit on, with the types that they may have."""
    kinds = [by_id[m].types for m in node.mentions]
    if all(k & _PRODUCTS for k in kinds):
        yield from ((t, _MAKERS) for t in _sources(graph, node))
        for kid in graph.modifiers(node):
            yield kid, _CELL
    elif all(k & _PROTEIN for k in kinds) and not by_id[node.mentions[0]].generic and node.dep in _ARGUMENTS:
        # Where something binds to a receptor, the cell is what it acts on, and no one speaks of making it.
        yield from ((t, _CELL) for t in _bearers(graph, node))


def origin_matches(graph: Graph, resolver: Resolver, by_id: dict[str, Mention], grammar: Grammar) -> Iterator[Match]:
    """Matches of products and the cells or organs that they are said to come from."""
    for node in graph.tree:
        if not node.mentions:
            continue
        for target, wanted in _pairs(graph, by_id, node):
            for maker in resolver.resolve(target, "subject"):
                m = by_id[maker.mention]
                if m.type not in wanted or maker.weak or _FLUID.search(m.text):
                    continue
                for product in node.mentions:
                    aspect = grammar.default_aspect("produces", by_id[product].type)
                    yield Match(
                        _TRIGGER, _FRAME, target, maker, Filler(product, node), "produces", None, aspect, False,
                        presupposed=True,
                    )  # fmt: skip
