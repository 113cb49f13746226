"""Intervals by resampling documents: percentile bootstrap (Efron and Tibshirani 1993, chapter 13).

Documents, not findings, are drawn, because findings of one document are not independent. The counts of one
resample are a weighted sum of the documents' counts, so that all metrics of all resamples are one matrix
product.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEVEL", "MEASURES", "Counts", "interval", "measures", "resample"]

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

LEVEL = 0.95
MEASURES = ("p", "r", "f1")
_BLOCK = 4_000_000  # numbers in one block of document weights: 32 MB


def resample(counts: Counts, resamples: int, seed: int) -> Floats:
    """Sum (documents, columns) counts over draws of as many documents: (resamples, columns).

    The result does not depend on the order of the documents.
    """
    size = counts.shape[0]
    order = sorted(range(size), key=lambda row: counts[row].tobytes())
    table = counts[order].astype(np.float64)
    generator = np.random.default_rng(seed)
    out = np.empty((resamples, counts.shape[1]))
    block = max(1, _BLOCK // max(1, size))
    for start in range(0, resamples, block):
        stop = min(resamples, start + block)
        drawn = generator.integers(0, size, (stop - start, size))
        drawn += np.arange(stop - start)[:, None] * size
        weights = np.bincount(drawn.ravel(), minlength=(stop - start) * size).reshape(stop - start, size)
        out[start:stop] = weights.astype(np.float64) @ table  # whole numbers below 2**53: exact in any order
    return out


def measures(tp: Floats, pred: Floats, gold: Floats) -> dict[str, Floats]:
    """Precision, recall and F1; nan where the denominator is 0 and the value says nothing."""

    def ratio(a: Floats, b: Floats) -> Floats:
        return np.divide(a, b, out=np.full(a.shape, np.nan), where=b > 0)

    return {"p": ratio(tp, pred), "r": ratio(tp, gold), "f1": ratio(2 * tp, pred + gold)}


def interval(values: NDArray[Any], level: float = LEVEL) -> tuple[float, float] | None:
    """The central interval of the resampled values; None if no resample has one. Rounded to 6 places."""
    known = values[~np.isnan(values)]
    if not known.size:
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return round(float(low), 6), round(float(high), 6)
