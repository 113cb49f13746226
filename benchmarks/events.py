"""Findings between given mentions against public event corpora (GENIA event, CG, PC, GE).

    python benchmarks/events.py CORPUS.rel.jsonl [--docs 100] [--every 1] [--misses 20]

The corpus is in the form of one JSON object a line with "entities" and "relations" (event chains collapsed to
head, sign, tail). Counted are regulation relations stated directly, in one sentence, with an argument of a core
type; against them stand our increases, decreases, affects and associated_with findings. `sign` compares with
the effect on the entity.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

from extract.pipeline import annotate, load
from extract.schema import CORE_TYPES, Document, Mention, MentionType

TYPES: dict[str, MentionType] = {
    "CELL": "CELL", "CELL_LINE": "CELL", "CYTOKINE": "CYTOKINE", "HORMONE": "HORMONE", "DISEASE": "DISEASE",
    "CANCER": "DISEASE", "PROTEIN": "PROTEIN", "PROTEIN_COMPLEX": "PROTEIN", "PROTEIN_PART": "PROTEIN",
    "CHEMICAL": "CHEMICAL", "ORGANISM": "ORGANISM", "ANATOMY": "TISSUE", "DNA": "PROTEIN", "RNA": "PROTEIN",
}  # fmt: skip
SIGN = {"increases": "+", "decreases": "-", "affects": "0", "associated_with": "0"}


def mentions_of(row: dict[str, Any]) -> list[Mention]:
    """The corpus's entities as mentions; other kinds of entity are left out."""
    text = row["text"]
    return [
        Mention(
            id=e["id"], type=TYPES[e["label"]], fragments=[(e["start"], e["end"])], text=text[e["start"] : e["end"]]
        )
        for e in sorted(row["entities"], key=lambda e: (e["start"], -e["end"]))
        if e["label"] in TYPES and text[e["start"] : e["end"]].strip()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--docs", type=int, default=100, help="documents to draw")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="missed relations to print")
    parser.add_argument("--pipeline", default="", help="another installed parser")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.corpus.open(encoding="utf-8")]
    random.Random(args.seed).shuffle(rows)
    nlp = load(args.pipeline)
    core = frozenset(CORE_TYPES)
    pair_hits = hits = predicted = gold_count = 0
    shown = 0
    for row in rows[: args.docs]:
        mentions = mentions_of(row)
        by_id = {m.id: m for m in mentions}
        gold: dict[tuple[str, str], set[str]] = {}
        for r in row["relations"]:
            if r["type"] != "regulation" or r.get("head_how") != "direct" or r.get("sentence_distance") != 0:
                continue
            if r["head"] not in by_id or r["tail"] not in by_id or r["head"] == r["tail"]:
                continue
            if not (by_id[r["head"]].types | by_id[r["tail"]].types) & core:
                continue
            gold.setdefault((r["head"], r["tail"]), set()).add(r["sign_entity"])
        found = annotate(nlp, Document(id=row["id"], text=row["text"], mentions=mentions), mentions="given").findings
        pred: dict[tuple[str, str], set[str]] = {}
        for f in found:
            if f.predicate in SIGN and not f.derived:
                pred.setdefault((f.subject, f.object), set()).add(SIGN[f.predicate])
        gold_count += len(gold)
        predicted += len(pred)
        for key, signs in pred.items():
            pair_hits += key in gold
            hits += bool(gold.get(key, set()) & signs)
        for key in gold:
            if key not in pred and shown < args.misses:
                shown += 1
                a, b = by_id[key[0]], by_id[key[1]]
                lo, hi = min(a.start, b.start), max(a.end, b.end)
                print(f"{row['id']} {a.text} > {sorted(gold[key])} > {b.text}")
                print(f"    {row['text'][max(0, lo - 60) : hi + 60]!r}")
    for name, good in (("pair", pair_hits), ("signed", hits)):
        p, r = good / max(1, predicted), good / max(1, gold_count)
        f1 = 2 * p * r / max(1e-9, p + r)
        print(f"{name:7s} P {p:.3f} R {r:.3f} F1 {f1:.3f}  (right {good}, made {predicted}, gold {gold_count})")


if __name__ == "__main__":
    main()
