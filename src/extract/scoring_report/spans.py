"""A stretch of text as HTML with coloured spans of two sides: what gold marks and what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from extract.schema import Span
from extract.writers.markup import clean

__all__ = ["Label", "marked", "sentence_around", "windows"]

_BREAK = re.compile(r"\n+|(?<=[.!?])[\"”’)\]]*\s+(?=[A-Z0-9(\"“])")
_REACH = 400


class Label(NamedTuple):
    """A stretch that one side points at. `kind` is a mention type, or "trigger"; `role` is shown above it."""

    start: int
    end: int
    kind: str
    role: str
    gold: bool
    found: bool


def sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence or line that holds text[start:end], by punctuation alone, and at most 400 code points to
    either side."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for found in _BREAK.finditer(text, first, last):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    return first, last


def windows(text: str, wanted: Iterable[Span]) -> list[Span]:
    """Sorted stretches within the text; those that touch, or have only blanks between them, become one."""
    merged: list[Span] = []
    size = len(text)
    for start, end in sorted((max(0, a), min(size, b)) for a, b in wanted):
        if start >= end:
            continue
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def marked(text: str, shown: Sequence[Span], labels: Sequence[Label]) -> Markup:
    """HTML of the stretches `shown`, each piece between two borders in a `<mark>` of its own.

    Classes of a mark: the mention type, `g` where gold has it, `f` where it was found, `tr` in a trigger. The
    first piece of each label carries its role in `data-role`.
    """
    parts = [_stretch(text, start, end, labels) for start, end in shown]
    return Markup('<span class="gap"> … </span>').join(parts)


def _stretch(text: str, start: int, end: int, labels: Sequence[Label]) -> Markup:
    inside = [label for label in labels if label.start < end and label.end > start]
    borders = {start, end}
    for label in inside:
        borders.update((max(start, label.start), min(end, label.end)))
    html: list[str] = []
    for a, b in pairwise(sorted(borders)):
        words = str(escape(clean(text[a:b])))
        over = [label for label in inside if label.start <= a and label.end >= b]
        html.append(_mark(words, a, start, over) if over else words)
    return Markup("".join(html))  # every piece of text went through escape()


def _mark(words: str, at: int, start: int, over: Sequence[Label]) -> str:
    names = [label for label in over if label.kind != "trigger"]
    # The shortest name is the one that the piece belongs to.
    inner = min(names, key=lambda label: label.end - label.start, default=None)
    classes = [inner.kind] if inner else []
    classes += ["g"] * any(label.gold for label in names) + ["f"] * any(label.found for label in names)
    classes += ["tr"] * any(label.kind == "trigger" for label in over)
    roles = list(dict.fromkeys(x.role for x in over if x.role and max(x.start, start) == at))
    data = f' data-role="{escape(", ".join(roles))}"' if roles else ""
    return f'<mark class="{" ".join(classes)}"{data}>{words}</mark>'
