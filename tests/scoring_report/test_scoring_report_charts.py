from __future__ import annotations

import json
import sys

import pytest

from extract.errors import ConfigError
from extract.scoring.scores import Row
from extract.scoring_report.charts import library, specifications
from extract.scoring_report.confidence import Judged, Point, calibration

POINTS = [Point(0.0, Row(2, 4, 6)), Point(0.5, Row(2, 2, 6))]
CALIBRATION = calibration([Judged(0.95, True), Judged(0.35, False)])


def test_each_chart_holds_its_numbers_and_names_no_address() -> None:
    made = specifications(POINTS, CALIBRATION)
    assert sorted(made) == ["curve", "reliability", "spread", "thresholds"]
    assert "://" not in json.dumps(made)
    (values,) = made["curve"]["datasets"].values()
    assert [(row["precision"], row["recall"]) for row in values] == [(0.5, 0.3333), (1.0, 0.3333)]


def test_the_same_numbers_give_the_same_charts() -> None:
    assert json.dumps(specifications(POINTS, CALIBRATION)) == json.dumps(specifications(POINTS, CALIBRATION))


def test_no_numbers_give_no_charts() -> None:
    assert specifications([], calibration([])) == {}


def test_the_library_can_stand_inside_a_script_element() -> None:
    text = library()
    assert "vegaEmbed" in text
    assert "</script" not in text.lower()
    assert "<!--" not in text


@pytest.mark.parametrize("name", ["altair", "vl_convert"])
def test_a_missing_package_is_named_with_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ConfigError, match=name) as error:
        library()
    assert "immunolit[report]" in str(error.value)
