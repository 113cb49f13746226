"""Rules counted on gold: the counts are those of the score."""

from __future__ import annotations

from typing import Any

import pytest

from extract.relations.grammar import load_grammar
from extract.rules_kit.coverage import Row, coverage, part_of, wilson
from extract.schema import Document, Finding, Mention
from extract.scoring import GoldDocument, score

TEXT = "Insulin, leptin, IL-6 and IL-10 act on T cells."


def mention(key: str, word: str, kind: Any) -> Mention:
    at = TEXT.index(word)
    return Mention(id=key, type=kind, fragments=[(at, at + len(word))], text=word)


MENTIONS = [
    mention("i", "Insulin", "HORMONE"), mention("l", "leptin", "HORMONE"), mention("6", "IL-6", "CYTOKINE"),
    mention("10", "IL-10", "CYTOKINE"), mention("t", "T cells", "CELL"),
]  # fmt: skip


def finding(key: str, subject: str, predicate: Any, **more: Any) -> Finding:
    return Finding(
        id=key, subject=subject, predicate=predicate, object="t", aspect="activity", evidence=(0, len(TEXT)), **more
    )


GOLD = {
    "d": GoldDocument(
        id="d",
        text=TEXT,
        mentions=MENTIONS,
        findings=[
            finding("g1", "i", "increases"),
            finding("g2", "l", "decreases"),
            finding("g3", "6", "increases"),
        ],
        optional_findings=frozenset({"g3"}),
    )
}
PRED = {
    "d": Document(
        id="d",
        text=TEXT,
        mentions=MENTIONS,
        findings=[
            finding("p1", "i", "increases", rule="help/VERB/increases:transitive"),
            finding("p2", "l", "increases", rule="help/VERB/increases:transitive"),
            finding("p3", "6", "increases", rule="help/VERB/increases:causative"),
            finding("p4", "10", "decreases", rule="stop/VERB/decreases:transitive"),
        ],
    )
}


def counts(row: Row) -> tuple[str, int, int, int, int]:
    return row.name, row.fired, row.right, row.wrong, row.open


def test_by_rule() -> None:
    found = coverage(GOLD, PRED)
    assert [counts(r) for r in found.rows] == [
        ("help/VERB/increases:transitive", 2, 1, 1, 0),
        ("stop/VERB/decreases:transitive", 1, 0, 1, 0),
        ("help/VERB/increases:causative", 1, 0, 0, 1),
    ]
    assert counts(found.total) == ("all", 4, 1, 2, 1)
    assert found.silent == []


def test_by_frame_and_trigger() -> None:
    assert [counts(r) for r in coverage(GOLD, PRED, by="frame").rows] == [
        ("transitive", 3, 1, 2, 0),
        ("causative", 1, 0, 0, 1),
    ]
    assert [counts(r) for r in coverage(GOLD, PRED, by="trigger").rows] == [
        ("help/VERB/increases", 3, 1, 1, 1),
        ("stop/VERB/decreases", 1, 0, 1, 0),
    ]


def test_examples_say_what_the_gold_has() -> None:
    first, second, third = coverage(GOLD, PRED).rows
    assert first.right_example is not None
    assert first.right_example.finding == "Insulin | increases | T cells"
    assert first.right_example.sentence == TEXT
    assert first.wrong_example is not None
    assert first.wrong_example.finding == "leptin | increases | T cells"
    assert first.wrong_example.gold == "the gold has decreases"
    assert second.wrong_example is not None
    assert second.wrong_example.gold == "the gold does not relate the two"
    assert third.right_example is third.wrong_example is None


def test_the_sum_is_the_score() -> None:
    total = coverage(GOLD, PRED).total
    figures = score(GOLD, PRED, matching="optimal", resamples=10).to_dict()
    assert total.precision == pytest.approx(1 / 3)
    assert "0.333" in str(figures)


def test_what_never_fired_is_named() -> None:
    grammar = load_grammar()
    silent = coverage(GOLD, PRED, by="frame", grammar=grammar).silent
    assert "symmetric" in silent
    assert "transitive" not in silent
    assert coverage(GOLD, PRED, grammar=grammar).silent == []


def test_a_derived_finding_that_gold_lacks_is_left_open() -> None:
    derived = [f.model_copy(update={"derived": True}) for f in PRED["d"].findings]
    found = coverage(GOLD, {"d": PRED["d"].model_copy(update={"findings": derived})})
    assert counts(found.total) == ("all", 4, 1, 0, 3)


def test_documents_without_prediction_are_passed_over() -> None:
    assert counts(coverage(GOLD, {}).total) == ("all", 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("right", "counted", "low", "high"),
    # Newcombe, Stat Med 17:857 (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_interval(right: int, counted: int, low: float, high: float) -> None:
    found = wilson(right, counted)
    assert found is not None
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_no_interval_of_nothing() -> None:
    assert wilson(0, 0) is None
    assert Row("x", open=2).to_dict()["precision"] is None


def test_parts_of_a_rule() -> None:
    assert part_of("a/VERB/increases:b.c", "rule") == "a/VERB/increases:b.c"
    assert part_of("a/VERB/increases:b.c", "trigger") == "a/VERB/increases"
    assert part_of("a/VERB/increases:b.c", "frame") == "b.c"
    assert part_of("", "rule") == part_of("", "frame") == "(no rule)"
