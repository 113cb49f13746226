from __future__ import annotations

import pytest
from report_docs import gold, pred

from extract.scoring import score
from extract.scoring_report.confidence import Judged, calibration, curve, judged, wilson
from extract.scoring_report.confusion import aligned


def test_the_whole_curve_starts_at_the_score_and_keeps_fewer_findings_at_each_step() -> None:
    scores = score(gold(), pred(), resamples=0)
    findings, support = judged(aligned(gold(), pred()))
    points = curve(findings, support)
    assert points[0].row == scores.headline
    assert [point.row.pred for point in points] == [4, 3, 2, 1]
    assert [point.row.tp for point in points] == [2, 2, 2, 1]
    assert points[1].threshold == pytest.approx(0.36)
    assert points[-1].row.p == 1.0
    assert {point.row.gold for point in points} == {scores.headline.gold}


def test_findings_of_one_confidence_give_one_point_and_none_give_none() -> None:
    assert len(curve([Judged(1.0, True), Judged(1.0, False)], 3)) == 1
    assert curve([], 3) == []


def test_what_is_derived_and_not_in_gold_is_not_judged() -> None:
    predicted = pred()
    predicted["training"].findings[1].derived = True
    findings, _ = judged(aligned(gold(), predicted))
    assert len(findings) == 3


def test_calibration_error_by_hand() -> None:
    findings = [Judged(0.95, True), Judged(0.85, True), Judged(0.85, False), Judged(0.25, False)]
    measured = calibration(findings)
    assert [(b.start, b.count, b.right) for b in measured.bins] == [(0.2, 1, 0), (0.8, 2, 1), (0.9, 1, 1)]
    assert measured.error == pytest.approx((1 * 0.25 + 2 * 0.35 + 1 * 0.05) / 4)
    assert measured.brier == pytest.approx((0.05**2 + 0.15**2 + 0.85**2 + 0.25**2) / 4)


def test_full_confidence_belongs_to_the_last_bin_and_nothing_to_none() -> None:
    assert calibration([Judged(1.0, True)]).bins[0].start == 0.9
    assert calibration([Judged(1.0, True)]).error == 0.0
    assert calibration([]).bins == ()


@pytest.mark.parametrize(("right", "count", "low", "high"), [(0, 4, 0.0, 0.4899), (8, 10, 0.4902, 0.9433)])
def test_wilson_interval(right: int, count: int, low: float, high: float) -> None:
    assert wilson(right, count) == pytest.approx((low, high), abs=1e-4)
