"""Plain sentences through the whole shipped pipeline: lexicon, parser and rules together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

FOUND = [
    ("Cortisol suppresses T cells.", "Cortisol", "decreases", "T cells", {"negated": False}),
    ("T cells are suppressed by cortisol.", "cortisol", "decreases", "T cells", {}),
    ("Interleukin-6 increases the migration of NK cells.", "Interleukin-6", "increases", "NK cells",
     {"aspect": "migration"}),
    ("IL-6 did not increase the migration of NK cells.", "IL-6", "increases", "NK cells",
     {"aspect": "migration", "negated": True}),
    ("Leptin may activate T cells.", "Leptin", "increases", "T cells", {"certainty": "hedged"}),
    ("Macrophages secrete IL-1 and TNF.", "Macrophages", "produces", "TNF", {"aspect": "production"}),
    ("Exercise, which raises adrenaline, mobilises NK cells.", "Exercise", "increases", "adrenaline", {}),
    ("Exercise, which raises adrenaline, mobilises NK cells.", "Exercise", "increases", "NK cells",
     {"aspect": "migration"}),
    ("IL-10 is a potent suppressor of macrophages.", "IL-10", "decreases", "macrophages", {}),
    ("IL-17 plays an important role in psoriasis.", "IL-17", "affects", "psoriasis", {}),
    ("Dexamethasone induces apoptosis of thymocytes.", "Dexamethasone", "decreases", "thymocytes",
     {"aspect": "survival"}),
    ("Obesity is associated with asthma.", "Obesity", "associated_with", "asthma", {}),
    ("Oestradiol reduced the number of osteoclasts by 30 percent in mice.", "Oestradiol", "decreases",
     "osteoclasts", {}),
    ("The brain hormone GnRH stimulates the release of luteinising hormone.", "GnRH", "increases",
     "luteinising hormone", {"aspect": "production"}),
    ("IL-4, IL-5 and IL-13 are released by Th2 cells.", "Th2 cells", "produces", "IL-13", {}),
]  # fmt: skip
NOTHING = [
    "We asked whether cortisol suppresses T cells.",
    "Does leptin activate T cells?",
    "Irisin is a myokine.",
    "Cortisol and T cells were measured in both groups.",
    "The aim of the study was to examine the effect of leptin on T cells.",
]


@pytest.mark.parametrize(
    ("sentence", "subject", "predicate", "obj", "fields"), FOUND, ids=[f"{c[0]} {c[3]}" for c in FOUND]
)
def test_found(
    nlp: Language, assert_finding: Callable[..., None], sentence: str, subject: str, predicate: str, obj: str,
    fields: dict[str, object],
) -> None:  # fmt: skip
    assert_finding(nlp(sentence), subject, predicate, obj, **fields)


@pytest.mark.parametrize("sentence", NOTHING)
def test_nothing_found(nlp: Language, sentence: str) -> None:
    doc = nlp(sentence)
    assert doc._.mentions
    assert doc._.findings == []


def test_context_and_quantity(nlp: Language) -> None:
    doc = nlp("Oestradiol reduced the number of osteoclasts by 30 percent in mice.")
    (finding,) = doc._.findings
    names = {m.id: m.text for m in doc._.mentions}
    assert [names[m] for m in finding.context] == ["mice"]
    assert doc.text[slice(*finding.quantity)] == "by 30 percent"


def test_a_pronoun_of_the_sentence_before(nlp: Language, assert_finding: Callable[..., None]) -> None:
    doc = nlp("Leptin is made by fat cells. It activates T cells.")
    assert_finding(doc, "Leptin", "increases", "T cells", evidence=(29, 50))
