"""Metadata that a page states about itself in its head."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from extract.readers.meta import find_doi, find_year
from extract.schema import Meta

__all__ = ["page_meta", "page_title"]

_FIELDS = {
    "title": (
        "citation_title", "dc.title", "prism.title", "og:title", "twitter:title", "parsely-title", "headline",
    ),
    "doi": (
        "citation_doi", "dc.identifier.doi", "prism.doi", "bepress_citation_doi", "dc.identifier", "doi",
        "prism.url",
    ),
    "pmid": ("citation_pmid", "pmid", "ncbi_uid"),
    "journal": ("citation_journal_title", "prism.publicationname", "citation_journal_abbrev", "dc.source"),
    "year": (
        "citation_publication_date", "citation_date", "citation_online_date", "citation_year",
        "prism.publicationdate", "dc.date", "dcterms.issued", "dc.date.issued", "article:published_time",
        "og:published_time", "datepublished",
        "parsely-pub-date", "date", "pubdate", "article:modified_time",
    ),
    "source": ("og:site_name", "application-name", "dc.publisher", "citation_publisher"),
    "url": (
        "og:url", "citation_public_url", "citation_fulltext_html_url", "citation_abstract_html_url",
        "twitter:url",
    ),
}  # fmt: skip
_SPLIT = re.compile(r"\s+[|–—·•»:-]+\s+")


def _values(tree: HtmlElement) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            values.setdefault(name.strip().lower(), content)
    return values


def page_meta(tree: HtmlElement) -> Meta:
    """What <meta>, <link rel=canonical> and <time> say. Absent fields stay empty."""
    values = _values(tree)
    got = {field: next((values[n] for n in names if n in values), "") for field, names in _FIELDS.items()}
    got["doi"] = next((doi for name in _FIELDS["doi"] if (doi := find_doi(values.get(name, "")))), "")
    got["pmid"] = next(iter(re.findall(r"\b\d{4,9}\b", got["pmid"])), "")
    if not got["year"]:
        times = (element.get("datetime") or "" for element in tree.iter("time"))
        got["year"] = next((year for value in times if (year := find_year(value))), "")
    got["year"] = find_year(got["year"].replace("/", " ").replace("T", " "))
    if not got["url"]:
        links = (e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical")
        got["url"] = next((href for href in links if href.startswith("http")), "")
    got["title"] = _without_site(got["title"], got["source"])
    return Meta(**got)


def page_title(tree: HtmlElement, meta: Meta) -> str:
    """The title as the page shows it: its only or first long h1, else what the head says."""
    heads = [text for element in tree.iter("h1") if (text := " ".join(element.text_content().split()))]
    site = meta.source.lower()
    heads = [text for text in heads if text.lower() != site and len(text.split()) <= 60]
    if meta.title:
        wanted = _letters(meta.title)
        for text in heads:
            if _letters(text) == wanted:
                return text
    if heads:
        return max(heads[:3], key=lambda text: (len(text.split()) > 1, -heads.index(text)))
    if meta.title:
        return meta.title
    title = next((" ".join(e.text_content().split()) for e in tree.iter("title")), "")
    return _without_site(title, meta.source)


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _without_site(title: str, site: str) -> str:
    """ "Muscles talk | The Site" without the site: its known name, or a short last part after a bar."""
    parts = _SPLIT.split(title)
    if len(parts) < 2:
        return title
    last = parts[-1]
    if (site and _letters(last) == _letters(site)) or (
        not site and re.search(r"\s[|–—-]\s+\S[^|]*$", title) and len(last.split()) <= 4 and len(parts[0].split()) >= 4
    ):
        return title[: title.rindex(last)].rstrip(" |–—·•»:-")
    return title
