"""A text to its sections, by the features of lines and of what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extract.readers.sections.blocks import (
    mark_blocks,
    mark_captions,
    mark_contents,
    mark_references,
    mark_shop_items,
)
from extract.readers.sections.cues import Cues, load_cues
from extract.readers.sections.head import mark_head
from extract.readers.sections.headings import mark_headings, mark_tail
from extract.readers.sections.labels import find_labels
from extract.readers.sections.lines import Page, judge_alone
from extract.readers.sections.repeats import mark_repeats
from extract.readers.sections.units import Unit, split_units
from extract.readers.sections.vocabulary import Vocabulary
from extract.schema import Section, SectionKind, Span

__all__ = ["prose", "readable", "refine", "segment"]

_LINE_BREAK = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")


def segment(text: str, *, known: Mapping[int, SectionKind] | None = None, unwrap: bool = True) -> list[Section]:
    """Sections of `text`, one for each paragraph or line: sorted, disjoint, covering all non-blank text.

    `known` gives kinds that the format already tells, by the offset of the line's first non-blank code point.
    `unwrap` joins lines that were cut at a fixed width. Offsets are code points into `text`.
    """
    cues = load_cues()
    units = split_units(text, unwrap=unwrap)
    page = Page.of(units, cues)
    for unit in units:
        unit.kind = judge_alone(unit, cues, page)
        kind = known.get(unit.start) if known else None
        # "Related articles" stays furniture, also where it is an <h3>.
        if kind and not (kind == "heading" and unit.kind == "clutter"):
            unit.kind, unit.forced = kind, kind != "heading"
    mark_contents(units, cues)
    mark_captions(units)
    mark_references(units, cues)
    mark_blocks(units, cues)
    mark_shop_items(units, cues)
    vocabulary = Vocabulary(units, cues)
    mark_head(units, vocabulary, cues)
    mark_tail(units, vocabulary)
    mark_headings(units)
    mark_repeats(units)
    return list(_sections(units, cues))


def _sections(units: Iterable[Unit], cues: Cues) -> Iterator[Section]:
    label = ""
    for unit in units:
        kind = unit.kind or "body"
        if kind == "heading":
            label = unit.bare.rstrip(" :")
            yield Section(kind=kind, start=unit.start, end=unit.end, label=label)
        elif kind == "body":
            if unit.mark_end > unit.start:
                yield Section(kind="clutter", start=unit.start, end=unit.mark_end - 1, label=label)
            for section in _body(unit, label, cues):
                label = section.label
                yield section
        elif kind == "caption":
            yield from _caption(unit, label, cues)
        else:
            yield Section(kind=kind, start=unit.start, end=unit.end, label="" if kind == "title" else label)


def _body(unit: Unit, label: str, cues: Cues) -> Iterator[Section]:
    """A paragraph, cut at the labels of a structured abstract, which become headings."""
    text = unit.text
    position = unit.mark_end - unit.start
    for start, end, found in find_labels(text, cues):
        if start < position:
            continue
        yield from _span("body", unit, position, start, label)
        label = found
        yield from _span("heading", unit, start, end, label)
        position = end
    yield from _span("body", unit, position, len(text), label)


def _caption(unit: Unit, label: str, cues: Cues) -> Iterator[Section]:
    """A caption, its trailing picture credit apart as furniture."""
    credit = cues.credit_tail.search(unit.text)
    cut = credit.start() if credit and credit.start() > 0 else len(unit.text)
    yield from _span("caption", unit, 0, cut, label)
    yield from _span("clutter", unit, cut, len(unit.text), label)


def _span(kind: SectionKind, unit: Unit, start: int, end: int, label: str) -> Iterator[Section]:
    piece = unit.text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = unit.start + start + len(piece) - len(piece.lstrip())
        yield Section(kind=kind, start=begin, end=begin + len(stripped), label=label)


def refine(sections: Sequence[Section], markup: Sequence[Span], text: str) -> list[Section]:
    """`sections` with the spans of `markup` (sorted, disjoint) cut out and marked as furniture."""
    cut: list[Section] = []
    first = 0
    for section in sections:
        while first < len(markup) and markup[first][1] <= section.start:
            first += 1
        position, index = section.start, first
        while index < len(markup) and markup[index][0] < section.end:
            start, end = markup[index]
            cut.extend(_trimmed(section, position, start, text))
            position = max(position, end)
            index += 1
        cut.extend(_trimmed(section, position, section.end, text))
    for start, end in markup:
        stripped = text[start:end].strip()
        if stripped:
            begin = text.index(stripped, start)
            cut.append(Section(kind="clutter", start=begin, end=begin + len(stripped)))
    return sorted(cut, key=lambda section: section.start)


def _trimmed(section: Section, start: int, end: int, text: str) -> Iterator[Section]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        yield Section(kind=section.kind, start=begin, end=begin + len(stripped), label=section.label)


def readable(text: str, sections: Sequence[Section]) -> tuple[str, list[Section]]:
    """`text` with furniture blanked out, and its sections with paragraphs whole again, for taggers and parsers.

    The text keeps its length, so that offsets stay right. "It *raises* [IL-10](url)." has five sections; here it
    is one, of the kind and with the label of the first.
    """
    joined: list[Section] = []
    for section in sections:
        if section.kind == "clutter":
            continue
        last = joined[-1] if joined else None
        if last and last.kind == section.kind and not _LINE_BREAK.search(text, last.end, section.start):
            joined[-1] = last.model_copy(update={"end": section.end})
        else:
            joined.append(section)
    return prose(text, sections), joined


def prose(text: str, sections: Iterable[Section], *, drop: frozenset[SectionKind] = frozenset({"clutter"})) -> str:
    """`text` with the sections of the kinds in `drop` blanked out: same length, so that offsets stay right.

    For taggers and parsers: a sentence with a Markdown link in it becomes one sentence again.
    """
    pieces: list[str] = []
    position = 0
    for section in sections:
        if section.kind in drop:
            pieces.append(text[position : section.start])
            blank = text[section.start : section.end]
            pieces.append("".join(char if char in "\r\n" else " " for char in blank))
            position = section.end
    pieces.append(text[position:])
    return "".join(pieces)
