"""What `immunolit run` prints: a progress bar, findings by document, counts, and where the files are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from extract.cli_style import STYLES, console, plain
from extract.jobs.job import DOCUMENTS, FINDINGS, MANIFEST, REPORT, Step
from extract.writers.phrases import sentence
from extract.writers.records import FindingRecord, ManifestRecord, ParticipantRecord

__all__ = ["print_refusals", "print_results", "progress_bar"]

# Findings of one text that are shown unless all are asked for: enough to judge by, few enough to scroll past.
_SHOWN = 8


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Callable[[Step], None] | None]:
    """A bar on standard error while a job runs; None where nobody would see it."""
    screen = console(stderr=True)
    if hidden or not screen.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("Loading", total=None)

        def advance(step: Step) -> None:
            bar.update(task, total=step.total, completed=step.position, description=step.record.name[-40:])

        yield advance


def print_results(out: Path, manifest: ManifestRecord, *, everything: bool) -> None:
    """Print findings grouped by document, counts, and the files written to `out`."""
    screen = console()
    titles = {record.doc_id: record.findings for record in manifest.inputs if record.status == "done"}
    with (out / FINDINGS).open(encoding="utf-8", newline="\n") as lines:
        records = (FindingRecord.model_validate_json(line) for line in lines)
        for doc_id, group in groupby(records, key=lambda record: record.doc_id):
            _print_document(screen, doc_id, titles[doc_id], group, None if everything else _SHOWN)
    silent = [doc_id for doc_id, count in titles.items() if count == 0]
    if silent:
        screen.print(Text("No findings in: ", style="bold").append_text(plain(", ".join(silent), "not bold")))
        screen.print()
    _print_counts(screen, manifest)
    _print_files(screen, out, manifest)


def _print_document(
    screen: Console, doc_id: str, count: int, records: Iterator[FindingRecord], limit: int | None
) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, pad_edge=False)
    table.add_column(ratio=5, overflow="fold")
    table.add_column(ratio=5, overflow="fold")
    table.add_column(ratio=5, overflow="fold")
    table.add_column(ratio=4, overflow="fold", style="dim")
    title = ""
    for record in islice(records, limit):
        title = title or record.source.title
        words = sentence(record)
        middle = Text(f"{words.sign} ").append(words.verb, style="bold").append(f" {words.aspect}".rstrip())
        table.add_row(_participant(record.subject), middle, _participant(record.object), _notes(record))
    heading = plain(title or doc_id, "bold underline")
    heading.append(f"  {count} finding{'' if count == 1 else 's'}", style="not bold not underline dim")
    screen.print(heading)
    screen.print(table)
    if limit is not None and count > limit:
        screen.print(Text(f"… and {count - limit} more (--all prints them)", style="dim"))
    screen.print()


def _participant(part: ParticipantRecord) -> Text:
    return plain(part.text, STYLES.get(part.type, ""))


def _notes(record: FindingRecord) -> Text:
    notes = []
    if record.quantity:
        notes.append(record.quantity.text)
    if record.significance:
        notes.append(record.significance.text)
    notes.extend(f"in {place.text}" for place in record.context)
    if record.derived:
        notes.append("(derived)")
    return plain("; ".join(notes))


def _print_counts(screen: Console, manifest: ManifestRecord) -> None:
    counts = manifest.counts
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right", style="bold")
    table.add_column(overflow="fold")
    refused = f"{counts.refused} refused" if counts.refused else "none refused"
    seconds = f"{counts.characters:,} characters in {manifest.seconds:.1f} s"
    table.add_row("Texts", f"{counts.done:,}", f"{refused}; {seconds}")
    table.add_row("Mentions", f"{counts.mentions:,}", _tally(counts.mentions_by_type))
    table.add_row("Findings", f"{counts.findings:,}", _tally(counts.findings_by_predicate))
    screen.print(table)
    screen.print()


def _tally(counts: dict[str, int]) -> str:
    # Hard spaces: a line must not end between a name and its count.
    names = ((name.lower().replace("_", "\u00a0"), count) for name, count in counts.items())
    return ", ".join(f"{name}\u00a0{count:,}" for name, count in names)


def _print_files(screen: Console, out: Path, manifest: ManifestRecord) -> None:
    sizes = {record.name: f"{max(1, round(record.bytes / 1000)):,} kB" for record in manifest.outputs}
    width = max(len(str(out / name)) for name in (REPORT, FINDINGS, DOCUMENTS, MANIFEST))
    for name, what in (
        (REPORT, "open it in a browser: texts with their findings"),
        (FINDINGS, "one finding a line"),
        (DOCUMENTS, "texts with mentions and findings, in the gold format"),
        (MANIFEST, "what was read, with which version, and what went wrong"),
    ):
        line = plain(str(out / name))
        line.append(f"{'':{width - len(line)}}  {sizes.get(name, ''):>9}  {what}", style="dim")
        # A path in two pieces could not be clicked or copied.
        screen.print(line, soft_wrap=True)


def print_refusals(manifest: ManifestRecord) -> None:
    """Name each document that was refused on standard error, with reason and remedy."""
    screen = console(stderr=True)
    refused = [record for record in manifest.inputs if record.status == "refused"]
    screen.print(Text(f"{len(refused)} refused:", style="bold red"))
    for record in refused:
        line = plain(_place(record.name, record.doc_id), "bold")
        line.append_text(plain(f": {record.message} {record.remedy}", "not bold"))
        screen.print(line, soft_wrap=True)


def _place(name: str, doc_id: str) -> str:
    """Where a refused document stands: its file, and its id or line where the file's name does not tell."""
    if doc_id.startswith(name):
        return doc_id
    return name if Path(name).name.startswith(doc_id) else f"{name}, {doc_id}"
