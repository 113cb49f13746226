"""Ways to say it: compounds, names inside names, causatives, comparisons, classes and members."""

from __future__ import annotations

import pytest
from relation_kit import check, read

COMPOUNDS = [
    ("[IL-6]-induced [CRP] expression was high.", ["IL-6 increases CRP: expression"]),
    ("[IL-2]-dependent [T cells] were grown.", ["IL-2 increases T cells"]),
    ("[LPS]-stimulated [macrophages] were washed.", ["LPS increases macrophages: activation"]),
    ("[IL-17]-producing [Th17 cells] were counted.", ["Th17 cells produces IL-17: production"]),
    ("[Macrophage]-derived [TNF] was measured.", ["Macrophage produces TNF: production"]),
    ("[Obesity]-associated [asthma] is common.", ["Obesity associated_with+ asthma"]),
    ("The [T cells]-suppressing [cortisol] was given.", ["cortisol decreases T cells"]),
    ("[IL-4]-independent [T cell] growth was seen.", ["IL-4 increases T cell: growth, negated"]),
    # what a compound presupposes is not denied by the sentence around it
    ("[Rapamycin] did not reach [IL-17]-producing [Th17 cells].", ["Th17 cells produces IL-17: production"]),
    ("[IL-6]-treated bottles were stored near [T cells].", []),
]
INSIDE = [
    ("[[IL-17]-producing T cells] were counted.", ["IL-17-producing T cells produces IL-17: production"]),
    ("[[IL-2]-activated NK cells] were washed.", ["IL-2 increases IL-2-activated NK cells: activation"]),
    # a name inside a name with no hyphen between them says nothing
    ("[multiple [myeloma cells]] were counted.", []),
]
CAUSATIVES = [
    ("[GnRH] stimulates [pituitary cells] to secrete [LH].",
     ["GnRH increases pituitary cells: activity", "GnRH increases LH: production",
      "pituitary cells produces LH: production"]),
    ("[IL-33] causes [mast cells] to release [IL-13].",
     ["IL-33 increases mast cells: activity", "IL-33 increases IL-13: production",
      "mast cells produces IL-13: production"]),
    ("[CRH] triggers the release of [ACTH] by [pituitary cells].",
     ["CRH increases ACTH: production", "CRH increases pituitary cells: activity",
      "pituitary cells produces ACTH: production"]),
    # no release is said to happen
    ("[Rapamycin] prevents [mast cells] from releasing [histamine].", ["Rapamycin decreases mast cells"]),
]  # fmt: skip
COMPARISONS = [
    ("There were more [NK cells] in [runners] than in [patients].", ["runners associated_with+ NK cells"]),
    ("[IL-6] was higher in [smokers] than in [athletes].", ["smokers associated_with+ IL-6"]),
    ("[Older adults] had fewer [naive T cells].", ["Older adults associated_with- naive T cells"]),
    ("Elevated [IL-6] is common in [people with depression].", ["people with depression associated_with+ IL-6"]),
    ("[Leptin] is increased in [obesity].", ["obesity associated_with+ Leptin"]),
    # a group that nothing sets apart is no argument
    ("There were more [NK cells] in [mice].", []),
    ("[NK cells] were found in [runners].", []),
]
MEMBERS = [
    ("The [stress hormones] [adrenaline] and [noradrenaline] mobilise [NK cells].",
     ["adrenaline increases NK cells: migration", "noradrenaline increases NK cells: migration"]),
    ("[Cytokines] such as [IL-6] cause [fatigue].", ["Cytokines increases fatigue", "IL-6 increases fatigue"]),
    ("[IL-1], [IL-6] and [TNF] cause [fever].",
     ["IL-1 increases fever", "IL-6 increases fever", "TNF increases fever"]),
    ("[IL-4], [IL-5] and [IL-13] are made by [Th2 cells].",
     ["Th2 cells produces IL-4", "Th2 cells produces IL-5", "Th2 cells produces IL-13"]),
    ("[Interleukin-2] ([IL-2]) expands [Treg cells].", ["Interleukin-2 increases Treg cells"]),
    # a definition is no finding
    ("[Irisin] is one of the [myokines].", []),
]  # fmt: skip
FRAMES = [
    ("[IL-17] plays a role in [psoriasis].", ["IL-17 affects psoriasis"]),
    ("[IL-10] is an inhibitor of [macrophages].", ["IL-10 decreases macrophages"]),
    ("[IL-7] is essential for [T cells].", ["IL-7 increases T cells"]),
    ("[Sleep loss] leads to [insulin resistance].", ["Sleep loss increases insulin resistance"]),
    ("[Leptin] correlates with [obesity].", ["Leptin associated_with+ obesity"]),
    ("An association between [obesity] and [asthma] was found.", ["obesity associated_with+ asthma"]),
    ("[Monocytes] differentiate into [macrophages].", ["Monocytes increases macrophages: differentiation"]),
    ("[Mast cells] are a source of [TNF].", ["Mast cells produces TNF: production"]),
    ("[TNF] is released from [macrophages].", ["macrophages produces TNF: production"]),
    ("Secretion of [TNF] by [macrophages] was seen.", ["macrophages produces TNF: production"]),
    ("[IL-6] rises in response to [exercise].", ["exercise increases IL-6"]),
    ("[T cells] are suppressed by [cortisol].", ["cortisol decreases T cells"]),
    ("[IL-10], which suppresses [macrophages], rises late.", ["IL-10 decreases macrophages"]),
    ("[Exercise] raises [adrenaline], mobilising [NK cells].",
     ["Exercise increases adrenaline", "Exercise increases NK cells: migration"]),
    ("[Exercise] slows [melanoma] by mobilising [NK cells].",
     ["Exercise decreases melanoma", "Exercise increases NK cells: migration"]),
    ("[Cortisol] inhibits [T cells] and activates [neutrophils].",
     ["Cortisol decreases T cells", "Cortisol increases neutrophils: activation"]),
    ("[NK cells] find and kill [tumour cells].", ["NK cells decreases tumour cells: survival"]),
    # no chain by inference
    ("[Stress] raises [cortisol], which suppresses [T cells].",
     ["Stress increases cortisol", "cortisol decreases T cells"]),
]  # fmt: skip


def table(cases: list[tuple[str, list[str]]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("sentence", "expected"), cases, ids=[c[0] for c in cases])


@table(COMPOUNDS)
def test_compounds(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@table(INSIDE)
def test_names_inside_names(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@table(CAUSATIVES)
def test_causatives_give_three_findings(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@table(COMPARISONS)
def test_comparisons(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@table(MEMBERS)
def test_classes_and_members(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


@table(FRAMES)
def test_frames(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)
