"""Short forms that a document defines: "natural killer (NK) cells", "tumour necrosis factor alpha (TNF-α)".

The alignment is that of scispaCy's AbbreviationDetector (Schwartz and Hearst 2003), with three repairs: the whole long
form is kept where a word inside it also fits ("T helper 17 (Th17)"), a Greek letter stands for its name ("alpha
(TNF-α)"), and the result is sorted by place, which the detector's own is not from one run to the next. Candidates are
sought in the raw text, since tokenizers cut short forms with hyphens and Greek letters apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scispacy.abbreviation import find_abbreviation
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.schema import Span as Range

__all__ = ["Definition", "find_definitions", "occurrences"]

_BRACKET = re.compile(r"\(([^()\n]{2,60})\)")
_SHORT = re.compile(r"[A-Za-zα-ωΑ-Ω][\w+/\-–αβγδ]{1,14}")
# A Greek letter aligns with the first letter of its name, one for one so that offsets stay ("alpha (TNF-α)").
_LATIN = str.maketrans("αβγδεζθκλμωΑΒΓΔ", "abgdeztklmoabgd")
_WORD = re.compile(r"\w+|[^\w\s]")
_VOCAB = Vocab()
_NOT_SHORT = frozenset(
    {"and", "or", "see", "left", "right", "top", "bottom", "figure", "fig", "table", "e.g", "i.e", "data"}
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the long form that it stands for, both as ranges of the text."""

    short: Range
    long: Range
    text: str
    """The short form as written."""
    sure: bool
    """Whether each letter of the short form begins a word of the long one."""


def _letters(short: str) -> list[str]:
    """The characters of a short form that the long form has to hold, in order; digits and letters only."""
    return [c.lower() for c in short if c.isalnum()]


def _span(text: str) -> Span:
    """The words of a text as a spaCy span, as scispaCy wants them."""
    doc = Doc(_VOCAB, words=_WORD.findall(text))
    return doc[:]


def align(short: str, text: str, begin: int, end: int) -> int | None:
    """Start of the long form for `short` that ends at `end` and begins at or after `begin`; None if there is none.

    The alignment is `scispacy.abbreviation.find_abbreviation`; Greek letters are folded before it, and what it cuts off
    is put back.
    """
    wanted = _letters(short)
    folded = text[begin:end].translate(_LATIN)
    words = [m.start() for m in _WORD.finditer(folded)]
    if not words:
        return None
    _, long = find_abbreviation(_span(folded), _span(short.translate(_LATIN)))
    if long is None:
        return None
    return _whole(wanted, text, begin, begin + words[long.start], end)


def _whole(wanted: list[str], text: str, begin: int, at: int, end: int) -> int:
    """Extend the long form to where the short form's letters are all initials, if they are: "T |helper
    17" for Th17.
    """
    words = [m.start() for m in re.finditer(r"[^\W_]+", text[begin:end])]
    initials = [text[begin + w].lower() for w in words]
    letters = [c for c in wanted if not c.isdigit()]
    if len(letters) < 2:
        return at
    for k, w in enumerate(words):
        if begin + w >= at:
            break
        window = initials[k : k + len(letters)]
        if window == letters and k + len(letters) >= len([x for x in words if begin + x <= at]):
            return begin + w
    return at


def find_definitions(text: str) -> list[Definition]:
    """All definitions in the text, in order of the short form. The first definition of a short form
    counts.
    """
    found: list[Definition] = []
    seen: set[str] = set()
    for hit in _BRACKET.finditer(text):
        inner = re.split(r"[;,]", hit.group(1))[0].strip()
        # A definition may close the bracket's own name: "interleukin (IL)-17" is taken as "interleukin (IL)".
        if not _SHORT.fullmatch(inner) or inner.lower() in _NOT_SHORT or inner in seen:
            continue
        if (inner.islower() and len(inner) > 5) or not any(c.isupper() for c in inner):
            continue
        short_start = hit.start(1) + hit.group(1).index(inner)
        stop = hit.start()
        while stop > 0 and text[stop - 1] == " ":
            stop -= 1
        if stop == hit.start() and stop > 0 and text[stop - 1].isalnum() and len(inner) < 3:
            continue
        count = len(_letters(inner))
        window = text[max(0, stop - 120) : stop]
        cut = max(window.rfind(mark) for mark in (". ", "; ", "(", "\n", ": ", ", "))
        begin = stop - len(window) + cut + 1
        limit = min(count + 5, count * 2)
        spots = [m.start() for m in re.finditer(r"\S+", text[begin:stop])]
        if len(spots) > limit:
            begin += spots[-limit]
        start = align(inner, text, begin, stop)
        if start is None or stop - start <= len(inner) or inner.lower() in text[start:stop].lower().split():
            continue
        seen.add(inner)
        initials = "".join(re.findall(r"(?<![^\W_])[^\W_]", text[start:stop])).lower()
        sure = initials == "".join(_letters(inner)) and len(initials) > 1
        found.append(Definition((short_start, short_start + len(inner)), (start, stop), inner, sure))
    return found


def occurrences(text: str, shorts: Iterable[str]) -> dict[str, list[Range]]:
    """Where each short form stands as a word of its own, its plural too; capitals count."""
    known = sorted(set(shorts), key=lambda short: (-len(short), short))
    found: dict[str, list[Range]] = {short: [] for short in known}
    if known:
        body = "|".join(re.escape(short) for short in known)
        # "MS" in "GC-MS" is part of another symbol; in "anti-MS" it is not.
        pattern = re.compile(rf"(?<!\w)(?<![A-Z0-9]-)(?P<short>{body})s?(?!\w)")
        for hit in pattern.finditer(text):
            found[hit.group("short")].append(hit.span())
    return found
