"""What other programs and people get: JUnit, badge, and the tables of changes and gates."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

from rich.console import Console, RenderableType
from test_scoring_scores import corpus

from extract.scoring import Gate, Verdict, gate, score, to_badge, to_csv, to_junit
from extract.scoring.badge import badge
from extract.scoring.changes import (
    HEADLINES,
    changes,
    changes_to_markdown,
    render_changes,
    render_verdict,
    verdict_to_markdown,
)

F1 = "findings.signed.f1"
GOOD = score(*corpus(40, lambda n: True))
POOR = score(*corpus(40, lambda n: n % 3 == 0))
RUNS = {"end to end": POOR, "given <mentions>": GOOD}
ASKED = [
    Gate(F1, minimum=0.5, allowed_drop=0.05),
    Gate("findings.pair.f1", minimum=0.9),
    Gate(F1, minimum=0.9, run="given <mentions>"),
]
RED = gate(RUNS, ASKED, {"end to end": GOOD, "given <mentions>": GOOD})
GREEN = gate({"end to end": GOOD}, ASKED, {"end to end": GOOD})


def printed(what: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_gates_look_at_the_run_they_name_or_the_first() -> None:
    assert [(c.run, c.gate.name, c.passed) for c in RED.checks] == [
        ("end to end", F1, False),
        ("end to end", "findings.pair.f1", True),
        ("given <mentions>", F1, True),
    ]
    assert RED.exit_code == 1
    assert (GREEN.exit_code, GREEN.skipped) == (0, (ASKED[2],))


def test_junit_has_a_case_for_each_check_and_says_why_one_failed() -> None:
    root = ET.fromstring(to_junit(RUNS, RED))
    assert root.tag == "testsuites"
    assert {k: root.get(k) for k in ("tests", "failures", "errors")} == {
        "tests": "3", "failures": "1", "errors": "0"
    }  # fmt: skip
    suites = root.findall("testsuite")
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in suites] == [
        ("end to end", "2", "1"),
        ("given <mentions>", "1", "0"),
    ]
    (failure,) = root.iter("failure")
    assert failure.get("message") == "fell by 0.325, more than the allowed 0.050"
    assert "Before 1.000, change -0.325, 95% interval -0." in (failure.text or "")
    values = {p.get("name"): p.get("value") for p in suites[0].iter("property")}
    assert values[F1] == "0.675000"


def test_junit_without_a_gate_has_a_case_for_each_headline() -> None:
    root = ET.fromstring(to_junit({"": GOOD}))
    names = [case.get("name") for case in root.iter("testcase")]
    assert names == list(HEADLINES)
    assert root.get("failures") == "0"
    assert all((case.findtext("system-out") or "").startswith(("0.", "1.")) for case in root.iter("testcase"))


def test_junit_survives_names_that_xml_cannot_hold() -> None:
    (suite,) = ET.fromstring(to_junit({"a\x00b\ud800&<": GOOD})).findall("testsuite")
    assert suite.get("name") == "a?b?&<"


def test_badge_is_svg_that_says_the_score_without_colour() -> None:
    text = to_badge(POOR)
    root = ET.fromstring(text)
    span = POOR.interval(F1)
    assert span is not None
    title = root.findtext("{http://www.w3.org/2000/svg}title")
    assert title == f"findings F1: 0.68 ({span[0]:.2f}–{span[1]:.2f})" == root.get("aria-label")
    assert "dropped" not in text
    assert title in to_badge(POOR, GREEN).replace("&lt;", "<")
    assert "dropped" in to_badge(POOR, RED)
    assert to_badge(POOR, RED) == to_badge(POOR, RED)
    assert len(text) < 1000
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_badge_without_interval_and_with_odd_text() -> None:
    one = score(*corpus(1, lambda n: True))
    assert "findings F1: 1.00<" in to_badge(one)
    assert ET.fromstring(badge('a"<b>', "1 & 2", "#000")).get("aria-label") == 'a"<b>: 1 & 2'


def test_badge_colours_can_be_read() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    from extract.scoring.badge import _DROPPED, _KEPT, _LABEL

    for colour in (_LABEL, _KEPT, _DROPPED):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


def test_changes_say_what_is_beyond_chance() -> None:
    found = changes(POOR, GOOD)
    assert [d.metric for d in found] == list(HEADLINES)
    text = changes_to_markdown({"end to end": found})
    row = next(line for line in text.splitlines() if F1 in line)
    assert row.startswith(f"| end to end: {F1} | 1.000 | 0.675 | -0.325 | -0.4")
    assert row.endswith("| worse |")
    assert "mentions.overlap.micro.f1 | 1.000 | 1.000 | +0.000 | +0.000 to +0.000 | same |" in text
    assert "| better |" in changes_to_markdown({"": changes(GOOD, POOR)})
    hair = score(*corpus(40, lambda n: n != 7))
    assert "| within chance |" in changes_to_markdown({"": changes(hair, GOOD)})
    assert "worse" in printed(render_changes({"end to end": found}))


def test_verdict_for_people() -> None:
    red = verdict_to_markdown(RED)
    assert "Quality dropped: 1 of 3 gates failed." in red
    assert "| **fell by 0.325, more than the allowed 0.050** |" in red
    green = verdict_to_markdown(GREEN)
    assert "Quality kept: 2 gates passed." in green
    assert f"- Not checked, since there is no such run: given <mentions>: {F1}" in green
    assert "Quality dropped: 1 of 3" in printed(render_verdict(RED))
    assert "Quality kept" in printed(render_verdict(Verdict(GREEN.checks)))


def test_markdown_tables_are_rectangular() -> None:
    for text in (changes_to_markdown({"": changes(POOR, GOOD)}), verdict_to_markdown(RED)):
        widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
        assert len(widths) == 1


def test_csv_with_changes() -> None:
    found = {"end to end": POOR.compare(GOOD)}
    rows = list(csv.DictReader(io.StringIO(to_csv({"end to end": POOR}, found))))
    row = next(r for r in rows if r["key"] == "findings.signed")
    assert (row["f1"], row["f1_before"], row["f1_change"]) == ("0.675000", "1.000000", "-0.325000")
    assert float(row["f1_change_low"]) < -0.325 < float(row["f1_change_high"]) < 0
    cut = next(r for r in rows if "/rule=" in r["key"])
    assert (cut["f1_before"], cut["f1_change_high"]) == ("", "")
    assert "f1_before" not in to_csv({"end to end": POOR})
