"""Tables for the terminal, for CI and for spreadsheets."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from rich.console import Console

from extract.scoring import Scores, read_gold, render, score, to_csv, to_markdown

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(read_gold(DATA / "gold.jsonl"), read_gold(DATA / "pred.jsonl"))


def shown(item: object, width: int = 80) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(item)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_terminal(scores: Scores) -> None:
    text = shown(render(scores))
    assert "Scores (9 documents)" in text
    between = "{:.3f}–{:.3f}".format(*scores.interval("findings.signed.f1") or ())
    signed = next(line for line in text.splitlines() if "signed" in line)
    assert [c.strip() for c in signed.strip("│ ").split("│")] == [
        "signed", "0.704", "0.792", "0.745", between, "24",
    ]  # fmt: skip
    assert "not-predicted" in text
    assert "signed by rule" not in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_terminal_details(scores: Scores) -> None:
    lines = shown(render(scores, details=True), 100).splitlines()
    rules = [line for line in lines if "/active" in line]
    assert any("feed/active" in line and "2/3" in line for line in rules)
    start = next(n for n, line in enumerate(lines) if "signed by rule" in line)
    assert "0.000" in lines[start], "the costliest rule comes first"


def test_rule_names_are_no_markup(scores: Scores) -> None:
    text = scores.to_json().replace("feed/active", "[bold]feed")
    assert "[bold]feed" in shown(render(Scores.from_json(text), details=True), 100)


def test_runs_side_by_side(scores: Scores) -> None:
    text = shown(render({"end to end": scores, "given mentions": scores}, title="dev"))
    assert "dev · end to end (9 documents)" in text
    assert "dev · given mentions (9 documents)" in text


def test_markdown(scores: Scores) -> None:
    text = to_markdown(scores, title="Quality")
    lines = text.splitlines()
    assert lines[0] == "### Quality (9 documents)"
    assert lines[2] == "| what | P | R | F1 | 95% of F1 | gold |"
    assert any(line.startswith("| **findings: signed** | 0.704 | 0.792 | 0.745 |") for line in lines)
    assert {line.count("|") for line in lines if line.startswith("|")} == {7}


def test_csv(scores: Scores) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv({"x": scores}))))
    assert [r["key"] for r in rows] == list(scores.keys)
    signed = next(r for r in rows if r["key"] == "findings.signed")
    assert (signed["run"], signed["tp"], signed["pred"], signed["gold"]) == ("x", "19", "27", "24")
    assert float(signed["f1_low"]) < float(signed["f1"]) < float(signed["f1_high"])
