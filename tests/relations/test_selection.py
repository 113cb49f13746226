"""Which sentences are worth parsing."""

from __future__ import annotations

import pytest
from relation_kit import marked

from extract.relations.selection import can_hold_finding
from extract.schema import Mention

CASES = [
    ("[IL-6] activates [T cells].", True),
    ("[Exercise] mobilises [NK cells].", True),
    # one core name needs something that may refer back
    ("It activates [T cells].", True),
    ("These cells release [TNF].", True),
    ("[T cells] were thawed.", False),
    # no core name
    ("[Aspirin] was given to [mice].", False),
    # no name
    ("Nothing was said.", False),
    ("It activates them.", False),
]


@pytest.mark.parametrize(("sentence", "worth"), CASES, ids=[c[0] for c in CASES])
def test_one_sentence(sentence: str, worth: bool) -> None:
    part = marked(sentence)
    assert can_hold_finding(part.text, (0, len(part.text)), part.mentions) is worth


def test_a_context_name_may_act_on_what_was_named_before() -> None:
    text = "IL-6 was high. Rapamycin lowered it."
    mentions = [
        Mention(id="m1", type="CYTOKINE", fragments=[(0, 4)], text="IL-6"),
        Mention(id="m2", type="CHEMICAL", fragments=[(15, 24)], text="Rapamycin"),
    ]
    assert can_hold_finding(text, (15, 36), mentions)
    assert not can_hold_finding(text, (15, 36), mentions[1:])


def test_names_of_other_sentences_do_not_count() -> None:
    part = marked("[IL-6] rose. [T cells] were thawed.")
    assert not can_hold_finding(part.text, (11, len(part.text)), part.mentions)
