from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extract.cli import app
from extract.schema import Document
from jobs.fakes import IDENTITY, FakeOpener

TEXT = "In the trained group, IL-6 raises cortisol in the blood."


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", *(str(argument) for argument in arguments)])


def line(**more: Any) -> str:
    return json.dumps({"id": "d1", "text": TEXT, "mentions": [], "findings": [], **more}) + "\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    start, end = TEXT.index("IL-6"), TEXT.index("cortisol")
    mentions = [
        {"id": "m1", "type": "CYTOKINE", "fragments": [[start, start + 4]]},
        {"id": "m2", "type": "HORMONE", "fragments": [[end, end + 8]]},
    ]
    finding = {"id": "f1", "subject": "m1", "predicate": "increases", "object": "m2", "aspect": "level"}
    path = tmp_path / "gold.jsonl"
    path.write_text(line(mentions=mentions, findings=[{**finding, "evidence": [0, len(TEXT)]}]), encoding="utf-8")
    return path


def test_help_has_an_example() -> None:
    result = invoke("--help")
    assert result.exit_code == 0
    assert "Example: immunolit report " in result.output
    assert "--out" in result.output


def test_two_files_make_a_page(gold: Path, tmp_path: Path) -> None:
    pred, out = tmp_path / "found.jsonl", tmp_path / "page.html"
    pred.write_text(line(), encoding="utf-8")
    result = invoke(gold, pred, "-o", out)
    assert result.exit_code == 0, result.output
    assert str(out) in result.stdout
    assert "F1 of signed findings 0.000" in result.stdout
    html = out.read_text(encoding="utf-8")
    assert "found.jsonl against gold.jsonl" in html
    # Paths of the machine are nobody's business.
    assert str(tmp_path) not in html
    assert sorted(path.name for path in tmp_path.iterdir()) == ["found.jsonl", "gold.jsonl", "page.html"]


def test_a_run_s_folder_stands_for_its_documents(gold: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "run1", tmp_path / "page.html"
    folder.mkdir()
    (folder / "documents.jsonl").write_text(gold.read_text(encoding="utf-8"), encoding="utf-8")
    result = invoke(gold, folder, "-o", out)
    assert "F1 of signed findings 1.000" in result.stdout, result.output
    assert "run1/documents.jsonl against gold.jsonl" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["documents.jsonl", "pred.jsonl"])
def test_a_folder_with_gold_and_predictions_is_enough(gold: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(line(), encoding="utf-8")
    out = tmp_path / "page.html"
    result = invoke(tmp_path, "-o", out)
    assert "F1 of signed findings 0.000" in result.stdout, result.output
    assert out.exists()


def test_without_predictions_the_pipeline_runs_with_and_without_the_given_mentions(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int, int]] = []

    class Watching:
        def __init__(self, pipeline: str, config: Path | None, mentions: str) -> None:
            self.mentions = mentions

        def __call__(self) -> Watching:
            return self

        def identity(self) -> dict[str, str]:
            return IDENTITY

        def annotate(self, document: Document) -> Document:
            seen.append((self.mentions, len(document.mentions), len(document.findings)))
            return FakeOpener()().annotate(document)

    monkeypatch.setattr("extract.cli_report.PipelineOpener", Watching)
    out = tmp_path / "page.html"
    result = invoke(gold, "-o", out)
    assert result.exit_code == 0, result.output
    assert seen == [("find", 0, 0), ("given", 2, 0)]
    html = out.read_text(encoding="utf-8")
    assert "the pipeline against gold.jsonl" in html
    assert "lexicon L1" in html
    assert "with the gold's mentions given" in html or "with the gold&#39;s mentions given" in html


def test_folders_without_the_files_are_refused_with_what_to_do(gold: Path, tmp_path: Path) -> None:
    empty, out = tmp_path / "empty", tmp_path / "page.html"
    empty.mkdir()
    for arguments, name in (((empty,), "gold.jsonl"), ((gold, empty), "documents.jsonl")):
        result = invoke(*arguments, "-o", out)
        assert result.exit_code == 2
        assert name in result.stderr
        assert str(empty) in result.stderr
    assert not out.exists()


def test_predictions_of_other_documents_are_refused(gold: Path, tmp_path: Path) -> None:
    pred = tmp_path / "found.jsonl"
    pred.write_text(line(id="other"), encoding="utf-8")
    result = invoke(gold, pred, "-o", tmp_path / "page.html")
    assert result.exit_code == 2
    assert "no document in common" in result.stderr


def test_predictions_of_nothing_are_not(gold: Path, tmp_path: Path) -> None:
    pred = tmp_path / "found.jsonl"
    pred.write_text("", encoding="utf-8")
    assert invoke(gold, pred, "-o", tmp_path / "page.html").exit_code == 0


def test_a_broken_file_exits_3_and_names_the_line(gold: Path, tmp_path: Path) -> None:
    pred = tmp_path / "found.jsonl"
    pred.write_text(line() + "{broken\n", encoding="utf-8")
    result = invoke(gold, pred, "-o", tmp_path / "page.html")
    assert result.exit_code == 3
    assert "line 2" in result.stderr


def test_a_place_that_cannot_be_written_to_exits_2(gold: Path, tmp_path: Path) -> None:
    result = invoke(gold, gold, "-o", tmp_path / "missing" / "page.html")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_missing_packages_are_told_before_the_pipeline_runs(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.setattr("extract.cli_report.read_gold", lambda *_, **__: pytest.fail("read too early"))
    result = invoke(gold, "-o", tmp_path / "page.html")
    assert result.exit_code == 2
    assert 'pip install "immunolit[report]"' in result.stderr
