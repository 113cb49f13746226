"""`score` with its outputs and gates, `agree`, `corpus`, and the workflow that calls them."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from extract.cli import app
from extract.scoring import Scores, read_gold, read_scores
from extract.scoring.check import check

ROOT = Path(__file__).resolve().parents[1]
WORKFLOW = ROOT / ".github" / "workflows" / "quality.yml"
COMMANDS = [["score"], ["agree"], ["corpus", "check"], ["corpus", "stats"], ["corpus", "settle"]]
TEXT = "Cortisol lowers IL-6. Leptin raises IL-6."


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def mention(name: str, text: str, kind: str, after: int = 0, **more: Any) -> dict[str, Any]:
    start = TEXT.index(text, after)
    return {"id": name, "type": kind, "fragments": [[start, start + len(text)]], "text": text, **more}


def document(name: str, second: str = "increases", **more: Any) -> dict[str, Any]:
    """Two findings; the predicate of the second is given."""
    mentions = [
        mention("m1", "Cortisol", "HORMONE"), mention("m2", "IL-6", "CYTOKINE"),
        mention("m3", "Leptin", "HORMONE"), mention("m4", "IL-6", "CYTOKINE", 25),
    ]  # fmt: skip
    stated: dict[str, Any] = {"aspect": "level"}
    findings = [
        {"id": "f1", "subject": "m1", "predicate": "decreases", "object": "m2", "evidence": [0, 21], **stated},
        {"id": "f2", "subject": "m3", "predicate": second, "object": "m4", "evidence": [22, 41], **stated, **more},
    ]
    return {"id": name, "text": TEXT, "meta": {"genre": "blog"}, "mentions": mentions, "findings": findings}


def jsonl(path: Path, *documents: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    return path


NAMES = [f"d{n:02d}" for n in range(20)]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "gold.jsonl", *(document(n) for n in NAMES))


@pytest.fixture
def poor(tmp_path: Path) -> Path:
    wrong = [document(n, "decreases" if k % 2 else "increases") for k, n in enumerate(NAMES)]
    return jsonl(tmp_path / "poor.jsonl", *wrong)


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    path = tmp_path / "gate.toml"
    path.write_text('[[metric]]\nname = "findings.signed.f1"\nallowed_drop = 0.01\n', encoding="utf-8")
    return path


@pytest.fixture
def baseline(gold: Path, tmp_path: Path) -> Path:
    path = tmp_path / "scores.json"
    assert invoke("score", gold, gold, "--save", path).exit_code == 0
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command))
def test_every_command_has_help_with_an_example_of_options_that_exist(command: list[str]) -> None:
    result = invoke(*command, "--help")
    assert result.exit_code == 0
    # typer wraps a long example.
    found = re.search(r"Example: (immunolit .+?)\n\s*\n", result.output, re.DOTALL)
    assert found is not None
    words = found[1].split()
    assert words[1 : 1 + len(command)] == command
    for option in (word for word in words if word.startswith("-")):
        assert re.search(rf"^\s+(?:-\w, )?{option}\b", result.output, re.MULTILINE), option


def test_quality_that_was_kept_exits_0(gold: Path, baseline: Path, gate: Path) -> None:
    result = invoke("score", gold, gold, "--baseline", baseline, "--gate", gate)
    assert result.exit_code == 0, result.output
    assert "Quality kept: 1 gate passed." in result.stdout
    assert "same" in result.stdout


def test_quality_that_dropped_beyond_chance_exits_1_and_still_writes_all(
    gold: Path, poor: Path, baseline: Path, gate: Path, tmp_path: Path
) -> None:
    files = {name: tmp_path / name for name in ("junit.xml", "score.svg", "new.json")}
    result = invoke(
        "score", gold, poor, "--baseline", baseline, "--gate", gate, "--markdown",
        "--junit", files["junit.xml"], "--badge", files["score.svg"], "--save", files["new.json"],
    )  # fmt: skip
    assert result.exit_code == 1
    assert "Quality dropped: 1 of 1 gate failed." in result.stdout
    assert "| findings: pair |" in result.stdout
    assert "findings.signed.f1 fell by 0.250, more than the allowed 0.010." in result.stderr
    assert ET.parse(files["junit.xml"]).getroot().get("failures") == "1"
    assert "dropped" in files["score.svg"].read_text(encoding="utf-8")
    assert read_scores(files["new.json"])[""].headline.f1 == 0.75
    assert not list(tmp_path.glob("*.part"))


def test_a_drop_within_chance_exits_0(gold: Path, baseline: Path, gate: Path, tmp_path: Path) -> None:
    one_wrong = [document(n, "decreases" if n == "d07" else "increases") for n in NAMES]
    result = invoke("score", gold, jsonl(tmp_path / "p.jsonl", *one_wrong), "--baseline", baseline, "--gate", gate)
    assert result.exit_code == 0
    assert "within chance" in result.stdout


def test_the_minimum_needs_no_baseline(gold: Path, poor: Path, tmp_path: Path) -> None:
    gate = tmp_path / "g.toml"
    gate.write_text('[[metric]]\nname = "findings.signed.f1"\nminimum = 0.9\n', encoding="utf-8")
    assert invoke("score", gold, gold, "--gate", gate).exit_code == 0
    result = invoke("score", gold, poor, "--gate", gate)
    assert result.exit_code == 1
    assert "0.750 is below the minimum" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--json", "--csv"], "--json and --csv exclude each other"),
        (["--csv", "--markdown"], "--csv and --markdown exclude each other"),
        (["--gate", "{gate}"], "allowed_drop needs a baseline"),
        (["--gate", "none.toml"], "cannot be read as TOML"),
        (["--baseline", "{baseline}", "--matching", "greedy"], "Give --matching optimal"),
        (["--junit", "no-such-folder/junit.xml"], "cannot be written"),
        (["--matching", "first"], "'first' is not one of"),
    ],
)
def test_wrong_usage_exits_2(
    options: list[str], message: str, gold: Path, baseline: Path, gate: Path, tmp_path: Path
) -> None:
    filled = [option.format(gate=gate, baseline=baseline) for option in options]
    result = invoke("score", gold, gold, *filled)
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_input_that_cannot_be_read_exits_3(gold: Path, gate: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text(gold.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    for arguments in (
        [broken, gold], [gold, broken], [gold, tmp_path / "none.jsonl"], [gold, gold, "--baseline", broken],
    ):  # fmt: skip
        result = invoke("score", *arguments)
        assert (result.exit_code, result.stdout) == (3, ""), arguments
        assert re.search(r"(broken|none)\.jsonl", result.stderr)


def test_csv_and_json_show_the_difference(gold: Path, poor: Path, baseline: Path, gate: Path) -> None:
    table = list(csv.DictReader(io.StringIO(invoke("score", gold, poor, "--baseline", baseline, "--csv").stdout)))
    row = next(r for r in table if r["key"] == "findings.signed")
    assert (row["run"], row["f1"], row["f1_change"]) == ("poor.jsonl", "0.750000", "-0.250000")
    data = json.loads(invoke("score", gold, poor, "--baseline", baseline, "--gate", gate, "--json").stdout)
    change = next(c for c in data["changes"] if c["metric"] == "findings.signed.f1")
    assert change["change"] == -0.25
    assert change["beyond_chance"] is True
    assert [check["kept"] for check in data["gate"]] == [False]
    assert Scores.from_dict(data).headline.f1 == 0.75, "it can be a baseline itself"


def test_what_json_printed_is_a_baseline(gold: Path, poor: Path, gate: Path, tmp_path: Path) -> None:
    stored = tmp_path / "printed.json"
    stored.write_text(invoke("score", gold, gold, "--json").stdout, encoding="utf-8")
    assert invoke("score", gold, poor, "--baseline", stored, "--gate", gate).exit_code == 1


def test_predictions_are_held_against_the_end_to_end_run_of_a_baseline(gold: Path, poor: Path, tmp_path: Path) -> None:
    runs = {name: json.loads(invoke("score", gold, p, "--json").stdout)
            for name, p in (("end to end", gold), ("given mentions", poor))}  # fmt: skip
    stored, gate = tmp_path / "two.json", tmp_path / "two.toml"
    stored.write_text(json.dumps(runs), encoding="utf-8")
    tables = [f'[[metric]]\nrun = "{run}"\nname = "findings.signed.f1"\nallowed_drop = 0.01\n' for run in runs]
    gate.write_text("".join(tables), encoding="utf-8")
    result = invoke("score", gold, poor, "--baseline", stored, "--gate", gate)
    assert result.exit_code == 1
    assert "Not checked, since there is no such run: given mentions" in result.stdout


def test_a_baseline_of_other_runs_is_wrong_usage(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = tmp_path / "other.json"
    stored.write_text(json.dumps({"other": json.loads(invoke("score", gold, gold, "--json").stdout)}))
    monkeypatch.setattr("extract.cli_score.predict", lambda documents, opener: documents)
    result = invoke("score", gold, "--baseline", stored)
    assert result.exit_code == 2
    assert "holds scores of other, and none of end to end, given mentions" in " ".join(result.stderr.split())


def test_matching(tmp_path: Path) -> None:
    """The longer mention fits both predictions, the shorter only one: best first leaves it without."""
    text = "interleukin 6 receptor"
    spans = {"gold": [[0, 22], [0, 11]], "pred": [[0, 14], [12, 22]]}
    files = []
    for name, pairs in spans.items():
        mentions = [{"id": f"m{n}", "type": "CYTOKINE", "fragments": [s]} for n, s in enumerate(pairs)]
        files.append(jsonl(tmp_path / f"{name}.jsonl", {"id": "d", "text": text, "mentions": mentions}))
    found = {}
    for matching in ("greedy", "optimal"):
        data = json.loads(invoke("score", *files, "--json", "--matching", matching).stdout)
        assert data["matching"] == matching
        found[matching] = data["mentions"]["overlap"]["micro"]["tp"]
    assert found == {"greedy": 1, "optimal": 2}
    data = json.loads(invoke("score", *files, "--json").stdout)
    assert data["matching"] == "optimal"
    assert data["notes"] == [
        "best overlap first (--matching greedy, as the reference scorer has it) gives "
        "mentions.overlap.micro F1 0.5000 instead of 1.0000"
    ]


@pytest.fixture
def annotators(tmp_path: Path) -> tuple[Path, Path]:
    anna = jsonl(tmp_path / "anna.jsonl", document("d1"), document("d2"), document("d3"))
    ben = jsonl(
        tmp_path / "ben.jsonl",
        document("d1"), document("d2", "decreases"), document("d4"), document("d3", certainty="hedged"),
    )  # fmt: skip
    return anna, ben


def test_agree_prints_f1_and_kappa(annotators: tuple[Path, Path]) -> None:
    result = invoke("agree", *annotators)
    assert result.exit_code == 0, result.output
    rows = {" ".join(re.findall(r"[\w.–-]+", line)) for line in result.stdout.splitlines()}
    assert "findings.pair 1.000 6 6" in rows
    assert "findings.signed 0.833 6 6" in rows
    assert "negated – 1.000 6" in rows, "undefined where nobody denies anything"
    assert "certainty 0.000 0.833 6" in rows
    assert "Only in ben.jsonl, left out: d4" in result.stdout
    data = json.loads(invoke("agree", *annotators, "--json").stdout)
    assert (data["documents"], data["only_b"]) == (3, ["d4"])
    assert data["f1"]["findings.signed"] == pytest.approx(5 / 6)
    assert data["kappa"]["negated"]["kappa"] is None


def test_adjudicate_then_settle(annotators: tuple[Path, Path], tmp_path: Path) -> None:
    both, settled = tmp_path / "both.jsonl", tmp_path / "settled.jsonl"
    result = invoke("agree", *annotators, "--adjudicate", both)
    assert result.exit_code == 0, result.output
    assert "both.jsonl: 0 mentions and 2 findings to decide." in result.stdout
    open_ = invoke("corpus", "settle", both, "-o", settled)
    assert open_.exit_code == 3
    assert "Write one of a, b, both, none, optional" in open_.stderr
    assert not settled.exists()
    items = [json.loads(line) for line in both.read_text(encoding="utf-8").splitlines()]
    for item in items:
        for entry in item["undecided"]:
            entry["choose"] = "b"
    jsonl(both, *items)
    assert invoke("corpus", "settle", both, "-o", settled).exit_code == 0
    assert check(settled) == []
    gold = read_gold(settled)
    assert [len(d.findings) for d in gold.values()] == [2, 2, 2]
    assert gold["d2"].findings[1].predicate == "decreases"
    assert invoke("corpus", "settle", both, "-o", both).exit_code == 2, "the decisions stay"


def test_adjudicate_overwrites_nothing(annotators: tuple[Path, Path]) -> None:
    before = annotators[1].read_bytes()
    result = invoke("agree", *annotators, "--adjudicate", annotators[1])
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert annotators[1].read_bytes() == before


def test_agree_on_different_texts_is_wrong_usage(annotators: tuple[Path, Path], tmp_path: Path) -> None:
    other = jsonl(tmp_path / "other.jsonl", {**document("d1"), "text": TEXT.replace("raises", "lowers")})
    result = invoke("agree", annotators[0], other)
    assert result.exit_code == 2
    assert "differs between the two files" in result.stderr
    assert invoke("agree", annotators[0], tmp_path / "none.jsonl").exit_code == 3


def test_corpus_check_names_file_line_and_remedy(gold: Path, tmp_path: Path) -> None:
    clean = invoke("corpus", "check", gold)
    assert (clean.exit_code, clean.stdout) == (0, "1 file: 0 errors, 0 warnings\n")
    wrong = document("d1")
    wrong["mentions"][1]["fragments"] = [[16, 19]]
    broken = jsonl(tmp_path / "broken.jsonl", document("d1"), document("d2"), wrong)
    result = invoke("corpus", "check", gold, broken)
    assert result.exit_code == 1
    assert f"{broken}, line 3: error: document id 'd1' stands already in line 1." in result.stdout
    assert "To mend it: correct the offsets or the text." in result.stdout
    assert result.stdout.endswith("2 files: 2 errors, 0 warnings\n")
    data = json.loads(invoke("corpus", "check", broken, "--json").stdout)
    assert (data["errors"], data["problems"][0]["line"]) == (2, 3)


def test_corpus_check_lets_warnings_pass(tmp_path: Path) -> None:
    vague = document("d1")
    vague["mentions"].append(mention("m5", "eptin", "DISEASE"))
    result = invoke("corpus", "check", jsonl(tmp_path / "vague.jsonl", vague))
    assert result.exit_code == 0, result.output
    assert "line 1: warning:" in result.stdout
    assert "0 errors, 1 warning" in result.stdout


def test_corpus_check_goes_on_after_a_file_that_cannot_be_read(gold: Path, tmp_path: Path) -> None:
    result = invoke("corpus", "check", tmp_path / "none.jsonl", gold)
    assert result.exit_code == 3
    assert "none.jsonl: cannot be read" in result.stderr
    assert "2 files: 0 errors" in result.stdout


def test_corpus_check_cannot_be_steered_by_the_text(tmp_path: Path) -> None:
    bad = jsonl(tmp_path / "bad.jsonl", {**document("d1"), "id": "d\x1b[31m"})
    second = jsonl(tmp_path / "twice.jsonl", *([json.loads(bad.read_text())] * 2))
    assert "\x1b" not in invoke("corpus", "check", second).output


def test_corpus_check_of_folders(gold: Path, tmp_path: Path) -> None:
    assert invoke("corpus", "check", tmp_path).exit_code == 0
    (tmp_path / "empty").mkdir()
    result = invoke("corpus", "check", tmp_path / "empty")
    assert result.exit_code == 2
    assert "holds no gold files" in result.stderr


def test_gold_of_this_repository_is_clean() -> None:
    result = invoke("corpus", "check", ROOT / "corpus" / "gold")
    assert (result.exit_code, result.stdout) == (0, "2 files: 0 errors, 0 warnings\n")


def test_corpus_stats(gold: Path, tmp_path: Path) -> None:
    other = jsonl(tmp_path / "other.jsonl", document("e1", "associated_with"))
    data = json.loads(invoke("corpus", "stats", gold, other, "--json").stdout)
    assert list(data) == [str(gold), str(other), "all"]
    assert data["all"]["documents"] == 21
    assert data["all"]["predicates"] == {"increases": 20, "decreases": 21, "associated_with": 1}
    table = invoke("corpus", "stats", other).stdout
    rows = [re.findall(r"[\w,.-]+", line) for line in table.splitlines()]
    assert ["documents", "1"] in rows
    assert ["predicates", "decreases", "1"] in rows
    assert ["types", "CYTOKINE", "2"] in rows
    assert invoke("corpus", "stats", tmp_path / "none.jsonl").exit_code == 3


WORK: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
STEPS = [step for job in WORK["jobs"].values() for step in job["steps"]]
RUNS = [step["run"] for step in STEPS if "run" in step]


def test_workflow_pins_every_action_and_needs_no_secret() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert len(used) >= 3
    for name in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name), name
    assert "secrets." not in WORKFLOW.read_text(encoding="utf-8")
    # YAML reads the key `on` as true.
    assert set(WORK[True]) == {"push", "pull_request", "workflow_dispatch"}


def test_workflow_lets_no_job_that_runs_the_code_write() -> None:
    assert WORK["permissions"] == {"contents": "read"}
    for job in WORK["jobs"].values():
        if "permissions" in job:
            assert job["permissions"] == {"pull-requests": "write"}
            assert not [s for s in job["steps"] if "checkout" in s.get("uses", "") or "make" in s.get("run", "")]
        assert job["timeout-minutes"] <= 60


def test_workflow_tests_scores_comments_and_uploads() -> None:
    script = "\n".join(RUNS)
    assert "make test" in script
    assert "GITHUB_STEP_SUMMARY" in script
    assert "comment.md" in script
    upload = next(s for s in STEPS if "upload-artifact" in s.get("uses", ""))
    folder = upload["with"]["path"]
    for name in ("junit.xml", "scores.md", "score.svg", "report.html"):
        assert f"{folder}/{name}" in script


def test_workflow_scripts_are_shell_and_call_what_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    called = []
    for script in RUNS:
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        for target in re.findall(r"^make (\S+)", script, re.MULTILINE):
            assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target
        for line in re.findall(r"^\S*bin/immunolit (.+)", script.replace("\\\n", " "), re.MULTILINE):
            words = shlex.split(line)
            called.append(words[0])
            assert invoke(words[0], "--help").exit_code == 0, words[0]
            named = [word for word in words[1:] if word.startswith("--")]
            assert [option for option in named if option not in invoke(words[0], "--help").output] == []
            for path in words[1:]:
                if path.startswith(("corpus/", "quality/")):
                    assert (ROOT / path).exists(), path
    assert sorted(called) == ["report", "score"]
