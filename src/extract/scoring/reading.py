"""Gold and prediction files in, checked documents out.

The format is one JSON object a line, one document a line (docs/annotation.md, "Gold format"). Blank lines are
skipped.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from extract.errors import FormatError
from extract.schema import ASPECTS, MENTION_TYPES, PREDICATES, Document, Span

__all__ = ["GoldDocument", "Line", "build", "faults", "gold_dict", "lines", "read_gold"]

_JOIN = " … "


class GoldDocument(Document):
    """A document with the ids of those mentions and findings that nobody has to find (`"optional": true`)."""

    optional_mentions: frozenset[str] = Field(default_factory=frozenset)
    optional_findings: frozenset[str] = Field(default_factory=frozenset)


Line = tuple[int, dict[str, Any] | None, str]
"""Line number counted from 1, the JSON object or None, and what is wrong where it is None."""


def lines(path: str | Path) -> Iterator[Line]:
    """Yield each non-blank line of a `.jsonl` or `.jsonl.gz` file as a JSON object, or with its fault.

    Raises FormatError if the file cannot be opened.
    """
    path = Path(path)
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as handle:
            # Bytes are split at newlines only: str.splitlines would also cut at U+2028 inside a JSON string.
            for number, raw in enumerate(handle, 1):
                if raw.strip():
                    yield number, *_parse(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FormatError(
            f"{path}: cannot be read ({why}).",
            reason="unreadable",
            remedy="Give the path of a JSONL file in the gold format.",
        ) from error


def _parse(raw: bytes) -> tuple[dict[str, Any] | None, str]:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, f"not UTF-8 (byte {error.start})"
    except (json.JSONDecodeError, RecursionError) as error:
        where = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return None, f"not valid JSON{where}"
    if not isinstance(value, dict):
        return None, f"a JSON {type(value).__name__} where an object was expected"
    return value, ""


def build(raw: Mapping[str, Any], texts: Mapping[str, str] | None = None) -> GoldDocument:
    """Make a document of a JSON object, filling in what the format lets writers leave out.

    `text` may be missing if `texts` has it under the document's id; a mention may have `start` and `end` in
    the place of `fragments`, and no `text`. Raises pydantic.ValidationError.
    """
    data = dict(raw)
    if "text" not in data and texts is not None and data.get("id") in texts:
        data["text"] = texts[data["id"]]
    text = data.get("text") if isinstance(data.get("text"), str) else ""
    data["mentions"] = [_mention(m, text or "") for m in _list(data.get("mentions"))]
    data["findings"] = [_without_nulls(f) for f in _list(data.get("findings"))]
    data["optional_mentions"] = _optional(data["mentions"])
    data["optional_findings"] = _optional(data["findings"])
    return GoldDocument.model_validate(_without_nulls(data))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _optional(items: list[Any]) -> frozenset[str]:
    return frozenset(str(x.get("id")) for x in items if isinstance(x, dict) and x.get("optional"))


def _without_nulls(value: Any) -> Any:
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def _mention(value: Any, text: str) -> Any:
    if not isinstance(value, dict):
        return value
    mention: dict[str, Any] = _without_nulls(value)
    if not mention.get("fragments") and "start" in mention and "end" in mention:
        mention["fragments"] = [[mention["start"], mention["end"]]]
    if "text" not in mention:
        try:
            mention["text"] = surface(text, [(a, b) for a, b in mention.get("fragments", [])])
        except (TypeError, ValueError):  # malformed fragments: the model will say so with their place
            mention["text"] = ""
    return mention


def surface(text: str, fragments: list[Span]) -> str:
    """The text of the fragments, joined as `Mention.text` is."""
    return _JOIN.join(text[a:b] for a, b in fragments)


_VOCABULARY = {"type": MENTION_TYPES, "also": MENTION_TYPES, "predicate": PREDICATES, "aspect": ASPECTS}


def explain(error: ValidationError) -> list[tuple[str, str]]:
    """(what is wrong and where, what to do) for each fault that the data model found."""
    out = []
    for item in error.errors(include_url=False):
        where = "".join(f"[{x}]" if isinstance(x, int) else f".{x}" for x in item["loc"]).lstrip(".")
        field = next((x for x in reversed(item["loc"]) if isinstance(x, str)), "")
        if item["type"] == "missing":
            out.append((f"{where} is missing", f"add the field {field!r}"))
        elif field in _VOCABULARY and item["type"] == "literal_error":
            allowed = ", ".join(_VOCABULARY[field])
            out.append((f"{where} is {_short(item['input'])}", f"use one of {allowed}"))
        else:
            message = item["msg"][:1].lower() + item["msg"][1:]
            out.append((f"{where} is {_short(item['input'])}: {message}", "correct the value"))
    return out


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def faults(doc: Document) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, what to do) for each fault that makes a document impossible to score."""
    seen: set[str] = set()
    size = len(doc.text)
    for m in doc.mentions:
        if m.id in seen:
            yield f"mention id {m.id!r} stands twice", "give each mention its own id"
        seen.add(m.id)
        for a, b in m.fragments:
            if not 0 <= a < b <= size:
                yield _range(f"mention {m.id!r}", a, b, size)
    known: set[str] = set()
    for f in doc.findings:
        if f.id in known:
            yield f"finding id {f.id!r} stands twice", "give each finding its own id"
        known.add(f.id)
        for role, ref in (("subject", f.subject), ("object", f.object), *(("context", c) for c in f.context)):
            if ref not in seen:
                remedy = "add that mention or correct the id"
                yield f"finding {f.id!r}: {role} {ref!r} is no mention of the document", remedy
        for role in ("evidence", "quantity", "trigger", "significance", "attribution"):
            span: Span | None = getattr(f, role)
            if span is not None and not 0 <= span[0] < span[1] <= size:
                yield _range(f"finding {f.id!r}: {role}", *span, size)


def _range(what: str, a: int, b: int, size: int) -> tuple[str, str]:
    return (
        f"{what} has offsets [{a}, {b}] in a text of {size} characters",
        "give 0-based [start, end) code points with start < end",
    )


def read_gold(
    path: str | Path, *, texts: str | Path | Mapping[str, str] | None = None
) -> dict[str, Document]:
    """Read a gold or prediction file (`.jsonl`, `.jsonl.gz`) into documents by id, in the file's order.

    `texts` serves documents that carry no text of their own: a folder with `<id>.txt` files, or a mapping
    from id to text. Each document is a GoldDocument, which keeps the ids of optional mentions and findings.

    Raises FormatError, naming file, line, what is wrong and what to do, at the first line that is no JSON
    object, lacks a required field, holds an unknown type, predicate or aspect, has offsets outside the text,
    a finding that refers to no mention, or an id that stands twice.
    """
    path = Path(path)
    docs: dict[str, Document] = {}
    first: dict[str, int] = {}
    for number, raw, wrong in lines(path):
        if raw is None:
            raise _error(path, number, wrong, "write one JSON object a line")
        try:
            doc = build(raw, _texts(raw, texts))
        except ValidationError as error:
            what, remedy = explain(error)[0]
            if what == "text is missing":
                remedy = "add the text, or give a folder with <id>.txt files"
            raise _error(path, number, what, remedy) from error
        for what, remedy in faults(doc):
            raise _error(path, number, f"document {doc.id!r}: {what}", remedy)
        if doc.id in docs:
            what = f"document id {doc.id!r} stands already in line {first[doc.id]}"
            raise _error(path, number, what, "give each document its own id")
        docs[doc.id], first[doc.id] = doc, number
    return docs


def _texts(raw: Mapping[str, Any], texts: str | Path | Mapping[str, str] | None) -> Mapping[str, str] | None:
    if texts is None or isinstance(texts, Mapping) or "text" in raw:
        return texts if isinstance(texts, Mapping) else None
    file = Path(texts) / f"{raw.get('id')}.txt"
    try:
        return {str(raw.get("id")): file.read_bytes().decode("utf-8")}
    except (OSError, UnicodeDecodeError):
        return None


def _error(path: Path, number: int, what: str, remedy: str) -> FormatError:
    remedy = remedy[:1].upper() + remedy[1:]
    return FormatError(f"{path}, line {number}: {what}.", reason="format", remedy=f"{remedy}.")


def gold_dict(doc: Document) -> dict[str, Any]:
    """The JSON object of a document in the gold format, without fields that only the pipeline knows."""
    mention_fields = ("id", "type", "also", "fragments", "text", "generic", "concept")
    finding_fields = (
        "id", "subject", "predicate", "object", "aspect", "direction", "negated", "certainty", "context",
        "quantity", "evidence", "derived",
    )  # fmt: skip
    optional = optional_ids(doc)
    mentions = [_fields(m, mention_fields, m.id in optional[0]) for m in doc.mentions]
    findings = [_fields(f, finding_fields, f.id in optional[1]) for f in doc.findings]
    meta = {k: v for k, v in doc.meta.model_dump().items() if v != ""}
    return {"id": doc.id, "text": doc.text, "meta": meta, "mentions": mentions, "findings": findings}


def _fields(item: Any, names: tuple[str, ...], optional: bool) -> dict[str, Any]:
    data = item.model_dump(mode="json", include=set(names))
    out = {name: data[name] for name in names}
    return {**out, "optional": True} if optional else out


def optional_ids(doc: Document) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the optional mentions and of the optional findings; both empty for a plain Document."""
    if isinstance(doc, GoldDocument):
        return doc.optional_mentions, doc.optional_findings
    return frozenset(), frozenset()
