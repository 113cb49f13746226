"""What a reader is: a small record with a name, suffixes, a look at the first bytes, and a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from extract.readers.failure import Failure, refusal
from extract.schema import Document

__all__ = ["Limits", "Origin", "Reader", "read_bounded"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may weigh before it is refused rather than waited for."""

    max_bytes: int = 20_000_000
    """Of one document. The longest textbooks are near 5 MB of text; more is most likely a dump."""
    max_lines: int = 200_000
    """Of one text. Lines are judged one by one, at some 20,000 a second; a textbook has 30,000."""
    max_html_bytes: int = 9_000_000
    """Of one page. libxml2 drops a text over 10 MB without a word."""
    max_html_depth: int = 200
    """Open elements at once. Real pages stay under 60; libxml2 drops what is nested deeper than 256."""
    max_html_tags: int = 100_000
    """Of one page. Long real pages have some 20,000; main-content extraction takes ten seconds at 100,000."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from: the document id to use if they have none of their own, and the path as given."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    `suffixes` are lower-case, with the dot. `recognises(head)` looks at up to 4 kB and is true only if the
    content can be nothing else. `read(stream, origin, limits)` yields documents and failures, and may raise
    DocumentError for the whole input.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[BinaryIO, Origin, Limits], Iterator[Document | Failure]]


def read_bounded(stream: BinaryIO, limit: int) -> bytes:
    """All bytes of a one-document stream. Raises DocumentError (too_large) without reading past `limit`."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise refusal("too_large", f"It is larger than {limit / 1e6:g} MB, the limit for one document.")
    return data
