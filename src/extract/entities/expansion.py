"""Names are open-class: a head or a dictionary name grows to the left over the words that make a subtype
or a state.

"activated human CD4+ T cells" grows from "T cells". The words are judged by data/modifiers.tsv; a
dictionary name of a type in data/allowed.tsv right before the head counts as one modifier ("bone marrow
macrophages").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from extract.entities.candidate import Candidate
from extract.entities.heads import head_type, right_parts
from extract.entities.modifiers import allowed_types, judge_for, only_heads
from extract.entities.textview import Chunk, TextView
from extract.schema import Span

__all__ = ["expand", "expand_left", "expand_right"]

_NUMBER = re.compile(r"(?:[0-9]{1,2}[a-z]?|[IVX]{1,4}|[ABC])$")
_NUMBERED = frozenset({"type", "group", "class", "types"})
_PREFIX = re.compile(r"(?:non|pre|pro|pan|peri|anti|co|post|multi|sub|poly|mono|neo)[-–]?$", re.I)
_SYMBOL = re.compile(r"(?=[^\s]*[A-Z])(?=[^\s]*[0-9])[A-Z0-9][A-Za-z0-9.-]{1,11}$")
_NAMED_AFTER = frozenset({"disease", "syndrome"})
_VERB_TAGS = frozenset({"VB", "VBD", "VBP", "VBZ", "MD"})
_MAX_WORDS = 8


class Neighbours:
    """Dictionary names by where they end, to find the one that stands right before a head."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_end: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            if "bare" not in candidate.flags and "head" not in candidate.flags:
                self._by_end.setdefault(candidate.end, []).append(candidate)

    def compound(self, start: int, text: str) -> int:
        """Where a hyphened compound begins whose first part is a longer name: "bone |marrow-derived"."""
        for i, mark in enumerate(text):
            if mark in "-–":
                names = self._by_end.get(start + i, ())
                return min((start, *(name.start for name in names if name.type != "PROCESS")))
        return start

    def ending(self, end: int, types: frozenset[str]) -> Candidate | None:
        """The longest name of one of the types that ends at `end`."""
        fitting = [c for c in self._by_end.get(end, ()) if c.type in types]
        return min(fitting, key=lambda c: (c.start, c.type)) if fitting else None


def _eponym(view: TextView, chunk: Chunk, head: Candidate) -> bool:
    """A proper name or a symbol before "disease" or "syndrome": "VHL disease", "the Erdheim syndrome".

    Not at the beginning of a sentence and not among other capitals, where a capital says nothing.
    """
    if view.text[head.start : head.end] not in _NAMED_AFTER or not chunk.text[0].isupper():
        return False
    before = view.before(chunk.start)
    return chunk.text.isupper() or (before is not None and before.text[0].islower())


def _tagged_verb(view: TextView, chunk: Chunk, tags: Mapping[int, str]) -> bool:
    return (
        tags.get(chunk.start, "") in _VERB_TAGS
        and not chunk.text.endswith(("ed", "ing"))
        and "-" not in chunk.text
    )


def _bracketed(view: TextView, start: int) -> int | None:
    """Start of a bracketed short form that stands directly before `start`: "natural killer (NK) |cells"."""
    left = view.text[max(0, start - 14) : start]
    hit = re.search(r"\(([A-Za-z][\w/+-]{0,9})\)[ -]$", left)
    return start - len(left) + hit.start() if hit else None


def expand_left(
    view: TextView,
    candidate: Candidate,
    near: Neighbours,
    tags: Mapping[int, str],
    stops: Sequence[Span] = (),
) -> int:
    """The start of the name that ends with `candidate`."""
    judge = judge_for(candidate.type)
    types = allowed_types(candidate.type)
    start = candidate.start
    # A dictionary name is whole as it is; only a head noun takes unlisted adjectives.
    listed_only = candidate.type == "DISEASE" and (
        "strict" in candidate.flags or not candidate.flags & {"bare", "head"}
    )
    for _ in range(_MAX_WORDS):
        here = view.index(start)
        chunk = view.chunks[here]
        if chunk.start < start:
            # Inside a chunk: a prefix ("non-B cells"), a marker ("CD4+T cells") or another name ("T-cell").
            inner = view.text[chunk.start : start]
            if inner[-1] in "-–" and (_PREFIX.match(inner) or inner[:-1].lower() in judge.inside):
                if inner.lower().startswith("anti") and candidate.type not in ("CYTOKINE",):
                    break
                start = chunk.start
                continue
            if candidate.type == "CELL" and judge(inner):
                start = chunk.start
                continue
            if inner[-1] in "-–" and (name := near.ending(start - 1, types)):
                start = name.start
                continue
            break
        bracket = _bracketed(view, start) if candidate.type in ("CELL", "ORGANISM", "PROTEIN") else None
        if bracket is not None and (long := _before_bracket(view, bracket, near, candidate)) is not None:
            start = long
            continue
        left = view.before(start)
        if left is None:
            break
        if _NUMBER.match(left.text):
            word = view.before(left.start)
            if word is not None and word.text.lower() in _NUMBERED:
                start = word.start
                continue
        if any(left.text.count(a) != left.text.count(b) for a, b in ("()", "[]")):
            break
        verdict = judge(left.text, listed_only)
        numbered = re.match(r"(?:[IVX]+|[0-9])[-–]", left.text)
        if numbered and (word := view.before(left.start)) is not None and word.text.lower() in _NUMBERED:
            start = word.start
            continue
        name_left = near.ending(left.end, types)
        if name_left is not None and not _may_modify(view, name_left, candidate):
            name_left = None
        if name_left is not None and (
            verdict is not False or (len(name_left.type) and name_left.start < left.start)
        ):
            start = name_left.start
            continue
        if (
            verdict is None
            and candidate.type == "CELL"
            and start == candidate.start
            and "bare" in candidate.flags
            and _SYMBOL.match(left.text)
        ):
            # A cell line is named by a symbol: "S49 cells", "MDA-231 cells".
            start = left.start
            continue
        if verdict is None and start == candidate.start and _eponym(view, left, candidate):
            start = left.start
            continue
        if verdict and not _tagged_verb(view, left, tags):
            start = near.compound(left.start, view.text[left.start : left.end])
            continue
        break
    return start


def _may_modify(view: TextView, name: Candidate, head: Candidate) -> bool:
    """Whether a dictionary name can be a modifier: not a plural, which is a subject before its verb.

    "lymph node function", not "lymph nodes function"; short forms ("PBMCs") are plurals too.
    """
    text = view.text[name.start : name.end]
    if judge_for(head.type)(text.split()[-1]) is False:
        return False
    if " with " in text or " of " in text:
        return False
    if text[-1] == "s" and text[-2:-1].islower() and not text.endswith(("ss", "is", "us", "'s", "’s")):
        return name.type == "DISEASE" and text.lower() in ("aids", "diabetes", "rabies", "measles")
    only = only_heads(head.type, name.type)
    return not only or view.text[head.start : head.end].split()[-1].lower() in only


def _before_bracket(view: TextView, bracket: int, near: Neighbours, candidate: Candidate) -> int | None:
    """Start of the long form before a bracketed short form, where together with the head they are one
    name.
    """
    end = bracket
    while end > 0 and view.text[end - 1] == " ":
        end -= 1
    name = near.ending(end, frozenset({candidate.type}))
    if name is not None:
        return name.start
    # The initials of the words before the bracket spell the short form: "cytotoxic T lymphocyte (CTL) cells".
    short = re.sub(r"[^A-Za-z]", "", view.text[bracket : view.text.index(")", bracket)]).lower()
    i = view.index(end - 1)
    words: list[Chunk] = []
    while i >= 0 and len(words) < len(short) and view.chunks[i].end <= end:
        words.insert(0, view.chunks[i])
        initials = "".join(part[:1] for chunk in words for part in re.split(r"[-–]", chunk.text)).lower()
        if initials[: len(short)] == short or (initials.startswith(short[:1]) and len(words) == len(short)):
            return words[0].start
        i -= 1
    return None


def expand_right(view: TextView, candidate: Candidate) -> int:
    """The end of the name with words that continue it ("T cell |clones", "cancer cell |lines")."""
    parts = right_parts(candidate.type)
    end = candidate.end
    # "cell lines", but in "cells line the gut" the second word is a verb.
    while parts and not re.search(r"[a-z]{3}s$", view.text[candidate.start : end]):
        hit = re.compile(r" ([A-Za-z]+)\b").match(view.text, end)
        if (
            not hit
            or hit.group(1).lower() not in parts
            or view.sentence(end - 1) != view.sentence(hit.start(1))
        ):
            break
        end = hit.end()
    return end


def _grows(view: TextView, candidate: Candidate) -> bool:
    """Cells and diseases grow; of the other types only what ends in a head noun ("growth hormone", not
    "leptin").
    """
    if candidate.type in ("CELL", "DISEASE"):
        return True
    if candidate.type in ("CYTOKINE", "HORMONE") and "generic" in candidate.flags:
        return True
    last = re.split(r"[\s-]", view.text[candidate.start : candidate.end])[-1].lower()
    head = head_type(last)
    return head is not None and candidate.type in (head[0], *candidate.also)


def _class_noun(view: TextView, candidate: Candidate) -> bool:
    """Whether a grown name is still a class: "anti-inflammatory cytokines", not "nerve growth factor"."""
    last = view.text[candidate.start : candidate.end].lower()
    return candidate.type in ("CYTOKINE", "HORMONE") and " " not in last and "-" not in last


def expand(
    view: TextView, candidates: Sequence[Candidate], heads: Sequence[Candidate], tags: Mapping[int, str]
) -> list[Candidate]:
    """Grow heads and dictionary names. Bare heads that found no modifier come back with the flag "bare"."""
    near = Neighbours(candidates)
    grown = []
    ends = {(c.end, c.type) for c in candidates}
    for candidate in [*candidates, *(h for h in heads if (h.end, h.type) not in ends or "bare" in h.flags)]:
        if not _grows(view, candidate):
            left = view.before(candidate.start)
            if left is not None and left.text.lower() in judge_for(candidate.type).makes:
                candidate = candidate.with_(start=left.start, source="expansion")
        else:
            end = expand_right(view, candidate)
            start = expand_left(view, candidate, near, tags)
            if (start, end) != candidate.span:
                # "cell lines" is as bare as "cells": only a modifier makes it a name.
                named: set[str] = {"bare"} if start < candidate.start else set()
                if start < candidate.start and not _class_noun(view, candidate):
                    named.add("generic")
                candidate = candidate.with_(
                    start=start, end=end, core=candidate.core or candidate.span,
                    source="expansion", flags=candidate.flags - named,
                )  # fmt: skip
        grown.append(candidate)
    return grown
