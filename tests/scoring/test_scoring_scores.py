"""Intervals, comparison with a baseline, and storage."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.stats import bootstrap as scipy_bootstrap
from scoring_docs import by_id, document, finding, mention

from extract.errors import ConfigError, FormatError
from extract.schema import Document
from extract.scoring import Row, Scores, score

MENTIONS = [mention("a", "CELL", 1), mention("b", "CYTOKINE", 3), mention("c", "DISEASE", 5)]


def corpus(
    size: int, right: Callable[[int], bool], rule: str = "r"
) -> tuple[dict[str, Document], dict[str, Document]]:
    """Documents with two findings each; the second is predicted right where `right` says so."""
    gold, pred = [], []
    for n in range(size):
        stated = [finding("f1", "a", "increases", "b"), finding("f2", "a", "decreases", "c")]
        told = finding("f2", "a", "decreases" if right(n) else "increases", "c", rule=rule)
        genre = "news" if n % 2 else "blog"
        gold.append(document(MENTIONS, stated, f"d{n:03d}", genre))
        pred.append(document(MENTIONS, [{**stated[0], "rule": rule}, told], f"d{n:03d}", genre))
    return by_id(*gold), by_id(*pred)


def test_intervals_are_those_of_scipy() -> None:
    scores = score(*corpus(40, lambda n: n % 3 != 0), resamples=4000)
    column = scores.keys.index("findings.signed")
    tp, pred, gold = scores.counts[:, column].T

    def f1(a: Any, b: Any, c: Any, axis: int = -1) -> Any:
        return 2 * a.sum(axis=axis) / (b.sum(axis=axis) + c.sum(axis=axis))

    theirs = scipy_bootstrap(
        (tp, pred, gold), f1, paired=True, vectorized=True, method="percentile", n_resamples=4000,
        rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    ours = scores.interval("findings.signed.f1")
    assert ours is not None
    assert ours == pytest.approx((theirs.low, theirs.high), abs=0.01)
    assert ours[0] < scores.headline.f1 < ours[1]


def test_same_seed_same_interval_other_seed_another() -> None:
    files = corpus(30, lambda n: n % 3 != 0)
    spans = [score(*files, seed=s, resamples=25).interval("findings.signed.f1") for s in (1, 1, 2)]
    assert spans[0] == spans[1] != spans[2]


def test_no_interval_where_none_can_be_had() -> None:
    assert score(*corpus(1, lambda n: True)).interval("findings.signed.f1") is None
    assert score(*corpus(9, lambda n: True), resamples=0).interval("findings.signed.f1") is None
    scores = score(*corpus(9, lambda n: True))
    assert scores.interval("mentions.strict.HORMONE.f1") is None
    assert scores.interval("findings.signed.f1") == (1.0, 1.0)
    one_wrong = score(*corpus(9, lambda n: n != 4))
    assert one_wrong.interval("findings.signed/predicate=increases.r") == (1.0, 1.0)


def test_cuts() -> None:
    scores = score(*corpus(10, lambda n: n % 2 == 0))
    assert scores.cuts("findings.signed", "predicate") == {
        "increases": Row(10, 15, 10),
        "decreases": Row(5, 5, 10),
    }
    assert scores.cuts("findings.signed", "genre") == {"blog": Row(10, 10, 10), "news": Row(5, 10, 10)}
    # A rule's support is the whole level's: recall is the share that it finds.
    assert scores.cuts("findings.signed", "rule") == {"r": Row(15, 20, 20)}
    assert scores.cuts("findings.signed", "rule") == {"r": scores.headline}


def test_a_difference_beyond_chance() -> None:
    before = score(*corpus(40, lambda n: n % 3 == 0))
    after = score(*corpus(40, lambda n: n % 3 != 1))
    (change,) = after.compare(before, ["findings.signed.f1"])
    assert change.before == before.headline.f1
    assert change.after == after.headline.f1
    assert change.beyond_chance
    assert change.low is not None
    assert 0 < change.low < change.change
    (back,) = before.compare(after, ["findings.signed.f1"])
    assert back.change == -change.change


def test_a_difference_within_chance() -> None:
    before = score(*corpus(40, lambda n: n % 2 == 0))
    after = score(*corpus(40, lambda n: n % 2 == 1 or n == 0))
    (change,) = after.compare(before, ["findings.signed.p"])
    assert change.change > 0
    assert not change.beyond_chance


def test_pairing_tells_what_unpaired_intervals_hide() -> None:
    before = score(*corpus(40, lambda n: n % 3 == 0))
    after = score(*corpus(40, lambda n: n % 3 == 0 or n % 5 == 1))
    spans = [s.interval("findings.signed.f1") for s in (before, after)]
    assert spans[0] is not None
    assert spans[1] is not None
    assert spans[0][1] > spans[1][0], "the two intervals overlap"
    assert after.compare(before, ["findings.signed.f1"])[0].beyond_chance


def test_comparison_takes_shared_documents_only() -> None:
    gold, pred = corpus(20, lambda n: n % 2 == 0)
    half = score(dict(list(gold.items())[:10]), pred)
    (change,) = half.compare(score(gold, pred), ["findings.signed.f1"])
    assert change.before == change.after == half.headline.f1
    names = [d.metric for d in half.compare(score(gold, pred))]
    assert "findings.signed.f1" in names
    assert all("/" not in n for n in names)
    with pytest.raises(ConfigError, match="none is shared"):
        half.compare(score({}, {}), ["findings.signed.f1"])


def test_storage() -> None:
    scores = score(*corpus(12, lambda n: n % 2 == 0, rule="raise/by=x"))
    text = scores.to_json()
    again = Scores.from_json(text)
    assert again.to_json() == text
    assert again.cuts("findings.full", "rule") == scores.cuts("findings.full", "rule")
    data = json.loads(text)
    assert data["findings"]["signed"] == scores.headline.to_dict()
    assert data["intervals"]["values"]["findings.signed"]["f1"] == list(
        scores.interval("findings.signed.f1") or ()
    )
    assert data["breakdowns"]["findings"]["signed"]["rule"]["raise/by=x"]["pred"] == 24


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}'])
def test_other_files_are_no_scores(text: str) -> None:
    with pytest.raises(FormatError, match="no stored score"):
        Scores.from_json(text)


@pytest.mark.parametrize("metric", ["findings.signed", "f1", "findings.best.f1", "findings.signed.auc"])
def test_unknown_metrics(metric: str) -> None:
    with pytest.raises(ConfigError, match=r"Use one of|Write a score's name"):
        score(*corpus(2, lambda n: True)).value(metric)
