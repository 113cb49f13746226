"""The constructions of news and blogs: fixed expressions, results, occasions, groups for what they got, odds."""

from __future__ import annotations

import pytest
from relation_kit import check, read

SENTENCES = [
    # fixed expressions, and the same words put together otherwise
    ("[Muscle] let go of [irisin].", ["Muscle produces irisin: production"]),
    ("[IL-10] puts a firm brake on [macrophages].", ["IL-10 decreases macrophages: activity"]),
    ("[T cells] are kept in check by [IL-10].", ["IL-10 decreases T cells: activity"]),
    ("Doctors put the [fever] down to [IL-1].", ["IL-1 increases fever: severity"]),
    ("The [fever] is down to [IL-1].", ["IL-1 increases fever: severity"]),
    ("Doctors put [IL-1] on a list and the brake on a bus of [patients].", []),
    ("[Stress] makes people susceptible to [infection].", ["Stress increases infection: risk"]),
    ("[Exercise] makes people less susceptible to [infection].", ["Exercise decreases infection: risk"]),
    ("[Aspirin] cured them of [gout].", ["Aspirin decreases gout: severity"]),
    # results
    ("[Fasting] leaves [T cells] sluggish.", ["Fasting decreases T cells: activity"]),
    ("[Cortisol] makes [T cells] less active.", ["Cortisol decreases T cells: activity"]),
    ("[Tocilizumab] left [IL-17] unchanged.", ["Tocilizumab affects IL-17: negated"]),
    ("[Stress] can cause [T cells] to become sluggish.", ["Stress decreases T cells: activity"]),
    ("[Cortisol] left the sluggish [T cells].", []),
    # occasions
    ("When the animals were given [rapamycin], the number of [T cells] dropped.",
     ["rapamycin decreases T cells: level"]),
    ("When the animals were not given [rapamycin], the number of [T cells] dropped.", []),
    ("Without [IL-7], [T cells] wither.", ["IL-7 increases T cells"]),
    ("Give the mice [leptin], and their [T cells] multiply.", ["leptin increases T cells: proliferation"]),
    ("Within days of [surgery], [macrophages] multiplied.", ["surgery associated_with+ macrophages"]),
    ("During [exercise], the body makes [IL-6].", ["exercise associated_with+ IL-6: production"]),
    # groups that stand for what they got or have
    ("In men on [rapamycin], [IL-6] fell.", ["rapamycin decreases IL-6: level"]),
    ("Men who took [testosterone] had more [depression].", ["testosterone associated_with+ depression"]),
    ("[Dexamethasone] saves the lives of people with [sepsis].", ["Dexamethasone decreases sepsis: severity"]),
    ("Men who never took [testosterone] had a car.", []),
    # odds
    ("[Smokers] are twice as likely to get [psoriasis].", ["Smokers associated_with+ psoriasis: risk"]),
    ("[Runners] were less likely to die of [infection].", ["Runners associated_with- infection: risk"]),
    ("[Smokers] are likely to ask about [psoriasis].", []),
    ("The more [cortisol] in their blood, the fewer [NK cells] they had.", ["cortisol associated_with- NK cells"]),
    # powers and appositions
    ("[Exercise] boosts the body's ability to fight [infection].", ["Exercise decreases infection"]),
    ("The best way to boost [NK cells] is [exercise].", ["exercise increases NK cells"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_plain_words(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)
