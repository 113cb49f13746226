"""Finds one finding by its id in a file of documents, without building all the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.errors import FormatError
from extract.schema import Document, Finding
from extract.scoring.reading import build, faults, lines

__all__ = ["find"]

_SOME = 5


def find(path: Path, finding: str, document: str = "") -> tuple[Document, Finding]:
    """The finding with this id, or whose id alone begins so, and its document.

    `path`: documents.jsonl of a run, or any file in the gold format. `document`: look in the document with this id
    only, for files whose ids are unique in a document only.

    Raises:
        FormatError: the file cannot be read; no such finding; several; its document is faulty.
    """
    exact: list[tuple[int, dict[str, Any], str]] = []
    begun: list[tuple[int, dict[str, Any], str]] = []
    known: list[str] = []
    for number, raw, problem in lines(path):
        if raw is None:
            raise FormatError(f"{path}:{number}: {problem}.", remedy="Give documents.jsonl of a run.")
        if document and raw.get("id") != document:
            continue
        found = raw.get("findings")
        for item in found if isinstance(found, list) else ():
            key = str(item.get("id")) if isinstance(item, dict) else ""
            if key == finding:
                exact.append((number, raw, key))
            elif key.startswith(finding):
                begun.append((number, raw, key))
            if len(known) < _SOME:
                known.append(key)
    hits = exact or begun
    where = f"{path.name}, document {document!r}" if document else path.name
    if not hits:
        some = f"There are {', '.join(known)}, …" if known else "It holds no findings."
        raise FormatError(f"{where}: no finding {finding!r}.", remedy=f"{some} Ids stand in findings.jsonl too.")
    if len(hits) > 1:
        some = ", ".join(f"{key} of {raw.get('id')}" for _, raw, key in hits[:_SOME])
        more = ", …" if len(hits) > _SOME else ""
        remedy = "Give more of the id." if not exact else "Say in which with --document."
        raise FormatError(f"{where}: {len(hits)} findings {finding!r}: {some}{more}.", remedy=remedy)
    number, raw, key = hits[0]
    try:
        built = build(raw)
    except ValidationError as e:
        first = e.errors()[0]
        place = ".".join(str(x) for x in first["loc"])
        raise FormatError(
            f"{path}:{number}: {place}: {first['msg']}.", remedy="immunolit corpus check FILE lists all faults."
        ) from e
    for wrong, remedy in faults(built):
        raise FormatError(f"{path}:{number}: {wrong}.", remedy=f"{remedy[:1].upper()}{remedy[1:]}.")
    return built, next(f for f in built.findings if f.id == key)
