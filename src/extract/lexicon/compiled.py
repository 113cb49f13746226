"""The compiled lexicon: an Aho-Corasick automaton over name keys, and which table lines each key stands for.

Compiling takes seconds, loading the result a fraction of one; so the result is kept in the user's cache
folder,
under a name made of the hash of all that went in. A cache that cannot be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
import sys
import tempfile
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import daachorse

from extract.lexicon.tables import Entry, Table, parse_line
from extract.lexicon.variants import variants
from extract.schema import MENTION_TYPES
from extract.text import key

__all__ = ["CURATED", "Compiled", "cache_dir", "compile_tables", "content_hash", "load_compiled"]

# Raise it when keys, variants or the order of entries change: old caches are then left alone.
FORMAT: Final = 4
_MAGIC: Final = b"immunolit lexicon\n"
CURATED: Final = "immunolit"


@dataclass(frozen=True, slots=True)
class Compiled:
    """`postings[first[p]:first[p + 1]]` are the numbers of the table lines that pattern p stands for, best
    first.

    `labels[n]` is the number of the line that has the label of line n's concept.
    """

    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    first: array[int]
    postings: array[int]
    labels: array[int]


def cache_dir() -> Path:
    """Where compiled lexica are kept: $IMMUNOLIT_CACHE, else the platform's cache folder of the user."""
    given = os.environ.get("IMMUNOLIT_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "immunolit"


def content_hash(tables: Sequence[Table]) -> str:
    """SHA-256 (hexadecimal) of the tables' names and bytes, in the order given."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(f"{table.path.name}\0{len(table.data)}\0".encode())
        digest.update(table.data)
    return digest.hexdigest()


def _rank(entry: Entry, extra: bool, own_key: str, name_key: str) -> tuple[int, int, int, str, str, str]:
    """What sorts the entries of one key: whose word counts most, then the concept's own name before a
    synonym."""
    origin = 0 if extra else 1 if entry.source == CURATED else 2
    synonym = 2 if own_key != name_key else int(key(entry.label) != name_key)
    return (origin, synonym, MENTION_TYPES.index(entry.type), entry.concept, entry.name, entry.source)


def _sorted(numbers: list[int], name_key: str, parsed: Callable[[int], tuple[Entry, bool]]) -> list[int]:
    """The lines of one key, best first. Of several lines of one concept the best is enough; but a symbol
    (flag
    "case") and a common name of it are kept apart, for they match different text."""
    best: dict[tuple[str, str, bool], tuple[tuple[int, int, int, str, str, str], int]] = {}
    for number in numbers:
        entry, extra = parsed(number)
        rank = _rank(entry, extra, key(entry.name), name_key)
        same = (entry.type, entry.concept or entry.label, "case" in entry.flags)
        if same not in best or (rank, number) < best[same]:
            best[same] = (rank, number)
    return [number for _, number in sorted(best.values())]


def compile_tables(tables: Sequence[Table]) -> Compiled:
    """Make the automaton. Lines are numbered through all tables, headers left out. Raises LexiconError."""
    # Nearly all keys have one line: a number is kept for those, a list only for the others.
    found: dict[str, int | list[int]] = {}
    labels = array("I")
    label_line: dict[str, int] = {}
    label_text: dict[str, str] = {}
    at: list[tuple[Table, int]] = []
    for table in tables:
        for line_number, line in enumerate(table.lines, 2):
            number = len(labels)
            at.append((table, line_number))
            entry = parse_line(line, table.path, line_number)
            labels.append(label_line.setdefault(entry.concept, number) if entry.concept else number)
            if entry.concept:
                label_text.setdefault(entry.concept, entry.label)
            for name_key in {key(n): None for n in (entry.name, *variants(entry.name, entry.type))}:
                known = found.get(name_key)
                if not name_key:
                    continue
                if known is None:
                    found[name_key] = number
                elif isinstance(known, int):
                    found[name_key] = [known, number]
                else:
                    known.append(number)

    def parsed(number: int) -> tuple[Entry, bool]:
        table, line_number = at[number]
        entry = parse_line(table.lines[line_number - 2], table.path, line_number)
        return replace(entry, label=label_text.get(entry.concept, entry.label)), table.extra

    patterns = sorted(found)
    first, postings = array("I", [0]), array("I")
    for pattern in patterns:
        lines = found[pattern]
        postings.extend([lines] if isinstance(lines, int) else _sorted(lines, pattern, parsed))
        first.append(len(postings))
    # The automaton refuses an empty list of patterns; this one can occur in no text.
    return Compiled(daachorse.CharwiseDoubleArrayAhoCorasick(patterns or ["\0"]), first, postings, labels)


def _pack(compiled: Compiled) -> bytes:
    parts = [
        compiled.automaton.serialize(),
        *(a.tobytes() for a in (compiled.first, compiled.postings, compiled.labels)),
    ]
    body = b"".join(struct.pack("<Q", len(p)) + p for p in parts)
    return _MAGIC + hashlib.sha256(body).digest() + body


def _unpack(data: bytes) -> Compiled | None:
    head = len(_MAGIC) + 32
    if data[: len(_MAGIC)] != _MAGIC or hashlib.sha256(data[head:]).digest() != data[len(_MAGIC) : head]:
        return None
    parts, at = [], head
    while at < len(data):
        (size,) = struct.unpack_from("<Q", data, at)
        parts.append(data[at + 8 : at + 8 + size])
        at += 8 + size
    first, postings, labels = array("I"), array("I"), array("I")
    for numbers, part in zip((first, postings, labels), parts[1:], strict=True):
        numbers.frombytes(part)
    return Compiled(daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(parts[0]), first, postings, labels)


def load_compiled(tables: Sequence[Table], digest: str) -> Compiled:
    """The compiled form of `tables` from the cache, or made now and put there. Raises LexiconError."""
    version = getattr(daachorse, "__version__", "")
    name = hashlib.sha256(f"{FORMAT} {version} {sys.byteorder} {digest}".encode()).hexdigest()[:32]
    path = cache_dir() / f"lexicon-{name}.bin"
    with contextlib.suppress(OSError):
        cached = _unpack(path.read_bytes())
        if cached is not None:
            return cached
    compiled = compile_tables(tables)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_pack(compiled))
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    return compiled
