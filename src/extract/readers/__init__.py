"""Bytes to documents: one small reader a format, found through `registry`."""

from __future__ import annotations

from extract.readers.base import Limits, Origin, Reader
from extract.readers.failure import REMEDIES, Failure
from extract.readers.registry import READERS, expand, read, read_bytes, refuse_duplicates
from extract.readers.sources import STDIN, Source

__all__ = [
    "READERS",
    "REMEDIES",
    "STDIN",
    "Failure",
    "Limits",
    "Origin",
    "Reader",
    "Source",
    "expand",
    "read",
    "read_bytes",
    "refuse_duplicates",
]
