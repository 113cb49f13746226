"""Where sentences begin and end."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from extract.models import DEFAULT_MODEL, open_pipeline
from extract.schema import Section, SectionKind
from extract.sentences import split_sentences


@pytest.fixture(scope="module")
def rule() -> Language:
    """A recogniser that breaks at each full stop, so that what the rules mend is plain."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="module")
def senter() -> Language:
    """That of the shipped model."""
    nlp = open_pipeline(DEFAULT_MODEL)
    if not nlp.has_pipe("senter"):
        pytest.skip("the shipped model has no sentence recogniser")
    return open_pipeline(DEFAULT_MODEL, exclude=[p for p in nlp.component_names if p != "senter"], enable=["senter"])


def split(nlp: Language, text: str, *sections: tuple[SectionKind, int, int]) -> list[str]:
    rows = sections or (("body", 0, len(text)),)
    spans = split_sentences(nlp, text, [Section(kind=k, start=a, end=b) for k, a, b in rows])
    return [text[a:b] for a, b in spans]


PLAIN = [
    ["Cortisol rises in the morning.", "It falls at night."],
    ["IL-6 was high.", "TNF was low!", "Why?"],
    ["T cells were counted (Fig. 2).", "B cells were not."],
    ["Smith et al. found more NK cells.", "Others did not."],
    ["Interleukins (e.g. IL-2) rose.", "Leptin fell."],
    ["RESULTS: Leptin rose.", "Cortisol fell."],
    ["The strain was E. coli K12.", "It grew."],
    ["Levels rose by 2.5 percent.", "They fell later."],
]


@pytest.mark.parametrize("sentences", PLAIN, ids=[" ".join(s) for s in PLAIN])
def test_plain_sentences(senter: Language, sentences: list[str]) -> None:
    assert split(senter, " ".join(sentences)) == sentences


MENDED = [
    ("Smith et al. found IL-6. It rose.", ["Smith et al. found IL-6.", "It rose."]),
    ("See Fig. 2 of it. It rose.", ["See Fig. 2 of it.", "It rose."]),
    ("Cells (e.g. T cells. B cells) rose. It fell.", ["Cells (e.g. T cells. B cells) rose.", "It fell."]),
    ("He saw J. Doe there. It rose.", ["He saw J. Doe there.", "It rose."]),
]


@pytest.mark.parametrize(("text", "sentences"), MENDED, ids=[c[0] for c in MENDED])
def test_false_breaks_are_taken_back(rule: Language, text: str, sentences: list[str]) -> None:
    assert split(rule, text) == sentences


def test_a_plain_end_that_was_missed_is_cut() -> None:
    # A recogniser that finds no end at all.
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", config={"punct_chars": ["§"]})
    assert split(nlp, "Neutrophils came. Then macrophages ate them.") == [
        "Neutrophils came.",
        "Then macrophages ate them.",
    ]


def test_a_sentence_never_crosses_a_section(rule: Language) -> None:
    text = "A title without end Cortisol rose. It fell."
    assert split(rule, text, ("title", 0, 19), ("body", 20, len(text))) == [
        "A title without end",
        "Cortisol rose.",
        "It fell.",
    ]


def test_clutter_and_references_give_none(rule: Language) -> None:
    text = "Share this. Cortisol rose. Smith A. J Immunol."
    assert split(rule, text, ("clutter", 0, 11), ("body", 12, 26), ("reference", 27, len(text))) == ["Cortisol rose."]


def test_edges_hold_no_blanks(rule: Language) -> None:
    assert split(rule, "  Cortisol rose. \n\n  It fell.  ") == ["Cortisol rose.", "It fell."]


@pytest.mark.parametrize("text", ["", "   \n "])
def test_nothing(rule: Language, text: str) -> None:
    assert split(rule, text) == []


def test_sentences_are_in_order_and_lose_no_word(rule: Language) -> None:
    text = "Cortisol rose (by 2. 5 units). " * 30 + "et al. " * 5
    spans = split_sentences(rule, text, [Section(kind="body", start=0, end=len(text))])
    assert spans == sorted(spans)
    assert all(a < b for a, b in spans)
    outside = set(range(len(text))) - {i for a, b in spans for i in range(a, b)}
    assert not "".join(text[i] for i in sorted(outside)).strip()


def test_a_very_long_paragraph_is_taken_in_pieces(rule: Language) -> None:
    text = "Cortisol rose in them. " * 3000
    spans = split_sentences(rule, text, [Section(kind="body", start=0, end=len(text))])
    assert len(text) > 60_000
    assert 2990 <= len(spans) <= 3010
