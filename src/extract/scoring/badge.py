"""A badge for a README: the headline score with its interval, as a small SVG of our own."""

from __future__ import annotations

from html import escape

from extract.scoring.gates import Verdict
from extract.scoring.scores import Scores

__all__ = ["badge", "to_badge"]

# White on each of these has a contrast above 4.5 (WCAG 2.1, level AA); blue and orange are told apart by
# people who cannot tell red from green.
_LABEL, _KEPT, _DROPPED = "#444444", "#1f6fa8", "#b34700"

_HEIGHT = 20
_WIDTH, _MARGIN = 6.6, 7  # of one character in an 11 px sans-serif, and beside a text; in px


def to_badge(scores: Scores, verdict: Verdict | None = None) -> str:
    """SVG text with the F1 of signed findings and its 95% interval; orange and marked where a gate failed."""
    span = scores.interval("findings.signed.f1")
    value = f"{scores.headline.f1:.2f}" + (f" ({span[0]:.2f}–{span[1]:.2f})" if span else "")
    dropped = verdict is not None and not verdict.passed
    return badge("findings F1", value + (" dropped" if dropped else ""), _DROPPED if dropped else _KEPT)


def badge(label: str, value: str, colour: str) -> str:
    """SVG text of a badge: `label` on grey, `value` on `colour`. No fonts or files are loaded."""
    widths = [round(len(text) * _WIDTH + 2 * _MARGIN) for text in (label, value)]
    whole = sum(widths)
    title = escape(f"{label}: {value}")
    # textLength makes a text fit its box whatever sans-serif font the reader's machine has.
    texts = "".join(
        f'<text x="{start + _MARGIN}" y="14" textLength="{width - 2 * _MARGIN}">{escape(text)}</text>'
        for start, width, text in zip((0, widths[0]), widths, (label, value), strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HEIGHT}" role="img" '
        f'aria-label="{title}"><title>{title}</title>'
        f'<clipPath id="r"><rect width="{whole}" height="{_HEIGHT}" rx="3"/></clipPath><g clip-path="url(#r)">'
        f'<rect width="{widths[0]}" height="{_HEIGHT}" fill="{_LABEL}"/>'
        f'<rect x="{widths[0]}" width="{widths[1]}" height="{_HEIGHT}" fill="{escape(colour)}"/></g>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">{texts}</g></svg>\n'
    )
