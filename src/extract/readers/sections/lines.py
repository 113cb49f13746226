"""What one line says of itself, without its neighbours: furniture, reference, caption, heading or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.readers.sections.cues import Cues
from extract.readers.sections.units import Unit
from extract.schema import SectionKind

__all__ = ["Page", "citation_score", "is_heading_like", "judge_alone"]

_ITEM_GAP = re.compile(r"\s{2,}|\t|\s*[|·•]\s*")
_TOKEN = re.compile(r"[^\s,;|·•/()\[\]]+")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_PARENTHESIS = re.compile(r"^[(\[].{8,300}[)\]]\.?$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CITATION_PARTS = (
    re.compile(r"\bdoi\b|\b10\.\d{4,9}/|https?://", re.IGNORECASE),
    re.compile(r"\b(?:19|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?[;,:]|\((?:19|20)\d\d[a-z]?\)|\b(?:19|20)\d\d\.?$"),
    re.compile(r"\b\d{1,4}\s?(?:\(\d{1,3}(?:[-–]\d{1,3})?\))?\s?:\s?[eE]?\d{1,6}|\bpp?\. ?\d+|\bvol(?:ume)?\.? ?\d+"),
    re.compile(
        r"\bet al\b|\bPMID\b|"
        r"\b(?:J|Proc|Nat|Sci|Med|Immunol|Clin|Exp|Rev|Lett|Res|Biol)\.? (?:[A-Z][a-z]+|\d)"
    ),
    re.compile(r"^(?:\(?\[?\d{1,3}[.)\]]?\s+|\^ )?[A-ZÀ-Þ][\w'’-]+,? (?:[A-Z]\.?-?){1,3}(?:,|\.| and| &| et\b|\s\()"),
)
_NUMBERED = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)]?|\^)\s")
_JOURNAL_YEAR = re.compile(r"^[(\[][A-Z][^.;:]{2,60}, (?:19|20)\d\d[)\]]\.?$")
# "Cell Metab. 2016 Mar 8;23(3):554-62."
_JOURNAL_LINE = re.compile(
    r"^[A-Z][\w.&() -]{1,60}?[.,]? (?:(?:19|20)\d\d(?: [A-Z][a-z]{2}[a-z]*(?: \d{1,2})?)?; ?)?"
    r"\d+(?:\([\w -]+\))?:[A-Z]?\d+"
)
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.) ")
_SIGNS = re.compile(r"[→»›>]|\d{3}[ -]\d{3}")
_CREDIT_HINT = re.compile(
    r"credit|©|courtesy|photo|image|picture|illustration|graphic|composite|montage|artwork|source[:/]"
)
_MAX_FURNITURE = 60
_MAX_CITATION = 90


def citation_score(text: str) -> int:
    """How many of five parts of a reference `text` holds: link, year, pages, journal words, initials."""
    return sum(1 for part in _CITATION_PARTS if part.search(text))


def is_heading_like(unit: Unit) -> bool:
    """Short, no full stop, not cut off: could head what follows."""
    if unit.words > 16 or not unit.words or len(unit.text) > 120 or (unit.words > 6 and unit.sentences > 1):
        return False
    if unit.bare[-1] in ".,;:…" or (unit.bullet and not unit.text[0].isdigit()):
        return False
    return unit.bare[0].isupper() or unit.bare[0].isdigit() or unit.bare[0] in "\"'¿" or unit.words >= 2


def _pattern(unit: Unit, cues: Cues, page: Page) -> bool:
    return (
        bool(cues.patterns.fullmatch(unit.bare))
        or (bool(_SIGNS.search(unit.bare)) and bool(cues.patterns_signs.fullmatch(unit.bare)))
        or (page.credits and bool(cues.patterns_credits.fullmatch(unit.bare)))
    )


def _menu(unit: Unit, cues: Cues) -> bool:
    if unit.words > 20:
        return False
    tokens = _TOKEN.findall(unit.lower)
    strong = sum(token in cues.menu_strong for token in tokens)
    if not strong:
        return False
    items = _ITEM_GAP.split(unit.text)
    if len(items) >= 4 and strong >= 2 and all(len(item.split()) <= 3 for item in items):
        return True
    return all(token in cues.menu_strong or token in cues.menu_weak for token in tokens)


def _reference(unit: Unit, cues: Cues) -> bool:
    if unit.words > _MAX_CITATION:
        return False
    start = cues.reference_starts.match(unit.bare)
    if start:
        # "Study: Exercise slows tumours" and "Sources: oily fish" name no publication.
        named = not unit.bare[start.end() :].lstrip()[:1].islower()
        sure = bool(cues.reference_sure.match(unit.bare))
        return unit.words <= 60 and ((named and sure) or citation_score(unit.text) >= 1)
    # No reference is without a year or a link.
    if not (_YEAR.search(unit.text) or any(hint in unit.lower for hint in ("10.", "doi", "pmid", "http"))):
        return False
    if _PARENTHESIS.match(unit.text) and (_DOI.search(unit.text) or (unit.words <= 25 and _YEAR.search(unit.text))):
        return citation_score(unit.text) >= 1 or bool(_JOURNAL_YEAR.match(unit.text))
    if _DOI.match(unit.text) and unit.words <= 3:
        return True
    if _JOURNAL_LINE.match(unit.text) and unit.words <= 45:
        return True
    score = citation_score(unit.text)
    if score >= 3:
        begins = bool(_CITATION_PARTS[4].search(unit.text)) or bool(_NUMBERED.match(unit.text))
        return begins or (score >= 4 and unit.words <= 45)
    return score == 2 and bool(_NUMBERED.match(unit.text)) and bool(_CITATION_PARTS[4].search(unit.text))


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the costlier cues a whole text can match at all: most texts are articles, and match few."""

    phrases: tuple[str, ...]
    authors: bool
    credits: bool

    @classmethod
    def of(cls, units: Sequence[Unit], cues: Cues) -> Page:
        """Look once at all lines together."""
        whole = "\n".join(unit.lower for unit in units if unit.words <= _MAX_CITATION)
        return cls(
            phrases=tuple(phrase for phrase in cues.phrases if phrase in whole),
            authors=bool(cues.about_author.search(whole)),
            credits=bool(_CREDIT_HINT.search(whole)) or any(hint in whole for hint in cues.agency_hints),
        )


def judge_alone(unit: Unit, cues: Cues, page: Page) -> SectionKind | None:
    """The kind that the line's own words give it, or None if they say nothing."""
    if not any(map(str.isalnum, unit.bare)):
        return "clutter"
    stripped = unit.lower.rstrip(" .:!?…»>→")
    if stripped in cues.exact:
        return "clutter"
    if unit.words > _MAX_CITATION:
        return None
    if cues.reference_sure.match(unit.bare) and _reference(unit, cues):
        return "reference"
    if unit.words <= _MAX_FURNITURE:
        if unit.words <= 30 and (_pattern(unit, cues, page) or _menu(unit, cues)):
            return "clutter"
        if unit.words <= 8 and not unit.final and not cues.furniture_words.isdisjoint(unit.lower.split()):
            return "clutter"
        if unit.words <= 12 and not unit.final and cues.price.search(unit.bare):
            return "clutter"
        if any(phrase in unit.lower for phrase in page.phrases):
            return "clutter"
    if page.authors and unit.words <= 70 and cues.about_author.search(unit.bare):
        return "clutter"
    if _reference(unit, cues):
        return "reference"
    if unit.words <= 80 and cues.captions.match(unit.bare):
        return "caption"
    if page.credits and unit.words <= 60 and cues.credit_tail.search(unit.bare):
        return "caption"
    if _NUMBERING.sub("", stripped) in cues.headings and not unit.final:
        return "heading"
    return None
