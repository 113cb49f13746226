"""What the report's tables show: counts, score rows, rules and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.schema import MENTION_TYPES, Document
from extract.scoring import Mistake, Row, Scores
from extract.scoring.matching import FINDING_LEVELS, MENTION_MODES
from extract.scoring_report.confidence import wilson

__all__ = ["About", "DocumentLine", "Line", "Table", "documents", "rules", "tables", "tally"]

_CUTS = ("predicate", "aspect", "negated", "certainty", "genre")
_HEADLINE = "findings.signed"


@dataclass(frozen=True, slots=True)
class About:
    """What was compared: names as people know them, and versions of what made the prediction."""

    gold: str
    pred: str
    made_by: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a score table. `low` and `high`: interval of `value`, None where it has none."""

    label: str
    row: Row
    value: float | None
    low: float | None
    high: float | None
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Score rows under one title."""

    title: str
    lines: tuple[Line, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: its signed findings, and how many mistakes of which kind."""

    id: str
    title: str
    genre: str
    row: Row
    findings: Mapping[str, int]
    mentions: int


def tables(scores: Scores, given: Scores | None) -> list[Table]:
    """All score tables in the order in which people read them. `given`: the same texts, with gold's mentions."""
    levels = [f"findings.{level}" for level in FINDING_LEVELS]
    made = [Table("Findings", tuple(_line(scores, k, k.partition(".")[2]) for k in levels))]
    if given is not None:
        lines = tuple(_line(given, k, k.partition(".")[2]) for k in levels)
        made.append(Table("Findings, with the gold's mentions given", lines))
    for block, name in (("mentions", "Mentions"), ("context_mentions", "Context mentions")):
        for mode in reversed(MENTION_MODES):
            keys = [f"{block}.{mode}.{kind}" for kind in (*MENTION_TYPES, "micro")]
            lines = tuple(_line(scores, k, _kind(k)) for k in keys if k in scores.keys)
            if lines:
                made.append(Table(f"{name}, {mode}", lines, folded=(block, mode) != ("mentions", "overlap")))
    for cut in _CUTS:
        values = sorted(scores.cuts(_HEADLINE, cut).items(), key=lambda item: (-item[1].gold, item[0]))
        lines = tuple(_line(scores, f"{_HEADLINE}/{cut}={value}", value.replace("_", " ")) for value, _ in values)
        if lines:
            made.append(Table(f"Signed findings by {cut}", lines, folded=cut != "predicate"))
    return made


def rules(scores: Scores) -> list[Line]:
    """Precision of each rule, those with the most wrong findings first. Support is `row.pred`.

    The interval is Wilson's: most rules make a handful of findings in two or three documents, and resampling
    those would call four wrong ones of four certain.
    """
    lines = [
        Line(name, row, row.p, *wilson(row.tp, row.pred))
        for name, row in scores.cuts(_HEADLINE, "rule").items()
        if row.pred
    ]
    return sorted(lines, key=lambda line: (line.row.tp - line.row.pred, line.row.tp, line.label))


def documents(gold: Mapping[str, Document], scores: Scores, every: Sequence[Mistake]) -> list[DocumentLine]:
    """One line for each gold document, in the file's order."""
    column = scores.keys.index(_HEADLINE)
    row_of = {name: n for n, name in enumerate(scores.documents)}
    counts: Counter[tuple[str, str, str]] = Counter((mistake.document, mistake.what, mistake.kind) for mistake in every)
    kinds = ("missed", "spurious", "wrong")
    return [
        DocumentLine(
            id=key, title=document.meta.title, genre=document.meta.genre,
            row=Row(*(int(n) for n in scores.counts[row_of[key], column])),
            findings={kind: counts[key, "finding", kind] for kind in kinds},
            mentions=sum(counts[key, "mention", kind] for kind in kinds),
        )
        for key, document in gold.items()
    ]  # fmt: skip


def tally(gold: Mapping[str, Document], pred: Mapping[str, Document]) -> dict[str, tuple[int, int]]:
    """Plain counts, gold and found: documents, words, mentions, findings."""
    shown = [pred[key] for key in gold if key in pred]
    sides: tuple[Sequence[Document], ...] = (list(gold.values()), shown)

    def both(count: Iterator[int]) -> tuple[int, int]:
        return next(count), next(count)

    return {
        "documents": both(len(side) for side in sides),
        "words": both(sum(len(d.text.split()) for d in side) for side in sides),
        "mentions": both(sum(len(d.mentions) for d in side) for side in sides),
        "findings": both(sum(len(d.findings) for d in side) for side in sides),
    }


def _kind(key: str) -> str:
    kind = key.rpartition(".")[2]
    return "all" if kind == "micro" else kind.lower()


def _line(scores: Scores, key: str, label: str) -> Line:
    row = scores[key]
    low, high = scores.interval(f"{key}.f1") or (None, None)
    return Line(label, row, row.f1 if row.pred + row.gold else None, low, high, headline=key == _HEADLINE)
