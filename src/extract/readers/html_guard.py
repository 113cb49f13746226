"""Cheap look at a page before it is parsed: how deep and how many its tags are."""

from __future__ import annotations

import re

from extract.readers.base import Limits
from extract.readers.failure import refusal

__all__ = ["check_markup"]

_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][A-Za-z0-9:-]{0,30}))")
_VOID = frozenset(
    [
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
    ]
)
# Their end tags may be left out, and a parser then closes them by itself: they do not nest in themselves.
_OPTIONAL = frozenset(
    [
        "html",
        "head",
        "body",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "caption",
        "rt",
        "rp",
    ]
)
_RAW = frozenset(("script", "style", "textarea", "title", "noscript", "xmp"))
_MAX_TAG = 4000


def check_markup(page: str, limits: Limits) -> None:
    """Raise DocumentError (too_nested, too_large) if tags are nested too deep or too many. One pass."""
    position = depth = tags = 0
    raw_ends: dict[str, bool] = {}
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
        if name in _VOID or name in _OPTIONAL:
            continue
        if closing:
            depth = max(depth - 1, 0)
            continue
        # Looked for a little way only: a page of unfinished tags must not cost the square of its length.
        end = page.find(">", position, position + _MAX_TAG)
        if end > 0 and page[end - 1] == "/":
            continue
        if name in _RAW and raw_ends.get(name, True):
            end = page.find(f"</{name}", position)
            if end < 0:
                raw_ends[name] = False
            else:
                position = end
        depth += 1
        if depth > limits.max_html_depth:
            raise refusal("too_nested", f"Tags are nested deeper than {limits.max_html_depth} levels.")
