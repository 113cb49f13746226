"""The charts, as Vega-Lite specifications that altair makes, and the JavaScript that draws them.

Colours are left to the page, which knows whether it is light or dark: marks have style names or take colours
from the category range, and the page's script gives both in Vega's configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from extract.errors import ConfigError
from extract.scoring_report.confidence import Calibration, Point

__all__ = ["library", "specifications"]

_UNIT = [0.0, 1.0]
_TICKS = 5
_HEIGHT = 300


def library() -> str:
    """Vega, Vega-Lite and Vega-Embed in one script, as vl-convert carries them.

    Raises ConfigError where the packages that draw charts are not installed.
    """
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise ConfigError(
            f"The report needs the package {error.name}, which is not installed.",
            reason="charts",
            remedy='Install it with: pip install "immunolit[report]"',
        ) from error
    return _bundle(altair.SCHEMA_VERSION, vl_convert.javascript_bundle)


@cache
def _bundle(version: str, bundle: Callable[..., str]) -> str:
    # Made anew each time otherwise, which takes seconds. The version is the one that altair writes for.
    return bundle("window.vegaEmbed = vegaEmbed;", vl_version=".".join(version.split(".")[:2]))


def specifications(points: Sequence[Point], calibration: Calibration) -> dict[str, dict[str, Any]]:
    """Vega-Lite specifications by the id of the place where they stand; none that would be empty."""
    charts: dict[str, Any] = {}
    if points:
        charts["curve"] = _curve(points)
        charts["thresholds"] = _thresholds(points)
    if calibration.count:
        charts["reliability"] = _reliability(calibration)
        charts["spread"] = _spread(calibration)
    return {name: _plain(chart.to_dict()) for name, chart in charts.items()}


def _plain(specification: Mapping[str, Any]) -> dict[str, Any]:
    # The schema's address would be the page's only one, and altair's default theme would fight the page's.
    return {key: value for key, value in specification.items() if key not in ("$schema", "config")}


def _rows(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [
        {
            "order": n, "threshold": point.threshold, "precision": round(point.row.p, 4),
            "recall": round(point.row.r, 4), "f1": round(point.row.f1, 4), "kept": point.row.pred,
        }
        for n, point in enumerate(points)
    ]  # fmt: skip


def _curve(points: Sequence[Point]) -> Any:
    import altair as alt

    tooltip = [
        alt.Tooltip("threshold:Q", title="Confidence at least", format=".2f"),
        alt.Tooltip("precision:Q", title="Precision", format=".3f"),
        alt.Tooltip("recall:Q", title="Recall", format=".3f"),
        alt.Tooltip("f1:Q", title="F1", format=".3f"),
        alt.Tooltip("kept:Q", title="Findings kept"),
    ]
    base = alt.Chart(alt.InlineData(_rows(points))).encode(
        x=_unit(alt.X("recall:Q", title="Recall")),
        y=_unit(alt.Y("precision:Q", title="Precision")),
    )
    line = base.mark_line(style="first").encode(order="order:Q")
    dots = base.mark_point(style="dot", size=28).encode(tooltip=tooltip)
    whole = (
        base.transform_filter("datum.order === 0")
        .mark_text(align="right", dx=-9, dy=14, style="note")
        .encode(text=alt.value("all findings"))
    )
    return _sized(alt.layer(line, dots, whole), "Precision against recall as the confidence threshold rises")


def _thresholds(points: Sequence[Point]) -> Any:
    import altair as alt

    names = {"precision": "Precision", "recall": "Recall", "f1": "F1"}
    rows = [
        {"threshold": row["threshold"], "kept": row["kept"], "measure": label, "value": row[key]}
        for row in _rows(points)
        for key, label in names.items()
    ]
    order = list(names.values())
    chart = (
        alt.Chart(alt.InlineData(rows))
        .mark_line(point=alt.OverlayMarkDef(size=22))
        .encode(
            x=_unit(alt.X("threshold:Q", title="Confidence at least")),
            y=_unit(alt.Y("value:Q", title=None)),
            # The page has the legend: Vega-Lite would give one for colours and one for shapes.
            color=alt.Color("measure:N", sort=order, legend=None),
            strokeDash=alt.StrokeDash("measure:N", sort=order, legend=None),
            shape=alt.Shape("measure:N", sort=order, legend=None),
            tooltip=[
                alt.Tooltip("measure:N", title="Measure"),
                alt.Tooltip("value:Q", title="Value", format=".3f"),
                alt.Tooltip("threshold:Q", title="Confidence at least", format=".2f"),
                alt.Tooltip("kept:Q", title="Findings kept"),
            ],
        )
    )  # fmt: skip
    return _sized(chart, "Precision, recall and F1 by confidence threshold")


def _bins(calibration: Calibration) -> list[dict[str, Any]]:
    return [
        {
            "bin": f"{b.start:.1f} to {b.end:.1f}", "start": b.start, "end": b.end,
            "confidence": round(b.confidence, 4), "accuracy": round(b.accuracy, 4),
            "low": round(b.low, 4), "high": round(b.high, 4), "count": b.count, "right": b.right,
        }
        for b in calibration.bins
    ]  # fmt: skip


def _reliability(calibration: Calibration) -> Any:
    import altair as alt

    x = _unit(alt.X("confidence:Q", title="Mean confidence"))
    y = _unit(alt.Y("accuracy:Q", title="Share that gold has"))
    ideal = (
        alt.Chart(alt.InlineData([{"confidence": v, "accuracy": v} for v in _UNIT]))
        .mark_line(style="ideal")
        .encode(x=x, y=y)
    )
    base = alt.Chart(alt.InlineData(_bins(calibration))).encode(x=x)
    bars = base.mark_rule(style="span").encode(y=_unit(alt.Y("low:Q", title="Share that gold has")), y2="high:Q")
    line = base.mark_line(style="first").encode(y=y)
    dots = base.mark_point(style="dot").encode(
        y=y,
        size=alt.Size("count:Q", legend=None, scale=alt.Scale(range=[40, 260], domainMin=0)),
        tooltip=[
            alt.Tooltip("bin:N", title="Confidence"),
            alt.Tooltip("confidence:Q", title="Mean", format=".3f"),
            alt.Tooltip("accuracy:Q", title="Share that gold has", format=".3f"),
            alt.Tooltip("right:Q", title="Right"),
            alt.Tooltip("count:Q", title="Findings"),
        ],
    )
    return _sized(alt.layer(ideal, bars, line, dots), "Share of right findings against their mean confidence")


def _spread(calibration: Calibration) -> Any:
    import altair as alt

    rows = [
        {"start": b["start"], "end": b["end"], "bin": b["bin"], "kind": kind, "count": count, "order": n}
        for b in _bins(calibration)
        for n, (kind, count) in enumerate((("right", b["right"]), ("not in gold", b["count"] - b["right"])))
    ]
    chart = (
        alt.Chart(alt.InlineData(rows))
        .mark_bar()
        .encode(
            x=_unit(alt.X("start:Q", title="Confidence", bin="binned")),
            x2="end:Q",
            y=alt.Y("count:Q", title="Findings", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("kind:N", title=None, sort=["right", "not in gold"], legend=alt.Legend(orient="top")),
            order="order:Q",
            tooltip=[
                alt.Tooltip("bin:N", title="Confidence"),
                alt.Tooltip("kind:N", title="Kind"),
                alt.Tooltip("count:Q", title="Findings"),
            ],
        )
    )  # fmt: skip
    return _sized(chart, "How many findings have which confidence, right and not in gold")


def _unit(channel: Any) -> Any:
    """An axis from 0 to 1."""
    import altair as alt

    return channel.scale(domain=_UNIT).axis(alt.Axis(tickCount=_TICKS))


def _sized(chart: Any, description: str) -> Any:
    return chart.properties(width="container", height=_HEIGHT, description=description)
