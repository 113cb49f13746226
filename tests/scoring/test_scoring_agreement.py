"""Two annotators: how far they agree, and one gold made of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from scoring_docs import by_id, document, finding, gold_and_pred, mention, read, shuffled
from sklearn.metrics import cohen_kappa_score

from extract.errors import ConfigError, FormatError
from extract.schema import Document
from extract.scoring import Kappa, adjudicate, agree, gold_dict, score, settle, write_jsonl
from extract.scoring.agreement import kappa
from extract.scoring.matching import finding_keys, mention_key

A = document(
    [
        mention("c", "CELL", 1, 2),
        mention("i", "CYTOKINE", 4, concept="HGNC:6018"),
        mention("l", "HORMONE", 6, also=["CYTOKINE"]),
        mention("p", "PROCESS", 8),
    ],
    [
        finding("f1", "c", "produces", "i", aspect="production"),
        finding("f2", "i", "increases", "c", aspect="growth", context=["p"]),
        finding("f3", "l", "affects", "c"),
        finding("f4", "l", "decreases", "i", negated=True),
    ],
)
B = document(
    [
        mention("1", "CELL", 2),  # other borders
        mention("2", "CYTOKINE", 4),  # the same, without the concept
        mention("3", "HORMONE", 6),
        mention("4", "DISEASE", 10),  # nobody else has it
    ],
    [
        finding("g1", "1", "produces", "2", aspect="production"),
        finding("g2", "2", "increases", "1", aspect="activity"),
        finding("g3", "3", "decreases", "2"),
        finding("g4", "3", "increases", "4"),
    ],
)


def settled(path: Path, choices: dict[str, str], **options: Any) -> Document:
    """Adjudicate A and B with the choice for each id, `a` where none is given."""
    (item,) = adjudicate(by_id(A), by_id(B))
    for entry in item["undecided"]:
        entry["choose"] = choices.get((entry["a"] or entry["b"])["id"], "" if options else "a")
    write_jsonl([item], path)
    (doc,) = settle(path, **options)
    return doc


def said(doc: Document) -> list[tuple[str, str, str]]:
    text = {m.id: m.text for m in doc.mentions}
    return [(text[f.subject], f.predicate, text[f.object]) for f in doc.findings]


def test_agreement() -> None:
    result = agree(by_id(A), by_id(B))
    assert result.documents == ("d",)
    assert result.f1("mentions.strict.micro") == pytest.approx(4 / 7)
    assert result.f1("mentions.overlap.micro") == pytest.approx(6 / 7)
    assert result.f1("findings.pair") == pytest.approx(6 / 8)
    assert result.f1("findings.signed") == pytest.approx(4 / 8)
    assert result.f1("findings.full") == pytest.approx(2 / 8)
    assert result.kappas["negated"] == Kappa(0.0, 2 / 3, 3)
    assert result.kappas["certainty"] == Kappa(None, 1.0, 3)
    assert result.kappas["predicate"].value == 1.0
    assert json.loads(json.dumps(result.to_dict()))["kappa"]["negated"]["pairs"] == 3


def test_documents_of_one_side_are_named() -> None:
    more = document([], name="z")
    result = agree(by_id(A, more), by_id(B))
    assert (result.documents, result.only_a, result.only_b) == (("d",), ("z",), ())


def test_files_that_cannot_be_compared() -> None:
    with pytest.raises(ConfigError, match="share no document id"):
        agree(by_id(A), {})
    with pytest.raises(ConfigError, match="text of document 'd' differs"):
        adjudicate(by_id(A), by_id(B.model_copy(update={"text": "other"})))


def test_kappa_is_that_of_scikit_learn() -> None:
    pairs = [("x", "x")] * 20 + [("x", "y")] * 5 + [("y", "x")] * 3 + [("z", "z")] * 4 + [("z", "y")] * 2
    assert kappa(pairs).value == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))
    assert kappa([]) == Kappa(None, None, 0)


def test_what_needs_a_decision() -> None:
    (item,) = adjudicate(by_id(A), by_id(B))
    assert [(m["id"], m["concept"]) for m in item["mentions"]] == [("i", "HGNC:6018"), ("l", "")]
    assert item["mentions"][1]["also"] == ["CYTOKINE"]
    assert item["findings"] == []
    entries = [
        (e["kind"], (e["a"] or {}).get("id"), (e["b"] or {}).get("id"), e["differs"])
        for e in item["undecided"]
    ]
    assert entries == [
        ("mention", "c", "b-1", ["fragments"]),
        ("mention", "p", None, []),
        ("mention", None, "b-4", []),
        ("finding", "f1", "b-g1", ["arguments"]),
        ("finding", "f2", "b-g2", ["aspect"]),
        ("finding", "f3", None, []),
        ("finding", "f4", "b-g3", ["negated"]),
        ("finding", None, "b-g4", []),
    ]
    assert all(e["choose"] == "" for e in item["undecided"])


def test_decisions_are_applied(tmp_path: Path) -> None:
    choices = {
        "c": "b",
        "p": "none",
        "b-4": "b",
        "f1": "a",
        "f2": "b",
        "f3": "none",
        "f4": "both",
        "b-g4": "b",
    }
    doc = settled(tmp_path / "x.jsonl", choices)
    assert [(m.id, m.type, m.text) for m in doc.mentions] == [
        ("m1", "CELL", "w02"), ("m2", "CYTOKINE", "w04"), ("m3", "HORMONE", "w06"), ("m4", "DISEASE", "w10"),
    ]  # fmt: skip
    assert said(doc) == [
        ("w02", "produces", "w04"), ("w04", "increases", "w02"), ("w06", "decreases", "w04"),
        ("w06", "decreases", "w04"), ("w06", "increases", "w10"),
    ]  # fmt: skip
    assert [f.negated for f in doc.findings] == [False, False, False, True, False]
    assert doc.findings[1].aspect == "activity"
    assert not doc.findings[1].context


def test_findings_go_with_their_rejected_mentions(tmp_path: Path) -> None:
    doc = settled(tmp_path / "x.jsonl", {"c": "none"})
    assert said(doc) == [("w06", "decreases", "w04")]


def test_undecided_may_become_optional(tmp_path: Path) -> None:
    doc = settled(tmp_path / "x.jsonl", {}, default="optional")
    optional = {m.text for m in doc.mentions if m.id in doc.optional_mentions}  # type: ignore[attr-defined]
    assert optional == {"w08", "w10"}
    asked = [f for f in doc.findings if f.id not in doc.optional_findings]  # type: ignore[attr-defined]
    assert [(f.predicate, f.aspect) for f in asked] == [("produces", "production"), ("increases", "growth")]
    for annotator in (A, B):
        row = score(by_id(doc), by_id(annotator))["findings.signed"]
        assert (row.p, row.r) == (1.0, 1.0), "neither annotator is wrong where they contradict each other"


def test_open_decisions_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    with pytest.raises(
        FormatError, match=r"line 1: mention 'w01 w02' has '' in 'choose'\. Write one of a, b"
    ):
        settled(path, {"c": ""})
    with pytest.raises(FormatError, match="has 'maybe' in 'choose'"):
        settled(path, {"f3": "maybe"})
    path.write_text("{\n", encoding="utf-8")
    with pytest.raises(FormatError, match="line 1: not valid JSON"):
        settle(path)


def content(doc: Document) -> Any:
    return sorted(map(mention_key, doc.mentions)), sorted(finding_keys(doc))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(gold_and_pred())
def test_agreement_does_not_depend_on_who_comes_first(files: Any) -> None:
    a, b = (read(x) for x in files)
    one, other = agree(a, b), agree(b, a)
    assert all(one.f1(k) == other.f1(k) for k in one.keys)
    assert one.kappas["negated"].pairs == other.kappas["negated"].pairs


@settings(max_examples=40, deadline=None, derandomize=True)
@given(gold_and_pred())
def test_one_annotation_twice_leaves_nothing_to_decide(files: Any) -> None:
    a, again = read(files[0]), read(shuffled(files[0], 3))
    left = [e for item in adjudicate(a, again) for e in item["undecided"]]
    # Twins (same place, same type) may be told apart only by optional or concept: those alone may remain.
    assert all(e["differs"] in (["concept"], ["arguments"]) for e in left)


@pytest.mark.parametrize("side", [0, 1])
def test_always_choosing_one_side_gives_that_side(tmp_path: Path, side: int) -> None:
    doc = settled(tmp_path / "x.jsonl", {}, default="ab"[side])
    row = score(by_id((A, B)[side]), by_id(doc))
    for key in ("mentions.strict.micro", "context_mentions.strict.micro", "findings.full"):
        assert row[key].tp == row[key].pred == row[key].gold
    assert gold_dict(doc)["findings"]
