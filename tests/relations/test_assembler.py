"""From statements to findings: no doubles, order, ids, confidence."""

from __future__ import annotations

from dataclasses import replace

from relation_kit import Read, read

from extract.relations.extractor import RelationExtractor
from extract.schema import ASPECTS, PREDICATES, Finding

DOCUMENT = (
    "[Stress] raises [cortisol], which suppresses [T cells].",
    "[IL-4] and [IL-13] activate [macrophages].",
    "[Blocking [IL-1]] reduced [gout].",
    "There were more [NK cells] in [runners] than in [patients].",
    "[Rapamycin] reduced [T cells] without affecting [B cells].",
    "[GnRH] stimulates [pituitary cells] to secrete [LH].",
)


def document() -> Read:
    return read(*DOCUMENT)


def test_ids_number_the_findings_in_text_order() -> None:
    found = document().findings
    assert [f.id for f in found] == [f"f{k}" for k in range(1, len(found) + 1)]
    assert [f.evidence for f in found] == sorted(f.evidence for f in found)
    same = [(f.evidence, f.trigger or (0, 0)) for f in found]
    assert same == sorted(same)


def test_no_finding_is_stated_twice() -> None:
    found = document().findings
    keys = [(f.evidence, f.subject, f.object) for f in found]
    assert len(keys) == len(set(keys))
    undirected = [(f.evidence, *sorted((f.subject, f.object))) for f in found if f.predicate == "associated_with"]
    assert len(undirected) == len(set(undirected))


def test_repeated_statements_are_separate_findings() -> None:
    found = read("[Cortisol] suppresses [T cells].", "[T cells] are suppressed by [cortisol].").findings
    assert len(found) == 2
    assert found[0].evidence != found[1].evidence


def test_every_finding_can_be_traced() -> None:
    made = document()
    ids = {m.id for m in made.mentions}
    assert made.findings
    for f in made.findings:
        assert {f.subject, f.object, *f.context} <= ids
        assert f.subject != f.object
        assert f.predicate in PREDICATES
        assert f.aspect in ASPECTS
        assert (f.direction is not None) <= (f.predicate == "associated_with")
        assert 0.0 < f.confidence < 1.0
        assert f.trigger is not None
        assert f.evidence[0] <= f.trigger[0] < f.trigger[1] <= f.evidence[1]
        assert ":" in f.rule
        assert {f.subject, f.object}.isdisjoint(f.context)


def test_the_trigger_is_the_word_that_says_it() -> None:
    made = read("[Stress] raises [cortisol], which suppresses [T cells].")
    words = [made.text[slice(*f.trigger)] for f in made.findings if f.trigger]
    assert words == ["raises", "suppresses"]
    assert made.findings[0].rule == "raise/VERB/increases:transitive"


def test_what_is_said_roundabout_is_less_certain() -> None:
    plain = read("[Cortisol] suppresses [T cells].").findings[0]
    far = read("A number of [cytokines] activate [T cells].").findings[0]
    assert plain.confidence > far.confidence


def test_same_input_same_output() -> None:
    made = document()
    extract = RelationExtractor()

    def run() -> list[Finding]:
        return extract(made.text, made.trees, made.mentions)

    assert run() == run() == RelationExtractor()(made.text, made.trees, made.mentions)


def test_the_order_of_mentions_decides_nothing_but_order() -> None:
    made = document()
    turned = RelationExtractor()(made.text, made.trees, made.mentions[::-1])

    def content(found: list[Finding]) -> set[str]:
        return {f.model_dump_json(exclude={"id"}) for f in found}

    assert content(turned) == content(made.findings)


def test_input_is_left_alone() -> None:
    made = document()
    before = [m.model_copy(deep=True) for m in made.mentions], [[replace(n) for n in t] for t in made.trees]
    RelationExtractor()(made.text, made.trees, made.mentions)
    assert before == (made.mentions, [list(t) for t in made.trees])


def test_no_trees_no_findings() -> None:
    assert RelationExtractor()("", [], []) == []
