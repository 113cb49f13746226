"""Matrix products that come out the same to the last bit, whatever computes them.

A sum of floats depends on its order, and the order on the number of threads, the size of the batch and the
processor. Whole numbers below 2**24 are exact as 32-bit floats, and so is every sum of them that stays below:
weights and inputs are rounded to whole numbers so small that no order of summing can matter.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["ExactProduct", "Floats"]

Floats = NDArray[np.float32]

# The largest whole number up to which a 32-bit float knows all its neighbours.
_EXACT = 1 << 24
# Steps on each side of zero for a weight: finer than the 16-bit floats it is stored as need not be.
_WEIGHT_STEPS = 511
# Fewest steps on each side of zero for an input, below which rounding would be felt.
_FEWEST_STEPS = 255


class ExactProduct:
    """Multiplies rows of inputs by a fixed matrix.

    `weight` is (inputs, outputs). `reach` is the largest input by size; what lies beyond is cut off. With `copies`
    the outputs are so many runs of equal length, and outputs of the same place in their runs share a scale.

    Raises:
        ValueError: the matrix has too many rows for exact sums.
    """

    def __init__(self, weight: Floats, reach: float, copies: int = 1) -> None:
        largest = np.tile(np.abs(weight).max(axis=0).reshape(copies, -1).max(axis=0), copies)
        levels = _WEIGHT_STEPS
        while True:
            scale = np.where(largest > 0, largest / np.float32(levels), np.float32(1.0)).astype("float32")
            whole = np.rint(weight / scale)
            heaviest = int(np.abs(whole).astype("int64").sum(axis=0).max())
            steps = (_EXACT - 1) // max(1, heaviest)
            if steps >= _FEWEST_STEPS:
                break
            if levels < 64:
                raise ValueError("The matrix has too many rows for exact sums.")
            levels //= 2
        self.whole: Floats = np.ascontiguousarray(whole, dtype="float32")
        self.steps = np.float32(steps)
        self.per_unit = np.float32(steps / reach)
        self.scale: Floats = (scale / self.per_unit).astype("float32")

    def __call__(self, rows: Floats) -> Floats:
        """(rows, inputs) -> (rows, outputs)."""
        product: Floats = self.raw(rows)
        product *= self.scale
        return product

    def raw(self, rows: Floats) -> Floats:
        """The same before scaling: whole numbers, to be multiplied by `scale`."""
        whole = rows * self.per_unit
        np.rint(whole, out=whole)
        np.clip(whole, -self.steps, self.steps, out=whole)
        return whole @ self.whole
