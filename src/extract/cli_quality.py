"""What `immunolit agree` and `immunolit corpus` do: agreement of annotators, and gold files looked over."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import typer
from rich.table import Table

from extract.cli_files import write_text
from extract.cli_style import console, plain
from extract.errors import ConfigError, FormatError
from extract.scoring import Agreement, Stats, adjudicate, agree, gold_dict, read_gold, settle
from extract.scoring.check import Problem, check
from extract.scoring.description import describe
from extract.writers.markup import clean

__all__ = ["gold_files", "print_agreement", "print_problems", "print_stats", "write_settled"]

_SUFFIXES = (".jsonl", ".jsonl.gz")
_ERRORS, _UNREADABLE = 1, 3


def print_agreement(a: Path, b: Path, out: Path | None, *, as_json: bool) -> None:
    """How far two annotators agree; with `out` also the file in which a third decides where they do not."""
    if out is not None:
        _refuse_to_overwrite(out)
    first, second = read_gold(a), read_gold(b)
    found = agree(first, second)
    left: Counter[str] = Counter()
    if out is not None:
        merged = adjudicate(first, second)
        write_text(out, _lines(merged))
        left.update(entry["kind"] for document in merged for entry in document["undecided"])
    if as_json:
        decide = {} if out is None else {"undecided": {kind: left[kind] for kind in ("mention", "finding")}}
        typer.echo(json.dumps({**found.to_dict(), **decide}, ensure_ascii=False, indent=1))
        return
    _show_agreement(found, a, b)
    if out is not None:
        what = f"{left['mention']} mentions and {left['finding']} findings"
        typer.echo(f"{clean(str(out))}: {what} to decide. Fill in each `choose`, then: immunolit corpus settle")


def _refuse_to_overwrite(out: Path) -> None:
    # It may hold a day of somebody's decisions.
    if out.exists():
        raise ConfigError(f"{out} is there already.", reason="output", remedy="Name a new file, or delete that one.")


def _show_agreement(found: Agreement, a: Path, b: Path) -> None:
    page = console()
    size = len(found.documents)
    table = Table(title=f"Agreement ({size} documents)", title_justify="left", min_width=60)
    for n, column in enumerate(("", "F1", "A", "B")):
        table.add_column(column, justify="right" if n else "left")
    for key in found.keys:
        row = found.scores_ab[key]
        if row.gold or row.pred:
            cells = (key.replace("micro", "all"), f"{found.f1(key):.3f}", str(row.gold), str(row.pred))
            table.add_row(*cells, style="bold" if key == "findings.signed" else None)
    page.print(table)
    kappas = Table(title="Cohen's kappa, findings that both have", title_justify="left", min_width=60)
    for n, column in enumerate(("", "kappa", "same", "findings")):
        kappas.add_column(column, justify="right" if n else "left")
    for name, k in found.kappas.items():
        kappas.add_row(name, _number(k.value), _number(k.observed), str(k.pairs))
    page.print(kappas)
    for path, only in ((a, found.only_a), (b, found.only_b)):
        if only:
            some = ", ".join(only[:5]) + (", …" if len(only) > 5 else "")
            page.print(plain(f"Only in {path.name}, left out: {some}", "yellow"))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def write_settled(path: Path, out: Path, *, default: str) -> None:
    """Write the gold that the decisions in an adjudicated file make."""
    if out.exists() and out.samefile(path):
        raise ConfigError("The gold would replace the decisions.", remedy="Give --out another name.")
    settled = settle(path, default=default)
    write_text(out, _lines([gold_dict(document) for document in settled]))
    findings = sum(len(document.findings) for document in settled)
    typer.echo(f"{clean(str(out))}: {len(settled)} documents, {findings} findings")


def _lines(items: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


def gold_files(paths: Sequence[Path]) -> list[Path]:
    """The files, and those in the folders, each once. Raises ConfigError for a folder without gold files."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.name.endswith(_SUFFIXES) and p.is_file())
            if not inside:
                raise ConfigError(f"{path} holds no gold files.", remedy=f"Name files in {' or '.join(_SUFFIXES)}.")
            files += inside
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def print_problems(paths: Sequence[Path], *, as_json: bool) -> int:
    """All faults of gold files, in their order, and the exit code: 3 if a file could not be opened, else 1 if
    there are errors, else 0."""
    files = gold_files(paths)
    problems: list[Problem] = []
    unread: list[str] = []
    for file in files:
        try:
            problems += check(file)
        except FormatError as error:
            unread.append(str(error))
    counts = Counter(p.severity for p in problems)
    if as_json:
        data = {
            "files": len(files), "errors": counts["error"], "warnings": counts["warning"],
            "problems": [p._asdict() for p in problems], "unreadable": unread,
        }  # fmt: skip
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            typer.echo(clean(str(problem)))
        typer.echo(f"{_many(len(files), 'file')}: {_many(counts['error'], 'error')}, "
                   f"{_many(counts['warning'], 'warning')}")  # fmt: skip
    for message in unread:
        typer.echo(f"Error: {clean(message)}", err=True)
    return _UNREADABLE if unread else _ERRORS if counts["error"] else 0


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def print_stats(paths: Sequence[Path], *, as_json: bool) -> None:
    """Counts of gold files side by side, and of all together where there are several."""
    files = gold_files(paths)
    documents = {str(file): list(read_gold(file).values()) for file in files}
    counted = {name: describe(docs) for name, docs in documents.items()}
    if len(counted) > 1:
        counted["all"] = describe(doc for docs in documents.values() for doc in docs)
    if as_json:
        typer.echo(json.dumps({name: s.to_dict() for name, s in counted.items()}, ensure_ascii=False, indent=1))
        return
    table = Table(title_justify="left", min_width=60)
    table.add_column("")
    for name in counted:
        table.add_column(plain(name), justify="right", overflow="fold")
    for section, rows in _rows(list(counted.values())):
        table.add_section()
        for n, (label, values) in enumerate(rows):
            lead = section if n == 0 else " " * len(section)
            table.add_row(f"{lead}  {clean(label)}".removeprefix("  "), *values)
    console().print(table)


_SECTIONS = ("genres", "types", "predicates", "aspects", "qualifiers")


def _rows(counted: Sequence[Stats]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    sizes = ("documents", "words", "characters", "mentions", "findings")
    top = [(name, [f"{getattr(s, name):,}" for s in counted]) for name in sizes]
    top.append(("findings in 1,000 words", [f"{s.findings_per_1000_words:.1f}" for s in counted]))
    out = [("", top)]
    for section in _SECTIONS:
        tables: list[dict[str, int]] = [getattr(s, section) for s in counted]
        # In the order of the file that holds most values: that of the vocabulary, for the last is all together.
        names = list(dict.fromkeys(name for table in reversed(tables) for name in table))
        out.append((section, [(name, [f"{t.get(name, 0):,}" for t in tables]) for name in names]))
    return [(section, rows) for section, rows in out if rows]
