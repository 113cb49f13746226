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
