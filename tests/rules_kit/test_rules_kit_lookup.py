"""One finding by its id, or a message that helps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.errors import FormatError
from extract.rules_kit.lookup import find


def line(key: str, *findings: str, **more: Any) -> str:
    mentions = [
        {"id": "a", "type": "HORMONE", "fragments": [[0, 7]], "text": "Insulin"},
        {"id": "b", "type": "CYTOKINE", "fragments": [[14, 18]], "text": "IL-6"},
    ]
    found = [
        {"id": f, "subject": "a", "predicate": "decreases", "object": "b", "aspect": "level", "evidence": [0, 19]}
        for f in findings
    ]
    return json.dumps({"id": key, "text": "Insulin stops IL-6.", "mentions": mentions, "findings": found, **more})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "documents.jsonl"
    file.write_text(f"{line('x', 'fa1', 'fb2')}\n{line('y', 'fa12', 'same')}\n{line('z', 'same')}\n", encoding="utf-8")
    return file


def test_an_id_comes_before_what_begins_so(path: Path) -> None:
    document, finding = find(path, "fa1")
    assert (document.id, finding.id) == ("x", "fa1")


def test_the_beginning_is_enough_where_it_is_the_only_one(path: Path) -> None:
    assert find(path, "fb")[1].id == "fb2"
    with pytest.raises(FormatError, match=r"2 findings 'fa': fa1 of x, fa12 of y\. Give more of the id\."):
        find(path, "fa")


def test_the_same_id_in_two_documents(path: Path) -> None:
    with pytest.raises(FormatError, match=r"same of y, same of z\. Say in which with --document"):
        find(path, "same")
    assert find(path, "same", "z")[0].id == "z"


def test_an_unknown_id(path: Path) -> None:
    with pytest.raises(FormatError, match=r"no finding 'nope'\. There are fa1, fb2, "):
        find(path, "nope")
    with pytest.raises(FormatError, match=r"document 'q': no finding 'fa1'\. It holds no findings"):
        find(path, "fa1", "q")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", r"documents\.jsonl:1: not valid JSON"),
        (line("x", "f1", text=3), r"documents\.jsonl:1: text: .*corpus check"),
        (line("x", "f1", mentions=[]), r"documents\.jsonl:1: .*'a'"),
    ],
)
def test_faulty_files(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "documents.jsonl"
    file.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(FormatError, match=said):
        find(file, "f1")
