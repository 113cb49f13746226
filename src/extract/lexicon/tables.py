"""The lexicon's tables: one name a line, read and checked.

A table is UTF-8 text with tabs; its first line names the columns (`COLUMNS`). Lists are joined by "|".
The shipped tables are made by scripts/build_lexicon.py; a user may add tables of the same form.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast, get_args

from extract.errors import LexiconError
from extract.schema import MENTION_TYPES, MentionType, Role

__all__ = ["COLUMNS", "FLAGS", "Entry", "Table", "parse_line", "read_table"]

COLUMNS: Final = ("name", "type", "also", "roles", "concept", "label", "flags", "source")
FLAGS: Final = ("case", "exact", "generic")
_ROLES: Final[tuple[str, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one concept.

    `also` are other types that are right too. `concept` is a CURIE, or empty. `label` is the concept's
    preferred
    name. `flags`: "case" (a symbol: matches only where its capitals stand), "exact" (matches only in this
    spelling, capitals apart: "colds" is a disease, "cold" is not), "generic" (a class name).
    `source` says which ontology or list the name comes from; NOTICE names version and licence of each.
    """

    name: str
    type: MentionType
    also: tuple[MentionType, ...] = ()
    roles: tuple[Role, ...] = ()
    concept: str = ""
    label: str = ""
    flags: tuple[str, ...] = ()
    source: str = ""


def _fail(path: Path, line: int, wrong: str, remedy: str) -> LexiconError:
    return LexiconError(f"{path}, line {line}: {wrong}.", reason="bad-table", remedy=remedy)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's file: all its bytes, and its lines without the header. `extra` marks a user's own table."""

    path: Path
    data: bytes
    lines: list[bytes]
    extra: bool = False


def read_table(path: Path, *, extra: bool = False) -> Table:
    """Read one table; its lines are checked by `parse_line` when they are used.

    Raises LexiconError if the file cannot be read or its header is not `COLUMNS`.
    """
    try:
        data = path.read_bytes()
    except OSError as err:
        raise LexiconError(
            f"Cannot read the lexicon table {path}: {err.strerror}.",
            reason="missing-table",
            remedy="Check the path and the permissions.",
        ) from err
    # Not splitlines(): names may hold characters that Python, but no editor, takes for line ends.
    lines = [line.removesuffix(b"\r") for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    header = lines[0].decode("utf-8", "replace").split("\t")
    if tuple(header) != COLUMNS:
        wrong = f"the header is {header}, expected {list(COLUMNS)}"
        raise _fail(path, 1, wrong, "Separate the columns by tabs, one name a line.")
    if lines[-1] == b"":
        lines.pop()
    return Table(path, data, lines[1:], extra)


def parse_line(line: bytes, path: Path, number: int, label_of: str = "") -> Entry:
    """One checked table line as an Entry. `number` counts from 1, the header being line 1. Raises
    LexiconError.

    `label_of` is the label if the line has none: tables give a concept's label once, on the first of its
    lines.
    """
    try:
        cells = line.decode("utf-8").split("\t")
    except UnicodeDecodeError as err:
        raise _fail(path, number, f"not UTF-8 ({err.reason})", "Save the file as UTF-8.") from err
    if len(cells) != len(COLUMNS):
        raise _fail(
            path,
            number,
            f"{len(cells)} columns, expected {len(COLUMNS)} ({', '.join(COLUMNS)})",
            "Separate the columns by tabs and keep empty ones.",
        )
    name, type_, also, roles, concept, label, flags, source = (c.strip() for c in cells)
    if not name:
        raise _fail(path, number, "the name is empty", "Give a name or delete the line.")
    also_list = also.split("|") if also else []
    for value in (type_, *also_list):
        if value not in MENTION_TYPES:
            raise _fail(path, number, f"type {value!r} is unknown", f"Use one of {', '.join(MENTION_TYPES)}.")
    role_list = roles.split("|") if roles else []
    for value in role_list:
        if value not in _ROLES:
            raise _fail(path, number, f"role {value!r} is unknown", f"Use some of {', '.join(_ROLES)}.")
    flag_list = flags.split("|") if flags else []
    for value in flag_list:
        if value not in FLAGS:
            raise _fail(path, number, f"flag {value!r} is unknown", f"Use some of {', '.join(FLAGS)}.")
    if concept and ":" not in concept:
        raise _fail(path, number, f"concept {concept!r} is no CURIE", "Write it as PREFIX:ID, such as CL:0000084.")
    return Entry(
        name,
        cast(MentionType, type_),
        cast("tuple[MentionType, ...]", tuple(also_list)),
        cast("tuple[Role, ...]", tuple(role_list)),
        concept,
        label or label_of or name,
        tuple(flag_list),
        source,
    )
