"""The gate goes red when quality fell beyond chance, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_scoring_scores import corpus

from extract.errors import ConfigError
from extract.scoring import Gate, gate, read_gate, score

F1 = "findings.signed.f1"
GOOD = score(*corpus(40, lambda n: True))
FAIR = score(*corpus(40, lambda n: n % 8 != 0))
POOR = score(*corpus(40, lambda n: n % 3 == 0))
HAIR = score(*corpus(40, lambda n: n != 7))


def test_kept() -> None:
    verdict = gate(FAIR, [Gate(F1, minimum=0.9, allowed_drop=0.01)], FAIR)
    assert verdict.passed
    assert verdict.exit_code == 0


def test_below_the_minimum() -> None:
    verdict = gate(POOR, [Gate(F1, minimum=0.9), Gate("findings.pair.f1", minimum=0.9)])
    assert verdict.exit_code == 1
    assert [c.passed for c in verdict.checks] == [False, True]
    assert verdict.checks[0].reason == "0.675 is below the minimum 0.900"


def test_fallen_beyond_chance() -> None:
    verdict = gate(POOR, [Gate(F1, allowed_drop=0.05)], GOOD)
    assert verdict.exit_code == 1
    assert verdict.checks[0].reason == "fell by 0.325, more than the allowed 0.050"


def test_a_drop_within_chance_or_allowance_is_let_go() -> None:
    assert gate(HAIR, [Gate(F1, allowed_drop=0.0)], GOOD).passed, "one document of forty is chance"
    assert gate(FAIR, [Gate(F1, allowed_drop=0.1)], GOOD).passed, "allowed"
    assert gate(GOOD, [Gate(F1, allowed_drop=0.0)], POOR).passed, "a rise is no drop"


def test_a_drop_needs_a_baseline() -> None:
    with pytest.raises(ConfigError, match="allowed_drop needs a baseline"):
        gate(GOOD, [Gate(F1, allowed_drop=0.05)])


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(f'[[metric]]\nname = "{F1}"\nminimum = 0.5\nallowed_drop = 0\n', encoding="utf-8")
    assert read_gate(path) == [Gate(F1, 0.5, 0.0)]


def test_file_with_runs(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(f'[[metric]]\nrun = "given mentions"\nname = "{F1}"\nminimum = 0.5\n', encoding="utf-8")
    assert read_gate(path) == [Gate(F1, 0.5, None, "given mentions")]


def test_gates_of_no_run_that_was_made_are_a_mistake() -> None:
    with pytest.raises(ConfigError, match=r"No gate is for what was scored \(a\): they are for b"):
        gate({"a": GOOD}, [Gate(F1, minimum=0.5, run="b")])


def test_a_drop_needs_a_baseline_of_the_same_run() -> None:
    with pytest.raises(ConfigError, match="needs a baseline of the run 'b'"):
        gate({"a": GOOD, "b": GOOD}, [Gate(F1, allowed_drop=0.1, run="b")], {"a": GOOD})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "cannot be read as TOML"),
        ("", "no [[metric]] tables"),
        ("[metric]\n", "no [[metric]] tables"),
        ("other = 1\n[[metric]]\nname = 'findings.signed.f1'\n", "something else beside them"),
        ("[[metric]]\nminimum = 0.5\n", "has no name"),
        ("[[metric]]\nname = 'f1'\nminimum = 0.5\n", "is no metric"),
        ("[[metric]]\nname = 'findings.signed.f1'\n", "asks for nothing"),
        ("[[metric]]\nname = 'findings.signed.f1'\nmin = 0.5\n", "unknown field 'min'"),
        ("[[metric]]\nname = 'findings.signed.f1'\nrun = 3\nminimum = 0.5\n", "run is 3, not the name of a run"),
        (
            "[[metric]]\nname = 'findings.signed.f1'\nminimum = 50\n",
            "minimum is 50, not a number from 0 to 1",
        ),
    ],
)
def test_broken_files(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_gate(path)
    assert message in str(error.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_gate(tmp_path / "none.toml")
