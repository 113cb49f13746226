"""The quality gate: which metrics must not fall, and whether they did.

gate.toml holds one table for each metric:

    [[metric]]
    name = "findings.signed.f1"
    run = "end to end"     # where several runs are scored side by side: which one (optional: the first)
    minimum = 0.50         # below this the gate is red (optional)
    allowed_drop = 0.01    # a larger drop since the baseline is red, if it is beyond chance (optional)
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import ConfigError
from extract.scoring.scores import Difference, Scores, split_metric

__all__ = ["Check", "Gate", "Verdict", "gate", "read_gate"]

Runs = Scores | Mapping[str, Scores]


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked of one metric."""

    name: str
    minimum: float | None = None
    allowed_drop: float | None = None
    run: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One metric held against its gate; `reason` is empty if it passes."""

    gate: Gate
    value: float
    difference: Difference | None
    reason: str
    run: str = ""
    """name of the run that was looked at"""

    @property
    def passed(self) -> bool:
        """Whether the metric kept its quality."""
        return not self.reason

    def to_dict(self) -> dict[str, Any]:
        """Plain data in a fixed order."""
        asked = {"minimum": self.gate.minimum, "allowed_drop": self.gate.allowed_drop}
        told = {"kept": self.passed, "reason": self.reason}
        return {"metric": self.gate.name, "value": self.value, **asked, **told}


@dataclass(frozen=True, slots=True)
class Verdict:
    """All checks of one gate file; `skipped` are gates of runs that were not made."""

    checks: tuple[Check, ...]
    skipped: tuple[Gate, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every metric kept its quality."""
        return all(c.passed for c in self.checks)

    @property
    def exit_code(self) -> int:
        """0 if quality was kept, 1 if it dropped."""
        return 0 if self.passed else 1


def read_gate(path: str | Path) -> list[Gate]:
    """Read gate.toml. Raises ConfigError if it cannot be read, is no TOML, or asks for what there is not."""
    path = Path(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, f"cannot be read as TOML ({error})") from error
    tables = data.get("metric")
    if not isinstance(tables, list) or not tables or set(data) != {"metric"}:
        raise _wrong(path, "has no [[metric]] tables, or something else beside them")
    return [_gate(path, table) for table in tables]


def _gate(path: Path, table: Any) -> Gate:
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        raise _wrong(path, "a [[metric]] has no name")
    name = table["name"]
    split_metric(name)
    extra = sorted(set(table) - {"name", "minimum", "allowed_drop", "run"})
    if extra:
        raise _wrong(path, f"metric {name!r} has the unknown field {extra[0]!r}")
    run = table.get("run", "")
    if not isinstance(run, str):
        raise _wrong(path, f"metric {name!r}: run is {run!r}, not the name of a run")
    numbers = {k: table[k] for k in ("minimum", "allowed_drop") if k in table}
    for key, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise _wrong(path, f"metric {name!r}: {key} is {value!r}, not a number from 0 to 1")
    if not numbers:
        raise _wrong(path, f"metric {name!r} asks for nothing")
    return Gate(name, **{k: float(v) for k, v in numbers.items()}, run=run)


def _wrong(path: Path, what: str) -> ConfigError:
    remedy = "Write [[metric]] tables with name, and minimum or allowed_drop."
    return ConfigError(f"{path}: {what}.", reason="gate", remedy=remedy)


def gate(scores: Runs, gates: list[Gate], baseline: Runs | None = None) -> Verdict:
    """Hold scores against gates.

    A metric fails if it is below `minimum`, or if it fell by more than `allowed_drop` since `baseline` and
    the 95% interval of the paired difference lies below zero; where no interval can be had, the drop alone
    decides.

    `scores` and `baseline` are one run or several by name. A gate looks at the run that it names, or at the
    first; gates of runs that are not there are not checked, and named in `Verdict.skipped`. Raises
    ConfigError if `allowed_drop` is asked for without a baseline, a metric is unknown, or no gate is left.
    """
    runs, before = _named(scores), _named(baseline) if baseline is not None else {}
    first = next(iter(runs))
    checks, skipped = [], []
    for g in gates:
        run = g.run or first
        if run in runs:
            checks.append(_check(g, run, runs[run], before.get(run)))
        else:
            skipped.append(g)
    if not checks:
        others = ", ".join(sorted({g.run for g in gates}))
        raise ConfigError(
            f"No gate is for what was scored ({', '.join(runs)}): they are for {others}.",
            reason="gate",
            remedy="Correct `run` in the gate file, or leave it out.",
        )
    return Verdict(tuple(checks), tuple(skipped))


def _named(scores: Runs) -> Mapping[str, Scores]:
    return {"": scores} if isinstance(scores, Scores) else scores


def _check(g: Gate, run: str, scores: Scores, baseline: Scores | None) -> Check:
    value = scores.value(g.name)
    difference = scores.compare(baseline, [g.name])[0] if baseline is not None else None
    reason = f"{value:.3f} is below the minimum {g.minimum:.3f}" if _under(value, g.minimum) else ""
    if not reason and g.allowed_drop is not None:
        if difference is None:
            raise ConfigError(
                f"{g.name}: allowed_drop needs a baseline{f' of the run {run!r}' if run else ''}.",
                reason="gate",
                remedy="Give --baseline with a file that `immunolit score --save` or `--json` wrote.",
            )
        certain = difference.high is None or difference.high < 0
        if certain and _under(difference.change, -g.allowed_drop):
            reason = f"fell by {-difference.change:.3f}, more than the allowed {g.allowed_drop:.3f}"
    return Check(g, value, difference, reason, run)


def _under(value: float, bound: float | None) -> bool:
    return bound is not None and value < bound - 1e-12
