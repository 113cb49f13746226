from __future__ import annotations

import random
import re

from report_docs import gold, pred

from extract.schema import Document
from extract.scoring_report.confusion import aligned
from extract.scoring_report.errors import Card, cards, listed


def made(given: dict[str, Document] | None = None, found: dict[str, Document] | None = None) -> list[Card]:
    given = gold() if given is None else given
    found = pred() if found is None else found
    return cards(listed(given, found), aligned(given, found))


def one(kind: str, what: str, words: str) -> Card:
    fitting = [
        card
        for card in made()
        if (card.kind, card.what) == (kind, what) and words in re.sub("<[^>]+>", "", str(card.html))
    ]
    assert len(fitting) == 1, [(card.kind, card.what, card.html) for card in made()]
    return fitting[0]


def test_each_mistake_has_a_card_of_its_kind() -> None:
    kinds = [(card.what, card.kind) for card in made()]
    assert kinds.count(("finding", "missed")) == 3
    assert kinds.count(("finding", "spurious")) == 1
    assert kinds.count(("finding", "wrong")) == 1
    assert kinds.count(("mention", "missed")) == 2
    assert kinds.count(("mention", "spurious")) == 2
    assert kinds.count(("mention", "wrong")) == 1
    assert len(kinds) == 10


def test_a_wrong_finding_shows_both_sides_and_names_what_differs() -> None:
    card = one("wrong", "finding", "Leptin")
    assert card.differs == ("predicate",)
    assert card.gold is not None
    assert card.found is not None
    assert card.gold.words is not None
    assert card.gold.words.verb == "increases"
    assert (card.gold_label, card.found_label, card.rule) == ("increases", "decreases", "promote/active")
    assert card.predicates == ("increases", "decreases")
    assert '<mark class="HORMONE g f" data-role="subject">Leptin</mark>' in card.html
    assert '<mark class="tr">promotes</mark>' in card.html


def test_a_missed_finding_tells_where_it_was_lost() -> None:
    assert one("missed", "finding", "Muscle").hints == ("Mention: the object, “irisin”, was found with another type.",)
    cells = one("missed", "finding", "B and T cells")
    # The prediction "and T cells" touches the second fragment of "B … cells", and it is a cell.
    assert cells.hints == ("Both mentions were found, the relation between them was not.",)
    assert [other.predicate for other in cells.others] == ["decreases"]
    assert one("missed", "finding", "insulin has no effect").hints == (
        "Both mentions were found, the relation between them was not.",
    )


def test_a_spurious_finding_shows_what_gold_says_there() -> None:
    card = one("spurious", "finding", "Training raised")
    assert card.confidence == 0.35
    assert card.types == ("INTERVENTION", "ORGANISM")
    assert [other.object.text for other in card.others if other.object] == ["interleukin-6"]
    assert card.gold_label == "none"


def test_a_mention_of_another_type_knows_its_partner() -> None:
    missed, spurious = one("missed", "mention", "irisin"), one("spurious", "mention", "irisin")
    for card in (missed, spurious):
        assert (card.gold_label, card.found_label) == ("CYTOKINE", "PROTEIN")
        assert '<mark class="CYTOKINE g f">irisin</mark>' in card.html
    assert missed.hints == ("Found as protein: “irisin”.",)
    assert spurious.hints == ("Gold has it as cytokine: “irisin”.",)
    assert one("wrong", "mention", "T cells").differs == ("borders",)


def test_an_argument_outside_the_evidence_is_shown_with_its_own_sentence() -> None:
    given = gold()
    finding = given["training"].findings[5]
    finding.subject = "m3"
    card = next(c for c in made(given) if c.gold and c.gold.predicate == "affects")
    text = re.sub("<[^>]+>", "", str(card.html))
    assert text.startswith("Cortisol suppresses B and T cells. … Leptin promotes")


def test_ids_are_unique_and_do_not_hang_on_the_order_of_anything() -> None:
    before = made()
    given, found = gold(), pred()
    rng = random.Random(3)
    for side in (given, found):
        for document in side.values():
            rng.shuffle(document.mentions)
            rng.shuffle(document.findings)
    given = dict(reversed(given.items()))
    after = made(given, found)
    assert len({card.id for card in before}) == len(before)
    assert sorted(card.id for card in before) == sorted(card.id for card in after)


def test_equal_mistakes_have_different_ids() -> None:
    found = pred()
    twice = found["training"].findings[1]
    found["training"].findings.append(twice.model_copy(update={"id": "again"}))
    names = [card.id for card in made(found=found)]
    assert len(set(names)) == len(names)


def test_offsets_of_another_text_do_no_harm() -> None:
    given = gold()
    found = {"training": pred()["training"].model_copy(update={"text": "x"})}
    given["training"].text = given["training"].text[:40]
    for document in given.values():
        document.mentions = document.mentions[:2]
        document.findings = document.findings[:1]
    assert {card.kind for card in made(given, found)} >= {"spurious"}


def test_a_perfect_prediction_has_no_mistakes() -> None:
    assert made(gold(), gold()) == []
