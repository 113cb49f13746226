"""One JSON object a line: the same bytes for the same content."""

from __future__ import annotations

import json

from pydantic import BaseModel

from extract.schema import Document

__all__ = ["document_line", "json_line"]


def json_line(record: BaseModel) -> str:
    """The record as one line with its newline. Keys in the order of the model, text as it is (no \\u
    escapes).

    Lone surrogates, which UTF-8 cannot hold, are written as escapes.
    """
    return _dump(record.model_dump(mode="json"))


def document_line(document: Document) -> str:
    """The document in the gold format, as one line with its newline. Empty optional fields of `meta` are
    left out."""
    data = document.model_dump(mode="json")
    data["meta"] = {key: value for key, value in data["meta"].items() if value not in ("", None)}
    return _dump(data)


def _dump(data: object) -> str:
    line = json.dumps(data, ensure_ascii=False, allow_nan=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(data, ensure_ascii=True, allow_nan=False)
    # U+2028, U+2029 and U+0085 are line ends to some readers (Python's splitlines among them).
    for char in ("\u2028", "\u2029", "\x85"):
        line = line.replace(char, f"\\u{ord(char):04x}")
    return line + "\n"
