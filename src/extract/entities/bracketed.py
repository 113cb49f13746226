"""Names with their short form in the middle: "interleukin (IL)-17", "type 1 diabetes (T1D) mellitus"."""

from __future__ import annotations

import re

from extract.entities.abbreviations import align
from extract.entities.candidate import Candidate
from extract.entities.gazetteer import Names, candidate_of

__all__ = ["find_bracketed"]

_SPLIT = re.compile(
    r"(?<=[\w-]) \((?P<short>[A-Za-z][A-Za-z0-9]{0,7}(?:-[A-Z])?)\)"
    r"(?P<gap>[- ]?)(?P<rest>[A-Za-z0-9α-ω][\w/α-ω]*)"
)
_GREEK = frozenset({"alpha", "beta", "gamma", "delta", "kappa", "lambda", "omega"})
_MAX_WORDS = 8


def find_bracketed(text: str, names: Names) -> list[Candidate]:
    """Candidates for names that run across the bracket with their own short form.

    The rest after the bracket must complete a name that `names` knows, with the short form or with the
    long one.
    """
    found = []
    for hit in _SPLIT.finditer(text):
        short, rest = hit.group("short"), hit.group("rest")
        window = max(0, hit.start() - 90)
        words = [m.start() + window for m in re.finditer(r"(?<![^\s(])\S", text[window : hit.start()])][
            -_MAX_WORDS:
        ]
        if not words:
            continue
        begin = align(short, text, words[0], hit.start())
        if begin is None:
            continue
        long = text[begin : hit.start()]
        spellings = [f"{long} {rest}", f"{long}-{rest}"]
        if any(c.isdigit() for c in rest) or rest.lower() in _GREEK or len(rest) == 1:
            spellings.insert(0, f"{short}-{rest}")
        for spelling in spellings:
            entries = names.lookup(spelling)
            if entries:
                found.append(candidate_of(entries[0], begin, hit.end(), "abbreviation", 1.3))
                break
    return found
