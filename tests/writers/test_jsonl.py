from __future__ import annotations

import json

from builders import cycling
from hypothesis import given
from hypothesis import strategies as st

from extract.schema import Document, Meta
from extract.writers.jsonl import document_line


def test_a_document_comes_back_as_it_was() -> None:
    document = cycling()
    assert Document.model_validate_json(document_line(document)) == document


def test_unknown_meta_fields_are_kept_and_empty_ones_left_out() -> None:
    line = document_line(
        Document(id="d", text="t", meta=Meta.model_validate({"licence": "CC0", "title": "T"}))
    )
    assert json.loads(line)["meta"] == {"title": "T", "licence": "CC0"}


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_is_one_line_of_utf8_and_comes_back(text: str) -> None:
    line = document_line(Document(id="d", text=text))
    assert line.encode("utf-8")
    assert line.splitlines() == [line[:-1]]
    assert json.loads(line)["text"] == text
