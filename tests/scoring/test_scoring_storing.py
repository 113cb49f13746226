"""Stored scores come back as they were, and what cannot be compared is refused or noted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_scoring_scores import corpus

from extract.errors import ConfigError, FormatError
from extract.scoring import Scores, read_scores, score, store
from extract.scoring.storing import require_comparable

GOOD = score(*corpus(12, lambda n: True), matching="optimal")
FAIR = score(*corpus(12, lambda n: n % 3 != 0), matching="optimal")


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_several_runs_come_back_by_name(tmp_path: Path) -> None:
    text = store({"end to end": FAIR, "given mentions": GOOD})
    back = read_scores(written(tmp_path / "s.json", text))
    assert list(back) == ["end to end", "given mentions"]
    for run, stored in zip((FAIR, GOOD), back.values(), strict=True):
        assert stored.keys == tuple(k for k in run.keys if "/rule=" not in k)
        for key in stored.keys:
            assert stored[key] == run[key]
            assert stored.interval(f"{key}.f1") == run.interval(f"{key}.f1")
        assert [d.change for d in run.compare(stored)] == [0.0] * len(run.compare(stored))
    assert store(back) == text


def test_one_run_stands_alone(tmp_path: Path) -> None:
    assert list(read_scores(written(tmp_path / "s.json", store({"": FAIR})))) == [""]
    assert list(read_scores(written(tmp_path / "t.json", FAIR.to_json()))) == [""]


def test_the_order_of_documents_makes_no_other_file() -> None:
    gold, pred = corpus(12, lambda n: n % 3 != 0)
    turned = score(dict(reversed(gold.items())), dict(reversed(pred.items())), matching="optimal")
    assert store({"": turned}) == store({"": FAIR})


def test_a_line_holds_one_key_of_one_document() -> None:
    lines = store({"": FAIR}).splitlines()
    assert sum('"findings.signed": [' in line for line in lines) == 12
    assert '   "findings.signed": [1, 2, 2],' in lines


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[]", "{}", "[1]", '{"a": 1}', '{"a": {"format": "other/1"}}', '{"format": null}']
)
def test_other_files_are_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError) as error:
        read_scores(written(tmp_path / "s.json", text))
    assert "s.json: cannot be read as scores" in str(error.value)
    assert "immunolit score --save" in str(error.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.json: cannot be read as scores \(No such file"):
        read_scores(tmp_path / "none.json")


def test_a_file_of_other_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(FormatError, match="cannot be read as scores"):
        read_scores(tmp_path / "s.json")


def test_a_broken_part_is_refused(tmp_path: Path) -> None:
    data = json.loads(store({"": FAIR}))
    data["per_document"] = {"d000": ["x"]}
    with pytest.raises(FormatError, match="no stored score"):
        read_scores(written(tmp_path / "s.json", json.dumps(data)))


def test_another_matching_cannot_be_compared() -> None:
    greedy = score(*corpus(12, lambda n: True), matching="greedy")
    with pytest.raises(ConfigError, match="with 'greedy' matching, this run with 'optimal'"):
        require_comparable(GOOD, greedy)
    assert require_comparable(GOOD, FAIR) == ()


def test_other_documents_and_other_gold_are_noted() -> None:
    more = score(*corpus(14, lambda n: True), matching="optimal")
    assert require_comparable(more, FAIR) == (
        "2 new since the baseline: changes are over the 12 documents in both",
    )
    assert require_comparable(FAIR, more)[0].startswith("2 gone since")
    gold, pred = corpus(12, lambda n: True)
    first = gold["d000"]
    changed = {**gold, "d000": first.model_copy(update={"findings": first.findings[:1]})}
    assert require_comparable(score(changed, pred, matching="optimal"), GOOD) == (
        "the gold of 1 document(s) changed since the baseline: d000",
    )


def test_only_some_keys() -> None:
    part = FAIR.where(lambda key: key.startswith("findings"))
    assert isinstance(part, Scores)
    assert all(key.startswith("findings") for key in part.keys)
    assert part.headline == FAIR.headline
    assert part.interval("findings.signed.p") == FAIR.interval("findings.signed.p")
