"""Names that are spelt like a known one."""

from __future__ import annotations

import pytest

from extract.entities.similar import NameIndex

NAMES = [
    ("rheumatoid arthritis", "X:1"),
    ("psoriatic arthritis", "X:2"),
    ("type 1 diabetes mellitus", "X:3"),
    ("type 2 diabetes mellitus", "X:4"),
    ("Hodgkin lymphoma", "X:5"),
    ("non-Hodgkin lymphoma", "X:6"),
    ("interferon alpha deficiency", "X:7"),
    ("interferon gamma deficiency", "X:8"),
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(NAMES)


@pytest.mark.parametrize(
    ("asked", "concept"),
    [
        ("rheumatoid arthritis", "X:1"),
        ("arthritis, rheumatoid", "X:1"),
        ("rheumatoidal arthritis", "X:1"),
        ("diabetes mellitus type 2", "X:4"),
        ("diabetes mellitus (type 1)", "X:3"),
        ("Hodgkins lymphoma", "X:5"),
        ("nonHodgkin lymphoma", ""),
        ("non Hodgkin's lymphoma", "X:6"),
        ("interferon-γ deficiency", "X:8"),
        ("interferon-α deficiency", "X:7"),
        ("type 3 diabetes mellitus", ""),
        ("interferon beta deficiency", ""),
        ("migraine", ""),
        ("psoriatic or rheumatoid arthritis", ""),
        ("hyperthyroid arthritis", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_the_nearest_name_that_differs_in_nothing_telling(index: NameIndex, asked: str, concept: str) -> None:
    found = index.find(asked, 0.6)
    assert (found[0].concept if found else "") == concept


def test_scores_are_cosines(index: NameIndex) -> None:
    assert index.find("psoriatic arthritis")[0].score == pytest.approx(1.0)
    scores = [s.score for s in index.find("arthritis")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < s < 1 for s in scores)


def test_no_names_no_answer() -> None:
    assert NameIndex([]).find("asthma") == []
    assert NameIndex([("asthma", "X:9")]).find("asthma")[0].concept == "X:9"
