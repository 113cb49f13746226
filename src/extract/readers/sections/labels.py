"""Labels of structured abstracts ("BACKGROUND: ...", "... . Results: ...", "METHODS—...") in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.readers.sections.cues import Cues

__all__ = ["find_labels", "is_label"]

_SIGN = re.compile(r"\s?(?:[:—]|\s–|\.–)(?=\s|[A-Z])")
# What may stand before the sign: the start of the paragraph, a finished sentence or a line break, then words.
_BEFORE = re.compile(r"(?:^|[.!?)\]\"”;%]\s+|\n\s*)(?P<label>[A-Z][A-Za-z'’,/& ]{1,58}?)\.?$")
_REACH = 64
_WORD = re.compile(r"[A-Za-z'’]+")


def is_label(text: str, cues: Cues) -> bool:
    """True if `text` consists of label words, at least one of them a head ("Main outcome measures")."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if not words or (words[0] == "the" and not text.isupper()):
        return False
    return all(word in cues.label_words for word in words) and any(w in cues.label_heads for w in words)


def find_labels(text: str, cues: Cues) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) of each label in a paragraph; `end` is past its colon or dash."""
    for sign in _SIGN.finditer(text):
        window = max(sign.start() - _REACH, 0)
        before = text[window : sign.start()]
        found = _BEFORE.search(before)
        if found is None or (window > 0 and found.start() == 0 and found.start("label") == 0):
            continue
        label = found.group("label")
        # Dashes are common in running text: there only capitals make a label.
        first = window + found.start("label") == 0
        if is_label(label, cues) and (":" in sign.group() or label.isupper() or first):
            yield window + found.start("label"), sign.end(), label
