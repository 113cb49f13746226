"""Word lists of grammar/words.yml, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..errors import GrammarError
from ..schema import MENTION_TYPES, MentionType

__all__ = ["word_list", "word_types"]

_FILE = Path(__file__).parent.parent / "grammar" / "words.yml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for name, words in data.items():
        each = words.values() if isinstance(words, dict) else [words]
        if not all(isinstance(part, list) and all(isinstance(w, str) for w in part) for part in each):
            raise GrammarError(f"words.yml: {name}: expected a list of words.", remedy='Quote words such as "no".')
    return dict(data)


def _entry(name: str) -> Any:
    lists = _lists()
    if name not in lists:
        raise GrammarError(f"words.yml: no list {name!r}.", remedy=f"Lists: {', '.join(sorted(lists))}.")
    return lists[name]


@lru_cache(maxsize=64)
def word_list(name: str) -> frozenset[str]:
    """The lower-case words of one list.

    Raises:
        GrammarError: the file has no such list, or it is no list of words.
    """
    return frozenset(_entry(name))


@lru_cache(maxsize=8)
def word_types(name: str) -> Mapping[str, tuple[MentionType, ...]]:
    """The mention types that each word of a table stands for.

    Raises:
        GrammarError: the file has no such table, or it names an unknown type.
    """
    table = {word: tuple(types) for word, types in _entry(name).items()}
    unknown = sorted({t for types in table.values() for t in types} - set(MENTION_TYPES))
    if unknown:
        raise GrammarError(
            f"words.yml: {name}: no mention type {', '.join(unknown)}.", remedy=f"Types: {', '.join(MENTION_TYPES)}."
        )
    return table
