from __future__ import annotations

from report_docs import gold, pred

from extract.scoring_report.confusion import NONE, aligned, confusions


def test_types_and_predicates_stand_where_they_belong() -> None:
    types, predicates = confusions(aligned(gold(), pred()))
    assert dict(types.cells) == {
        ("INTERVENTION", "INTERVENTION"): 1,
        ("CYTOKINE", "CYTOKINE"): 1,
        ("CYTOKINE", "PROTEIN"): 1,
        ("HORMONE", "HORMONE"): 3,
        ("CELL", "CELL"): 1,
        ("CELL", NONE): 1,
        ("TISSUE", "TISSUE"): 1,
        ("DISEASE", "DISEASE"): 1,
        (NONE, "ORGANISM"): 1,
    }
    assert dict(predicates.cells) == {
        ("increases", "increases"): 1,
        ("increases", "decreases"): 1,
        ("decreases", "decreases"): 1,
        ("decreases", NONE): 1,
        ("produces", NONE): 1,
        ("affects", NONE): 1,
        (NONE, "increases"): 1,
    }


def test_labels_are_those_that_occur_in_the_order_of_the_vocabulary() -> None:
    types, predicates = confusions(aligned(gold(), pred()))
    assert types.labels[:3] == ("CELL", "CYTOKINE", "HORMONE")
    assert "CHEMICAL" not in types.labels
    assert types.labels[-1] == predicates.labels[-1] == NONE


def test_rows_add_up_to_the_gold() -> None:
    types, _ = confusions(aligned(gold(), pred()))
    mentions = gold()["training"].mentions
    for label in types.labels[:-1]:
        assert types.row(label) == sum(mention.type == label for mention in mentions), label


def test_a_type_that_gold_allows_as_well_is_right() -> None:
    allowed = gold()
    next(m for m in allowed["training"].mentions if m.text == "irisin").also = ["PROTEIN"]
    types, _ = confusions(aligned(allowed, pred()))
    assert types.cells["CYTOKINE", "CYTOKINE"] == 2
    assert ("CYTOKINE", "PROTEIN") not in types.cells
