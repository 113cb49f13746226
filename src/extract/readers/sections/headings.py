"""Headings, lists, and what is left over at the end of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.readers.sections.lines import is_heading_like
from extract.readers.sections.units import Unit
from extract.readers.sections.vocabulary import Vocabulary

__all__ = ["mark_headings", "mark_tail"]

_ADDRESS = re.compile(r"\b(?:you|your|our|us|we)\b")


def _free(unit: Unit) -> bool:
    return unit.kind is None and not unit.forced


def mark_headings(units: Sequence[Unit]) -> None:
    """Short lines without a full stop before running text; three in a row are a heading and its list."""
    row: list[Unit] = []
    before: Unit | None = None
    broken = False
    for unit in units:
        if unit.kind in ("clutter", "caption"):
            broken = bool(row)
            continue
        if _free(unit) and is_heading_like(unit):
            if broken:
                _judge_row(row, before, None)
                row, broken = [], False
            row.append(unit)
            continue
        if row:
            _judge_row(row, before, unit)
            row, broken = [], False
        before = unit
    _judge_row(row, before, None)


def _judge_row(row: Sequence[Unit], before: Unit | None, after: Unit | None) -> None:
    heads = (
        after is not None
        and after.kind in (None, "body", "heading")
        and (after.paragraph or after.final or after.bullet or after.bare.endswith(":"))
    )
    heads = heads or (after is not None and after.kind in ("reference", "heading") and row[-1].words <= 6)
    if not row:
        return
    if before is not None and before.bare.endswith(":") and not row[0].gap:
        # The list was announced; only a line set apart can be a heading.
        if heads and len(row) > 1 and row[-1].gap:
            row[-1].kind = "heading"
        return
    if len(row) <= 2:
        if heads:
            for unit in row:
                unit.kind = "heading"
        return
    row[0].kind = "heading"
    if heads and row[-1].gap and (not row[-2].gap or row[-1].words <= 10):
        row[-1].kind = "heading"


def mark_tail(units: Sequence[Unit], vocabulary: Vocabulary) -> None:
    """After the article's last sentence: short lines among furniture are furniture too.

    Lines are judged in the groups that they form between pieces of furniture. A group with a sentence of the
    article, a list that a heading or a colon announces, and a longer group with any sentence are spared.
    """
    last = next((i for i in range(len(units) - 1, -1, -1) if _content(units[i], vocabulary)), -1)
    if last < 0 or not any(unit.kind == "clutter" for unit in units[last + 1 :]):
        return
    group: list[Unit] = []
    announced = units[last].bare.endswith(":")
    begun = False
    for unit in units[last + 1 :]:
        if _free(unit):
            group.append(unit)
            continue
        if group and unit.kind == "clutter" and not announced and _leftover(group, begun=begun):
            for item in group:
                item.kind = "clutter"
        begun = begun or unit.kind == "clutter"
        announced = unit.kind == "heading"
        group = []
    if group and begun and not announced and _leftover(group, begun=True):
        for item in group:
            item.kind = "clutter"


def _leftover(group: Sequence[Unit], *, begun: bool) -> bool:
    """True for what only furniture would leave standing alone; `begun` if furniture came before it."""
    if any(unit.bullet or unit.bare.endswith(":") for unit in group):
        return False
    if not begun:
        return len(group) <= 2 and all(unit.words <= 3 and not unit.final for unit in group)
    if all(unit.words <= 8 and not unit.final for unit in group):
        return True
    return len(group) <= 2 and all(
        (unit.words <= 12 and not unit.final) or bool(_ADDRESS.search(unit.lower)) or unit.words <= 8 for unit in group
    )


def _content(unit: Unit, vocabulary: Vocabulary) -> bool:
    """A sentence of the article: long, with words that other paragraphs have, or not spoken to the reader."""
    if unit.kind in ("clutter", "caption", "reference", "title") or not unit.final:
        return False
    if unit.words >= 25 or unit.forced or unit.kind == "body":
        return True
    shared = vocabulary.shared(unit)
    return shared >= 0.25 or (unit.words >= 8 and shared > 0 and not _ADDRESS.search(unit.lower))
