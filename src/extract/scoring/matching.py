"""Which prediction stands for which gold annotation: one-to-one matching within one document.

Two ways to choose among competing pairs:

- `optimal`, the default: as many pairs as can be had, and among those the largest overlap (assignment problem, solved
  with scipy.optimize.linear_sum_assignment). Independent of the order of mentions and findings.
- `greedy`: best overlap first, ties by file order, as the annotation guide and its reference scorer have it.

They differ only where two predictions compete for one gold annotation and one of them could take another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np

from extract.schema import Document, Finding, Mention, MentionType, Span
from extract.scoring.reading import optional_ids

__all__ = [
    "FINDING_LEVELS",
    "MENTION_MODES",
    "Alignment",
    "Matching",
    "MentionMatch",
    "direction",
    "overlaps",
]

Matching = Literal["greedy", "optimal"]
MENTION_MODES = ("strict", "overlap")
FINDING_LEVELS = ("pair", "signed", "full")

Edge = tuple[float, int, int]
"""Score above 0, index on the gold side, index on the predicted side."""

_SAME_DIRECTION = 0.5  # less than one shared character: only decides between pairs of equal overlap
_A_LEVEL = 1e6  # more than any overlap
_SIGNS = {"increases": "+", "decreases": "-", "produces": "produces"}


def overlaps(left: Sequence[Sequence[Span]], right: Sequence[Sequence[Span]]) -> dict[tuple[int, int], int]:
    """Shared code points of each pair of span lists, for pairs that share any; one sweep over both sides."""
    events = sorted(
        (start, end, side, index)
        for side, items in enumerate((left, right))
        for index, spans in enumerate(items)
        for start, end in spans
    )
    shared: dict[tuple[int, int], int] = defaultdict(int)
    open_: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, index in events:
        other = open_[1 - side]
        other[:] = [x for x in other if x[0] > start]
        for other_end, other_index in other:
            common = min(end, other_end) - start
            if common > 0:
                shared[(index, other_index) if side == 0 else (other_index, index)] += common
        open_[side].append((end, index))
    return dict(shared)


def direction(finding: Finding) -> tuple[str, bool]:
    """The sign that the signed level compares (+, -, none, or produces), and whether the text denies it."""
    return _SIGNS.get(finding.predicate) or finding.direction or "none", finding.negated


def greedy(edges: Iterable[Edge]) -> list[tuple[int, int]]:
    """One-to-one pairs, best score first; ties go to the lower gold index, then the lower predicted one."""
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def optimal(edges: Sequence[Edge], required: Collection[int] | None = None) -> list[tuple[int, int]]:
    """One-to-one pairs: most with a required gold index, then most of all, then the largest total score."""
    pairs: list[tuple[int, int]] = []
    for part in _components(edges):
        if len(part) == 1:
            pairs.append(part[0][1:])
            continue
        # Imported here: it takes a third of a second, and most files have little to choose.
        from scipy.optimize import linear_sum_assignment

        rows = sorted({i for _, i, _ in part})
        columns = sorted({j for _, _, j in part})
        row_of, column_of = {i: n for n, i in enumerate(rows)}, {j: n for n, j in enumerate(columns)}
        # Each rank outweighs everything that the ranks below it can add up to.
        pair = sum(score for score, _, _ in part) + 1.0
        need = pair * (min(len(rows), len(columns)) + 1)
        gain = np.zeros((len(rows), len(columns)))
        for score, i, j in part:
            gain[row_of[i], column_of[j]] = (
                score + pair + (need if required is None or i in required else 0.0)
            )
        chosen = linear_sum_assignment(gain, maximize=True)
        pairs += [(rows[r], columns[c]) for r, c in zip(*chosen, strict=True) if gain[r, c] > 0]
    return sorted(pairs)


def _components(edges: Sequence[Edge]) -> list[list[Edge]]:
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(node: tuple[int, int]) -> tuple[int, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for _, i, j in edges:
        parent[root((0, i))] = root((1, j))
    parts: dict[tuple[int, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        parts[root((0, edge[1]))].append(edge)
    return list(parts.values())


class MentionMatch(NamedTuple):
    """Indices into the two documents' mention lists."""

    gold: list[int]
    """those that must be found"""
    pred: list[int]
    """those that count"""
    pairs: list[tuple[int, int]]


class Alignment:
    """Gold and prediction of one document side by side.

    `symmetric` lets subject and object swap if either side is `associated_with`; scoring looks at gold only.
    `by_content` breaks ties of greedy matching by what the annotations say, not by their order.
    """

    def __init__(
        self,
        gold: Document,
        pred: Document,
        *,
        matching: Matching = "optimal",
        symmetric: bool = False,
        by_content: bool = False,
    ) -> None:
        self.gold, self.pred = gold, pred
        self.matching = matching
        self.by_content = by_content
        self.symmetric = symmetric
        self.optional_mentions, self.optional_findings = optional_ids(gold)

    @cached_property
    def overlap(self) -> dict[tuple[int, int], int]:
        """Shared code points by (gold mention index, predicted mention index)."""
        return overlaps([m.fragments for m in self.gold.mentions], [m.fragments for m in self.pred.mentions])

    @cached_property
    def _touching(self) -> dict[int, list[int]]:
        touching: dict[int, list[int]] = defaultdict(list)
        for i, j in self.overlap:
            touching[j].append(i)
        return touching

    def mentions(self, mode: str, kinds: Collection[MentionType]) -> MentionMatch:
        """Match the mentions of the given types, `strict` (same fragments) or `overlap` (any overlap).

        A prediction counts neither way if it touches no gold mention that would make it right, but an
        optional one, or one of another type whose `also` holds the predicted type.
        """
        gold = [
            i
            for i, m in enumerate(self.gold.mentions)
            if m.type in kinds and m.id not in self.optional_mentions
        ]
        required = set(gold)
        pred = [
            j
            for j, m in enumerate(self.pred.mentions)
            if m.type in kinds and self._counts(j, required, kinds)
        ]
        counted = set(pred)
        edges: list[Edge] = []
        for (i, j), shared in self.overlap.items():
            if i in required and j in counted:
                g, p = self.gold.mentions[i], self.pred.mentions[j]
                if p.type in g.types and (mode == "overlap" or g.fragments == p.fragments):
                    edges.append((float(shared) if mode == "overlap" else 1.0, i, j))
        return MentionMatch(gold, pred, self._choose(edges, self._mention_rank, None))

    def _counts(self, j: int, required: set[int], kinds: Collection[MentionType]) -> bool:
        kind = self.pred.mentions[j].type
        touched = [(i, self.gold.mentions[i]) for i in self._touching.get(j, ())]
        if any(i in required and kind in m.types for i, m in touched):
            return True
        for _, m in touched:
            if m.type in kinds:
                if m.id in self.optional_mentions and kind in m.types:
                    return False
            elif kind in m.also:
                return False
        return True

    def findings(self, level: str) -> list[tuple[int, int]]:
        """Matched pairs of indices into the two lists of findings at the level `pair`, `signed` or `full`."""
        edges = [
            (score, i, j)
            for score, i, j in self._finding_edges
            if agrees(level, self.gold.findings[i], self.pred.findings[j])
        ]
        required = {i for i in range(len(self.gold.findings)) if not self.optional_finding(i)}
        return self._choose(edges, self._finding_rank, required)

    def optional_finding(self, i: int) -> bool:
        """Whether missing this gold finding costs nothing."""
        finding = self.gold.findings[i]
        return finding.derived or finding.id in self.optional_findings

    def closest(self) -> list[tuple[int, int]]:
        """Pairs of findings with the same arguments, those that agree in more first, whatever their order.

        Not a score: it keeps equal findings together where the pair level would take any of them.
        """
        (left, left_back), (right, right_back) = self._finding_rank(0), self._finding_rank(1)
        edges: list[Edge] = []
        for score, i, j in self._finding_edges:
            g, p = self.gold.findings[i], self.pred.findings[j]
            levels = sum(agrees(level, g, p) for level in FINDING_LEVELS) + (g.aspect == p.aspect) / 2
            edges.append((_A_LEVEL * levels + score, left[i], right[j]))
        return [(left_back[i], right_back[j]) for i, j in greedy(edges)]

    @cached_property
    def _finding_edges(self) -> list[Edge]:
        gold_at = {m.id: i for i, m in enumerate(self.gold.mentions)}
        pred_at = {m.id: j for j, m in enumerate(self.pred.mentions)}
        edges: list[Edge] = []
        near = overlaps(
            [[f.evidence] for f in self.gold.findings], [[f.evidence] for f in self.pred.findings]
        )
        for i, j in near:
            g, p = self.gold.findings[i], self.pred.findings[j]
            subject, object_ = (
                (gold_at[g.subject], pred_at[p.subject]),
                (gold_at[g.object], pred_at[p.object]),
            )
            same = self._same(*subject) and self._same(*object_)
            if not same and (
                g.predicate == "associated_with" or (self.symmetric and p.predicate == "associated_with")
            ):
                same = self._same(subject[0], object_[1]) and self._same(object_[0], subject[1])
            if same:
                score = 1.0 + self.overlap.get(subject, 0) + self.overlap.get(object_, 0)
                edges.append((score + _SAME_DIRECTION * (direction(g) == direction(p)), i, j))
        return edges

    def _same(self, i: int, j: int) -> bool:
        """Whether two arguments are one thing: they overlap, share a concept, or are the same words."""
        if (i, j) in self.overlap:
            return True
        g, p = self.gold.mentions[i], self.pred.mentions[j]
        return bool(g.concept and g.concept == p.concept) or _words(g) == _words(p)

    def _choose(
        self,
        edges: list[Edge],
        rank: Callable[[int], tuple[dict[int, int], list[int]]],
        required: Collection[int] | None,
    ) -> list[tuple[int, int]]:
        if self.matching == "greedy" and not self.by_content:
            return greedy(edges)
        # Ranks by content, not by place in the file, so that permuted files give the same pairs.
        (left, left_back), (right, right_back) = rank(0), rank(1)
        ranked = sorted((score, left[i], right[j]) for score, i, j in edges)
        if self.matching == "greedy":
            return [(left_back[i], right_back[j]) for i, j in greedy(ranked)]
        need = None if required is None else {left[i] for i in required}
        return [(left_back[i], right_back[j]) for i, j in optimal(ranked, need)]

    def _mention_rank(self, side: int) -> tuple[dict[int, int], list[int]]:
        return self._ranks[side]

    def _finding_rank(self, side: int) -> tuple[dict[int, int], list[int]]:
        return self._ranks[2 + side]

    @cached_property
    def _ranks(self) -> list[tuple[dict[int, int], list[int]]]:
        out = []
        for keys in (
            [mention_key(m) for m in self.gold.mentions],
            [mention_key(m) for m in self.pred.mentions],
            finding_keys(self.gold),
            finding_keys(self.pred),
        ):
            back = sorted(range(len(keys)), key=keys.__getitem__)
            out.append(({index: place for place, index in enumerate(back)}, back))
        return out


def agrees(level: str, gold: Finding, pred: Finding) -> bool:
    """Whether two findings with the same arguments also agree in what `signed` or `full` asks for."""
    if level == "pair":
        return True
    if direction(gold) != direction(pred):
        return False
    return level == "signed" or (
        (gold.predicate, gold.aspect, gold.certainty) == (pred.predicate, pred.aspect, pred.certainty)
    )


def _words(mention: Mention) -> str:
    return mention.text.lower().rstrip("s")


def mention_key(m: Mention) -> tuple[Any, ...]:
    """All that a mention says, without its id: equal keys are interchangeable."""
    return (m.fragments, m.type, sorted(m.also), m.text, m.concept, m.generic)


def finding_keys(doc: Document) -> list[tuple[Any, ...]]:
    """All that each finding says, without ids: equal keys are interchangeable."""
    mentions = {m.id: mention_key(m) for m in doc.mentions}
    optional = optional_ids(doc)[1]
    return [
        (
            f.evidence, mentions[f.subject], mentions[f.object], f.predicate, f.aspect, f.direction or "",
            f.negated, f.certainty, f.derived, f.id in optional, f.rule,
        )
        for f in doc.findings
    ]  # fmt: skip
