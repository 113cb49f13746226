"""Train the mention tagger on many corpora with many conventions (extract.entities.tagger reads with it).

    python scripts/train_tagger.py --corpora DEV_FOLDER --gold GOLD.jsonl --out OUT [--epochs 10]

One convolutional network over hashed word features feeds one BILOU classifier ("head") for each pair of a type and a
convention. A corpus trains only the heads of the types it annotates, so a label that a corpus lacks is no negative, and
corpora that draw boundaries differently (JNLPBA and CRAFT cells, say) do not fight over one classifier. Spans of
doubtful class are masked.

Held out of training: an eighth of each corpus by a hash of the PubMed id, and every document whose text stands in the
gold file. The gold itself is not trained on: scripts/train_settlement.py learns from it. Writes OUT/weights.npz and
OUT/heads.json, the folder that is shipped, and OUT/scores.json and log.jsonl.
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
from spacy.tokens import Doc
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

from extract.entities.tagger import alphabet_of, best_path
from extract.entities.tagger_features import KINDS, Layout, WordRows, lay_out
from extract.lexicon import Lexicon
from extract.schema import CORE_TYPES
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
}

MASK = -1
# Word features, and the classes of dictionary names beside them.
WORD_COLUMNS = 5
WIDTH, EMBED, NAME_EMBED, DROPOUT = 128, 96, 16, 0.15
ROWS = (20_000, 4_000, 4_000, 10_000, 2_500)
"""Rows of the table of each word feature."""
DEPTH, DEPTH_AFTER = 3, 2
PAD = DEPTH + DEPTH_AFTER


def _alphabets() -> dict[str, list[str]]:
    """Head -> its classes: O, then B, I, L, U of each of its types."""
    return {
        head: alphabet_of(sorted({t for labels in sources.values() for t in labels.values()}))
        for head, sources in HEADS.items()
    }


ALPHABETS = _alphabets()


# ---------------------------------------------------------------- network


def feature_rows(layout: Layout) -> np.ndarray:
    """(rows, features) hashes of a layout: its words, then the place in a name of each kind; zeros in gaps."""
    out = np.zeros((len(layout.token), WORD_COLUMNS + len(KINDS)), dtype="uint64")
    out[:, :WORD_COLUMNS] = layout.words[layout.word]
    real = layout.token >= 0
    out[np.ix_(real, range(WORD_COLUMNS, out.shape[1]))] = np.arange(len(KINDS), dtype="uint64") * 16 + 1
    for at, kind, place in layout.named:
        out[at, WORD_COLUMNS + kind] += place.astype("uint64")
    return out


def build_network() -> Model[Any, Any]:
    """(rows, features) hashes -> (rows, sum of head sizes) scores. Rows of zeros part the documents of a
    batch.
    """
    embeds = [
        HashEmbed(EMBED, rows, column=column, seed=column + 7, dropout=DROPOUT) for column, rows in enumerate(ROWS)
    ]
    embeds += [HashEmbed(NAME_EMBED, 64, column=len(ROWS) + k, seed=50 + k, dropout=DROPOUT) for k in range(len(KINDS))]
    size = EMBED * len(ROWS) + NAME_EMBED * len(KINDS)
    width = WIDTH
    mix = Maxout(width, size, nP=3, dropout=DROPOUT, normalize=True)

    def window() -> Model[Any, Any]:
        wide = Maxout(width, width * 3, nP=3, dropout=DROPOUT, normalize=True)
        return residual(chain(expand_window(window_size=1), wide))

    before = chain(concatenate(*embeds), mix, *(window() for _ in range(DEPTH)))
    both = Maxout(width, width * 2, nP=3, dropout=DROPOUT, normalize=True)
    total = sum(map(len, ALPHABETS.values()))
    hidden = Maxout(width, width, nP=2, dropout=DROPOUT, normalize=True)
    after = chain(both, *(window() for _ in range(DEPTH_AFTER)), hidden, Linear(total, width))
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


def join_rows(parts: Sequence[np.ndarray], pad: int = PAD) -> tuple[np.ndarray, list[slice]]:
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


SLICES = head_slices()


def decode(probs: np.ndarray, head: str) -> list[tuple[int, int, str]]:
    """Mentions on the best path: (start, end, type), tokens half-open."""
    hot = np.flatnonzero(probs[:, 0] < 0.97)
    spans: list[tuple[int, int, str]] = []
    for run in np.split(hot, np.flatnonzero(np.diff(hot) > 1) + 1) if len(hot) else []:
        start = low = int(run[0])
        for k, c in enumerate(best_path(np.log(probs[low : int(run[-1]) + 1] + 1e-9)), low):
            tag = ALPHABETS[head][c]
            if tag[0] in "BU":
                start = k
            if tag[0] in "LU":
                spans.append((start, k + 1, tag[2:]))
    return spans


def scores_of(network: Model[Any, Any], features: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Raw scores of all heads for each piece."""
    stacked, places = join_rows(features)
    scores = network.predict(stacked)
    return [scores[place] for place in places]


def runtime_weights(network: Model[Any, Any]) -> dict[str, np.ndarray]:
    """The network's arrays by the names that extract.entities.tagger_network reads."""
    before, after = network.layers

    def find(part: Model[Any, Any], name: str) -> Model[Any, Any]:
        return next(node for node in part.walk() if node.name == name)

    out: dict[str, np.ndarray] = {}
    for k, embed in enumerate(before.layers[0].layers):
        name = f"word.{k}" if k < WORD_COLUMNS else f"gazetteer.{k - WORD_COLUMNS}"
        out[f"{name}.E"] = find(embed, "hashembed").get_param("E")
    dense = {"mix": before.layers[1], "both": after.layers[0], "hidden": after.layers[-2]}
    dense |= {f"before.{k}": part for k, part in enumerate(before.layers[2:])}
    dense |= {f"after.{k}": part for k, part in enumerate(after.layers[1:-2])}
    for name, part in dense.items():
        maxout, norm = find(part, "maxout"), find(part, "layernorm")
        out |= {f"{name}.W": maxout.get_param("W"), f"{name}.b": maxout.get_param("b")}
        out |= {f"{name}.G": norm.get_param("G"), f"{name}.beta": norm.get_param("b")}
    out |= {"out.W": after.layers[-1].get_param("W"), "out.b": after.layers[-1].get_param("b")}
    return {name: value.astype("float16") for name, value in out.items()}


def save(network: Model[Any, Any], folder: Path) -> None:
    """Write what the runtime reads: weights as 16-bit floats, and the types of each head."""
    np.savez(folder / "weights.npz", **runtime_weights(network))
    heads = {head: [tag[2:] for tag in alphabet[1::4]] for head, alphabet in ALPHABETS.items()}
    (folder / "heads.json").write_text(json.dumps(heads, indent=1) + "\n", encoding="utf-8")


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
    folder: Path, gold_path: Path, nlp: Language, lexicon: Lexicon
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
            out += _pieces(doc["text"], _spans(doc, source), source, doc["id"], nlp, lexicon)
    own: list[Piece] = []
    for doc in gold_docs:
        if int(doc["id"].split("-")[1]) % 4 != 3:
            own += _pieces(doc["text"], _gold_spans(doc), "gold", doc["id"], nlp, lexicon)
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


LONGEST = 1500
"""Rows: longer documents (full articles) are cut where a line ends."""


def _pieces(text: str, spans: list[SpanRow], source: str, doc_id: str, nlp: Language, lexicon: Lexicon) -> list[Piece]:
    doc = nlp.make_doc(text)
    spans = _outermost(spans)
    layout = lay_out(doc, lexicon.match(doc.text), WordRows(nlp.vocab), PAD)
    rows, where = feature_rows(layout)[PAD:-PAD], layout.token[PAD:-PAD]
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


def loss_gradient(scores: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Cross-entropy summed over heads, zero where the label is MASK."""
    gradient = np.zeros_like(scores)
    loss = 0.0
    for column, part in enumerate(SLICES.values()):
        rows = np.flatnonzero(labels[:, column] != MASK)
        if len(rows):
            p = softmax(scores[rows, part])
            y = labels[rows, column]
            loss -= float(np.log(p[np.arange(len(rows)), y] + 1e-9).sum())
            p[np.arange(len(rows)), y] -= 1.0
            gradient[rows, part] = p
    return loss, gradient


def train(
    network: Model[Any, Any],
    pieces: list[Piece],
    args: argparse.Namespace,
    check: Callable[[int], None],
) -> None:
    """Adam with warm-up and linear decay on the network; `check` sees the averaged weights after each
    epoch.
    """
    rng = random.Random(args.seed)
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
            rows, where = join_rows([p.features for p in group])
            for place in where:
                if rng.random() < args.gazetteer_dropout:
                    empty = np.arange(len(KINDS), dtype="uint64") * 16 + 1
                    rows[place, WORD_COLUMNS:-1] = empty * (rows[place, :1] != 0)
            labels = np.full((len(rows), len(HEADS)), MASK, dtype="int16")
            for piece, place in zip(group, where, strict=True):
                labels[place] = piece.labels
            scores, backprop = network.begin_update(rows)
            value, gradient = loss_gradient(scores, labels)
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
                check(epoch)


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
    network: Model[Any, Any],
    pieces: list[Piece],
    chosen: Callable[[Piece], Iterable[tuple[str, str, set[str], set[str]]]],
) -> dict[str, list[float]]:
    """[strict F1, overlap F1, overlap precision, overlap recall, gold mentions] for each key.

    `chosen` gives, for a piece, (key, head, gold labels, predicted labels).
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for group in batches(pieces, 5_000):
        for piece, scores in zip(group, scores_of(network, [p.features for p in group]), strict=True):
            for key, head, labels, kinds in chosen(piece):
                spans = decode(softmax(scores[:, SLICES[head]]), head)
                pred = [(piece.starts[a], piece.ends[b - 1]) for a, b, kind in spans if kind in kinds]
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
            if kind in CORE_TYPES:
                yield f"{piece.source}.{label}", head, {label}, {kind}
        if "CELL_LINE" in labels:
            yield f"{piece.source}.CELL+LINE", head, {"CELL", "CELL_LINE"}, {"CELL", "CELL_LINE"}


def by_head(piece: Piece) -> Choice:
    """The gold file by every single head of the core types."""
    for head in HEADS:
        kind = head.split(".")[0]
        if kind in CORE_TYPES:
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
    parser.add_argument("--craft-share", type=float, default=0.5, help="share of CRAFT's text to train on")
    parser.add_argument("--gazetteer-dropout", type=float, default=0.1, help="share of pieces seen without names")
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args()


def main() -> None:
    """Read arguments, train, save, score."""
    args = _arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    fix_random_seed(args.seed)
    set_current_ops(NumpyOps(use_blis=False))
    rng = random.Random(args.seed)
    cache = args.out.parent / "tagger_data.pickle"
    if cache.exists():
        pieces, dev, own = pickle.loads(cache.read_bytes())  # our own file, written below
    else:
        pieces, dev, own = read_sources(args.corpora, args.gold, spacy.blank("en"), Lexicon.load())
        cache.write_bytes(pickle.dumps((pieces, dev, own)))
    pieces = [p for p in pieces if p.source != "craft" or rng.random() < args.craft_share]
    print(
        {s: sum(len(p.features) for p in pieces if p.source == s) for s in sorted({p.source for p in pieces})},
        flush=True,
    )
    network = build_network()
    network.initialize(X=join_rows([pieces[0].features])[0])

    def check(epoch: int) -> None:
        scores: dict[str, Any] = {"epoch": epoch, "time": time.strftime("%H:%M:%S")}
        scores |= score(network, dev, by_corpus) | score(network, own, by_head)
        print("\n".join(f"  {k:28} {v}" for k, v in scores.items()), flush=True)
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(scores) + "\n")
        (args.out / "scores.json").write_text(json.dumps(scores, indent=1))
        save(network, args.out)

    train(network, pieces, args, check)


if __name__ == "__main__":
    main()
