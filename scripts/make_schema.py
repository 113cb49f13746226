"""Write schema/*.schema.json and docs/schema.md from the pydantic models.

    python scripts/make_schema.py

Run it after a change of `extract.schema` or `extract.writers.records`; a test compares what it would write
with what is there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from extract.schema import ASPECTS, MENTION_TYPES, PREDICATES, SECTION_KINDS, Document, Role
from extract.writers.records import FindingRecord, ManifestRecord

ROOT = Path(__file__).resolve().parent.parent
DRAFT = "https://json-schema.org/draft/2020-12/schema"

# File name, model, what the reader should know of the file. Findings and manifest are only written;
# documents are read as well, so their schema asks only for what reading needs.
MODELS: tuple[tuple[str, type[BaseModel], bool, str], ...] = (
    ("finding", FindingRecord, True, "`findings.jsonl`: one finding a line, complete in itself."),
    (
        "document",
        Document,
        False,
        "`documents.jsonl`, the gold files, and JSON Lines input: one document a line. What the labels mean "
        "is in [annotation.md](annotation.md). `meta` may hold further fields, which are kept.",
    ),
    (
        "manifest",
        ManifestRecord,
        True,
        "`manifest.json`: one object. It is the only output that holds times.",
    ),
)

# Named once on the page, as they stand in many fields.
VOCABULARIES: tuple[tuple[str, Sequence[str]], ...] = (
    ("mention type", MENTION_TYPES),
    ("predicate", PREDICATES),
    ("aspect", ASPECTS),
    ("role", get_args(Role)),
    ("section kind", SECTION_KINDS),
)

HEAD = """# Fields of the files

Made from the data model by `scripts/make_schema.py`; do not edit. The same as JSON Schema:
[finding](../schema/finding.schema.json), [document](../schema/document.schema.json),
[manifest](../schema/manifest.schema.json).

All offsets are half-open `[start, end)` ranges of Unicode code points into the document's text, counted
from 0.
"""


def outputs() -> dict[Path, str]:
    """Content of each file to be written, by its path below the root of the repository."""
    files: dict[Path, str] = {}
    page = [HEAD, "## Vocabularies\n\n[annotation.md](annotation.md) defines them.\n"]
    page += [f"- {name}: " + ", ".join(f"`{value}`" for value in values) for name, values in VOCABULARIES]
    page.append("")
    for name, model, written, about in MODELS:
        schema = model.model_json_schema(mode="serialization" if written else "validation")
        whole = {"$schema": DRAFT, "$id": f"urn:immunolit:{name}", **schema}
        files[Path("schema") / f"{name}.schema.json"] = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        page.append(_section(name, about, schema))
    files[Path("docs/schema.md")] = "\n".join(page)
    return files


def _section(name: str, about: str, schema: dict[str, Any]) -> str:
    defs = schema.get("$defs", {})
    parts = [f"## {name.capitalize()}\n", about + "\n", _table(schema, defs)]
    for title, part in defs.items():
        if part.get("type") == "object":
            parts += [
                f"### {title.removesuffix('Record')}\n",
                _first_paragraph(part) + "\n",
                _table(part, defs),
            ]
    return "\n".join(parts)


def _first_paragraph(schema: dict[str, Any]) -> str:
    return " ".join(str(schema.get("description", "")).split("\n\n")[0].split())


def _table(schema: dict[str, Any], defs: dict[str, Any]) -> str:
    rows = ["| field | type | meaning |", "|---|---|---|"]
    for field, part in schema["properties"].items():
        # A field without words of its own is explained by what it holds.
        inner = next((option for option in (part, *part.get("anyOf", ())) if "$ref" in option), {})
        held = _first_paragraph(defs.get(inner.get("$ref", "").rsplit("/", 1)[-1], {}))
        meaning = str(part.get("description", held)).replace("|", "\\|")
        rows.append(f"| `{field}` | {_type(part)} | {meaning} |")
    return "\n".join(rows) + "\n"


def _type(part: dict[str, Any]) -> str:
    """A JSON Schema type in words."""
    if "$ref" in part:
        return part["$ref"].rsplit("/", 1)[-1].removesuffix("Record").lower()
    if "anyOf" in part:
        return " or ".join(_type(option) for option in part["anyOf"])
    if "enum" in part:
        for name, values in VOCABULARIES:
            if list(values) == part["enum"]:
                return name
        return ", ".join(f"`{value}`" if value else "empty" for value in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    if "prefixItems" in part:
        return "[" + ", ".join(_type(item) for item in part["prefixItems"]) + "]"
    if part.get("type") == "array":
        return f"list of {_type(part['items'])}"
    if part.get("type") == "object":
        values = part.get("additionalProperties")
        return f"map of {_type(values)}" if isinstance(values, dict) else "object"
    return {"boolean": "true or false", "null": "null"}.get(
        part.get("type", ""), str(part.get("type", "any"))
    )


def main() -> None:
    """Write all files and name those that changed."""
    for path, content in outputs().items():
        target = ROOT / path
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="\n")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
