"""What a line's neighbours say of it: lists of references, related articles, comments, menus, titles, headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.readers.sections.cues import Cues
from extract.readers.sections.lines import citation_score, is_heading_like
from extract.readers.sections.units import Unit
from extract.schema import SectionKind

__all__ = [
    "mark_blocks", "mark_head", "mark_headings", "mark_references", "mark_shop_items", "mark_tail",
]  # fmt: skip

_LONG = 35
_TEASER = 32


def _set(unit: Unit, kind: SectionKind) -> None:
    if not unit.forced:
        unit.kind = kind


def _free(unit: Unit) -> bool:
    """Not judged yet."""
    return unit.kind is None and not unit.forced


def mark_references(units: Sequence[Unit], cues: Cues) -> None:
    """Under a heading such as "References": everything that looks like one, until running text or furniture."""
    inside = False
    for index, unit in enumerate(units):
        stripped = unit.lower.rstrip(" .:")
        if unit.words <= 6 and cues.reference_heads.fullmatch(stripped) and not unit.forced:
            following = units[index + 1 : index + 3]
            inside = any(_citation_like(item) for item in following)
            if inside or unit.kind == "heading":
                _set(unit, "heading")
            continue
        if not inside:
            continue
        if unit.kind in ("clutter", "reference"):
            continue
        if unit.kind == "heading" or (unit.words >= 40 and citation_score(unit.text) == 0):
            inside = False
        elif _citation_like(unit) or not unit.paragraph:
            _set(unit, "reference")
        else:
            inside = False


def _citation_like(unit: Unit) -> bool:
    return (
        unit.kind == "reference"
        or citation_score(unit.text) >= 1
        or bool(re.match(r"[\[(]?\d{1,3}[\]).]", unit.text))
    )


def mark_blocks(units: Sequence[Unit], cues: Cues) -> None:
    """Related articles, comments, author boxes: from the line that opens them to the next long paragraph."""
    first = next((i for i, unit in enumerate(units) if _free(unit) and unit.paragraph), len(units))
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
        elif not unit.paragraph and not unit.final:
            _set(unit, "clutter")
            teaser = True
        elif unit.words <= _TEASER and teaser:
            _set(unit, "clutter")
            teaser = False
        else:
            block = ""


def _heads_text(units: Sequence[Unit], index: int) -> bool:
    """A heading-like line right before a long paragraph of the article."""
    if index + 1 >= len(units):
        return False
    following = units[index + 1]
    return (
        is_heading_like(units[index]) and _free(following) and following.paragraph and following.words > _LONG
    )


def _opens(units: Sequence[Unit], index: int, cues: Cues, *, after_start: bool) -> str:
    unit = units[index]
    if unit.words > 16 or unit.forced:
        return ""
    line = unit.lower.rstrip(" .:!?…»>→")
    if cues.openers["comments"].fullmatch(line):
        if not after_start:
            return ""
        near = units[index + 1 : index + 9]
        sure = bool(re.match(r"(?:leave|post|add|write|join|reader)\b|\d", line))
        marked = any(cues.comment_marks.search(item.bare) for item in near)
        return "comments" if marked or (sure and not any(item.kind == "reference" for item in near)) else ""
    if cues.openers["related"].fullmatch(line):
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


def _name_like(unit: Unit, cues: Cues) -> bool:
    return unit.words <= 8 and bool(cues.name.fullmatch(unit.bare)) and not unit.final


def mark_head(units: Sequence[Unit], cues: Cues) -> None:
    """Before the first paragraph: menus, the title, bylines and the standfirst."""
    first = next((i for i, unit in enumerate(units) if _free(unit) and unit.paragraph), None)
    if any(unit.kind == "title" for unit in units):
        title = next(unit for unit in units if unit.kind == "title")
    elif first is None:
        return
    else:
        found = _find_title(units, first)
        if found is None:
            return
        title = found
        title.kind = "title"
    first = len(units) if first is None else first
    at = units.index(title)
    before = [unit for unit in units[:at] if _free(unit)]
    furniture = any(unit.kind == "clutter" for unit in units[:at])
    if furniture or len(before) >= 3 or all(unit.words <= 3 for unit in before):
        for unit in before:
            if unit.words <= 6 and not unit.final:
                _set(unit, "clutter")
    for index in range(at + 1, first):
        unit = units[index]
        if not _free(unit):
            continue
        beside = [units[i] for i in (index - 1, index + 1) if 0 <= i < len(units)]
        near_furniture = any(item.kind == "clutter" for item in beside)
        if unit.lower == title.lower or (_name_like(unit, cues) and (near_furniture or unit.bullet)):
            _set(unit, "clutter")
        elif unit.words >= 6 and not (
            index + 1 == first and unit.words <= 8 and not unit.final and at + 1 < index
        ):
            _set(unit, "body")


def _find_title(units: Sequence[Unit], first: int) -> Unit | None:
    """The line that names the whole, among those before the first paragraph; else a one-sentence first line."""
    free = [unit for unit in units[:first] if _free(unit) and not unit.bullet and unit.bare[-1] not in ":;,"]
    lines = [unit for unit in free if unit.words <= 35 and (not unit.final or unit.bare[-1] in "?!\"'")]
    if lines:
        furniture = any(unit.kind == "clutter" for unit in units[: units.index(lines[0])])
        wordy = [unit for unit in lines if unit.words >= 4]
        if units[0] is lines[0] and not furniture and (lines[0].words >= 4 or len(lines) <= 2):
            # "PSORIASIS / What it does": a one-line kicker in capitals is no title if a longer line follows.
            kicker = len(wordy) > 0 and lines[0].words <= 3 and (lines[0].text.isupper() or not units[1].gap)
            return wordy[0] if kicker else lines[0]
        return wordy[0] if wordy else lines[-1]
    return _sentence_title(units, first)


def _sentence_title(units: Sequence[Unit], first: int) -> Unit | None:
    """PubMed style: a title with a full stop, the abstract on the next line or after it."""
    start = next((i for i, unit in enumerate(units) if _free(unit)), None)
    if start is None or start + 1 >= len(units) or start > first:
        return None
    unit, following = units[start], units[start + 1]
    if unit.words > 40 or unit.sentences > 1 or unit.bullet or not _free(following):
        return None
    if following.gap and len(units) > start + 2:
        # In running prose a short first paragraph is a lede.
        return None
    return unit if following.words >= 2 * unit.words and following.sentences > 1 else None


def mark_headings(units: Sequence[Unit]) -> None:
    """Short lines without a full stop that stand before running text or a list of items."""
    for index, unit in enumerate(units):
        if not _free(unit) or not is_heading_like(unit):
            continue
        following = next(
            (item for item in units[index + 1 : index + 4] if item.kind not in ("clutter", "caption")), None
        )
        if following is None or (following.kind == "reference" and unit.words > 6):
            continue
        if following.kind in (None, "body", "heading") and (
            following.paragraph or following.final or following.bullet
        ):
            _set(unit, "heading")
        elif (
            following.kind is None and is_heading_like(following) and following.gap and index + 2 < len(units)
        ):
            after = units[index + 2]
            if after.kind is None and after.paragraph and unit.gap:
                _set(unit, "heading")


def mark_tail(units: Sequence[Unit]) -> None:
    """After the last paragraph: short lines among furniture are furniture, unless they are a list that was announced."""
    last = max(
        (i for i, unit in enumerate(units) if unit.kind not in ("clutter", "caption") and unit.final),
        default=-1,
    )
    if last < 0:
        return
    tail = units[last + 1 :]
    if not any(unit.kind == "clutter" for unit in tail):
        return
    announced = units[last].bare.endswith(":")
    for index, unit in enumerate(tail):
        if not _free(unit):
            announced = False
            continue
        if unit.bare.endswith(":"):
            announced = True
        if announced or (unit.bullet and index == 0):
            announced = True
            continue
        beside = tail[max(index - 2, 0) : index + 3]
        if unit.words <= 8 and any(item.kind == "clutter" for item in beside):
            _set(unit, "clutter")
