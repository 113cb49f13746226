"""Markdown: the raw text stays as it is; its markup is marked as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from extract.readers.base import Limits, Origin, Reader, read_bounded
from extract.readers.checks import check_text
from extract.readers.decode import decode
from extract.readers.meta import complete
from extract.readers.sections import refine, segment
from extract.schema import Document, Meta, Section, SectionKind, Span

__all__ = ["READER", "read_markdown", "segment_markdown"]

_FRONT = re.compile(
    r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M
)
_FIELD = re.compile(
    r"^(?P<key>title|doi|pmid|journal|year|date|url|source|link)[ \t]*[:=][ \t]*(?P<value>\S[^\n]{0,500})", re.M | re.I
)
_FENCE = re.compile(
    r"^ {0,3}(?P<fence>`{3,20}(?!`)|~{3,20}(?!~))[^`\n]{0,300}\n.*?(?:^ {0,3}(?P=fence)[`~]{0,20}[ \t]{0,20}$|\Z)",
    re.S | re.M,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
# Repeats are bounded so that no line, however odd, can cost the square of its length.
_ATX = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]{1,20}|$)(?P<text>[^\n]{0,300}?)(?P<tail>[ \t]{1,20}#{1,20})?[ \t]{0,20}$", re.M
)
_UNDERLINE = re.compile(r"^ {0,3}(?P<mark>=+|-{3,})[ \t]{0,20}$", re.M)
_FOOTNOTE = re.compile(r"^ {0,3}(?P<mark>\[\^[^\]\n]{1,60}\]:[ \t]*)(?P<text>[^\n]*)", re.M)
# Spans that are furniture as a whole. Each is on one line, with bounded repeats, so that none can run away.
_WHOLE = (
    re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]{0,200}\]:[ \t]+\S[^\n]*$", re.M),  # link definition
    re.compile(
        r"!\[[^\]\n]{0,500}\](?:\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\]\n]{0,200}\])"
    ),  # image
    re.compile(r"</?[A-Za-z][^<>\n]{0,500}>"),  # tag
    re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,500}>"),
    re.compile(r"\[\^[^\]\n]{1,60}\](?!:)"),  # footnote call
    re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M),  # quotation
    re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.M),  # bullet
    re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|<>~-])"),  # escape
    re.compile(r"`+"),
)
# Pairs around words: only groups "a" and "b" are furniture.
_PAIRS = (
    re.compile(
        r"(?P<a>\[)(?P<text>[^\[\]\n]{1,500})(?P<b>\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\]\[[^\]\n]{0,200}\])"
    ),
    re.compile(r"(?<![\w*])(?P<a>\*{1,3})(?=[^\s*])(?P<text>[^\n*]{1,2000}?)(?<=[^\s*])(?P<b>\*{1,3})(?![\w*])"),
    re.compile(r"(?<![\w_])(?P<a>_{1,3})(?=[^\s_])(?P<text>[^\n_]{1,2000}?)(?<=[^\s_])(?P<b>_{1,3})(?![\w_])"),
    re.compile(r"(?<!~)(?P<a>~~)(?=\S)(?P<text>[^\n~]{1,2000}?)(?P<b>~~)(?!~)"),
)
# A line of links and signs, with at most a few words before them: a menu or a table of contents.
_LINKS_ONLY = re.compile(
    r"^(?:[^\[\]\n]{0,30}:[ \t]*)?(?:[ \t|·•/,>–-]{0,6}\[[^\[\]\n]{1,60}\]\([^()\n]{0,300}\)){2,40}"
    r"[ \t|·•]{0,6}$",
    re.M,
)
_TABLE_ROW = re.compile(r"^[ \t]*\|[^\n]*$", re.M)


def read_markdown(stream: BinaryIO, origin: Origin, limits: Limits) -> Iterator[Document]:
    """One document. `Document.text` is the file's text with all its markup. Raises DocumentError."""
    text = decode(read_bounded(stream, limits.max_bytes))
    check_text(text, limits)
    sections = segment_markdown(text)
    meta = complete(_front_meta(text, origin), text, sections)
    yield Document(id=origin.id, text=text, meta=meta, sections=sections)


def _front_meta(text: str, origin: Origin) -> Meta:
    front = _FRONT.match(text)
    fields: dict[str, str] = {}
    for found in _FIELD.finditer(front.group("body") if front else ""):
        fields.setdefault(found.group("key").lower(), found.group("value").strip().strip("\"'"))
    year = fields.get("year") or fields.get("date", "")
    match = re.search(r"\b(?:19|20)\d\d\b", year)
    doi = re.search(r"10\.\d{4,9}/\S+", fields.get("doi", ""))
    return Meta(
        title=fields.get("title", ""), doi=doi.group() if doi else "", pmid=fields.get("pmid", ""),
        journal=fields.get("journal", ""), year=match.group() if match else "",
        url=fields.get("url") or fields.get("link", ""), source=fields.get("source", ""), path=origin.path,
    )  # fmt: skip


def segment_markdown(text: str) -> list[Section]:
    """Sections of raw Markdown; front matter, code, comments, images, link targets, marks are furniture."""
    markup, known = _scan(text)
    spans = _merged(markup)
    masked = _masked(text, spans)
    return refine(segment(masked, known=_anchored(known, masked)), spans, text)


def _scan(text: str) -> tuple[list[Span], list[tuple[Span, SectionKind]]]:
    """Spans of markup, and lines whose kind the markup tells."""
    markup: list[Span] = []
    known: list[tuple[Span, SectionKind]] = []
    front = _FRONT.match(text)
    if front:
        markup.append(front.span())
    for pattern in (_FENCE, _COMMENT):
        markup.extend(found.span() for found in pattern.finditer(text))
    # What stands inside code or comments is no markup of the text.
    text = _masked(text, _merged(markup))
    titled = False
    for found in _ATX.finditer(text):
        markup.append((found.start(), found.start("text")))
        if found.group("tail"):
            markup.append(found.span("tail"))
        kind: SectionKind = "title" if found.group("marks") == "#" and not titled else "heading"
        titled = titled or kind == "title"
        known.append((found.span("text"), kind))
    for found in _UNDERLINE.finditer(text):
        above = (text.rfind("\n", 0, max(found.start() - 1, 0)) + 1, max(found.start() - 1, 0))
        line = text[slice(*above)]
        if not 0 < len(line.strip()) <= 200 or line.lstrip().startswith(("#", "|", ">", "- ", "* ", "--", "==")):
            continue
        kind = "title" if found.group("mark")[0] == "=" and not titled else "heading"
        titled = titled or kind == "title"
        markup.append(found.span())
        known.append((above, kind))
    for found in _FOOTNOTE.finditer(text):
        markup.append(found.span("mark"))
        known.append((found.span("text"), "reference"))
    for row in _TABLE_ROW.finditer(text):
        markup.extend((at, at + 1) for at in range(*row.span()) if text[at] == "|")
        if any(map(str.isalnum, row.group())):
            known.append((row.span(), "body"))
    known.extend((found.span(), "clutter") for found in _LINKS_ONLY.finditer(text))
    for pattern in _WHOLE:
        markup.extend(found.span() for found in pattern.finditer(text))
    for pattern in _PAIRS:
        for found in pattern.finditer(text):
            markup.extend((found.span("a"), found.span("b")))
    return markup, known


def _anchored(known: list[tuple[Span, SectionKind]], masked: str) -> dict[int, SectionKind]:
    """Kinds by the first code point that is left of each line."""
    anchors: dict[int, SectionKind] = {}
    for (start, end), kind in known:
        piece = masked[start:end]
        if piece.strip():
            anchors[start + len(piece) - len(piece.lstrip())] = kind
    return anchors


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _masked(text: str, spans: list[Span]) -> str:
    """`text` with blanks for `spans`; line breaks stay, so that lines and offsets do."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces.append(text[position:start])
        pieces.append(re.sub(r"[^\r\n]", " ", text[start:end]))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


READER = Reader(name="markdown", suffixes=(".md", ".markdown"), recognises=lambda head: False, read=read_markdown)
