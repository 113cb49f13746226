"""Turn a document's text into HTML paragraphs with its mentions marked, nested and fragmented ones too."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from extract.schema import Document, Section, SectionKind, Span

__all__ = ["Block", "blocks", "clean"]

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
# Lines of this length, all but the last, are text that was wrapped by hand or by a mail program.
_WRAPPED = range(50, 101)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its section's kind, its plain words, its HTML, and whether its line breaks are worth
    keeping."""

    kind: SectionKind
    words: str
    html: Markup
    keep_lines: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """One fragment of a mention. `mention` is its index in the document."""

    start: int
    end: int
    mention: int
    first: bool
    fragmented: bool


def clean(text: str) -> str:
    """Replace what HTML cannot hold (control characters, lone surrogates) by U+FFFD, one for one."""
    return _UNSHOWABLE.sub("�", text)


def blocks(document: Document) -> list[Block]:
    """Cut the document into paragraphs along its sections.

    Each mention becomes `<mark>` elements with its index in `data-m`; text within some finding's evidence
    is cut at every border that a finding points to, each piece in a `<span>` with its first code point in
    `data-o`, so that a page can highlight any of these ranges without counting characters itself.
    """
    pieces = sorted(
        (
            _Piece(start, end, index, number == 0, len(mention.fragments) > 1)
            for index, mention in enumerate(document.mentions)
            for number, (start, end) in enumerate(mention.fragments)
        ),
        key=lambda piece: (piece.start, -piece.end, piece.mention),
    )
    evidence = _merged(finding.evidence for finding in document.findings)
    cuts = sorted({offset for span in _pointed_at(document) for offset in span})
    types = [mention.type for mention in document.mentions]
    made = []
    for section in _covering(document):
        for start, end in _paragraphs(document.text, section):
            inside = [piece for piece in pieces if piece.start < end and piece.end > start]
            html = _marked(document.text, start, end, inside, cuts, evidence, types)
            words = document.text[start:end]
            made.append(Block(section.kind, " ".join(words.split()), html, _keep_lines(words)))
    return made


def _pointed_at(document: Document) -> Iterator[Span]:
    for finding in document.findings:
        yield finding.evidence
        if finding.trigger is not None:
            yield finding.trigger
        for words in (finding.quantity, finding.significance, finding.attribution):
            if words is not None:
                yield words


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _covering(document: Document) -> Iterator[Section]:
    """The sections, with what they leave out as body text: nothing of a document goes unseen."""
    at = 0
    for section in sorted(document.sections, key=lambda section: section.start):
        if section.start > at:
            yield Section(kind="body", start=at, end=section.start)
        if section.end > at:
            yield section.model_copy(update={"start": max(at, section.start)})
            at = section.end
    if at < len(document.text):
        yield Section(kind="body", start=at, end=len(document.text))


def _paragraphs(text: str, section: Section) -> Iterator[Span]:
    at = section.start
    for found in (*_BREAK.finditer(text, section.start, section.end), None):
        end = section.end if found is None else found.start()
        stripped = text[at:end].strip()
        if stripped:
            start = at + text[at:end].index(stripped)
            yield start, start + len(stripped)
        if found is not None:
            at = found.end()


def _keep_lines(paragraph: str) -> bool:
    lines = paragraph.split("\n")[:-1]
    return not all(len(line) in _WRAPPED for line in lines)


def _marked(
    text: str,
    start: int,
    end: int,
    pieces: Sequence[_Piece],
    cuts: Sequence[int],
    evidence: Sequence[Span],
    types: Sequence[str],
) -> Markup:
    """HTML of text[start:end].

    Between two borders the set of open mentions is constant. Elements are opened outermost first; where
    mentions cross, the inner one is closed and opened again, as HTML asks for.
    """
    borders = {start, end}
    borders.update(cut for cut in cuts[bisect_right(cuts, start) :] if cut < end)
    for piece in pieces:
        borders.update((max(piece.start, start), min(piece.end, end)))
    places = sorted(borders)
    html: list[str] = []
    stack: list[_Piece] = []
    for a, b in pairwise(places):
        wanted = [piece for piece in pieces if piece.start <= a and piece.end >= b]
        common = 0
        while common < min(len(stack), len(wanted)) and stack[common] == wanted[common]:
            common += 1
        html.extend("</mark>" for _ in stack[common:])
        html.extend(
            _tag(piece, types[piece.mention], starts=a == max(piece.start, start))
            for piece in wanted[common:]
        )
        stack = wanted
        words = escape(clean(text[a:b]))
        place = bisect_right(evidence, (a, len(text) + 1)) - 1
        within = place >= 0 and a < evidence[place][1]
        html.append(f'<span data-o="{a}">{words}</span>' if within else str(words))
    html.extend("</mark>" for _ in stack)
    return Markup("".join(html))  # every piece of text went through escape()


def _tag(piece: _Piece, kind: str, *, starts: bool) -> str:
    """The opening tag. `first` marks where a label may stand: once for each mention."""
    names = ["m", kind]
    if piece.first and starts:
        names.append("first")
    if piece.fragmented:
        names.append("frag")
    return f'<mark class="{" ".join(names)}" data-m="{piece.mention}">'
