"""Counts that describe a gold file: how much of what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.schema import ASPECTS, MENTION_TYPES, PREDICATES, Document
from extract.scoring.reading import optional_ids, read_gold

__all__ = ["Stats", "describe", "stats"]


@dataclass(frozen=True)
class Stats:
    """Counts over a set of documents; the mappings list every value of the vocabulary that occurs."""

    documents: int
    characters: int
    words: int
    mentions: int
    findings: int
    genres: dict[str, int]
    types: dict[str, int]
    predicates: dict[str, int]
    aspects: dict[str, int]
    qualifiers: dict[str, int]
    """how many findings are negated, hedged, derived ..., how many mentions generic, fragmented ..."""

    @property
    def findings_per_1000_words(self) -> float:
        """How dense the findings are."""
        return 1000 * self.findings / self.words if self.words else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain data in a fixed order."""
        return {**self.__dict__, "findings_per_1000_words": round(self.findings_per_1000_words, 1)}


def stats(path: str | Path) -> Stats:
    """Count what a gold file holds. Raises FormatError as `read_gold` does."""
    return describe(read_gold(path).values())


def describe(docs: Iterable[Document]) -> Stats:
    """Count what documents hold."""
    docs = list(docs)
    mentions = [m for d in docs for m in d.mentions]
    findings = [f for d in docs for f in d.findings]
    optional = [optional_ids(d) for d in docs]
    genres = Counter(d.meta.genre or "unknown" for d in docs)
    return Stats(
        documents=len(docs),
        characters=sum(len(d.text) for d in docs),
        words=sum(len(d.text.split()) for d in docs),
        mentions=len(mentions),
        findings=len(findings),
        genres=dict(sorted(genres.items())),
        types=_ordered(Counter(m.type for m in mentions), MENTION_TYPES),
        predicates=_ordered(Counter(f.predicate for f in findings), PREDICATES),
        aspects=_ordered(Counter(f.aspect for f in findings), ASPECTS),
        qualifiers={
            "negated": sum(f.negated for f in findings),
            "hedged": sum(f.certainty == "hedged" for f in findings),
            "derived": sum(f.derived for f in findings),
            "optional findings": sum(len(o[1]) for o in optional),
            "with context": sum(bool(f.context) for f in findings),
            "with quantity": sum(f.quantity is not None for f in findings),
            "generic": sum(m.generic for m in mentions),
            "fragmented": sum(len(m.fragments) > 1 for m in mentions),
            "with also": sum(bool(m.also) for m in mentions),
            "with concept": sum(bool(m.concept) for m in mentions),
            "optional mentions": sum(len(o[0]) for o in optional),
        },
    )


def _ordered(counts: Counter[Any], vocabulary: Iterable[Any]) -> dict[str, int]:
    return {value: counts[value] for value in vocabulary if counts[value]}
