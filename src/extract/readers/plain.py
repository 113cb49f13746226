"""Plain text, pasted from web pages as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from extract.readers.base import Limits, Origin, Reader, read_bounded
from extract.readers.checks import check_text
from extract.readers.decode import decode
from extract.readers.meta import complete
from extract.readers.sections import segment
from extract.schema import Document, Meta

__all__ = ["READER", "read_plain"]


def read_plain(stream: BinaryIO, origin: Origin, limits: Limits) -> Iterator[Document]:
    """One document: the text as it is, less a byte-order mark. Raises DocumentError."""
    text = decode(read_bounded(stream, limits.max_bytes))
    check_text(text, limits)
    sections = segment(text)
    meta = complete(Meta(path=origin.path), text, sections)
    yield Document(id=origin.id, text=text, meta=meta, sections=sections)


READER = Reader(name="plain", suffixes=(".txt", ".text"), recognises=lambda head: False, read=read_plain)
