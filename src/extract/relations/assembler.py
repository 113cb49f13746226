"""From matches to findings: one statement each, with its evidence, rule, and confidence.

Several rules often see the same statement. Of findings with the same arguments in the same sentence the best
supported one is kept for each trigger, and none is stated twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..schema import Finding, Mention, Novelty
from .confidence import features, load_weights, probability
from .match import Match

__all__ = ["Chosen", "Statement", "assemble", "choose"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A match with its qualifiers. `evidence` is a code-point range of the document."""

    match: Match
    negated: bool
    hedged: bool
    context: tuple[str, ...]
    quantity: tuple[int, int] | None
    evidence: tuple[int, int]
    words: int = 0
    significance: tuple[int, int] | None = None
    attribution: tuple[int, int] | None = None
    novelty: Novelty | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A statement that is kept, with the features from which its confidence comes."""

    statement: Statement
    features: Mapping[str, float]


def _key(s: Statement) -> tuple[object, ...]:
    m = s.match
    if m.predicate == "associated_with":
        return (s.evidence, *sorted((m.subject.mention, m.object.mention)))
    return (s.evidence, m.subject.mention, m.object.mention)


def _sign(s: Statement) -> tuple[str, str | None, bool]:
    return s.match.predicate, s.match.direction, s.negated


def choose(statements: Iterable[Statement], mentions: Sequence[Mention]) -> list[Chosen]:
    """The best supported statement of each pair in each sentence, in text order."""
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for s in statements:
        groups.setdefault(_key(s), []).append(s)
    by_id = {m.id: m for m in mentions}
    order = {m.id: k for k, m in enumerate(mentions)}
    kept = []
    for group in groups.values():
        best, support, conflict = group[0], 0, 0
        if len(group) > 1:
            best = min(group, key=_rank)
            rules = {(s.match.trigger.id, s.match.frame.name, s.match.node.i, _sign(s)) for s in group}
            mine = (best.match.trigger.id, best.match.frame.name, best.match.node.i)
            support = sum(1 for r in rules if r[:3] != mine and r[3] == _sign(best))
            conflict = sum(1 for r in rules if r[:3] != mine and r[3] != _sign(best))
        kept.append(
            Chosen(
                best,
                features(
                    best.match,
                    negated=best.negated,
                    hedged=best.hedged,
                    support=support,
                    conflict=conflict,
                    words=best.words,
                    mentions=by_id,
                ),
            )
        )

    def place(c: Chosen) -> tuple[object, ...]:
        m = c.statement.match
        return c.statement.evidence, m.node.start, order[m.subject.mention], order[m.object.mention]

    return sorted(kept, key=place)


def _rank(s: Statement) -> tuple[object, ...]:
    """Most direct first."""
    m = s.match
    return (
        m.derived,
        m.subject.weak + m.object.weak,
        m.frame.cost,
        m.predicate == "affects",
        m.predicate == "associated_with",
        m.trigger.strength == "weak",
        m.subject.steps + m.object.steps,
        m.node.start,
        m.trigger.id,
        m.frame.name,
    )


def assemble(statements: Iterable[Statement], mentions: Sequence[Mention]) -> list[Finding]:
    """Findings in text order, ids f1.. by order of evidence, trigger and arguments."""
    weights = load_weights()
    out = []
    for k, chosen in enumerate(choose(statements, mentions), 1):
        s = chosen.statement
        m = s.match
        out.append(
            Finding(
                id=f"f{k}",
                subject=m.subject.mention,
                predicate=m.predicate,
                object=m.object.mention,
                aspect=m.aspect,
                direction=m.direction,
                negated=s.negated,
                certainty="hedged" if s.hedged else "asserted",
                context=[c for c in s.context if c not in (m.subject.mention, m.object.mention)],
                quantity=s.quantity,
                significance=s.significance,
                attribution=s.attribution,
                novelty=s.novelty,
                evidence=s.evidence,
                derived=m.derived,
                trigger=(m.node.start, m.node.end),
                rule=f"{m.trigger.id}:{m.frame.name}",
                confidence=probability(chosen.features, weights),
            )
        )
    return out
