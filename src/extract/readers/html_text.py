"""Trees to blocks of text: trafilatura's result, or the body of a page as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from extract.schema import SectionKind

__all__ = ["Block", "blocks_of_body", "blocks_of_extract", "normal"]

_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BREAKING = (
    frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "header",
            "hr",
            "li",
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "thead",
            "tr",
            "ul",
            "caption",
        ]
    )
    | _HEADS
)

_OTHER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph's text, its kind if a tag tells it, and whether it follows on without a blank line."""

    text: str
    kind: SectionKind | None = None
    tight: bool = False


def normal(text: str) -> str:
    """Letters and digits only, for comparing texts that went different ways."""
    return _OTHER.sub("", text.lower())


def _clean(text: str) -> str:
    """One blank between words; a <br> ends a line only where the text around it does not run on."""
    lines: list[str] = []
    broken = False
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if not line:
            broken = True
            continue
        if lines and not broken and not _ends(lines[-1], line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        broken = False
    return "\n".join(lines)


def _ends(before: str, after: str) -> bool:
    short = len(before.split()) <= 8 and not after[0].islower()
    return before[-1] in '.!?:"”' or short or bool(re.match(r"[-*•·–—]\s|\d{1,2}[.)]\s", after))


def _inline(element: Any) -> str:
    """Text of an element of trafilatura's tree; <lb/> is a line break."""
    pieces: list[str] = []
    for event, item in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            # Source line breaks mean nothing in HTML; only <lb/> does.
            pieces.append("\n" if item.tag == "lb" else " ".join((item.text or "").split("\n")))
        elif item is not element:
            pieces.append((item.tail or "").replace("\n", " "))
    return _clean("".join(pieces))


def blocks_of_extract(body: Any, captions: frozenset[str]) -> list[Block]:
    """Blocks of trafilatura's `body`; paragraphs whose normal text is in `captions` are captions."""
    return [
        Block(block.text, "caption", block.tight) if block.kind is None and normal(block.text) in captions else block
        for block in _extract(body)
        if block.text
    ]


def _extract(parent: Any) -> Iterator[Block]:
    if (parent.text or "").strip():
        yield Block(_clean(parent.text))
    for element in parent:
        tag = element.tag
        if tag == "head":
            yield Block(_inline(element).replace("\n", " "), "heading")
        elif tag == "list":
            for index, item in enumerate(element.iter("item")):
                text = _own_text(item)
                if text:
                    yield Block(f"- {text}", None, tight=index > 0)
        elif tag == "table":
            for index, row in enumerate(element.iter("row")):
                cells = [_inline(cell).replace("\n", " ") for cell in row]
                yield Block(" | ".join(cell for cell in cells if cell), "body", tight=index > 0)
        elif tag in ("quote", "div") and any(child.tag in ("p", "list", "head", "quote") for child in element):
            yield from _extract(element)
        elif tag not in ("graphic", "code", "comments"):
            yield Block(_inline(element))
        if (element.tail or "").strip():
            yield Block(_clean(element.tail))


def _own_text(item: Any) -> str:
    """Text of a list item without that of lists inside it, whose items come by themselves."""
    pieces: list[str] = []
    inside = 0
    for event, element in etree.iterwalk(item, events=("start", "end")):
        if element is not item and element.tag == "item":
            inside += 1 if event == "start" else -1
        if inside:
            continue
        if event == "start":
            pieces.append("\n" if element.tag == "lb" else (element.text or ""))
        elif element is not item:
            pieces.append(element.tail or "")
    return " ".join("".join(pieces).split())


def blocks_of_body(tree: HtmlElement) -> list[Block]:
    """Blocks of a page's body by its block-level tags, nothing left out."""
    body = tree.find("body")
    if body is None:
        return []
    blocks: list[Block] = []
    pieces: list[str] = []
    kinds: list[str] = []

    def flush() -> None:
        text = _clean("".join(pieces))
        pieces.clear()
        if not text:
            return
        tag = next((kind for kind in reversed(kinds) if kind in _BREAKING), "")
        if tag in _HEADS:
            blocks.append(Block(text.replace("\n", " "), "heading"))
        elif "figcaption" in kinds or tag == "caption":
            blocks.append(Block(text.replace("\n", " "), "caption"))
        elif tag == "li":
            blocks.append(Block(f"- {text}", None, tight=bool(blocks) and blocks[-1].text.startswith("- ")))
        elif tag == "tr":
            blocks.append(Block(text.rstrip(" |"), "body"))
        else:
            blocks.append(Block(text))

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BREAKING:
                flush()
            kinds.append(tag)
            pieces.append("\n" if tag == "br" else (element.text or "").replace("\n", " "))
        else:
            if tag in _BREAKING:
                flush()
            elif tag in ("td", "th"):
                pieces.append(" | ")
            kinds.pop()
            pieces.append((element.tail or "").replace("\n", " "))
    flush()
    return blocks
