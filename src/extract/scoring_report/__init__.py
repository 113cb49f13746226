"""The quality report: one HTML page with the scores of a prediction, charts, and every mistake in its sentence.

It stands above `extract.scoring`, which counts, and `extract.writers`, whose words and escaping it uses.
"""

from extract.scoring_report.collect import About
from extract.scoring_report.page import render, require_charts

__all__ = ["About", "render", "require_charts"]
