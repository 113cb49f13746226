"""Inputs as they are given (files, folders, patterns, "-") to a list of sources with document ids."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.readers.failure import Failure, refusal

__all__ = ["STDIN", "Source", "expand", "stem"]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One input to read: `name` is the path as given ("-" for standard input), `id` the id of its document.

    A file of many documents (JSON Lines) brings its own ids.
    """

    name: str
    id: str

    @property
    def is_stdin(self) -> bool:
        """True if its bytes come from standard input."""
        return self.name == STDIN

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.name)


def stem(name: str, suffixes: Sequence[str] = ()) -> str:
    """File name without folder, ".gz" and known suffix; "stdin" for "-"."""
    if name == STDIN:
        return "stdin"
    base = Path(name).name
    lower = base.lower()
    if lower.endswith(".gz"):
        base = base[:-3]
        lower = base.lower()
    for suffix in suffixes:
        if lower.endswith(suffix) and len(base) > len(suffix):
            return base[: -len(suffix)]
    return Path(base).stem or base


def expand(inputs: Iterable[str | Path], *, suffixes: Sequence[str]) -> list[Source | Failure]:
    """Every file behind `inputs`, in the order given, each once; what leads nowhere as a Failure.

    Folders are searched to the bottom, in sorted order, for files with one of `suffixes` (also with
    ".gz"); hidden ones are passed over. A pattern (*, ?, [...], **) that is no file itself is expanded in
    sorted order. Ids are file stems; where two would be equal, the path below the folder given, with its
    suffix if need be.
    """
    found: list[tuple[str, str] | Failure] = []
    for item in inputs:
        found.extend(_one(str(item), suffixes))
    unique: dict[str, tuple[str, str]] = {}
    for entry in found:
        if not isinstance(entry, Failure):
            unique.setdefault(_key(entry[0]), entry)
    ids = _ids(list(unique.values()), suffixes)
    done: set[str] = set()
    sources: list[Source | Failure] = []
    for entry in found:
        if isinstance(entry, Failure):
            sources.append(entry)
        elif _key(entry[0]) not in done:
            done.add(_key(entry[0]))
            name = unique[_key(entry[0])][0]
            sources.append(Source(name=name, id=ids[name]))
    return sources


def _key(name: str) -> str:
    return name if name == STDIN else os.path.realpath(name)


def _one(name: str, suffixes: Sequence[str]) -> list[tuple[str, str] | Failure]:
    """(name, path below what was given) of each file, or failures."""
    if name == STDIN:
        return [(STDIN, "stdin")]
    path = Path(name)
    try:
        if path.is_dir():
            return _folder(name, suffixes)
        if path.exists():
            return [(name, name)]
    except OSError as error:
        return [_failed("unreadable", name, f"It cannot be looked at: {error.strerror}.")]
    if glob.has_magic(name):
        # pathlib's glob takes no absolute patterns and keeps hidden files.
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207
        if not matches:
            return [_failed("missing", name, "No file fits this pattern.")]
        entries: list[tuple[str, str] | Failure] = []
        for match in matches:
            if not Path(match).is_dir():
                entries.append((match, match))
        return entries or [
            _failed("missing", name, "Only folders fit this pattern.", remedy="Give the folders themselves.")
        ]
    return [_failed("missing", name, "There is no such file or folder.")]


def _folder(name: str, suffixes: Sequence[str]) -> list[tuple[str, str] | Failure]:
    entries: list[tuple[str, str] | Failure] = []

    def refused(error: OSError) -> None:
        entries.append(_failed("unreadable", str(error.filename), f"The folder cannot be opened: {error.strerror}."))

    for folder, folders, names in os.walk(name, onerror=refused):
        folders[:] = sorted(item for item in folders if not item.startswith("."))
        for item in sorted(names):
            lower = item.lower().removesuffix(".gz")
            path = Path(folder) / item
            if not item.startswith(".") and lower.endswith(tuple(suffixes)) and (path.is_file() or path.is_symlink()):
                entries.append((str(path), path.relative_to(name).as_posix()))
    if not entries:
        known = ", ".join(suffixes)
        return [_failed("missing", name, f"The folder holds no file with a known suffix ({known}).")]
    return entries


def _failed(reason: str, name: str, message: str, *, remedy: str = "") -> Failure:
    return Failure.from_error(refusal(reason, message, remedy=remedy), id=name, path=name)


def _ids(entries: Sequence[tuple[str, str]], suffixes: Sequence[str]) -> dict[str, str]:
    """The first unique one of: stem, path below the folder without suffix, with suffix, the whole path."""

    def without(relative: str) -> str:
        folder = Path(relative).parent.as_posix()
        base = stem(relative, suffixes)
        return base if folder == "." else f"{folder}/{base}"

    forms = {
        name: (stem(name, suffixes), without(relative), relative, name, f"{name}#{index}")
        for index, (name, relative) in enumerate(entries)
    }
    ids: dict[str, str] = {}
    open_names = list(forms)
    taken: set[str] = set()
    for level in range(5):
        counts = Counter(forms[name][level] for name in open_names)
        for name in open_names:
            form = forms[name][level]
            if counts[form] == 1 and form not in taken:
                ids[name] = form
        taken.update(ids.values())
        open_names = [name for name in open_names if name not in ids]
    return ids
