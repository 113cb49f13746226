"""Members of a coordination that share a head or a stem: one mention each, in fragments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Spans = Callable[[str], list[str]]

SHARED_HEADS = [
    ("B and T cells multiplied.", ["CELL B … cells", "CELL T cells"]),
    ("Both B and T lymphocytes were low.", ["CELL B … lymphocytes", "CELL T lymphocytes"]),
    ("CD4+ and CD8+ T cells fell.", ["CELL CD4+ … T cells", "CELL CD8+ T cells"]),
    ("CD4(+) or CD8(+) T cells fell.", ["CELL CD4(+) … T cells", "CELL CD8(+) T cells"]),
    (
        "Insulin acts on muscle, liver and fat cells.",
        ["HORMONE Insulin", "CELL muscle … cells", "CELL liver … cells", "CELL fat cells"],
    ),
    ("Dendritic and NK cells met.", ["CELL Dendritic … cells", "CELL NK cells"]),
    ("Naive and memory T cells differ.", ["CELL Naive … T cells", "CELL memory T cells"]),
    ("Epithelial and endothelial cells swell.", ["CELL Epithelial … cells", "CELL endothelial cells"]),
    ("Type 1 and type 2 diabetes differ.", ["DISEASE Type 1 … diabetes", "DISEASE type 2 diabetes"]),
    ("Breast and lung cancers shrank.", ["DISEASE Breast … cancers", "DISEASE lung cancers"]),
    (
        "Breast, colon and lung cancer were compared.",
        ["DISEASE Breast … cancer", "DISEASE colon … cancer", "DISEASE lung cancer"],
    ),
    (
        "Type I and type II interferons differ.",
        ["CYTOKINE Type I … interferons", "CYTOKINE type II interferons"],
    ),
    (
        "Lymph node and spleen macrophages agree.",
        ["CELL Lymph node … macrophages", "CELL spleen macrophages"],
    ),
    ("Neither cancer nor dendritic cells grew.", ["DISEASE cancer", "CELL cancer … cells", "CELL dendritic cells"]),
    # two whole names
    ("Cancer and dendritic cells grew.", ["DISEASE Cancer", "CELL dendritic cells"]),
    ("Monocytes and T cells came.", ["CELL Monocytes", "CELL T cells"]),
    ("Obesity and breast cancer are linked.", ["DISEASE Obesity", "DISEASE breast cancer"]),
    ("Leptin and growth hormone rose.", ["HORMONE Leptin", "HORMONE growth hormone"]),
    ("IL-6 and T cells rose.", ["CYTOKINE IL-6", "CELL T cells"]),
    ("Asthma and lung infection are apart.", ["DISEASE Asthma", "DISEASE lung infection"]),
    # another clause, another sentence
    ("She ate and T cells fell.", ["CELL T cells"]),
    ("It came from B. And T cells fell.", ["CELL T cells"]),
]  # fmt: skip

SHARED_STEMS = [
    ("Interleukin-4 and -13 drive it.", ["CYTOKINE Interleukin-4", "CYTOKINE Interleukin- … 13"]),
    ("IL-4, -5 and -13 rose.", ["CYTOKINE IL-4", "CYTOKINE IL- … 5", "CYTOKINE IL- … 13"]),
    ("IL-1α and β rose.", ["CYTOKINE IL-1α", "CYTOKINE IL-1 … β"]),
    ("IL-1α and -β rose.", ["CYTOKINE IL-1α", "CYTOKINE IL-1 … β"]),
    ("IL-1 alpha and beta rose.", ["CYTOKINE IL-1 alpha", "CYTOKINE IL-1 … beta"]),
    ("Hepatitis B and C are viral.", ["DISEASE Hepatitis B", "DISEASE Hepatitis … C"]),
    # whole names, and counts
    ("IL-4 and IL-13 rose.", ["CYTOKINE IL-4", "CYTOKINE IL-13"]),
    ("We gave IL-4 and 13 mice died.", ["CYTOKINE IL-4"]),
    ("IL-6 and 24 hours of rest helped.", ["CYTOKINE IL-6"]),
]


SHARED_TAILS = [
    (
        "Pro- and anti-inflammatory cytokines rose.",
        ["CYTOKINE Pro- … inflammatory cytokines", "CYTOKINE anti-inflammatory cytokines"],
    ),
    (
        "Intra- and extracellular infection differ.",
        ["DISEASE Intra- … cellular infection", "DISEASE extracellular infection"],
    ),
    # one name only, and no prefix
    ("The pro- and the anti-inflammatory cytokines rose.", ["CYTOKINE anti-inflammatory cytokines"]),
    ("Co- and anti-inflammatory cytokines rose.", ["CYTOKINE anti-inflammatory cytokines"]),
]


@pytest.mark.parametrize(("text", "expected"), SHARED_HEADS + SHARED_STEMS + SHARED_TAILS)
def test_coordination(core: Spans, text: str, expected: list[str]) -> None:
    assert core(text) == expected


def test_fragments_are_offsets(read: Callable[[str], list[object]]) -> None:
    first = read("B and T cells multiplied.")[0]
    assert first.fragments == [(0, 1), (8, 13)]  # type: ignore[attr-defined]
    assert first.source == "coordination"  # type: ignore[attr-defined]


def test_members_have_their_own_concepts(read: Callable[[str], list[object]]) -> None:
    found = {m.text: m.concept for m in read("Interleukin-4 and -13, B and T cells.")}  # type: ignore[attr-defined]
    assert found == {
        "Interleukin-4": "HGNC:6014", "Interleukin- … 13": "HGNC:5973",
        "B … cells": "CL:0000236", "T cells": "CL:0000084",
    }  # fmt: skip
