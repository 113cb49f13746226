from __future__ import annotations

from fakes import IDENTITY, FakeOpener

from extract.jobs.pool import annotate_all
from extract.schema import Document


def texts(*words: str) -> list[tuple[int, Document | None]]:
    return [(n, Document(id=f"d{n}", text=f"{word} IL-6") if word else None) for n, word in enumerate(words)]


def test_order_is_kept_and_items_without_document_pass_through() -> None:
    stream = texts("a", "", "BOOM", "b")
    identity, outcomes = annotate_all(stream, FakeOpener())
    tags, results = zip(*outcomes, strict=True)
    assert identity == IDENTITY
    assert tags == (0, 1, 2, 3)
    assert results[1] is None
    assert results[2] is not None
    assert results[2].document is None
    assert results[2].refusal is not None
    assert results[3] is not None
    assert results[3].document is not None
    assert results[3].document.mentions[0].text == "IL-6"


def test_a_document_that_kills_its_worker_is_refused_and_the_others_are_done() -> None:
    words = ["x"] * 6 + ["KILL"] + ["y"] * 6 + ["", "BOOM"]
    _, outcomes = annotate_all(texts(*words), FakeOpener(), workers=2)
    listed = list(outcomes)
    assert [tag for tag, _ in listed] == list(range(len(words)))
    reasons = [
        None if outcome is None or outcome.refusal is None else outcome.refusal.reason
        for _, outcome in listed
    ]
    assert reasons == [None] * 6 + ["killed"] + [None] * 6 + [None, "pipeline"]
    assert all(outcome is not None and outcome.document is not None for _, outcome in listed[7:13])
