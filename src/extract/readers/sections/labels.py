"""Labels of structured abstracts: "BACKGROUND: ...", "... . Results: ...", "Methods—...": where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.readers.sections.cues import Cues

__all__ = ["find_labels", "is_label"]

# At the start, after a sentence, or after a line break; at most six words of letters.
_CANDIDATE = re.compile(
    r"(?:^|(?<=[.!?)\]\"”;]\s)|(?<=\n))\s*(?P<label>[A-Z][A-Za-z'’]*(?:(?:,? (?:and|of|in|or|&)|,|/)? ?[A-Za-z'’]+){0,5}?)"
    r"(?P<sign>\s?:|\s?[—–]\s?|\.?\s?[—–])(?=\s|[A-Z])"
)
_WORD = re.compile(r"[A-Za-z'’]+")


def is_label(text: str, cues: Cues) -> bool:
    """True if `text` consists of label words, at least one of them a head ("Main outcome measures")."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    return (
        bool(words)
        and all(word in cues.label_words for word in words)
        and any(w in cues.label_heads for w in words)
    )


def find_labels(text: str, cues: Cues) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) of each label in a paragraph; `end` is past its colon or dash."""
    if ":" not in text and "—" not in text and "–" not in text:
        return
    for found in _CANDIDATE.finditer(text):
        label = found.group("label")
        if not is_label(label, cues):
            continue
        # Inside running text "conclusion: ..." in lower case never gets here; a dash is trusted after capitals only.
        if ":" not in found.group("sign") and not label.isupper() and found.start("label") > 0:
            continue
        yield found.start("label"), found.end("sign"), label
