# ruff: noqa: E501
"""Web pages: the article's text with its sections, and nothing of the page around it."""

from __future__ import annotations

import hashlib

import pytest

from extract.readers import Failure, Limits, read_bytes
from extract.schema import Document

FIRST = (
    "Working muscle releases interleukin-6 into the blood, and more of it the longer the exercise lasts. The liver "
    "answers by giving off sugar, and fat cells give off their store."
)
SECOND = (
    "In mice that run of their own free will, adrenaline drives natural killer cells out of the spleen. The cells "
    "then enter tumours, which grow more slowly than in mice without a wheel."
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>What muscles say | The Daily Cell</title>
<meta property="og:title" content="What muscles say"><meta property="og:site_name" content="The Daily Cell">
<meta name="citation_doi" content="doi:10.1234/cell.2020.5"><meta name="citation_journal_title" content="Cell Talk">
<meta property="article:published_time" content="2020-05-04T10:00:00Z"><meta name="citation_pmid" content="12345678">
<link rel="canonical" href="https://cell.example/muscles">
<script>var x = "<div><div>";</script><style>p {{ color: red }}</style></head><body>
<div class="cookie-banner"><p>We would like to set some cookies. Is this all right with you?</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/health">Health</a></li></ul></nav>
<header><p>The Daily Cell</p></header>
<main><article><h1>What muscles say</h1><p class="byline">By Ann Lee</p>
<p>{FIRST}</p>
<figure><img src="m.jpg" alt="m"><figcaption>Figure 1. A muscle fibre under the microscope. Credit: Ann Lee</figcaption></figure>
<aside class="pull-quote"><p>Working muscle releases interleukin-6 into the blood</p></aside>
<h2>What <em>mice</em> show</h2>
<p>{SECOND}</p>
<p>At 10<sup>6</sup> cells per spleen<sup><a href="#r1">1</a></sup>, CD4<sup>+</sup> T cells stayed where they were, CO<sub>2</sub> or no CO<sub>2</sub>,
and that held for every one of the mice.</p>
<ul><li>Adrenaline <b>mobilises</b> the cells.</li><li>Interleukin-6 guides them.</li></ul>
<table><tr><th>Hormone</th><th>After a run</th></tr><tr><td>cortisol</td><td>higher</td></tr></table>
<div class="related-articles"><h3>Related articles</h3><ul><li><a href="/1">Why sleep matters to the mice of this world</a></li></ul></div>
<div class="share-buttons"><a>Share on everything</a></div>
</article></main><div id="comments"><p>First! I also like cells very much, and I run every single day of the week.</p></div>
<footer><p>© 2020 The Daily Cell</p></footer></body></html>"""


def read(page: str | bytes, name: str = "page.html", limits: Limits | None = None) -> Document | Failure:
    data = page.encode() if isinstance(page, str) else page
    (item,) = read_bytes(data, name, limits=limits)
    return item


@pytest.fixture(scope="module")
def document() -> Document:
    item = read(PAGE)
    assert isinstance(item, Document), item
    return item


def pieces(document: Document, kind: str) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sections if s.kind == kind]


def test_article_text_is_there(document: Document) -> None:
    assert FIRST in pieces(document, "body")
    assert SECOND in pieces(document, "body")


def test_title_and_headings(document: Document) -> None:
    assert pieces(document, "title") == ["What muscles say"]
    assert document.text.count("What muscles say") == 1
    assert pieces(document, "heading") == ["What mice show"]
    assert next(s.label for s in document.sections if document.text[s.start : s.end] == SECOND) == "What mice show"


def test_list_items_and_rows(document: Document) -> None:
    body = pieces(document, "body")
    assert "Adrenaline mobilises the cells." in body
    assert "Interleukin-6 guides them." in body
    assert "cortisol | higher" in body


def test_caption_with_its_credit_apart(document: Document) -> None:
    assert pieces(document, "caption") == ["Figure 1. A muscle fibre under the microscope."]
    assert "Credit: Ann Lee" in pieces(document, "clutter")
    # It stands where the page has it, between the paragraphs.
    assert document.text.index(FIRST) < document.text.index("Figure 1.") < document.text.index(SECOND)


@pytest.mark.parametrize(
    "words", ["cookies", "Home", "Why sleep", "Share on", "First!", "©", "By Ann Lee", "color: red"]
)
def test_furniture_is_gone(document: Document, words: str) -> None:
    assert words not in document.text


def test_pull_quote_is_gone(document: Document) -> None:
    assert document.text.count("Working muscle releases interleukin-6 into the blood") == 1


def test_superscripts_and_subscripts(document: Document) -> None:
    assert "At 10⁶ cells per spleen, CD4+ T cells stayed where they were, CO2 or no CO2, and that held" in document.text


def test_metadata(document: Document) -> None:
    meta = document.meta
    assert (meta.title, meta.source, meta.doi) == ("What muscles say", "The Daily Cell", "10.1234/cell.2020.5")
    assert (meta.journal, meta.year, meta.pmid) == ("Cell Talk", "2020", "12345678")
    assert meta.url == "https://cell.example/muscles"
    assert meta.path == "page.html"


def test_the_page_is_known_by_its_hash(document: Document) -> None:
    extra = document.meta.model_dump()
    assert extra["source_sha256"] == hashlib.sha256(PAGE.encode()).hexdigest()
    assert extra["text_by"].startswith("trafilatura ")


def test_title_without_metadata_loses_the_site() -> None:
    page = f"<html><head><title>What muscles say to fat | The Daily Cell</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    item = read(page)
    assert isinstance(item, Document)
    assert item.meta.title == "What muscles say to fat"


def test_a_broken_page_is_read_as_far_as_it_goes() -> None:
    item = read(f"<html><body><div><p>{FIRST}<p>{SECOND}<b><i></div></i> <table><tr><td>x")
    assert isinstance(item, Document)
    assert SECOND in item.text


def test_text_without_paragraph_tags_is_read_too() -> None:
    item = read(f"<html><body><div>{FIRST}<br><br>{SECOND}</div></body></html>")
    assert isinstance(item, Document)
    assert FIRST in pieces(item, "body")
    assert SECOND in pieces(item, "body")


def test_an_article_in_an_element_named_like_furniture_is_kept() -> None:
    item = read(f'<html><body><div class="content has-sidebar share"><p>{FIRST}</p><p>{SECOND}</p></div></body></html>')
    assert isinstance(item, Document)
    assert FIRST in item.text


def test_hidden_parts_are_left_out() -> None:
    item = read(
        f'<html><body><p>{FIRST}</p><p style="display: none">Secret words that nobody reads in this page.</p><p>{SECOND}</p></body></html>'
    )
    assert isinstance(item, Document)
    assert "Secret" not in item.text


def test_entities_of_a_doctype_are_not_expanded() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yyyy">]><html><body><p>&x;&y; {FIRST}</p></body></html>'
    item = read(page)
    assert isinstance(item, Document)
    assert "yyyy" not in item.text
    assert "&x;" in item.text


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "<html><body><script>document.write('x')</script></body></html>",
        "<!-- only a comment -->",
        "<>",
    ],
)
def test_pages_without_text_are_empty(page: str) -> None:
    item = read(page)
    assert isinstance(item, Failure)
    assert item.reason == "empty"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<div>" * 3000 + "x" + "</div>" * 3000, "too_nested"),
        ("<b>" * 300 + FIRST, "too_nested"),
        ("<div></x>" * 3000 + FIRST, "too_nested"),
        ("<a " * 3000, "too_nested"),
        ("<script>" * 3000, "too_nested"),
        ("<p>a</p>" * 60_000, "too_large"),
        ("<p " + " ".join(f"a{i}=1" for i in range(5000)) + ">x", "too_large"),
    ],
    ids=["divs", "unclosed", "mismatched", "unfinished", "scripts", "many", "attributes"],
)
def test_bombs_are_refused_before_they_are_parsed(page: str, reason: str) -> None:
    item = read("<html><body>" + page)
    assert isinstance(item, Failure)
    assert item.reason == reason
    assert item.remedy


def test_tags_in_scripts_and_comments_are_not_counted() -> None:
    item = read(
        f"<html><body><script>{'<div>' * 500}</script><!-- {'<div>' * 500} --><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    )
    assert isinstance(item, Document)


def test_paragraphs_and_items_without_end_tags_do_not_nest() -> None:
    page = "<html><body>" + f"<p>{FIRST}" * 5 + "<ul>" + "<li>a cell" * 500 + "</ul>" + f"<p>{SECOND}"
    assert isinstance(read(page), Document)


def test_pages_have_a_limit_of_size() -> None:
    item = read(PAGE, limits=Limits(max_html_bytes=1000))
    assert isinstance(item, Failure)
    assert item.reason == "too_large"


def test_html_under_the_name_of_a_text_is_known_by_its_content() -> None:
    item = read(PAGE, "page.txt")
    assert isinstance(item, Document)
    assert "<p>" not in item.text


def test_foreign_pages_are_refused() -> None:
    text = (
        "Der Muskel gibt bei der Arbeit ein Eiweiß in das Blut ab, und die Leber antwortet mit der Abgabe von Zucker. "
        * 3
    )
    item = read(f"<html><body><p>{text}</p></body></html>")
    assert isinstance(item, Failure)
    assert item.reason == "non_english"


def test_two_readings_are_equal(document: Document) -> None:
    assert read(PAGE) == document
