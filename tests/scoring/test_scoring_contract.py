"""With greedy matching the numbers are those of the contract's own scorer, to the last digit."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from scoring_docs import by_id, document, finding, mention

from extract.errors import ConfigError
from extract.schema import CONTEXT_TYPES, CORE_TYPES, Document
from extract.scoring import Row, read_gold
from extract.scoring import score as optimal_score

DATA = Path(__file__).parent / "data"
score = partial(optimal_score, matching="greedy")
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def files() -> tuple[dict[str, Document], dict[str, Document]]:
    return read_gold(DATA / "gold.jsonl"), read_gold(DATA / "pred.jsonl")


@pytest.mark.parametrize(
    ("name", "types"), [("default", CORE_TYPES), ("context", CONTEXT_TYPES), ("some", ("CELL", "CYTOKINE"))]
)
def test_numbers_equal_the_stored_ones(files: Any, name: str, types: Any) -> None:
    scores = score(*files, types=types).to_dict()
    assert scores["mentions"] == EXPECTED[name]["mentions"]
    assert scores["findings"] == EXPECTED[name]["findings"]


def test_numbers_equal_with_gold_and_prediction_exchanged(files: Any) -> None:
    scores = score(files[1], files[0]).to_dict()
    assert scores["mentions"] == EXPECTED["reversed"]["mentions"]
    assert scores["findings"] == EXPECTED["reversed"]["findings"]


def test_context_types_stand_apart(files: Any) -> None:
    scores = score(*files).to_dict()
    assert scores["context_mentions"] == EXPECTED["context"]["mentions"]
    assert "PROCESS" not in scores["mentions"]["strict"]


def test_optimal_matching_differs_where_predictions_compete_and_nowhere_else(files: Any) -> None:
    greedy, optimal = score(*files), optimal_score(*files)
    differ = {k for k in greedy.keys if "/" not in k and greedy[k] != optimal[k]}
    assert differ == {"findings.pair"}
    assert optimal["findings.pair"].tp == greedy["findings.pair"].tp + 1
    assert not any("best overlap" in note for note in greedy.notes)
    explained = [note for note in optimal.notes if note.startswith("best overlap first (--matching greedy")]
    assert len(explained) == 1
    pair = [scores["findings.pair"].f1 for scores in (greedy, optimal)]
    assert f"findings.pair F1 {pair[0]:.4f} instead of {pair[1]:.4f}" in explained[0]
    assert "signed" not in explained[0]


def test_documents_on_one_side_only_are_named(files: Any) -> None:
    notes = score(*files).notes
    assert notes == (
        "1 document(s) without prediction, counted as empty: not-predicted",
        "1 document(s) predicted but not in the gold, left out: no-gold",
    )


def test_another_text_is_named() -> None:
    gold = document([mention("m1", "CELL", 1)])
    pred = gold.model_copy(update={"text": gold.text + " More."})
    assert "text differs" in score(by_id(gold), by_id(pred)).notes[0]


GOLD = document(
    [
        mention("t", "CELL", 1, 2),
        mention("lep", "HORMONE", 4, also=["CYTOKINE"]),
        mention("gene", "PROTEIN", 6, 7, also=["CYTOKINE"]),
        mention("maybe", "DISEASE", 9, optional=True),
    ],
    [
        finding("f1", "lep", "increases", "t", aspect="activity"),
        finding("f2", "lep", "associated_with", "t", direction="+"),
        finding("f3", "t", "decreases", "lep", derived=True),
    ],
)


@pytest.mark.parametrize(
    ("pred", "strict", "overlap"),
    [
        (mention("p", "CELL", 1, 2), (1, 1, 2), (1, 1, 2)),
        (mention("p", "CELL", 2, 3), (0, 1, 2), (1, 1, 2)),
        (mention("p", "CELL", 3), (0, 1, 2), (0, 1, 2)),
        (mention("p", "DISEASE", 1, 2), (0, 1, 2), (0, 1, 2)),
        (mention("p", "CYTOKINE", 4), (1, 1, 2), (1, 1, 2)),
        (mention("p", "CYTOKINE", 7), (0, 0, 2), (0, 0, 2)),  # the gene's product: neither right nor wrong
        (mention("p", "HORMONE", 7), (0, 1, 2), (0, 1, 2)),
        (mention("p", "CYTOKINE", 4, 7), (0, 1, 2), (1, 1, 2)),  # touches the gene, but leptin makes it right
        (mention("p", "DISEASE", 9, 10), (0, 0, 2), (0, 0, 2)),
        (mention("p", "PROTEIN", 1, 2), (0, 0, 2), (0, 0, 2)),  # context types are another block
    ],
)
def test_one_mention(pred: Any, strict: Any, overlap: Any) -> None:
    scores = score(by_id(GOLD), by_id(document([pred])))
    assert scores["mentions.strict.micro"] == Row(*strict)
    assert scores["mentions.overlap.micro"] == Row(*overlap)


@pytest.mark.parametrize(
    ("pred", "pair", "signed", "full"),
    [
        (("lep", "increases", "t", {"aspect": "activity"}), (1, 1, 2), (1, 1, 2), (1, 1, 2)),
        (("lep", "increases", "t", {"aspect": "growth"}), (1, 1, 2), (1, 1, 2), (0, 1, 2)),
        (("lep", "decreases", "t", {}), (1, 1, 2), (0, 1, 2), (0, 1, 2)),
        (("lep", "increases", "t", {"negated": True}), (1, 1, 2), (0, 1, 2), (0, 1, 2)),
        (
            ("t", "associated_with", "lep", {"direction": "+"}),
            (0, 0, 2),
            (1, 1, 2),
            (1, 1, 2),
        ),  # backwards: f3 is nearer as a pair
        (("t", "decreases", "lep", {}), (0, 0, 2), (0, 0, 2), (0, 0, 2)),  # the derived one
        (("t", "affects", "gene", {}), (0, 1, 2), (0, 1, 2), (0, 1, 2)),
        (("t", "affects", "gene", {"derived": True}), (0, 0, 2), (0, 0, 2), (0, 0, 2)),
        (
            ("lep", "increases", "t", {"aspect": "activity", "evidence": [40, 50]}),
            (1, 1, 2),
            (1, 1, 2),
            (1, 1, 2),
        ),
    ],
)
def test_one_finding(pred: Any, pair: Any, signed: Any, full: Any) -> None:
    subject, predicate, object_, more = pred
    mentions = [mention("lep", "HORMONE", 4), mention("t", "CELL", 2), mention("gene", "PROTEIN", 6)]
    scores = score(
        by_id(GOLD), by_id(document(mentions, [finding("q", subject, predicate, object_, **more)]))
    )
    for level, row in (("pair", pair), ("signed", signed), ("full", full)):
        assert scores[f"findings.{level}"] == Row(*row), level


def test_evidence_that_only_touches_is_another_sentence() -> None:
    first = document(GOLD_MENTIONS, [finding("f", "a", "increases", "b", evidence=[0, 30])])
    second = document(GOLD_MENTIONS, [finding("f", "a", "increases", "b", evidence=[30, 60])])
    assert score(by_id(first), by_id(second))["findings.pair"] == Row(0, 1, 1)


GOLD_MENTIONS = [mention("a", "CELL", 1, concept="CL:0000084"), mention("b", "CYTOKINE", 3)]


@pytest.mark.parametrize(
    ("subject", "right"),
    [
        (mention("a", "CELL", 8, concept="CL:0000084"), True),
        (mention("a", "CELL", 8, concept="CL:0000236"), False),
        (mention("a", "CELL", 8, text="W01S"), True),  # the same word in another number and case
        (mention("a", "CELL", 8), False),
    ],
)
def test_arguments_may_stand_elsewhere_under_the_same_name(subject: Any, right: bool) -> None:
    gold = document(GOLD_MENTIONS, [finding("f", "a", "increases", "b")])
    pred = document([subject, GOLD_MENTIONS[1]], [finding("f", "a", "increases", "b")])
    assert score(by_id(gold), by_id(pred))["findings.signed"].tp == right


def test_ties_go_to_the_first_in_the_file() -> None:
    gold = document([mention("a", "CELL", 1, 2), mention("b", "CELL", 4)])
    pred = document([mention("x", "CELL", 2, 4), mention("y", "CELL", 1)])
    # x shares as much with a as with b; taking a leaves nothing for y.
    assert score(by_id(gold), by_id(pred))["mentions.overlap.micro"].tp == 1
    assert optimal_score(by_id(gold), by_id(pred))["mentions.overlap.micro"].tp == 2


def test_wrong_options_are_refused() -> None:
    with pytest.raises(ConfigError, match="No mention types called VIRUS"):
        score({}, {}, types=["VIRUS"])  # type: ignore[list-item]
    with pytest.raises(ConfigError, match="No matching is called 'best'"):
        score({}, {}, matching="best")  # type: ignore[arg-type]


def test_nothing_at_all_scores_nothing() -> None:
    assert score({}, {}).headline == Row(0, 0, 0)
    assert score({}, {}).headline.f1 == 0.0
