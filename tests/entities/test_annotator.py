"""The stage as a whole: the shape of its output, concepts, skipped ranges, and the place for a tagger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from extract.entities.annotator import EntityAnnotator
from extract.entities.candidate import Candidate
from extract.lexicon.lexicon import Lexicon
from extract.schema import Mention

Reader = Callable[[str], list[Mention]]

TEXT = "B and T cells of patients with asthma make IL-4 and -13; colon cancer cells (CCCs) do not."


def test_mentions_are_sorted_numbered_and_cut_from_the_text(read: Reader) -> None:
    found = read(TEXT)
    assert [m.id for m in found] == [f"m{i}" for i in range(1, len(found) + 1)]
    assert [m.start for m in found] == sorted(m.start for m in found)
    for m in found:
        assert m.text == " … ".join(TEXT[a:b] for a, b in m.fragments)
        assert all(TEXT[a:b] == TEXT[a:b].strip() != "" for a, b in m.fragments)
        assert list(m.fragments) == sorted(m.fragments)


def test_no_mention_twice(read: Reader) -> None:
    found = [(m.type, tuple(m.fragments)) for m in read(TEXT)]
    assert len(found) == len(set(found))


def test_the_same_every_time(read: Reader) -> None:
    assert read(TEXT) == read(TEXT)


def test_mentions_validate(read: Reader) -> None:
    for m in read(TEXT):
        assert Mention.model_validate(m.model_dump()) == m


CONCEPTS = [
    ("activated human T cells", "CL:0000084"),
    ("IL-17-producing Th17 cells", "CL:0000899"),
    ("CD4+ T cells", "CL:0000624"),
    ("severe asthma", "MONDO:0004979"),
    ("allergic asthma", "MONDO:0004979"),
    ("natural killer (NK) cells", "CL:0000623"),
    ("interleukin-6", "HGNC:6018"),
    ("tumor necrosis factor alpha", "HGNC:11892"),
    ("gastroenteritis", ""),
    ("irisin", "HGNC:20240"),
]


@pytest.mark.parametrize(("text", "concept"), CONCEPTS)
def test_concepts(read: Reader, text: str, concept: str) -> None:
    core = [m for m in read(f"They saw {text} there.") if m.type in ("CELL", "CYTOKINE", "DISEASE")]
    assert core[0].concept == concept


def test_roles_and_further_types_come_from_the_lexicon(read: Reader) -> None:
    (irisin,) = read("Irisin rose.")
    assert (irisin.type, irisin.also, irisin.roles) == ("CYTOKINE", ["HORMONE"], ["myokine"])


def test_skipped_ranges_yield_nothing(names: Lexicon, doc_of: Callable[[str], Doc]) -> None:
    text = "Leptin fell. Buy insulin here! Cortisol rose."
    found = EntityAnnotator(names)(doc_of(text), skip=[(13, 31)])
    assert [m.text for m in found] == ["Leptin", "Cortisol"]


def test_an_empty_text_has_no_mentions(read: Reader) -> None:
    assert read("") == []
    assert read(" \n ") == []


def test_a_doc_without_sentences_is_one_sentence(names: Lexicon) -> None:
    doc = spacy.blank("en")("T cells rose.")
    assert [m.text for m in EntityAnnotator(names)(doc)] == ["T cells"]


def test_a_tagger_proposes_and_the_stage_decides(names: Lexicon, doc_of: Callable[[str], Doc]) -> None:
    def tagger(doc: Doc) -> list[Candidate]:
        at = doc.text.index("zorbocytosin")
        return [Candidate(at, at + 12, "HORMONE", 0.8, "tagger"), Candidate(0, 1, "CELL", 0.2, "tagger")]

    found = EntityAnnotator(names, tagger)(doc_of("T cells met zorbocytosin."))
    assert [(m.type, m.text, m.source) for m in found] == [
        ("CELL", "T cells", "lexicon"),
        ("HORMONE", "zorbocytosin", "tagger"),
    ]


def test_odd_text_does_no_harm(read: Reader) -> None:
    for text in (
        "((((",
        "T cells" * 50,
        "IL-6, -, and -",
        "cells cells cells",
        "(NK) cells",
        "+ − ( ) /",
        "and T cells",
    ):
        for m in read(text):
            assert m.end <= len(text)
