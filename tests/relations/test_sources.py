"""Who says so, and whether it is the text's own result."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.pipeline import annotate
from extract.relations.sources import citations, is_citation
from extract.schema import Document

CITED = [
    ("as shown before [12].", ["[12]"]),
    ("in mice [3, 4] and men [5–7].", ["[3, 4]", "[5–7]"]),
    ("in mice (Okoro et al., 2019).", ["(Okoro et al., 2019)"]),
    ("in mice (Lind and Okoro, 2003; Patel 2011).", ["(Lind and Okoro, 2003; Patel 2011)"]),
    ("Okoro et al. (2019) saw the same.", ["Okoro et al. (2019)"]),
    ("Lind and colleagues (2021) saw the same.", ["Lind and colleagues (2021)"]),
    # brackets and years that cite nothing
    ("in May (2019) the trial began.", []),
    ("the trial began (January 2019).", []),
    ("20 women (mean age 31).", []),
    ("the range was [0.1, 0.4].", []),
    ("IL-6 (interleukin 6) rose.", []),
]
ATTRIBUTED = [
    ("Cortisol suppresses T cells [12].", "[12]"),
    ("Danish researchers found that cortisol suppresses T cells.", "Danish researchers found"),
    ("The team reported that cortisol suppresses T cells [4].", "The team reported"),
    ("According to the authors, cortisol suppresses T cells.", "According to the authors"),
    # the text's own, or nobody's
    ("We found that cortisol suppresses T cells.", None),
    ("Our study shows that cortisol suppresses T cells.", None),
    ("This study shows that cortisol suppresses T cells.", None),
    ("These data show that cortisol suppresses T cells.", None),
    ("Cortisol suppresses T cells.", None),
    # a citation of another statement
    ("As doctors know [3], cortisol suppresses T cells.", None),
]
NOVELTY = [
    ("We show that cortisol suppresses T cells.", "result"),
    ("In this study, cortisol suppressed T cells.", "result"),
    ("Here, we report that cortisol suppresses T cells.", "result"),
    ("Cortisol has been shown to suppress T cells.", "background"),
    ("It is well established that cortisol suppresses T cells.", "background"),
    ("Cortisol suppresses T cells [12].", "background"),
    ("Cortisol suppresses T cells.", None),
]
SECTIONS = [
    ("BACKGROUND: Cortisol suppresses T cells.", "background"),
    ("RESULTS: Cortisol suppressed T cells.", "result"),
    ("CONCLUSIONS: Cortisol suppresses T cells.", "result"),
    ("METHODS: Cortisol suppressed T cells.", None),
    # the words of the sentence outweigh the section
    ("RESULTS: Cortisol is known to suppress T cells.", "background"),
    ("BACKGROUND: Here we show that cortisol suppresses T cells.", "result"),
]


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[c[0] for c in CITED])
def test_citations(text: str, expected: list[str]) -> None:
    found = [text[a:b] for a, b in citations(text, 0, len(text))]
    assert found == expected
    assert all(is_citation(words) for words in found)


def first(nlp: Language, text: str) -> tuple[Document, int]:
    document = annotate(nlp, Document(id="d", text=text))
    assert document.findings, text
    return document, 0


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTED, ids=[c[0] for c in ATTRIBUTED])
def test_attribution(nlp: Language, text: str, expected: str | None) -> None:
    document, k = first(nlp, text)
    span = document.findings[k].attribution
    assert (text[slice(*span)] if span else None) == expected


@pytest.mark.parametrize(("text", "expected"), [*NOVELTY, *SECTIONS], ids=[c[0] for c in (*NOVELTY, *SECTIONS)])
def test_novelty(nlp: Language, text: str, expected: str | None) -> None:
    document, k = first(nlp, text)
    assert document.findings[k].novelty == expected


def test_a_speaker_is_no_citation() -> None:
    assert not is_citation("researchers found")
