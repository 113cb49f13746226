"""Names grow over the words that make a subtype or a state, and over no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Spans = Callable[[str], list[str]]

CELLS = [
    # state and subtype
    ("Fever brings activated T cells to the wound.", ["CELL activated T cells"]),
    ("Naive CD8+ T cells wait in the node.", ["CELL Naive CD8+ T cells"]),
    ("Resting human B cells divide rarely.", ["CELL Resting human B cells"]),
    ("M2 macrophages calm the wound.", ["CELL M2 macrophages"]),
    ("Tissue-resident macrophages swallow debris.", ["CELL Tissue-resident macrophages"]),
    ("Regulatory T cells hold the others back.", ["CELL Regulatory T cells"]),
    # signed markers
    ("CD4+CD25+ T cells were counted.", ["CELL CD4+CD25+ T cells"]),
    ("Foxp3− cells gave no help.", ["CELL Foxp3− cells"]),
    ("CD8(+) T cells entered the islets.", ["CELL CD8(+) T cells"]),
    ("CD45RA- T cells remember.", ["CELL CD45RA- T cells"]),
    ("Some IL-17+ cells lay in the skin.", ["CELL IL-17+ cells", "CYTOKINE IL-17"]),
    ("CD25(hi) T cells were scarce.", ["CELL CD25(hi) T cells"]),
    # compounds, with the names that a hyphen sets apart
    ("IL-17-producing cells line the gut.", ["CELL IL-17-producing cells", "CYTOKINE IL-17"]),
    ("Antigen-specific T cells multiply.", ["CELL Antigen-specific T cells"]),
    ("Virus-infected epithelial cells call for help.", ["CELL Virus-infected epithelial cells"]),
    (
        "Tumour-infiltrating macrophages feed growth.",
        ["CELL Tumour-infiltrating macrophages", "DISEASE Tumour"],
    ),
    ("Class II-negative B cells stay unseen.", ["CELL Class II-negative B cells"]),
    ("Group 2 innate lymphoid cells make IL-5.", ["CELL Group 2 innate lymphoid cells", "CYTOKINE IL-5"]),
    # the disease or the tissue in a cell's name
    ("Colon cancer cells spread early.", ["CELL Colon cancer cells", "DISEASE Colon cancer"]),
    ("Bone marrow macrophages were grown.", ["CELL Bone marrow macrophages"]),
    ("Peripheral blood monocytes were drawn.", ["CELL Peripheral blood monocytes"]),
    # words that continue a name on its right
    ("Two T cell clones were kept.", ["CELL T cell clones"]),
    ("A breast cancer cell line was used.", ["CELL breast cancer cell line", "DISEASE breast cancer"]),
    # a first part of several words, a symbol
    ("Bone marrow-derived macrophages were used.", ["CELL Bone marrow-derived macrophages"]),
    ("QX-231 cells were injected.", ["CELL QX-231 cells"]),
    ("Cells of the spleen were mixed.", ["CELL Cells of the spleen"]),
    ("Cells infected with SARS-CoV-2 swell.", ["CELL Cells infected with SARS-CoV-2"]),
    # what stays out
    ("They allow macrophages to feed.", ["CELL macrophages"]),
    ("All cell lines and cell types were kept.", []),
    ("The patient had many more efficient T cells.", ["CELL T cells"]),
    ("Cultured monocytes and purified neutrophils died.", ["CELL monocytes", "CELL neutrophils"]),
    ("These cells divide, as all cells do.", []),
    ("Two hundred cells were seen in each field.", []),
    ("The drug will activate macrophages.", ["CELL macrophages"]),
    ("In mice, T cells fell.", ["CELL T cells"]),
    ("Bacteriophages infect bacteria.", []),
]

DISEASES = [
    ("Rheumatic heart disease follows sore throats.", ["DISEASE Rheumatic heart disease"]),
    ("She had allergic asthma.", ["DISEASE allergic asthma"]),
    ("Small-cell lung cancer grows fast.", ["DISEASE Small-cell lung cancer"]),
    ("Triple-negative breast cancer is hard to treat.", ["DISEASE Triple-negative breast cancer"]),
    ("Primary melanoma was cut out.", ["DISEASE Primary melanoma"]),
    ("Metastatic melanoma was not.", ["DISEASE Metastatic melanoma"]),
    ("Type 2 diabetes came late.", ["DISEASE Type 2 diabetes"]),
    ("Bacterial infections were treated.", ["DISEASE Bacterial infections"]),
    ("Influenza infection weakened him.", ["DISEASE Influenza infection"]),
    ("Gastroenteritis is brief.", ["DISEASE Gastroenteritis"]),
    ("Cardiomyopathy and lymphadenopathy were found.", ["DISEASE Cardiomyopathy", "DISEASE lymphadenopathy"]),
    ("T-cell lymphoma is rare.", ["DISEASE T-cell lymphoma", "CELL T-cell"]),
    ("She has Erdheim-Chester disease.", ["DISEASE Erdheim-Chester disease"]),
    ("A sister with QZX syndrome recovered.", ["DISEASE QZX syndrome"]),
    ("Inflammation of the joint is not psoriasis of the skin.", ["DISEASE psoriasis of the skin"]),
    ("Inflammatory conditions need care.", ["DISEASE Inflammatory conditions"]),
    # listed modifiers only, and none that are nouns
    ("Sanitary conditions improved.", []),
    ("A journal infection is a joke.", ["DISEASE infection"]),
    ("Bring Down Disease Now", ["DISEASE Disease"]),
    # severity, stage and cause stay out; so do words that merely end alike
    ("Severe asthma limits breath.", ["DISEASE asthma"]),
    ("Progressive psoriasis was noted.", ["DISEASE psoriasis"]),
    ("Early-onset obesity runs in families.", ["DISEASE obesity"]),
    ("The chronic autoimmune disease psoriasis itches.", ["DISEASE autoimmune disease", "DISEASE psoriasis"]),
    ("Apoptosis, phagocytosis and homeostasis are no illness.", []),
    ("The hypothesis led to a diagnosis.", []),
    ("Failure was not an option.", []),
]  # fmt: skip

CLASSES = [
    ("Pro-inflammatory cytokines rose.", ["CYTOKINE Pro-inflammatory cytokines"]),
    ("Type I interferons fell.", ["CYTOKINE Type I interferons"]),
    ("Stress hormones surge at dawn.", ["HORMONE Stress hormones"]),
    ("The pituitary hormone travels far.", ["HORMONE pituitary hormone"]),
    ("The stress hormone cortisol rose.", ["HORMONE stress hormone", "HORMONE cortisol"]),
    ("Neutrophil IL-6 rose.", ["CELL Neutrophil", "CYTOKINE IL-6"]),
    ("Other cytokines and several hormones rose.", ["CYTOKINE cytokines", "HORMONE hormones"]),
    ("High serum leptin was found.", ["HORMONE leptin"]),
]


@pytest.mark.parametrize(("text", "expected"), CELLS + DISEASES + CLASSES)
def test_growth(core: Spans, text: str, expected: list[str]) -> None:
    assert core(text) == expected


def test_class_names_are_generic(read: Callable[[str], list[object]]) -> None:
    found = {m.text: m.generic for m in read("Pro-inflammatory cytokines such as IL-6 rose.")}  # type: ignore[attr-defined]
    assert found == {"Pro-inflammatory cytokines": True, "IL-6": False}


def test_a_name_does_not_cross_a_sentence(core: Spans) -> None:
    assert core("They were activated. T cells came.") == ["CELL T cells"]
