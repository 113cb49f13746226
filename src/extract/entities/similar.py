"""Names of the lexicon that are spelt like a given one: candidates for names that no rule finds.

The idea is that of scispaCy's candidate generation (Neumann et al. 2019): tf-idf weighted character trigrams, taken
within words, and the cosine between them. There an approximate index (nmslib) serves some millions of names; the names
of one of our types are few enough for exact sums over postings in NumPy, which is made in a fraction of a second and
needs none of scispacy.linking's imports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from extract.text import GREEK

__all__ = ["NameIndex", "Similar"]

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_BASE: Final = len(_LETTERS) + 1
_SPELT: Final = {ord(letter): name for letter, name in GREEK.items()}
# Trigrams in more than one name of ten ("ase", "sis") say little about which name it is, and cost most of the time.
_COMMON: Final = 0.1
_BEST: Final = 5
# What must be the same for two names to mean the same thing, however alike they are: "type 1" is not "type 2".
_TELLING: Final = re.compile(
    r"\d+|\b(?:non|anti|pre|post|hyper|hypo|pseudo)|(?<!')\b(?:[a-z]|i{2,3}|iv|vi{0,3}|ix)\b|alpha|beta|gamma|delta|kappa"
)
_WORD: Final = re.compile(r"[^\W_]+")
_EMPTY: Final = frozenset({"of", "the", "in", "a", "an", "and", "s", "with", "to", "due", "by"})
# Words with the same beginning are forms of one word if no more than this differs at the end ("-ary", "-arian").
_STEM: Final = 4
_ENDING: Final = 4


@dataclass(frozen=True, slots=True)
class Similar:
    """A name of the lexicon, its concept, and how alike it is to what was asked for: 1.0 has the same trigrams."""

    name: str
    concept: str
    score: float


class NameIndex:
    """An index over names and their concepts. It never changes after it was made."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self._names = names
        self._size = len(names)
        codes, rows = _trigrams([name for name, _ in names])
        order = np.argsort(codes, kind="stable")
        codes, self._rows = codes[order], rows[order].astype(np.int32)
        self._first = np.searchsorted(codes, np.arange(_BASE**3 + 1)).astype(np.int32)
        frequency = np.diff(self._first)
        self._weight = np.zeros(_BASE**3, dtype=np.float32)
        seen = frequency > 0
        self._weight[seen] = np.log1p(self._size / frequency[seen]) ** 2
        self._rare = frequency <= max(50, int(_COMMON * self._size))
        squares = np.bincount(self._rows, weights=self._weight[codes], minlength=self._size)
        self._norm = np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)

    def find(self, name: str, least: float = 0.0) -> list[Similar]:
        """The names most like `name`, best first, at most five, none below `least`.

        Names that differ in a number, a single letter, a Greek letter or a "non" are left out. [] for the empty name.
        """
        codes, _ = _trigrams([name])
        if not len(codes) or not self._size:
            return []
        weights = self._weight[codes]
        # A trigram that no name has counts like the rarest one.
        own = float(np.sqrt(np.where(weights > 0, weights, np.log1p(self._size) ** 2).sum()))
        sums = np.zeros(self._size, dtype=np.float32)
        left_out = 0.0
        for code, weight in zip(codes, weights, strict=True):
            if self._rare[code]:
                sums[self._rows[self._first[code] : self._first[code + 1]]] += weight
            else:
                left_out += float(weight)
        scores = sums / self._norm
        few = min(self._size, 4 * _BEST)
        top = np.argpartition(-scores, few - 1)[:few]
        telling = sorted(_TELLING.findall(_plain(name)))
        asked = set(codes.tolist())
        found = []
        for row in top.tolist():
            known, concept = self._names[row]
            plain = _plain(known)
            if sums[row] + left_out < least * own * self._norm[row]:
                continue
            if sorted(_TELLING.findall(plain)) != telling or not _same_words(_plain(name), plain):
                continue
            shared = [c for c in _trigrams([known])[0].tolist() if c in asked]
            score = float(self._weight[shared].sum()) / (own * float(self._norm[row]))
            if shared and score >= least:
                found.append(Similar(known, concept, score))
        return sorted(found, key=lambda s: (-s.score, len(s.name), s.name, s.concept))[:_BEST]


def _same_words(one: str, other: str) -> bool:
    """Whether each word of either name has a form of it in the other: "ovary" and "ovarian".

    Cosine alone takes a name with one word more, or another ("systolic", "diastolic"), for nearly the same.
    """
    left, right = ([w for w in _WORD.findall(name) if w not in _EMPTY] for name in (one, other))
    return all(any(_akin(a, b) for b in right) for a in left) and all(any(_akin(a, b) for a in left) for b in right)


def _akin(a: str, b: str) -> bool:
    if a == b:
        return True
    size = min(len(a), len(b))
    return size >= _STEM and a[: max(_STEM, size - _ENDING)] == b[: max(_STEM, size - _ENDING)]


def _plain(name: str) -> str:
    return name.lower().translate(_SPELT)


def _trigrams(names: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Trigrams within the words of each name, with blanks for the words' edges, each once: (codes, name numbers)."""
    text = "\n" + "\n".join(_plain(name).replace("\n", " ") for name in names) + "\n"
    data = np.frombuffer(text.encode("ascii", "replace"), dtype=np.uint8)
    digits = np.zeros(256, dtype=np.int64)
    for number, letter in enumerate(_LETTERS, 1):
        digits[ord(letter)] = number
    values = digits[data]
    rows = np.cumsum(data == ord("\n")) - 1
    inside = np.flatnonzero(values[1:-1]) + 1
    codes = (values[inside - 1] * _BASE + values[inside]) * _BASE + values[inside + 1]
    joined = np.unique(rows[inside] * _BASE**3 + codes)
    return joined % _BASE**3, joined // _BASE**3
