"""Train the weights that settle between dictionary and tagger (extract.entities.settling).

    python scripts/train_settlement.py --corpora DEV_FOLDER --gold GOLD.jsonl ... --out settling.json [--tagger FOLDER]

Learns from documents that the tagger has not seen: the held-out eighth of those corpora whose conventions are near ours
for some type (PUBLIC), and gold files (the tagger is trained without them; --leave-out sets some of their documents
aside). Each candidate is a row: whether it is right, and its evidence. Corpora that are not ours have own weights for
what depends on convention (Daumé 2007, "Frustratingly easy domain adaptation"), which are thrown away.

Limits are chosen on predictions for documents that the weights were not fitted to (--folds, by document). Prints what
they keep and add, by kind of text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from extract.entities.annotator import EntityAnnotator
from extract.entities.candidate import Candidate
from extract.entities.settling import crossed
from extract.entities.tagger import SHIPPED, Tagger
from extract.lexicon import Lexicon
from extract.readers.sections import readable, segment
from extract.schema import CORE_TYPES, MentionType
from train_common import read_jsonl
from train_tagger import held_out

PUBLIC: dict[str, tuple[MentionType, ...]] = {
    "ncbi_disease": ("DISEASE",), "bc5cdr": ("DISEASE",), "biored": ("DISEASE",),
    "genia_event": ("CELL", "CYTOKINE"), "jnlpba": ("CELL", "CYTOKINE"),
    "anatem": ("CELL",), "cg13": ("CELL",), "craft": ("CELL",), "cellfinder": ("CELL",),
}  # fmt: skip
LIMITS = {
    "high": {"mention": 0.2, "finding": 0.0},
    "balanced": {"mention": 0.5, "finding": 0.0},
    "precise": {"mention": 0.8, "finding": 0.65},
}
HOW = ("dictionary", "tagger")
PUBLIC_WEIGHT = 0.5
STRENGTH = 0.2
"""Inverse strength of the L2 regularisation."""
THEIR_SHARE = 0.4
"""How far the shipped weights for spans that only the tagger found go from our guidelines towards the other corpora's.
At 0.4 the public disease corpora gain up to 0.015 of overlap F1, and our gold loses 0.001 on one part and nothing on
three; from there on our gold pays (benchmarks/RESULTS.md)."""


@dataclass
class Row:
    """A candidate with what is known of it."""

    source: str
    doc: str
    how: str
    kind: str
    text: str
    right: bool
    features: dict[str, float]
    ours: bool = True
    """Whether its own corpus' guidelines are like ours for such a candidate."""


def documents(args: argparse.Namespace) -> Iterator[tuple[str, str, str, list[dict[str, Any]], Sequence[MentionType]]]:
    """Source, id, text, gold mentions and types of each document to learn from."""
    gold = [(path, d) for path in args.gold for d in read_jsonl(path)]
    probes = ["".join(d["text"].split())[20:100] for _, d in gold]
    for source, kinds in PUBLIC.items():
        for d in read_jsonl(args.corpora / f"{source}.ner.jsonl"):
            packed = "".join(d["text"].split())
            if held_out(str(d.get("pmid") or d.get("pmc") or d["id"])) and not any(p in packed for p in probes):
                yield source, d["id"], d["text"], [_mention(e) for e in d["entities"]], kinds
    divisor, rest = (int(n) for n in args.leave_out.split(":"))
    for path, d in gold:
        number = d["id"].rsplit("-", 1)[-1]
        if path != args.gold[0] or not number.isdigit() or int(number) % divisor != rest:
            yield "gold", d["id"], d["text"], d["mentions"], CORE_TYPES


def _mention(entity: dict[str, Any]) -> dict[str, Any]:
    bare = entity.get("generic", False) or entity["text"].lower() in {"cell", "cells", "cellular"}
    return {
        "type": "CELL" if entity["label"] == "CELL_LINE" else entity["label"],
        "also": entity.get("borderline", ()),
        "fragments": entity.get("fragments") or [(entity["start"], entity["end"])],
        "optional": bare or entity["label"] == "CELL_LINE",
    }


def right(fragments: Sequence[Sequence[int]], kind: str, gold: list[dict[str, Any]], house: bool) -> bool | None:
    """Whether a candidate overlaps a gold mention of its type; None where the gold leaves it open."""
    hits = [
        m
        for m in gold
        if kind in (m["type"], *m.get("also", ()))
        and any(a < d and c < b for a, b in fragments for c, d in m["fragments"])
    ]
    if not house and hits and all(m["optional"] or m["type"] != kind for m in hits):
        return None
    return bool(hits)


def rows(args: argparse.Namespace) -> list[Row]:
    """The table of candidates."""
    nlp = spacy.blank("en")
    annotator = EntityAnnotator(Lexicon.load(), tagger=Tagger.load(args.tagger))
    out = []
    for source, name, raw, gold, kinds in documents(args):
        text, sections = readable(raw, segment(raw))
        skip = [(s.start, s.end) for s in sections if s.kind in ("clutter", "reference")]
        found, evidence = annotator.evidence(nlp.make_doc(text), skip)
        house = source == "gold"
        for c in found:
            if c.type in kinds and c.source != "context":
                verdict = right(c.fragments, c.type, gold, house)
                features = evidence.features(c)
                # A cell's name as part of another name is a mention here ("T cell" of "T cell receptor gene").
                nested = not house and c.type == "CELL" and "ends in its head noun" in features
                # Words of our own lists ("side effects") are mentions by our guidelines alone.
                listed = not house and c.source == "lexicon" and not c.concept
                # Class names are mentions here and none in other corpora.
                ours = house or not ("generic" in c.flags or ((nested or listed) and not verdict))
                if verdict is not None:
                    surface = text[c.start : c.end]
                    out.append(Row(source, name, "dictionary", c.type, surface, verdict, features, ours))
        for kind in kinds:
            for a, b in evidence.proposals(kind):
                if any(s < b and a < e for s, e in skip) or any(
                    kind in (o.type, *o.also) for o in evidence.near((a, b))
                ):
                    continue
                verdict = right([(a, b)], kind, gold, house)
                if verdict is not None:
                    features = evidence.features(Candidate(a, b, kind, source="tagger"))
                    # Which words before "cells" make a type of cell is said by our own lists.
                    listed = not house and kind == "CELL" and "ends in its head noun" in features
                    ours = not listed and not evidence.adjective((a, b))
                    out.append(Row(source, name, "tagger", kind, text[a:b], verdict, features, ours))
    return out


def inputs(row: Row, *, training: bool) -> dict[str, float]:
    """Evidence of a row; while training, copies of what depends on convention for corpora that are not ours."""
    features = crossed(row.features, row.kind)
    if training and row.source != "gold":
        features |= {f"public {k}": v for k, v in features.items() if k in CORE_TYPES or k.startswith(CONVENTIONAL)}
    return features


CONVENTIONAL = ("named", "same as", "within", "holds", "also named", "found by", "flag", "best head", "adjective")


def fit(data: Sequence[Row], *, ours: bool = True) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic model of the rows."""
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([inputs(r, training=ours) for r in data])
    weight = [1.0 if r.source == "gold" else PUBLIC_WEIGHT for r in data]
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-6)
    return vectorizer, model.fit(x, [r.right for r in data], sample_weight=weight)


def weights(table: Sequence[Row], *, ours: bool = True) -> dict[str, dict[str, float]]:
    """The constant and the weights, without those that only other corpora's candidates have; or with `ours` false
    weights for the other corpora's own conventions.
    """
    table = [r for r in table if (r.ours if ours else r.source != "gold")]
    out = {}
    for how in HOW:
        vectorizer, model = fit([r for r in table if r.how == how], ours=ours)
        found = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
        kept = {"": float(model.intercept_[0])} | {k: v for k, v in found.items() if not k.startswith("public ")}
        out[how] = {k: round(float(v), 3) for k, v in sorted(kept.items()) if abs(v) >= 0.0005}
    return out


def shipped_weights(table: Sequence[Row]) -> dict[str, dict[str, float]]:
    """The dictionary's names by our guidelines, the tagger's additions between ours and the other corpora's."""
    ours, theirs = weights(table), weights(table, ours=False)
    both = sorted(set(ours["tagger"]) | set(theirs["tagger"]))
    pairs = {k: (ours["tagger"].get(k, 0.0), theirs["tagger"].get(k, 0.0)) for k in both}
    mixed = {k: round((1 - THEIR_SHARE) * a + THEIR_SHARE * b, 3) for k, (a, b) in pairs.items()}
    return {**ours, "tagger": {k: v for k, v in mixed.items() if abs(v) >= 0.0005}}


def fold(doc: str, folds: int) -> int:
    """The part of the data that a document belongs to."""
    return hashlib.md5(doc.encode()).digest()[1] % folds


def unseen(data: Sequence[Row], folds: int) -> np.ndarray:
    """The probability of each row by weights fitted without its document."""
    out = np.zeros(len(data))
    for k in range(folds):
        vectorizer, model = fit([r for r in data if fold(r.doc, folds) != k])
        at = [n for n, r in enumerate(data) if fold(r.doc, folds) == k]
        out[at] = model.predict_proba(vectorizer.transform([inputs(data[n], training=False) for n in at]))[:, 1]
    return out


def report(data: Sequence[Row], probable: np.ndarray) -> None:
    """Right and wrong candidates above each of some limits."""
    table: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(data):
        table[row.source].append(n)
        table[f"{'gold' if row.source == 'gold' else 'public'} {row.kind}"].append(n)
    steps = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    print("right/wrong at least".ljust(22), *(f"{s:>9}" for s in steps))
    for name, at in sorted(table.items()):
        good = np.array([data[n].right for n in at])
        p = probable[at]
        print(
            name.ljust(22), *(f"{int((good & (p >= s)).sum())}/{int((~good & (p >= s)).sum())}".rjust(9) for s in steps)
        )


def main() -> None:
    """Read arguments, make the table, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tagger", type=Path, default=SHIPPED)
    parser.add_argument("--leave-out", default="4:3", help="documents of the first gold file to set aside, by number")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument(
        "--fold-weights",
        type=Path,
        metavar="FILE",
        help="also write weights fitted without each fold, by our guidelines and by theirs",
    )
    args = parser.parse_args()
    table = rows(args)
    for how in HOW:
        data = [r for r in table if r.how == how and r.ours]
        print(f"\n{how}: {len(data)} candidates")
        report(data, unseen(data, args.folds))
    shipped = {"limits": LIMITS, "weights": shipped_weights(table)}
    args.out.write_text(json.dumps(shipped, indent=1, ensure_ascii=False) + "\n")
    if args.fold_weights:
        parts = [[r for r in table if fold(r.doc, args.folds) != k] for k in range(args.folds)]
        both = {"ours": [shipped_weights(p) for p in parts], "theirs": [weights(p, ours=False) for p in parts]}
        args.fold_weights.write_text(json.dumps(both))


if __name__ == "__main__":
    main()
