"""Entries are found in their files."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from extract.relations.grammar import GRAMMAR_DIR, AspectNoun, Compound, Frame, Grammar, Trigger, load_grammar
from extract.rules_kit.where import index


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammar()


def line_of(place: str) -> str:
    file, _, line = place.rpartition(":")
    return (GRAMMAR_DIR.parent / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_every_entry_has_its_line(grammar: Grammar) -> None:
    where = index()
    every: Iterable[Trigger | AspectNoun | Frame | Compound] = [
        *grammar.triggers,
        *grammar.aspects.values(),
        *(f for group in grammar.frames.values() for f in group),
        *(c for group in grammar.compounds.values() for c in group),
    ]
    assert [entry for entry in every if ".yml:" not in where(entry)] == []


def test_the_line_is_where_the_entry_begins(grammar: Grammar) -> None:
    where = index()
    for entry in grammar.triggers[::50]:
        assert entry.lemma in line_of(where(entry))
    for frames in grammar.frames.values():
        assert all(line_of(where(f)) == f"- name: {f.name}" for f in frames)


def test_copies_that_rules_make_are_found_too(grammar: Grammar) -> None:
    where = index()
    entry = next(t for t in grammar.triggers if t.predicate == "produces")
    assert where(entry.model_copy(update={"predicate": "increases"})) == where(entry)
    compound = grammar.compounds["induced"][0]
    made = Trigger(
        lemma="-induced", pos="ADJ", predicate="increases", frame=("transitive",), example=compound.example
    )
    assert where(made) == where(compound)
    assert where(made).startswith("grammar/compounds.yml:")


def test_what_no_file_holds_has_its_module() -> None:
    frame = Frame(
        name="causative.result", group="causative", subject=("S",), object=("O",),
        example="An example.", negative="A negative.",
    )  # fmt: skip
    assert index()(frame) == "relations/matching.py"
