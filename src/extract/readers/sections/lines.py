"""What one line says of itself, without its neighbours: furniture, reference, caption, heading or nothing."""

from __future__ import annotations

import re

from extract.readers.sections.cues import Cues
from extract.readers.sections.units import Unit
from extract.schema import SectionKind

__all__ = ["citation_score", "is_heading_like", "judge_alone"]

_TOKEN = re.compile(r"[^\s,;|·•/()\[\]]+")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_PARENTHESIS = re.compile(r"^[(\[].{8,300}[)\]]\.?$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CITATION_PARTS = (
    re.compile(r"\bdoi\b|\b10\.\d{4,9}/|https?://", re.IGNORECASE),
    re.compile(
        r"\b(?:19|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?[;,:]|\((?:19|20)\d\d[a-z]?\)|\b(?:19|20)\d\d\.?$"
    ),
    re.compile(
        r"\b\d{1,4}\s?(?:\(\d{1,3}(?:[-–]\d{1,3})?\))?\s?:\s?[eE]?\d{1,6}|\bpp?\. ?\d+|\bvol(?:ume)?\.? ?\d+"
    ),
    re.compile(
        r"\bet al\b|\bPMID\b|"
        r"\b(?:J|Proc|Nat|Sci|Med|Immunol|Clin|Exp|Rev|Lett|Res|Biol)\.? (?:[A-Z][a-z]+|\d)"
    ),
    re.compile(
        r"^(?:\(?\[?\d{1,3}[.)\]]?\s+|\^ )?[A-ZÀ-Þ][\w'’-]+,? (?:[A-Z]\.?-?){1,3}(?:,|\.| and| &| et\b|\s\()"
    ),
)
_NUMBERED = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)]?|\^)\s")
# "Cell Metab. 2016 Mar 8;23(3):554-62."
_JOURNAL_LINE = re.compile(
    r"^[A-Z][\w.&() -]{1,60}?[.,]? (?:19|20)\d\d(?: [A-Z][a-z]{2}[a-z]*(?: \d{1,2})?)?; ?\d+(?:\([\w -]+\))?:"
)
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.) ")
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


def _menu(unit: Unit, cues: Cues) -> bool:
    if unit.words > 20:
        return False
    tokens = _TOKEN.findall(unit.lower)
    strong = sum(token in cues.menu_strong for token in tokens)
    return bool(strong) and all(token in cues.menu_strong or token in cues.menu_weak for token in tokens)


def _reference(unit: Unit, cues: Cues) -> bool:
    if unit.words > _MAX_CITATION:
        return False
    if cues.reference_starts.match(unit.bare):
        # "Study: Exercise slows tumours" names no source; a source has a name, a year or a link.
        return unit.words <= 60
    if _PARENTHESIS.match(unit.text) and (
        _DOI.search(unit.text) or (unit.words <= 25 and _YEAR.search(unit.text))
    ):
        return citation_score(unit.text) >= 1
    if _DOI.match(unit.text) and unit.words <= 3:
        return True
    if _JOURNAL_LINE.match(unit.text) and unit.words <= 30:
        return True
    score = citation_score(unit.text)
    if score >= 3:
        begins = bool(_CITATION_PARTS[4].search(unit.text)) or bool(_NUMBERED.match(unit.text))
        return begins or (score >= 4 and unit.words <= 45)
    return score == 2 and bool(_NUMBERED.match(unit.text)) and bool(_CITATION_PARTS[4].search(unit.text))


def judge_alone(unit: Unit, cues: Cues) -> SectionKind | None:
    """The kind that the line's own words give it, or None if they say nothing."""
    if not any(map(str.isalnum, unit.bare)):
        return "clutter"
    stripped = unit.lower.rstrip(" .:!?…»>→")
    if stripped in cues.exact:
        return "clutter"
    if unit.words > _MAX_CITATION:
        return None
    if cues.reference_starts.match(unit.bare) and _reference(unit, cues):
        return "reference"
    if unit.words <= _MAX_FURNITURE:
        if unit.words <= 30 and (cues.patterns.fullmatch(unit.bare) or _menu(unit, cues)):
            return "clutter"
        if unit.words <= 8 and not unit.final and not cues.furniture_words.isdisjoint(unit.lower.split()):
            return "clutter"
        if unit.words <= 12 and not unit.final and cues.price.search(unit.bare):
            return "clutter"
        if any(phrase in unit.lower for phrase in cues.phrases):
            return "clutter"
    if cues.about_author.search(unit.bare) and unit.words <= 70:
        return "clutter"
    if _reference(unit, cues):
        return "reference"
    if unit.words <= 80 and cues.captions.match(unit.bare):
        return "caption"
    if unit.words <= 60 and cues.credit_tail.search(unit.bare):
        return "caption"
    if _NUMBERING.sub("", stripped) in cues.headings and not unit.final:
        return "heading"
    return None
