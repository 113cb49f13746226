"""Marked example sentences: "[Cortisol]{S} *suppresses* [T cells]{O}." to text, mentions and what must be found.

Used by the tests of the grammar and by whoever writes a rule. The type of a marked name is looked up by a function
that the caller gives (the lexicon, or a table).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import GrammarError
from ..schema import Mention, MentionType, Span

__all__ = ["Example", "parse_example"]

_MARK = re.compile(r"\[([^\]]+)\]\{([A-Z])\}|\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class Example:
    """An example without its marks. Spans are code points into `text`; `names` are (role, span) in text order."""

    text: str
    names: tuple[tuple[str, Span], ...]
    triggers: tuple[Span, ...]

    def mentions(self, type_of: Callable[[str], MentionType]) -> list[Mention]:
        """Mentions m1, m2, ... of the marked names, in text order."""
        return [
            Mention(
                id=f"m{k}",
                type=type_of(self.text[a:b]),
                fragments=[(a, b)],
                text=self.text[a:b],
                source="given",
            )
            for k, (_, (a, b)) in enumerate(self.names, 1)
        ]

    def ids(self, role: str) -> list[str]:
        """Mention ids of the names marked with `role`."""
        return [f"m{k}" for k, (r, _) in enumerate(self.names, 1) if r == role]


def parse_example(marked: str) -> Example:
    """Take the marks out of an example.

    Raises:
        GrammarError: a bracket without a role or an asterisk without its pair is left over.
    """
    text = ""
    at = 0
    names: list[tuple[str, Span]] = []
    triggers: list[Span] = []
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        inner = found.group(1) or found.group(3)
        span = (len(text), len(text) + len(inner))
        text += inner
        at = found.end()
        if found.group(1):
            names.append((found.group(2), span))
        else:
            triggers.append(span)
    text += marked[at:]
    if re.search(r"[\[\]*]|\{[A-Z]\}", text):
        raise GrammarError(
            f"Unfinished mark in example: {marked!r}.", remedy="Write [name]{S}, [name]{O} and *trigger*."
        )
    return Example(text, tuple(names), tuple(triggers))
