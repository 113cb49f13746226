"""docs/grammar.md is true: its outputs are current, its entry works, and it names every field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from grammar_page import PAGE, SENTENCE, entry, refreshed, show, with_entry
from marked_examples import cases, run
from pydantic import BaseModel

from extract.relations.grammar import PLACES, AspectNoun, Compound, Cues, Frame, FrameGroup, Trigger, load_grammar
from extract.relations.words import word_list

ROOT = PAGE.parents[1]
TEXT = PAGE.read_text(encoding="utf-8")


def test_outputs_are_current() -> None:
    # The confidence model is trained now and then; the page need not follow each time.
    confidence = re.compile(r"confidence +0\.\d\d")
    assert confidence.sub("", refreshed(TEXT)) == confidence.sub("", TEXT), (
        "run python tests/grammar/grammar_page.py --write"
    )


def test_the_worked_example_goes_from_nothing_to_a_finding() -> None:
    assert f'immunolit show "{SENTENCE}"' in TEXT
    assert "Findings  0" in show()
    with with_entry(entry(TEXT)) as grammar:
        assert "Findings  1" in show(grammar)
        added = [c for c in cases(grammar) if c.id == "trigger muzzle/VERB/decreases"]
        assert [o.problem for o in run(grammar, added)] == [""]


def test_the_word_of_the_worked_example_is_not_known() -> None:
    assert "muzzled" not in load_grammar().by_form


@pytest.mark.parametrize("model", [Trigger, AspectNoun, Frame, Compound, Cues], ids=lambda m: m.__name__)
def test_every_field_is_named(model: type[BaseModel]) -> None:
    assert [name for name in model.model_fields if f"`{name}`" not in TEXT and f"`{name}: true`" not in TEXT] == []


def test_every_frame_group_and_place_is_named() -> None:
    assert [group for group in FrameGroup.__args__ if f"`{group}`" not in TEXT] == []  # type: ignore[attr-defined]
    assert [place for place in PLACES if f"`{place}`" not in TEXT] == []


def test_files_that_are_named_exist() -> None:
    named = re.findall(r"`((?:src|scripts|tests)/[\w/.*-]+)`|python ((?:tests|scripts)/[\w/.]+)", TEXT)
    for one, other in named:
        assert list(Path(ROOT).glob((one or other).rstrip("/"))), one or other


def test_suffixes_of_compounds_are_known_to_the_parser() -> None:
    assert sorted(set(load_grammar().compounds) - word_list("compound_suffixes")) == []
