from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import extract
from extract.cli import app
from extract.cli_style import plain
from extract.errors import ConfigError, DocumentError, LexiconError
from extract.schema import Document
from jobs.fakes import FakeOpener

GOOD = "In the trained group, IL-6 raises cortisol in the blood after each of the long runs.\n"
COMMANDS = [["run"], ["score"], ["show"], ["lexicon", "find"]]


def invoke(*arguments: str | Path, **options: Any) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)


@pytest.fixture(autouse=True)
def _fake_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.jobs.job.PipelineOpener", lambda *_: FakeOpener())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "b.txt").write_text(f"Again: {GOOD}", encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command))
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    result = invoke(*command, "--help")
    assert result.exit_code == 0
    assert f"Example: immunolit {' '.join(command)} " in result.output


def test_examples_of_the_help_name_options_that_exist() -> None:
    for command in COMMANDS:
        output = invoke(*command, "--help").output
        example = next(line for line in output.splitlines() if "Example:" in line)
        for option in re.findall(r"(?<=\s)--?\w[\w-]*", example):
            assert re.search(rf"^\s+(?:-\w, )?{option}\b", output, re.MULTILINE), option


def test_version() -> None:
    assert invoke("--version").output == f"immunolit {extract.__version__}\n"


def test_help_does_not_wait_for_the_models() -> None:
    code = (
        "import sys; from extract.cli import app\n"
        "try: app(['run', '--help'])\n"
        "except SystemExit: pass\n"
        "slow = {'spacy', 'numpy', 'trafilatura', 'scipy', 'rich.table'} & set(sys.modules)\n"
        "sys.exit(f'imported: {sorted(slow)}' if slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_run_prints_findings_by_document_counts_and_files(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = invoke("run", folder, "-o", out)
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "a 1 finding IL-6 ▲ increases level of cortisol b 1 finding" in text
    assert "Texts 2 none refused" in text
    assert "Mentions 4 cytokine 2, hormone 2" in text
    assert "Findings 2 increases 2" in text
    for name in ("report.html", "findings.jsonl", "documents.jsonl", "manifest.json"):
        assert f"{out / name} " in result.stdout
        assert (out / name).exists()


def test_run_shows_the_first_findings_and_all_on_request(tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("In the blood the IL-6 raises the cortisol. " + "It raises it. " * 20)
    short = invoke("run", tmp_path / "many.txt", "-o", tmp_path / "out").stdout
    assert "… and 13 more (--all prints them)" in short
    everything = invoke("run", tmp_path / "many.txt", "-o", tmp_path / "out", "--all").stdout
    assert everything.count("increases level of") == 21


def test_run_exits_3_and_names_what_it_could_not_read(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("")
    result = invoke("run", folder, tmp_path / "missing.txt", "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "2 refused:" in result.stderr
    assert re.search(r"empty\.txt: .+\. .+\.", result.stderr)
    assert re.search(r"missing\.txt: .+\. .+\.", result.stderr)
    assert "Texts" in result.stdout


def test_run_reads_standard_input(tmp_path: Path) -> None:
    result = invoke("run", "-", "-o", tmp_path / "out", input=GOOD)
    assert result.exit_code == 0, result.output
    assert "IL-6" in result.stdout
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["inputs"][0]["name"] == "<stdin>"


def test_run_json_is_the_manifest_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    result = invoke("run", folder, "-o", tmp_path / "out", "--json")
    assert json.loads(result.stdout) == json.loads((tmp_path / "out" / "manifest.json").read_text())


def test_run_quiet_prints_nothing(folder: Path, tmp_path: Path) -> None:
    result = invoke("run", folder, "-o", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [["run"], ["run", "x"], ["run", "x", "-o", "y", "--workers", "0"],
     ["run", "x", "-o", "y", "--mentions", "all"],
     ["nothing"], ["show", " "]],
)  # fmt: skip
def test_wrong_usage_exits_2_without_a_traceback(arguments: list[str]) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("No pipeline x.", remedy="pip install x"), 2),
        (DocumentError("Broken."), 3),
        (LexiconError("No table."), 1),
    ],
)
def test_errors_for_people_go_to_stderr_with_their_remedy(
    error: Exception, code: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("extract.jobs.job.run", fail)
    result = invoke("run", folder, "-o", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr == f"Error: {error}\n"


def gold_file(path: Path) -> Path:
    done = FakeOpener()().annotate(Document(id="a", text=GOOD))
    path.write_text(done.model_dump_json() + "\n", encoding="utf-8")
    return path


def test_score_compares_two_files(tmp_path: Path) -> None:
    gold = gold_file(tmp_path / "gold.jsonl")
    pred = tmp_path / "pred.jsonl"
    data = json.loads(gold.read_text())
    pred.write_text(json.dumps({**data, "findings": []}) + "\n")
    whole = json.loads(invoke("score", gold, gold, "--json").stdout)
    assert whole["findings"]["signed"]["f1"] == 1.0
    part = json.loads(invoke("score", gold, pred, "--json").stdout)
    assert part["findings"]["signed"]["r"] == 0.0
    assert "signed" in invoke("score", gold, pred).stdout


def test_score_without_predictions_runs_the_pipeline_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int, int]] = []

    class Watching:
        def __init__(self, pipeline: str, config: Path | None, mentions: str) -> None:
            self.mentions = mentions

        def __call__(self) -> Watching:
            return self

        def annotate(self, document: Document) -> Document:
            seen.append((self.mentions, len(document.mentions), len(document.findings)))
            return FakeOpener()().annotate(document)

    monkeypatch.setattr("extract.cli_score.PipelineOpener", Watching)
    gold = gold_file(tmp_path / "gold.jsonl")
    result = invoke("score", gold)
    assert result.exit_code == 0, result.output
    # The pipeline never sees the gold's findings, and its mentions only where they are given.
    assert seen == [("find", 0, 0), ("given", 2, 0)]
    assert "end to end" in result.stdout
    assert "given mentions" in result.stdout
    assert result.stdout.count("signed") == 2
    assert result.stdout.count("mentions overlap") == 1
    assert set(json.loads(invoke("score", gold, "--json").stdout)) == {"end to end", "given mentions"}


def test_score_of_a_broken_file_exits_3_and_names_the_line(tmp_path: Path) -> None:
    gold = gold_file(tmp_path / "gold.jsonl")
    gold.write_text(gold.read_text() + "{broken\n")
    result = invoke("score", gold)
    assert result.exit_code == 3
    assert "line 2" in result.stderr


def test_text_of_documents_cannot_steer_the_terminal() -> None:
    assert str(plain("a\x1b[31mb\nc [bold]d[/bold]")) == "a\ufffd[31mb c [bold]d[/bold]"


def test_a_terminal_that_cannot_show_a_sign_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.cli import main

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    monkeypatch.setattr(sys, "argv", ["immunolit", "--version"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 0
    print("▲", flush=True)  # noqa: T201 - the point of the test
    assert raw.getvalue().endswith(b"?\n")


def test_importing_the_package_loads_no_models_and_names_are_found_on_use() -> None:
    code = "import sys, extract; assert 'spacy' not in sys.modules; assert extract.run.__name__ == 'run'"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert sorted(extract.__all__) == ["__version__", "load", "read", "run"]
    for name in extract.__all__:
        assert getattr(extract, name)
    with pytest.raises(AttributeError, match="nothing"):
        extract.nothing  # noqa: B018
