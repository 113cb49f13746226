"""Trains the confidence of findings: extract/relations/confidence.json.

    python scripts/train_confidence.py GOLD.jsonl [GOLD.jsonl ...] [--seen 'dev-(?!..[37])'] [-o FILE]

A logistic regression with L2 penalty (scikit-learn) on the findings that the shipped pipeline makes of the gold
texts, end to end; a finding is accepted if it matches a gold finding at the signed level. Rules were made while
reading some of the documents, where they are therefore right more often: documents whose id matches --seen
carry an extra feature, which is left out of the shipped weights, so that confidence speaks of unseen text.
Calibration is measured by cross-validation over documents, on the unseen ones: expected calibration error
(Naeini et al. 2015, ten bins of equal width) and precision above thresholds.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from extract.pipeline import RelationsComponent, load
from extract.relations.assembler import choose
from extract.schema import Document
from extract.scoring import mistakes, read_gold

SEEN = "document seen by rule writers"


def collect(paths: list[Path], seen: str) -> tuple[list[dict[str, float]], list[int], list[str], list[bool]]:
    """Features, labels, document ids and whether the document was seen, of every finding that counts."""
    nlp = load()
    relations: RelationsComponent = nlp.get_pipe("immunolit_relations")
    rows: list[dict[str, float]] = []
    labels: list[int] = []
    groups: list[str] = []
    was_seen: list[bool] = []
    for path in paths:
        for name, gold in read_gold(path).items():
            doc = nlp(gold.text)
            chosen = choose(
                relations.extractor.statements(doc.text, doc._.trees, doc._.mentions, doc._.sections), doc._.mentions
            )
            findings = doc._.findings
            pred = Document(id=name, text=gold.text, mentions=doc._.mentions, findings=findings)
            found = mistakes({name: gold}, {name: pred}, level="signed") if findings else []
            wrong = {m.pred.id for m in found if m.what == "finding" and m.pred is not None}
            known = bool(seen) and re.search(seen, name) is not None
            for c, f in zip(chosen, findings, strict=True):
                if f.derived:
                    continue
                rows.append({**c.features, **({SEEN: 1.0} if known else {})})
                labels.append(int(f.id not in wrong))
                groups.append(f"{path.stem}/{name}")
                was_seen.append(known)
    return rows, labels, groups, was_seen


def ece(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    cell = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(p[cell == b].mean() - y[cell == b].mean()) * (cell == b).mean()
            for b in range(bins)
            if (cell == b).any()
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--seen", default="", help="regular expression for ids of documents that rule writers read")
    parser.add_argument("--penalty", type=float, default=0.3, help="inverse strength C of the L2 penalty")
    parser.add_argument("-o", "--output", type=Path, default=Path("src/extract/relations/confidence.json"))
    args = parser.parse_args()
    rows, labels, groups, seen = collect(args.gold, args.seen)
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    rows = [{k: v for k, v in row.items() if counts[k] >= 5} for row in rows]
    vectorizer = DictVectorizer(sparse=False, sort=True)
    x, y = vectorizer.fit_transform(rows), np.array(labels)
    held = np.zeros(len(y))
    for train, test in GroupKFold(n_splits=10).split(x, y, groups):
        model = LogisticRegression(C=args.penalty, fit_intercept=False, max_iter=2000).fit(x[train], y[train])
        z = x[test].copy()
        held[test] = model.predict_proba(z)[:, 1]
    fresh = ~np.array(seen)
    names = list(vectorizer.get_feature_names_out())
    if SEEN in names:
        k = names.index(SEEN)
        for train, test in GroupKFold(n_splits=10).split(x, y, groups):
            model = LogisticRegression(C=args.penalty, fit_intercept=False, max_iter=2000).fit(x[train], y[train])
            z = x[test].copy()
            z[:, k] = 0.0
            held[test] = np.where(fresh[test], model.predict_proba(z)[:, 1], held[test])
    report = {
        "findings": len(y),
        "documents": len(set(groups)),
        "unseen findings": int(fresh.sum()),
        "accepted of unseen": round(float(y[fresh].mean()), 3),
        "ece of unseen": round(ece(held[fresh], y[fresh]), 3),
        "precision of unseen above": {
            str(t): [round(float(y[fresh & (held >= t)].mean()), 3), int((fresh & (held >= t)).sum())]
            for t in (0.5, 0.6, 0.7, 0.8, 0.9)
            if (fresh & (held >= t)).any()
        },
    }
    model = LogisticRegression(C=args.penalty, fit_intercept=False, max_iter=2000).fit(x, y)
    weights = {n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True) if n != SEEN}
    out = {"made_by": "scripts/train_confidence.py", "measured": report, "weights": weights}
    args.output.write_text(json.dumps(out, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
