"""What must hold of any gold and any prediction."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_docs import gold_and_pred, read, shuffled

from extract.schema import Document
from extract.scoring import Row, Scores, score
from extract.scoring.matching import overlaps
from extract.scoring.reading import optional_ids

FEW = settings(max_examples=40, deadline=None, derandomize=True)
SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda t: (t[0], t[0] + t[1])), max_size=2
)


def plain(scores: Scores) -> dict[str, Any]:
    data = scores.to_dict()
    return {k: v for k, v in data.items() if k != "notes"}


@FEW
@given(gold_and_pred(), st.integers(0, 99))
def test_order_and_ids_change_nothing(files: Any, seed: int) -> None:
    gold, pred = files
    one = score(read(gold), read(pred), matching="optimal", resamples=20)
    other = score(
        read(shuffled(gold, seed)), read(shuffled(pred, seed + 1)), matching="optimal", resamples=20
    )
    assert one.to_json() == other.to_json()


@FEW
@given(gold_and_pred())
def test_order_of_documents_changes_nothing_in_greedy_matching_either(files: Any) -> None:
    gold, pred = files
    one = score(read(gold), read(pred), resamples=20)
    assert score(read(gold[::-1]), read(pred[::-1]), resamples=20).to_json() == one.to_json()


@FEW
@given(gold_and_pred())
def test_names_of_documents_do_not_move_the_intervals(files: Any) -> None:
    gold, pred = files
    names = {d["id"]: f"z{-n}" for n, d in enumerate(gold)}
    renamed = [[{**d, "id": names[d["id"]]} for d in side] for side in (gold, pred)]
    one, other = (score(read(g), read(p), resamples=20).to_dict() for g, p in (files, renamed))
    assert one["intervals"] == other["intervals"]


@FEW
@given(gold_and_pred())
def test_perfect_prediction_gives_one(files: Any) -> None:
    gold = read(files[0])
    for matching in ("greedy", "optimal"):
        scores = score(gold, gold, matching=matching, resamples=0)  # type: ignore[arg-type]
        for key in (k for k in scores.keys if "/" not in k):
            row = scores[key]
            assert row.tp == row.gold, key
            # By the contract an optional name inside one that has to be found may count as wrong.
            if key.startswith("findings.") or not any(optional_ids(d)[0] for d in gold.values()):
                assert row.pred == row.gold, key


@FEW
@given(gold_and_pred())
def test_empty_prediction_gives_no_recall(files: Any) -> None:
    gold = read(files[0])
    empty = {i: Document(id=i, text=d.text) for i, d in gold.items()}
    scores = score(gold, empty, resamples=0)
    assert all(scores[k].tp == 0 and scores[k].pred == 0 and scores[k].r == 0 for k in scores.keys)
    assert score(gold, {}, resamples=0).to_dict()["findings"] == scores.to_dict()["findings"]


@FEW
@given(gold_and_pred(), st.booleans(), st.integers(0, 2))
def test_a_spurious_finding_never_raises_precision(files: Any, first: bool, which: int) -> None:
    gold, pred = files
    doc = pred[which % len(pred)]
    before = {m: score(read(gold), read(pred), matching=m, resamples=0) for m in ("greedy", "optimal")}
    lone = {
        "id": "lone",
        "type": "CELL",
        "fragments": [[95, 96]],
    }  # the full stop, where no gold mention lies
    spurious = {"id": "new", "subject": "lone", "predicate": "increases", "object": "lone", "aspect": "level"}
    spurious["evidence"] = [0, 96]  # type: ignore[assignment]
    changed = {**doc, "mentions": [*doc["mentions"], lone]}
    changed["findings"] = [spurious, *doc["findings"]] if first else [*doc["findings"], spurious]
    after = [changed if d is doc else d for d in pred]
    for matching, scores in before.items():
        now = score(read(gold), read(after), matching=matching, resamples=0)  # type: ignore[arg-type]
        for level in ("pair", "signed", "full"):
            old, new = scores[f"findings.{level}"], now[f"findings.{level}"]
            assert (new.tp, new.pred, new.gold) == (old.tp, old.pred + 1, old.gold)
            assert new.p <= old.p


@FEW
@given(gold_and_pred())
def test_optimal_matching_never_finds_less(files: Any) -> None:
    gold, pred = (read(x) for x in files)
    greedy, optimal = (score(gold, pred, matching=m, resamples=0) for m in ("greedy", "optimal"))  # type: ignore[arg-type]
    for key in (
        k for k in greedy.keys if "/" not in k and k.rpartition(".")[2] in ("micro", "pair", "signed", "full")
    ):
        assert optimal[key].tp >= greedy[key].tp
        assert optimal[key].gold == greedy[key].gold


@FEW
@given(gold_and_pred())
def test_each_level_asks_for_more(files: Any) -> None:
    scores = score(*(read(x) for x in files), matching="optimal", resamples=0)
    assert scores["mentions.strict.micro"].tp <= scores["mentions.overlap.micro"].tp
    assert scores["findings.full"].tp <= scores["findings.signed"].tp <= scores["findings.pair"].tp


@FEW
@given(gold_and_pred())
def test_parts_add_up_to_the_whole(files: Any) -> None:
    scores = score(*(read(x) for x in files), resamples=0)
    for level in ("pair", "signed", "full"):
        key = f"findings.{level}"
        for cut in ("predicate", "aspect", "negated", "certainty", "genre"):
            rows = list(scores.cuts(key, cut).values())
            total = Row(sum(r.tp for r in rows), sum(r.pred for r in rows), sum(r.gold for r in rows))
            assert total == scores[key], cut
    for mode in ("strict", "overlap"):
        rows = [scores[f"mentions.{mode}.{kind}"] for kind in scores.types]
        total = Row(sum(r.tp for r in rows), sum(r.pred for r in rows), sum(r.gold for r in rows))
        assert total == scores[f"mentions.{mode}.micro"]


@FEW
@given(gold_and_pred())
def test_json_reads_back(files: Any) -> None:
    scores = score(*(read(x) for x in files), resamples=20)
    assert Scores.from_json(scores.to_json()).to_json() == scores.to_json()


@FEW
@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=6))
def test_the_sweep_finds_each_shared_character(left: Any, right: Any) -> None:
    slow = {
        (i, j): sum(max(0, min(b, y) - max(a, x)) for a, b in one for x, y in other)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
    }
    assert overlaps(left, right) == {pair: n for pair, n in slow.items() if n}


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffling_keeps_content(seed: int) -> None:
    raw = [{"id": "d", "mentions": [], "findings": []}]
    assert shuffled(raw, seed) == raw
