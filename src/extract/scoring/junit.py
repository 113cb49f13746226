"""Scores as a JUnit file, the form in which build servers show which checks failed.

The element names are those of the Ant JUnit task, which Jenkins, GitLab and others read. Times are left out:
the same scores give the same bytes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from extract.scoring.changes import HEADLINES
from extract.scoring.gates import Check, Verdict
from extract.scoring.scores import Scores

__all__ = ["to_junit"]

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(runs: Mapping[str, Scores], verdict: Verdict | None = None) -> str:
    """XML text with one suite for each run: the gate's checks as test cases, the headline metrics as properties.

    Without a verdict each headline metric is a case of its own that passes, so that its value can be followed.
    """
    root = ET.Element("testsuites", name="immunolit score")
    total = failed = 0
    for name, scores in runs.items():
        suite = ET.SubElement(root, "testsuite", name=_safe(name or "scores"))
        properties = ET.SubElement(suite, "properties")
        metrics = [m for m in HEADLINES if m.rpartition(".")[0] in scores.keys]
        for metric in metrics:
            ET.SubElement(properties, "property", name=metric, value=f"{scores.value(metric):.6f}")
        checks = [c for c in verdict.checks if c.run == name] if verdict is not None else []
        if verdict is None:
            for metric in metrics:
                case = _case(suite, name, metric)
                ET.SubElement(case, "system-out").text = _told(scores, metric)
        for check in checks:
            case = _case(suite, name, check.gate.name)
            if check.passed:
                ET.SubElement(case, "system-out").text = _told(scores, check.gate.name)
            else:
                failure = ET.SubElement(case, "failure", message=check.reason, type="QualityDropped")
                failure.text = _explained(check, scores)
        cases, bad = (len(checks), sum(not c.passed for c in checks)) if verdict else (len(metrics), 0)
        _count(suite, cases, bad)
        total, failed = total + cases, failed + bad
    _count(root, total, failed)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(suite: ET.Element, run: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_safe(run or "scores"), name=name)


def _told(scores: Scores, metric: str) -> str:
    span = scores.interval(metric)
    between = f", 95% interval {span[0]:.3f} to {span[1]:.3f}" if span else ""
    return f"{scores.value(metric):.3f}{between}"


def _explained(check: Check, scores: Scores) -> str:
    lines = [f"{check.gate.name}: {check.reason}.", f"Now {_told(scores, check.gate.name)}."]
    d = check.difference
    if d is not None:
        between = f", 95% interval {d.low:+.3f} to {d.high:+.3f}" if d.low is not None else ""
        lines.append(f"Before {d.before:.3f}, change {d.change:+.3f}{between}.")
    return "\n".join(lines)


def _count(element: ET.Element, cases: int, failed: int) -> None:
    for name, value in (("tests", cases), ("failures", failed), ("errors", 0)):
        element.set(name, str(value))


def _safe(text: str) -> str:
    return _FORBIDDEN.sub("?", text)
