from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.quantity import SIGNIFICANCE, Quantity, parse_quantity, parse_significance


@pytest.mark.parametrize(
    ("words", "value", "unit", "comparator"),
    [
        ("by 12%", 12, "%", ""),
        ("twenty-five per cent", 25, "%", ""),
        ("twofold", 2, "x", ""),
        ("2-fold", 2, "x", ""),
        ("3.5-fold (P < 0.001)", 3.5, "x", ""),
        ("five times more", 5, "x", ""),
        ("a hundred times", 100, "x", ""),
        ("doubled", 2, "x", ""),
        ("more than doubled", 2, "x", ">"),
        ("twice as high", 2, "x", ""),
        ("half as many", 0.5, "x", ""),
        ("an order of magnitude", 10, "x", ""),
        ("two orders of magnitude", 100, "x", ""),
        ("by a third", 33.3333, "%", ""),
        ("two thirds", 66.6667, "%", ""),
        ("about half of the patients", 50, "%", "~"),
        ("three out of ten", 30, "%", ""),
        ("more than 50 percent", 50, "%", ">"),
        ("at least 8 weeks", 8, "weeks", ">="),
        ("up to approximately 8 ng/ml", 8, "ng/ml", "<="),
        ("less than 5 %", 5, "%", "<"),
        ("nearly 40%", 40, "%", "~"),
        ("at most 288 +/- 152 ng/mL", 288, "ng/mL", "<="),
        ("1,200 cells/µl", 1200, "cells/µl", ""),
        ("3 x 10^6 cells", 3_000_000, "cells", ""),
        ("1.5 percentage points", 1.5, "pp", ""),
        ("-12%", -12, "%", ""),
        ("0.8 SD", 0.8, "SD", ""),
        ("OR 3.1", 3.1, "OR", ""),
        ("OR 3.1 (95% CI 1.2-4.5; p = 0.003)", 3.1, "OR", ""),
        ("hazard ratio of 0.72", 0.72, "HR", ""),
        ("r = -0.45", -0.45, "r", ""),
        ("two hundred and fifty", 250, "", ""),
    ],
)
def test_one_number(words: str, value: float, unit: str, comparator: str) -> None:
    assert parse_quantity(words) == Quantity(value=value, unit=unit, comparator=comparator)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "low", "high", "unit", "comparator"),
    [
        ("by 20 to 30 percent", 20, 30, "%", ""),
        ("20% to 30%", 20, 30, "%", ""),
        ("12–15 %", 12, 15, "%", ""),
        ("between 5 and 9 mg", 5, 9, "mg", ""),
        ("two to three times", 2, 3, "x", ""),
        ("2- to 3-fold", 2, 3, "x", ""),
        ("approximately 10–20 times the usual", 10, 20, "x", "~"),
        ("from 20 to 10 pg/ml", 20, 10, "pg/ml", "->"),
        ("from 12% to 30%", 12, 30, "%", "->"),
    ],
)
def test_two_numbers(words: str, low: float, high: float, unit: str, comparator: str) -> None:
    expected = Quantity(range=(low, high), unit=unit, comparator=comparator)  # type: ignore[arg-type]
    assert parse_quantity(words) == expected


@pytest.mark.parametrize("words", ["P = 0.01", "p<0.05", "(P < 0.001)", "p-value of 0.03", "q = 0.2", "", "  ", "()"])
def test_significance_is_no_size(words: str) -> None:
    assert parse_quantity(words) is None


@pytest.mark.parametrize("words", ["slightly", "markedly", "strong"])
def test_vague_words_have_no_value(words: str) -> None:
    assert parse_quantity(words) == Quantity()


def test_several_fold_has_a_unit_and_no_value() -> None:
    assert parse_quantity("several-fold") == Quantity(unit="x")


@given(st.text(max_size=60))
def test_any_text_gives_a_size_or_none(words: str) -> None:
    size = parse_quantity(words)
    assert size is None or size.value is None or size.range is None


@given(st.integers(0, 10**6), st.sampled_from(["%", " percent", "-fold", " pg/ml"]))
def test_every_number_is_read(number: int, unit: str) -> None:
    size = parse_quantity(f"by {number}{unit}")
    assert size is not None
    assert size.value == number


@pytest.mark.parametrize(
    ("text", "words", "comparator", "value", "significant"),
    [
        ("fell (P = 0.01)", "P = 0.01", "", 0.01, None),
        ("fell (p<0.05)", "p<0.05", "<", 0.05, None),
        ("fell (p=.03)", "p=.03", "", 0.03, None),
        ("fell (P ≤ 0.001)", "P ≤ 0.001", "<=", 0.001, None),
        ("fell (P > 0.05, t test)", "P > 0.05", ">", 0.05, None),
        ("a p-value of 0.2", "p-value of 0.2", "", 0.2, None),
        ("P < 1 × 10-8", "P < 1 × 10-8", "<", 1e-8, None),
        ("p = 3.2e-5", "p = 3.2e-5", "", 3.2e-5, None),
        ("rose significantly", "significantly", "", None, True),
        ("a significant increase", "significant", "", None, True),
        ("was statistically significant", "statistically significant", "", None, True),
        ("not significantly higher", "not significantly", "", None, False),
        ("did not differ significantly", "not differ significantly", "", None, False),
        ("no significant difference", "no significant", "", None, False),
        ("fell (NS)", "NS", "", None, False),
        ("a nonsignificant rise", "nonsignificant", "", None, False),
    ],
)
def test_significance(text: str, words: str, comparator: str, value: float | None, significant: bool | None) -> None:
    found = SIGNIFICANCE.search(text)
    assert found
    assert found.group() == words
    said = parse_significance(found.group())
    assert said
    assert (said.comparator, said.value, said.significant) == (comparator, value, significant)


@pytest.mark.parametrize(
    "text",
    [
        "a significant role",
        "protein P 450",
        "grade P 2",
        "NS was infused",
        "rose by 5%",
        "great significance",
        "p53 = 2",
    ],
)
def test_no_significance(text: str) -> None:
    assert SIGNIFICANCE.search(text) is None


@pytest.mark.parametrize("words", ["", "by 5%", "markedly"])
def test_words_that_say_nothing_of_significance(words: str) -> None:
    assert parse_significance(words) is None


@given(st.text(max_size=60))
def test_significance_of_any_text_can_be_parsed(text: str) -> None:
    for found in SIGNIFICANCE.finditer(text):
        assert parse_significance(found.group()) is not None
