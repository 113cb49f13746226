"""Web pages: main content by trafilatura, sections by tags and by the features of lines.

trafilatura gives no source offsets: the extracted text becomes Document.text, and the page's hash is kept in
meta.source_sha256 so that the two can be matched again.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from extract.readers.base import Limits, Origin, Reader, read_bounded
from extract.readers.checks import check_text
from extract.readers.decode import decode_html
from extract.readers.failure import refusal
from extract.readers.html_guard import check_markup
from extract.readers.html_meta import page_meta, page_title
from extract.readers.html_prune import prune
from extract.readers.html_text import Block, blocks_of_body, blocks_of_extract, normal
from extract.readers.meta import complete
from extract.readers.sections import segment
from extract.schema import Document, Meta, SectionKind

__all__ = ["READER", "read_html"]

_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"(?:<!doctype html|<html[\s>])",
    re.I | re.S,
)
# trafilatura may take a side column for the article; then the page's own paragraphs are the better text.
_MIN_SHARE = 0.5
_SCRIPTED = "Save the article's text as .txt if the page is made by scripts."

# Without a handler of its own Python would print this library's warnings.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("trafilatura").propagate = False


@dataclass(frozen=True, slots=True)
class _Content:
    blocks: list[Block]
    by: str


def read_html(stream: BinaryIO, origin: Origin, limits: Limits) -> Iterator[Document]:
    """One document: the main content of a page, its title first. Raises DocumentError."""
    data = read_bounded(stream, min(limits.max_bytes, limits.max_html_bytes))
    page = decode_html(data)
    check_markup(page, limits)
    tree = _parse(page)
    meta = page_meta(tree)
    title = page_title(tree, meta)
    prune(tree)
    content = _content(tree)
    text, known = _joined(_titled(content.blocks, title))
    if not text.strip():
        raise refusal(
            "empty",
            "The page holds no text.",
            remedy=_SCRIPTED,
        )
    check_text(text, limits)
    sections = segment(text, known=known, unwrap=False)
    update = {
        "path": origin.path,
        "title": meta.title or title,
        "source_sha256": hashlib.sha256(data).hexdigest(),
        "text_by": content.by,
    }
    meta = Meta.model_validate(meta.model_dump() | update)
    yield Document(id=origin.id, text=text, meta=complete(meta, text, sections), sections=sections)


def _parser() -> HTMLParser:
    return HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True)


def _parse(page: str) -> HtmlElement:
    try:
        tree = document_fromstring(page.encode("utf-8"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refusal("empty", f"The page holds nothing to read ({error}).") from None
    if not isinstance(tree, HtmlElement):  # pragma: no cover
        raise refusal("empty", "The page holds nothing to read.")
    return tree


def _content(tree: HtmlElement) -> _Content:
    # Imported here: 0.15 s that runs without HTML need not wait for.
    import trafilatura

    plain = blocks_of_body(tree)
    captions = frozenset(normal(block.text) for block in plain if block.kind == "caption")
    found = trafilatura.bare_extraction(
        document_fromstring(etree.tostring(tree, encoding="utf-8"), parser=_parser()),
        include_comments=False, include_tables=True, include_images=False, include_links=False,
        include_formatting=False, favor_recall=True, with_metadata=False, deduplicate=False,
    )  # fmt: skip
    if found is not None and getattr(found, "body", None) is not None:
        blocks = blocks_of_extract(found.body, captions)
        if _prose_words(blocks) >= _MIN_SHARE * _prose_words(plain):
            return _Content(_with_captions(blocks, plain), f"trafilatura {trafilatura.__version__}")
    return _Content(plain, "lxml")


def _prose_words(blocks: list[Block]) -> int:
    return sum(words for block in blocks if (words := len(block.text.split())) >= 10)


def _with_captions(blocks: list[Block], plain: list[Block]) -> list[Block]:
    """`blocks` with the captions that the extraction left out, each after the block that it follows."""
    have = {normal(block.text): index for index, block in enumerate(blocks)}
    after: dict[int, list[Block]] = {}
    last = -1
    for block in plain:
        key = normal(block.text)
        if key in have:
            last = have[key]
        elif block.kind == "caption" and last >= 0:
            after.setdefault(last, []).append(block)
    merged: list[Block] = []
    for index, block in enumerate(blocks):
        merged.append(block)
        merged.extend(after.get(index, ()))
    return merged


def _titled(blocks: list[Block], title: str) -> list[Block]:
    """The title as first block, and nowhere else at the top."""
    if not title:
        return blocks
    rest = [block for index, block in enumerate(blocks) if index > 5 or normal(block.text) != normal(title)]
    return [Block(title, "title"), *rest]


def _joined(blocks: list[Block]) -> tuple[str, dict[int, SectionKind]]:
    """The text, blank lines between blocks (list items and rows follow on), and the kinds by offset."""
    pieces: list[str] = []
    known: dict[int, SectionKind] = {}
    length = 0
    for block in blocks:
        if pieces:
            separator = "\n" if block.tight else "\n\n"
            pieces.append(separator)
            length += len(separator)
        if block.kind:
            known[length] = block.kind
        pieces.append(block.text)
        length += len(block.text)
    return "".join(pieces), known


READER = Reader(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    recognises=lambda head: bool(_PAGE.match(head)),
    read=read_html,
)
