"""Takes out of a page's tree what is never article text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

__all__ = ["prune"]

_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "nav",
        "footer",
        "form",
        "button",
        "input",
        "select",
        "textarea",
        "dialog",
        "menu",
        "aside",
        "audio",
        "video",
        "map",
        "head",
    ]
)
# Names of classes and ids, whole or as a first or last part ("cookie-bar", "post__share").
_NAMES = re.compile(
    r"(?:^|[-_])(?:cookies?|gdpr|consent|newsletters?|subscribe|subscription|sign-?up|mailing|share|sharing|social|related|"
    r"recommend(?:ed|ations)?|more-from|most-(?:read|popular)|trending|promo|promotion|advert(?:s|isement|orial)?|ads?|"
    r"sponsor(?:ed)?|banner|breadcrumbs?|comments?|disqus|pop-?up|modal|overlay|pull-?quotes?|author-(?:bio|box|card)|about-author|"
    r"tag-?list|tags|toolbar|side-?bar|skip(?:-?link)?|paywall|shop|product-?(?:card|grid|list)?|cart|basket|menu|navbar|navigation|pagination|"
    r"read-?more|donat(?:e|ion)|site-(?:header|footer)|masthead|byline|post-meta|entry-meta|reading-time|read-time|copyright)(?:$|[-_])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_CITATION = re.compile(r"^[\s\[(]*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*[\])\s]*$")
# An element with this share of the page's paragraph words is the article, whatever its class says.
_MAIN_SHARE = 0.4


def _paragraph_words(element: HtmlElement) -> int:
    return sum(len(p.text_content().split()) for p in element.iter("p", "li"))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _named_furniture(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_NAMES.search(name) for name in names) or (element.get("role") or "") in (
        "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog",
    )  # fmt: skip


def _hidden(element: HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def prune(tree: HtmlElement) -> None:
    """Drop scripts, navigation, forms, asides, hidden parts, boxes named as furniture; mend superscripts."""
    body = tree.find("body")
    if body is None:
        return
    for element in [item for item in body.iter() if isinstance(item.tag, str) and item.tag in _TAGS]:
        _drop(element)
    whole = max(_paragraph_words(body), 1)
    for element in [item for item in body.iter() if isinstance(item.tag, str)]:
        if element is body or not (_hidden(element) or _named_furniture(element)):
            continue
        if element.find(".//h1") is not None or element.tag in ("h1", "article", "main"):
            continue
        if _paragraph_words(element) < _MAIN_SHARE * whole:
            _drop(element)
    for element in list(body.iter("sup")):
        _mend_superscript(element)


def _mend_superscript(element: HtmlElement) -> None:
    """10<sup>6</sup> is 10⁶, not 106; a number that links to a reference is no part of the sentence."""
    text = element.text_content().strip()
    before = _text_before(element)
    if _CITATION.match(text) and (element.find(".//a") is not None or before[-1:] in '.,;:)”’"' or text[:1] in "[("):
        _drop(element)
    elif before[-1:].isdigit() and re.fullmatch(r"[+−–-]?\d{1,3}", text):
        for child in list(element):
            child.drop_tag()
        element.text = text.translate(_SUPERSCRIPT)


def _text_before(element: HtmlElement) -> str:
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or previous.text_content() or ""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""
