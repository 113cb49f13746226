"""Agreement of two annotators: F1 at each level, and Cohen's kappa of the qualifiers of matched findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.errors import ConfigError
from extract.schema import Document, Finding
from extract.scoring.count import score
from extract.scoring.matching import Alignment
from extract.scoring.scores import Scores

__all__ = ["Agreement", "Kappa", "agree", "kappa", "shared_documents"]

_LABELS: dict[str, Callable[[Finding], str]] = {
    "negated": lambda f: "yes" if f.negated else "no",
    "certainty": lambda f: f.certainty,
    "predicate": lambda f: f.predicate,
    "aspect": lambda f: f.aspect,
}


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa (Cohen 1960) of one label over matched findings.

    `value` is None where it is not defined: nothing matched, or both gave one and the same label throughout.
    """

    value: float | None
    observed: float | None
    """share of the pairs on which the two agree"""
    pairs: int


@dataclass(frozen=True)
class Agreement:
    """How far two annotators agree on the documents that both have.

    `scores_ab` takes the first as gold, `scores_ba` the second. They differ a little, because `also`,
    `derived` and `optional` count on the gold side only; `f1` is the mean of both, and so does not depend on
    who comes first.
    """

    documents: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    scores_ab: Scores
    scores_ba: Scores
    kappas: dict[str, Kappa]

    def f1(self, key: str) -> float:
        """Agreement F1 of a key of Scores, such as `findings.signed`."""
        return (self.scores_ab[key].f1 + self.scores_ba[key].f1) / 2

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys without a cut."""
        return tuple(k for k in self.scores_ab.keys if "/" not in k)

    def to_dict(self) -> dict[str, Any]:
        """Plain data in a fixed order."""
        return {
            "documents": len(self.documents),
            "only_a": list(self.only_a),
            "only_b": list(self.only_b),
            "f1": {key: self.f1(key) for key in self.keys},
            "kappa": {
                name: {"kappa": k.value, "observed": k.observed, "pairs": k.pairs}
                for name, k in self.kappas.items()
            },
        }


def agree(a: Mapping[str, Document], b: Mapping[str, Document]) -> Agreement:
    """Compare two annotations of the same texts, documents by id.

    For kappa, findings are matched that have the same arguments in the same sentence; where several fit,
    those that agree in most. Raises ConfigError if no document is in both, or if a document's text differs.
    """
    shared = shared_documents(a, b)
    first, second = ({i: docs[i] for i in shared} for docs in (a, b))
    pairs: list[tuple[Finding, Finding]] = []
    for i in shared:
        alignment = Alignment(first[i], second[i], symmetric=True)
        pairs += [(first[i].findings[x], second[i].findings[y]) for x, y in alignment.closest()]
    return Agreement(
        documents=shared,
        only_a=tuple(sorted(set(a) - set(b))),
        only_b=tuple(sorted(set(b) - set(a))),
        scores_ab=score(first, second, matching="optimal"),
        scores_ba=score(second, first, matching="optimal"),
        kappas={name: kappa([(label(x), label(y)) for x, y in pairs]) for name, label in _LABELS.items()},
    )


def shared_documents(a: Mapping[str, Document], b: Mapping[str, Document]) -> tuple[str, ...]:
    """Ids of the documents that both have, sorted. Raises ConfigError if there is none or a text differs."""
    shared = tuple(sorted(set(a) & set(b)))
    if not shared:
        raise ConfigError(
            "The two files share no document id.",
            reason="agree",
            remedy="Annotate the same documents in both.",
        )
    other = [i for i in shared if a[i].text != b[i].text]
    if other:
        raise ConfigError(
            f"The text of document {other[0]!r} differs between the two files.",
            reason="agree",
            remedy="Start both annotations from the same text: offsets mean nothing otherwise.",
        )
    return shared


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa:
    """Cohen's kappa of pairs of labels."""
    size = len(pairs)
    if not size:
        return Kappa(None, None, 0)
    observed = sum(x == y for x, y in pairs) / size
    left, right = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    chance = sum(left[label] * right[label] for label in sorted(left)) / size**2
    return Kappa(None if chance == 1 else (observed - chance) / (1 - chance), observed, size)
