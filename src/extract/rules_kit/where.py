"""Where in the grammar files an entry stands: file and line, for people to go to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from extract.relations.grammar import GRAMMAR_DIR, AspectNoun, Compound, Frame, Trigger

__all__ = ["Index", "index"]

_IN_CODE = {"causative.result": "relations/matching.py", "comparison": "relations/comparisons.py"}
# The C loader composes the same nodes twenty times as fast; PyYAML may be built without it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Index:
    """Lines of the entries of one folder of grammar files."""

    def __init__(self, folder: Path) -> None:
        self._lines: dict[tuple[str, str, str], str] = {}
        for path in sorted([*folder.glob("*.yml"), *folder.glob("triggers/*.yml")]):
            kind = _kind(path)
            if not kind:
                continue
            for name, example, line in _entries(path):
                place = f"grammar/{path.relative_to(folder).as_posix()}:{line}"
                self._lines.setdefault((kind, name, example), place)
                # Copies that the rules make of an entry keep its example, not always its name.
                self._lines.setdefault((kind, "", example), place)

    def __call__(self, entry: Trigger | AspectNoun | Frame | Compound) -> str:
        """ "grammar/triggers/verbs_increase.yml:12"; the module for what is no entry; empty if unknown."""
        if isinstance(entry, Frame):
            kind, name = "frame", entry.name
            if name == "compound":
                kind = "compound"
            elif name in _IN_CODE:
                return _IN_CODE[name]
        elif isinstance(entry, Compound):
            kind, name = "compound", entry.suffix[0]
        elif isinstance(entry, AspectNoun):
            kind, name = "aspect", entry.lemma
        else:
            kind, name = ("compound" if entry.lemma.startswith("-") else "trigger"), entry.lemma
            if name == "more/less":
                return _IN_CODE["comparison"]
        return self._lines.get((kind, name, entry.example)) or self._lines.get((kind, "", entry.example), "")


@lru_cache(maxsize=2)
def index(folder: Path = GRAMMAR_DIR) -> Index:
    """The index of a folder of grammar files, read once. The files are those that load_grammar has accepted."""
    return Index(folder)


def _kind(path: Path) -> str:
    if path.parent.name == "triggers":
        return "aspect" if path.name == "aspects.yml" else "trigger"
    return {"frames.yml": "frame", "compounds.yml": "compound"}.get(path.name, "")


def _entries(path: Path) -> Iterator[tuple[str, str, int]]:
    """(name, example, line counted from 1) of each entry of a file."""
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    for item in root.value if isinstance(root, yaml.SequenceNode) else ():
        if not isinstance(item, yaml.MappingNode):
            continue
        fields = {key.value: value for key, value in item.value}
        name = fields.get("lemma") or fields.get("name") or fields.get("suffix")
        if isinstance(name, yaml.SequenceNode):
            name = name.value[0]
        example = fields.get("example")
        if name is not None and example is not None:
            yield str(name.value), str(example.value), item.start_mark.line + 1
