"""Title, DOI, PMID, journal and year, where a text states them of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.schema import Meta, Section

__all__ = ["complete", "find_doi", "find_year"]

_DOI = re.compile(r"\b(?:doi:?\s*|doi\.org/)?(10\.\d{4,9}/[^\s\"'<>“”’‘]+)", re.IGNORECASE)
_PMID = re.compile(
    r"\b(?:PMID|PubMed(?: ID)?|pubmed\.ncbi\.nlm\.nih\.gov|nlm\.nih\.gov/pubmed)[:\s/#]{1,3}(\d{4,9})\b",
    re.I,
)
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")
_CAPITAL_WORDS = r"[A-Z][\w&.'’-]*(?:(?:,? (?:of|the|and|in|for|on|&)|:)?(?: the)? [A-Z][\w&.'’-]*)*"
# "(Scientific Reports, 2025; doi: 10.1038/...)" and "Nature Medicine 2021; 27: 12-20"
_PARENTHESIS = re.compile(r"^\(?\s*(?P<journal>[A-Z][^;:()\d.]{1,80}?),?\s+\(?(?P<year>(?:19|20)\d\d)\)?\s*[;,.:)]")
_CITED_JOURNAL = re.compile(
    rf"(?:^|[.?!]\s+)(?P<journal>{_CAPITAL_WORDS})[,.]?\s+\(?(?P<year>(?:19|20)\d\d)\b[^.]{{0,30}}[;:]\s?\d+"
)
_FIELD = re.compile(rf"\b[Jj]ournal\s?[:|]\s?(?P<journal>{_CAPITAL_WORDS})")
_PUBLISHED = re.compile(
    r"\b(?:published|appears?|appeared|reported|described|reports?|writ(?:e|ing))(?: \w+){0,3}? in "
    rf"(?:the journals? )?(?P<journal>{_CAPITAL_WORDS})"
)
_IN_JOURNAL = re.compile(rf"\bin the journal (?P<journal>{_CAPITAL_WORDS})")
_CUE = re.compile(
    r"^[\s(\[]*(?:sources?|journal|original|citation|cite|reference|doi|https?://|study|paper|"
    r"publication|more information)",
    re.I,
)
_LEAD = re.compile(
    r"^(?:source|journal reference|reference|original (?:publication|paper|study|article)|study|paper|"
    r"publication|citation)s?\s*:\s*",
    re.I,
)
_CITED_YEAR = re.compile(r"\b(?:19|20)\d\d\s?[;:,)]")
_WEEKDAY = re.compile(r",? on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day.*")
_INSTITUTE = re.compile(r"\b(?:University|Institute|Hospital|Society|Press|College|School|Agency|News)\b")
_NO_JOURNAL = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "the", "europe", "america", "asia", "africa", "australia", "germany", "france",
    "china", "japan", "england",
})  # fmt: skip


def _clean_doi(doi: str) -> str:
    doi = doi.rstrip(".,;:!?*")
    while doi and doi[-1] in ")]}" and doi.count(doi[-1]) > doi.count({")": "(", "]": "[", "}": "{"}[doi[-1]]):
        doi = doi[:-1].rstrip(".,;:")
    return doi


def find_doi(text: str) -> str:
    """The first DOI in `text`, without resolver and final punctuation; empty if there is none."""
    found = _DOI.search(text)
    return _clean_doi(found.group(1)) if found else ""


def find_year(text: str) -> str:
    """The first year from 1950 to 2049 in `text`; empty if there is none."""
    found = _YEAR.search(text)
    return found.group(1) if found else ""


def _dois(lines: Iterable[str]) -> Iterator[str]:
    return (_clean_doi(found.group(1)) for line in lines for found in _DOI.finditer(line))


def _pmids(lines: Iterable[str]) -> Iterator[str]:
    return (found.group(1) for line in lines for found in _PMID.finditer(line))


def _only(values: Iterable[str]) -> str:
    """The value, if there is exactly one; several DOIs in a reference list are of other papers."""
    distinct = dict.fromkeys(value for value in values if value)
    return next(iter(distinct)) if len(distinct) == 1 else ""


def _journal_and_year(line: str) -> tuple[str, str]:
    line = _LEAD.sub("", line.strip())
    if len(_CITED_YEAR.findall(line)) > 1:
        return "", ""
    for pattern in (_PARENTHESIS, _CITED_JOURNAL):
        found = pattern.search(line)
        if found and len(found.group("journal")) > 2 and not _INSTITUTE.search(found.group("journal")):
            return found.group("journal").strip(" ,."), found.group("year")
    found = _FIELD.search(line)
    return (found.group("journal").strip(" ,."), "") if found else ("", "")


def complete(meta: Meta, text: str, sections: Sequence[Section]) -> Meta:
    """`meta` with its empty fields filled from the text; given values are never changed.

    A DOI or PMID comes from a line that stands alone as the source, else from the text if it names only one.
    """
    found: dict[str, str] = {}
    pieces = {
        kind: [text[s.start : s.end] for s in sections if s.kind == kind]
        for kind in ("title", "reference", "body", "clutter")
    }
    if not meta.title and pieces["title"]:
        found["title"] = " ".join(pieces["title"][0].split())
    references = pieces["reference"]
    # A list is of other papers; a line that stands alone, or says so itself, is of this one.
    own = [line for line in references if len(references) == 1 or _CUE.match(line) or line.startswith("(")]
    body = [] if len(references) > len(own) else [*pieces["body"], *pieces["clutter"]]
    if not meta.doi and "10." in text:
        found["doi"] = _only(_dois(own)) or _only(_dois(body))
    if not meta.pmid and ("PMID" in text or "ubmed" in text or "ubMed" in text):
        found["pmid"] = _only(_pmids(own)) or _only(_pmids(body))
    if not meta.journal or not meta.year:
        pairs = [pair for pair in map(_journal_and_year, own) if pair[0]]
        journal, year = pairs[0] if len(set(pairs)) == 1 else ("", "")
        found["journal"] = journal or _stated_journal(pieces["body"])
        found["year"] = year or _dated([*own, *pieces["clutter"]])
    return meta.model_copy(update={key: value for key, value in found.items() if value and not getattr(meta, key)})


def _stated_journal(body: Sequence[str]) -> str:
    """ "published in the journal X", "published in X": capitalised words that are no month or place."""
    for pattern in (_IN_JOURNAL, _PUBLISHED):
        for piece in body:
            found = pattern.search(piece)
            if found:
                journal = _WEEKDAY.sub("", found.group("journal")).strip(" ,.'’")
                if journal.split()[0].lower() not in _NO_JOURNAL and not journal[-1].isdigit():
                    return journal
    return ""


_DATE_LINE = re.compile(
    r"\b(?:published|posted|updated|reviewed|released|issued|citation|retrieved|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d[./-]\d",
    re.I,
)


def _dated(lines: Sequence[str]) -> str:
    """The year of the first short line that is a date, a source or a copyright note."""
    for line in lines:
        if len(line) < 160 and (_DATE_LINE.search(line) or _CUE.match(line) or line.startswith("(")):
            years = {str(year) for year in _YEAR.findall(line)}
            if len(years) == 1:
                return min(years)
    return ""
