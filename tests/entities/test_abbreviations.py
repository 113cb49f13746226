"""Short forms: what a definition is, how long its long form is, and what the short form then means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.entities.abbreviations import find_definitions, occurrences

DEFINITIONS = [
    ("Natural killer (NK) cells kill.", [("NK", "Natural killer")]),
    ("T helper 17 (Th17) cells came.", [("Th17", "T helper 17")]),
    ("Tumor necrosis factor alpha (TNF-α) rose.", [("TNF-α", "Tumor necrosis factor alpha")]),
    ("Interferon-γ (IFN-γ) rose.", [("IFN-γ", "Interferon-γ")]),
    ("Rheumatoid arthritis (RA) hurts.", [("RA", "Rheumatoid arthritis")]),
    ("We saw multiple sclerosis (MS) here.", [("MS", "multiple sclerosis")]),
    ("Type 2 diabetes (T2D) came.", [("T2D", "Type 2 diabetes")]),
    ("Peripheral blood mononuclear cells (PBMCs) rest.", [("PBMCs", "Peripheral blood mononuclear cells")]),
    ("Graft-versus-host disease (GVHD) followed.", [("GVHD", "Graft-versus-host disease")]),
    ("Body mass index (BMI) and heart rate (HR) fell.", [("BMI", "Body mass index"), ("HR", "heart rate")]),
    ("Fibroblast growth factor 21 (FGF21; a hormone) rose.", [("FGF21", "Fibroblast growth factor 21")]),
    # no definitions
    ("It fell (see Figure 2).", []),
    ("It rose in men (n = 12).", []),
    ("Most cells (mainly macrophages) died.", []),
    ("TNF, IL-6 and IL-17 (Th17) rose.", []),
    ("The dose (10 mg) was low.", []),
    ("A name (or two) is enough.", []),
    ("The mice (ABC) slept.", []),
    ("Insulin (insulin) is itself.", []),
]


@pytest.mark.parametrize(("text", "expected"), DEFINITIONS)
def test_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_definitions(text)
    assert [(d.text, text[d.long[0] : d.long[1]]) for d in found] == expected
    assert [text[d.short[0] : d.short[1]] for d in found] == [d.text for d in found]


def test_the_first_definition_counts() -> None:
    found = find_definitions("Multiple sclerosis (MS) is not mass spectrometry (MS).")
    assert [(d.text, d.long) for d in found] == [("MS", (0, 18))]


def test_occurrences_are_whole_words_with_their_capitals() -> None:
    text = "MS, MSs and ms; AMS, MS-like, GC-MS, MSA, MS."
    found = occurrences(text, ["MS", "MSA"])
    assert [text[a:b] for a, b in found["MS"]] == ["MS", "MSs", "MS", "MS"]
    assert [text[a:b] for a, b in found["MSA"]] == ["MSA"]


MENTIONS = [
    # one cell, two cytokines
    ("Natural killer (NK) cells kill.", ["CELL Natural killer (NK) cells"]),
    (
        "Tumour necrosis factor (TNF) rose.",
        ["CYTOKINE Tumour necrosis factor", "CYTOKINE TNF"],
    ),
    # later, with a head of its own
    (
        "Crohn's colitis (CC) is slow. CC flares, and CC patients rest.",
        ["DISEASE Crohn's colitis", "DISEASE CC", "DISEASE CC", "DISEASE CC"],
    ),
    # the short form in the middle of a name
    ("Interleukin (IL)-17 rose.", ["CYTOKINE Interleukin (IL)-17"]),
    ("Transforming growth factor (TGF)-β rose.", ["CYTOKINE Transforming growth factor (TGF)-β"]),
    ("Type 1 diabetes (T1D) mellitus is rare.", ["DISEASE Type 1 diabetes", "DISEASE T1D"]),
    # what the document says the letters mean goes before the lexicon
    ("Leptin was typed by interleaved fat tallies (IFT).", ["HORMONE Leptin"]),
    ("They used timed needle frames (TNF). TNF was quick.", []),
    # the cause in a long form is no part of the disease, but the short form is
    (
        "Steroid-induced psoriasis (SIP) heals. SIP is rare.",
        ["DISEASE psoriasis", "DISEASE SIP", "DISEASE SIP"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mentions(core: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert core(text) == expected


def test_a_short_form_has_the_concept_of_its_long_form(read: Callable[[str], list[object]]) -> None:
    found = read("Rheumatoid arthritis (RA) hurts. RA is common.")
    assert {m.concept for m in found} == {"MONDO:0008383"}  # type: ignore[attr-defined]
    assert [m.source for m in found] == ["lexicon", "abbreviation", "abbreviation"]  # type: ignore[attr-defined]
