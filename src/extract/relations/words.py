"""Word lists of grammar/words.yml, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from ..errors import GrammarError

__all__ = ["word_list"]

_FILE = Path(__file__).parent.parent / "grammar" / "words.yml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for name, words in data.items():
        if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
            raise GrammarError(f"words.yml: {name}: expected a list of words.", remedy='Quote words such as "no".')
    return dict(data)


def word_list(name: str) -> frozenset[str]:
    """The lower-case words of one list.

    Raises:
        GrammarError: the file has no such list, or it is no list of words.
    """
    lists = _lists()
    if name not in lists:
        raise GrammarError(f"words.yml: no list {name!r}.", remedy=f"Lists: {', '.join(sorted(lists))}.")
    return frozenset(lists[name])
