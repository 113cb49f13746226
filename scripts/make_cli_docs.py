"""Make docs/cli.md from the --help of every command.

    python scripts/make_cli_docs.py

Run it after a change of a command; a test compares what it would write with what is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from typer.testing import CliRunner

from extract.cli import app

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
WIDTH = 88

HEAD = """# Command line

Made from `--help` by `scripts/make_cli_docs.py`; do not edit. [README](../README.md) shows the commands at work.

Exit codes: 0 done; 1 a fault of the program, or the answer is no (a name that the lexicon does not know, quality that
dropped beyond chance, gold with errors); 2 wrong usage; 3 some input could not be read (`run` does the rest, and the
manifest names each refused text with reason and remedy).
"""


def page() -> str:
    """The whole page as Markdown."""
    return HEAD + "".join(_section(path) for path in _paths(typer.main.get_command(app), ()))


def _paths(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words that lead to each command, groups before what they hold."""
    yield path
    for name, sub in getattr(command, "commands", {}).items():
        yield from _paths(sub, (*path, name))


def _section(path: tuple[str, ...]) -> str:
    # max_content_width alone would still follow the terminal in which the script happens to run.
    result = CliRunner().invoke(app, [*path, "--help"], prog_name="immunolit", terminal_width=WIDTH)
    if result.exit_code:
        raise SystemExit(f"immunolit {' '.join(path)} --help ended with {result.exit_code}: {result.output}")
    lines = "\n".join(line.rstrip() for line in result.output.strip().splitlines())
    return f"\n## {' '.join(('immunolit', *path))}\n\n```text\n{lines}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
