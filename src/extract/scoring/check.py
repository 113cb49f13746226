"""Look a gold file over: what breaks the format, and what the guidelines (docs/annotation.md) forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from extract.schema import CORE_TYPES, Document, Finding, Mention
from extract.scoring.reading import build, explain, faults, lines, surface

__all__ = ["Problem", "check", "violations"]

Severity = Literal["error", "warning"]

_CONTEXT_KINDS = frozenset(("ORGANISM", "TISSUE", "DISEASE"))
_CURIE = re.compile(r"[A-Za-z][A-Za-z0-9._]*:[^\s:]\S*")
# A capital "A" is more often an allele, a vitamin or a blood group than an article.
_DETERMINER = re.compile(r"(?:a|(?i:an|the|these|those|this|that|its|their|our|more|most|many|some))\s")
_BARE_CELLS = frozenset(("cell", "cells"))


class Problem(NamedTuple):
    """One fault of a file. An error makes the file wrong; a warning is worth a second look."""

    file: str
    line: int
    message: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.severity}: {self.message}. To mend it: {self.remedy}."


def check(path: str | Path) -> list[Problem]:
    """All problems of a gold file, in the order of its lines; an empty list if there are none.

    Raises FormatError only if the file cannot be opened. A line that does not fit the data model is reported
    for that and not looked at further.
    """
    found: list[Problem] = []
    first: dict[str, int] = {}
    number = 0
    for number, raw, wrong in lines(path):
        if raw is None:
            found.append(Problem(str(path), number, wrong, "write one JSON object a line"))
            continue
        try:
            doc = build(raw)
        except ValidationError as error:
            found += [Problem(str(path), number, what, remedy) for what, remedy in explain(error)]
            continue
        if doc.id in first:
            message = f"document id {doc.id!r} stands already in line {first[doc.id]}"
            found.append(Problem(str(path), number, message, "give each document its own id"))
        first.setdefault(doc.id, number)
        for message, remedy, severity in violations(doc):
            found.append(Problem(str(path), number, f"document {doc.id!r}: {message}", remedy, severity))
    if not number:
        found.append(Problem(str(path), 1, "no document in the file", "write one JSON object a line"))
    return found


def violations(doc: Document) -> Iterator[tuple[str, str, Severity]]:
    """Yield (message, remedy, severity) for each fault of one document."""
    for message, remedy in faults(doc):
        yield message, remedy, "error"
    seen: dict[tuple[object, ...], str] = {}
    for m in doc.mentions:
        yield from _mention(doc, m)
        same = (m.type, tuple(m.fragments))
        if same in seen:
            message = f"mentions {seen[same]!r} and {m.id!r} are the same: {m.type} {m.text!r}"
            yield message, "keep one and point its findings at it", "error"
        seen.setdefault(same, m.id)
    mentions = {m.id: m for m in doc.mentions}
    stated: dict[tuple[object, ...], str] = {}
    for f in doc.findings:
        yield from _finding(doc, f, mentions)
        says = (f.subject, f.object, f.predicate, f.aspect, f.direction, f.negated, f.evidence)
        if says in stated:
            yield f"findings {stated[says]!r} and {f.id!r} say the same", "keep one of them", "error"
        stated.setdefault(says, f.id)


def _mention(doc: Document, m: Mention) -> Iterator[tuple[str, str, Severity]]:
    text, what = doc.text, f"mention {m.id!r}"
    if not all(0 <= a < b <= len(text) for a, b in m.fragments):
        return  # already reported, and the offsets below would mislead
    got = surface(text, m.fragments)
    if got != m.text:
        yield (
            f"{what} has the text {m.text!r} but its offsets give {got!r}",
            "correct the offsets or the text",
            "error",
        )
    if any(b > c for (_, b), (c, _) in zip(m.fragments, m.fragments[1:], strict=False)):
        yield f"{what}: fragments {m.fragments} overlap or are not sorted", "sort and separate them", "error"
    for a, b in m.fragments:
        if text[a].isspace() or text[b - 1].isspace():
            yield (
                f"{what}: blank edge in {text[a:b]!r}",
                "move the offset to the first or last letter",
                "error",
            )
        elif (a and _inside_word(text, a)) or (b < len(text) and _inside_word(text, b)):
            around = text[max(0, a - 8) : b + 8]
            remedy = "take the whole word: parts are no mentions unless a hyphen or slash sets them apart"
            yield f"{what}: {text[a:b]!r} cuts a word in {around!r}", remedy, "warning"
    if m.type in m.also:
        yield f"{what}: its type {m.type} stands in 'also' too", "take it out of 'also'", "error"
    if m.concept and not _CURIE.fullmatch(m.concept):
        yield (
            f"{what}: concept {m.concept!r} is no CURIE",
            "write PREFIX:id, such as HGNC:6018, or nothing",
            "error",
        )
    if _DETERMINER.match(m.text):
        remedy = "begin after the article, quantity or pronoun, unless it is part of the name"
        yield f"{what}: {m.text!r} begins with a word that is no part of a name", remedy, "warning"
    if m.text.lower() in _BARE_CELLS and not m.generic:
        remedy = "leave it out, or set generic if it stands for one type"
        yield f"{what}: bare {m.text!r} is not generic", remedy, "warning"


def _inside_word(text: str, at: int) -> bool:
    """Whether a border at this offset parts two letters. Digits are let go: footnote marks stick to names."""
    return text[at - 1].isalpha() and text[at].isalpha()


def _finding(doc: Document, f: Finding, mentions: dict[str, Mention]) -> Iterator[tuple[str, str, Severity]]:
    what = f"finding {f.id!r}"
    subject, object_ = mentions.get(f.subject), mentions.get(f.object)
    if subject and object_ and not (subject.types | object_.types) & set(CORE_TYPES):
        names = f"{subject.text!r} ({subject.type}) and {object_.text!r} ({object_.type})"
        remedy = f"one of the two must be {', '.join(CORE_TYPES)}; drop the finding or correct a type"
        yield f"{what}: no core type in it: {names}", remedy, "error"
    if f.subject == f.object:
        yield f"{what}: subject and object are one mention", "point one of them at another mention", "error"
    for name in f.context:
        if name in mentions and not mentions[name].types & _CONTEXT_KINDS:
            m = mentions[name]
            remedy = "only ORGANISM, TISSUE and DISEASE are context"
            yield f"{what}: context {m.text!r} is {m.type}", remedy, "warning"
    if f.direction in ("+", "-") and f.predicate != "associated_with":
        yield (
            f"{what}: direction {f.direction!r} on {f.predicate}",
            "only associated_with has a direction",
            "warning",
        )
    a, b = f.evidence
    if not 0 <= a < b <= len(doc.text):
        return
    if doc.text[a].isspace() or doc.text[b - 1].isspace():
        yield f"{what}: blank edge of the evidence", "begin and end at a letter or mark", "warning"
    if f.quantity and not (a <= f.quantity[0] and f.quantity[1] <= b):
        yield (
            f"{what}: quantity {list(f.quantity)} lies outside its evidence",
            "correct one of the two",
            "error",
        )
    if subject and object_ and all(m.start >= b for m in (subject, object_)):
        remedy = "correct the evidence: a pronoun points back, not ahead"
        yield f"{what}: subject and object both come after the evidence", remedy, "warning"
