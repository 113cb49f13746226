"""Loss of function: the literal finding stays, and what was lost does the opposite."""

from __future__ import annotations

import pytest
from relation_kit import check, read

CASES = [
    ("[Blocking [IL-1]] reduced [gout].",
     ["Blocking IL-1 decreases gout", "IL-1 increases gout: derived"]),
    ("[Blockade of [IL-1]] eased [fever].",
     ["Blockade of IL-1 decreases fever", "IL-1 increases fever: derived"]),
    ("[[IL-6] blockade] eased [arthritis].",
     ["IL-6 blockade decreases arthritis", "IL-6 increases arthritis: derived"]),
    ("[Depletion of [Treg cells]] worsened [colitis].",
     ["Depletion of Treg cells increases colitis", "Treg cells decreases colitis: derived"]),
    ("[Anti-[TNF] therapy] did not ease [asthma].",
     ["Anti-TNF therapy decreases asthma: negated", "TNF increases asthma: negated, derived"]),
    # a treatment that takes nothing away derives nothing
    ("[Exercise] reduced [gout].", ["Exercise decreases gout"]),
    ("[Tocilizumab] reduced [arthritis].", ["Tocilizumab decreases arthritis"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[c[0] for c in CASES])
def test_loss(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


def test_a_derived_finding_shares_the_evidence_of_the_literal_one() -> None:
    literal, derived = read("[Blocking [IL-1]] reduced [gout].").findings
    assert (literal.derived, derived.derived) == (False, True)
    assert literal.evidence == derived.evidence
    assert literal.trigger == derived.trigger
    assert literal.aspect == derived.aspect
