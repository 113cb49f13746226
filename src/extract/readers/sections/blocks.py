"""Blocks of lines: references, related articles, comments, contents, shop items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.readers.sections.cues import Cues
from extract.readers.sections.lines import citation_score, is_heading_like
from extract.readers.sections.units import Unit
from extract.schema import SectionKind

__all__ = ["mark_blocks", "mark_captions", "mark_contents", "mark_references", "mark_shop_items"]

_LONG = 35
_TEASER = 32


def _set(unit: Unit, kind: SectionKind) -> None:
    if not unit.forced:
        unit.kind = kind


def _free(unit: Unit) -> bool:
    """Not judged yet."""
    return unit.kind is None and not unit.forced


def mark_references(units: Sequence[Unit], cues: Cues) -> None:
    """Under a heading such as "References": all that looks like one, until running text comes."""
    inside = False
    for index, unit in enumerate(units):
        stripped = unit.lower.rstrip(" .:")
        if unit.words <= 6 and cues.reference_heads.fullmatch(stripped) and not unit.forced:
            following = units[index + 1 : index + 3]
            inside = any(_citation_like(item) for item in following)
            if inside or unit.kind == "heading":
                _set(unit, "heading")
            continue
        if not inside or unit.kind in ("clutter", "reference"):
            continue
        near = any(_citation_like(item) for item in units[index + 1 : index + 4])
        long = unit.words >= 40 and citation_score(unit.text) == 0
        if unit.kind != "heading" and not long and (_citation_like(unit) or (near and not unit.paragraph)):
            _set(unit, "reference")
        else:
            inside = False


def _citation_like(unit: Unit) -> bool:
    return (
        unit.kind == "reference" or citation_score(unit.text) >= 1 or bool(re.match(r"[\[(]?\d{1,3}[\]).]", unit.text))
    )


def mark_blocks(units: Sequence[Unit], cues: Cues) -> None:
    """Related articles, comments, author boxes: from the line that opens them to the next running text."""
    first = next((i for i, unit in enumerate(units) if _free(unit) and unit.paragraph), len(units))
    last_long = max((i for i, u in enumerate(units) if _free(u) and u.words > _LONG and u.final), default=-1)
    block = ""
    teaser = False
    for index, unit in enumerate(units):
        opened = _opens(units, index, cues, after_start=index > first)
        if opened and not unit.forced:
            block, teaser = opened, False
            _set(unit, "clutter")
            continue
        if not block:
            continue
        if unit.kind in ("clutter", "caption") and not unit.forced:
            _set(unit, "clutter")
            teaser = False
            continue
        if unit.forced or unit.kind == "reference" or (unit.kind == "heading" and block != "comments"):
            block = ""
            continue
        if block == "comments":
            _set(unit, "clutter")
        elif block == "author":
            if unit.words <= 90 and unit.paragraph:
                _set(unit, "clutter")
            block = ""
        elif _heads_text(units, index):
            block = ""
        elif not unit.paragraph and (not unit.final or unit.bare[-1] in "\"'?!") and unit.words <= 25:
            _set(unit, "clutter")
            teaser = True
        elif (teaser and unit.words <= _TEASER and index > last_long) or unit.bare.endswith(("…", "...")):
            # Only where no article follows: amid an article a short paragraph is more likely its own.
            _set(unit, "clutter")
            teaser = False
        else:
            block = ""


def mark_captions(units: Sequence[Unit]) -> None:
    """ "Figure 2." on a line of its own: the next paragraph is the caption."""
    for unit, following in pairwise(units):
        if unit.kind == "caption" and unit.words <= 3 and _free(following) and following.words <= 150:
            following.kind = "caption"


def _heads_text(units: Sequence[Unit], index: int) -> bool:
    """A heading-like line right before a long paragraph of the article."""
    if index + 1 >= len(units):
        return False
    following = units[index + 1]
    return is_heading_like(units[index]) and _free(following) and following.paragraph and following.words > _LONG


def _opens(units: Sequence[Unit], index: int, cues: Cues, *, after_start: bool) -> str:
    unit = units[index]
    if unit.words > 16 or unit.forced:
        return ""
    line = unit.lower.rstrip(" .:!?…»>→")
    if cues.openers["comments"].fullmatch(line):
        if not after_start:
            return ""
        near = units[index + 1 : index + 9]
        sure = bool(re.match(r"(?:leave|post|add|write|join|reader)\b", line))
        marked = any(cues.comment_marks.search(item.bare) for item in near)
        return "comments" if marked or (sure and not any(item.kind == "reference" for item in near)) else ""
    if cues.openers["related"].fullmatch(line):
        return "related"
    if cues.openers["keywords"].fullmatch(line):
        return "related"
    if cues.openers["author"].fullmatch(line) and after_start:
        return "author"
    return ""


def mark_shop_items(units: Sequence[Unit], cues: Cues) -> None:
    """The name of a product stands right by its price."""
    for index, unit in enumerate(units):
        if unit.kind != "clutter" or not cues.price.search(unit.bare):
            continue
        for near in (index - 1, index + 1):
            if 0 <= near < len(units):
                item = units[near]
                if _free(item) and item.words <= 8 and not item.final and not _heads_text(units, near):
                    _set(item, "clutter")


_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")


def mark_contents(units: Sequence[Unit], cues: Cues) -> None:
    """Tables of contents: what such a heading opens, and lines in a row that all come again further down."""
    keys = [_NUMBER.sub("", unit.lower) if unit.words <= 14 and not unit.final else "" for unit in units]
    last = {key: index for index, key in enumerate(keys) if key}
    again = [bool(key) and last[key] > index for index, key in enumerate(keys)]
    again.append(False)
    seen: set[str] | None = None
    for index, unit in enumerate(units):
        if unit.forced:
            seen = None
        elif cues.openers["contents"].fullmatch(unit.lower.rstrip(":")) and any(again[index + 1 : index + 5]):
            unit.kind = "clutter"
            seen = set()
        elif seen is not None:
            # The entries end where the first of the sections begins, or before the heading of running text.
            ends = index + 1 < len(units) and units[index + 1].paragraph and not again[index]
            if not keys[index] or keys[index] in seen or ends:
                seen = None
            else:
                seen.add(keys[index])
                unit.kind = "clutter"
        elif again[index] and (again[index + 1] or (index > 0 and again[index - 1])):
            unit.kind = "clutter"
