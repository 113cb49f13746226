"""Coordination with a shared head or a shared stem, one mention for each member, as fragments.

"B and T cells" gives "B … cells" beside "T cells"; "interleukin-4 and -13" gives "interleukin- … 13".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.entities.candidate import Candidate
from extract.entities.expansion import Neighbours, expand_left
from extract.entities.heads import head_type, right_parts
from extract.entities.modifiers import allowed_types, judge_for, signed_marker
from extract.entities.normalizer import Normalizer
from extract.entities.textview import Chunk, TextView

__all__ = ["shared_heads", "shared_stems", "shared_tails"]

_AND = re.compile(r"(?:,?\s+(?:and/or|and|or|nor)|\s+(?:as well as|versus|vs\.?|but not|&))\s+(?:other\s+)?$")
# After these two members are of one kind: "neither tumour nor stromal cells".
_PAIRED = re.compile(r"\b(?:neither|both|either|between) $", re.I)
_COMMA = re.compile(r",\s*$")
_TYPES = frozenset({"CELL", "CYTOKINE", "HORMONE", "DISEASE", "PROTEIN", "PROCESS", "TISSUE", "ORGANISM"})
_ITEM = (
    r"(?:[0-9]{1,2}[A-Za-z]?|[A-Z](?![A-Za-z])|[αβγδλω][0-9]?|"
    r"(?:alpha|beta|gamma|delta|lambda|omega)(?: ?[0-9])?)"
)
_NUMBER = re.compile(r"(?:[0-9]{1,2}|[IVX]{1,4})$")
_NUMBERED = frozenset({"type", "class", "group"})
_STEM = re.compile(rf"^(?P<stem>.*?[\w)](?:[-– ]|(?=[α-ω])|(?<=[A-Z])))(?P<item>{_ITEM})$", re.DOTALL)
_NEXT = re.compile(
    rf"(?P<join>\s*,\s*(?:and|or)\s+|\s+(?:and|or|and/or|&)\s+|\s*,\s*|/)(?P<dash>[-–]?)\s?(?P<item>{_ITEM})(?![\w-])"
)


_SUFFIX = re.compile(r"(?:alpha|beta|gamma|delta|epsilon|kappa|lambda|omega|[α-ωΑ-ΩA-Z]|\d+\w?)\d?", re.IGNORECASE)


def _heads(view: TextView, mention: Candidate) -> list[int]:
    """Where the shared head can begin: word starts inside the mention but its first, leftmost (longest
    head) first.
    """
    inside = view.text[mention.start : mention.end]
    starts = [m.start() for m in re.finditer(r"(?<=[\s-])[^\s-]", inside)]
    # The "beta" of "TNF and IL-1 beta" is no head that TNF could share.
    return [mention.start + at for at in starts if not _SUFFIX.fullmatch(inside[at:])]


def _kind_of(view: TextView, chunk: Chunk, mention_type: str, near: Neighbours) -> str:
    """A rough class of a modifier, so that like is joined with like."""
    if signed_marker(chunk.text) or re.fullmatch(r"CD\d+\w?", chunk.text):
        return "marker"
    name = near.ending(chunk.end, frozenset({"TISSUE", "DISEASE", "ORGANISM"}))
    if name is not None:
        return name.type
    if chunk.text[:1].isdigit() or re.fullmatch(r"[IVX]+", chunk.text):
        return "number"
    return "word"


def shared_heads(
    view: TextView,
    mentions: Sequence[Candidate],
    near: Neighbours,
    normalizer: Normalizer,
    tags: Mapping[int, str],
) -> list[Candidate]:
    """Mentions for the members that lack the head which a mention to their right has."""
    full_ends = {m.end: m for m in sorted(mentions, key=lambda c: (c.end, c.length, c.type)) if "bare" not in m.flags}
    made: list[Candidate] = []
    for mention in mentions:
        if mention.type not in _TYPES or mention.parts or "bare" in mention.flags:
            continue
        joint = _AND.search(view.text, max(0, mention.start - 24), mention.start)
        heads = _heads(view, mention)
        if joint is None or not heads:
            continue
        end, chosen = joint.start(), None
        while member := _member(view, end, mention, heads if chosen is None else [chosen], near, normalizer, full_ends):
            start, chosen = member
            grown = Candidate(start, end, mention.type, core=(start, end))
            start = expand_left(view, grown, near, tags) if mention.type in ("CELL", "DISEASE", "ORGANISM") else start
            made.append(
                mention.with_(
                    start=start, end=mention.end, parts=((start, end), (chosen, mention.end)),
                    source="coordination",
                    concept="", name="", core=None, score=1.1, flags=mention.flags - {"generic"},
                )
            )  # fmt: skip
            comma = _COMMA.search(view.text, max(0, start - 3), start)
            if comma is None:
                break
            end = comma.start()
    return made


def _member(
    view: TextView,
    end: int,
    mention: Candidate,
    heads: Sequence[int],
    near: Neighbours,
    normalizer: Normalizer,
    full: Mapping[int, Candidate],
) -> tuple[int, int] | None:
    """Start of the member that ends at `end`, and of the head that it shares; None if there is no
    ellipsis.
    """
    chunk = view.chunks[view.index(end - 1)]
    if chunk.end != end or view.sentence(end - 1) != view.sentence(mention.start):
        return None
    last = re.split(r"[\s-]", chunk.text)[-1].lower()
    if last in right_parts(mention.type):
        return None
    paired = _PAIRED.search(view.text, max(0, chunk.start - 12), chunk.start) is not None
    if (kind := head_type(last)) is not None and (
        kind[0] == mention.type or (kind[1] in ("generic", "none") and not paired)
    ):
        return None
    judge = judge_for(mention.type)
    whole = full.get(end)
    # "NK and cytotoxic T cells": a member that is a name by itself shares no more than the last word.
    # But "CD4+", a name too, is one of the T cells in "CD4+ and CD8+ T cells".
    by_itself = whole is not None and whole.type == mention.type and not signed_marker(chunk.text)
    for head in heads[-1:] if by_itself else heads:
        rest = view.text[head : mention.end]
        for start in _starts(view, chunk, end):
            phrase = view.text[start:end]
            if normalizer.find(f"{phrase} {rest}", mention.type) and judge(phrase) is not False:
                return start, head
    word = view.before(chunk.start)
    shared = view.text[mention.start : heads[0]].strip().lower()
    if _NUMBER.match(chunk.text) and word is not None and word.text.lower() == shared and shared in _NUMBERED:
        # "type I and type II interferons": the head begins after the mention's own number.
        return (word.start, heads[1]) if len(heads) > 1 else None
    if mention.type not in ("CELL", "DISEASE", "ORGANISM", "PROTEIN", "PROCESS"):
        return None
    if whole is not None and whole.type not in allowed_types(mention.type):
        return None
    first = view.chunks[view.index(mention.start)]
    verdict = judge(chunk.text)
    named = near.ending(end, allowed_types(mention.type))
    if verdict is False or not (verdict or named):
        return None
    if mention.type in ("PROTEIN", "PROCESS", "DISEASE") and not named and whole is not None:
        return None
    like = _kind_of(view, first, mention.type, near) == _kind_of(view, chunk, mention.type, near)
    after = [h for h in heads if h > first.start]
    if like and after and (first.end < mention.end):
        head = next((h for h in after if h >= first.end), after[-1])
        return (named.start if named and not verdict else chunk.start), head
    return None


def _starts(view: TextView, chunk: Chunk, end: int) -> list[int]:
    """Where a member that ends at `end` may begin: one to three words back, longest first."""
    starts = [chunk.start]
    at: Chunk | None = chunk
    for _ in range(2):
        at = view.before(at.start) if at else None
        if at is None:
            break
        starts.insert(0, at.start)
    return starts


def shared_stems(view: TextView, mentions: Sequence[Candidate], normalizer: Normalizer) -> list[Candidate]:
    """Mentions for numbers and letters that continue a name's stem: "IL-4, -5 and -13", "hepatitis B
    and C".
    """
    made: list[Candidate] = []
    for mention in mentions:
        if mention.type not in ("CYTOKINE", "HORMONE", "PROTEIN", "DISEASE") or mention.parts:
            continue
        parsed = _STEM.match(view.text[mention.start : mention.end])
        if parsed is None:
            continue
        stem_end = mention.start + parsed.end("stem")
        stem = parsed.group("stem")
        at = mention.end
        numeric = parsed.group("item")[0].isdigit()
        while hit := _NEXT.match(view.text, at):
            item = hit.group("item")
            if view.sentence(hit.start("item")) != view.sentence(mention.start) or (
                item[0].isdigit() != numeric and not hit.group("dash")
            ):
                break
            if (
                numeric
                and not hit.group("dash")
                and not stem.rstrip(" -").endswith("s")
                and _counts(view.text, hit.end())
            ):
                break
            name = normalizer.find(f"{stem}{item}", mention.type) or normalizer.find(
                f"{stem.rstrip(' -').rstrip('s')}-{item}", mention.type
            )
            if name is None:
                break
            stem_stop = stem_end - 1 if view.text[stem_end - 1] == " " else stem_end
            made.append(
                mention.with_(
                    end=hit.end("item"), parts=((mention.start, stem_stop), hit.span("item")),
                    source="coordination",
                    concept=name[0], name=name[1], core=None, score=1.1,
                )
            )  # fmt: skip
            at = hit.end()
    return made


_PREFIX = (
    r"(?:pro|anti|pre|peri|post|hypo|hyper|intra|extra|inter|mono|poly|non|sub|supra|endo|exo|auto|allo|homo|hetero|"
    r"micro|macro|normo|eu|para|uni|bi|tri|over|under|immuno|cardio|neuro|hepato|lympho|myelo|gastro)"
)
_PREFIXES = re.compile(
    rf"(?<![\w-])(?P<members>(?:{_PREFIX}[-–],? )+)(?:(?:and|or|and/or|as well as|to|versus|vs\.?|than) )+"
    rf"(?=(?P<last>{_PREFIX}[-–]?)[a-z])",
    re.I,
)


def shared_tails(view: TextView, mentions: Sequence[Candidate], normalizer: Normalizer) -> list[Candidate]:
    """Mentions for prefixes that lack the rest of the word: "pro- and anti-inflammatory cytokines",
    "hypo- and hyperthyroidism".
    """
    starts: dict[int, list[Candidate]] = {}
    for mention in mentions:
        if mention.type in _TYPES and not mention.parts and "bare" not in mention.flags:
            starts.setdefault(mention.start, []).append(mention)
    made: list[Candidate] = []
    for hit in _PREFIXES.finditer(view.text):
        for mention in starts.get(hit.end(), ()):
            tail = hit.end("last")
            rest = view.text[tail : mention.end]
            for member in re.finditer(rf"{_PREFIX}[-–]", hit["members"], re.I):
                start, end = (hit.start("members") + at for at in member.span())
                name = normalizer.find(f"{member[0][:-1]}{rest}", mention.type) or normalizer.find(
                    f"{member[0]}{rest}", mention.type
                )
                made.append(
                    mention.with_(
                        start=start, parts=((start, end), (tail, mention.end)), source="coordination",
                        concept=name[0] if name else "", name=name[1] if name else "", core=None, score=1.1,
                    )
                )  # fmt: skip
    return made


def _counts(text: str, end: int) -> bool:
    """Whether a number is a count of what follows: "IL-4 and 13 patients"."""
    return bool(re.match(r"\s+[a-z-]+", text[end : end + 24])) and not re.match(
        r"\s+(?:and|or|in|on|by|are|were|is|was|have|had|from|with|to|levels?|production|expression|did)\b",
        text[end : end + 24],
    )
