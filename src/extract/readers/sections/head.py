"""The top of a text: which line is its title, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.readers.sections.cues import Cues
from extract.readers.sections.units import Unit
from extract.readers.sections.vocabulary import Vocabulary

__all__ = ["mark_head"]

# A standfirst often shares more words with the text than the title does, but it comes after it.
_NEAR_BEST = 0.2
_VOLUME = re.compile(r"\b(?:vol(?:ume)?\.? \d|issue \d|no\. \d|pages? \d|issn|official website)", re.IGNORECASE)

_PERIODICAL = re.compile(r"(?:the )?(?:[\w-]+ )?(?:journal|annals|proceedings|archives|bulletin) of\b", re.IGNORECASE)


def _free(unit: Unit) -> bool:
    return unit.kind is None and not unit.forced


def mark_head(units: Sequence[Unit], vocabulary: Vocabulary, cues: Cues) -> None:
    """Before the first paragraph: the title; then menus before it, bylines and the standfirst after it."""
    first = next((i for i, unit in enumerate(units) if _free(unit) and unit.paragraph), None)
    title = next((unit for unit in units if unit.kind == "title"), None)
    if title is None:
        title = _find_title(units, first, vocabulary, cues) if first is not None else None
        if title is None:
            return
        title.kind = "title"
    at = units.index(title)
    for unit in units[:at]:
        furniture = unit.words <= 12 and not unit.final
        if _free(unit) and furniture and (unit.words <= 6 or vocabulary.shared(unit) < 0.5):
            unit.kind = "clutter"
    below = units[at + 1 : first]
    menu = [unit for unit in below if _free(unit) and unit.words <= 3 and not unit.final and not unit.bullet]
    if len(menu) >= 3:
        for unit in menu:
            unit.kind = "clutter"
    for index in range(at + 1, len(units) if first is None else first):
        if _free(units[index]):
            _judge_below(units, index, title, cues, last=index + 1 == first, second=index == at + 1)


def _judge_below(units: Sequence[Unit], index: int, title: Unit, cues: Cues, *, last: bool, second: bool) -> None:
    """A line between the title and the first paragraph: author, standfirst, or the first heading."""
    unit = units[index]
    beside = [units[i] for i in (index - 1, index + 1) if 0 <= i < len(units)]
    furniture = any(item.kind == "clutter" for item in beside)
    name = not unit.final and unit.words <= 40 and bool(cues.name.fullmatch(unit.bare))
    several = name and ("," in unit.bare or " and " in unit.bare) and unit.words >= 4
    authors = unit.words <= 60 and bool(cues.authors.fullmatch(unit.bare))
    author = authors or several or (name and (furniture or unit.bullet))
    if unit.lower == title.lower or author or (unit.words <= 5 and not unit.final and furniture and not last):
        unit.kind = "clutter"
    elif (
        unit.words >= 6
        and not (last and unit.bare.endswith("?"))
        and not (last and unit.words <= 8 and not unit.final and not second)
    ):
        unit.kind = "body"


def _find_title(units: Sequence[Unit], first: int, vocabulary: Vocabulary, cues: Cues) -> Unit | None:
    """The line that best names the whole, of those before the first paragraph; else a first sentence."""
    candidates = [
        (index, unit)
        for index, unit in enumerate(units[:first])
        if _free(unit)
        and not unit.bullet
        and unit.words <= 35
        and unit.bare[-1] not in ":;,"
        and (not unit.final or unit.bare[-1] in "?!\"'")
        and unit.sentences == 1
    ]
    if not candidates:
        return _sentence_title(units, first)
    later = {unit.lower for unit in units[first:]}
    opening = units[first].lower
    scores: list[float] = []
    for rank, (index, unit) in enumerate(candidates):
        score = vocabulary.shared(unit) + min(unit.words, 8) / 8 - 0.05 * max(unit.words - 14, 0)
        score += 0.25 if rank == 0 else -0.1 * min(rank, 3)
        following = units[index + 1]
        score += 0.25 if following.kind == "clutter" and cues.date.search(following.bare) else 0.0
        # "Ghrelin / Ghrelin is a hormone ..."
        score += 0.6 if opening.startswith(unit.lower) or opening[4:].startswith(unit.lower) else 0.0
        score += 0.2 if unit.lower in later else 0.0
        periodical = _PERIODICAL.match(unit.bare) or _VOLUME.search(unit.bare) or _VOLUME.search(following.bare)
        score -= 0.5 if "|" in unit.bare or periodical else 0.0
        score -= 0.3 if unit.words <= 3 and unit.text.isupper() else 0.0
        scores.append(score)
    best = max(scores)
    chosen = next(unit for (_, unit), score in zip(candidates, scores, strict=True) if score >= best - _NEAR_BEST)
    # A breadcrumb says it before the headline does.
    return next(unit for _, unit in reversed(candidates) if unit.lower == chosen.lower)


def _sentence_title(units: Sequence[Unit], first: int) -> Unit | None:
    """PubMed style: a title with a full stop, the abstract on the next line or after it."""
    start = next((i for i, unit in enumerate(units) if _free(unit)), None)
    if start is None or start + 1 >= len(units) or start > first:
        return None
    unit, rest = units[start], units[start + 1 :]
    following = next((item for item in rest if item.kind != "heading"), None)
    if unit.words > 40 or unit.sentences > 1 or unit.bullet or following is None or not _free(following):
        return None
    if rest[0].kind == "heading":
        return unit
    if following.gap and len(rest) > 1:
        # In running prose a short first paragraph is a lede.
        return None
    return unit if following.words >= 2 * unit.words and following.sentences > 1 else None
