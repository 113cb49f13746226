"""What the words around a name make of it: receptor, gene, antibody, blockade, deficient animals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Spans = Callable[[str], list[str]]

CASES = [
    # receptors and genes are proteins, and hold no cytokine
    ("The IL-6 receptor was found.", ["PROTEIN IL-6 receptor"]),
    ("Soluble TNF receptors rose.", ["PROTEIN Soluble TNF receptors"]),
    ("Its IL-2 receptor alpha chain was absent.", ["PROTEIN IL-2 receptor alpha chain"]),
    ("The IL-2 gene was cloned.", ["PROTEIN IL-2 gene"]),
    ("It binds the IL-13 promoter.", ["PROTEIN IL-13 promoter"]),
    ("The leptin receptor was mutated.", ["PROTEIN leptin receptor"]),
    ("An IL-10 gene polymorphism was typed.", ["PROTEIN IL-10 gene polymorphism"]),
    # a dictionary name of the whole wins
    ("Interleukin-1 receptor antagonist rose.", ["CYTOKINE Interleukin-1 receptor antagonist"]),
    # messenger RNA and protein stand for the cytokine
    ("IL-6 mRNA rose.", ["CYTOKINE IL-6"]),
    ("TNF protein was measured.", ["CYTOKINE TNF"]),
    # antibodies, blockers, blockade
    ("Anti-TNF was given.", ["INTERVENTION Anti-TNF"]),
    ("An anti-IL-17 antibody helped.", ["INTERVENTION anti-IL-17 antibody", "CYTOKINE IL-17"]),
    (
        "Neutralizing anti-IL-6 antibodies helped.",
        ["INTERVENTION Neutralizing anti-IL-6 antibodies", "CYTOKINE IL-6"],
    ),
    ("TNF inhibitors help.", ["INTERVENTION TNF inhibitors", "CYTOKINE TNF"]),
    ("An mTOR inhibitor was used.", ["CHEMICAL mTOR inhibitor", "PROTEIN mTOR"]),
    ("IL-1 blockade helped.", ["INTERVENTION IL-1 blockade", "CYTOKINE IL-1"]),
    ("Blocking IL-1 reduced pain.", ["INTERVENTION Blocking IL-1", "CYTOKINE IL-1"]),
    ("Healing failed by blocking IL-1.", ["INTERVENTION blocking IL-1", "CYTOKINE IL-1"]),
    ("Depletion of macrophages slowed it.", ["INTERVENTION Depletion of macrophages", "CELL macrophages"]),
    ("Injection of LPS raised it.", ["INTERVENTION Injection of LPS", "CHEMICAL LPS"]),
    ("A lack of IL-10 was fatal.", ["INTERVENTION lack of IL-10", "CYTOKINE IL-10"]),
    ("IL-10 deficiency was fatal.", ["INTERVENTION IL-10 deficiency", "CYTOKINE IL-10"]),
    ("STAT3 signalling rose.", ["PROTEIN STAT3 signalling"]),
    ("Inhibition of STAT3 helped.", ["INTERVENTION Inhibition of STAT3", "PROTEIN STAT3"]),
    ("Removal of the insulin helped.", ["INTERVENTION Removal of the insulin", "HORMONE insulin"]),
    ("STAT3(-/-) mice ran.", ["ORGANISM STAT3(-/-) mice", "INTERVENTION STAT3(-/-)", "PROTEIN STAT3"]),
    ("Thyroidectomy helped.", ["INTERVENTION Thyroidectomy"]),
    # the body's own antibodies are no treatment
    ("An antibody to IL-6 helped.", ["INTERVENTION antibody to IL-6", "CYTOKINE IL-6"]),
    ("Antibodies to STAT3 rose.", ["PROTEIN Antibodies to STAT3", "PROTEIN STAT3"]),
    ("Autoantibodies to IL-6 rose.", ["PROTEIN Autoantibodies to IL-6", "CYTOKINE IL-6"]),
    ("Blocking antibodies to STAT3 helped.", ["INTERVENTION Blocking antibodies to STAT3", "PROTEIN STAT3"]),
    ("Treatment with recombinant IL-2 helped.", ["INTERVENTION Treatment with recombinant IL-2", "CYTOKINE IL-2"]),
    # not these
    ("Inhibition of IL-4-induced genes failed.", ["CYTOKINE IL-4"]),
    ("It rose in response to treatment with IL-2.", ["CYTOKINE IL-2"]),
    ("The drug causes inhibition of STAT3.", ["PROTEIN STAT3"]),
    ("Cells targeting TNF were rare.", ["CYTOKINE TNF"]),
    ("Anti-inflammatory cytokines rose.", ["CYTOKINE Anti-inflammatory cytokines"]),
    ("Anticancer drugs were given.", []),
    ("IL-6 rose; receptors did not.", ["CYTOKINE IL-6", "PROTEIN receptors"]),
    ("IL-6-induced proliferation fell.", ["CYTOKINE IL-6", "PROCESS proliferation"]),
    ("Tumour-bearing mice lived.", ["ORGANISM Tumour-bearing mice", "DISEASE Tumour"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_surroundings(every: Spans, text: str, expected: list[str]) -> None:
    assert every(text) == expected


def test_a_gene_may_also_be_its_product(read: Callable[[str], list[object]]) -> None:
    gene = read("The IL-2 gene was cloned.")[0]
    assert gene.also == ["CYTOKINE"]  # type: ignore[attr-defined]


GROUPS = [
    ("Patients with asthma were asked.", ["ORGANISM Patients with asthma", "DISEASE asthma"]),
    ("Asthma patients were asked.", ["ORGANISM Asthma patients", "DISEASE Asthma"]),
    ("Healthy controls rested.", ["ORGANISM Healthy controls"]),
    ("Older men ran.", ["ORGANISM Older men"]),
    ("IL-10-deficient mice fell ill.", ["ORGANISM IL-10-deficient mice", "CYTOKINE IL-10"]),
    ("Apc(Min/+) mice ran.", ["ORGANISM Apc(Min/+) mice"]),
    ("Wild-type mice ran.", ["ORGANISM Wild-type mice"]),
    ("Mice lacking IL-6 ran.", ["ORGANISM Mice lacking IL-6", "CYTOKINE IL-6"]),
    ("Many patients and 12 men came.", ["ORGANISM patients", "ORGANISM men"]),
    ("Such individuals and their controls differ.", []),
    ("Mice with asthma were weighed.", ["ORGANISM Mice", "DISEASE asthma"]),
    ("Patients with and without asthma came.", ["ORGANISM Patients", "DISEASE asthma"]),
]


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_groups(every: Spans, text: str, expected: list[str]) -> None:
    assert every(text) == expected
