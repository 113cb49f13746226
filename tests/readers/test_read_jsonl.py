"""JSON Lines: each line is read or refused by itself; given mentions and findings are checked and kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extract.readers import Failure, Limits, read_bytes
from extract.schema import Document

TEXT = "Irisin raises IL-10 in naïve 🐭 cells."


def one(record: dict[str, Any]) -> Document | Failure:
    (item,) = read_bytes(json.dumps(record).encode(), "a.jsonl")
    return item


def document(record: dict[str, Any]) -> Document:
    item = one(record)
    assert isinstance(item, Document), item
    return item


def failure(record: dict[str, Any]) -> Failure:
    item = one(record)
    assert isinstance(item, Failure), item
    return item


def mention(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"id": "m1", "type": "CYTOKINE", "fragments": [[start, end]], "text": TEXT[start:end]} | more


def test_text_is_kept_to_the_letter() -> None:
    text = "  IL-6\r\nrises.\u00a0 "
    assert document({"id": "a", "text": text}).text == text


def test_numbers_are_ids_too() -> None:
    assert document({"id": 26895752, "text": TEXT}).id == "26895752"


def test_metadata_from_the_line_and_from_meta() -> None:
    meta = document(
        {"id": "a", "text": TEXT, "year": 2019, "title": "T", "meta": {"journal": "Cell", "lab": "x", "doi": None}}
    ).meta
    assert (meta.year, meta.title, meta.journal, meta.doi) == ("2019", "T", "Cell", "")
    assert meta.model_dump()["lab"] == "x"


def test_the_path_is_where_it_came_from() -> None:
    assert document({"id": "a", "text": TEXT, "meta": {"path": "elsewhere"}}).meta.path == "a.jsonl"


def test_gold_documents_keep_mentions_findings_and_sections() -> None:
    finding = {
        "id": "f1", "subject": "m1", "predicate": "increases", "object": "m2", "aspect": "level", "direction": None,
        "negated": False, "certainty": "asserted", "context": [], "quantity": None, "evidence": [0, 37],
        "derived": False,
    }  # fmt: skip
    doc = document({
        "id": "a", "text": TEXT, "mentions": [mention(0, 6), mention(14, 19, id="m2")], "findings": [finding],
        "sections": [{"kind": "title", "start": 0, "end": 37}],
    })  # fmt: skip
    assert [m.text for m in doc.mentions] == ["Irisin", "IL-10"]
    assert doc.findings[0].evidence == (0, 37)
    assert [s.kind for s in doc.sections] == ["title"]


def test_start_and_end_do_for_fragments_and_text() -> None:
    doc = document({"id": "a", "text": TEXT, "mentions": [{"id": "m1", "type": "CYTOKINE", "start": 14, "end": 19}]})
    assert doc.mentions[0].fragments == [(14, 19)]
    assert doc.mentions[0].text == "IL-10"


def test_fragments_are_joined_by_an_ellipsis() -> None:
    given = mention(0, 6, fragments=[[0, 6], [14, 19]], text="Irisin … IL-10")
    assert document({"id": "a", "text": TEXT, "mentions": [given]}).mentions[0].text == "Irisin … IL-10"


@pytest.mark.parametrize(
    ("mentions", "reason", "says"),
    [
        ([mention(0, 6, text="irisin")], "bad_offsets", 'where "Irisin" stands'),
        ([mention(30, 99, text="x")], "bad_offsets", "does not lie in the text of 37 code points"),
        ([mention(5, 5)], "bad_offsets", "does not lie"),
        ([mention(0, 6, fragments=[[14, 19], [0, 6]])], "bad_offsets", "not sorted"),
        ([mention(0, 6), mention(14, 19)], "bad_field", 'two mentions have the id "m1"'),
        ([mention(0, 6, type="GENE")], "bad_field", '"mentions.0.type"'),
        ([{"id": "m1", "type": "CELL"}], "bad_field", "mentions.0"),
        (["irisin"], "bad_field", "a mention is a str"),
        ({}, "", ""),
        ({"a": 1}, "bad_field", '"mentions" is a dict'),
    ],
)
def test_faults_of_mentions_are_named(mentions: Any, reason: str, says: str) -> None:
    item = one({"id": "a", "text": TEXT, "mentions": mentions})
    if not reason:
        assert isinstance(item, Document)
        return
    assert isinstance(item, Failure)
    assert item.reason == reason
    assert says in item.message
    assert item.remedy


@pytest.mark.parametrize(("encoding", "step", "unit"), [("utf-8", 1, "UTF-8 bytes"), ("utf-16-le", 2, "UTF-16 units")])
def test_offsets_in_other_units_are_recognised(encoding: str, step: int, unit: str) -> None:
    start = len(TEXT[: TEXT.index("cells")].encode(encoding)) // step
    wrong = mention(0, 5, fragments=[[start, start + 5]], text="cells")
    assert unit in failure({"id": "a", "text": TEXT + " More.", "mentions": [wrong]}).remedy


def test_findings_must_name_mentions() -> None:
    finding = {
        "id": "f1",
        "subject": "m1",
        "predicate": "increases",
        "object": "m9",
        "aspect": "level",
        "evidence": [0, 5],
    }
    item = failure({"id": "a", "text": TEXT, "mentions": [mention(0, 6)], "findings": [finding]})
    assert item.reason == "bad_field"
    assert 'unknown mention "m9"' in item.message


def test_evidence_must_lie_in_the_text() -> None:
    finding = {
        "id": "f1",
        "subject": "m1",
        "predicate": "increases",
        "object": "m1",
        "aspect": "level",
        "evidence": [0, 500],
    }
    item = failure({"id": "a", "text": TEXT, "mentions": [mention(0, 6)], "findings": [finding]})
    assert item.reason == "bad_offsets"
    assert "evidence [0, 500]" in item.message


def test_sections_must_not_overlap() -> None:
    given = [{"kind": "title", "start": 0, "end": 9}, {"kind": "body", "start": 5, "end": 20}]
    assert failure({"id": "a", "text": TEXT, "sections": given}).reason == "bad_offsets"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"text": TEXT}, "missing_field"),
        ({"id": "a"}, "missing_field"),
        ({"id": "", "text": TEXT}, "missing_field"),
        ({"id": "a", "text": ""}, "empty"),
        ({"id": "a", "text": " \n"}, "empty"),
        ({"id": "a", "text": 5}, "bad_field"),
        ({"id": ["a"], "text": TEXT}, "bad_field"),
        ({"id": True, "text": TEXT}, "bad_field"),
        ({"id": "a", "text": TEXT, "meta": "x"}, "bad_field"),
        ({"id": "a", "text": TEXT, "meta": {"title": ["x"]}}, "bad_field"),
        ({"id": "a", "text": "half a pair \ud83d here"}, "bad_encoding"),
    ],
)
def test_faults_of_lines(record: dict[str, Any], reason: str) -> None:
    item = failure(record)
    assert item.reason == reason
    assert "Line 1" in item.message


def test_bad_lines_are_counted_and_the_others_read() -> None:
    lines = [
        b'{"id": "a", "text": "IL-6 rises."}', b"", b'{"id": "b", "text": ', b"[1, 2]",
        b'{"id": "c", "text": "na\xefve"}',
        b"[" * 50_000, b'{"id": "d", "text": "IL-2 falls."}',
    ]  # fmt: skip
    items = list(read_bytes(b"\n".join(lines), "some/a.jsonl"))
    assert [i.id for i in items if isinstance(i, Document)] == ["a", "d"]
    failures = [i for i in items if isinstance(i, Failure)]
    assert [i.reason for i in failures] == ["broken_json", "broken_json", "bad_encoding", "broken_json"]
    assert failures[0].id == "some/a.jsonl:3"
    assert "Line 3 is not JSON" in failures[0].message
    assert all(i.path == "some/a.jsonl" for i in failures)


def test_a_line_over_the_limit_is_passed_over() -> None:
    data = b'{"id": "a", "text": "' + b"x" * 5000 + b'"}\n{"id": "b", "text": "IL-6 rises."}\n'
    first, second = read_bytes(data, "a.jsonl", limits=Limits(max_bytes=1000))
    assert isinstance(first, Failure)
    assert first.reason == "too_large"
    assert isinstance(second, Document)


def test_the_same_id_twice_is_refused_the_second_time() -> None:
    line = b'{"id": "a", "text": "IL-6 rises."}\n'
    first, second = read_bytes(line * 2, "a.jsonl")
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert second.reason == "duplicate_id"
    assert "line 1" in second.message


def test_utf16_is_refused_with_a_remedy() -> None:
    (item,) = read_bytes('{"id": "a", "text": "IL-6 rises."}'.encode("utf-16"), "a.jsonl")
    assert isinstance(item, Failure)
    assert item.reason == "bad_encoding"
    assert "iconv" in item.remedy
