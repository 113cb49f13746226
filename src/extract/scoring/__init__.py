"""Scores, checks and agreement of gold and predictions. The rules are in docs/annotation.md, "Scoring".

The file check stands apart, as `extract.scoring.check.check`.
"""

from extract.scoring.adjudication import adjudicate, settle, write_jsonl
from extract.scoring.agreement import Agreement, Kappa, agree
from extract.scoring.badge import to_badge
from extract.scoring.count import score
from extract.scoring.description import Stats, stats
from extract.scoring.gates import Gate, Verdict, gate, read_gate
from extract.scoring.junit import to_junit
from extract.scoring.mistakes import Mistake, mistakes
from extract.scoring.reading import GoldDocument, gold_dict, read_gold
from extract.scoring.scores import Difference, Row, Scores
from extract.scoring.storing import read_scores, store
from extract.scoring.tables import render, to_csv, to_markdown

__all__ = [
    "Agreement",
    "Difference",
    "Gate",
    "GoldDocument",
    "Kappa",
    "Mistake",
    "Row",
    "Scores",
    "Stats",
    "Verdict",
    "adjudicate",
    "agree",
    "gate",
    "gold_dict",
    "mistakes",
    "read_gate",
    "read_gold",
    "read_scores",
    "render",
    "score",
    "settle",
    "stats",
    "store",
    "to_badge",
    "to_csv",
    "to_junit",
    "to_markdown",
    "write_jsonl",
]
