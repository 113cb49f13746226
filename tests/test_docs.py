"""What the documentation says is true: commands run, outputs are current, links lead somewhere."""

from __future__ import annotations

import difflib
import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.readers.registry import suffixes
from extract.schema import ASPECTS, MENTION_TYPES, PREDICATES
from extract.scoring.check import check

ROOT = Path(__file__).resolve().parents[1]
# "articles" are texts to be read by the program, not by people who look for help.
SKIP = {".venv", ".git", "build", "dist", ".cache", ".pytest_cache", ".hypothesis", "tests", "articles"}
PAGES = sorted(p for p in ROOT.rglob("*.md") if not SKIP & set(p.relative_to(ROOT).parts))
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Times differ from run to run, sizes with the version's name.
UNSTEADY = re.compile(r"in \d[\d,.]* s\b|\s+\d[\d,]* kB")


def load(path: str) -> ModuleType:
    name = Path(path).stem
    spec = importlib.util.spec_from_file_location(name, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_readme_shows_what_its_commands_print() -> None:
    fresh = load("scripts/make_readme.py").refreshed(README)
    stored, made = (UNSTEADY.sub("~", text).splitlines() for text in (README, fresh))
    difference = "\n".join(difflib.unified_diff(stored, made, "README.md", "what comes out now", lineterm="", n=1))
    assert not difference, f"run python scripts/make_readme.py\n{difference}"


def test_readme_has_no_block_without_output() -> None:
    for block in blocks(README, "console"):
        commands = [line for line in block.splitlines() if line.startswith("$ ")]
        assert commands
        assert len(block.splitlines()) > len(commands), block
    assert all(block.strip() for block in blocks(README, "text"))


def test_command_line_page_is_current() -> None:
    script = load("scripts/make_cli_docs.py")
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), "run python scripts/make_cli_docs.py"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?://|#|mailto:", target):
            assert (page.parent / target.partition("#")[0]).exists(), f"{name_of(page)}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_name_scripts_and_options_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shell = "\n".join(blocks(text, "sh"))
    for target in re.findall(r"\bmake ([a-z]+)", "\n".join(re.findall(r"`[^`\n]+`", text)) + shell):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{name_of(page)}: make {target}"
    for script, arguments in re.findall(r"\bpython ((?:scripts|benchmarks)/\w+\.py)([^`\n]*)", text):
        source = (ROOT / script).read_text(encoding="utf-8")
        for option in re.findall(r"(?<!\S)--[a-z-]+", arguments):
            assert f'"{option}"' in source, f"{name_of(page)}: {script} {option}"


def test_make_run_is_the_command_that_the_readme_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^run:.*\n\t(.+)", makefile, re.MULTILINE)
    assert recipe is not None
    assert recipe[1] == "$(BIN)/" + load("scripts/make_readme.py").MAKE_RUN


def test_readme_names_every_component_and_input_format() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for factory in project["entry-points"]["spacy_factories"]:
        assert f"| `{factory}` |" in README
    for suffix in (".txt", ".md", ".html", ".jsonl"):
        assert f"`{suffix}`" in README
        assert suffix in suffixes()


def test_label_definitions_name_the_whole_vocabulary() -> None:
    page = (ROOT / "docs" / "annotation.md").read_text(encoding="utf-8")
    missing = [word for word in (*MENTION_TYPES, *PREDICATES, *ASPECTS) if f"`{word}`" not in page]
    assert missing == []


def test_example_of_the_gold_format_is_valid(tmp_path: Path) -> None:
    (example,) = blocks((ROOT / "docs" / "annotation.md").read_text(encoding="utf-8"), "json")
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(json.loads(example)) + "\n", encoding="utf-8")
    assert [str(problem) for problem in check(file)] == []


def test_picture_is_there_and_small() -> None:
    data = (ROOT / "docs" / "report.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < 400_000


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two documents in the gold format, numbered 2 and 10."""
    (example,) = blocks((ROOT / "docs" / "annotation.md").read_text(encoding="utf-8"), "json")
    file = tmp_path / "gold.jsonl"
    rows = [{**json.loads(example), "id": f"text-{n}"} for n in (2, 10)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def benchmark(
    name: str, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.setattr(sys, "argv", [name, *arguments, "--json"])
    load(f"benchmarks/{name}.py").main()
    return json.loads(capsys.readouterr().out)


def test_findings_benchmark(gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(gold), "--group", "last=text-3..text-12", "--resamples", "10"]
    report = benchmark("findings", arguments, monkeypatch, capsys)
    assert {name: part["documents"] for name, part in report["groups"].items()} == {"all": 2, "last": 1}
    assert report["groups"]["all"]["core mentions, overlap"]["gold"] == 4
    assert report["groups"]["all"]["findings, signed, given mentions"]["gold"] == 2
    assert set(report["words_per_second"]) == {
        "tokens, sections, sentences", "entities", "parse", "relations", "all stages",
    }  # fmt: skip
    assert min(report["words_per_second"].values()) > 0


def test_findings_benchmark_sets_documents_aside(
    gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = benchmark("findings", [str(gold), "--leave-out", "3:1"], monkeypatch, capsys)
    assert report["groups"]["all"]["documents"] == 1, "10 leaves 1 when divided by 3"


def test_entities_benchmark(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Macrophages and HeLa cells. " * 25
    rows = []
    for n in range(25):
        at = 28 * n
        rows.append({"start": at, "end": at + 11, "label": "CELL"})
        rows.append({"start": at + 16, "end": at + 26, "label": "CELL_LINE"})
    corpus = {"id": "2", "text": text, "entities": rows}
    (tmp_path / "small.ner.jsonl").write_text(json.dumps(corpus) + "\n", encoding="utf-8")
    report = benchmark("entities", [str(tmp_path), str(gold)], monkeypatch, capsys)
    cells = {row["system"]: row for row in report if row["corpus"] == "small"}
    assert set(cells) >= {"pipeline", "dictionary"}
    assert cells["pipeline"]["gold"] == 25, "cell lines need not be found"
    assert (cells["pipeline"]["p"], cells["pipeline"]["r"]) == (1.0, 1.0), "nor are they wrong"
    assert not [row for row in report if row["corpus"] == "gold"], "too few mentions of any type"
