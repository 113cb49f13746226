"""Which candidates stand: the longest, with what may be nested in it."""

from __future__ import annotations

import pytest

from extract.entities.candidate import Candidate
from extract.entities.resolver import resolve
from extract.schema import MentionType


def c(start: int, end: int, kind: MentionType, **more: object) -> Candidate:
    return Candidate(start, end, kind, **more)  # type: ignore[arg-type]


def spans(*candidates: Candidate) -> list[tuple[str, int, int]]:
    return [(k.type, k.start, k.end) for k in resolve(candidates)]


def test_the_longest_name_wins() -> None:
    assert spans(c(0, 6, "CELL"), c(0, 12, "CELL"), c(7, 12, "CELL")) == [("CELL", 0, 12)]


def test_a_disease_stays_in_a_cell() -> None:
    assert spans(c(0, 12, "DISEASE"), c(0, 18, "CELL")) == [("CELL", 0, 18), ("DISEASE", 0, 12)]


def test_a_cytokine_stays_in_the_cells_that_make_it() -> None:
    assert spans(c(0, 5, "CYTOKINE"), c(0, 21, "CELL")) == [("CELL", 0, 21), ("CYTOKINE", 0, 5)]


def test_a_protein_does_not_stay_in_a_cell() -> None:
    assert spans(c(0, 3, "PROTEIN"), c(0, 12, "CELL")) == [("CELL", 0, 12)]


def test_a_tissue_that_a_name_grew_over_stays() -> None:
    grown = c(0, 22, "CELL", core=(12, 22))
    assert spans(c(0, 11, "TISSUE"), grown) == [("CELL", 0, 22), ("TISSUE", 0, 11)]


def test_a_tissue_is_no_mention_inside_a_dictionary_name() -> None:
    assert spans(c(4, 9, "TISSUE"), c(0, 15, "CELL", core=(0, 15))) == [("CELL", 0, 15)]


def test_a_cell_is_no_mention_inside_a_dictionary_cytokine() -> None:
    assert spans(c(0, 9, "CELL"), c(0, 16, "CYTOKINE", core=(0, 16))) == [("CYTOKINE", 0, 16)]


def test_a_cell_stays_where_a_class_of_cytokines_grew_over_it() -> None:
    grown = c(0, 18, "CYTOKINE", core=(9, 18))
    assert spans(c(0, 3, "CELL"), grown) == [("CYTOKINE", 0, 18), ("CELL", 0, 3)]


def test_a_tissue_stays_in_the_name_of_a_class() -> None:
    text = "gut hormones"
    kept = resolve([c(0, 3, "TISSUE"), c(0, 12, "HORMONE", core=(0, 12))], text)
    assert [(k.type, k.start, k.end) for k in kept] == [("HORMONE", 0, 12), ("TISSUE", 0, 3)]
    kept = resolve([c(0, 7, "TISSUE"), c(0, 15, "HORMONE", core=(0, 15))], "thyroid hormone")
    assert [(k.type, k.start, k.end) for k in kept] == [("HORMONE", 0, 15)]


def test_a_word_never_inside_a_process_gives_way_to_it() -> None:
    kept = resolve([c(0, 5, "TISSUE"), c(0, 14, "PROCESS")], "blood pressure")
    assert [(k.type, k.start, k.end) for k in kept] == [("PROCESS", 0, 14)]


def test_a_protein_stays_in_antibodies_to_it() -> None:
    outer = c(0, 22, "PROTEIN", source="context", flags=frozenset({"holds"}))
    assert spans(c(14, 22, "PROTEIN"), outer) == [("PROTEIN", 0, 22), ("PROTEIN", 14, 22)]


def test_names_that_cross_do_not_both_stand() -> None:
    assert spans(c(0, 10, "DISEASE"), c(6, 20, "DISEASE")) == [("DISEASE", 6, 20)]


def test_a_process_gives_way_where_it_crosses() -> None:
    assert spans(c(0, 8, "CELL"), c(4, 30, "PROCESS")) == [("CELL", 0, 8)]


def test_of_one_range_the_better_score_stands() -> None:
    assert spans(c(0, 5, "PROTEIN", score=0.9), c(0, 5, "CYTOKINE")) == [("CYTOKINE", 0, 5)]
    assert spans(c(0, 5, "PROTEIN"), c(0, 5, "CYTOKINE", score=0.9)) == [("PROTEIN", 0, 5)]


def test_ties_go_by_a_fixed_order() -> None:
    assert spans(c(0, 5, "TISSUE"), c(0, 5, "CELL")) == [("CELL", 0, 5)]


def test_bare_heads_go() -> None:
    assert spans(c(0, 5, "CELL", flags=frozenset({"bare"}))) == []


def test_members_share_their_head() -> None:
    member = c(0, 13, "CELL", parts=((0, 1), (8, 13)))
    assert [k.fragments for k in resolve([member, c(6, 13, "CELL")])] == [((0, 1), (8, 13)), ((6, 13),)]


def test_a_member_swallows_its_own_short_name() -> None:
    member = c(0, 13, "CELL", parts=((0, 1), (8, 13)))
    assert [k.fragments for k in resolve([member, c(0, 1, "CELL")])] == [((0, 1), (8, 13))]


@pytest.mark.parametrize("seed", range(4))
def test_order_of_the_input_does_not_matter(seed: int) -> None:
    import random

    given = [
        c(0, 12, "DISEASE"),
        c(0, 18, "CELL"),
        c(6, 30, "PROCESS"),
        c(7, 18, "CELL"),
        c(20, 25, "TISSUE"),
    ]
    mixed = given[:]
    random.Random(seed).shuffle(mixed)
    assert resolve(mixed) == resolve(given)
