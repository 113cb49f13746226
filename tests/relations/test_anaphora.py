"""What pronouns and definite nouns stand for."""

from __future__ import annotations

import pytest
from relation_kit import check, read

from extract.relations.extractor import RelationExtractor
from extract.schema import Section

RESOLVED = [
    # the subject of the sentence before comes first
    (("[Leptin] comes from [fat cells].", "It activates [T cells]."), "Leptin increases T cells: activation"),
    (("[Cortisol] is a [hormone].", "It suppresses [T cells]."), "Cortisol decreases T cells"),
    (("[NK cells] patrol the [blood].", "They kill [tumour cells]."), "NK cells decreases tumour cells: survival"),
    # a bare head takes a name of its type
    (("[Running] raises [cortisol].", "The hormone suppresses [T cells]."), "cortisol decreases T cells"),
    (("[IL-15] feeds [NK cells].", "These cells kill [tumour cells]."), "NK cells decreases tumour cells: survival"),
    (("[IL-6] comes from [muscle].", "This cytokine activates [T cells]."), "IL-6 increases T cells: activation"),
    # as an object too
    (("[Neutrophils] swarm in [gout].", "[IL-8] attracts them."), "IL-8 increases Neutrophils: migration"),
]
UNRESOLVED = [
    # number does not fit
    ("[Leptin] was measured.", "They kill [tumour cells]."),
    # no name of the type
    ("[Running] was popular.", "The hormone suppresses [T cells]."),
    # nothing stands for "it" of the weather
    ("It was clear that rain was near.", "[T cells] were thawed."),
    # no cytokine was named
    ("[T cells] were thawed.", "This cytokine activates [B cells]."),
]


@pytest.mark.parametrize(("sentences", "expected"), RESOLVED, ids=[" ".join(c[0]) for c in RESOLVED])
def test_resolved(sentences: tuple[str, ...], expected: str) -> None:
    found = read(*sentences)
    last = found.trees[-1]
    check([x for f, x in zip(found.findings, found.lines(), strict=True) if f.evidence[0] == last.start], [expected])


@pytest.mark.parametrize("sentences", UNRESOLVED, ids=" ".join)
def test_unresolved(sentences: tuple[str, ...]) -> None:
    check(read(*sentences).lines(), [])


def test_the_evidence_is_the_sentence_with_the_verb() -> None:
    found = read("[Leptin] comes from [fat cells].", "It activates [T cells].")
    finding = next(f for f in found.findings if f.predicate == "increases")
    assert found.text[slice(*finding.evidence)] == "It activates T cells."
    plain = read("[IL-6] activated [T cells].").findings[0]
    assert finding.confidence < plain.confidence


def test_nothing_is_sought_four_sentences_back() -> None:
    near = read(
        "[Leptin] comes from [fat cells].", "The days were long.", "The roads were wet.", "It activates [T cells]."
    )
    assert any(x.startswith("Leptin increases T cells") for x in near.lines())
    far = read(
        "[Leptin] comes from [fat cells].", "The days were long.", "The roads were wet.", "The doors were open.",
        "It activates [T cells].",
    )  # fmt: skip
    assert not any(x.startswith("Leptin increases T cells") for x in far.lines())


def test_what_is_spoken_of_now_is_meant_even_if_it_has_no_name() -> None:
    found = read("[Leptin] comes from [fat cells].", "The sky was blue.", "It activates [T cells].")
    assert not any(x.startswith("Leptin increases T cells") for x in found.lines())


def test_nothing_is_sought_across_sections() -> None:
    found = read("[Leptin] comes from [fat cells].", "It activates [T cells].")
    cut = found.trees[1].start
    sections = [
        Section(kind="body", start=0, end=cut, label="RESULTS"),
        Section(kind="body", start=cut, end=len(found.text), label="DISCUSSION"),
    ]
    extract = RelationExtractor()
    names = {f.predicate for f in extract(found.text, found.trees, found.mentions, sections)}
    assert "increases" not in names
    sections[1].label = "RESULTS"
    assert "increases" in {f.predicate for f in extract(found.text, found.trees, found.mentions, sections)}
