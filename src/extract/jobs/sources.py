"""The inputs of a job in a fixed order, each document once, problems included as they come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.jobs.pool import Refusal
from extract.schema import Document

__all__ = ["Item", "read_items"]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Item:
    """A document that was read, or the reason why one could not be. `position` counts inputs from 1."""

    position: int
    name: str
    document: Document | None = None
    refusal: Refusal | None = None


def read_items(inputs: Sequence[str | Path]) -> tuple[int, Iterator[Item]]:
    """Expand files, folders, globs and "-", and read them one by one.

    Returns the number of inputs and the items, sorted by path (standard input last), so that the order of the
    arguments does not show in the results. A document whose id came before is refused.
    """
    from extract.readers.registry import expand

    paths: list[Any] = sorted(expand([str(name) for name in inputs]), key=_sort_key)
    return len(paths), _once(_read_all(paths))


def _sort_key(entry: Any) -> tuple[bool, str]:
    name = _name(entry)
    return name in (STDIN, "<stdin>"), name


def _name(entry: Any) -> str:
    # expand() gives paths, and failures for those that do not exist.
    return str(getattr(entry, "name", "") if hasattr(entry, "reason") else entry)


def _read_all(paths: Iterable[Any]) -> Iterator[Item]:
    from extract.readers.registry import read, read_bytes

    for position, entry in enumerate(paths, 1):
        if hasattr(entry, "reason"):
            yield _failure(position, entry)
        elif str(entry) == STDIN:
            yield from _guarded(position, "<stdin>", lambda: read_bytes(sys.stdin.buffer.read(), "<stdin>"))
        else:
            yield from _guarded(position, str(entry), lambda entry=entry: read(entry))  # type: ignore[misc]


def _guarded(position: int, name: str, read: Callable[[], Iterable[Any]]) -> Iterator[Item]:
    """Read one input; an error that its reader did not foresee refuses the rest of it, not the job."""
    try:
        for entry in read():
            if isinstance(entry, Document):
                yield Item(position, name, entry)
            else:
                yield _failure(position, entry)
    except Exception as error:
        yield Item(
            position,
            name,
            refusal=Refusal(
                getattr(error, "reason", "reader"),
                getattr(error, "message", f"The reader failed: {type(error).__name__}: {error}"),
                getattr(error, "remedy", "Leave the file out to go on, and report it."),
            ),
        )


def _failure(position: int, failure: Any) -> Item:
    return Item(position, failure.name, refusal=Refusal(failure.reason, failure.message, failure.remedy))


def _once(items: Iterator[Item]) -> Iterator[Item]:
    seen: dict[str, str] = {}
    for item in items:
        if item.document is None:
            yield item
        elif item.document.id in seen:
            yield Item(
                item.position,
                item.name,
                refusal=Refusal(
                    "duplicate_id",
                    f'The document id "{item.document.id}" was used before, in {seen[item.document.id]}.',
                    "Give each document an id of its own, or leave one of them out.",
                ),
            )
        else:
            seen[item.document.id] = item.name
            yield item
