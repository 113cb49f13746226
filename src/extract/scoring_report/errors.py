"""Each mistake made ready for the error browser: its sentence with marks, what both sides say, and why."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from extract.schema import MENTION_TYPES, Document, Finding, Mention, Span
from extract.scoring.matching import Alignment, direction
from extract.scoring.mistakes import Mistake, mistakes
from extract.scoring_report.confusion import NONE, Partners, partners
from extract.scoring_report.spans import Label, marked, sentence_around, windows
from extract.writers.phrases import Sentence, phrase

__all__ = ["Card", "Statement", "cards", "listed"]

_Ends = Sequence[tuple[Mention, str]]
_Place = tuple[int, int, str, str]
_OTHERS = 4
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Statement:
    """What one side says, in words: subject, verb, object. A mention has a subject only."""

    subject: Mention
    object: Mention | None = None
    words: Sentence | None = None
    predicate: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One mistake. `gold_label` and `found_label` are its place in the confusion matrix."""

    id: str
    kind: str
    what: str
    document: str
    html: Markup
    gold: Statement | None
    found: Statement | None
    differs: tuple[str, ...]
    types: tuple[str, ...]
    predicates: tuple[str, ...]
    rule: str
    confidence: float | None
    gold_label: str
    found_label: str
    hints: tuple[str, ...]
    others: tuple[Statement, ...]
    """what the other side says in the same sentence"""


def listed(gold: Mapping[str, Document], pred: Mapping[str, Document]) -> list[Mistake]:
    """All mistakes, at the level `full` for findings and of all types for mentions, in the documents' order."""
    place = {identifier: n for n, identifier in enumerate(gold)}
    every = mistakes(gold, pred, types=MENTION_TYPES, level="full")
    return sorted(every, key=lambda mistake: place[mistake.document])


def cards(shown: Sequence[Mistake], alignments: Sequence[Alignment]) -> list[Card]:
    """The cards of mistakes, in their order.

    Ids hang on what a mistake says and where, so that a link still leads to it in the report of a later run
    that makes the same mistake.
    """
    sides = {alignment.gold.id: _Sides(alignment) for alignment in alignments}
    seen: Counter[str] = Counter()
    out = []
    for mistake in shown:
        side = sides[mistake.document]
        name = side.name(mistake)
        seen[name] += 1
        out.append(side.build(mistake, name if seen[name] == 1 else f"{name}-{seen[name]}"))
    return out


class _Sides:
    """Gold and prediction of one document, with what its cards look up."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.gold, self.pred = alignment.gold, alignment.pred
        self.text = alignment.gold.text
        self.gold_at = {m.id: i for i, m in enumerate(self.gold.mentions)}
        self.pred_at = {m.id: j for j, m in enumerate(self.pred.mentions)}

    @cached_property
    def pairs(self) -> Partners:
        """Which mention stands in the place of which."""
        return partners(self.alignment)

    @cached_property
    def meant(self) -> dict[int, int]:
        """The same, from the predicted ones."""
        return self.pairs.meant

    @cached_property
    def _kinds(self) -> dict[int, set[str]]:
        """The types of the predicted mentions that overlap each gold one."""
        kinds: dict[int, set[str]] = defaultdict(set)
        for i, j in self.alignment.overlap:
            kinds[i].add(self.pred.mentions[j].type)
        return kinds

    def name(self, mistake: Mistake) -> str:
        """The id of a mistake's card."""
        parts = [mistake.document, mistake.what, mistake.kind]
        parts += [repr(self._content(item, side)) for item, side in _items(mistake, self)]
        digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=5)
        return f"e{digest.hexdigest()}"

    def _content(self, item: Mention | Finding, side: Document) -> object:
        if isinstance(item, Mention):
            return item.type, item.fragments
        at = self.gold_at if side is self.gold else self.pred_at
        ends = [side.mentions[at[key]].fragments for key in (item.subject, item.object)]
        return ends, item.predicate, item.aspect, item.direction, item.negated, item.certainty, item.evidence

    def build(self, mistake: Mistake, name: str) -> Card:
        """The card of a mistake."""
        if mistake.what == "mention":
            return self._mention(mistake, name)
        return self._finding(mistake, name)

    def _mention(self, mistake: Mistake, name: str) -> Card:
        gold = mistake.gold if isinstance(mistake.gold, Mention) else None
        pred = mistake.pred if isinstance(mistake.pred, Mention) else None
        other_gold, other_pred, hints = gold, pred, []
        if gold is not None and pred is None:
            j = self.pairs.found.get(self.gold_at[gold.id])
            other_pred = None if j is None else self.pred.mentions[j]
            if other_pred is not None:
                hints.append(f"Found as {_type(other_pred)}: “{_short(other_pred.text)}”.")
        elif pred is not None and gold is None:
            i = self.meant.get(self.pred_at[pred.id])
            other_gold = None if i is None else self.gold.mentions[i]
            if other_gold is not None:
                hints.append(f"Gold has it as {_type(other_gold)}: “{_short(other_gold.text)}”.")
        shown = [m for m in (other_gold, other_pred) if m is not None]
        stretch = sentence_around(self.text, min(m.start for m in shown), max(m.end for m in shown))
        left, right = ([(m, "")] if m is not None else [] for m in (other_gold, other_pred))
        labels = _labels(left, right)
        source = pred.source if pred is not None else ""
        return Card(
            id=name, kind=mistake.kind, what="mention", document=mistake.document,
            html=marked(self.text, windows(self.text, [stretch]), labels),
            gold=None if gold is None else Statement(gold),
            found=None if pred is None else Statement(pred, notes=(f"from {source}",) if source else ()),
            differs=("borders",) if mistake.kind == "wrong" else (),
            types=tuple(dict.fromkeys(m.type for m in (gold, pred) if m is not None)),
            predicates=(), rule="", confidence=None,
            gold_label=other_gold.type if other_gold else NONE,
            found_label=other_pred.type if other_pred else NONE,
            hints=tuple(hints), others=(),
        )  # fmt: skip

    def _finding(self, mistake: Mistake, name: str) -> Card:
        gold = mistake.gold if isinstance(mistake.gold, Finding) else None
        pred = mistake.pred if isinstance(mistake.pred, Finding) else None
        ends: list[list[tuple[Mention, str]]] = [[], []]
        for n, (finding, side) in enumerate(((gold, self.gold), (pred, self.pred))):
            if finding is not None:
                ends[n] = list(zip(self._ends(finding, side), ("subject", "object"), strict=True))
        labels = _labels(ends[0], ends[1])
        if pred is not None and pred.trigger is not None:
            labels.append(Label(*pred.trigger, "trigger", "", gold=False, found=True))
        evidence = [f.evidence for f in (gold, pred) if f is not None]
        people = [m for side in ends for m, _ in side]
        outside = [
            sentence_around(self.text, m.start, m.end)
            for m in people
            if not any(a <= m.start and m.end <= b for a, b in evidence)
        ]
        both = [f for f in (gold, pred) if f is not None]
        return Card(
            id=name, kind=mistake.kind, what="finding", document=mistake.document,
            html=marked(self.text, windows(self.text, [*evidence, *outside]), labels),
            gold=None if gold is None else self._statement(gold, self.gold),
            found=None if pred is None else self._statement(pred, self.pred),
            differs=_differs(mistake.differs, gold, pred),
            types=tuple(dict.fromkeys(m.type for m in people)),
            predicates=tuple(dict.fromkeys(f.predicate for f in both)),
            rule=pred.rule if pred else "", confidence=pred.confidence if pred else None,
            gold_label=gold.predicate if gold else NONE, found_label=pred.predicate if pred else NONE,
            hints=tuple(self._why(gold)) if gold is not None and pred is None else (),
            others=tuple(self._others(gold, pred)),
        )  # fmt: skip

    def _ends(self, finding: Finding, side: Document) -> tuple[Mention, Mention]:
        at = self.gold_at if side is self.gold else self.pred_at
        return side.mentions[at[finding.subject]], side.mentions[at[finding.object]]

    def _statement(self, finding: Finding, side: Document) -> Statement:
        subject, object_ = self._ends(finding, side)
        words = phrase(
            finding.predicate, finding.aspect, finding.direction,
            negated=finding.negated, hedged=finding.certainty == "hedged",
        )  # fmt: skip
        flags = (
            ("negated", finding.negated),
            ("hedged", finding.certainty == "hedged"),
            ("derived", finding.derived),
        )
        # The phrase names the aspect, but for those that go without saying.
        silent = () if words.aspect else (f"aspect {finding.aspect}",)
        notes = (*silent, *(flag for flag, holds in flags if holds))
        return Statement(subject, object_, words, finding.predicate, notes)

    def _why(self, gold: Finding) -> Iterator[str]:
        """Where a finding may have been lost: at a mention already, or in the relation."""
        subject, object_ = self._ends(gold, self.gold)
        lost = [
            f"the {role}, “{_short(m.text)}”, " + ("was found with another type" if touched else "was not found")
            for role, m in (("subject", subject), ("object", object_))
            for touched, right in (self._touched(m),)
            if not right
        ]
        if lost:
            yield "Mention: " + "; ".join(lost) + "."
        else:
            yield "Both mentions were found, the relation between them was not."

    def _touched(self, mention: Mention) -> tuple[bool, bool]:
        """Whether a predicted mention overlaps it, and whether one of the right type does."""
        kinds = self._kinds[self.gold_at[mention.id]]
        return bool(kinds), bool(kinds & mention.types)

    def _others(self, gold: Finding | None, pred: Finding | None) -> Iterator[Statement]:
        """What the side that lacks the finding says in the same sentence."""
        if (gold is None) == (pred is None):
            return
        here = gold or pred
        assert here is not None
        side = self.pred if gold is not None else self.gold
        near = [f for f in side.findings if _overlap(f.evidence, here.evidence)]
        for finding in near[:_OTHERS]:
            yield self._statement(finding, side)


def _items(mistake: Mistake, sides: _Sides) -> Iterator[tuple[Mention | Finding, Document]]:
    if mistake.gold is not None:
        yield mistake.gold, sides.gold
    if mistake.pred is not None:
        yield mistake.pred, sides.pred


def _labels(gold: _Ends, pred: _Ends) -> list[Label]:
    """Marks of both sides, joined where they are the same."""
    left, right = _places(gold), _places(pred)
    out = [Label(*place, gold=True, found=place in right) for place in left]
    for start, end, kind, role in right:
        if (start, end, kind, role) not in left:
            # One word above the text is enough where both sides point at nearly the same place.
            told = any(a < end and start < b and role == other for a, b, _, other in left)
            name = "" if told else f"found {role}" if role and left else role
            out.append(Label(start, end, kind, name, gold=False, found=True))
    return out


def _places(ends: _Ends) -> list[_Place]:
    return [
        (start, end, mention.type, role if n == 0 else "")
        for mention, role in ends
        for n, (start, end) in enumerate(mention.fragments)
    ]


def _differs(names: Sequence[str], gold: Finding | None, pred: Finding | None) -> tuple[str, ...]:
    """Without a direction that is written differently and means the same (null and none)."""
    if gold is None or pred is None:
        return ()
    same = direction(gold)[0] == direction(pred)[0] or gold.predicate != pred.predicate
    return tuple(name for name in names if not (name == "direction" and same))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _type(mention: Mention) -> str:
    return mention.type.lower()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
