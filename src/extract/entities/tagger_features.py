"""What the mention tagger sees of a document: hashed features of its words, and where dictionary names stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from extract.lexicon.lexicon import Match

__all__ = ["CLASSES", "KINDS", "Layout", "lay_out", "word_row"]

KINDS: tuple[str, ...] = ("CELL", "CYTOKINE", "HORMONE", "DISEASE", "PROTEIN", "CHEMICAL", "TISSUE")
"""Types of dictionary names that the tagger is told of, one column each."""
CLASSES = 9
"""Places in a dictionary name: 0 none; 1-4 begin, inside, end, alone; 5-8 the same where the type is a
second reading."""
_LESSER = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as rows: its tokens without blanks, with gaps at both ends and wherever a line ends, so that the
    network's windows never reach over one.
    """

    token: NDArray[np.int64]
    """The token's number in the Doc; -1 in a gap."""
    words: NDArray[np.uint64]
    """(distinct words, features); the first is the gap, all zeros."""
    word: NDArray[np.int64]
    """For each row the number of its word in `words`."""
    group: NDArray[np.int64]
    """For each row a number shared by all rows whose words differ at most in capitals."""
    named: tuple[tuple[NDArray[np.int64], int, NDArray[np.int64]], ...]
    """(rows, kind, place in the name) for each kind that has names here."""


def word_row(text: str, norm: str, shape: str) -> tuple[int, ...]:
    """Hashes of a word's features: itself, its first three letters, its last three and five, its shape."""
    low = norm.lower()
    return tuple(get_string_id(f"{k}={v}") for k, v in enumerate((low, low[:3], low[-3:], low[-5:], shape)))


class WordRows:
    """Feature rows of words, remembered for each spelling of one vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._rows: dict[int, tuple[int, ...]] = {}

    def __call__(self, orth: int) -> tuple[int, ...]:
        """The row of the word with this hash; it depends on nothing but the spelling."""
        row = self._rows.get(orth)
        if row is None:
            if len(self._rows) > 200_000:
                self._rows.clear()
            lexeme = self.vocab[orth]
            row = self._rows[orth] = word_row(lexeme.text, lexeme.norm_, lexeme.shape_)
        return row


def lay_out(doc: Doc, matches: Sequence[Match], rows: WordRows, pad: int) -> Layout:
    """The rows of a document, with `pad` gap rows wherever there is a gap."""
    columns = doc.to_array(["ORTH", "IS_SPACE", "IDX", "LENGTH"]).reshape(len(doc), 4)
    spaces = columns[:, 1] != 0
    text = doc.text
    order: list[int] = [-1] * pad
    if spaces.any():
        for i, (blank, at, size) in enumerate(
            zip(spaces.tolist(), columns[:, 2].tolist(), columns[:, 3].tolist(), strict=True)
        ):
            if not blank:
                order.append(i)
            elif order[-1] >= 0 and "\n" in text[at : at + size]:
                order += [-1] * pad
    else:
        order += range(len(doc))
    order += [-1] * pad
    token = np.array(order, dtype="int64")
    real = token >= 0
    distinct, inverse = np.unique(columns[token[real], 0], return_inverse=True)
    words = np.zeros((len(distinct) + 1, 5), dtype="uint64")
    for k, orth in enumerate(distinct.tolist()):
        words[k + 1] = rows(orth)
    word = np.zeros(len(token), dtype="int64")
    word[real] = inverse + 1
    _, spelling = np.unique(words[:, 0], return_inverse=True)
    return Layout(token, words, word, spelling[word], _named(doc, columns, matches, token))


def _named(
    doc: Doc, columns: NDArray[np.uint64], matches: Sequence[Match], token: NDArray[np.int64]
) -> tuple[tuple[NDArray[np.int64], int, NDArray[np.int64]], ...]:
    """Where names of each kind stand; of overlapping ones of a kind the longest, then the first."""
    starts = columns[:, 2].astype("int64")
    first = {at: i for i, at in enumerate(starts.tolist())}
    last = {at: i for i, at in enumerate((starts + columns[:, 3].astype("int64")).tolist())}
    found: list[tuple[int, int, int, int, int]] = []
    for match in matches:
        i, j = first.get(match.start), last.get(match.end)
        if i is not None and j is not None:
            for rank, kind in enumerate(dict.fromkeys(e.type for e in match.entries)):
                if kind in KINDS:
                    found.append((i - j, i, j, KINDS.index(kind), 0 if rank == 0 else _LESSER))
    places = np.zeros((len(doc), len(KINDS)), dtype="int64")
    for _, i, j, column, lesser in sorted(found):
        if not places[i : j + 1, column].any():
            places[i : j + 1, column] = 2 + lesser
            places[i, column], places[j, column] = (4 + lesser, 4 + lesser) if i == j else (1 + lesser, 3 + lesser)
    real = np.flatnonzero(token >= 0)
    here = places[token[real]]
    out = []
    for column in np.flatnonzero(here.any(axis=0)).tolist():
        at = np.flatnonzero(here[:, column])
        out.append((real[at], column, here[at, column]))
    return tuple(out)
