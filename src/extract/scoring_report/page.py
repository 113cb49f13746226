"""Put the page together: one HTML file that loads nothing and runs nothing but its own scripts."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from extract.schema import MENTION_TYPES, PREDICATES, Document
from extract.scoring import Mistake, Scores
from extract.scoring_report import charts, collect
from extract.scoring_report.confidence import calibration, curve, judged
from extract.scoring_report.confusion import NONE, aligned, confusions
from extract.scoring_report.errors import Card, cards, listed
from extract.writers.markup import clean

__all__ = ["MAX_ERRORS", "render", "require_charts"]

_HERE = Path(__file__).parent
# A browser stays quick with this many mistakes on one page.
MAX_ERRORS = 3000
_WORST_RULES = 15


def require_charts() -> None:
    """Raise ConfigError unless what draws the charts is installed: worth knowing before a long run."""
    charts.library()


def render(
    gold: Mapping[str, Document],
    pred: Mapping[str, Document],
    scores: Scores,
    about: collect.About,
    *,
    given: Scores | None = None,
    max_errors: int = MAX_ERRORS,
) -> str:
    """The report on `pred` against `gold`, whose `scores` are given, as one HTML page.

    `given`: scores of the same pipeline with the gold's mentions, to stand beside the others. Of more than
    `max_errors` mistakes, an even sample is shown, and the page says so. The same input gives the same bytes.
    Raises ConfigError where altair or vl-convert is missing.
    """
    alignments = aligned(gold, pred)
    every = listed(gold, pred)
    shown = cards(_sample(every, max_errors), alignments)
    findings, support = judged(alignments)
    points, reliability = curve(findings, support), calibration(findings)
    types, predicates = confusions(alignments)
    library, style, script = charts.library(), _asset("page.css"), _asset("page.js")
    specifications = charts.specifications(points, reliability)
    rules = collect.rules(scores)
    return _environment().get_template("page.html.j2").render(
        about=about, scores=scores, headline=scores.headline,
        headline_interval=scores.interval("findings.signed.f1"),
        counts=collect.tally(gold, pred), tables=collect.tables(scores, given),
        documents=collect.documents(gold, scores, every),
        points=points, reliability=reliability, types=types, predicates=predicates, absent=NONE,
        rules=rules, worst=_WORST_RULES, most=max((line.row.pred for line in rules), default=0),
        cards=shown, total=len(every), kinds=Counter((mistake.what, mistake.kind) for mistake in every),
        filters=_filters(shown), titles={key: d.meta.title or key for key, d in gold.items()},
        charts={name: _data(chart) for name, chart in specifications.items()},
        library=Markup(library), style=Markup(style), script=Markup(script),
        style_hash=_hash(style), script_hashes=[_hash(library), _hash(script)],
    )  # fmt: skip


def _sample(every: Sequence[Mistake], most: int) -> list[Mistake]:
    if len(every) <= most:
        return list(every)
    return [every[n * len(every) // most] for n in range(most)]


def _filters(shown: Sequence[Card]) -> dict[str, list[tuple[str, int]]]:
    """The values to filter by, with their counts, in the order of the vocabularies."""
    groups: dict[str, Counter[str]] = {
        "what": Counter(card.what for card in shown),
        "kind": Counter(card.kind for card in shown),
        "differs": Counter(name for card in shown for name in card.differs),
        "type": Counter(name for card in shown for name in card.types),
        "predicate": Counter(name for card in shown for name in card.predicates),
        "rule": Counter(card.rule for card in shown if card.rule),
        "doc": Counter(card.document for card in shown),
    }
    orders: dict[str, Sequence[str]] = {
        "what": ("finding", "mention"),
        "kind": ("missed", "spurious", "wrong"),
        "differs": ("predicate", "direction", "negated", "aspect", "certainty", "borders"),
        "type": MENTION_TYPES,
        "predicate": PREDICATES,
        "rule": sorted(groups["rule"]),
        "doc": list(groups["doc"]),
    }
    return {name: [(value, groups[name][value]) for value in orders[name] if groups[name][value]] for name in groups}


def _data(chart: Mapping[str, Any]) -> Markup:
    text = json.dumps(chart, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Inside a script element "</script" would end it, and "<!--" would hide what follows.
    return Markup(text.replace("<", "\\u003c"))


def _breakable(name: str) -> Markup:
    """A rule's name, which may go on in the next line between its parts."""
    return Markup(re.sub(r"([/:._])", r"\1<wbr>", str(escape(clean(name)))))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["clean"] = lambda value: clean(str(value))
    environment.filters["breakable"] = _breakable
    environment.filters["words"] = lambda value: clean(str(value)).replace("_", " ").lower()
    return environment


def _asset(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
