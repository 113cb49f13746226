"""The runner of examples says what is wrong with which, and holds it against the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import ConfigError
from extract.relations.grammar import Grammar, Trigger, load_grammar
from extract.rules_kit.examples import (
    KNOWN_MISREAD,
    NAMES,
    Case,
    Outcome,
    known_misread,
    lists_folder,
    read_names,
    run,
    run_unmarked,
    unmarked,
    write_known_misread,
)
from extract.rules_kit.verdict import Verdict, run_all


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammar()


def trigger(grammar: Grammar, name: str) -> Trigger:
    return next(t for t in grammar.triggers if t.id == name)


def case(entry: Trigger, marked: str, *, positive: bool = True) -> Case:
    return Case(f"trigger {entry.id}", marked, positive, entry)


def test_right_and_wrong_examples_are_told_apart(grammar: Grammar) -> None:
    inhibit = trigger(grammar, "inhibit/VERB/decreases")
    chosen = [
        case(inhibit, "[Cortisol]{S} *inhibits* [T cells]{O}."),
        case(inhibit, "[Cortisol]{S} was weighed. [T cells]{O} were counted."),
        case(inhibit, "[Cortisol]{S} *activates* [T cells]{O}."),
        case(inhibit, "[Cortisol]{A} *inhibits* [T cells]{B}.", positive=False),
        case(inhibit, "[Cortisol]{A} was weighed. [T cells]{B} were counted.", positive=False),
    ]
    assert [o.problem for o in run(grammar, chosen, {})] == [
        "",
        "subject and object are not related",
        "related with another predicate, sign or aspect",
        "relates the names of a negative",
        "",
    ]


def test_names_of_the_table_come_before_the_lexicon(grammar: Grammar) -> None:
    inhibit = trigger(grammar, "inhibit/VERB/decreases")
    made_up = case(inhibit, "[Xyzzy]{S} *inhibits* [T cells]{O}.")
    assert run(grammar, [made_up], {"xyzzy": "CHEMICAL"})[0].problem == ""
    with pytest.raises(ConfigError, match=r'inhibit.*No type for "Xyzzy".*names\.tsv'):
        run(grammar, [made_up], {})


def test_unmarked_negatives_are_judged_by_their_own_trigger(grammar: Grammar) -> None:
    inhibit = trigger(grammar, "inhibit/VERB/decreases")
    loud = Case(f"trigger {inhibit.id} negative", "Cortisol inhibits T cells.", False, inhibit)
    quiet = Case(f"trigger {inhibit.id} negative", "Cortisol activates T cells.", False, inhibit)
    first, second = run_unmarked(grammar, [loud, quiet])
    assert "makes a finding" in first.problem
    assert second.problem == ""
    assert len(second.found) == 1
    assert len(unmarked(grammar)) > 300


def test_one_entry_can_be_run_alone(grammar: Grammar) -> None:
    names = read_names(lists_folder() / NAMES)
    verdict = run_all(grammar, names, [], only="Frame Transitive.cause")
    assert verdict is not None
    assert [o.case.id for o in verdict.outcomes] == ["frame transitive.cause", "frame transitive.cause negative"]
    assert verdict.passed
    assert run_all(grammar, names, [], only="xyzzy") is None


def outcome(name: str, problem: str = "") -> Outcome:
    entry = load_grammar().triggers[0]
    return Outcome(Case(name, entry.example, True, entry), (), problem)


def test_verdict_allows_what_is_listed_and_tells_what_changed() -> None:
    outcomes = [outcome("a"), outcome("b", "bad"), outcome("c", "bad"), outcome("d")]
    ids = frozenset("abcd")
    verdict = Verdict(outcomes, [], ["b", "d", "e"], ids, 100)
    assert [o.case.id for o in verdict.failed] == ["c"]
    assert [o.case.id for o in verdict.misread] == ["b"]
    assert verdict.mended == ["d"]
    assert verdict.gone == ["e"]
    assert not verdict.passed
    assert Verdict(outcomes, [], ["b", "c"], ids, 100).passed


def test_two_in_a_hundred_negatives_may_fail() -> None:
    bad = [outcome("x", "bad")] * 3
    assert Verdict([], bad[:2], [], frozenset(), 100).passed
    assert not Verdict([], bad, [], frozenset(), 100).passed


def test_the_list_is_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / KNOWN_MISREAD
    assert write_known_misread(path, [outcome("a"), outcome("b", "bad")]) == ["b"]
    assert known_misread(path) == ["b"]
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize(
    ("line", "said"),
    [("il-6 CYTOKINE", r"names\.tsv:2: expected a name, a tab and a type"), ("il-6\tPROTEINE", "Types: CELL, ")],
)
def test_bad_names_are_refused(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / NAMES).write_text(f"# names\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read_names(tmp_path / NAMES)


def test_without_lists_it_says_where_they_should_be(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"has no names\.tsv.*--lists"):
        lists_folder(tmp_path)
    with pytest.raises(ConfigError, match="cannot be read"):
        known_misread(tmp_path / KNOWN_MISREAD)
