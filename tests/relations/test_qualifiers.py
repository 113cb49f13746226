"""Negation, certainty, and what is no statement at all."""

from __future__ import annotations

import pytest
from relation_kit import check, read

NEGATION = [
    ("[IL-6] did not activate [T cells].", ["IL-6 increases T cells: activation, negated"]),
    ("[IL-6] activated [T cells].", ["IL-6 increases T cells: activation"]),
    ("[Cortisol] never raised [IL-6].", ["Cortisol increases IL-6: negated"]),
    ("[Melatonin] had no effect on [NK cells].", ["Melatonin affects NK cells: negated"]),
    ("[Melatonin] did not have an effect on [NK cells].", ["Melatonin affects NK cells: negated"]),
    ("No increase in [IL-6] was seen after [exercise].", ["exercise associated_with+ IL-6: negated"]),
    ("[Running] caused no increase in [IL-6].", ["Running increases IL-6: negated"]),
    ("[Exercise] failed to raise [adrenaline].", ["Exercise increases adrenaline: negated"]),
    ("[IL-2] was unable to activate [macrophages].", ["IL-2 increases macrophages: activation, negated"]),
    ("[Rapamycin] reduced [T cells] without affecting [B cells].",
     ["Rapamycin decreases T cells", "Rapamycin affects B cells: negated"]),
    ("Neither [IL-4] nor [IL-13] activated [NK cells].",
     ["IL-4 increases NK cells: activation, negated", "IL-13 increases NK cells: activation, negated"]),
    ("[IL-10] not only suppresses [macrophages] but also activates [B cells].",
     ["IL-10 decreases macrophages", "IL-10 increases B cells: activation"]),
    ("[Th1 cells] do not produce [IL-4].", ["Th1 cells produces IL-4: production, negated"]),
    ("[IL-4] is not produced by [Th1 cells].", ["Th1 cells produces IL-4: production, negated"]),
    ("[B cells] were unaffected by [rapamycin].", ["rapamycin affects B cells: negated"]),
    ("[IL-10] did not inhibit or kill [T cells].", ["IL-10 decreases T cells: negated"]),
    ("[Aspirin] cannot prevent [asthma].", ["Aspirin decreases asthma: negated"]),
    ("[Exercise] raised [IL-6] but did not raise [TNF].",
     ["Exercise increases IL-6", "Exercise increases TNF: negated"]),
    ("[IL-15], not [IL-2], maintains [NK cells].", ["IL-15 increases NK cells", "IL-2 increases NK cells: negated"]),
    ("[Cortisol] suppresses [T cells] that do not express [CD28].",
     ["Cortisol decreases T cells", "T cells produces CD28: expression, negated"]),
]  # fmt: skip
HEDGING = [
    ("[IL-6] may activate [T cells].", ["IL-6 increases T cells: activation, hedged"]),
    ("[IL-6] could activate [T cells].", ["IL-6 increases T cells: activation, hedged"]),
    ("[IL-6] can activate [T cells].", ["IL-6 increases T cells: activation"]),
    ("[Leptin] appears to activate [T cells].", ["Leptin increases T cells: activation, hedged"]),
    ("[Leptin] is thought to activate [T cells].", ["Leptin increases T cells: activation, hedged"]),
    ("[Leptin] possibly activates [T cells].", ["Leptin increases T cells: activation, hedged"]),
    ("These data suggest that [leptin] activates [T cells].", ["leptin increases T cells: activation, hedged"]),
    ("These data show that [leptin] activates [T cells].", ["leptin increases T cells: activation"]),
    ("[Leptin] is a potential activator of [T cells].", ["Leptin increases T cells: activation, hedged"]),
    ("[T cells] may be suppressed by [cortisol].", ["cortisol decreases T cells: hedged"]),
    ("[Leptin], which may come from the [gut], activates [T cells].",
     ["gut produces Leptin: hedged", "Leptin increases T cells: activation"]),
    ("Although [stress] may raise [IL-6], [exercise] lowers [TNF].",
     ["stress increases IL-6: hedged", "exercise decreases TNF"]),
    ("[Leptin] might not activate [T cells].", ["Leptin increases T cells: activation, negated, hedged"]),
    ("[Exercise] probably protects against [depression].", ["Exercise decreases depression: hedged"]),
]  # fmt: skip
NO_STATEMENT = [
    "Does [leptin] activate [T cells]?",
    "We investigated whether [leptin] activates [T cells].",
    "We asked if [cortisol] suppresses [B cells].",
    "We examined the effect of [cortisol] on [B cells].",
    "The aim of this study was to test the effect of [leptin] on [T cells].",
    "It is unclear how [leptin] activates [T cells].",
    "We studied how [cortisol] suppresses [B cells].",
    "The role of [IL-33] in [asthma] was studied.",
    "The aim was to see whether [melatonin] raises [IL-2].",
]
STATEMENT = [
    ("We found that [cortisol] suppresses [B cells].", ["cortisol decreases B cells"]),
    ("To test this, we gave [rapamycin], which reduced [B cells].", ["rapamycin decreases B cells"]),
    ("We studied [T cells] activated by [IL-2].", ["IL-2 increases T cells: activation"]),
    ("It is known that [leptin] activates [T cells].", ["leptin increases T cells: activation"]),
    ("Modulation of [T cells] by [leptin] is known.", ["leptin affects T cells"]),
]


@pytest.mark.parametrize(("sentence", "expected"), NEGATION, ids=[c[0] for c in NEGATION])
def test_negation(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@pytest.mark.parametrize(("sentence", "expected"), HEDGING, ids=[c[0] for c in HEDGING])
def test_certainty(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@pytest.mark.parametrize("sentence", NO_STATEMENT)
def test_aims_and_questions_state_nothing(sentence: str) -> None:
    check(read(sentence).lines(), [])


@pytest.mark.parametrize(("sentence", "expected"), STATEMENT, ids=[c[0] for c in STATEMENT])
def test_what_is_found_or_done_is_stated(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)
