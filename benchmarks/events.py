"""Findings between given mentions against public event and relation corpora (GENIA event, CG, PC, GE, BioRED).

    python benchmarks/events.py CORPUS.rel.jsonl [--docs 100] [--seed 1] [--misses 20]

The corpus is in the form of one JSON object a line with "entities" and "relations" (event chains collapsed to
head, sign, tail). Three measures, each where the corpus has such relations:

- `regulation`: relations stated directly, in one sentence, with an argument of a core type, against our increases,
  decreases, affects and associated_with findings; signed F1 compares with the effect on the entity. What the corpus
  states in a roundabout way (by the theme or agent of a cause) counts neither way, nor do correlations that it does
  not mark. "sign 0 open": GENIA types "stimulated with X" as plain Regulation, so any sign of ours matches sign 0.
- `produces`: pairs of a cell and a cytokine or hormone that an expression or localization event joins, against our
  `produces` findings.
- `concepts`: BioRED's pairs of concepts that stand in one sentence somewhere, against pairs with any finding of ours.
  Pairs of kinds that BioRED leaves out (two diseases, organisms, cell lines) count neither way.

A long form and the short form in brackets right after it count as one entity.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.pipeline import annotate, load
from extract.schema import CORE_TYPES, Document, Finding, Mention, MentionType

TYPES: dict[str, MentionType] = {
    "CELL": "CELL", "CELL_LINE": "CELL", "CYTOKINE": "CYTOKINE", "HORMONE": "HORMONE", "DISEASE": "DISEASE",
    "CANCER": "DISEASE", "PROTEIN": "PROTEIN", "PROTEIN_COMPLEX": "PROTEIN", "PROTEIN_PART": "PROTEIN",
    "CHEMICAL": "CHEMICAL", "ORGANISM": "ORGANISM", "ANATOMY": "TISSUE", "DNA": "PROTEIN", "RNA": "PROTEIN",
    "VARIANT": "PROTEIN",
}  # fmt: skip
SIGN = {"increases": "+", "decreases": "-", "affects": "0", "associated_with": "0"}
CORE = frozenset(CORE_TYPES)
PRODUCTION = frozenset({"Gene_expression", "Localization", "Transcription", "Translation", "Synthesis"})
# BioRED pairs genes, variants, chemicals and diseases, but no two diseases.
UNPAIRED = frozenset({"ORGANISM", "CELL", "TISSUE"})
Pair = tuple[str, str]


class Tally:
    """Right, made and gold of one measure."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, right: int, made: int, gold: int) -> None:
        self.counts.update({"right": right, "made": made, "gold": gold})

    def __str__(self) -> str:
        right, made, gold = (self.counts[k] for k in ("right", "made", "gold"))
        p, r = right / max(1, made), right / max(1, gold)
        f1 = 2 * p * r / max(1e-9, p + r)
        return f"P {p:.3f} R {r:.3f} F1 {f1:.3f}  (right {right}, made {made}, gold {gold})"


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


def entities_of(text: str, mentions: Iterable[Mention]) -> dict[str, str]:
    """Mention id to the id of its entity: of a short form in brackets that of the long form before it."""
    out: dict[str, str] = {}
    ends: dict[int, str] = {}
    for m in mentions:
        before = text[: m.start]
        long_form = ends.get(len(before.rstrip("( "))) if before.rstrip(" ").endswith("(") else None
        out[m.id] = out[long_form] if long_form and text[m.end : m.end + 1] == ")" else m.id
        ends[m.end] = m.id
    return out


def regulation(
    row: dict[str, Any],
    by_id: dict[str, Mention],
    entity: dict[str, str],
    found: list[Finding],
    tallies: dict[str, Tally],
) -> list[Pair]:
    """Counts one document; returns the missed pairs."""
    gold: dict[Pair, set[str]] = {}
    spared: set[Pair] = set()
    for r in row["relations"]:
        if r["type"] != "regulation" or r["head"] not in by_id or r["tail"] not in by_id or r.get("self"):
            continue
        pair = entity[r["head"]], entity[r["tail"]]
        if pair[0] == pair[1] or not (by_id[r["head"]].types | by_id[r["tail"]].types) & CORE:
            continue
        if r.get("head_how") == "direct" and r.get("sentence_distance") == 0:
            # A process without a polarity of its own ("binding") rises or falls with the event.
            gold.setdefault(pair, set()).add(r["sign_entity"] if r["sign_entity"] != "0" else r["sign"])
        else:
            spared.add(pair)
    made: dict[Pair, set[str]] = {}
    for f in found:
        pair = entity[f.subject], entity[f.object]
        if f.predicate not in SIGN or f.derived or pair[0] == pair[1]:
            continue
        if pair not in gold and (pair in spared or f.predicate == "associated_with"):
            continue
        made.setdefault(pair, set()).add(SIGN[f.predicate])
    pairs = [p for p in made if p in gold]
    tallies["regulation pair"].add(len(pairs), len(made), len(gold))
    signed = sum(bool(gold[p] & made[p]) for p in pairs)
    tallies["regulation signed"].add(signed, len(made), len(gold))
    loose = sum(bool(gold[p] & made[p]) or "0" in gold[p] for p in pairs)
    tallies["regulation signed, sign 0 open"].add(loose, len(made), len(gold))
    return [p for p in gold if p not in made]


def produces(
    row: dict[str, Any], by_id: dict[str, Mention], entity: dict[str, str], found: list[Finding], tally: Tally
) -> list[Pair]:
    """Counts one document; returns the missed pairs of cell and product."""
    gold: set[Pair] = set()
    spared: set[Pair] = set()
    for r in row["relations"]:
        if r["type"] != "location" or r["head"] not in by_id or r["tail"] not in by_id:
            continue
        cell, product = r["head"], r["tail"]
        if by_id[cell].type != "CELL":
            cell, product = product, cell
        if by_id[cell].type != "CELL" or by_id[product].type not in ("CYTOKINE", "HORMONE"):
            continue
        direct = r.get("sentence_distance") == 0 and r.get("tail_event") in PRODUCTION
        (gold if direct else spared).add((entity[cell], entity[product]))
    made = {
        (entity[f.subject], entity[f.object])
        for f in found
        if f.predicate == "produces"
        and by_id[f.subject].type == "CELL"
        and by_id[f.object].type in ("CYTOKINE", "HORMONE")
    }
    made -= spared - gold
    tally.add(len(made & gold), len(made), len(gold))
    return sorted(gold - made)


def concepts(row: dict[str, Any], by_id: dict[str, Mention], found: list[Finding], tallies: dict[str, Tally]) -> None:
    """Counts one document's pairs of concepts."""
    names = {e["id"]: set(e.get("norm") or ()) for e in row["entities"]}
    kinds: dict[str, set[str]] = {}
    for identifier, m in by_id.items():
        for name in names[identifier]:
            kinds.setdefault(_bare(name), set()).update(m.types)

    def pairable(pair: frozenset[str]) -> bool:
        both = [kinds.get(x, set()) for x in pair]
        if len(pair) != 2 or any(not k or k & UNPAIRED for k in both) or all("DISEASE" in k for k in both):
            return False
        return bool(set().union(*both) & CORE)

    gold: dict[frozenset[str], str] = {}
    for r in row["relations"]:
        pair = frozenset((_bare(r["head"]), _bare(r["tail"])))
        if r.get("sentence_distance") == 0 and pairable(pair):
            gold[pair] = r["sign"]
    made: dict[frozenset[str], set[str]] = {}
    for f in found:
        if f.derived:
            continue
        for a in names[f.subject]:
            for b in names[f.object]:
                pair = frozenset((_bare(a), _bare(b)))
                if pairable(pair):
                    sign = f.direction or "0" if f.predicate == "associated_with" else SIGN.get(f.predicate, "+")
                    made.setdefault(pair, set()).add(sign)
    right = [p for p in made if p in gold]
    tallies["concepts pair"].add(len(right), len(made), len(gold))
    tallies["concepts signed"].add(sum(gold[p] in made[p] for p in right), len(made), len(gold))


def _bare(identifier: str) -> str:
    """An identifier without its prefix: relations name the concept alone."""
    return identifier.rsplit(":", 1)[-1]


def show(row: dict[str, Any], by_id: dict[str, Mention], pair: Pair) -> None:
    """Prints a missed relation with the words around it."""
    a, b = by_id[pair[0]], by_id[pair[1]]
    lo, hi = min(a.start, b.start), max(a.end, b.end)
    print(f"{row['id']} {a.text} > {b.text}\n    {row['text'][max(0, lo - 60) : hi + 60]!r}")


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
    names = ("regulation pair", "regulation signed", "regulation signed, sign 0 open", "produces", "concepts pair",
             "concepts signed")  # fmt: skip
    tallies = {name: Tally() for name in names}
    shown = 0
    for row in rows[: args.docs]:
        mentions = mentions_of(row)
        by_id = {m.id: m for m in mentions}
        entity = entities_of(row["text"], mentions)
        found = annotate(nlp, Document(id=row["id"], text=row["text"], mentions=mentions), mentions="given").findings
        if any(r.get("level") == "document" for r in row["relations"]):
            concepts(row, by_id, found, tallies)
            continue
        missed = regulation(row, by_id, entity, found, tallies)
        missed += produces(row, by_id, entity, found, tallies["produces"])
        for pair in missed[: max(0, args.misses - shown)]:
            show(row, by_id, pair)
        shown += len(missed)
    for name, tally in tallies.items():
        if tally.counts["gold"]:
            print(f"{name:30s} {tally}")


if __name__ == "__main__":
    main()
