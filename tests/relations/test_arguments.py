"""From a word in argument position to the mentions it stands for, with sign and aspect."""

from __future__ import annotations

import pytest
from relation_kit import check, read

SIGNS = [
    # the aspect noun nearest the name counts
    ("[Cortisol] reduces the proliferation of [T cells].", ["Cortisol decreases T cells: proliferation"]),
    ("[IL-10] inhibits the production of [TNF] by [macrophages].",
     ["IL-10 decreases TNF: production", "macrophages produces TNF: production"]),
    ("[CCL2] increases the migration of [monocytes].", ["CCL2 increases monocytes: migration"]),
    ("[IL-12] boosts [NK cells] cytotoxicity.", ["IL-12 increases NK cells: cytotoxicity"]),
    ("[Exercise] lowers the risk of [type 2 diabetes].", ["Exercise decreases type 2 diabetes: risk"]),
    ("[Methotrexate] eases the symptoms of [arthritis].", ["Methotrexate decreases arthritis: severity"]),
    # inverted ones turn the sign round
    ("[Dexamethasone] induces apoptosis of [thymocytes].", ["Dexamethasone decreases thymocytes: survival"]),
    ("[IL-7] inhibits apoptosis of [T cells].", ["IL-7 increases T cells: survival"]),
    ("[TGF-beta] causes cell cycle arrest of [T cells].", ["TGF-beta decreases T cells: proliferation"]),
    ("[TNF] promotes the death of [hepatocytes].", ["TNF decreases hepatocytes: survival"]),
    # more and less of what acts or is acted on
    ("[IL-10] prevents the loss of [Treg cells].", ["IL-10 increases Treg cells"]),
    ("Loss of [IL-10] causes [colitis].", ["IL-10 decreases colitis: derived"]),
    ("A lack of [insulin] causes [diabetes].", ["insulin decreases diabetes: derived"]),
    ("[Rapamycin] led to a fall in [T cells].", ["Rapamycin decreases T cells"]),
    ("[Fasting] blocked the increase in [insulin].", ["Fasting decreases insulin"]),
    ("[Stress] abolished the suppression of [T cells].", ["Stress increases T cells"]),
    ("[IL-6 blockade] prevented the inhibition of [T cells].", ["IL-6 blockade increases T cells"]),
    # coordination spreads out
    ("[IL-4] and [IL-13] activate [macrophages].",
     ["IL-4 increases macrophages: activation", "IL-13 increases macrophages: activation"]),
    ("[IL-7] promotes the proliferation and survival of [T cells].", ["IL-7 increases T cells"]),
    ("[Rapamycin] suppresses [T cells] and [B cells].",
     ["Rapamycin decreases T cells", "Rapamycin decreases B cells"]),
    ("[Stress] raises [cortisol] and [adrenaline], which mobilise [neutrophils].",
     ["Stress increases cortisol", "Stress increases adrenaline", "cortisol increases neutrophils: migration",
      "adrenaline increases neutrophils: migration"]),
    # words of no meaning of their own are looked through
    ("A number of [cytokines] activate [T cells].", ["cytokines increases T cells: activation"]),
    ("Treatment with [rapamycin] suppressed [T cells].", ["rapamycin decreases T cells"]),
    ("High levels of [cortisol] suppress [T cells].", ["cortisol decreases T cells"]),
]  # fmt: skip
NOTHING = [
    # the name belongs to something else in the phrase
    "[IL-6] was bought before [T cells] were thawed.",
    "[Cortisol] and [T cells] were measured.",
    "[IL-17] was described in a book about [psoriasis].",
    "The kit for [leptin] came with a manual for [T cells].",
]


@pytest.mark.parametrize(("sentence", "expected"), SIGNS, ids=[c[0] for c in SIGNS])
def test_sign_and_aspect(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@pytest.mark.parametrize("sentence", NOTHING)
def test_no_relation(sentence: str) -> None:
    check(read(sentence).lines(), [])


def test_a_blocked_effect_counts_twice() -> None:
    # Two turns of the sign: what IL-6 suppresses, its blocker restores.
    found = read("[Rapamycin] blocks the [IL-6]-induced suppression of [T cells].").lines()
    check(found, ["Rapamycin increases T cells", "IL-6 decreases T cells"])


def test_patients_stand_for_their_disease() -> None:
    found = read("[Vaccination] prolonged the survival of [patients] with [melanoma].").lines()
    check(found, ["Vaccination decreases melanoma"])
