"""Dictionary and tagger together: which names are dropped, and which spans of the tagger become names.

Each candidate's evidence (extract.entities.evidence) is weighed by a logistic model, one for names that the
dictionary's way found and one for spans that only the tagger found. The weights are data
(model/tagger/settling.json, made by scripts/train_settlement.py); what they say of a candidate can be printed
term by term.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.entities.candidate import Candidate, Recall
from extract.entities.evidence import Evidence
from extract.entities.tagger import SHIPPED
from extract.errors import ConfigError
from extract.schema import CORE_TYPES, Span

__all__ = ["Limits", "Settler", "crossed"]

_FILE = "settling.json"
# Evidence that weighs differently for different types of mention.
_BY_TYPE = (
    "best head", "worst head", "a rival is ahead by", "hardly believed by any head",
    "one word", "capitals", "adjective", "flag generic", "ends in its head noun",
)  # fmt: skip
# What changes how much the best head's opinion is worth.
_WITH_BEST = (
    "one word", "capitals", "ends in its head noun", "flag generic", "flag case", "found by abbreviation",
    "found by expansion", "no concept", "second reading", "adjective",
)  # fmt: skip


def crossed(features: Mapping[str, float], kind: str) -> dict[str, float]:
    """The features with those combinations of two that the model knows."""
    out = dict(features)
    for name in _BY_TYPE:
        if name in features:
            out[f"{kind}: {name}"] = features[name]
    for name in _WITH_BEST:
        if features.get(name):
            out[f"{name}, best head"] = features.get("best head", 0.0)
    return out


@dataclass(frozen=True, slots=True)
class Limits:
    """What one setting of recall asks for."""

    mention: float
    """Least probability that a mention is right: below it a name of the dictionary goes, and a span of the tagger
    does not come."""
    finding: float = 0.0
    """Least confidence of a finding."""


class Settler:
    """Weighs evidence. `weights` holds "dictionary" and "tagger": name of a feature -> weight, "" the constant."""

    def __init__(
        self, weights: Mapping[str, Mapping[str, float]], limits: Mapping[str, Limits], *, adjectives: bool = False
    ) -> None:
        self.weights = {name: dict(row) for name, row in weights.items()}
        self.limits = dict(limits)
        self.adjectives = adjectives
        """Whether an adjective that only the tagger found may be a mention: "hypertensive rats" have a disease by the
        guidelines of some corpora, by ours no mention."""

    @classmethod
    def load(cls, path: Path = SHIPPED / _FILE) -> Settler:
        """Read the weights.

        Raises:
            ConfigError: the file is missing or malformed.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            limits = {name: Limits(**row) for name, row in data["limits"].items()}
            return cls(data["weights"], limits)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
            raise ConfigError(
                f"{path}: no weights ({e}).", remedy="Install immunolit again, or run scripts/train_settlement.py."
            ) from e

    def terms(self, candidate: Candidate, evidence: Evidence) -> dict[str, float]:
        """What each piece of evidence adds to the log-odds that the candidate is right; "" the constant."""
        weights = self.weights["tagger" if candidate.source == "tagger" else "dictionary"]
        features = crossed(evidence.features(candidate), candidate.type)
        found = {name: value * weights[name] for name, value in features.items() if name in weights}
        return {"": weights.get("", 0.0), **found}

    def probability(self, candidate: Candidate, evidence: Evidence) -> float:
        """That the candidate is right, to three decimals."""
        odds = math.fsum(self.terms(candidate, evidence).values())
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds)))), 3)

    def additions(self, evidence: Evidence, recall: Recall) -> list[Candidate]:
        """The tagger's spans that are to become names: probable ones that touch no mention of their type, the most
        probable first where they touch one another. Their confidence is set.
        """
        chosen: list[Candidate] = []
        for kind in CORE_TYPES:
            judged: list[tuple[float, Span]] = []
            for span in evidence.proposals(kind):
                if evidence.adjective(span) and not self.adjectives:
                    continue
                if any(kind in (other.type, *other.also) for other in evidence.near(span)):
                    continue
                value = self.probability(Candidate(*span, kind, source="tagger"), evidence)
                if value >= self.limits[recall].mention:
                    judged.append((value, span))
            taken: list[Span] = []
            for value, span in sorted(judged, key=lambda pair: (-pair[0], pair[1][0] - pair[1][1], pair[1])):
                if all(b <= span[0] or span[1] <= a for a, b in taken):
                    taken.append(span)
                    # Above a dictionary name of the same range but another type, which the model has weighed.
                    chosen.append(Candidate(*span, kind, 1.0 + value / 4, "tagger", core=span, confidence=value))
        return sorted(chosen, key=lambda c: (c.start, c.end, c.type))
