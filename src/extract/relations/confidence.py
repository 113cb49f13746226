"""How likely a curator is to accept a finding: a calibrated probability from a few plain features.

A regularised logistic model over features that can be read off the statement: which frame made it, how far its
arguments lie from the trigger, whether they were reached through pronouns or words of unknown meaning, whether other
rules say the same or the opposite. Its weights are in confidence.json, made by scripts/train_confidence.py, which also
measures the calibration on documents that it was not trained on (docs/model.md).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..errors import GrammarError
from ..schema import Mention
from .match import Match

__all__ = ["features", "load_weights", "probability"]

_FILE = Path(__file__).with_name("confidence.json")


def features(
    match: Match,
    *,
    negated: bool,
    hedged: bool,
    support: int,
    conflict: int,
    words: int,
    mentions: Mapping[str, Mention],
) -> dict[str, float]:
    """Named features of one statement.

    `support` and `conflict` count other rules that state the same, or the same pair with another sign, in the sentence;
    `words` is the length of the sentence.
    """
    s, o = match.subject, match.object
    subject, obj = mentions[s.mention], mentions[o.mention]
    gap = abs(s.node.i - match.node.i) + abs(o.node.i - match.node.i)
    out = {
        "bias": 1.0,
        f"frame={match.frame.name}": 1.0,
        f"predicate={match.predicate}": 1.0,
        f"trigger={match.trigger.pos}": 1.0,
        f"subject={subject.type}": 1.0,
        f"object={obj.type}": 1.0,
        "weak trigger": float(match.trigger.strength == "weak"),
        "steps to subject": float(min(3, s.steps)),
        "steps to object": float(min(3, o.steps)),
        "unknown words": float(min(2, s.weak + o.weak)),
        "reference": float(s.coref or o.coref),
        "generic argument": float(subject.generic or obj.generic),
        "distance": math.log1p(gap),
        "sentence length": math.log1p(words),
        "negated": float(negated),
        "hedged": float(hedged),
        "presupposed": float(match.presupposed),
        "subject through a loss": float(s.lossy),
        "support": float(min(2, support)),
        "conflict": float(min(2, conflict)),
        "subject from expansion": float(subject.source == "expansion"),
        "object from expansion": float(obj.source == "expansion"),
    }
    return {name: value for name, value in out.items() if value}


@lru_cache(maxsize=2)
def load_weights(path: Path = _FILE) -> dict[str, float]:
    """Weights by feature name.

    Raises:
        GrammarError: the file is missing or not a mapping of names to numbers.
    """
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))["weights"]
        return {str(k): float(v) for k, v in data.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
        raise GrammarError(
            f"{path.name}: not a file of weights ({e}).", remedy="Make it with scripts/train_confidence.py."
        ) from e


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Chance in (0, 1) that the finding is accepted, rounded to three places so that output is stable."""
    total = sum(value * weights.get(name, 0.0) for name, value in sorted(found.items()))
    return round(min(0.999, max(0.001, 1.0 / (1.0 + math.exp(-total)))), 3)
