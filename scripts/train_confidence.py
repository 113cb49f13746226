"""Trains the confidence of findings: extract/relations/confidence.json.

    python scripts/train_confidence.py GOLD.jsonl [GOLD.jsonl ...] [--seen 'dev-(?!..[37])'] [-o FILE]

A logistic regression with L2 penalty (scikit-learn) on the findings that the shipped pipeline makes of the gold
texts, end to end; a finding is accepted if it matches a gold finding at the signed level. Rules were made while
reading some of the documents, where they are therefore right more often: documents whose id matches --seen
carry an extra feature, which is left out of the shipped weights, and the odds are then stretched and shifted to those
of unseen documents, so that confidence speaks of unseen text.
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


def fit(
    x: np.ndarray,
    as_unseen: np.ndarray,
    y: np.ndarray,
    groups: np.ndarray,
    fresh: np.ndarray,
    penalty: float,
    bias: int,
) -> np.ndarray:
    """Weights, one a column: a logistic regression on all findings, stretched and shifted so that its odds are those of
    unseen documents (Platt 1999, "Probabilistic outputs for support vector machines"; predictions for the stretch come
    from weights fitted without the document). Column `bias` holds ones.
    """

    def logistic(rows: np.ndarray) -> np.ndarray:
        model = LogisticRegression(C=penalty, fit_intercept=False, max_iter=3000).fit(x[rows], y[rows])
        coefficients: np.ndarray = model.coef_[0]
        return coefficients

    score = np.zeros(len(y))
    for train, test in GroupKFold(n_splits=5).split(x, y, groups):
        score[test] = as_unseen[test] @ logistic(train)
    stretch = LogisticRegression(C=10.0).fit(score[fresh][:, None], y[fresh])
    weights = logistic(np.arange(len(y))) * stretch.coef_[0, 0]
    weights[bias] += stretch.intercept_[0]
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--seen", default="", help="regular expression for ids of documents that rule writers read")
    parser.add_argument("--penalty", type=float, default=0.3, help="inverse strength C of the L2 penalty")
    parser.add_argument("--fewest", type=int, default=60, help="findings that must have a feature")
    parser.add_argument("-o", "--output", type=Path, default=Path("src/extract/relations/confidence.json"))
    args = parser.parse_args()
    rows, labels, groups, seen = collect(args.gold, args.seen)
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    rows = [{k: v for k, v in row.items() if counts[k] >= args.fewest} for row in rows]
    vectorizer = DictVectorizer(sparse=False, sort=True)
    x, y = vectorizer.fit_transform(rows), np.array(labels)
    names = list(vectorizer.get_feature_names_out())
    fresh, parts = ~np.array(seen), np.array(groups)
    as_unseen = x.copy()
    if SEEN in names:
        as_unseen[:, names.index(SEEN)] = 0.0
    held = np.zeros(len(y))
    bias = names.index("bias")
    for train, test in GroupKFold(n_splits=10).split(x, y, parts):
        weights = fit(
            x[train], as_unseen[train], y[train], parts[train], fresh[train], args.penalty, names.index("bias")
        )
        held[test] = 1.0 / (1.0 + np.exp(-as_unseen[test] @ weights))
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
    found = fit(x, as_unseen, y, parts, fresh, args.penalty, bias)
    kept = {n: round(float(w), 4) for n, w in zip(names, found, strict=True) if n != SEEN}
    out = {"made_by": "scripts/train_confidence.py", "measured": report, "weights": kept}
    args.output.write_text(json.dumps(out, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
