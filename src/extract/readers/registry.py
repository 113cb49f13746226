"""All readers in one list; one is picked by content and suffix, and faults become Failures."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from extract.errors import DocumentError
from extract.readers import html, jsonl, markdown, plain
from extract.readers.base import Limits, Origin, Reader
from extract.readers.failure import Failure, refusal
from extract.readers.sources import STDIN, Source, stem
from extract.readers.sources import expand as _expand
from extract.schema import Document

__all__ = ["READERS", "expand", "pick", "read", "read_bytes", "refuse_duplicates", "suffixes"]

READERS: tuple[Reader, ...] = (html.READER, jsonl.READER, markdown.READER, plain.READER)
"""To add a format: write its module with a READER, and name it here. Earlier ones are asked first."""

_HEAD = 4096
_GZIP = b"\x1f\x8b"
# Text formats without a reader (yet): better refused than read as prose.
_KNOWN_OTHERS = {
    ".pdf": "PDF", ".xml": "XML", ".nxml": "JATS XML", ".docx": "Word", ".doc": "Word", ".epub": "EPUB",
    ".odt": "OpenDocument", ".rtf": "RTF", ".csv": "CSV", ".tsv": "TSV", ".json": "JSON", ".py": "Python",
    ".yml": "YAML", ".yaml": "YAML", ".ann": "brat", ".tex": "LaTeX",
}  # fmt: skip


def suffixes() -> tuple[str, ...]:
    """Every suffix that some reader knows, sorted."""
    return tuple(sorted({suffix for reader in READERS for suffix in reader.suffixes}))


def pick(name: str, head: bytes) -> Reader:
    """The reader for content that begins with `head` under `name`. Content that can be nothing else wins.

    Raises DocumentError (unsupported) for formats known to be something else.
    """
    lower = name.lower().removesuffix(".gz")
    by_suffix = next((reader for reader in READERS if lower.endswith(reader.suffixes)), None)
    by_content = next((reader for reader in READERS if reader.recognises(head)), None)
    if by_suffix is not None and (by_content is None or by_suffix is jsonl.READER):
        return by_suffix
    if by_suffix is not None and by_content is jsonl.READER:
        # A text may quote JSON; its author called it a text.
        return by_suffix
    if by_content is not None:
        return by_content
    suffix = Path(lower).suffix
    if suffix in _KNOWN_OTHERS:
        raise refusal("unsupported", f"{_KNOWN_OTHERS[suffix]} files ({suffix}) cannot be read.")
    if head.lstrip().startswith(b"<?xml"):
        raise refusal("unsupported", "It is XML, which cannot be read.")
    return plain.READER


def _documents(stream: BinaryIO, name: str, origin: Origin, limits: Limits) -> Iterator[Document | Failure]:
    head = stream.read(_HEAD)
    if head.startswith(_GZIP):
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=_chained(head, stream)))
        head = stream.read(_HEAD)
    if not head:
        raise refusal("empty", "It has no bytes.")
    reader = pick(name, head)
    yield from reader.read(_chained(head, stream), origin, limits)


def _chained(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream that gives `head` again before the rest of `stream`, which need not be seekable."""
    return cast(BinaryIO, io.BufferedReader(_Chain(head, stream), buffer_size=1 << 16))


class _Chain(io.RawIOBase):
    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        data = self._head[: len(view)] if self._head else self._stream.read(len(view))
        self._head = self._head[len(data) :]
        view[: len(data)] = data
        return len(data)


def _guarded(items: Iterator[Document | Failure], origin: Origin) -> Iterator[Document | Failure]:
    """`items`, with errors of the input as a last Failure."""
    try:
        yield from items
    except DocumentError as error:
        yield Failure.from_error(error, id=origin.id, path=origin.path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        broken = refusal("binary", f"Its gzip data is damaged: {error}.", remedy="Fetch or make the file anew.")
        yield Failure.from_error(broken, id=origin.id, path=origin.path)
    except PermissionError:
        denied = refusal("unreadable", "The file may not be read by this user.")
        yield Failure.from_error(denied, id=origin.id, path=origin.path)
    except FileNotFoundError:
        yield Failure.from_error(refusal("missing", "There is no such file."), id=origin.id, path=origin.path)
    except OSError as error:
        yield Failure.from_error(
            refusal("unreadable", f"Reading it fails: {error.strerror or error}."),
            id=origin.id,
            path=origin.path,
        )


def read_bytes(data: bytes, name: str, *, id: str = "", limits: Limits | None = None) -> Iterator[Document | Failure]:
    """Documents and failures of `data`, which came from `name` ("-": standard input). Bad data never raises.

    `id` is the document's id for formats of one document; by default the stem of `name`.
    """
    origin = Origin(id=id or stem(name, suffixes()), path=name)
    yield from _guarded(_documents(io.BytesIO(data), name, origin, limits or Limits()), origin)


def read(path: Path | str | Source, *, id: str = "", limits: Limits | None = None) -> Iterator[Document | Failure]:
    """Documents and failures of one file. Never raises for a bad file; files of many documents are streamed.

    Standard input has no path: give its bytes to `read_bytes`.
    """
    name, given = (path.name, path.id) if isinstance(path, Source) else (str(path), id)
    origin = Origin(id=id or given or stem(name, suffixes()), path=name)
    yield from _guarded(_opened(name, origin, limits or Limits()), origin)


def _opened(name: str, origin: Origin, limits: Limits) -> Iterator[Document | Failure]:
    if name == STDIN:
        raise refusal("unreadable", "Standard input has no path.", remedy="Give its bytes to read_bytes.")
    with Path(name).open("rb") as stream:
        yield from _documents(stream, name, origin, limits)


def expand(inputs: Iterable[str | Path]) -> list[Source | Failure]:
    """Every file behind `inputs` (files, folders, patterns, "-"), with document ids; see `sources.expand`."""
    return _expand(inputs, suffixes=suffixes())


def refuse_duplicates(items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    """`items`, but a Failure in place of every document whose id an earlier one has."""
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, Document):
            if item.id in seen:
                message = f'The id "{item.id}" was already used by a document of {seen[item.id] or "this run"}.'
                yield Failure.from_error(refusal("duplicate_id", message), id=item.id, path=item.meta.path)
                continue
            seen[item.id] = item.meta.path
        yield item
