"""From matches to findings: one statement each, with its evidence, rule, and confidence.

Several rules often see the same statement. Of findings with the same arguments in the same sentence the best
supported one is kept for each trigger, and none is stated twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..schema import Finding, Mention
from .match import Match

__all__ = ["Statement", "assemble", "confidence"]

# Prior chance that a curator accepts a finding, before its own features. Replaced by a calibrated model later.
_BASE = 0.75


@dataclass(frozen=True, slots=True)
class Statement:
    """A match with its qualifiers. `evidence` is a code-point range of the document."""

    match: Match
    negated: bool
    hedged: bool
    context: tuple[str, ...]
    quantity: tuple[int, int] | None
    evidence: tuple[int, int]


def confidence(statement: Statement) -> float:
    """A rough chance that the finding is right, from how directly the text says it."""
    m = statement.match
    value = _BASE
    value -= 0.06 * (m.subject.steps + m.object.steps) + 0.12 * (m.subject.weak + m.object.weak)
    value -= 0.08 * m.frame.cost + (0.1 if m.trigger.strength == "weak" else 0.0)
    value -= 0.15 * (m.subject.coref + m.object.coref)
    value -= 0.05 if statement.negated else 0.0
    return round(min(0.99, max(0.05, value)), 3)


def assemble(statements: Iterable[Statement], mentions: Sequence[Mention]) -> list[Finding]:
    """Findings in text order, ids f1.. by order of evidence, trigger and arguments."""
    best: dict[tuple[object, ...], tuple[tuple[object, ...], Statement]] = {}
    for s in statements:
        m = s.match
        key: tuple[object, ...] = (s.evidence, m.subject.mention, m.object.mention)
        if m.predicate == "associated_with":
            key = (s.evidence, *sorted((m.subject.mention, m.object.mention)))
        rank = (
            m.derived,
            m.subject.weak + m.object.weak,
            m.frame.cost,
            m.predicate == "affects",
            m.predicate == "associated_with",
            m.trigger.strength == "weak",
            m.subject.steps + m.object.steps,
            m.node.start,
            m.trigger.id,
        )
        if key not in best or rank < best[key][0]:
            best[key] = (rank, s)
    order = {m.id: k for k, m in enumerate(mentions)}
    chosen = sorted(
        (s for _, s in best.values()),
        key=lambda s: (s.evidence, s.match.node.start, order[s.match.subject.mention], order[s.match.object.mention]),
    )
    out = []
    for k, s in enumerate(chosen, 1):
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
                evidence=s.evidence,
                derived=m.derived,
                trigger=(m.node.start, m.node.end),
                rule=f"{m.trigger.id}:{m.frame.name}",
                confidence=confidence(s),
            )
        )
    return out
