"""The gate of this repository: a rule with its sign turned over makes it red, an unchanged one never does.

Both are held against a baseline made here, so that they stay true while quality/baseline.json is being renewed. Texts
are parsed once; only the relation stage runs again with the other grammar.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extract.cli import app
from extract.jobs.annotators import MentionMode
from extract.pipeline import annotate, load
from extract.relations.extractor import RelationExtractor
from extract.relations.grammar import GRAMMAR_DIR, load_grammar
from extract.schema import Document, Finding
from extract.scoring import read_gate, read_gold, read_scores
from extract.scoring.reading import optional_ids

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpus" / "gold" / "dev.jsonl"
GATE = ROOT / "quality" / "gate.toml"
BASELINE = ROOT / "quality" / "baseline.json"


class Bench:
    """The shipped pipeline, what its relation stage was given, and that stage to be exchanged."""

    def __init__(self) -> None:
        self.nlp = load()
        self.extractor = RelationExtractor()
        self.given: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.latest: tuple[Any, ...] = ()
        self.nlp.get_pipe("immunolit_relations").extractor = self

    def __call__(self, *arguments: Any) -> list[Finding]:
        self.latest = arguments
        return []

    def annotate(self, document: Document, mode: MentionMode) -> Document:
        key = (document.id, mode)
        if key not in self.given:
            annotate(self.nlp, document, mentions=mode)
            self.given[key] = self.latest
        text, trees, mentions, sections = self.given[key]
        findings = self.extractor(text, trees, mentions, sections)
        return document.model_copy(update={"mentions": mentions, "findings": findings})


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.fixture(autouse=True)
def _on_the_bench(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    class Opener:
        def __init__(self, pipeline: str, config: Path | None, mentions: MentionMode) -> None:
            self.mentions = mentions

        def __call__(self) -> Opener:
            return self

        def annotate(self, document: Document) -> Document:
            return bench.annotate(document, self.mentions)

    monkeypatch.setattr("extract.cli_score.PipelineOpener", Opener)


def score(*options: Any) -> Result:
    return CliRunner().invoke(app, ["score", str(GOLD), *map(str, options)])


@pytest.fixture(scope="module")
def stored(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    path = tmp_path_factory.mktemp("quality") / "baseline.json"

    def make() -> Path:
        if not path.exists():
            assert score("--save", path).exit_code == 0
        return path

    return make


def with_sign_turned(folder: Path, lemma: str) -> RelationExtractor:
    """The shipped grammar, but for one verb that lowers and is now said to raise."""
    shutil.copytree(GRAMMAR_DIR, folder)
    file = folder / "triggers" / "verbs_decrease.yml"
    right = f"{{lemma: {lemma}, pos: VERB, predicate: decreases,"
    text = file.read_text(encoding="utf-8")
    assert text.count(right) == 1
    file.write_text(text.replace(right, right.replace("decreases", "increases")), encoding="utf-8")
    return RelationExtractor(load_grammar(folder))


def test_an_unchanged_run_is_green_and_changes_nothing(stored: Callable[[], Path], tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    result = score("--baseline", stored(), "--gate", GATE, "--save", again, "--markdown")
    assert result.exit_code == 0, result.output
    assert "Quality kept" in result.stdout
    assert again.read_bytes() == stored().read_bytes()
    changes = [line for line in result.stdout.splitlines() if line.endswith("| same |")]
    assert len(changes) == 13, "eight headline metrics end to end, five of given mentions"


def test_one_rule_with_its_sign_turned_over_is_red(
    bench: Bench, stored: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = stored()
    monkeypatch.setattr(bench, "extractor", with_sign_turned(tmp_path / "grammar", "reduce"))
    junit = tmp_path / "junit.xml"
    result = score("--baseline", baseline, "--gate", GATE, "--junit", junit)
    assert result.exit_code == 1, result.output
    assert "Quality dropped" in result.stdout
    text = junit.read_text(encoding="utf-8")
    assert '<failure message="fell by' in text
    assert 'name="findings.signed.f1"' in text
    # Who acts on whom is still right: only the sign is not.
    after = score("--baseline", baseline, "--json").stdout
    assert '"metric": "findings.pair.f1"' in after


def test_stored_baseline_fits_the_gold_and_the_gate() -> None:
    runs = read_scores(BASELINE)
    assert list(runs) == ["end to end", "given mentions"]
    gold = read_gold(GOLD)
    wanted = sum(
        not finding.derived and finding.id not in optional_ids(document)[1]
        for document in gold.values()
        for finding in document.findings
    )
    for scores in runs.values():
        assert set(scores.documents) == set(gold), "run make baseline"
        assert scores.headline.gold == wanted, "run make baseline"
        assert (scores.seed, scores.resamples, scores.matching) == (2026, 1000, "optimal")
    for gate in read_gate(GATE):
        value = runs[gate.run or "end to end"].value(gate.name)
        assert gate.allowed_drop is not None
        assert value >= (gate.minimum or 0), f"{gate.run}: {gate.name}: the baseline itself is below the minimum"
