"""Is a text English? By script and by the share of function words; short texts and lists of names pass."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from extract.readers.failure import refusal

__all__ = ["refuse_foreign"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_SAMPLE = 6000
_MIN_LETTERS = 30
_MIN_WORDS = 12
# English prose has 35-50 % of the words below, other languages under 8 % by chance ("in", "die", "as").
_SURELY_ENGLISH = 0.25
_FOREIGN_RATIO = 0.12
_UNKNOWN_RATIO = 0.04
_UNKNOWN_WORDS = 120


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lines = files("extract.readers").joinpath("languages.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return {language: frozenset(words.split()) for language, words in rows}


def _sample(text: str) -> str:
    """Beginning, middle and end: a page may have a menu in another language, or an English one."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]}\n{text[middle : middle + _SAMPLE]}\n{text[-_SAMPLE:]}"


def refuse_foreign(text: str) -> None:
    """Raise DocumentError (non_english), saying what was seen, if `text` is clearly in another language."""
    sample = _sample(text)
    # Capitals are abbreviations: IL is no Italian article, DES no French one.
    found = (word for word in _WORD.findall(sample) if not (word.isupper() and len(word) > 1))
    counts = Counter(word.casefold() for word in found)
    words = counts.total()
    lists = _function_words()
    english = _share(counts, lists["English"])
    if words >= _MIN_WORDS and english >= _SURELY_ENGLISH:
        return
    letters = sum(map(str.isalpha, sample))
    latin = len(_LATIN.findall(sample))
    if letters >= _MIN_LETTERS and latin < 0.5 * letters:
        raise refusal("non_english", f"Only {latin} of {letters} letters seen are Latin ones: it is not English.")
    if words < _MIN_WORDS or _is_list(sample, words):
        return
    ratios = {language: _share(counts, listed) for language, listed in lists.items() if language != "English"}
    language, ratio = max(ratios.items(), key=lambda item: (item[1], item[0]))
    if ratio >= _FOREIGN_RATIO and ratio > 2 * english:
        raise refusal(
            "non_english",
            f"It looks {language}: {ratio:.0%} of {words} words seen are {language} function words, "
            f"{english:.0%} English ones.",
        )
    if words >= _UNKNOWN_WORDS and english < _UNKNOWN_RATIO:
        raise refusal(
            "non_english",
            f"It does not look English: {english:.1%} of {words} words seen are English function words; "
            "English prose has 30 % or more.",
        )


def _share(counts: Counter[str], listed: frozenset[str]) -> float:
    return sum(counts[word] for word in listed) / max(counts.total(), 1)


def _is_list(sample: str, words: int) -> bool:
    """Lists of names have short lines or many separators; prose has neither."""
    lines = sum(1 for line in sample.splitlines() if line.strip())
    separators = sum(map(sample.count, ",;\t|/"))
    return words < 5 * lines or separators >= 0.2 * words
