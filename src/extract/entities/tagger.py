"""The mention tagger: what the network thinks of each token of a document, and the spans it would mark.

The network has one BILOU classifier ("head") for each pair of a type and an annotation convention, since the
corpora that it learnt from disagree (docs/model.md). Which of its spans become mentions is decided elsewhere
(extract.entities.settling).
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extract.entities.exact import Floats
from extract.entities.tagger_features import WordRows, lay_out
from extract.entities.tagger_network import TaggerNetwork
from extract.errors import ConfigError
from extract.schema import CORE_TYPES

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.lexicon.lexicon import Match

__all__ = ["Reading", "Tagger", "alphabet_of", "best_path"]

SHIPPED = Path(__file__).parents[1] / "model" / "tagger"
_WEIGHTS, _HEADS = "weights.npz", "heads.json"

# A token that is outside at this probability in the view of a head takes no part in its spans.
_COLD = 0.95

Tokens = tuple[int, int]
"""Numbers of a span's first token and of the one after its last, in a Reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the heads say of a document."""

    heads: tuple[str, ...]
    """Names, "TYPE.convention"."""
    starts: list[int]
    """Code point at which each token begins, blanks left out."""
    ends: list[int]
    inside: Floats
    """(tokens, heads) probability that the token belongs to a mention."""
    begins: Floats
    """The same that a mention begins with it."""
    last: Floats
    """The same that a mention ends with it."""
    spans: tuple[frozenset[Tokens], ...]
    """The mentions on the best path of each head; none for heads of context types."""

    def tokens(self, start: int, end: int) -> Tokens:
        """The tokens that share a code point with text[start:end]; the two numbers are equal if there are none."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))


def alphabet_of(types: Sequence[str]) -> list[str]:
    """Classes of a head: outside, then begin, inside, last and unit (a mention of one token) of each type."""
    return ["O"] + [f"{place}-{kind}" for kind in types for place in "BILU"]


@cache
def _follows(types: int) -> Floats:
    """0 where one class may follow another, a large negative number where not."""
    names = alphabet_of([str(k) for k in range(types)])
    out = np.full((len(names), len(names)), -1e9, dtype="float32")
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            opened, goes_on = a[0] in "BI", b[0] in "IL"
            if (not opened and not goes_on) or (opened and goes_on and a[2:] == b[2:]):
                out[i, j] = 0.0
    return out


def best_path(log: Floats) -> list[int]:
    """Most probable allowed sequence of classes (Viterbi) for rows of log-probabilities of a head."""
    allowed = _follows((log.shape[1] - 1) // 4)
    place = np.arange(log.shape[1])
    within = (place > 0) & (((place - 1) % 4 == 1) | ((place - 1) % 4 == 2))
    opened = (place > 0) & (((place - 1) % 4 == 0) | ((place - 1) % 4 == 1))
    score = log[0] + np.where(within, np.float32(-1e9), np.float32(0))
    back = []
    for row in log[1:]:
        table = score[:, None] + allowed
        back.append(table.argmax(axis=0))
        score = table.max(axis=0) + row
    path = [int((score + np.where(opened, np.float32(-1e9), np.float32(0))).argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


class Tagger:
    """Reads documents with a network and the names of its heads.

    `bias` is added to the log-odds of a mention before spans are sought: what is proposed is judged again
    later, so that more is proposed than believed.
    """

    def __init__(self, network: TaggerNetwork, heads: Mapping[str, Sequence[str]], bias: float = 1.0) -> None:
        self.network = network
        self.heads = {name: list(types) for name, types in heads.items()}
        self.bias = bias
        self.hash = ""
        """Of the files that it was loaded from."""
        self._rows: WordRows | None = None

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> Tagger:
        """Read the weights and the list of heads that scripts/train_tagger.py wrote.

        Raises:
            ConfigError: a file is missing or does not fit the others.
        """
        try:
            heads = json.loads((folder / _HEADS).read_text(encoding="utf-8"))
            with np.load(folder / _WEIGHTS) as weights:
                network = TaggerNetwork({name: weights[name] for name in weights.files})
        except (OSError, ValueError, KeyError) as e:
            raise ConfigError(
                f"{folder}: not a tagger ({e}).",
                remedy="Install immunolit again, or train one with scripts/train_tagger.py.",
            ) from e
        tagger = cls(network, heads)
        digest = hashlib.sha256()
        for path in sorted(folder.iterdir()):
            digest.update(path.read_bytes())
        tagger.hash = digest.hexdigest()[:16]
        return tagger

    def read(self, doc: Doc, matches: Sequence[Match]) -> Reading:
        """Probabilities for each token; `matches` are the dictionary's names in the text."""
        if self._rows is None or self._rows.vocab is not doc.vocab:
            self._rows = WordRows(doc.vocab)
        layout = lay_out(doc, matches, self._rows, self.network.pad)
        real = layout.token >= 0
        scores = self.network(layout)[real]
        columns = doc.to_array(["IDX", "LENGTH"]).astype("int64").reshape(len(doc), 2)[layout.token[real]]
        # Nothing goes on from one row of the layout to the next where a gap lies between.
        joined = np.diff(np.flatnonzero(real)) == 1
        inside, begins, last = (np.empty((len(scores), len(self.heads)), dtype="float32") for _ in range(3))
        spans = []
        at = 0
        for k, (name, types) in enumerate(self.heads.items()):
            size = 1 + 4 * len(types)
            odds = scores[:, at : at + size]
            at += size
            probable = np.exp(odds - odds.max(axis=1, keepdims=True))
            probable /= probable.sum(axis=1, keepdims=True)
            inside[:, k] = np.float32(1.0) - probable[:, 0]
            begins[:, k] = (probable[:, 1::4] + probable[:, 4::4]).sum(axis=1)
            last[:, k] = (probable[:, 3::4] + probable[:, 4::4]).sum(axis=1)
            proposes = len(probable) and name.split(".")[0] in CORE_TYPES
            spans.append(frozenset(self._spans(probable, joined) if proposes else ()))
        starts = columns[:, 0].tolist()
        ends = (columns[:, 0] + columns[:, 1]).tolist()
        return Reading(tuple(self.heads), starts, ends, inside, begins, last, tuple(spans))

    def _spans(self, probable: Floats, joined: NDArray[np.bool_]) -> list[Tokens]:
        """Spans on the best path, sought only where a mention is at all likely."""
        weighed = probable.copy()
        weighed[:, 0] *= np.float32(np.exp(-self.bias))
        path = weighed.argmax(axis=1)
        hot = probable[:, 0] < _COLD
        path[~hot] = 0
        # What is most probable token by token is the best path too, unless it is no path.
        follows = _follows(probable.shape[1] // 4) == 0
        fits = follows[path[:-1], path[1:]] & (joined | (follows[path[:-1], 0] & follows[0, path[1:]]))
        spans: list[Tokens] = []
        if not (fits.all() and follows[0, path[0]] and follows[path[-1], 0]):
            wrong = np.flatnonzero(~np.concatenate([[follows[0, path[0]]], fits, [follows[path[-1], 0]]]))
            linked = joined & hot[:-1] & hot[1:]
            done = 0
            for at in wrong.tolist():
                # Between two tokens: the run that holds either of them is sought again.
                for token in (at - 1, at):
                    if done <= token < len(path) and hot[token]:
                        lo = hi = token
                        while lo > 0 and linked[lo - 1]:
                            lo -= 1
                        while hi + 1 < len(path) and linked[hi]:
                            hi += 1
                        done = hi + 1
                        path[lo:done] = best_path(np.log(weighed[lo:done] + np.float32(1e-9)))
        start = 0
        for k in np.flatnonzero(path).tolist():
            place = (int(path[k]) - 1) % 4
            if place in (0, 3):
                start = k
            if place in (2, 3):
                spans.append((start, k + 1))
        return spans
