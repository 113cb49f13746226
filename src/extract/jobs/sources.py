"""The inputs of a job in a fixed order, each document once, problems included as they come."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.jobs.pool import Refusal
from extract.readers.failure import REMEDIES, Failure
from extract.schema import Document

__all__ = ["Item", "read_items"]

STDIN_NAME = "<stdin>"


@dataclass(frozen=True, slots=True)
class Item:
    """A document that was read, or the reason why one could not be. `position` counts inputs from 1."""

    position: int
    name: str
    doc_id: str = ""
    document: Document | None = None
    refusal: Refusal | None = None


def read_items(inputs: Sequence[str | Path]) -> tuple[int, Iterator[Item]]:
    """Expand files, folders, globs and "-", and read them one by one.

    Returns the number of inputs and the items, sorted by path (standard input last), so that the order of the
    arguments does not show in the results. A document whose id came before is refused.
    """
    # Here and not at the top: HTML extraction takes a second to import, and --help of a job needs none of it.
    from extract.readers.registry import expand

    entries = sorted(expand(inputs), key=lambda entry: (_is_stdin(entry), _name(entry)))
    return len(entries), _once(item for n, entry in enumerate(entries, 1) for item in _read(n, entry))


def _is_stdin(entry: object) -> bool:
    return bool(getattr(entry, "is_stdin", False))


def _name(entry: object) -> str:
    if isinstance(entry, Failure):
        return entry.path or entry.id
    return STDIN_NAME if _is_stdin(entry) else str(getattr(entry, "name", entry))


def _read(position: int, entry: object) -> Iterator[Item]:
    """Read one input; an error that its reader did not foresee refuses the rest of it, not the job."""
    from extract.readers.registry import read, read_bytes
    from extract.readers.sources import Source

    if isinstance(entry, Failure):
        yield _failure(position, _name(entry), entry)
        return
    assert isinstance(entry, Source)
    name = _name(entry)
    try:
        stream: Iterable[Document | Failure]
        stream = read_bytes(sys.stdin.buffer.read(), "-") if entry.is_stdin else read(entry)
        for made in stream:
            if isinstance(made, Document):
                yield Item(position, name, made.id, made)
            else:
                yield _failure(position, name, made)
    except Exception as error:
        message = f"The reader failed: {type(error).__name__}: {error}"
        yield Item(position, name, refusal=Refusal("reader", message, "Leave the file out, and report it."))


def _failure(position: int, name: str, failure: Failure) -> Item:
    refusal = Refusal(failure.reason, failure.message, failure.remedy)
    return Item(position, name, failure.id, refusal=refusal)


def _once(items: Iterable[Item]) -> Iterator[Item]:
    seen: dict[str, str] = {}
    for item in items:
        if item.document is None:
            yield item
        elif item.doc_id in seen:
            message = f'The document id "{item.doc_id}" was used before, in {seen[item.doc_id]}.'
            refusal = Refusal("duplicate_id", message, REMEDIES["duplicate_id"])
            yield Item(item.position, item.name, item.doc_id, refusal=refusal)
        else:
            seen[item.doc_id] = item.name
            yield item
