"""More or less of something in one group than in another, without a verb that says so.

"There were more NK cells in runners than in controls", "elevated IL-6 in patients with sepsis": an association between
what sets the group apart (its disease or habit) and the thing compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..schema import CORE_TYPES, Direction, Mention
from .arguments import Resolver
from .filler import Filler
from .grammar import Frame, Grammar, Trigger
from .graph import Graph
from .match import Match, is_bare_group
from .tree import Node

__all__ = ["comparison_matches"]

_CORE = frozenset(CORE_TYPES)
_TRIGGER = Trigger(
    lemma="more/less", pos="ADJ", predicate="associated_with", frame=("copular_adj",),
    example="There were *more* [NK cells]{O} in [runners]{S} than in controls.",
)  # fmt: skip
_FRAME = Frame(
    name="comparison", group="copular_adj", subject=("in",), object=("head",), cost=1,
    example="There were *more* [NK cells]{O} in [runners]{S} than in controls.",
    negative="More was said of [NK cells]{A} by [runners]{B}.",
)  # fmt: skip


_DURING = ("during", "after", "following")
_SEEN = frozenset(
    ["be", "find", "see", "observe", "detect", "note", "measure", "report", "remain", "contain", "document",
     "demonstrate", "show", "record", "describe", "identify", "present", "discover", "reveal", "confirm"]
)  # fmt: skip


def _places(graph: Graph, node: Node) -> list[Node]:
    """Groups in which the phrase headed by `node` is more or less."""
    found = [t for name, t in graph.obliques(node) if name in ("in", "among", "from", *_DURING)]
    for up in graph.tree.ancestors(node):
        if graph.is_verb(up):
            if up.lemma in _SEEN:
                found.extend(t for name, t in graph.obliques(up) if name in ("in", "among", *_DURING))
            break
        if up.mentions:
            break
        found.extend(t for name, t in graph.obliques(up) if name in ("in", "among"))
    return [n for t in found for n in (t, *_owners(graph, t))]


def _owners(graph: Graph, place: Node) -> Iterator[Node]:
    """Whose sample or tissue a place is ("in sections obtained from patients with X")."""
    for n in graph.tree.subtree(place):
        head = graph.tree.parent(n)
        if n.i > place.i and n.mentions and n.dep == "pobj" and head is not None and head.low in ("of", "from"):
            yield n


def comparison_matches(
    graph: Graph, resolver: Resolver, by_id: dict[str, Mention], grammar: Grammar
) -> Iterator[Match]:
    """Matches of adjectives of amount before a noun whose phrase names a group."""
    more, less = grammar.cues.sets["more_words"], grammar.cues.sets["less_words"]
    for word in graph.tree:
        if word.dep != "amod" or word.mentions or (word.low not in more and word.low not in less):
            continue
        head = graph.tree.parent(word)
        if head is None:
            continue
        direction: Direction = "+" if word.low in more else "-"
        things = resolver.resolve(head, "object")
        if not things:
            continue
        for place in _places(graph, head):
            for group in resolver.resolve(place, "subject"):
                match = _make(word, group, things, direction, by_id, grammar)
                yield from match


def _make(
    word: Node,
    group: Filler,
    things: tuple[Filler, ...],
    direction: Direction,
    by_id: dict[str, Mention],
    grammar: Grammar,
) -> Iterator[Match]:
    subject = by_id[group.mention]
    if subject.type not in ("ORGANISM", "DISEASE", "INTERVENTION", "CHEMICAL") or is_bare_group(subject) or group.weak:
        return
    for thing in things:
        obj = by_id[thing.mention]
        if thing.weak or thing.mention == group.mention or not (subject.types | obj.types) & _CORE:
            continue
        aspect = thing.aspect or grammar.default_aspect("associated_with", obj.type)
        yield Match(_TRIGGER, _FRAME, word, group, thing, "associated_with", direction, aspect, False)
