"""Scores for people: a terminal table (rich), Markdown for a CI summary, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.scoring.bootstrap import MEASURES
from extract.scoring.scores import Difference, Row, Scores

__all__ = ["CUTS", "render", "to_csv", "to_markdown"]

CUTS = ("predicate", "aspect", "negated", "certainty", "genre", "rule")
_HEAD = ("", "P", "R", "F1", "95% of F1", "gold")

Runs = Scores | Mapping[str, Scores]
"""One run, or several by name (`{"end to end": ..., "given mentions": ...}`) to stand side by side."""


def render(scores: Runs, *, details: bool = False, title: str = "") -> RenderableType:
    """A compact table for the terminal; with `details` also each type and the cuts of signed findings."""
    runs = _named(scores)
    parts: list[RenderableType] = []
    for name, run in runs.items():
        heading = " · ".join(x for x in (title, name) if x) or "Scores"
        table = Table(title=f"{heading} ({len(run.documents)} documents)", title_justify="left", min_width=60)
        for n, column in enumerate(_HEAD):
            table.add_column(column, justify="left" if n == 0 else "right", no_wrap=n > 0)
        for section, rows in _sections(run, details):
            table.add_section()
            for n, (label, key) in enumerate(rows):
                lead = Text(section if n == 0 else " " * len(section), style="bold")
                cells = [lead + Text(f"  {label}", style="not bold")]
                table.add_row(*cells, *_cells(run, key), style="bold" if key == "findings.signed" else None)
        parts.append(table)
        parts += [Text(note, style="yellow") for note in run.notes]
    return Group(*parts)


def to_markdown(scores: Runs, *, details: bool = False, title: str = "") -> str:
    """The same table as Markdown."""
    out = []
    for name, run in _named(scores).items():
        heading = " · ".join(x for x in (title, name) if x) or "Scores"
        out += [f"### {heading} ({len(run.documents)} documents)", ""]
        out += ["| what | " + " | ".join(_HEAD[1:]) + " |", "|---|" + "---:|" * (len(_HEAD) - 1)]
        for section, rows in _sections(run, details):
            for label, key in rows:
                cells = " | ".join(_cells(run, key))
                line = f"{section}: {label}".replace("|", "\\|")
                out.append(
                    f"| **{line}** | {cells} |" if key == "findings.signed" else f"| {line} | {cells} |"
                )
        out.append("")
        out += [f"- {note}" for note in run.notes] + ([""] if run.notes else [])
    return "\n".join(out)


def to_csv(scores: Runs, changes: Mapping[str, Sequence[Difference]] | None = None) -> str:
    """Every key of every run: run, key, tp, pred, gold, then p, r, f1 each with low and high.

    With `changes`, differences of F1 by the name of their run, four columns more: F1 before, its change, and
    the change's interval.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    head = ["run", "key", "tp", "pred", "gold", *(c for m in MEASURES for c in (m, f"{m}_low", f"{m}_high"))]
    if changes is not None:
        head += ["f1_before", "f1_change", "f1_change_low", "f1_change_high"]
    writer.writerow(head)
    for name, run in _named(scores).items():
        changed = {d.metric: d for d in (changes or {}).get(name, ())}
        for key in run.keys:
            row = run[key]
            line: list[object] = [name, key, row.tp, row.pred, row.gold]
            for measure in MEASURES:
                line += [f"{getattr(row, measure):.6f}", *(run.interval(f"{key}.{measure}") or ("", ""))]
            if changes is not None:
                d = changed.get(f"{key}.f1")
                line += ["", "", "", ""] if d is None else [f"{d.before:.6f}", f"{d.change:.6f}", d.low, d.high]
            writer.writerow(line)
    return buffer.getvalue()


def _named(scores: Runs) -> Mapping[str, Scores]:
    return {"": scores} if isinstance(scores, Scores) else scores


def _cells(run: Scores, key: str) -> list[str]:
    row = run[key]
    span = run.interval(f"{key}.f1")
    between = f"{span[0]:.3f}–{span[1]:.3f}" if span else "–"
    if "/rule=" in key:  # recall and F1 of one rule say little: its precision and its hits do
        return [_value(row, "p"), _value(row, "r"), "–", "–", f"{row.tp}/{row.pred}"]
    return [_value(row, "p"), _value(row, "r"), _value(row, "f1"), between, str(row.gold)]


def _value(row: Row, measure: str) -> str:
    known = {"p": row.pred, "r": row.gold, "f1": row.pred + row.gold}[measure]
    return f"{getattr(row, measure):.3f}" if known else "–"


def _sections(run: Scores, details: bool) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    plain = [k for k in run.keys if "/" not in k]
    for block, name in (("mentions", "mentions"), ("context_mentions", "context")):
        for mode in ("overlap", "strict"):
            rows = [(k.rpartition(".")[2], k) for k in plain if k.startswith(f"{block}.{mode}.")]
            if not details and (mode == "strict" or block == "context_mentions"):
                rows = rows[-1:]
            if rows:
                yield f"{name} {mode}", [("all" if label == "micro" else label, k) for label, k in rows]
    yield "findings", [(k.partition(".")[2], k) for k in plain if k.startswith("findings.")]
    if details:
        for cut in CUTS:
            start = f"findings.signed/{cut}="
            rows = [(k.removeprefix(start), k) for k in run.keys if k.startswith(start)]
            if cut == "rule":  # those that cost most first
                rows.sort(key=lambda row: (run[row[1]].tp - run[row[1]].pred, run[row[1]].p))
            if rows:
                yield f"signed by {cut}", rows
