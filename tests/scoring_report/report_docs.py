"""A small gold set and a prediction of it that makes each kind of mistake; mentions are given by their words."""

from __future__ import annotations

from typing import Any

from extract.schema import Document
from extract.scoring import GoldDocument
from extract.scoring.reading import build
from extract.scoring_report import About

ABOUT = About("gold.jsonl", "pred.jsonl", {"version": "9.9"})
HOSTILE = "</script><script>alert(1)</script> \"quoted\" 'single' & <b>bold</b> {{ 7 * 7 }} <!-- \x07"

TRAINING = (
    "Training and immunity\n\n"
    "Training raised interleukin-6 in runners. Cortisol suppresses B and T cells. "
    "Muscle releases irisin into the blood.\n\n"
    "Leptin promotes psoriasis, and insulin has no effect on psoriasis."
)


def spans(text: str, words: str) -> list[list[int]]:
    """Where the words stand, at their first occurrence; "|" parts fragments, which follow each other."""
    out: list[list[int]] = []
    for word in words.split("|"):
        start = text.index(word, out[-1][1] if out else 0)
        out.append([start, start + len(word)])
    return out


def document(
    name: str, text: str, mentions: dict[str, tuple[str, str]], findings: list[dict[str, Any]], **meta: str
) -> GoldDocument:
    """`mentions`: type and words by id. A finding's `evidence` is given by its words."""
    made = [{"id": key, "type": kind, "fragments": spans(text, words)} for key, (kind, words) in mentions.items()]
    stated = [
        {"aspect": "level", **f, "id": f"f{n}", "evidence": spans(text, f["evidence"])[0]}
        | ({"trigger": spans(text, f["trigger"])[0]} if "trigger" in f else {})
        for n, f in enumerate(findings)
    ]
    return build({"id": name, "text": text, "meta": meta, "mentions": made, "findings": stated})


RAISED = "Training raised interleukin-6 in runners."
SUPPRESSES = "Cortisol suppresses B and T cells."
RELEASES = "Muscle releases irisin into the blood."
PROMOTES = "Leptin promotes psoriasis, and insulin has no effect on psoriasis."


def gold() -> dict[str, Document]:
    """Two texts; the second has nothing in it."""
    mentions = {
        "m1": ("INTERVENTION", "Training"),
        "m2": ("CYTOKINE", "interleukin-6"),
        "m3": ("HORMONE", "Cortisol"),
        "m4": ("CELL", "B|cells"),
        "m5": ("CELL", "T cells"),
        "m6": ("TISSUE", "Muscle"),
        "m7": ("CYTOKINE", "irisin"),
        "m8": ("HORMONE", "Leptin"),
        "m9": ("DISEASE", "psoriasis"),
        "m10": ("HORMONE", "insulin"),
    }
    findings = [
        {"subject": "m1", "predicate": "increases", "object": "m2", "evidence": RAISED},
        {"subject": "m3", "predicate": "decreases", "object": "m4", "evidence": SUPPRESSES},
        {"subject": "m3", "predicate": "decreases", "object": "m5", "evidence": SUPPRESSES},
        {"subject": "m6", "predicate": "produces", "object": "m7", "aspect": "production", "evidence": RELEASES},
        {"subject": "m8", "predicate": "increases", "object": "m9", "aspect": "severity", "evidence": PROMOTES},
        {"subject": "m10", "predicate": "affects", "object": "m9", "negated": True, "evidence": PROMOTES},
    ]
    made = document("training", TRAINING, mentions, findings, title="Training and immunity", genre="news")
    return {d.id: d for d in (made, build({"id": "empty", "text": "Nothing here.", "meta": {"genre": "blog"}}))}


def pred() -> dict[str, Document]:
    """Right: Training, Cortisol on T cells. Wrong: sign of Leptin. Missed: B cells, irisin, insulin. Spurious:
    runners."""
    mentions = {
        "p1": ("INTERVENTION", "Training"),
        "p2": ("CYTOKINE", "interleukin-6"),
        "p3": ("HORMONE", "Cortisol"),
        "p5": ("CELL", "and T cells"),
        "p6": ("TISSUE", "Muscle"),
        "p7": ("PROTEIN", "irisin"),
        "p8": ("HORMONE", "Leptin"),
        "p9": ("DISEASE", "psoriasis"),
        "p10": ("HORMONE", "insulin"),
        "p11": ("ORGANISM", "runners"),
    }
    findings: list[dict[str, Any]] = [
        {"subject": "p1", "predicate": "increases", "object": "p2", "evidence": RAISED, "trigger": "raised",
         "rule": "raise/active", "confidence": 0.95},
        {"subject": "p1", "predicate": "increases", "object": "p11", "evidence": RAISED, "trigger": "raised",
         "rule": "raise/active", "confidence": 0.35},
        {"subject": "p3", "predicate": "decreases", "object": "p5", "evidence": SUPPRESSES, "trigger": "suppresses",
         "rule": "suppress/active", "confidence": 0.9},
        {"subject": "p8", "predicate": "decreases", "object": "p9", "aspect": "severity", "evidence": PROMOTES,
         "trigger": "promotes", "rule": "promote/active", "confidence": 0.6},
    ]  # fmt: skip
    return {"training": document("training", TRAINING, mentions, findings)}


def hostile() -> tuple[dict[str, Document], dict[str, Document]]:
    """Gold and prediction whose every free field holds markup that must not come to life."""
    text = f"{HOSTILE} <img src=x onerror=alert(2)> IL-6 raises </style>cortisol and <i>insulin."
    mentions = {"a": ("CYTOKINE", "IL-6"), "b": ("HORMONE", "</style>cortisol"), "c": ("HORMONE", "<i>insulin")}
    base = {"predicate": "increases", "evidence": text, "trigger": "raises", "rule": f"rule/{HOSTILE}"}
    first, second = {**base, "subject": "a", "object": "b"}, {**base, "subject": "a", "object": "c"}
    name = f'id"{HOSTILE}'
    given = document(name, text, mentions, [first], title=HOSTILE, genre=HOSTILE)
    found = document(name, text, mentions, [{**first, "predicate": "decreases"}, second], title=HOSTILE)
    found.mentions[0].source = HOSTILE
    return {name: given}, {name: found}
