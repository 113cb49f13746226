"""What changed since a baseline, and what the gate says of it: tables for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.scoring.gates import Check, Verdict
from extract.scoring.scores import Difference, Scores

__all__ = [
    "HEADLINES",
    "changes",
    "changes_to_markdown",
    "render_changes",
    "render_verdict",
    "verdict_to_markdown",
]

HEADLINES = (
    "mentions.overlap.micro.f1", "mentions.strict.micro.f1", "context_mentions.overlap.micro.f1",
    "findings.pair.f1", "findings.signed.p", "findings.signed.r", "findings.signed.f1", "findings.full.f1",
)  # fmt: skip

_CHANGE_HEAD = ("metric", "before", "now", "change", "95% of change", "")
_GATE_HEAD = ("metric", "now", "minimum", "change", "allowed", "")

Changes = Mapping[str, Sequence[Difference]]
"""Differences by the name of their run."""


def changes(scores: Scores, baseline: Scores) -> list[Difference]:
    """The paired differences of the headline metrics that both have."""
    there = set(scores.keys) & set(baseline.keys)
    return scores.compare(baseline, [m for m in HEADLINES if m.rpartition(".")[0] in there])


def render_changes(found: Changes) -> RenderableType:
    """One table for the terminal: each metric before and now, and whether chance could explain it."""
    table = _table("Change since the baseline", _CHANGE_HEAD)
    for name, rows in found.items():
        table.add_section()
        for row in _change_rows(name, rows):
            style = {"better": "green", "worse": "red"}.get(row[-1])
            table.add_row(*map(Text, row), style=style)
    return table


def changes_to_markdown(found: Changes) -> str:
    """The same table as Markdown."""
    rows = [row for name, differences in found.items() for row in _change_rows(name, differences)]
    return _markdown("Change since the baseline", _CHANGE_HEAD, rows)


def _change_rows(run: str, rows: Sequence[Difference]) -> Iterator[tuple[str, ...]]:
    for d in rows:
        span = f"{d.low:+.3f} to {d.high:+.3f}" if d.low is not None and d.high is not None else "–"
        # Words beside the colour, for those who cannot tell red from green.
        verdict = ("better" if d.change > 0 else "worse") if d.beyond_chance else "within chance"
        if not d.change:
            verdict = "same"
        yield _where(run, d.metric), f"{d.before:.3f}", f"{d.after:.3f}", f"{d.change:+.3f}", span, verdict


def render_verdict(verdict: Verdict) -> RenderableType:
    """The gate's checks as a table for the terminal, with the verdict below it."""
    table = _table("Gate", _GATE_HEAD)
    for check in verdict.checks:
        table.add_row(*map(Text, _gate_row(check)), style=None if check.passed else "bold red")
    told = Text(_sentence(verdict), style="green" if verdict.passed else "bold red")
    return Group(table, told, *(Text(line, style="yellow") for line in _skipped(verdict)))


def verdict_to_markdown(verdict: Verdict) -> str:
    """The same as Markdown; what failed is bold."""
    rows = []
    for check in verdict.checks:
        row = _gate_row(check)
        rows.append(row if check.passed else tuple(f"**{cell}**" if cell else "" for cell in row))
    mark = "✅" if verdict.passed else "❌"
    notes = "".join(f"- {line}\n" for line in _skipped(verdict))
    return f"{mark} {_sentence(verdict)}\n\n" + _markdown("Gate", _GATE_HEAD, rows) + (notes and f"\n{notes}")


def _gate_row(check: Check) -> tuple[str, ...]:
    minimum, drop = check.gate.minimum, check.gate.allowed_drop
    return (
        _where(check.run, check.gate.name),
        f"{check.value:.3f}",
        "–" if minimum is None else f"{minimum:.3f}",
        "–" if check.difference is None else f"{check.difference.change:+.3f}",
        "–" if drop is None else f"{-drop:+.3f}",
        check.reason or "kept",
    )


def _sentence(verdict: Verdict) -> str:
    fallen = sum(not check.passed for check in verdict.checks)
    gates = f"{len(verdict.checks)} gate" + ("" if len(verdict.checks) == 1 else "s")
    return f"Quality dropped: {fallen} of {gates} failed." if fallen else f"Quality kept: {gates} passed."


def _skipped(verdict: Verdict) -> list[str]:
    return [f"Not checked, since there is no such run: {_where(g.run, g.name)}" for g in verdict.skipped]


def _where(run: str, metric: str) -> str:
    return f"{run}: {metric}" if run else metric


def _table(title: str, head: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", min_width=60)
    last = len(head) - 1
    for n, column in enumerate(head):
        table.add_column(column, justify="left" if n in (0, last) else "right", no_wrap=0 < n < last)
    return table


def _markdown(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    last = len(head) - 1
    rule = "|".join("---" if n in (0, last) else "---:" for n in range(len(head)))
    lines = [f"### {title}", "", "| " + " | ".join(head) + " |", f"|{rule}|"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
