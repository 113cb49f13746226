"""What the commands share in the terminal: the console, colours of types, and safe text."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from extract.writers.markup import clean

__all__ = ["STYLES", "console", "plain"]

# The colours of the report, as near as terminals have them.
STYLES: dict[str, str] = {
    "CELL": "bold blue",
    "CYTOKINE": "bold yellow",
    "HORMONE": "bold green",
    "DISEASE": "bold magenta",
}

# Without a terminal (a pipe, a build log) there is no width to ask for.
_WIDTH = 120


def console(*, stderr: bool = False) -> Console:
    """A console for tables. In a pipe it is 120 columns wide and has no colours."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDTH
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def plain(text: str, style: str = "") -> Text:
    """Text of documents, fit for a terminal: no markup, no control characters, one line."""
    return Text(" ".join(clean(text).split()), style=style)
