"""Effects named without what they act on: "Y had no effect", "a similar effect", "beta blockers erased the effect".

What the effect is on was said just before: the new subject is related to the object of the last statement. What
blocks an effect does the contrary of it, what strengthens it does the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..schema import CORE_TYPES, Mention
from .arguments import Resolver
from .assembler import Statement
from .filler import Filler
from .graph import Graph
from .qualifiers import Scope
from .tree import Node

__all__ = ["effects_again"]

_CORE = frozenset(CORE_TYPES)
_EFFECTS = frozenset({"effect", "influence", "impact", "action", "benefit", "response", "change", "outcome"})
_CHANGES = frozenset(
    {"increase", "rise", "decrease", "reduction", "inhibition", "suppression", "induction", "stimulation",
     "activation", "upregulation", "downregulation", "enhancement"}
)  # fmt: skip
_HAVING = frozenset({"have", "exert", "show", "produce", "exhibit"})
_ALIKE = frozenset({"similar", "same", "comparable", "identical", "equal", "like"})
_BACK = frozenset({"the", "this", "these", "that", "those", "such", "both", "its", "their"})
_ON = frozenset({"on", "upon", "against", "in", "to", "over"})
_SIGNED = frozenset({"increases", "decreases"})


def effects_again(
    graph: Graph,
    resolver: Resolver,
    scope: Scope,
    here: Sequence[Statement],
    before: Sequence[Statement],
    by_id: dict[str, Mention],
) -> Iterator[Statement]:
    """The statements of one tree on effects whose object was named before.

    `here` are the other statements of the tree, `before` those of the sentence before it.
    """
    for node in graph.tree:
        if node.mentions or node.lemma not in _EFFECTS | _CHANGES:
            continue
        verb = graph.tree.parent(node)
        if verb is None or not graph.is_verb(verb) or any(s.match.node.i == verb.i for s in here):
            continue
        if any(name in _ON for name, _ in graph.obliques(node)) or graph.modifiers(node):
            continue
        said = _last(node, here, before)
        if not said:
            continue
        if verb.lemma in _HAVING and node.dep == "dobj" and node.lemma in _EFFECTS:
            alike = any(k.low in _ALIKE for k in graph.tree.children(node, ["amod"]))
            negated = scope.negated(node)
            if not (alike or negated):
                continue
            subjects = [f for s in graph.subjects(verb) for f in resolver.resolve(s, "subject")]
            for s in said:
                new = s if alike and not negated else _neutral(s)
                yield from _with(new, subjects, negated, node, graph, scope, by_id)
            continue
        if node not in graph.objects(verb) or not _given(node, graph):
            continue
        turn = _turn(verb, resolver)
        if not turn:
            continue
        subjects = [f for s in graph.subjects(verb) for f in resolver.resolve(s, "subject")]
        told = [t for name, t in graph.obliques(node) if name in ("of", "by")]
        owners = {f.mention for t in told for f in resolver.resolve(t, "subject")}
        for s in said:
            if s.match.predicate not in _SIGNED or (owners and s.match.subject.mention not in owners):
                continue
            new = s if turn > 0 else _contrary(s)
            yield from _with(new, subjects, scope.negated(verb) != s.negated, verb, graph, scope, by_id)


def _last(node: Node, here: Sequence[Statement], before: Sequence[Statement]) -> list[Statement]:
    """The statements by the last trigger before the word, of the sentence before if there is none in its own."""
    earlier = [s for s in here if s.match.node.end <= node.start] or list(before)
    earlier = [s for s in earlier if s.match.predicate != "produces" and not s.match.derived]
    at = max((s.match.node.start for s in earlier), default=-1)
    return [s for s in earlier if s.match.node.start == at]


def _given(node: Node, graph: Graph) -> bool:
    return any(k.low in _BACK for k in graph.tree.children(node, ["det", "poss", "predet"]))


def _turn(verb: Node, resolver: Resolver) -> int:
    """1 for a verb that strengthens, -1 for one that weakens, 0 for others."""
    for entry in resolver.grammar.by_form.get(verb.low, ()):
        if entry.pos == "VERB" and entry.predicate in _SIGNED and not entry.words:
            return 1 if entry.predicate == "increases" else -1
    return 0


def _contrary(s: Statement) -> Statement:
    flipped = "decreases" if s.match.predicate == "increases" else "increases"
    return replace(s, match=replace(s.match, predicate=flipped))  # type: ignore[arg-type]


def _neutral(s: Statement) -> Statement:
    return replace(s, match=replace(s.match, predicate="affects", direction=None))


def _with(
    s: Statement,
    subjects: Sequence[Filler],
    negated: bool,
    node: Node,
    graph: Graph,
    scope: Scope,
    by_id: dict[str, Mention],
) -> Iterator[Statement]:
    obj = by_id[s.match.object.mention]
    for f in subjects:
        subject = by_id[f.mention]
        if f.mention in (s.match.subject.mention, obj.id) or not (subject.types | obj.types) & _CORE:
            continue
        match = replace(s.match, node=node, subject=replace(f, steps=f.steps + 2))
        yield replace(
            s, match=match, negated=negated != f.negated, hedged=scope.hedged(node), quantity=None, significance=None,
            evidence=(graph.tree.start, graph.tree.end), words=len(graph.tree),
        )  # fmt: skip
