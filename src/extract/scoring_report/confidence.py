"""What the confidence of findings is worth: precision and recall above each threshold, and calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from extract.scoring.matching import Alignment
from extract.scoring.scores import Row

__all__ = ["BINS", "Bin", "Calibration", "Judged", "Point", "calibration", "curve", "judged", "wilson"]

BINS = 10
_Z = 1.959964  # 95% of the normal distribution


class Judged(NamedTuple):
    """A finding's confidence, and whether gold has it at the signed level."""

    confidence: float
    right: bool


class Point(NamedTuple):
    """The score of the findings whose confidence is `threshold` or more."""

    threshold: float
    row: Row


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings of about the same confidence. `low` and `high`: Wilson's 95% interval of `right / count`."""

    start: float
    end: float
    count: int
    right: int
    confidence: float
    """mean of the bin"""
    low: float
    high: float

    @property
    def accuracy(self) -> float:
        """Share that gold has."""
        return self.right / self.count


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins of equal width that hold anything, and how far confidence and truth are apart.

    `error` is the expected calibration error: the mean distance of accuracy and confidence, weighted by the
    bins' sizes (Naeini, Cooper and Hauskrecht 2015). `brier` is the mean squared distance of each finding.
    """

    bins: tuple[Bin, ...]
    count: int
    error: float
    brier: float


def judged(alignments: Sequence[Alignment]) -> tuple[list[Judged], int]:
    """Each finding that counts in precision at the signed level, and how many gold has.

    As in the score, a derived finding that gold lacks and one that matches an optional gold finding count
    neither way.
    """
    out: list[Judged] = []
    support = 0
    for alignment in alignments:
        support += sum(not alignment.optional_finding(i) for i in range(len(alignment.gold.findings)))
        meant = {j: i for i, j in alignment.findings("signed")}
        for j, finding in enumerate(alignment.pred.findings):
            i = meant.get(j)
            if finding.derived if i is None else alignment.optional_finding(i):
                continue
            out.append(Judged(finding.confidence, i is not None))
    return out, support


def curve(findings: Sequence[Judged], support: int, *, steps: int = 100) -> list[Point]:
    """The score above each of `steps` + 1 thresholds from 0 to 1; where several keep the same, the lowest.

    Findings are matched once, not anew for each threshold.
    """
    points: list[Point] = []
    for step in range(steps + 1):
        threshold = step / steps
        kept = [finding for finding in findings if finding.confidence >= threshold]
        if not kept:
            break
        if not points or len(kept) != points[-1].row.pred:
            points.append(Point(threshold, Row(sum(f.right for f in kept), len(kept), support)))
    return points


def calibration(findings: Sequence[Judged], *, bins: int = BINS) -> Calibration:
    """Sort findings into bins of equal width by confidence; 1.0 belongs to the last."""
    sorted_in: list[list[Judged]] = [[] for _ in range(bins)]
    for finding in findings:
        sorted_in[min(bins - 1, int(finding.confidence * bins))].append(finding)
    made = tuple(_bin(n / bins, (n + 1) / bins, members) for n, members in enumerate(sorted_in) if members)
    total = len(findings)
    if not total:
        return Calibration((), 0, 0.0, 0.0)
    error = sum(b.count * abs(b.accuracy - b.confidence) for b in made) / total
    brier = sum((f.confidence - f.right) ** 2 for f in findings) / total
    return Calibration(made, total, error, brier)


def _bin(start: float, end: float, members: Sequence[Judged]) -> Bin:
    count, right = len(members), sum(f.right for f in members)
    low, high = wilson(right, count)
    # Sorted, so that the last digit does not hang on the order of documents.
    mean = sum(sorted(f.confidence for f in members)) / count
    return Bin(start, end, count, right, mean, low, high)


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927)."""
    share, z = right / count, _Z * _Z
    middle = (share + z / (2 * count)) / (1 + z / count)
    half = _Z / (1 + z / count) * sqrt(share * (1 - share) / count + z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)
