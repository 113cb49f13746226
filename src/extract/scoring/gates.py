"""The quality gate: which metrics must not fall, and whether they did.

gate.toml holds one table for each metric:

    [[metric]]
    name = "findings.signed.f1"
    minimum = 0.50         # below this the gate is red (optional)
    allowed_drop = 0.01    # a larger drop since the baseline is red, if it is beyond chance (optional)
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import ConfigError
from extract.scoring.scores import Difference, Scores, split_metric

__all__ = ["Check", "Gate", "Verdict", "gate", "read_gate"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked of one metric."""

    name: str
    minimum: float | None = None
    allowed_drop: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One metric held against its gate; `reason` is empty if it passes."""

    gate: Gate
    value: float
    difference: Difference | None
    reason: str

    @property
    def passed(self) -> bool:
        """Whether the metric kept its quality."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """All checks of one gate file."""

    checks: tuple[Check, ...]

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
    extra = sorted(set(table) - {"name", "minimum", "allowed_drop"})
    if extra:
        raise _wrong(path, f"metric {name!r} has the unknown field {extra[0]!r}")
    numbers = {k: table[k] for k in ("minimum", "allowed_drop") if k in table}
    for key, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise _wrong(path, f"metric {name!r}: {key} is {value!r}, not a number from 0 to 1")
    if not numbers:
        raise _wrong(path, f"metric {name!r} asks for nothing")
    return Gate(name, **{k: float(v) for k, v in numbers.items()})


def _wrong(path: Path, what: str) -> ConfigError:
    remedy = "Write [[metric]] tables with name, and minimum or allowed_drop."
    return ConfigError(f"{path}: {what}.", reason="gate", remedy=remedy)


def gate(scores: Scores, gates: list[Gate], baseline: Scores | None = None) -> Verdict:
    """Hold scores against gates.

    A metric fails if it is below `minimum`, or if it fell by more than `allowed_drop` since `baseline` and
    the 95% interval of the paired difference lies below zero; where no interval can be had, the drop alone
    decides. Raises ConfigError if `allowed_drop` is asked for without a baseline, or a metric is unknown.
    """
    checks = []
    for g in gates:
        value = scores.value(g.name)
        difference = scores.compare(baseline, [g.name])[0] if baseline is not None else None
        reason = f"{value:.3f} is below the minimum {g.minimum:.3f}" if _under(value, g.minimum) else ""
        if not reason and g.allowed_drop is not None:
            if difference is None:
                raise ConfigError(
                    f"{g.name}: allowed_drop needs a baseline.",
                    reason="gate",
                    remedy="Give --baseline with a file that `immunolit score --json` wrote.",
                )
            certain = difference.high is None or difference.high < 0
            if certain and _under(difference.change, -g.allowed_drop):
                reason = f"fell by {-difference.change:.3f}, more than the allowed {g.allowed_drop:.3f}"
        checks.append(Check(g, value, difference, reason))
    return Verdict(tuple(checks))


def _under(value: float, bound: float | None) -> bool:
    return bound is not None and value < bound - 1e-12
