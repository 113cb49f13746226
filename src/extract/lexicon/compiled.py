"""The compiled lexicon: an Aho-Corasick automaton over name keys, and which table lines each key stands for.

Compiling takes seconds, loading the result a fraction of one; so the result is kept in the user's cache folder,
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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import daachorse

from extract.lexicon.tables import Entry, Table, parse_line
from extract.lexicon.variants import variants
from extract.schema import MENTION_TYPES
from extract.text import key

__all__ = ["Compiled", "cache_dir", "compile_tables", "content_hash", "load_compiled"]

# Raise it when keys, variants or the order of entries change: old caches are then left alone.
FORMAT: Final = 1
_MAGIC: Final = b"immunolit lexicon\n"
_CURATED: Final = "immunolit"


@dataclass(frozen=True, slots=True)
class Compiled:
    """`postings[first[p]:first[p + 1]]` are the numbers of the table lines that pattern p stands for, best first."""

    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    first: array[int]
    postings: array[int]


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


def _rank(entry: Entry, extra: bool, by_rule: bool, name_key: str) -> tuple[int, int, int, str, str, str]:
    """What sorts the entries of one key: whose word counts most, then the concept's own name before a synonym."""
    origin = 0 if extra else 1 if entry.source == _CURATED else 2
    synonym = 2 if by_rule else int(key(entry.label) != name_key)
    return (origin, synonym, MENTION_TYPES.index(entry.type), entry.concept, entry.name, entry.source)


def compile_tables(tables: Sequence[Table]) -> Compiled:
    """Make the automaton. Lines are numbered through all tables, headers left out. Raises LexiconError."""
    found: dict[str, dict[tuple[str, str, str], tuple[tuple[int, int, int, str, str, str], int]]] = {}
    number = 0
    for table in tables:
        for line_number, line in enumerate(table.lines, 2):
            entry = parse_line(line, table.path, line_number)
            own = key(entry.name)
            keys = [(own, False), *((key(v), True) for v in variants(entry.name, entry.type))]
            for name_key, by_rule in keys:
                if not name_key or (by_rule and name_key == own):
                    continue
                rank = _rank(entry, table.extra, by_rule, name_key)
                concepts = found.setdefault(name_key, {})
                # One concept may come under one key by several lines; the best of them is enough,
                # but a symbol ("case") and a common name are kept apart: they match different text.
                same = (entry.type, entry.concept or entry.label, "case" if "case" in entry.flags else "")
                if same not in concepts or rank < concepts[same][0]:
                    concepts[same] = (rank, number)
            number += 1
    patterns = sorted(found)
    first, postings = array("I", [0]), array("I")
    for pattern in patterns:
        postings.extend(n for _, n in sorted(found[pattern].values()))
        first.append(len(postings))
    # The automaton refuses an empty list of patterns; this one can occur in no text.
    return Compiled(daachorse.CharwiseDoubleArrayAhoCorasick(patterns or ["\0"]), first, postings)


def _pack(compiled: Compiled) -> bytes:
    parts = [compiled.automaton.serialize(), compiled.first.tobytes(), compiled.postings.tobytes()]
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
    first, postings = array("I"), array("I")
    first.frombytes(parts[1])
    postings.frombytes(parts[2])
    return Compiled(daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(parts[0]), first, postings)


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
