"""What the tests of the relation stage share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import extract


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline."""
    return extract.load()


@pytest.fixture(scope="session")
def assert_finding() -> Callable[..., None]:
    """assert_finding(doc, "IL-6", "increases", "NK cells", aspect="migration"): the Doc has such a finding."""

    def check(doc: Doc, subject: str, predicate: str, obj: str, **fields: object) -> None:
        names = {m.id: m.text for m in doc._.mentions}
        wanted = (subject, predicate, obj)
        found = [(names[f.subject], f.predicate, names[f.object], f) for f in doc._.findings]
        assert any(
            row[:3] == wanted and all(getattr(row[3], key) == value for key, value in fields.items()) for row in found
        ), f"no {wanted} {fields} in {doc.text!r}; found {[row[:3] for row in found]}"

    return check
