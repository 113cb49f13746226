"""What each rule did on gold: how often it made a finding, and how often the gold has it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from extract.relations.grammar import Grammar
from extract.schema import Document, Finding
from extract.scoring.matching import Alignment, direction

__all__ = ["Coverage", "Instance", "Part", "Row", "coverage", "part_of", "wilson"]

Part = Literal["rule", "frame", "trigger"]
_Z = 1.959963984540054  # 97.5% quantile of the normal distribution


@dataclass(frozen=True, slots=True)
class Instance:
    """One finding of a rule, with its sentence. `gold` says what the gold has in its place, where it is wrong."""

    document: str
    finding: str
    sentence: str
    gold: str = ""


@dataclass(slots=True)
class Row:
    """Counts of one rule at the signed level. `fired` is right + wrong + open.

    `open` are findings that the score leaves out: derived ones that the gold lacks, and those that match optional
    gold.
    """

    name: str
    right: int = 0
    wrong: int = 0
    open: int = 0
    right_example: Instance | None = None
    wrong_example: Instance | None = None

    @property
    def fired(self) -> int:
        """All findings of the rule."""
        return self.right + self.wrong + self.open

    @property
    def precision(self) -> float | None:
        """Share of right among right and wrong; None where there are neither."""
        counted = self.right + self.wrong
        return self.right / counted if counted else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95% interval of the precision."""
        return wilson(self.right, self.right + self.wrong)

    def to_dict(self) -> dict[str, Any]:
        """All of it, numbers rounded to four places."""
        low_high = self.interval
        return {
            "name": self.name, "fired": self.fired, "right": self.right, "wrong": self.wrong, "open": self.open,
            "precision": None if self.precision is None else round(self.precision, 4),
            "interval": None if low_high is None else [round(x, 4) for x in low_high],
            "right_example": asdict(self.right_example) if self.right_example else None,
            "wrong_example": asdict(self.wrong_example) if self.wrong_example else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows by what fired most, the sum of all, and what did not fire at all (triggers or frames, by name)."""

    rows: list[Row]
    total: Row
    silent: list[str] = field(default_factory=list)


def wilson(right: int, counted: int) -> tuple[float, float] | None:
    """95% score interval of a share (Wilson, J Am Stat Assoc 22:209, 1927); None for none counted.

    Unlike the textbook interval it stays within 0 and 1, and says something of small counts.
    """
    if not counted:
        return None
    share = right / counted
    centre = share + _Z**2 / (2 * counted)
    spread = _Z * math.sqrt(share * (1 - share) / counted + _Z**2 / (4 * counted**2))
    scale = 1 + _Z**2 / counted
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def part_of(rule: str, by: Part) -> str:
    """The rule ("induce/VERB/increases:transitive"), its trigger or its frame."""
    trigger, _, frame = rule.rpartition(":")
    return {"rule": rule, "trigger": trigger or rule, "frame": frame}[by] or "(no rule)"


def coverage(
    gold: Mapping[str, Document],
    pred: Mapping[str, Document],
    *,
    by: Part = "rule",
    grammar: Grammar | None = None,
) -> Coverage:
    """Count the findings of `pred` by the rule that made them, right where the gold has them with the same sign.

    Matching and what counts are those of `immunolit score` at the signed level. With `grammar`, and by trigger or
    frame, those that never fired are listed too.
    """
    rows: dict[str, Row] = {}
    total = Row("all")
    for identifier in gold:
        if identifier not in pred:
            continue
        alignment = Alignment(gold[identifier], pred[identifier], matching="optimal")
        matched = {j: i for i, j in alignment.findings("signed")}
        close = {j: i for i, j in alignment.closest()}
        for j, finding in enumerate(pred[identifier].findings):
            name = part_of(finding.rule, by)
            row = rows.setdefault(name, Row(name))
            hit = matched.get(j)
            left_out = finding.derived if hit is None else alignment.optional_finding(hit)
            for counted in (row, total):
                if left_out:
                    counted.open += 1
                elif hit is None:
                    counted.wrong += 1
                else:
                    counted.right += 1
            if left_out:
                continue
            if hit is not None:
                row.right_example = row.right_example or _instance(pred[identifier], finding)
            elif row.wrong_example is None:
                near = close.get(j)
                other = None if near is None else gold[identifier].findings[near]
                row.wrong_example = _instance(pred[identifier], finding, _instead(finding, other))
    ordered = sorted(rows.values(), key=lambda r: (-r.fired, -r.wrong, r.name))
    return Coverage(ordered, total, _silent(grammar, by, rows) if grammar else [])


def _instance(document: Document, finding: Finding, gold: str = "") -> Instance:
    names = {m.id: m.text for m in document.mentions}
    sign, negated = direction(finding)
    shown = f"{finding.predicate} {sign if finding.predicate == 'associated_with' else ''}".strip()
    said = f"{names[finding.subject]} | {'not ' if negated else ''}{shown} | {names[finding.object]}"
    sentence = " ".join(document.text[slice(*finding.evidence)].split())
    return Instance(document.id, " ".join(said.split()), sentence, gold)


def _instead(finding: Finding, other: Finding | None) -> str:
    if other is None:
        return "the gold does not relate the two"
    if direction(finding) == direction(other):
        return "the gold has this once, and another finding of ours has taken it"
    sign, negated = direction(other)
    return f"the gold has {'not ' if negated else ''}{other.predicate}" + (
        f" {sign}" if other.predicate == "associated_with" else ""
    )


def _silent(grammar: Grammar, by: Part, rows: Iterable[str]) -> list[str]:
    if by == "rule":
        return []
    if by == "trigger":
        every = {t.id for t in grammar.triggers}
    else:
        every = {f.name for group in grammar.frames.values() for f in group}
    return sorted(every - set(rows))
