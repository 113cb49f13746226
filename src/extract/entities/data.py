"""Reads the word lists and tables that lie beside this package's code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extract.errors import LexiconError

__all__ = ["table", "words"]

FOLDER = Path(__file__).with_name("data")


@cache
def table(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """Rows of `data/<name>.tsv`, without comments and blank lines.

    Raises LexiconError naming file and line where a row has not exactly `columns` columns.
    """
    path = FOLDER / f"{name}.tsv"
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = tuple(cell.strip() for cell in line.split("\t"))
        if len(row) != columns:
            raise LexiconError(
                f"{path.name}, line {number}: {len(row)} columns, expected {columns}.",
                remedy="Separate the columns by single tabs.",
            )
        rows.append(row)
    return tuple(rows)


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """The last column of the rows of a table whose first columns equal `keys`."""
    return frozenset(row[-1] for row in table(name, len(keys) + 1) if row[: len(keys)] == keys)
