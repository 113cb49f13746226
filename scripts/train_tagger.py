"""Train the mention tagger for CELL, CYTOKINE, HORMONE and DISEASE on many corpora with many conventions.

    python scripts/train_tagger.py --corpora DEV_FOLDER --gold GOLD.jsonl --out OUT [--epochs 10]

One convolutional network over hashed word features feeds one BILOU classifier ("head") for each pair of a
type and a convention. A corpus trains only the heads of the types it annotates, so a label that a corpus
lacks is no negative, and corpora that draw boundaries differently (JNLPBA and CRAFT cells, say) do not
fight over one classifier; at run time one head, or the mean of several, is chosen for each type (`HOUSE`).
Spans of doubtful class are masked.

Held out of training: an eighth of each corpus by a hash of the PubMed id, and every document whose text
stands in the gold file. Writes OUT/model (needs this module imported before spacy.load: the component is
defined here), scores.json and log.jsonl.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.strings import hash_string
from spacy.tokens import Doc, Span
from spacy.util import fix_random_seed
from thinc.api import (
    Adam,
    HashEmbed,
    Linear,
    Maxout,
    Model,
    NumpyOps,
    chain,
    concatenate,
    expand_window,
    residual,
    set_current_ops,
)

from train_common import read_jsonl

# Head -> the corpora that train it, each with its own labels for the head's types. A head's types share one
# BILOU alphabet, so they cannot overlap one another; heads are independent, so mentions of different heads
# can nest.
HEADS: dict[str, dict[str, dict[str, str]]] = {
    "CELL.genia": {
        "jnlpba": {"CELL": "CELL", "CELL_LINE": "CELL_LINE"},
        "genia_event": {"CELL": "CELL", "CELL_LINE": "CELL_LINE"},
    },
    "CELL.anat": {
        "anatem": {"CELL": "CELL"},
        "cg13": {"CELL": "CELL"},
        "cellfinder": {"CELL": "CELL", "CELL_LINE": "CELL"},
    },
    "CELL.craft": {"craft": {"CELL": "CELL"}},
    "DISEASE.ncbi": {"ncbi_disease": {"DISEASE": "DISEASE"}},
    "DISEASE.cdr": {"bc5cdr": {"DISEASE": "DISEASE"}, "biored": {"DISEASE": "DISEASE"}},
    "DISEASE.craft": {"craft": {"DISEASE": "DISEASE"}},
    "DISEASE.cancer": {"anatem": {"CANCER": "DISEASE"}, "cg13": {"CANCER": "DISEASE"}},
    "CYTOKINE.genia": {c: {"CYTOKINE": "CYTOKINE"} for c in ("jnlpba", "genia_event", "ge13")},
    "CYTOKINE.gene": {c: {"CYTOKINE": "CYTOKINE"} for c in ("biored", "craft", "cg13", "pc13", "cellfinder")},
    "HORMONE.genia": {c: {"HORMONE": "HORMONE"} for c in ("jnlpba", "genia_event")},
    "HORMONE.gene": {c: {"HORMONE": "HORMONE"} for c in ("bc5cdr", "biored", "craft", "cg13", "pc13")},
    "PROTEIN.genia": {c: {"PROTEIN": "PROTEIN"} for c in ("jnlpba", "genia_event")},
    "PROTEIN.gene": {c: {"PROTEIN": "PROTEIN"} for c in ("biored", "craft", "cg13", "pc13", "ge13")},
    "CHEMICAL.any": {c: {"CHEMICAL": "CHEMICAL"} for c in ("bc5cdr", "biored", "craft", "cg13", "pc13")},
    "TISSUE.any": {c: {"ANATOMY": "TISSUE"} for c in ("anatem", "cg13")},
    "ORGANISM.any": {c: {"ORGANISM": "ORGANISM"} for c in ("biored", "cg13", "genia_event")},
    "CELL.house": {"gold": {"CELL": "CELL"}},
    "DISEASE.house": {"gold": {"DISEASE": "DISEASE"}},
    "CYTOKINE.house": {"gold": {"CYTOKINE": "CYTOKINE"}},
    "HORMONE.house": {"gold": {"HORMONE": "HORMONE"}},
}
HOUSE: dict[str, list[str]] = {
    "CELL": ["CELL.house"],
    "DISEASE": ["DISEASE.cdr", "DISEASE.house"],
    "CYTOKINE": ["CYTOKINE.genia", "CYTOKINE.house"],
    "HORMONE": ["HORMONE.house"],
}
"""Which heads' mean decides each type at run time, chosen on a third of the gold file that no head had seen."""

CORE = ("CELL", "CYTOKINE", "HORMONE", "DISEASE")
MASK = -1
FEATURES = ("norm", "prefix", "suffix", "ending", "shape")


def _alphabets() -> dict[str, list[str]]:
    """Head -> its classes: O, then B, I, L, U of each of its types."""
    out = {}
    for head, sources in HEADS.items():
        types = sorted({t for labels in sources.values() for t in labels.values()})
        out[head] = ["O"] + [f"{p}-{t}" for t in types for p in "BILU"]
    return out


ALPHABETS = _alphabets()


# ---------------------------------------------------------------- features

Matcher = Callable[[str], Sequence[Any]]
"""A text's dictionary names: objects with start, end and entries (each with a type), as Lexicon.match
gives.
"""


class WordFeatures:
    """Hashed features of a token, remembered for each spelling."""

    def __init__(self, names: Matcher | None = None, kinds: Sequence[str] = ()) -> None:
        self.known: dict[str, tuple[int, ...]] = {}
        self.names, self.kinds = names, tuple(kinds)

    def __call__(self, doc: Doc) -> np.ndarray:
        """(tokens, features) hashes; the last columns say where dictionary names of each kind begin and
        end.
        """
        known = self.known
        rows = []
        for token in doc:
            text = token.text
            row = known.get(text)
            if row is None:
                row = known[text] = self._row(text, token.norm_, token.shape_)
            rows.append(row)
        words = np.array(rows, dtype="uint64").reshape(len(doc), len(FEATURES))
        if not self.kinds:
            return words
        return np.concatenate([words, self._gazetteer(doc)], axis=1)

    def laid_out(self, doc: Doc, pad: int) -> tuple[np.ndarray, np.ndarray]:
        """Feature rows with `pad` rows of zeros wherever a line ends, and the token of each row (-1 for
        zeros).

        Space tokens are left out; windows of the network never reach over the end of a line.
        """
        rows = self(doc)
        order: list[int] = []
        for token in doc:
            if not token.is_space:
                order.append(token.i)
            elif "\n" in token.text and order and order[-1] >= 0:
                order += [-1] * pad
        where = np.array(order, dtype="int64").reshape(-1)
        out = np.zeros((len(where), rows.shape[1]), dtype="uint64")
        out[where >= 0] = rows[where[where >= 0]]
        return out, where

    def _gazetteer(self, doc: Doc) -> np.ndarray:
        """For each kind, the place in the longest dictionary name (0 none; B, I, L, U; 5-8 as a second
        reading).
        """
        out = np.zeros((len(doc), len(self.kinds)), dtype="uint64")
        if self.names is None:
            return out + np.arange(len(self.kinds), dtype="uint64") * 16 + 1
        first = {t.idx: t.i for t in doc}
        last = {t.idx + len(t): t.i for t in doc}
        found = []
        for match in self.names(doc.text):
            i, j = first.get(match.start), last.get(match.end)
            if i is not None and j is not None:
                for rank, kind in enumerate(dict.fromkeys(e.type for e in match.entries)):
                    if kind in self.kinds:
                        found.append((i - j, i, j, self.kinds.index(kind), 0 if rank == 0 else 4))
        for _, i, j, column, lesser in sorted(found):
            if not out[i : j + 1, column].any():
                out[i : j + 1, column] = 2 + lesser
                out[i, column], out[j, column] = (4 + lesser, 4 + lesser) if i == j else (1 + lesser, 3 + lesser)
        return out + np.arange(len(self.kinds), dtype="uint64") * 16 + 1

    @staticmethod
    def _row(text: str, norm: str, shape: str) -> tuple[int, ...]:
        low = norm.lower()
        return tuple(hash_string(f"{k}={v}") for k, v in enumerate((low, low[:3], low[-3:], low[-5:], shape)))


# ---------------------------------------------------------------- network


def build_network(config: dict[str, Any]) -> Model[Any, Any]:
    """(rows, features) hashes -> (rows, sum of head sizes) scores. Rows of zeros part the documents of a
    batch.
    """
    width = config["width"]
    embeds = [
        HashEmbed(config["embed"], rows, column=column, seed=column + 7, dropout=config["dropout"])
        for column, rows in enumerate(config["rows"])
    ]
    embeds += [
        HashEmbed(config["gaz_embed"], 64, column=len(config["rows"]) + k, seed=50 + k, dropout=config["dropout"])
        for k in range(len(config["gaz"]))
    ]
    size = config["embed"] * len(config["rows"]) + config["gaz_embed"] * len(config["gaz"])
    mix = Maxout(width, size, nP=3, dropout=config["dropout"], normalize=True)

    def window() -> Model[Any, Any]:
        wide = Maxout(width, width * 3, nP=3, dropout=config["dropout"], normalize=True)
        return residual(chain(expand_window(window_size=1), wide))

    before = chain(concatenate(*embeds), mix, *(window() for _ in range(config["depth"])))
    both = Maxout(width, width * 2, nP=3, dropout=config["dropout"], normalize=True)
    total = sum(map(len, ALPHABETS.values()))
    hidden = Maxout(width, width, nP=2, dropout=config["dropout"], normalize=True)
    after = chain(both, *(window() for _ in range(config["depth_after"])), hidden, Linear(total, width))
    model = with_document(before, after, width)
    ops = NumpyOps(use_blis=False)
    for node in model.walk():
        node.ops = ops
    return model


def with_document(before: Model[Any, Any], after: Model[Any, Any], width: int) -> Model[Any, Any]:
    """Give `after` each row's vector from `before` beside the mean over the same word in the same document.

    The first occurrence of a short form often stands by its long form; through the mean the later ones know
    of it. The last column of the input numbers the documents; the first is the word's norm.
    """

    def forward(model: Model[Any, Any], x: np.ndarray, is_train: bool) -> tuple[np.ndarray, Callable[..., Any]]:
        h, back_before = model.layers[0](x, is_train)
        real = x[:, 0] != 0
        same = x[:, 0] ^ (x[:, -1] * np.uint64(0x9E3779B97F4A7C15))
        _, group, counts = np.unique(same, return_inverse=True, return_counts=True)
        order = np.argsort(group, kind="stable")
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])

        def mean(values: np.ndarray) -> np.ndarray:
            return (np.add.reduceat(values[order], starts) / counts[:, None]).astype("float32")

        shared = mean(h)[group] * real[:, None]
        y, back_after = model.layers[1](np.concatenate([h, shared], axis=1), is_train)

        def backprop(dy: np.ndarray) -> np.ndarray:
            d = back_after(dy)
            own, of_mean = d[:, :width], d[:, width:] * real[:, None]
            return back_before(np.ascontiguousarray(own + mean(of_mean)[group]))

        return y, backprop

    def init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803 - thinc's names
        model.layers[0].initialize(X=X)
        model.layers[1].initialize(X=np.zeros((len(X), width * 2), dtype="float32"))

    return Model("with_document", forward, init=init, layers=[before, after])


def join_rows(parts: Sequence[np.ndarray], pad: int) -> tuple[np.ndarray, list[slice]]:
    """Stack documents with `pad` zero rows around them, and a last column of their numbers; where each one
    lies.
    """
    columns = parts[0].shape[1]
    gap = np.zeros((pad, columns + 1), dtype="uint64")
    stacked = [gap]
    where = []
    at = pad
    for number, part in enumerate(parts):
        rows = np.full((len(part), columns + 1), number + 1, dtype="uint64")
        rows[:, :-1] = part
        stacked += [rows, gap]
        where.append(slice(at, at + len(part)))
        at += len(part) + pad
    return np.concatenate(stacked), where


def head_slices() -> dict[str, slice]:
    """Head -> its columns in the network's output."""
    out = {}
    at = 0
    for head, alphabet in ALPHABETS.items():
        out[head] = slice(at, at + len(alphabet))
        at += len(alphabet)
    return out


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row-wise softmax."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _allowed(alphabet: Sequence[str]) -> np.ndarray:
    """Log-score (0 or minus infinity) of each BILOU class following each other."""
    n = len(alphabet)
    out = np.full((n, n), -1e9, dtype="float32")
    for i, a in enumerate(alphabet):
        for j, b in enumerate(alphabet):
            opens = a[0] in "BI"
            goes_on = b[0] in "IL"
            if (not opens and not goes_on) or (opens and goes_on and a[2:] == b[2:]):
                out[i, j] = 0.0
    return out


ALLOWED = {head: _allowed(alphabet) for head, alphabet in ALPHABETS.items()}


def decode(probs: np.ndarray, head: str, bias: float = 0.0) -> list[tuple[int, int, str, float]]:
    """Best BILOU path: (start, end, type, lowest token probability), tokens half-open. `bias` raises the
    odds of a mention.
    """
    alphabet, allowed = ALPHABETS[head], ALLOWED[head]
    hot = np.flatnonzero(probs[:, 0] < 0.97)
    spans: list[tuple[int, int, str, float]] = []
    if not len(hot):
        return spans
    log = np.log(probs + 1e-9)
    log[:, 0] -= bias
    breaks = np.flatnonzero(np.diff(hot) > 1)
    for run in np.split(hot, breaks + 1):
        lo, hi = int(run[0]), int(run[-1]) + 1
        path = _viterbi(log[lo:hi], allowed, alphabet)
        start = 0
        for k, c in enumerate(path):
            tag = alphabet[c]
            if tag[0] in "BU":
                start = k
            if tag[0] in "LU":
                low = min(1.0 - float(probs[lo + m, 0]) for m in range(start, k + 1))
                spans.append((lo + start, lo + k + 1, tag[2:], low))
    return spans


def _viterbi(log: np.ndarray, allowed: np.ndarray, alphabet: Sequence[str]) -> list[int]:
    score = log[0].copy()
    score[[i for i, a in enumerate(alphabet) if a[0] in "IL"]] -= 1e9
    back = []
    for row in log[1:]:
        table = score[:, None] + allowed
        back.append(table.argmax(axis=0))
        score = table.max(axis=0) + row
    score[[i for i, a in enumerate(alphabet) if a[0] in "BI"]] -= 1e9
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


# ---------------------------------------------------------------- component


class MentionTagger:
    """spaCy component: writes doc.spans["tagger"] (labels are types; attrs["scores"] runs beside them)."""

    def __init__(
        self,
        config: dict[str, Any],
        house: dict[str, list[str]],
        bias: float = 0.0,
        names: Matcher | None = None,
    ) -> None:
        self._build(config, house, bias, names)

    def _build(self, config: dict[str, Any], house: dict[str, list[str]], bias: float, names: Matcher | None) -> None:
        self.config, self.house, self.bias = config, house, bias
        self.features = WordFeatures(names, config["gaz"])
        self.network = build_network(config)
        self.slices = head_slices()
        self.pad = config["depth"] + config["depth_after"]

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Tag a stream of documents."""
        for docs in spacy.util.minibatch(stream, batch_size):
            laid = [self.features.laid_out(doc, self.pad) for doc in docs]
            for doc, (_, where), scores in zip(docs, laid, self.scores([rows for rows, _ in laid]), strict=True):
                spans, values = [], []
                for kind in self.house:
                    for start, end, label, value in decode(*self.mixed(scores, kind), bias=self.bias):
                        name = "CELL" if label == "CELL_LINE" else label
                        spans.append(Span(doc, int(where[start]), int(where[end - 1]) + 1, label=name))
                        values.append(value)
                doc.spans["tagger"] = spans
                doc.spans["tagger"].attrs["scores"] = values
                yield doc

    def scores(self, features: Sequence[np.ndarray]) -> list[np.ndarray]:
        """Raw scores of all heads for each document, in groups of rows that stay in the processor's cache."""
        out = [np.zeros((0, sum(map(len, ALPHABETS.values()))), dtype="float32") for _ in features]
        group: list[int] = []
        rows = 0
        for k, part in enumerate(features):
            if len(part):
                group.append(k)
                rows += len(part)
            if group and (rows > 4000 or k + 1 == len(features)):
                stacked, places = join_rows([features[g] for g in group], self.pad)
                scores = self.network.predict(stacked)
                for g, place in zip(group, places, strict=True):
                    out[g] = scores[place]
                group, rows = [], 0
        return out

    def mixed(self, scores: np.ndarray, kind: str) -> tuple[np.ndarray, str]:
        """Class probabilities of a type: the mean over its house heads (CELL_LINE is folded where heads
        differ).
        """
        heads = self.house[kind]
        first = heads[0]
        total = None
        for head in heads:
            p = softmax(scores[:, self.slices[head]])
            if len(heads) > 1 and p.shape[1] > 5:
                p = np.concatenate([p[:, :1], p[:, 1:5] + p[:, 5:9]], axis=1)
            total = p if total is None else total + p
        mean = total / len(heads)
        return mean, first if mean.shape[1] == len(ALPHABETS[first]) else f"{kind}.house"

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Config as JSON, weights as 16-bit floats."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        settings = {"config": self.config, "house": self.house, "bias": self.bias, "heads": ALPHABETS}
        (path / "config.json").write_text(json.dumps(settings, indent=1))
        np.savez(path / "weights.npz", **{k: v.astype("float16") for k, v in parameters(self.network).items()})

    def from_disk(self, path: str | Path, **_: Any) -> MentionTagger:
        """Read what to_disk wrote."""
        path = Path(path)
        settings = json.loads((path / "config.json").read_text())
        self._build(settings["config"], settings["house"], settings["bias"], self.features.names)
        columns = len(self.config["rows"]) + len(self.config["gaz"]) + 1
        self.network.initialize(X=np.zeros((4, columns), dtype="uint64"))
        load_parameters(self.network, dict(np.load(path / "weights.npz")))
        return self


def parameters(model: Model[Any, Any]) -> dict[str, np.ndarray]:
    """All weights by position and name."""
    return {
        f"{i}.{name}": node.get_param(name)
        for i, node in enumerate(model.walk())
        for name in node.param_names
        if node.has_param(name)
    }


def load_parameters(model: Model[Any, Any], values: dict[str, np.ndarray]) -> None:
    """The inverse of `parameters`."""
    for i, node in enumerate(model.walk()):
        for name in node.param_names:
            if f"{i}.{name}" in values:
                node.set_param(name, np.ascontiguousarray(values[f"{i}.{name}"], dtype="float32"))


DEFAULT: dict[str, Any] = {
    "width": 128, "embed": 96, "depth": 3, "depth_after": 2, "dropout": 0.15,
    "rows": [20000, 4000, 4000, 10000, 2500],
    "gaz": [*CORE, "PROTEIN", "CHEMICAL", "TISSUE"], "gaz_embed": 16,
}  # fmt: skip


@Language.factory("immunolit_mention_tagger", default_config={"config": DEFAULT, "house": HOUSE, "bias": 0.0})
def make_mention_tagger(
    nlp: Language, name: str, config: dict[str, Any], house: dict[str, list[str]], bias: float
) -> MentionTagger:
    """Factory; the weights come with from_disk."""
    return MentionTagger(config, house, bias, lexicon_matcher() if config["gaz"] else None)


def lexicon_matcher() -> Matcher:
    """The project's own lexicon."""
    from extract.lexicon import Lexicon

    return Lexicon.load().match


# ---------------------------------------------------------------- data


@dataclass
class Piece:
    """A document or a part of a long one: rows of features, a class for each row and head (MASK: not said),
    gold.
    """

    source: str
    doc: str
    features: np.ndarray
    labels: np.ndarray
    starts: list[int]
    ends: list[int]
    gold: list[tuple[int, int, str, bool]]
    """(start, end, label, scored?) in characters of the document; unscored ones count neither way."""


def held_out(key: str) -> bool:
    """An eighth of the documents, the same in every corpus that shares them."""
    return hashlib.md5(key.encode()).digest()[0] % 8 == 0


def read_sources(
    folder: Path, gold_path: Path, nlp: Language, features: WordFeatures
) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """Training pieces, held-out pieces, and the gold file's own (documents whose number is 3 modulo 4 left
    out).
    """
    gold_docs = read_jsonl(gold_path)
    probes = ["".join(d["text"].split())[20:100] for d in gold_docs]
    train: list[Piece] = []
    dev: list[Piece] = []
    for path in sorted(folder.glob("*.ner.jsonl")):
        source = path.name.split(".")[0]
        for doc in read_jsonl(path):
            packed = "".join(doc["text"].split())
            if any(probe in packed for probe in probes):
                continue
            out = dev if held_out(str(doc.get("pmid") or doc.get("pmc") or doc["id"])) else train
            out += _pieces(doc["text"], _spans(doc, source), source, doc["id"], nlp, features)
    own: list[Piece] = []
    for doc in gold_docs:
        if int(doc["id"].split("-")[1]) % 4 != 3:
            own += _pieces(doc["text"], _gold_spans(doc), "gold", doc["id"], nlp, features)
    return train, dev, own


SpanRow = tuple[int, int, str, bool, bool]
"""start, end, label, scored?, usable as training label?"""


def _spans(doc: dict[str, Any], source: str) -> list[SpanRow]:
    rows: list[SpanRow] = []
    for e in doc["entities"]:
        whole = "fragments" not in e
        bare = e.get("generic", False) or e["text"].lower() in {"cell", "cells", "cellular"}
        if e["label"] == "CELL" and bare:
            continue  # bare "cells" are no mentions in our convention
        rows.append((e["start"], e["end"], e["label"], whole, whole))
        rows += [(e["start"], e["end"], other, False, False) for other in e.get("borderline", ())]
    return rows


def _gold_spans(doc: dict[str, Any]) -> list[SpanRow]:
    rows: list[SpanRow] = []
    for m in doc["mentions"]:
        whole = len(m["fragments"]) == 1
        start, end = m["fragments"][0][0], m["fragments"][-1][1]
        rows.append((start, end, m["type"], True, whole))
        rows += [(start, end, other, False, False) for other in m["also"] if m["type"] != other]
    return rows


PAD = DEFAULT["depth"] + DEFAULT["depth_after"]
LONGEST = 1500
"""Rows: longer documents (full articles) are cut where a line ends."""


def _pieces(
    text: str, spans: list[SpanRow], source: str, doc_id: str, nlp: Language, features: WordFeatures
) -> list[Piece]:
    doc = nlp.make_doc(text)
    spans = _outermost(spans)
    rows, where = features.laid_out(doc, PAD)
    labels = _labels(doc, spans, source)
    pieces = []
    at = 0
    while at < len(where):
        end = min(len(where), at + LONGEST)
        while end < len(where) and where[end] != -1:
            end += 1
        part = where[at:end]
        real = part[part >= 0]
        if len(real):
            low, high = doc[int(real[0])].idx, doc[int(real[-1])].idx + len(doc[int(real[-1])])
            own = np.where((part >= 0)[:, None], labels[part], MASK).astype("int16")
            starts = [doc[int(i)].idx if i >= 0 else -1 for i in part]
            ends = [doc[int(i)].idx + len(doc[int(i)]) if i >= 0 else -1 for i in part]
            gold = sorted({(s, e, label, ok) for s, e, label, ok, _ in spans if s < high and e > low})
            pieces.append(Piece(source, doc_id, rows[at:end], own, starts, ends, gold))
        at = end
    return pieces


def _outermost(spans: list[SpanRow]) -> list[SpanRow]:
    """Spans inside a longer one of the same label stay as they are but are not scored: a head cannot nest."""
    out = []
    for s, e, label, scored, usable in spans:
        inner = any(a <= s and e <= b and (a, b) != (s, e) and other[:4] == label[:4] for a, b, other, _, _ in spans)
        out.append((s, e, label, scored and not inner, usable))
    return out


def _labels(doc: Doc, spans: list[SpanRow], source: str) -> np.ndarray:
    starts = [t.idx for t in doc]
    ends = [t.idx + len(t) for t in doc]
    first = {s: i for i, s in enumerate(starts)}
    last = {e: i for i, e in enumerate(ends)}
    labels = np.full((len(doc), len(HEADS)), MASK, dtype="int16")
    for column, (head, sources) in enumerate(HEADS.items()):
        if source not in sources:
            continue
        labels[:, column] = 0
        index = {tag: k for k, tag in enumerate(ALPHABETS[head])}
        taken = np.zeros(len(doc), dtype=bool)
        for s, e, label, _, usable in sorted(spans, key=lambda r: (not r[4], r[0] - r[1], r[0])):
            kind = sources[source].get(label)
            if kind is None:
                continue
            i, j = first.get(s), last.get(e)
            if not usable or i is None or j is None:
                touched = [k for k in range(bisect_right(ends, s), bisect_left(starts, e)) if not taken[k]]
                labels[touched, column] = MASK
                continue
            if taken[i : j + 1].any():
                continue
            taken[i : j + 1] = True
            if i == j:
                labels[i, column] = index[f"U-{kind}"]
            else:
                labels[i : j + 1, column] = index[f"I-{kind}"]
                labels[i, column], labels[j, column] = index[f"B-{kind}"], index[f"L-{kind}"]
    return labels


# ---------------------------------------------------------------- training


def batches(pieces: Sequence[Piece], words: int) -> Iterator[list[Piece]]:
    """Groups of about `words` tokens."""
    group: list[Piece] = []
    total = 0
    for piece in pieces:
        group.append(piece)
        total += len(piece.features)
        if total >= words:
            yield group
            group, total = [], 0
    if group:
        yield group


def loss_gradient(scores: np.ndarray, labels: np.ndarray, slices: dict[str, slice]) -> tuple[float, np.ndarray]:
    """Cross-entropy summed over heads, zero where the label is MASK."""
    gradient = np.zeros_like(scores)
    loss = 0.0
    for column, part in enumerate(slices.values()):
        rows = np.flatnonzero(labels[:, column] != MASK)
        if len(rows):
            p = softmax(scores[rows, part])
            y = labels[rows, column]
            loss -= float(np.log(p[np.arange(len(rows)), y] + 1e-9).sum())
            p[np.arange(len(rows)), y] -= 1.0
            gradient[rows, part] = p
    return loss, gradient


def train(
    tagger: MentionTagger,
    pieces: list[Piece],
    args: argparse.Namespace,
    check: Callable[[int, MentionTagger], None],
) -> None:
    """Adam with warm-up and linear decay on the network; `check` sees the averaged weights after each
    epoch.
    """
    rng = random.Random(args.seed)
    network, pad = tagger.network, tagger.pad
    optimizer = Adam(learn_rate=args.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    total = args.epochs * sum(len(p.features) for p in pieces) // args.batch
    step = 0
    for epoch in range(1, args.epochs + 1):
        rng.shuffle(pieces)
        loss = 0.0
        started, seen = time.process_time(), 0
        for group in batches(pieces, args.batch):
            done = min(1.0, step / total)
            optimizer.learn_rate = min(1.0, (step + 1) / 100) * args.rate * (1 - 0.95 * done)
            rows, where = join_rows([p.features for p in group], pad)
            for place in where:
                if rng.random() < args.gazetteer_dropout:
                    empty = np.arange(len(tagger.config["gaz"]), dtype="uint64") * 16 + 1
                    rows[place, len(FEATURES) : -1] = empty * (rows[place, :1] != 0)
            labels = np.full((len(rows), len(HEADS)), MASK, dtype="int16")
            for piece, place in zip(group, where, strict=True):
                labels[place] = piece.labels
            scores, backprop = network.begin_update(rows)
            value, gradient = loss_gradient(scores, labels, tagger.slices)
            backprop(gradient / len(rows) * 10)
            network.finish_update(optimizer)
            loss += value
            seen += len(rows)
            step += 1
        print(
            f"epoch {epoch} loss {loss / seen:.4f} {seen / (time.process_time() - started):.0f} words/s",
            flush=True,
        )
        if epoch % args.every == 0 or epoch == args.epochs:
            with network.use_params(optimizer.averages):
                check(epoch, tagger)


# ---------------------------------------------------------------- scores


def match(gold: Sequence[tuple[int, int]], pred: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Strict and one-to-one overlap hits, best overlap first."""
    strict = len(set(gold) & set(pred))
    pairs = sorted(
        ((max(0, min(b, y) - max(a, x)), i, j) for i, (a, b) in enumerate(gold) for j, (x, y) in enumerate(pred)),
        key=lambda t: (-t[0], t[1], t[2]),
    )
    used_gold: set[int] = set()
    used_pred: set[int] = set()
    for size, i, j in pairs:
        if size > 0 and i not in used_gold and j not in used_pred:
            used_gold.add(i)
            used_pred.add(j)
    return strict, len(used_gold)


def touches(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether the span overlaps any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def score(
    tagger: MentionTagger,
    pieces: list[Piece],
    chosen: Callable[[Piece], Iterable[tuple[str, str, set[str], set[str]]]],
    bias: float = 0.0,
) -> dict[str, list[float]]:
    """[strict F1, overlap F1, overlap precision, overlap recall, gold mentions] for each key.

    `chosen` gives, for a piece, (key, head or house type, gold labels, predicted labels).
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for group in batches(pieces, 5_000):
        for piece, scores in zip(group, tagger.scores([p.features for p in group]), strict=True):
            for key, head, labels, kinds in chosen(piece):
                if head in tagger.slices:
                    probs, name = softmax(scores[:, tagger.slices[head]]), head
                else:
                    probs, name = tagger.mixed(scores, head)
                spans = decode(probs, name, bias)
                pred = [(piece.starts[a], piece.ends[b - 1]) for a, b, kind, _ in spans if kind in kinds]
                gold = sorted({(s, e) for s, e, label, ok in piece.gold if label in labels and ok})
                free = [(s, e) for s, e, label, ok in piece.gold if label in labels and not ok]
                pred = [p for p in pred if not touches(p, free) or touches(p, gold)]
                strict, loose = match(gold, pred)
                c = counts[key]
                c[0] += strict
                c[1] += loose
                c[2] += len(pred)
                c[3] += len(gold)
    return {k: _f1(*c) for k, c in sorted(counts.items())}


def _f1(strict: int, loose: int, pred: int, gold: int) -> list[float]:
    def f(hit: int) -> float:
        return round(2 * hit / max(1, pred + gold), 4)

    return [f(strict), f(loose), round(loose / max(1, pred), 3), round(loose / max(1, gold), 3), gold]


Choice = Iterator[tuple[str, str, set[str], set[str]]]


def by_corpus(piece: Piece) -> Choice:
    """Each corpus by its own heads; for cells also with cell lines counted as cells, as the house does."""
    for head, sources in HEADS.items():
        labels = sources.get(piece.source, {})
        for label, kind in labels.items():
            if kind in CORE:
                yield f"{piece.source}.{label}", head, {label}, {kind}
        if "CELL_LINE" in labels:
            yield f"{piece.source}.CELL+LINE", head, {"CELL", "CELL_LINE"}, {"CELL", "CELL_LINE"}


def by_house(piece: Piece) -> Choice:
    """The gold file by the house's choice of heads."""
    for kind in CORE:
        kinds = {kind, "CELL_LINE"} if kind == "CELL" else {kind}
        yield f"gold.{kind}", kind, {kind}, kinds
        yield "gold.all", kind, {kind}, kinds


def by_head(piece: Piece) -> Choice:
    """The gold file by every single head of the core types."""
    for head in HEADS:
        kind = head.split(".")[0]
        if kind in CORE:
            yield f"gold.{head}", head, {kind}, {kind, "CELL_LINE"} if kind == "CELL" else {kind}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--every", type=int, default=2, help="evaluate after this many epochs")
    parser.add_argument("--batch", type=int, default=3000)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--width", type=int, default=DEFAULT["width"])
    parser.add_argument("--craft-share", type=float, default=0.5, help="share of CRAFT's text to train on")
    parser.add_argument("--no-gazetteer", action="store_true", help="train without dictionary features")
    parser.add_argument("--gazetteer-dropout", type=float, default=0.1, help="share of paragraphs seen without them")
    parser.add_argument("--gold-repeat", type=int, default=0, help="times the gold file's documents are trained on")
    parser.add_argument("--gold-fold", type=int, default=0, help="third of the gold to set aside; -1: train on all")
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args()


def main() -> None:
    """Read arguments, train, save, score."""
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    fix_random_seed(args.seed)
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.blank("en")
    rng = random.Random(args.seed)
    kinds = [] if args.no_gazetteer else DEFAULT["gaz"]
    features = WordFeatures(lexicon_matcher() if kinds else None, kinds)
    cache = args.out.parent / f"tagger_data_{len(kinds)}.pickle"
    if cache.exists():
        pieces, dev, own = pickle.loads(cache.read_bytes())  # our own file, written below
    else:
        pieces, dev, own = read_sources(args.corpora, args.gold, nlp, features)
        cache.write_bytes(pickle.dumps((pieces, dev, own)))
    fold = {p.doc: int(p.doc.split("-")[1]) // 4 % 3 for p in own}
    pieces += [p for p in own if fold[p.doc] != args.gold_fold] * args.gold_repeat
    own = [p for p in own if fold[p.doc] == args.gold_fold] if args.gold_repeat else own
    pieces = [p for p in pieces if p.source != "craft" or rng.random() < args.craft_share]
    print(
        {s: sum(len(p.features) for p in pieces if p.source == s) for s in sorted({p.source for p in pieces})},
        flush=True,
    )
    config = {**DEFAULT, "width": args.width, "gaz": kinds}
    tagger = MentionTagger(config, HOUSE, names=features.names)
    tagger.network.initialize(X=join_rows([pieces[0].features], tagger.pad)[0])

    def check(epoch: int, tagger: MentionTagger) -> None:
        scores: dict[str, Any] = {"epoch": epoch, "time": time.strftime("%H:%M:%S")}
        scores |= score(tagger, dev, by_corpus) | score(tagger, own, by_house) | score(tagger, own, by_head)
        print("\n".join(f"  {k:28} {v}" for k, v in scores.items()), flush=True)
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(scores) + "\n")
        (args.out / "scores.json").write_text(json.dumps(scores, indent=1))
        pipeline = spacy.blank("en")
        pipeline.add_pipe("immunolit_mention_tagger", config={"config": config, "house": HOUSE})
        pipeline.get_pipe("immunolit_mention_tagger").network = tagger.network  # type: ignore[attr-defined]
        pipeline.to_disk(args.out / "model")

    train(tagger, pieces, args, check)


if __name__ == "__main__":
    main()
