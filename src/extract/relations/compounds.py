"""Hyphenated compounds: "IL-4- and IL-13-induced gene expression", "IL-17-producing T cells".

The bound names are known from grouping; the head is the noun that the compound modifies, or the mention that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..schema import CORE_TYPES, Aspect, Mention
from .arguments import Resolver
from .aspects import named_aspect
from .filler import Filler
from .grammar import Compound, Frame, Grammar, Trigger
from .graph import Graph
from .match import Match
from .tree import Node

__all__ = ["compound_matches", "nested_matches"]

_CORE = frozenset(CORE_TYPES)
_INSIDE = re.compile(r"[-‐‑–−]([a-z]{3,})\b")


def _rule(compound: Compound) -> tuple[Trigger, Frame]:
    trigger = Trigger(
        lemma=f"-{compound.suffix[0]}", pos="ADJ", predicate=compound.predicate, frame=("transitive",),
        example=compound.example,
    )  # fmt: skip
    frame = Frame(
        name="compound", group="transitive", subject=(compound.subject,), object=(compound.object,),
        example=compound.example, negative="(see docs/grammar.md)",
    )  # fmt: skip
    return trigger, frame


def _aspect(grammar: Grammar, compound: Compound, filler: Filler, obj: Mention) -> Aspect:
    return (
        filler.aspect
        or named_aspect(grammar, obj)
        or compound.aspect
        or grammar.default_aspect(compound.predicate, obj.type)
    )


def _make(
    grammar: Grammar, compound: Compound, node: Node, bound: Filler, head: Filler, by_id: dict[str, Mention]
) -> Match | None:
    s, o = (bound, head) if compound.subject == "bound" else (head, bound)
    subject, obj = by_id[s.mention], by_id[o.mention]
    if s.mention == o.mention or not (subject.types | obj.types) & _CORE:
        return None
    if subject.concept and subject.concept == obj.concept:
        return None
    if compound.subject_types and not subject.types & set(compound.subject_types):
        return None
    if compound.object_types and not obj.types & set(compound.object_types):
        return None
    predicate = compound.predicate
    if predicate in ("increases", "decreases") and o.sign < 0:
        predicate = "decreases" if predicate == "increases" else "increases"
    trigger, frame = _rule(compound)
    aspect = _aspect(grammar, compound, o, obj)
    # A statement inside a noun phrase is presupposed, not denied by the sentence around it.
    negated = compound.negated
    if negated:
        s = replace(s, negated=True)
    return Match(trigger, frame, node, s, o, predicate, compound.direction, aspect, False, presupposed=True)


def head_of(graph: Graph, node: Node) -> Node | None:
    """The noun that a compound modifier belongs to: by the parse, else the end of the noun run that follows."""
    head = graph.tree.parent(node)
    if head is not None and head.i > node.i and (head.tag.startswith("NN") or head.mentions):
        return head
    found: Node | None = None
    for nxt in graph.tree.nodes[node.i + 1 :]:
        if nxt.tag.startswith("NN") or nxt.mentions:
            found = nxt
        elif nxt.tag.startswith(("JJ", "VBN", "CD")) or nxt.suffix:
            continue
        else:
            break
    return found


def compound_matches(graph: Graph, resolver: Resolver, by_id: dict[str, Mention], grammar: Grammar) -> Iterator[Match]:
    """Matches of the compound modifiers of one tree."""
    for node in graph.tree:
        if not node.suffix:
            continue
        head = head_of(graph, node)
        if head is None:
            continue
        heads = resolver.resolve(head, "object")
        for compound in grammar.compounds.get(node.suffix, ()):
            for mention in node.bound:
                for filler in heads:
                    if filler.mention in node.bound:
                        continue
                    match = _make(grammar, compound, node, Filler(mention, node), filler, by_id)
                    if match is not None:
                        yield match


def nested_matches(graph: Graph, by_id: dict[str, Mention], grammar: Grammar, text: str) -> Iterator[Match]:
    """Matches inside one mention: a nested name bound by a hyphen to the name that holds it."""
    for node in graph.tree:
        outers: Sequence[str] = node.mentions or node.bound
        for outer_id in outers:
            outer = by_id[outer_id]
            if len(outer.fragments) > 1:
                continue
            for inner_id in node.nested:
                inner = by_id[inner_id]
                if len(inner.fragments) > 1 or not (outer.start <= inner.start and inner.end < outer.end):
                    continue
                bound = _INSIDE.match(text, inner.end, outer.end)
                if not bound:
                    continue
                for compound in grammar.compounds.get(bound.group(1), ()):
                    if not compound.inside:
                        continue
                    match = _make(grammar, compound, node, Filler(inner_id, node), Filler(outer_id, node), by_id)
                    if match is not None:
                        yield match
