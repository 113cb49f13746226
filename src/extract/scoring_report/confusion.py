"""What stands in the place of what: types of mentions, and predicates of findings, gold against found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.schema import MENTION_TYPES, PREDICATES, Document
from extract.scoring.matching import Alignment, greedy

__all__ = ["NONE", "Confusion", "Partners", "aligned", "confusions", "partners"]

NONE = "none"
"""The label of what the other side does not have."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often gold `labels[i]` was found as `labels[j]`; `NONE` is the last label of both sides."""

    labels: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]

    def row(self, label: str) -> int:
        """All of one gold label."""
        return sum(self.cells.get((label, other), 0) for other in self.labels)


@dataclass(frozen=True, slots=True)
class Partners:
    """Within one document: the predicted mention in the place of each gold one, whatever its type.

    Indices into the two lists of mentions. `gold` and `pred` are those that count.
    """

    gold: tuple[int, ...]
    pred: tuple[int, ...]
    found: Mapping[int, int]

    @property
    def meant(self) -> dict[int, int]:
        """The gold mention by the predicted one."""
        return {j: i for i, j in self.found.items()}


def aligned(gold: Mapping[str, Document], pred: Mapping[str, Document]) -> list[Alignment]:
    """Each gold document beside its prediction, an empty one where there is none."""
    return [
        Alignment(document, pred.get(key) or Document(id=key, text=document.text)) for key, document in gold.items()
    ]


def partners(alignment: Alignment) -> Partners:
    """Pair mentions of the right type first, by overlap; then what is left, whatever the type."""
    match = alignment.mentions("overlap", MENTION_TYPES)
    gold, pred = {i for i, _ in match.pairs}, {j for _, j in match.pairs}
    open_gold, open_pred = set(match.gold) - gold, set(match.pred) - pred
    rest = greedy(
        (float(shared), i, j) for (i, j), shared in alignment.overlap.items() if i in open_gold and j in open_pred
    )
    return Partners(tuple(match.gold), tuple(match.pred), dict([*match.pairs, *rest]))


def confusions(alignments: Sequence[Alignment]) -> tuple[Confusion, Confusion]:
    """The confusion of mention types, and that of the predicates of findings with the same arguments.

    A prediction whose type the gold mention allows (`also`) counts as the gold's own type. Optional and
    derived findings are left out where the other side does not have them.
    """
    types: Counter[tuple[str, str]] = Counter()
    predicates: Counter[tuple[str, str]] = Counter()
    for alignment in alignments:
        types.update(_types(alignment))
        predicates.update(_predicates(alignment))
    return Confusion(_labels(types, MENTION_TYPES), types), Confusion(_labels(predicates, PREDICATES), predicates)


def _types(alignment: Alignment) -> Iterable[tuple[str, str]]:
    pairs = partners(alignment)
    gold, pred = alignment.gold.mentions, alignment.pred.mentions
    for i in pairs.gold:
        if i in pairs.found:
            kind = pred[pairs.found[i]].type
            yield gold[i].type, gold[i].type if kind in gold[i].types else kind
        else:
            yield gold[i].type, NONE
    meant = pairs.meant
    for j in pairs.pred:
        if j not in meant:
            yield NONE, pred[j].type


def _predicates(alignment: Alignment) -> Iterable[tuple[str, str]]:
    pairs = alignment.closest()
    gold, pred = alignment.gold.findings, alignment.pred.findings
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in pairs:
        yield gold[i].predicate, pred[j].predicate
    for i, finding in enumerate(gold):
        if i not in left and not alignment.optional_finding(i):
            yield finding.predicate, NONE
    for j, finding in enumerate(pred):
        if j not in right and not finding.derived:
            yield NONE, finding.predicate


def _labels(cells: Mapping[tuple[str, str], int], vocabulary: Sequence[str]) -> tuple[str, ...]:
    seen = {label for pair in cells for label in pair}
    return (*(label for label in vocabulary if label in seen), NONE)
