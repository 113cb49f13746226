"""Names made of an everyday word and what it is about (data/phrases.tsv)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.entities.data import table
from extract.schema import MENTION_TYPES

Spans = Callable[[str], list[str]]

CASES = [
    ("Loss of appetite came first.", ["DISEASE Loss of appetite"]),
    ("A loss of muscle followed.", ["DISEASE loss of muscle", "TISSUE muscle"]),
    ("She had sore muscle for a week.", ["DISEASE sore muscle", "TISSUE muscle"]),
    ("Uptake of rapamycin rose.", ["PROCESS Uptake of rapamycin", "CHEMICAL rapamycin"]),
    ("Resistance to asthma is rare.", ["PROCESS Resistance to asthma", "DISEASE asthma"]),
    ("It lifts a low mood.", ["DISEASE low mood"]),
    # another thing, another sentence, a longer name, only a part of a word
    ("Loss of IL-6 was fatal.", ["CYTOKINE IL-6"]),
    ("The loss of appetites differs.", []),
    ("It was a loss. Muscle grew.", ["TISSUE Muscle"]),
    ("A sore STAT3.", ["PROTEIN STAT3"]),
    ("Swelling of the breast cancer went down.", ["DISEASE breast cancer"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_phrases(every: Spans, text: str, expected: list[str]) -> None:
    assert every(text) == expected


def test_the_table_names_types_and_words() -> None:
    for kind, begin, preposition, after in table("phrases", 4):
        assert kind in MENTION_TYPES
        assert begin == begin.lower()
        assert preposition in ("of", "to", "-")
        assert all(part in MENTION_TYPES or part == part.lower() for part in after.split("|"))
