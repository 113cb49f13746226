"""Comparisons of groups in plain words: "X are twice as likely to get Y", "X get Y more often", "the more X, the
fewer Y".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..schema import CORE_TYPES, Direction, Mention
from .arguments import Resolver
from .filler import Filler
from .grammar import Frame, Grammar, Trigger
from .graph import Graph
from .match import Match, is_bare_group
from .tree import Node
from .words import word_list

__all__ = ["amount", "odds_matches"]

_CORE = frozenset(CORE_TYPES)
_LIKELY = frozenset({"likely", "likelier", "apt", "liable", "prone", "inclined"})
_OFTEN = frozenset({"often", "frequently", "commonly", "rarely", "oftener"})
_FALLING_ILL = word_list("falling_ill_verbs")
_TIMES = frozenset({"twice", "times", "thrice", "double", "triple", "fold", "almost"})
_LESS = frozenset({"less", "fewer", "lower", "half", "third", "quarter", "rarely", "least", "smaller", "weaker",
                   "shorter", "milder"})  # fmt: skip
_MORE = frozenset({"more", "higher", "greater", "larger", "bigger", "longer", "stronger", "heavier", "worse"})
_TRIGGER = Trigger(
    lemma="likely", pos="ADJ", predicate="associated_with", frame=("copular_adj",),
    example="[Smokers]{S} are more *likely* to get [psoriasis]{O}.",
)  # fmt: skip
_FRAME = Frame(
    name="odds", group="copular_adj", subject=("S",), object=("O",),
    example="[Smokers]{S} are more *likely* to get [psoriasis]{O}.",
    negative="[Smokers]{A} are likely to ask more about [psoriasis]{B}.",
)  # fmt: skip
_THE_MORE = Trigger(
    lemma="the more", pos="ADJ", predicate="associated_with", frame=("copular_adj",),
    example="The *more* [cortisol]{S}, the fewer [NK cells]{O}.",
)  # fmt: skip
_EACH = Frame(
    name="correlative", group="copular_adj", subject=("S",), object=("O",),
    example="The *more* [cortisol]{S}, the fewer [NK cells]{O}.",
    negative="The more was said of [cortisol]{A}, as of [NK cells]{B}.",
)  # fmt: skip


def amount(graph: Graph, node: Node) -> int:
    """+1 for "more likely", "twice as often", -1 for "less likely", "half as often", 0 where nothing is compared."""
    words = {n.low for n in graph.tree.subtree(node) if n.i < node.i and node.i - n.i < 7}
    if words & _LESS:
        return -1
    if node.tag in ("JJR", "RBR") or "more" in words or ("as" in words and words & _TIMES):
        return -1 if node.low in _LESS else 1
    return 0


def odds_matches(graph: Graph, resolver: Resolver, by_id: dict[str, Mention], grammar: Grammar) -> Iterator[Match]:
    """Matches of comparative likelihoods and of "the more ..., the less ..."."""
    for node in graph.tree:
        if node.mentions:
            continue
        if node.low in _LIKELY and (sign := amount(graph, node)):
            for verb in graph.tree.children(node, ["xcomp", "ccomp", "acl"]):
                yield from _ill(graph, resolver, by_id, node, verb, sign)
        elif node.low in _OFTEN and (sign := amount(graph, node)):
            verb_up = graph.tree.parent(node)
            if verb_up is not None and graph.is_verb(verb_up):
                yield from _ill(graph, resolver, by_id, node, verb_up, sign)
    yield from _correlative(graph, resolver, by_id, grammar)


def _ill(
    graph: Graph, resolver: Resolver, by_id: dict[str, Mention], node: Node, verb: Node, sign: int
) -> Iterator[Match]:
    """Who falls ill, and of what."""
    if verb.lemma not in _FALLING_ILL:
        return
    subjects = graph.subjects(node) if node.low in _LIKELY else graph.surface_subject(verb)
    illnesses = [*graph.tree.children(verb, ["dobj"])] or [
        t for name, t in graph.obliques(verb) if name in ("with", "of", "from", "to", "for")
    ]
    for s in (f for n in subjects for f in resolver.resolve(n, "subject")):
        for o in (f for n in illnesses for f in resolver.resolve(n, "object")):
            obj = by_id[o.mention]
            if obj.type != "DISEASE" or o.mention == s.mention or is_bare_group(by_id[s.mention]) or s.weak:
                continue
            direction: Direction = "+" if sign * s.sign * o.sign > 0 else "-"
            yield Match(_TRIGGER, _FRAME, node, s, o, "associated_with", direction, "risk", False)


def _correlative(graph: Graph, resolver: Resolver, by_id: dict[str, Mention], grammar: Grammar) -> Iterator[Match]:
    nodes = graph.tree.nodes
    starts = [
        n.i
        for n in nodes[:-1]
        if n.low == "the" and nodes[n.i + 1].low in _LESS | _MORE
        and (n.i == 0 or nodes[n.i - 1].low in (",", "and", ":", ";", "that", "–", "—"))
    ]  # fmt: skip
    if len(starts) != 2 or any(graph.is_verb(n) and n.i < starts[0] for n in nodes):
        return
    first = _compared(resolver, nodes[starts[0] : starts[1]])
    second = _compared(resolver, nodes[starts[1] :])
    for s in first:
        for o in second:
            a, b = by_id[s.mention], by_id[o.mention]
            if s.mention == o.mention or not (a.types | b.types) & _CORE:
                continue
            both = [-1 if nodes[k + 1].low in _LESS else 1 for k in starts]
            direction: Direction = "+" if both[0] * both[1] > 0 else "-"
            aspect = o.aspect or grammar.default_aspect("associated_with", b.type)
            yield Match(_THE_MORE, _EACH, nodes[starts[0] + 1], s, o, "associated_with", direction, aspect, False)


def _compared(resolver: Resolver, nodes: Sequence[Node]) -> tuple[Filler, ...]:
    """The first name of a stretch of words, or what its noun of amount is about."""
    for n in nodes:
        if n.mentions or n.tag.startswith("NN"):
            found = resolver.resolve(n, "object")
            if found:
                return found
    return ()
