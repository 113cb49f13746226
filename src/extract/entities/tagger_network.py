"""The mention tagger's network at run time: hashed word features in, scores of all heads out.

Embeddings of five word features and of the dictionary's classes, three convolutions, each row beside the mean
over the same word in the document, two more convolutions, and one linear classifier for each head
(scripts/train_tagger.py trains it and writes the weights). Every product is exact (extract.entities.exact),
so that the scores of a document depend neither on its neighbours nor on the number of threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

from extract.entities.exact import ExactProduct, Floats
from extract.entities.tagger_features import CLASSES, Layout

__all__ = ["TaggerNetwork"]

_OPS = NumpyOps(use_blis=False)
# A word's vector is the sum of this many rows of its table (thinc's HashEmbed).
_HASHES = 4
# Beyond this no sum of normalised layers was seen.
_HIDDEN_REACH = 24.0
# Words whose first layer is remembered, about 30 MB; then the memory starts anew.
_MOST_WORDS = 20_000
# Rows that are worked on at a time, so that what lies between two layers stays in the processor's cache.
_BLOCK = 512


class TaggerNetwork:
    """The network with its weights; call it with a document's layout."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        given = {name: np.ascontiguousarray(value, dtype="float32") for name, value in weights.items()}
        words = sum(name.startswith("word.") for name in given)
        kinds = sum(name.startswith("gazetteer.") for name in given)
        self.tables = [(given[f"word.{k}.E"], k + 7) for k in range(words)]
        self.kinds = [(given[f"gazetteer.{k}.E"], 50 + k) for k in range(kinds)]
        mix = _pieces(given["mix.W"])
        self.pieces = given["mix.W"].shape[1]
        embedded = sum(table.shape[1] for table, _ in self.tables)
        self.word_product = ExactProduct(mix[:embedded], _reach(table for table, _ in self.tables))
        self.mix = _Norm(given, "mix")
        self.before = [_Window(given, f"before.{k}") for k in range(_count(given, "before."))]
        self.both = _Dense(given, "both")
        self.after = [_Window(given, f"after.{k}") for k in range(_count(given, "after."))]
        self.hidden = _Dense(given, "hidden")
        self.out = ExactProduct(np.ascontiguousarray(given["out.W"].T), _HIDDEN_REACH)
        self.out_bias = given["out.b"]
        self.pad = len(self.before) + len(self.after)
        self._gap, self._none, self._classes = self._class_table(mix[embedded:])
        self._bias = np.ascontiguousarray(given["mix.b"].T).reshape(-1)
        self._forget()

    def __call__(self, layout: Layout) -> Floats:
        """(rows, classes of all heads) scores; rows are those of the layout."""
        scores = self.out(self.hidden_rows(layout))
        scores += self.out_bias
        return scores

    def hidden_rows(self, layout: Layout) -> Floats:
        """What the heads see of each row."""
        if len(self._seen) > _MOST_WORDS:
            self._forget()
        rows = self._mixed(layout)
        for window in self.before:
            rows = window(rows)
        rows = self.both(np.concatenate([rows, _word_means(rows, layout)], axis=1))
        for window in self.after:
            rows = window(rows)
        return self.hidden(rows)

    def _forget(self) -> None:
        self._seen: dict[bytes, int] = {}
        self._vectors: Floats = np.zeros((1_000, len(self._bias)), dtype="float32")

    def _mixed(self, layout: Layout) -> Floats:
        """The first layer: embedded words and dictionary classes, mixed."""
        numbers = self._word_numbers(layout.words)
        sums = self._vectors[numbers[layout.word]]
        sums += np.where((layout.token < 0)[:, None], self._gap, self._none)
        for at, kind, place in layout.named:
            sums[at] += self._classes[kind][place]
        return self.mix(_maxout(sums, self.pieces))

    def _word_numbers(self, words: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where the first layer of each word stands in the memory; new words are added to it."""
        keys = [row.tobytes() for row in words]
        new = [k for k, key in enumerate(keys) if key not in self._seen]
        if new:
            rows = words[new]
            parts = [
                _OPS.gather_add(table, _OPS.hash(np.ascontiguousarray(rows[:, k]), seed) % table.shape[0])
                for k, (table, seed) in enumerate(self.tables)
            ]
            made = self.word_product(np.concatenate(parts, axis=1))
            made += self._bias
            first = len(self._seen)
            if first + len(made) > len(self._vectors):
                # Doubled, so that memory is not copied for each document.
                more = np.zeros((len(self._vectors) + len(made), self._vectors.shape[1]), dtype="float32")
                self._vectors = np.concatenate([self._vectors, more])
            self._vectors[first : first + len(made)] = made
            self._seen.update((keys[k], first + n) for n, k in enumerate(new))
        return np.array([self._seen[key] for key in keys], dtype="int64")

    def _class_table(self, weight: Floats) -> tuple[Floats, Floats, list[Floats]]:
        """What the dictionary's classes add to the first layer: a gap, a token in no name, and for each kind the
        difference that each place in a name makes to that.
        """
        gap = np.zeros(weight.shape[1], dtype="float32")
        none = np.zeros(weight.shape[1], dtype="float32")
        places = []
        at = 0
        for k, (table, seed) in enumerate(self.kinds):
            ids = np.array([0, *range(k * 16 + 1, k * 16 + 1 + CLASSES)], dtype="uint64")
            size = table.shape[1]
            product = ExactProduct(np.ascontiguousarray(weight[at : at + size]), _reach([table]))
            rows = product(_OPS.gather_add(table, _OPS.hash(ids, seed) % table.shape[0]))
            gap, none = gap + rows[0], none + rows[1]
            places.append(rows[1:] - rows[1])
            at += size
        return gap, none, places


def _reach(tables: Iterable[Floats]) -> float:
    return _HASHES * max(float(np.abs(table).max()) for table in tables)


def _count(given: Mapping[str, Floats], start: str) -> int:
    return len({name.split(".")[1] for name in given if name.startswith(start)})


def _pieces(weight: Floats) -> Floats:
    """A maxout layer's weights (outputs, pieces, inputs) -> (inputs, pieces * outputs)."""
    outputs, pieces, inputs = weight.shape
    return np.ascontiguousarray(weight.transpose(2, 1, 0)).reshape(inputs, pieces * outputs)


def _maxout(rows: Floats, pieces: int) -> Floats:
    """The largest of the pieces, which stand side by side."""
    width = rows.shape[1] // pieces
    best = np.maximum(rows[:, :width], rows[:, width : 2 * width])
    for k in range(2, pieces):
        np.maximum(best, rows[:, k * width : (k + 1) * width], out=best)
    return best


class _Norm:
    """Layer normalisation (Ba, Kiros and Hinton 2016)."""

    def __init__(self, given: Mapping[str, Floats], name: str) -> None:
        self.gain, self.shift = given[f"{name}.G"], given[f"{name}.beta"]

    def __call__(self, rows: Floats) -> Floats:
        rows = rows - np.add.reduce(rows, axis=1, keepdims=True) / np.float32(rows.shape[1])
        spread = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1]) + np.float32(1e-8)
        rows *= (np.float32(1.0) / np.sqrt(spread))[:, None]
        rows *= self.gain
        rows += self.shift
        return rows


class _Dense:
    """Maxout and normalisation."""

    def __init__(self, given: Mapping[str, Floats], name: str) -> None:
        weight = given[f"{name}.W"]
        self.pieces = weight.shape[1]
        self.product = ExactProduct(_pieces(weight), _HIDDEN_REACH)
        self.bias = np.ascontiguousarray(given[f"{name}.b"].T).reshape(-1)
        self.norm = _Norm(given, name)

    def __call__(self, rows: Floats) -> Floats:
        sums = self.product(rows)
        sums += self.bias
        return self.norm(_maxout(sums, self.pieces))


class _Window:
    """Each row with its two neighbours -> maxout -> normalisation, added to the row."""

    def __init__(self, given: Mapping[str, Floats], name: str) -> None:
        weight = given[f"{name}.W"]
        outputs, self.pieces, inputs = weight.shape
        width = inputs // 3
        # One product for the three neighbours, on the same scale, whose results are shifted and added.
        side = _pieces(weight).reshape(3, width, self.pieces * outputs)
        self.size = self.pieces * outputs
        self.product = ExactProduct(np.concatenate(list(side), axis=1), _HIDDEN_REACH, copies=3)
        self.scale = self.product.scale[: self.size]
        self.bias = np.ascontiguousarray(given[f"{name}.b"].T).reshape(-1)
        self.norm = _Norm(given, name)

    def __call__(self, rows: Floats) -> Floats:
        out = np.empty_like(rows)
        for start in range(0, len(rows), _BLOCK):
            stop = min(len(rows), start + _BLOCK)
            lo, hi = max(0, start - 1), min(len(rows), stop + 1)
            sums = self.product.raw(rows[lo:hi])
            left, here, right = (sums[:, k * self.size : (k + 1) * self.size] for k in range(3))
            made = here[start - lo : stop - lo]
            made[lo + 1 - start if lo < start else 1 :] += left[: stop - lo - 1]
            made[: hi - 1 - start] += right[start - lo + 1 :]
            made *= self.scale
            made += self.bias
            out[start:stop] = self.norm(_maxout(made, self.pieces))
        out += rows
        return out


def _word_means(rows: Floats, layout: Layout) -> Floats:
    """For each row the mean over the rows of the same word; zeros in gaps."""
    order = np.argsort(layout.group, kind="stable")
    counts = np.bincount(layout.group)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    means = np.add.reduceat(rows[order], starts) / counts[:, None].astype("float32")
    shared: Floats = means.astype("float32")[layout.group]
    shared[layout.token < 0] = 0.0
    return shared
