"""Other ways to say a name."""

from __future__ import annotations

import pytest

from extract.entities.data import table
from extract.entities.rewrites import rewritten
from extract.schema import MENTION_TYPES


@pytest.mark.parametrize(
    ("phrase", "kind", "other"),
    [
        ("carcinoma of the breast", "DISEASE", "breast carcinoma"),
        ("neuron of the hippocampus", "CELL", "hippocampus neuron"),
        ("hippocampus neurons", "CELL", "hippocampal neurons"),
        ("dorsal root ganglion sensory neurons", "CELL", "sensory neurons of dorsal root ganglion"),
        ("renal disease", "DISEASE", "kidney disease"),
        ("hepatic malignancies", "DISEASE", "liver cancer"),
        ("tumours of the liver", "DISEASE", "liver neoplasm"),
        ("inherited disorder", "DISEASE", "hereditary disease"),
        ("cardiac tumors", "DISEASE", "heart neoplasm"),
    ],
)
def test_another_form(phrase: str, kind: str, other: str) -> None:
    assert other in set(rewritten(phrase, kind))


@pytest.mark.parametrize(
    ("phrase", "kind", "other"),
    [
        ("renal disease", "DISEASE", "renal disease"),  # not itself
        ("renal disease", "DISEASE", "liver disease"),
        ("renal lymphocytes", "CELL", "renal disease"),
        ("malignancies", "CELL", "cancer"),  # a disease's word
        ("acute kidney injury", "DISEASE", "chronic kidney injury"),
    ],
)
def test_no_other_meaning(phrase: str, kind: str, other: str) -> None:
    assert other not in set(rewritten(phrase, kind))


def test_forms_come_once_and_are_few() -> None:
    forms = list(rewritten("hepatic tumor of the renal cardiac disorder", "DISEASE"))
    assert len(forms) == len(set(forms)) < 2000
    assert list(rewritten("asthma", "CELL")) == []


def test_the_table_names_types_and_single_words_on_one_side() -> None:
    for kind, one, other in table("rewrites", 3):
        assert kind in (*MENTION_TYPES, "*")
        assert one != other
        assert " " not in one or " " not in other
