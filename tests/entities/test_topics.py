"""Roles, generics, receptor/gene/antibody contexts, coordination, nesting and signed markers: sentences for each,
read by the shipped pipeline (topics/*.jsonl; topic_cases.py says what the fields mean).
"""

from __future__ import annotations

from collections import Counter

import pytest
from topic_cases import KNOWN_MISSES, Case, Expected, cases, expected, known_misses, read, wrong

from extract.schema import Mention

CASES = cases()
REWRITE = "python tests/entities/topic_cases.py --write"
# Of each topic's sentences this share may be read wrongly.
SHARE_ALLOWED = 0.1
SENTENCES, NEGATIVES = 30, 8


@pytest.fixture(scope="module")
def readings() -> dict[str, list[Mention]]:
    return {c.id: m for c, m in zip(CASES, read([c.text for c in CASES]), strict=True)}


@pytest.mark.parametrize("case", CASES, ids=[c.id for c in CASES])
def test_sentence(case: Case, readings: dict[str, list[Mention]]) -> None:
    found = readings[case.id]
    said = wrong(case, found)
    if case.id in set(known_misses()):
        assert said, f"This comes right now: take it off {KNOWN_MISSES.name} ({REWRITE})."
    else:
        listed = "; ".join(f"{m.type} {m.text!r}" for m in found) or "nothing"
        assert not said, f"{case.text}\n    {'; '.join(said)}\n    found: {listed}"


def test_known_misses_are_few_and_of_the_files() -> None:
    known = known_misses()
    ids = [c.id for c in CASES]
    assert len(set(ids)) == len(ids)
    assert len(set(known)) == len(known)
    assert [k for k in known if k not in ids] == [], f"No such sentence any more ({REWRITE})."
    missed = Counter(k.split(":")[0] for k in known)
    for topic, number in Counter(c.topic for c in CASES).items():
        assert missed[topic] <= SHARE_ALLOWED * number, f"{topic}: {missed[topic]} of {number} are known misses"


def test_each_topic_has_sentences_and_negatives_of_all_genres() -> None:
    topics = {c.topic for c in CASES}
    assert topics == {"contexts", "coordination", "generics", "markers", "nesting", "roles"}
    for topic in topics:
        own = [c for c in CASES if c.topic == topic]
        assert len(own) >= SENTENCES
        assert sum(c.negative for c in own) >= NEGATIVES
        assert {c.genre for c in own} == {"abstract", "textbook", "news"}


def test_expected_mentions_stand_in_their_sentence() -> None:
    for case in CASES:
        for want in (*case.core, *case.more, *case.optional):
            at = 0
            for piece in want.text.split(" … "):
                at = case.text.find(piece, at)
                assert at >= 0, f"{want.text!r} is not in: {case.text}"
                at += len(piece)


# -- the notation --------------------------------------------------------------------------------------------------


def _mention(kind: str, text: str, **more: object) -> Mention:
    return Mention.model_validate({"id": "m1", "type": kind, "fragments": [(0, len(text))], "text": text, **more})


def test_notation() -> None:
    assert expected("HORMONE+CYTOKINE leptin") == Expected("HORMONE", "leptin", "+", "CYTOKINE")
    assert expected("CYTOKINE~ B cell factors") == Expected("CYTOKINE", "B cell factors", of_class="~")
    with pytest.raises(AssertionError, match="not an expected mention"):
        expected("leptin")


@pytest.mark.parametrize(
    ("topic", "want", "found", "said"),
    [
        ("nesting", "CELL T cells", [_mention("CELL", "T cells")], []),
        (
            "nesting", "CELL T cells", [_mention("CELL", "cells")],
            ["missed CELL 'T cells'", "should not be: CELL 'cells'"],
        ),
        ("nesting", "CELL T cells", [], ["missed CELL 'T cells'"]),
        ("roles", "HORMONE+CYTOKINE leptin", [_mention("CYTOKINE", "leptin", also=["HORMONE"])], []),
        (
            "roles", "HORMONE+CYTOKINE leptin", [_mention("HORMONE", "leptin")],
            ["'leptin' is ['HORMONE'], not ['CYTOKINE', 'HORMONE']"],
        ),
        ("roles", "CYTOKINE?HORMONE GDF15", [_mention("CYTOKINE", "GDF15")], []),
        (
            "roles", "HORMONE insulin", [_mention("HORMONE", "insulin", also=["CYTOKINE"])],
            ["'insulin' is ['CYTOKINE', 'HORMONE'], not ['HORMONE']"],
        ),
        ("generics", "HORMONE~ hormones", [_mention("HORMONE", "hormones")], ["'hormones' is not generic"]),
        ("generics", "HORMONE^ hormones", [_mention("HORMONE", "hormones")], []),
        ("generics", "HORMONE insulin", [_mention("HORMONE", "insulin", generic=True)], ["'insulin' is generic"]),
    ],
)  # fmt: skip
def test_faults(topic: str, want: str, found: list[Mention], said: list[str]) -> None:
    assert wrong(Case(topic, "", "abstract", (expected(want),)), found) == said


def test_faults_of_other_types() -> None:
    case = Case(
        "contexts", "", "abstract", (),
        more=(expected("PROTEIN IL-6 receptor"),),
        optional=(expected("DISEASE septic"),),
        never=(expected("* IL-6"),),
        roles={},
    )  # fmt: skip
    receptor, septic = _mention("PROTEIN", "IL-6 receptor"), _mention("DISEASE", "septic")
    name = _mention("PROTEIN", "IL-6")
    assert wrong(case, [receptor, septic]) == []
    assert wrong(case, []) == ["missed PROTEIN 'IL-6 receptor'"]
    assert wrong(case, [receptor, name]) == ["must not be: PROTEIN 'IL-6'"]
