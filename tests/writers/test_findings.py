from __future__ import annotations

import pytest
from builders import IDENTITY, Builder, cycling

from extract.schema import Document
from extract.writers.findings import finding_records, with_stable_ids


def records(document: Document) -> list[str]:
    return [finding.id for finding in with_stable_ids(document).findings]


def test_a_record_says_all_that_is_known_of_a_finding() -> None:
    record = finding_records(with_stable_ids(cycling()), IDENTITY)[0]
    assert (record.subject.text, record.predicate, record.object.text) == (
        "hard cycling", "increases", "adrenaline",
    )  # fmt: skip
    assert (record.object.name, record.object.concept, record.object.roles) == (
        "adrenaline", "CHEBI:28918", ["hormone"],
    )  # fmt: skip
    assert record.subject.name == "hard cycling"  # no preferred name: the words themselves
    assert [(place.text, place.type) for place in record.context] == [("young men", "ORGANISM")]
    assert record.quantity is not None
    assert (record.quantity.value, record.quantity.unit, record.quantity.comparator) == (3.0, "x", "~")
    assert record.trigger is not None
    assert record.trigger.text == "raised"
    assert record.evidence.text == "An hour of hard cycling raised adrenaline about threefold in young men."
    assert record.evidence.section == "body"
    assert (record.source.doi, record.source.year, record.source.path) == (
        "10.1000/xyz-123", "2019", "articles/cycling.txt",
    )  # fmt: skip
    assert record.extractor.model_dump() == IDENTITY


def test_offsets_of_a_record_lead_back_to_its_words() -> None:
    document = with_stable_ids(cycling())
    for record in finding_records(document, IDENTITY):
        for part in (record.subject, record.object):
            assert " … ".join(document.text[a:b] for a, b in part.fragments) == part.text
        assert document.text[record.evidence.start : record.evidence.end] == record.evidence.text
        assert record.trigger is not None
        assert document.text[record.trigger.start : record.trigger.end] == record.trigger.text


def test_ids_are_the_same_from_run_to_run() -> None:
    assert records(cycling())[0] == "f641f23b5e9d40b8a"
    assert records(cycling()) == records(cycling())


def test_ids_differ_with_what_they_cover_and_only_with_that() -> None:
    base = cycling()
    first = records(base)[0]
    for change in ({"predicate": "affects"}, {"negated": True}, {"trigger": None}, {"object": "m1"}):
        other = base.model_copy(update={"findings": [base.findings[0].model_copy(update=change)]})
        assert records(other)[0] != first, change
    assert records(base.model_copy(update={"id": "another"}))[0] != first
    for change in ({"confidence": 0.1}, {"rule": "new"}, {"id": "f77"}, {"certainty": "hedged"}):
        other = base.model_copy(update={"findings": [base.findings[0].model_copy(update=change)]})
        assert records(other)[0] == first, change


def test_findings_alike_get_a_suffix_in_document_order() -> None:
    base = cycling()
    twins = [base.findings[0], base.findings[1], base.findings[0].model_copy(update={"aspect": "production"})]
    ids = records(base.model_copy(update={"findings": twins}))
    assert ids[2] == f"{ids[0]}-2"
    assert len(set(ids)) == 3


def test_significance_alone_is_no_quantity() -> None:
    b = Builder("d", "Cortisol lowered IL-6 (P = 0.01).")
    cortisol, il6 = b.mention("HORMONE", "Cortisol"), b.mention("CYTOKINE", "IL-6")
    b.finding(cortisol, "decreases", il6, "level", b.document.text, quantity="P = 0.01")
    assert finding_records(b.document, IDENTITY)[0].quantity is None


def test_significance_attribution_and_novelty_stand_in_the_record() -> None:
    b = Builder("d", "Danish researchers found that cortisol lowered IL-6 (P < 0.01).")
    cortisol, il6 = b.mention("HORMONE", "cortisol"), b.mention("CYTOKINE", "IL-6")
    b.finding(
        cortisol, "decreases", il6, "level", b.document.text, significance=b.at("P < 0.01"),
        attribution=b.at("Danish researchers found"), novelty="background",
    )  # fmt: skip
    record = finding_records(b.document, IDENTITY)[0]
    assert record.significance is not None
    assert (record.significance.comparator, record.significance.value) == ("<", 0.01)
    assert record.attribution is not None
    assert (record.attribution.kind, record.attribution.start, record.attribution.end) == ("speaker", 0, 24)
    assert record.novelty == "background"


def test_a_citation_is_no_speaker() -> None:
    b = Builder("d", "Cortisol lowered IL-6 [12].")
    cortisol, il6 = b.mention("HORMONE", "Cortisol"), b.mention("CYTOKINE", "IL-6")
    b.finding(cortisol, "decreases", il6, "level", b.document.text, attribution=b.at("[12]"))
    record = finding_records(b.document, IDENTITY)[0]
    assert record.attribution is not None
    assert record.attribution.kind == "citation"
    assert record.significance is None
    assert record.novelty is None


def test_a_label_of_a_section_comes_before_its_kind() -> None:
    b = Builder("d", "Cortisol lowered IL-6.").section("body", "Cortisol lowered IL-6.", label="RESULTS")
    b.finding(
        b.mention("HORMONE", "Cortisol"), "decreases", b.mention("CYTOKINE", "IL-6"), "level", b.document.text
    )
    assert finding_records(b.document, IDENTITY)[0].evidence.section == "RESULTS"


def test_a_finding_without_its_mention_is_an_error() -> None:
    document = cycling()
    document.findings[0].object = "m99"
    with pytest.raises(KeyError, match="m99"):
        with_stable_ids(document)
