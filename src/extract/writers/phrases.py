"""A finding in words: "may not increase migration of". Used wherever people read findings."""

from __future__ import annotations

from dataclasses import dataclass

from extract.schema import Aspect, Direction, Predicate
from extract.writers.records import FindingRecord

__all__ = ["Sentence", "phrase", "sentence"]

_BASE: dict[Predicate, str] = {
    "increases": "increase",
    "decreases": "decrease",
    "affects": "affect",
    "produces": "produce",
    "associated_with": "be associated with",
}
_SIGNS: dict[Predicate, str] = {
    "increases": "▲",
    "decreases": "▼",
    "affects": "◆",
    "produces": "●",
    "associated_with": "↔",
}
_DIRECTIONS = {"+": "(+)", "-": "(−)", "none": ""}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The parts between subject and object: a sign, the verb with negation and hedge, and the aspect with
    "of"."""

    sign: str
    verb: str
    aspect: str


def sentence(record: FindingRecord) -> Sentence:
    """The words for a record."""
    return phrase(
        record.predicate,
        record.aspect,
        record.direction,
        negated=record.negated,
        hedged=record.certainty == "hedged",
    )


def phrase(
    predicate: Predicate, aspect: Aspect, direction: Direction | None, *, negated: bool, hedged: bool
) -> Sentence:
    """Put predicate, aspect, direction, negation and hedge into words."""
    base = _BASE[predicate]
    if hedged:
        verb = f"may not {base}" if negated else f"may {base}"
    elif predicate == "associated_with":
        verb = "is not associated with" if negated else "is associated with"
    else:
        verb = f"does not {base}" if negated else f"{base}s"
    if predicate == "associated_with" and direction:
        verb = f"{verb} {_DIRECTIONS[direction]}".strip()
    # A cell that produces something produces it: naming the aspect again says nothing.
    silent = aspect == "other" or predicate == "produces"
    return Sentence("⊘" if negated else _SIGNS[predicate], verb, "" if silent else f"{aspect} of")
