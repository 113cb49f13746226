"""The file check names each fault with line and remedy, and is silent on good gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scoring_docs import finding, mention

from extract.scoring import read_gold, stats
from extract.scoring.check import check

DATA = Path(__file__).parent / "data"
TEXT = "The mast cells of mice made 5 pg of IL-4 and IL-13. Cells rested at night, unlike histamine."


def named(name: str, kind: str, words: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    fragments = [[start, start + len(words)]]
    return {"id": name, "type": kind, "fragments": fragments, "text": words, **more}


MAST = named("m1", "CELL", "mast cells", concept="CL:0000097")
IL4 = named("m2", "CYTOKINE", "IL-4")
MICE = named("m3", "ORGANISM", "mice")
NIGHT = named("m4", "PROCESS", "night")
MADE = finding("f1", "m1", "produces", "m2", evidence=[0, 51], context=["m3"], aspect="production")


def run(path: Path, mentions: list[Any], findings: list[Any]) -> list[Any]:
    doc = {"id": "d", "text": TEXT, "mentions": mentions, "findings": findings}
    path.write_text("\n" + json.dumps(doc) + "\n", encoding="utf-8")
    return check(path)


def test_good_gold_has_no_problems(tmp_path: Path) -> None:
    assert run(tmp_path / "gold.jsonl", [MAST, IL4, MICE, NIGHT], [MADE]) == []
    assert check(DATA / "gold.jsonl") == []


@pytest.mark.parametrize(
    ("more", "message", "severity"),
    [
        (named("x", "CELL", "mast", text="Mast"), "has the text 'Mast' but its offsets give 'mast'", "error"),
        (named("x", "CELL", " mast"), "blank edge in ' mast'", "error"),
        (named("x", "CELL", "mast "), "blank edge in 'mast '", "error"),
        (named("x", "CELL", "mast cell"), "'mast cell' cuts a word", "warning"),
        (named("x", "CYTOKINE", "amine"), "'amine' cuts a word", "warning"),
        (named("x", "CELL", "mast cells"), "mentions 'm1' and 'x' are the same: CELL 'mast cells'", "error"),
        (named("x", "CELL", "The mast cells"), "begins with a word that is no part of a name", "warning"),
        (named("x", "CELL", "Cells"), "bare 'Cells' is not generic", "warning"),
        (named("x", "CYTOKINE", "IL-13", also=["CYTOKINE"]), "CYTOKINE stands in 'also' too", "error"),
        (named("x", "CYTOKINE", "IL-13", concept="IL13"), "concept 'IL13' is no CURIE", "error"),
        (
            {"id": "x", "type": "CELL", "fragments": [[9, 14], [4, 8]], "text": "cells … mast"},
            "fragments [(9, 14), (4, 8)] overlap or are not sorted",
            "error",
        ),
    ],
)
def test_mentions(tmp_path: Path, more: Any, message: str, severity: str) -> None:
    problems = run(tmp_path / "gold.jsonl", [MAST, IL4, MICE, more], [MADE])
    assert [p.severity for p in problems] == [severity], problems
    assert message in problems[0].message
    assert problems[0].line == 2
    assert problems[0].remedy


@pytest.mark.parametrize("good", [named("x", "CELL", "Cells", generic=True), named("x", "CYTOKINE", "IL-13")])
def test_mentions_that_are_right(tmp_path: Path, good: Any) -> None:
    assert run(tmp_path / "gold.jsonl", [MAST, IL4, MICE, good], [MADE]) == []


@pytest.mark.parametrize(
    ("more", "message", "severity"),
    [
        ({**MADE, "id": "f2"}, "findings 'f1' and 'f2' say the same", "error"),
        ({**MADE, "id": "f2", "subject": "m3", "object": "m4"}, "no core type in it", "error"),
        ({**MADE, "id": "f2", "object": "m1"}, "subject and object are one mention", "error"),
        ({**MADE, "id": "f2", "negated": True, "context": ["m4"]}, "context 'night' is PROCESS", "warning"),
        ({**MADE, "id": "f2", "negated": True, "direction": "+"}, "direction '+' on produces", "warning"),
        ({**MADE, "id": "f2", "evidence": [0, 52]}, "blank edge of the evidence", "warning"),
        (
            {**MADE, "id": "f2", "negated": True, "quantity": [60, 64]},
            "quantity [60, 64] lies outside",
            "error",
        ),
        ({**MADE, "id": "f2", "evidence": [0, 3]}, "both come after the evidence", "warning"),
        ({**MADE, "id": "f2", "evidence": [0, 900]}, "evidence has offsets [0, 900]", "error"),
        ({**MADE, "id": "f2", "object": "m9"}, "object 'm9' is no mention", "error"),
    ],
)
def test_findings(tmp_path: Path, more: Any, message: str, severity: str) -> None:
    problems = run(tmp_path / "gold.jsonl", [MAST, IL4, MICE, NIGHT], [MADE, more])
    assert [p.severity for p in problems] == [severity], problems
    assert message in problems[0].message


def test_every_line_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    doc = {"id": "d", "text": TEXT, "mentions": [mention("m", "VIRUS", 0)], "findings": [{"id": "f"}]}
    good = json.dumps({"id": "d", "text": TEXT})
    path.write_text("\n".join(["{", json.dumps(doc), good, good]), encoding="utf-8")
    problems = check(path)
    assert [p.line for p in problems] == [1, 2, 2, 2, 2, 2, 2, 4]
    assert "stands already in line 3" in problems[-1].message
    assert str(problems[0]).startswith(f"{path}, line 1: error: not valid JSON")


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("\n", encoding="utf-8")
    assert [p.message for p in check(tmp_path / "gold.jsonl")] == ["no document in the file"]


def test_stats() -> None:
    counts = stats(DATA / "gold.jsonl")
    assert (counts.documents, counts.mentions, counts.findings) == (9, 45, 27)
    assert counts.predicates == {
        "increases": 6,
        "decreases": 10,
        "affects": 3,
        "produces": 4,
        "associated_with": 4,
    }
    assert sum(counts.types.values()) == 45
    assert counts.qualifiers["optional findings"] == 2
    assert counts.qualifiers["fragmented"] == 2
    assert counts.to_dict()["findings_per_1000_words"] == round(27000 / counts.words, 1)
    assert counts.words == sum(len(d.text.split()) for d in read_gold(DATA / "gold.jsonl").values())
