"""Mistakes are named by kind, place and what differs."""

from __future__ import annotations

from scoring_docs import TEXT, by_id, document, finding, mention

from extract.scoring import mistakes

GOLD = document(
    [mention("c", "CELL", 1, 2), mention("i", "CYTOKINE", 4), mention("d", "DISEASE", 6)],
    [
        finding("f1", "c", "produces", "i"),
        finding("f2", "i", "decreases", "d", aspect="growth"),
        finding("f3", "c", "decreases", "d"),
        finding("f4", "c", "increases", "i", derived=True),
    ],
)
PRED = document(
    [
        mention("1", "CELL", 2),
        mention("2", "CYTOKINE", 4),
        mention("3", "HORMONE", 9),
        mention("4", "DISEASE", 6),
    ],
    [
        finding("g1", "1", "produces", "2", aspect="production"),
        finding("g2", "2", "increases", "4", negated=True),
        finding("g3", "3", "increases", "4"),
        finding("g4", "3", "decreases", "4", derived=True),
    ],
)


def test_mistakes() -> None:
    found = [
        (m.what, m.kind, m.gold and m.gold.id, m.pred and m.pred.id, m.differs, m.span)
        for m in mistakes(by_id(GOLD), by_id(PRED))
    ]
    everywhere = (0, len(TEXT))
    assert found == [
        ("finding", "missed", "f3", None, (), everywhere),
        ("finding", "spurious", None, "g3", (), everywhere),
        ("finding", "wrong", "f2", "g2", ("predicate", "negated"), everywhere),
        ("mention", "wrong", "c", "1", ("fragments",), (4, 11)),
        ("mention", "spurious", None, "3", (), (36, 39)),
    ]


def test_the_full_level_asks_for_aspect_and_certainty() -> None:
    wrong = [
        m
        for m in mistakes(by_id(GOLD), by_id(PRED), level="full")
        if m.kind == "wrong" and m.what == "finding"
    ]
    assert [m.differs for m in wrong] == [("aspect",), ("predicate", "negated", "aspect")]


def test_a_perfect_prediction_has_none_and_no_prediction_misses_all() -> None:
    assert mistakes(by_id(GOLD), by_id(GOLD)) == []
    assert [m.kind for m in mistakes(by_id(GOLD), {})] == ["missed"] * 6
