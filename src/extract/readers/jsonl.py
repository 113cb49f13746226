"""JSON Lines: {"id", "text", ...} or whole documents in the gold format, one a line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from pydantic import ValidationError

from extract.errors import DocumentError
from extract.readers.base import Limits, Origin, Reader
from extract.readers.checks import check_text
from extract.readers.decode import refuse_binary
from extract.readers.failure import Failure, refusal
from extract.readers.given import check_given, with_fragments
from extract.readers.meta import complete
from extract.readers.sections import segment
from extract.schema import Document, Meta

__all__ = ["READER", "read_jsonl"]

_META_FIELDS = ("title", "source", "genre", "doi", "pmid", "journal", "year", "url")
_BOM = codecs.BOM_UTF8
_TO_UTF8 = "Save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > NEW"


def read_jsonl(stream: BinaryIO, origin: Origin, limits: Limits) -> Iterator[Document | Failure]:
    """A document or a failure for each non-blank line; a bad line does not stop the others.

    A failure is named by the line's id, else by file and line number. Raises DocumentError only for an input
    that is no JSON Lines at all (empty, binary).
    """
    seen: dict[str, int] = {}
    empty = True
    for number, line in _lines(stream, limits):
        if number == 1 and line is not None:
            line = line.removeprefix(_BOM)
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise refusal("bad_encoding", "It is UTF-16, but JSON Lines are UTF-8.", remedy=_TO_UTF8)
            refuse_binary(line[:4096])
        if line is not None and not line.strip():
            continue
        empty = False
        name = f"{origin.path}:{number}"
        try:
            if line is None:
                raise refusal("too_large", f"Line {number} is longer than {limits.max_bytes / 1e6:g} MB.")
            record = _parse(line, number)
            if isinstance(record.get("id"), str | int) and record["id"] != "":
                name = str(record["id"])
            document = _document(record, number, origin, limits)
        except DocumentError as error:
            yield Failure.from_error(error, id=name, path=origin.path)
            continue
        if document.id in seen:
            first = seen[document.id]
            message = f'Line {number} has the id "{document.id}" of line {first}.'
            yield Failure.from_error(refusal("duplicate_id", message), id=document.id, path=origin.path)
            continue
        seen[document.id] = number
        yield document
    if empty:
        raise refusal("empty", "It has no lines with a document.")


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one that is over the limit, which is passed over without being kept."""
    number = 0
    while line := stream.readline(limits.max_bytes + 1):
        number += 1
        if len(line) <= limits.max_bytes:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, None


def _parse(line: bytes, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"Line {number}, byte {error.start} (0x{line[error.start]:02X}) is not valid UTF-8."
        raise refusal("bad_encoding", message) from None
    except json.JSONDecodeError as error:
        raise refusal("broken_json", f"Line {number} is not JSON: {error.msg} at column {error.colno}.") from None
    except (RecursionError, ValueError) as error:
        raise refusal("broken_json", f"Line {number} is not usable JSON: {type(error).__name__}.") from None
    if not isinstance(record, dict):
        raise refusal("broken_json", f"Line {number} is a JSON {type(record).__name__}, not an object.")
    return record


def _document(record: dict[str, Any], number: int, origin: Origin, limits: Limits) -> Document:
    for field in ("id", "text"):
        if record.get(field) is None or record[field] == "":
            if field == "text" and record.get(field) == "":
                raise refusal("empty", f'Line {number} has an empty "text".')
            raise refusal("missing_field", f'Line {number} has no "{field}".')
    text = record["text"]
    if not isinstance(text, str):
        raise refusal("bad_field", f'Line {number}: "text" is a {type(text).__name__}, not a string.')
    if not isinstance(record["id"], str | int) or isinstance(record["id"], bool):
        raise refusal("bad_field", f'Line {number}: "id" is a {type(record["id"]).__name__}, not a string.')
    _refuse_surrogates(text, number)
    if not text.strip():
        raise refusal("empty", f"Line {number} has only blanks in its text.")
    check_text(text, limits)
    fields = {
        "id": str(record["id"]),
        "text": text,
        "meta": _meta(record, number, origin),
        "mentions": with_fragments(record.get("mentions") or [], text, number),
        "findings": record.get("findings") or [],
        "sections": record.get("sections") or [],
    }
    try:
        document = Document.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise refusal("bad_field", f'Line {number}: "{where}": {first["msg"]}.') from None
    check_given(document, number)
    document.sections = document.sections or segment(text)
    document.meta = complete(document.meta, text, document.sections)
    return document


def _meta(record: dict[str, Any], number: int, origin: Origin) -> Meta:
    given = record.get("meta") or {}
    if not isinstance(given, dict):
        raise refusal("bad_field", f'Line {number}: "meta" is a {type(given).__name__}, not an object.')
    fields = {key: value for key, value in given.items() if value is not None}
    for key in _META_FIELDS:
        if key not in fields and record.get(key) is not None:
            fields[key] = record[key]
        if isinstance(fields.get(key), int | float):
            fields[key] = str(fields[key])
    fields["path"] = origin.path
    try:
        return Meta.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise refusal("bad_field", f'Line {number}: "meta.{where}": {first["msg"]}.') from None


def _refuse_surrogates(text: str, number: int) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        at = error.start
        message = f"Line {number}: code point {at} of the text is half a surrogate pair (\\u{ord(text[at]):04x})."
        raise refusal("bad_encoding", message, remedy="Write the whole character, or leave it out.") from None


def _recognises(head: bytes) -> bool:
    """The first line is an object with an "id" or a "text"."""
    first = head.removeprefix(_BOM).lstrip()
    return first.startswith(b"{") and (b'"text"' in head or b'"id"' in head)


READER = Reader(name="jsonl", suffixes=(".jsonl", ".ndjson"), recognises=_recognises, read=read_jsonl)
