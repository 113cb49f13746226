"""Aspects by kind of object, and by the name of a process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from extract.relations.aspects import suited_aspect
from extract.schema import Aspect, Mention, MentionType, Predicate


def mention(kind: MentionType) -> Mention:
    return Mention(id="m1", type=kind, fragments=[(0, 1)], text="x")


@pytest.mark.parametrize(
    ("aspect", "predicate", "subject", "target", "wanted"),
    [
        ("production", "increases", "CYTOKINE", "CELL", "differentiation"),
        ("production", "increases", "CELL", "CYTOKINE", "production"),
        ("expression", "decreases", "CYTOKINE", "CELL", "level"),
        ("differentiation", "increases", "HORMONE", "TISSUE", "growth"),
        ("differentiation", "increases", "CYTOKINE", "DISEASE", "risk"),
        ("differentiation", "increases", "CYTOKINE", "CELL", "differentiation"),
        ("severity", "associated_with", "PROTEIN", "DISEASE", "risk"),
        ("severity", "associated_with", "ORGANISM", "DISEASE", "risk"),
        ("severity", "associated_with", "DISEASE", "DISEASE", "severity"),
        ("severity", "increases", "PROTEIN", "DISEASE", "severity"),
    ],
)
def test_aspect_suits_the_object(
    aspect: Aspect, predicate: Predicate, subject: MentionType, target: MentionType, wanted: Aspect
) -> None:
    assert suited_aspect(aspect, predicate, mention(subject), mention(target)) == wanted


def test_a_worse_disease_is_one_of_severity() -> None:
    found = suited_aspect("severity", "associated_with", mention("ORGANISM"), mention("DISEASE"), marked=True)
    assert found == "severity"


@pytest.mark.parametrize(
    ("sentence", "subject", "predicate", "obj", "aspect"),
    [
        ("IL-6 promotes inflammation.", "IL-6", "increases", "inflammation", "inflammation"),
        ("Cortisol blunts NK cell cytotoxicity.", "Cortisol", "decreases", "NK cell", "cytotoxicity"),
        ("Antioxidants reduced IL-6-induced gene expression.", "IL-6", "increases", "gene expression", "expression"),
        ("Exercise increases NK cells.", "Exercise", "increases", "NK cells", "level"),
    ],
)
def test_aspects_of_whole_sentences(
    nlp: Language,
    assert_finding: Callable[..., None],
    sentence: str,
    subject: str,
    predicate: str,
    obj: str,
    aspect: str,
) -> None:
    assert_finding(nlp(sentence), subject, predicate, obj, aspect=aspect)
