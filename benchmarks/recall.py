"""Precision against recall of core mentions at many limits, for README: a small JSON and its picture.

    python benchmarks/recall.py CORPORA GOLD ... [--leave-out 4:3] [--fold-weights FILE]
    python benchmarks/recall.py --draw

Measures every setting of --recall, and limits between (overlap scores): on gold files, and on the documents of public
corpora that the tagger was not trained on, for the types whose guidelines are near ours. Writes
benchmarks/recall.json; --draw makes docs/recall.svg of it. With --fold-weights (scripts/train_settlement.py) each
document is settled by weights fitted without it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from entities import read_corpus
from extract.entities.settling import Limits, Settler
from extract.pipeline import load
from extract.schema import CORE_TYPES, Document, MentionType
from extract.scoring import read_gold, score
from findings import kept, remainder

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "benchmarks" / "recall.json"
PICTURE = ROOT / "docs" / "recall.svg"
STEPS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
PUBLIC: Mapping[str, tuple[MentionType, ...]] = {
    "ncbi_disease": ("DISEASE",), "bc5cdr": ("DISEASE",), "biored": ("DISEASE",),
    "genia_event": ("CELL", "CYTOKINE"), "jnlpba": ("CELL", "CYTOKINE"),
}  # fmt: skip


def measure(args: argparse.Namespace) -> dict[str, Any]:
    """Precision, recall and F1 at each limit, for gold and for public corpora."""
    nlp = load()
    nlp.remove_pipe("immunolit_relations")
    nlp.remove_pipe("immunolit_parser")
    annotator = nlp.get_pipe("immunolit_entities").annotator
    settings = {name: row.mention for name, row in annotator.settler.limits.items()}
    parts = json.loads(args.fold_weights.read_text())["ours"] if args.fold_weights else [annotator.settler.weights]
    gold = {i: d for path in args.gold for i, d in read_gold(path).items() if kept(i, args.leave_out)}
    texts: dict[str, list[tuple[dict[str, Document], tuple[MentionType, ...]]]] = {"our gold": [(gold, CORE_TYPES)]}
    texts["public corpora"] = [
        (read_corpus(args.corpora / f"{name}.ner.jsonl", args.limit), kinds) for name, kinds in PUBLIC.items()
    ]
    points: dict[str, list[dict[str, float]]] = {name: [] for name in texts}
    for least in sorted({*STEPS, *settings.values()}):
        settlers = [Settler(weights, {"balanced": Limits(least)}) for weights in parts]
        for name, groups in texts.items():
            hit = made = wanted = 0
            for documents, kinds in groups:
                found = {}
                for key, document in documents.items():
                    annotator.settler = settlers[hashlib.md5(key.encode()).digest()[1] % len(settlers)]
                    found[key] = annotate_only(nlp, document)
                scores = score(documents, found, types=kinds, resamples=0)
                for row in (scores[f"mentions.overlap.{kind}"] for kind in kinds):
                    hit, made, wanted = hit + row.tp, made + row.pred, wanted + row.gold
            p, r = hit / made, hit / wanted
            point = {"limit": least, "p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4)}
            points[name].append(point)
    return {"settings": settings, "points": points}


def annotate_only(nlp: Any, document: Document) -> Document:
    """The document with mentions and nothing else."""
    doc = nlp(document.text)
    return Document(id=document.id, text=document.text, mentions=doc._.mentions)


def draw(data: Mapping[str, Any]) -> str:
    """The curves as SVG, the settings marked."""
    every = [p for row in data["points"].values() for p in row]
    low_r, low_p = (int(min(p[k] for p in every) * 20) / 20 for k in ("r", "p"))
    width, height, left, top = 560, 380, 60, 20
    inner_w, inner_h = width - left - 20, height - top - 50

    def place(point: Mapping[str, float]) -> tuple[float, float]:
        x = left + (point["r"] - low_r) / (1 - low_r) * inner_w
        y = top + (1 - point["p"]) / (1 - low_p) * inner_h
        return round(x, 1), round(y, 1)

    style = "font-family='system-ui,sans-serif' font-size='12' fill='#59636e'"
    out = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' "
        "aria-label='Precision against recall of core mentions'>",
        f"<rect width='{width}' height='{height}' fill='#fff'/>",
    ]
    for k in range(int(low_r * 20), 21):
        x, _ = place({"r": k / 20, "p": 1})
        out.append(f"<path d='M{x} {top}V{top + inner_h}' stroke='#d1d9e0' fill='none'/>")
        out.append(f"<text x='{x}' y='{top + inner_h + 18}' text-anchor='middle' {style}>{k / 20:.2f}</text>")
    for k in range(int(low_p * 20), 21):
        _, y = place({"r": low_r, "p": k / 20})
        out.append(f"<path d='M{left} {y}H{left + inner_w}' stroke='#d1d9e0' fill='none'/>")
        out.append(f"<text x='{left - 8}' y='{y + 4}' text-anchor='end' {style}>{k / 20:.2f}</text>")
    out.append(f"<text x='{left + inner_w / 2}' y='{height - 10}' text-anchor='middle' {style}>recall</text>")
    middle = top + inner_h / 2
    out.append(f"<text transform='translate(16 {middle}) rotate(-90)' text-anchor='middle' {style}>precision</text>")
    names = {limit: name for name, limit in data["settings"].items()}
    for (name, row), colour in zip(data["points"].items(), ("#0969da", "#bc4c00"), strict=True):
        line = " ".join(f"{x},{y}" for x, y in map(place, row))
        out.append(f"<polyline points='{line}' fill='none' stroke='{colour}' stroke-width='2'/>")
        for point in row:
            if point["limit"] in names:
                x, y = place(point)
                out.append(f"<circle cx='{x}' cy='{y}' r='4.5' fill='{colour}'/>")
                dx, dy, anchor = (-8, 16, "end") if names[point["limit"]] == "precise" else (7, -7, "start")
                label = f"<text x='{x + dx:.1f}' y='{y + dy:.1f}' text-anchor='{anchor}' {style}>"
                out.append(f"{label}{names[point['limit']]}</text>")
        x, y = place(min(row, key=lambda p: p["r"]))
        out.append(f"<text x='{x + 8:.1f}' y='{y - 6:.1f}' {style.replace('#59636e', colour)}>{name}</text>")
    return "\n".join([*out, "</svg>"]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="?", metavar="CORPORA")
    parser.add_argument("gold", type=Path, nargs="*", metavar="GOLD")
    parser.add_argument("--leave-out", type=remainder, metavar="M:R", help="gold documents to set aside, by number")
    parser.add_argument("--fold-weights", type=Path, metavar="FILE")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="documents of each corpus (default: all)")
    parser.add_argument("--draw", action="store_true", help="only make the picture")
    args = parser.parse_args()
    if not args.draw:
        if args.corpora is None or not args.gold:
            parser.error("name the folder of corpora and at least one gold file, or --draw")
        STORED.write_text(json.dumps(measure(args), indent=1) + "\n", encoding="utf-8")
    PICTURE.write_text(draw(json.loads(STORED.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
