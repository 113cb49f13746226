"""`immunolit rules ...`, with the real pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extract.cli import app

TEXT = "Exercise and health\n\nCortisol suppresses the secretion of IL-6. Insulin did not activate T cells.\n"


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["rules", *map(str, arguments)])


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["run", str(folder / "a.txt"), "-o", str(folder / "out"), "-q"])
    assert result.exit_code == 0, result.output
    return folder / "out" / "documents.jsonl"


def first_id(documents: Path) -> str:
    return str(json.loads(documents.read_text(encoding="utf-8").splitlines()[0])["findings"][0]["id"])


@pytest.mark.parametrize("command", ["test", "coverage", "explain"])
def test_every_command_has_an_example(command: str) -> None:
    result = invoke(command, "--help")
    assert result.exit_code == 0
    assert f"Example: immunolit rules {command}" in result.stdout
    assert "--json" in result.stdout


def test_examples_of_one_word() -> None:
    result = invoke("test", "--only", "frame symmetric")
    assert result.exit_code == 0, result.output
    assert "frame" in result.stdout
    data = json.loads(invoke("test", "--only", "frame symmetric", "--json").stdout)
    assert data["passed"] is True
    assert data["examples"] >= 4
    assert data["gone"] == []


def lists(folder: Path, known: str) -> Path:
    here = Path(__file__).parent / "grammar"
    (folder / "names.tsv").write_bytes((here / "names.tsv").read_bytes())
    (folder / "known_misread.txt").write_text(known, encoding="utf-8")
    return folder


def misread() -> str:
    text = (Path(__file__).parent / "grammar" / "known_misread.txt").read_text(encoding="utf-8")
    return next(x for x in text.splitlines() if x.startswith("trigger ") and "#" not in x)


def test_failures_are_shown_with_their_place_and_exit_code(tmp_path: Path) -> None:
    name = misread()
    result = invoke("test", "--only", name, "--lists", lists(tmp_path, ""))
    assert result.exit_code == 1
    assert name in result.stdout
    assert "grammar/triggers/" in result.stdout
    assert "problem" in result.stdout
    allowed = invoke("test", "--only", name, "--lists", lists(tmp_path, f"{name}\n"))
    assert allowed.exit_code == 0
    assert "problem" not in allowed.stdout
    assert "problem" in invoke("test", "--only", name, "--all", "--lists", tmp_path).stdout


def test_examples_that_come_right_are_told(tmp_path: Path) -> None:
    result = invoke("test", "--only", "frame transitive.cause", "--lists", lists(tmp_path, "frame transitive.cause\n"))
    assert result.exit_code == 0
    assert "come right" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "xyzzy"), "No example has 'xyzzy' in its id"),
        (("--only", "induce", "--write"), "--write needs all examples"),
        (("--lists", "nowhere"), "nowhere has no names.tsv"),
    ],
)
def test_wrong_usage_of_test(arguments: tuple[str, ...], said: str) -> None:
    result = invoke("test", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_coverage_of_what_was_found_is_whole(documents: Path) -> None:
    # What the pipeline found, taken for gold: all of it comes back right.
    data = json.loads(invoke("coverage", documents, "--mentions", "given", "--json").stdout)
    assert data["all"]["fired"] == data["all"]["right"] >= 2
    assert data["all"]["precision"] == 1.0
    assert data["all"]["interval"][1] == 1.0
    assert {row["wrong"] for row in data["rows"]} == {0}
    assert data["rows"][0]["right_example"]["sentence"] in TEXT


def test_coverage_as_a_table(documents: Path) -> None:
    result = invoke("coverage", documents, "--by", "frame", "--top", "1")
    assert result.exit_code == 0, result.output
    assert "95% interval" in result.stdout
    assert "transitive" in result.stdout
    assert "never fired" in result.stdout
    short = invoke("coverage", documents, "--by", "frame", "--no-examples", "--min", "99").stdout
    assert "transitive" not in short


@pytest.mark.parametrize("order", ["fired", "wrong", "precision", "name"])
def test_coverage_can_be_sorted(documents: Path, order: str) -> None:
    rows = json.loads(invoke("coverage", documents, "--sort", order, "--json").stdout)["rows"]
    assert rows
    if order == "name":
        assert [r["name"] for r in rows] == sorted(r["name"] for r in rows)


def test_coverage_of_a_missing_file() -> None:
    result = invoke("coverage", "nowhere.jsonl")
    assert result.exit_code == 3
    assert "nowhere.jsonl: cannot be read" in result.stderr


def test_explain_tells_the_path(documents: Path) -> None:
    result = invoke("explain", first_id(documents)[:9], "--in", documents)
    assert result.exit_code == 0, result.output
    for part in (
        "Sentence", "Mentions", "Parse", "Trigger", "grammar/triggers/", "Frame", "grammar/frames.yml:", "Subject",
        "Object", "place O", "Qualifiers", "Competing statements", "Confidence", "sum, in log-odds",
    ):  # fmt: skip
        assert part in result.stdout, part
    data = json.loads(invoke("explain", first_id(documents), "--in", documents, "--json").stdout)
    assert data["finding"] == first_id(documents)
    assert data["confidence"] == data["recorded"]


def test_explain_of_an_unknown_id(documents: Path) -> None:
    result = invoke("explain", "nope", "--in", documents)
    assert result.exit_code == 3
    assert "no finding 'nope'" in result.stderr


def test_explain_of_what_the_rules_do_not_find(documents: Path, tmp_path: Path) -> None:
    data = json.loads(documents.read_text(encoding="utf-8").splitlines()[0])
    data["findings"][0]["predicate"] = "increases"
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(data) + "\n", encoding="utf-8")
    result = invoke("explain", first_id(documents), "--in", path)
    assert result.exit_code == 1
    assert "Between the two they find: Cortisol decreases production of IL-6" in result.stderr
