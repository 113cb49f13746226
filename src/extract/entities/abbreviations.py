"""Short forms that a document defines: "natural killer (NK) cells", "tumour necrosis factor alpha (TNF-α)".

The alignment is Schwartz and Hearst's (2003), as in scispaCy's AbbreviationDetector, on raw text instead
of tokens and with three repairs: the whole long form is kept where a word inside it also fits ("T helper
17 (Th17)"), a Greek letter stands for its name ("alpha (TNF-α)"), and the result is sorted by place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.schema import Span

__all__ = ["Definition", "find_definitions", "occurrences"]

_BRACKET = re.compile(r"\(([^()\n]{2,60})\)")
_SHORT = re.compile(r"[A-Za-zα-ωΑ-Ω][\w+/\-–αβγδ]{1,14}")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "ω": "omega", "ζ": "zeta", "θ": "theta",
}  # fmt: skip
_NOT_SHORT = frozenset(
    {"and", "or", "see", "left", "right", "top", "bottom", "figure", "fig", "table", "e.g", "i.e", "data"}
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the long form that it stands for, both as ranges of the text."""

    short: Span
    long: Span
    text: str
    """The short form as written."""
    sure: bool
    """Whether each letter of the short form begins a word of the long one."""


def _letters(short: str) -> list[str]:
    """The characters of a short form that the long form has to hold, in order; digits and letters only."""
    return [c.lower() for c in short if c.isalnum()]


def _fits(wanted: str, text: str, at: int) -> bool:
    c = text[at].lower()
    if c == wanted:
        return True
    # "alpha" for α (at its first letter), α for "a".
    name = _GREEK.get(wanted)
    if name is not None:
        return text[at : at + len(name)].lower() == name
    return _GREEK.get(c, " ")[0] == wanted


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def align(short: str, text: str, begin: int, end: int) -> int | None:
    """Start of the long form for `short` that ends at `end` and begins at or after `begin`; None if there
    is none.

    Matches the short form's characters from right to left; its first must begin a word.
    """
    wanted = _letters(short)
    at = end - 1
    for i in range(len(wanted) - 1, -1, -1):
        while at >= begin and not (_fits(wanted[i], text, at) and (i > 0 or _starts_word(text, at))):
            at -= 1
        if at < begin:
            return None
        if i:
            at -= 1
    # Repair: a word before that begins with the same letter, where the letters in between are initials of
    # words.
    return _whole(wanted, text, begin, at, end)


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


def occurrences(text: str, shorts: Iterable[str]) -> dict[str, list[Span]]:
    """Where each short form stands as a word of its own, its plural too; capitals count."""
    known = sorted(set(shorts), key=lambda short: (-len(short), short))
    found: dict[str, list[Span]] = {short: [] for short in known}
    if known:
        body = "|".join(re.escape(short) for short in known)
        # "MS" in "GC-MS" is part of another symbol; in "anti-MS" it is not.
        pattern = re.compile(rf"(?<!\w)(?<![A-Z0-9]-)(?P<short>{body})s?(?!\w)")
        for hit in pattern.finditer(text):
            found[hit.group("short")].append(hit.span())
    return found
