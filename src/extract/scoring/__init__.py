"""Scores, checks and agreement of gold and predictions. See docs/annotation.md for the rules."""

from extract.scoring.count import score
from extract.scoring.reading import GoldDocument, gold_dict, read_gold
from extract.scoring.render import render, to_csv, to_markdown
from extract.scoring.scores import Difference, Row, Scores

__all__ = [
    "Difference",
    "GoldDocument",
    "Row",
    "Scores",
    "gold_dict",
    "read_gold",
    "render",
    "score",
    "to_csv",
    "to_markdown",
]
