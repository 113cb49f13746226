"""Cheap look at a page before it is parsed: how deep and how many its tags are."""

from __future__ import annotations

import re
from collections import Counter

from extract.readers.base import Limits
from extract.readers.failure import refusal

__all__ = ["check_markup"]

_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][A-Za-z0-9:-]{0,30}))")
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
# Their end tags may be left out, and a parser then closes them by itself: they do not nest in themselves.
_OPTIONAL = frozenset((
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option",
    "optgroup", "colgroup", "caption", "rt", "rp",
))  # fmt: skip
_RAW = frozenset(("script", "style", "textarea", "title", "noscript", "xmp"))
# Parsers compare each attribute of a tag with all the others.
_MAX_ATTRIBUTES = 1000


def check_markup(page: str, limits: Limits) -> None:
    """Raise DocumentError (too_nested, too_large) if tags are too deep, too many or too long. One pass."""
    position = depth = tags = tag_end = 0
    unclosed: Counter[str] = Counter()
    endless: set[str] = set()
    while found := _TAG.search(page, position):
        position = found.end()
        comment, closing, name = found.groups()
        if comment:
            end = page.find("-->", position)
            if end < 0:
                return
            position = end + 3
            continue
        name = name.lower()
        tags += 1
        if tags > limits.max_html_tags:
            raise refusal("too_large", f"The page has more than {limits.max_html_tags} tags.")
        # Kept for the tags before it, so that a page of unfinished tags is searched only once.
        if tag_end < position:
            tag_end = page.find(">", position)
            tag_end = len(page) if tag_end < 0 else tag_end
            if page.count("=", position, tag_end) > _MAX_ATTRIBUTES:
                raise refusal("too_large", f"A <{name}> tag has more than {_MAX_ATTRIBUTES} attributes.")
        if name in _VOID or name in _OPTIONAL or (not closing and page[tag_end - 1] == "/"):
            continue
        if closing:
            # An end tag without a start does not bring a parser up again.
            if unclosed[name]:
                unclosed[name] -= 1
                depth -= 1
            continue
        if name in _RAW and name not in endless:
            end = page.find(f"</{name}", position)
            if end < 0:
                endless.add(name)
            else:
                position = end
        unclosed[name] += 1
        depth += 1
        if depth > limits.max_html_depth:
            raise refusal("too_nested", f"Tags are nested deeper than {limits.max_html_depth} levels.")
