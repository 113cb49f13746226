"""In whom, where and how much."""

from __future__ import annotations

import pytest
from relation_kit import Read, read
from spacy.language import Language

CONTEXT = [
    ("[Rapamycin] suppressed [T cells] in [mice].", ["mice"]),
    ("In [mice], [rapamycin] suppressed [T cells].", ["mice"]),
    ("[IL-6] activates [T cells] in the [gut].", ["gut"]),
    ("[Tocilizumab] lowered [IL-6] in [patients] with [arthritis].", ["patients"]),
    ("[Rapamycin] suppressed [T cells] among [older adults].", ["older adults"]),
    ("[Rapamycin] suppressed [T cells].", []),
    # of another clause, or no place at all
    ("[Rapamycin] suppressed [T cells], which are made in the [thymus].", []),
    ("[Rapamycin] suppressed [T cells], and [IL-7] was found in the [serum].", []),
]
QUANTITY = [
    ("[Exercise] raised [IL-6] by 20 percent.", "by 20 percent"),
    ("[Exercise] raised [IL-6] by 20 to 30 percent.", "by 20 to 30 percent"),
    ("[Exercise] raised [IL-6] twofold.", "twofold"),
    ("[Rapamycin] reduced [T cells] by 35%.", "by 35%"),
    ("[Rapamycin] reduced [T cells] by half.", "by half"),
    ("[Running] raised [NK cells] up to tenfold.", "tenfold"),
    ("[Exercise] raised [IL-6].", None),
    # a number that says no size
    ("[Exercise] raised [IL-6] in 20 [runners].", None),
    ("In 2019, [exercise] raised [IL-6].", None),
]


def first(read: Read) -> int:
    """Index of the finding that the sentence begins with."""
    return min(range(len(read.findings)), key=lambda k: read.findings[k].trigger or (0, 0))


@pytest.mark.parametrize(("sentence", "expected"), CONTEXT, ids=[c[0] for c in CONTEXT])
def test_context(sentence: str, expected: list[str]) -> None:
    found = read(sentence)
    finding = found.findings[first(found)]
    assert [found.name(m) for m in finding.context] == expected


@pytest.mark.parametrize(("sentence", "expected"), QUANTITY, ids=[c[0] for c in QUANTITY])
def test_quantity(sentence: str, expected: str | None) -> None:
    found = read(sentence)
    finding = found.findings[first(found)]
    words = found.text[slice(*finding.quantity)] if finding.quantity else None
    if expected == "tenfold":
        assert words is not None
        assert words.endswith(expected)
    else:
        assert words == expected


def test_a_quantity_belongs_to_the_nearest_trigger() -> None:
    found = read("[Exercise] raised [IL-6] by 20 percent, but [rapamycin] reduced [T cells].")
    sizes = {found.name(f.object): f.quantity for f in found.findings}
    assert sizes["IL-6"] is not None
    assert sizes["T cells"] is None


def test_an_argument_is_no_context_of_its_own_finding() -> None:
    found = read("[Leptin] is increased in [obesity].")
    assert len(found.findings) == 1
    assert found.findings[0].context == []


PLACES = [
    ("In mice, cortisol suppressed T cells and lowered IL-6.", "IL-6", ["mice"]),
    ("Cortisol suppressed T cells in the spleen of mice.", "T cells", ["spleen", "mice"]),
    ("Serum levels of IL-6 were raised by cortisol.", "IL-6", ["Serum"]),
    ("Cortisol suppressed T cells from the spleen.", "T cells", ["spleen"]),
    # the members of an argument's list are no place
    ("Cortisol resulted in fatigue and obesity.", "obesity", []),
    # nor is the place of a clause with another subject
    ("Cortisol lowered IL-6, and macrophages made TNF in mice.", "IL-6", []),
]


@pytest.mark.parametrize(("sentence", "obj", "expected"), PLACES, ids=[c[0] for c in PLACES])
def test_places_of_clauses_and_of_arguments(nlp: Language, sentence: str, obj: str, expected: list[str]) -> None:
    doc = nlp(sentence)
    names = {m.id: m.text for m in doc._.mentions}
    found = [f for f in doc._.findings if names[f.object] == obj and not f.derived]
    assert found
    assert [names[c] for c in found[0].context] == expected
