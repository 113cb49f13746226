"""Products that do not depend on how they are computed."""

from __future__ import annotations

import numpy as np
import pytest

from extract.entities.exact import ExactProduct


def numbers(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def test_close_to_the_product() -> None:
    weight, rows = numbers(1, 128, 40) / 10, numbers(2, 50, 128)
    made = ExactProduct(weight, reach=8.0)(rows)
    assert np.abs(made - rows @ weight).max() < 0.03


def test_the_same_bits_alone_in_a_batch_and_in_any_order_of_summing() -> None:
    weight, rows = numbers(3, 480, 64), numbers(4, 300, 480)
    product = ExactProduct(weight, reach=6.0)
    whole = product(rows)
    assert np.array_equal(np.concatenate([product(rows[k : k + 1]) for k in range(len(rows))]), whole)
    order = np.random.default_rng(5).permutation(480)
    turned = ExactProduct(np.ascontiguousarray(weight[order]), reach=6.0)
    assert np.array_equal(turned(np.ascontiguousarray(rows[:, order])), whole)


def test_what_lies_beyond_the_reach_is_cut_off() -> None:
    product = ExactProduct(np.ones((1, 1), dtype="float32"), reach=2.0)
    assert product(np.array([[1.0], [5.0], [-9.0]], dtype="float32")).ravel() == pytest.approx(
        [1.0, 2.0, -2.0], abs=0.01
    )


def test_a_column_of_zeros_gives_zeros() -> None:
    assert not ExactProduct(np.zeros((4, 2), dtype="float32"), reach=1.0)(numbers(6, 3, 4)).any()


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="too many rows"):
        ExactProduct(np.ones((3000, 1), dtype="float32"), reach=1.0)
