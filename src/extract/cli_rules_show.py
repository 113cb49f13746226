"""What the commands `immunolit rules ...` print, in tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import typer
from rich.table import Table
from rich.text import Text

from extract.cli_show import _branches
from extract.cli_style import console, plain
from extract.rules_kit.coverage import Coverage, Instance, Row
from extract.rules_kit.examples import Outcome
from extract.rules_kit.explain import Argument, Explanation
from extract.rules_kit.verdict import Verdict
from extract.rules_kit.where import index
from extract.schema import Mention

__all__ = ["print_coverage", "print_explanation", "print_verdict"]

_SOME = 5


def print_verdict(verdict: Verdict, *, everything: bool, as_json: bool) -> None:
    """What came of the examples; with `everything` also those failures that are allowed."""
    if as_json:
        data = {
            "passed": verdict.passed, "examples": len(verdict.outcomes), "negatives": len(verdict.made_up),
            "failed": [_outcome(o) for o in verdict.failed],
            "known_misread": [_outcome(o) for o in verdict.misread],
            "negatives_failed": [_outcome(o) for o in verdict.negatives_failed],
            "mended": verdict.mended, "gone": verdict.gone,
        }  # fmt: skip
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    _print_outcomes(verdict.failed)
    if verdict.too_many or everything:
        _print_outcomes(verdict.negatives_failed)
    if everything:
        _print_outcomes(verdict.misread, " (known misread)")
    table = _table("", ">examples", ">right", ">known misread", ">fail")
    kinds = list(dict.fromkeys(o.case.kind for o in verdict.outcomes))
    groups = [(kind, [o for o in verdict.outcomes if o.case.kind == kind]) for kind in kinds]
    for name, some in [*groups, ("unmarked negative", list(verdict.made_up))]:
        if some:
            bad = [o for o in some if o.problem]
            allowed = sum(1 for o in bad if o.case.id in verdict.known)
            table.add_row(name, *(str(n) for n in (len(some), len(some) - len(bad), allowed, len(bad) - allowed)))
    console().print(table)
    if verdict.mended:
        _note(f"Of known_misread.txt these come right, take them off (--write): {_few(verdict.mended)}")
    if verdict.gone:
        _note(f"In known_misread.txt, but no example any more (--write): {_few(verdict.gone)}")
    if verdict.failed:
        _note(f"{len(verdict.failed)} fail that known_misread.txt does not allow. Mend the entry or the rule.")
    if verdict.too_many:
        _note(f"{len(verdict.negatives_failed)} of the triggers' negatives give a finding: more than 2 in 100.")


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_SOME]) + (f" and {len(names) - _SOME} more" if len(names) > _SOME else "")


def _outcome(o: Outcome) -> dict[str, Any]:
    return {
        "id": o.case.id, "where": index()(o.case.entry), "example": o.case.marked, "problem": o.problem,
        "found": list(o.found),
    }  # fmt: skip


def _print_outcomes(outcomes: Sequence[Outcome], more: str = "") -> None:
    page, where = console(), index()
    for o in outcomes:
        page.print(plain(f"{o.case.id}{more}", "bold"), plain(where(o.case.entry), "dim"), soft_wrap=True)
        page.print(
            _pairs({"example": o.case.marked, "problem": o.problem, "found": "; ".join(o.found) or "nothing"})
        )
        page.print()


def _note(text: str) -> None:
    console().print(plain(text, "yellow"), soft_wrap=True)


def _table(*columns: str) -> Table:
    """A bare table; columns whose name begins with > are numbers."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column.lstrip(">"), justify="right" if column.startswith(">") else "left", overflow="fold")
    return table


def _pairs(fields: dict[str, Any]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for key, value in fields.items():
        table.add_row(f"  {key}", plain(_said(value)))
    return table


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(str(x) for x in value)
    return str(value)


def print_coverage(counted: Coverage, rows: Sequence[Row], *, by: str, left: int, examples: bool) -> None:
    """The sum and the given rows; `left` says how many more there are, `examples` adds findings of each row."""
    page = console()
    table = _table(by, ">fired", ">right", ">wrong", ">open", ">precision", "95% interval")
    for row in [counted.total, *rows]:
        low_high = row.interval
        table.add_row(
            plain(row.name, "bold" if row is counted.total else ""), str(row.fired), str(row.right), str(row.wrong),
            str(row.open), "–" if row.precision is None else f"{row.precision:.3f}",
            "" if low_high is None else f"{low_high[0]:.2f} to {low_high[1]:.2f}",
        )  # fmt: skip
    page.print(table)
    if left:
        page.print(plain(f"… and {left} more.", "dim"))
    for row in rows if examples else ():
        if row.right_example or row.wrong_example:
            page.print()
            page.print(plain(row.name, "bold"), soft_wrap=True)
            _show_instance("right", row.right_example)
            _show_instance("wrong", row.wrong_example)
    if counted.silent:
        page.print()
        _note(f"{len(counted.silent)} {by}s of the grammar never fired (--json names them).")


def _show_instance(what: str, instance: Instance | None) -> None:
    if instance is None:
        return
    table = _table("", "")
    table.show_header = False
    table.add_row(f"  {what}", plain(instance.finding, "green" if what == "right" else "red"))
    if instance.gold:
        table.add_row("", plain(instance.gold))
    table.add_row("", plain(f"{instance.document}: {instance.sentence}", "dim"))
    console().print(table)


def print_explanation(told: Explanation) -> None:
    """The path from words to finding, step by step."""
    page = console()
    page.print(plain(f"{told.finding}  {told.says}", "bold"), soft_wrap=True)
    for note in told.notes:
        _note(note)
    page.print(_head("1 Sentence", f"{told.document} {told.span[0]}–{told.span[1]}"))
    page.print(plain(told.sentence))
    page.print(_head("2 Mentions"))
    table = _table("id", "text", "type", "concept")
    for m in told.mentions:
        table.add_row(m["id"], plain(m["text"]), m["type"], m["concept"])
    page.print(table)
    page.print(_head("3 Parse"))
    names = {
        m["id"]: Mention(id=m["id"], type=m["type"], text=m["text"], fragments=[(0, 1)]) for m in told.mentions
    }
    page.print(_branches(told.tree, names))
    page.print(_head("4 Trigger", told.entry_place))
    page.print(plain(f'"{told.trigger}" by the entry {told.rule.rpartition(":")[0]}'))
    page.print(_pairs(told.entry))
    page.print(_head("5 Frame", told.frame_place))
    page.print(_pairs(told.frame))
    for number, role, argument in ((6, "Subject", told.subject), (7, "Object", told.object)):
        page.print(_head(f"{number} {role}", f"{argument.text} ({argument.id} {argument.type})"))
        _steps(argument)
    page.print(_head("8 Qualifiers"))
    page.print(_pairs(dict(told.qualifiers)))
    page.print(_head("9 Competing statements"))
    if not told.rivals:
        page.print(plain("none", "dim"))
    for rival in told.rivals:
        fate = "kept as a finding of its own" if rival.kept else f"lost: {rival.why or 'the winner is preferred'}"
        page.print(plain(f'{rival.says} by "{rival.trigger}" [{rival.rule}]'), soft_wrap=True)
        page.print(plain(f"   {fate}", "dim"), soft_wrap=True)
    page.print(_head("10 Confidence", "relations/confidence.json"))
    table = _table("feature", ">value", ">weight", ">share")
    for w in told.features:
        table.add_row(w.name, f"{w.value:g}", f"{w.weight:+.3f}", f"{w.share:+.3f}")
    table.add_row(plain("sum, in log-odds", "bold"), "", "", f"{told.log_odds:+.3f}")
    table.add_row(plain("chance to be right", "bold"), "", "", f"{told.confidence:.3f}")
    page.print(table)


def _head(title: str, more: str = "") -> Text:
    return Text("\n").append(title, style="bold underline").append(f"  {more}" if more else "", style="dim")


def _steps(argument: Argument) -> None:
    for step in argument.steps:
        console().print(plain("→ " + step), soft_wrap=True)
