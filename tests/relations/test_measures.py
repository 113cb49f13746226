"""Sizes and significance words, each with its own finding."""

from __future__ import annotations

import pytest
from spacy.language import Language

SIZES = [
    ("Exercise raised IL-6 by 20 percent.", {"IL-6": "by 20 percent"}),
    ("Exercise raised IL-6 by 20 percent and lowered TNF by half.", {"IL-6": "by 20 percent", "TNF": "by half"}),
    # what another finding of the sentence says of size stays there
    ("Exercise raised IL-6 by 20 percent, but rapamycin reduced TNF.", {"IL-6": "by 20 percent", "TNF": None}),
    ("Cortisol lowered TNF, whereas insulin raised IL-6 threefold.", {"TNF": None, "IL-6": "threefold"}),
    # one size for all members of a list, or one each
    ("Cortisol reduced IL-6 and TNF by 30%.", {"IL-6": "by 30%", "TNF": "by 30%"}),
    ("Cortisol reduced IL-6.", {"IL-6": None}),
    # the width of an interval is no size
    ("Cortisol reduced IL-6 (95% CI 1.1 to 2.0).", {"IL-6": None}),
]  # fmt: skip
SIGNIFICANCE = [
    ("Cortisol reduced IL-6 (P = 0.01).", {"IL-6": "P = 0.01"}),
    ("Cortisol reduced IL-6 significantly (p<0.05).", {"IL-6": "p<0.05"}),
    ("Cortisol significantly reduced IL-6.", {"IL-6": "significantly"}),
    ("Cortisol did not significantly reduce IL-6.", {"IL-6": "not significantly"}),
    ("Cortisol reduced IL-6 (P = 0.01) and raised TNF (P = 0.04).", {"IL-6": "P = 0.01", "TNF": "P = 0.04"}),
    ("Cortisol reduced IL-6.", {"IL-6": None}),
    # significant in another sense
    ("IL-17 plays a significant role in psoriasis.", {"psoriasis": None}),
]  # fmt: skip


def words(nlp: Language, sentence: str, field: str) -> dict[str, str | None]:
    """The words of one field by the object of each finding that is not derived."""
    doc = nlp(sentence)
    names = {m.id: m.text for m in doc._.mentions}
    spans = {names[f.object]: getattr(f, field) for f in doc._.findings if not f.derived}
    return {name: doc.text[slice(*span)] if span else None for name, span in spans.items()}


@pytest.mark.parametrize(("sentence", "expected"), SIZES, ids=[c[0] for c in SIZES])
def test_sizes(nlp: Language, sentence: str, expected: dict[str, str | None]) -> None:
    assert words(nlp, sentence, "quantity") == expected


@pytest.mark.parametrize(("sentence", "expected"), SIGNIFICANCE, ids=[c[0] for c in SIGNIFICANCE])
def test_significance(nlp: Language, sentence: str, expected: dict[str, str | None]) -> None:
    assert words(nlp, sentence, "significance") == expected
