"""Small documents for tests of what comes out: mentions are given by their words, offsets are looked up."""

from __future__ import annotations

from typing import Any

from extract.schema import Document, Finding, Mention, MentionType, Meta, Section

IDENTITY = {"version": "0.1.0", "lexicon": "aa11", "grammar": "bb22", "model": "en 3.8.0"}


class Builder:
    """Collects a document piece by piece. Words are looked up at their `nth` occurrence."""

    def __init__(self, doc_id: str, text: str, **meta: str) -> None:
        self.document = Document(id=doc_id, text=text, meta=Meta(**meta))

    def at(self, words: str, nth: int = 0) -> tuple[int, int]:
        start = -1
        for _ in range(nth + 1):
            start = self.document.text.index(words, start + 1)
        return start, start + len(words)

    def section(self, kind: str, words: str, label: str = "") -> Builder:
        start, end = self.at(words)
        self.document.sections.append(Section(kind=kind, start=start, end=end, label=label))
        return self

    def mention(self, kind: MentionType, *words: str, nth: int = 0, **more: Any) -> str:
        fragments = [self.at(words[0], nth)]
        for word in words[1:]:
            start = self.document.text.index(word, fragments[-1][1])
            fragments.append((start, start + len(word)))
        made = Mention(id=f"m{len(self.document.mentions) + 1}", type=kind, fragments=fragments,
                       text=" … ".join(words), **more)  # fmt: skip
        self.document.mentions.append(made)
        return made.id

    def finding(
        self,
        subject: str,
        predicate: str,
        object_: str,
        aspect: str,
        evidence: str,
        *,
        trigger: str = "",
        quantity: str = "",
        **more: Any,
    ) -> Builder:
        self.document.findings.append(
            Finding.model_validate(
                {
                    "id": f"f{len(self.document.findings) + 1}",
                    "subject": subject,
                    "predicate": predicate,
                    "object": object_,
                    "aspect": aspect,
                    "evidence": self.at(evidence),
                    "trigger": self.at(trigger) if trigger else None,
                    "quantity": self.at(quantity) if quantity else None,
                    **more,
                }
            )
        )
        return self


def cycling() -> Document:
    """A short news text with nested and fragmented mentions, clutter, a hedge, a negation and a size."""
    sentences = [
        "Cycling and the immune system",
        "Share this story",
        "An hour of hard cycling raised adrenaline about threefold in young men.",
        "Adrenaline mobilised natural killer cells from the spleen, while B and T cells stayed away.",
        "The hormone may slow the growth of colon cancer cells in mice.",
        "Cycling had no effect on interleukin-10.",
        "Reference: An invented paper, 2019.",
    ]
    b = Builder(
        "cycling", "\n\n".join(sentences), title="Cycling and the immune system", journal="Immunity & Sport",
        year="2019", doi="10.1000/xyz-123", path="articles/cycling.txt", genre="news",
    )  # fmt: skip
    for kind, words in zip(
        ("title", "clutter", "body", "body", "body", "body", "reference"), sentences, strict=True
    ):
        b.section(kind, words)
    b.mention("INTERVENTION", "Cycling")
    hard = b.mention("INTERVENTION", "hard cycling")
    adrenaline = b.mention(
        "HORMONE", "adrenaline", concept="CHEBI:28918", name="adrenaline", roles=["hormone"], source="lexicon"
    )
    men = b.mention("ORGANISM", "young men")
    again = b.mention("HORMONE", "Adrenaline", concept="CHEBI:28918", name="adrenaline", roles=["hormone"])
    nk = b.mention("CELL", "natural killer cells", concept="CL:0000623", name="natural killer cell")
    spleen = b.mention("TISSUE", "spleen")
    b_cells = b.mention("CELL", "B", "cells", nth=0, concept="CL:0000236", name="B cell")
    b.mention("CELL", "T cells", concept="CL:0000084", name="T cell")
    tumour_cells = b.mention("CELL", "colon cancer cells")
    b.mention("DISEASE", "colon cancer", concept="MONDO:0021063", name="colon cancer")
    mice = b.mention("ORGANISM", "mice")
    cycling_ = b.mention("INTERVENTION", "Cycling", nth=1)
    il10 = b.mention(
        "CYTOKINE", "interleukin-10", concept="HGNC:5962", name="IL10", roles=["cytokine", "interleukin"]
    )
    b.finding(hard, "increases", adrenaline, "level", sentences[2], trigger="raised",
              quantity="about threefold", context=[men], rule="raise/active", confidence=0.93)  # fmt: skip
    b.finding(again, "increases", nk, "migration", sentences[3], trigger="mobilised", context=[spleen],
              rule="mobilise/active", confidence=0.9)  # fmt: skip
    b.finding(
        again, "affects", b_cells, "migration", sentences[3], negated=True, trigger="stayed", confidence=0.4
    )
    b.finding(again, "decreases", tumour_cells, "growth", sentences[4], certainty="hedged", trigger="slow",
              context=[mice], rule="slow/active", confidence=0.7)  # fmt: skip
    b.finding(cycling_, "affects", il10, "level", sentences[5], negated=True, trigger="effect",
              rule="effect/nominal", confidence=0.8)  # fmt: skip
    return b.document


HOSTILE = "</script><script>alert(1)</script> \"quoted\" 'single' & <b>bold</b> {{ 7 * 7 }} <!-- pages -->"


def hostile() -> Document:
    """Every field that a reader or a curator fills holds markup that must not come to life."""
    b = Builder(
        f'id"{HOSTILE}', f"{HOSTILE}\n\n<img src=x onerror=alert(2)> IL-6 raises </style>cortisol.",
        title=HOSTILE, journal=HOSTILE, doi=f'10.1/"onclick="x{HOSTILE}',
        url="javascript:alert(3)", genre=HOSTILE,
    )  # fmt: skip
    one = b.mention("CYTOKINE", "IL-6", name=HOSTILE, concept='"><script>x</script>')
    two = b.mention("HORMONE", "</style>cortisol", name="'\"><i>")
    evidence = "<img src=x onerror=alert(2)> IL-6 raises </style>cortisol."
    b.finding(one, "increases", two, "level", evidence, trigger="raises", rule=HOSTILE, context=[one])
    return b.document
