"""Small documents for scoring tests, made of words: each mention is one word of a numbered text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from extract.schema import ASPECTS, CORE_TYPES, MENTION_TYPES, PREDICATES, Document
from extract.scoring import GoldDocument
from extract.scoring.reading import build

WORDS = 24
TEXT = " ".join(f"w{n:02d}" for n in range(WORDS)) + "."
_CONCEPTS = ("", "", "CL:0000084", "HGNC:6018")


def span(first: int, last: int) -> list[int]:
    """Offsets of the words from first to last, both included."""
    return [4 * first, 4 * last + 3]


def mention(name: str, kind: str, first: int, last: int | None = None, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "fragments": [span(first, first if last is None else last)], **more}


def finding(name: str, subject: str, predicate: str, object_: str, **more: Any) -> dict[str, Any]:
    base = {"id": name, "subject": subject, "predicate": predicate, "object": object_, "aspect": "level"}
    return {**base, "evidence": [0, len(TEXT)], **more}


def document(
    mentions: Sequence[dict[str, Any]],
    findings: Sequence[dict[str, Any]] = (),
    name: str = "d",
    genre: str = "news",
) -> GoldDocument:
    raw = {"id": name, "text": TEXT, "meta": {"genre": genre}}
    return build({**raw, "mentions": list(mentions), "findings": list(findings)})


def by_id(*docs: Document) -> dict[str, Document]:
    return {d.id: d for d in docs}


@st.composite
def raw_documents(draw: st.DrawFn, name: str, gold: bool) -> dict[str, Any]:
    places = st.integers(0, WORDS - 4)
    mentions = []
    for n in range(draw(st.integers(0, 7))):
        first = draw(places)
        fragments = [span(first, first + draw(st.integers(0, 1)))]
        if draw(st.integers(0, 4)) == 0:
            fragments.append(span(first + 3, first + 3))
        also = draw(st.lists(st.sampled_from(MENTION_TYPES), max_size=1))
        item = {"id": f"m{n}", "type": draw(st.sampled_from(CORE_TYPES + MENTION_TYPES[5:7])), "also": also}
        item |= {"fragments": fragments, "concept": draw(st.sampled_from(_CONCEPTS))}
        mentions.append({**item, "optional": gold and draw(st.integers(0, 5)) == 0})
    findings = []
    for n in range(draw(st.integers(0, 6)) if mentions else 0):
        ids = st.sampled_from([m["id"] for m in mentions])
        start = draw(st.integers(0, 1))
        findings.append(
            finding(
                f"f{n}", draw(ids), draw(st.sampled_from(PREDICATES)), draw(ids),
                aspect=draw(st.sampled_from(ASPECTS[:3])), negated=draw(st.booleans()),
                direction=draw(st.sampled_from(["+", "-", None])), derived=draw(st.integers(0, 4)) == 0,
                certainty=draw(st.sampled_from(["asserted", "hedged"])),
                rule=draw(st.sampled_from(["", "r1"])),
                evidence=span(12 * start, 12 * start + 11), optional=gold and draw(st.integers(0, 5)) == 0,
            )
        )  # fmt: skip
    genre = draw(st.sampled_from(["news", "blog"]))
    return {"id": name, "text": TEXT, "meta": {"genre": genre}, "mentions": mentions, "findings": findings}


@st.composite
def gold_and_pred(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    names = [f"d{n}" for n in range(draw(st.integers(1, 3)))]
    return [draw(raw_documents(n, True)) for n in names], [draw(raw_documents(n, False)) for n in names]


def read(raw: Sequence[dict[str, Any]]) -> dict[str, Document]:
    return by_id(*(build(r) for r in raw))


def shuffled(raw: Sequence[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """The same documents with other mention and finding ids, everything in another order."""
    rng = random.Random(seed)
    out = []
    for doc in raw:
        names = {m["id"]: f"x{n}" for n, m in enumerate(rng.sample(doc["mentions"], len(doc["mentions"])))}
        mentions = [{**m, "id": names[m["id"]]} for m in doc["mentions"]]
        findings = [
            {**f, "id": f"y{rng.random()}", "subject": names[f["subject"]], "object": names[f["object"]]}
            for f in doc["findings"]
        ]
        rng.shuffle(mentions)
        rng.shuffle(findings)
        out.append({**doc, "mentions": mentions, "findings": findings})
    rng.shuffle(out)
    return out
