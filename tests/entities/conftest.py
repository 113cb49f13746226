"""A small lexicon of its own, so that these tests say what the code does, not what the shipped tables
hold.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from extract.entities.annotator import EntityAnnotator
from extract.lexicon.lexicon import Lexicon
from extract.schema import Mention

Reader = Callable[[str], list[Mention]]


@pytest.fixture(scope="session")
def names() -> Lexicon:
    return Lexicon.load([Path(__file__).with_name("names.tsv")])


@pytest.fixture(scope="session")
def doc_of() -> Callable[[str], Doc]:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="session")
def read(names: Lexicon, doc_of: Callable[[str], Doc]) -> Reader:
    """Text -> its mentions."""
    annotator = EntityAnnotator(names)
    return lambda text: annotator(doc_of(text))


@pytest.fixture(scope="session")
def core(read: Reader) -> Callable[[str], list[str]]:
    """Text -> its core mentions as "TYPE text", fragments joined by " … "."""
    kinds = ("CELL", "CYTOKINE", "HORMONE", "DISEASE")
    return lambda text: [f"{m.type} {m.text}" for m in read(text) if m.type in kinds]


@pytest.fixture(scope="session")
def every(read: Reader) -> Callable[[str], list[str]]:
    """Text -> all its mentions as "TYPE text"."""
    return lambda text: [f"{m.type} {m.text}" for m in read(text)]
