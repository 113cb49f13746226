"""What a scoring run found: counts for each document and metric, and all that is computed of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from extract.errors import ConfigError, FormatError
from extract.schema import MENTION_TYPES
from extract.scoring import bootstrap
from extract.scoring.bootstrap import MEASURES, Counts
from extract.scoring.matching import FINDING_LEVELS, MENTION_MODES

__all__ = ["Difference", "Row", "Scores", "key_order"]

_FORMAT = "immunolit-scores/1"
_BLOCKS = ("mentions", "context_mentions", "findings")
_LEVELS = (*MENTION_MODES, *FINDING_LEVELS)
Tally = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one metric. `gold` is its support: how many annotations had to be found."""

    tp: int
    pred: int
    gold: int

    @property
    def p(self) -> float:
        """Precision; 0 if nothing was predicted."""
        return self.tp / self.pred if self.pred else 0.0

    @property
    def r(self) -> float:
        """Recall; 0 if nothing had to be found."""
        return self.tp / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 if both are 0."""
        p, r = self.p, self.r
        return 2 * p * r / (p + r) if p + r else 0.0

    def to_dict(self) -> dict[str, float | int]:
        """The values in the form of the contract's own JSON."""
        return {"p": self.p, "r": self.r, "f1": self.f1, "tp": self.tp, "pred": self.pred, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Difference:
    """How one metric changed between two runs on the same documents, with its 95% interval."""

    metric: str
    before: float
    after: float
    low: float | None
    high: float | None

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval of the change leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def to_dict(self) -> dict[str, Any]:
        """Plain data in a fixed order."""
        span = {"low": self.low, "high": self.high, "beyond_chance": self.beyond_chance}
        values = {"before": self.before, "after": self.after, "change": self.change}
        return {"metric": self.metric, **values, **span}


def key_order(key: str) -> tuple[Any, ...]:
    """Sort key that gives metrics the order in which people read them."""
    base, _, cut = key.partition("/")
    block, level, *rest = base.split(".")
    kind = rest[0] if rest else ""
    kinds = (*MENTION_TYPES, "micro", "")
    name, _, value = cut.partition("=")
    return (_BLOCKS.index(block), _LEVELS.index(level), name, kinds.index(kind), value)


@dataclass(frozen=True)
class Scores:
    """Scores of one set of predictions against one gold set.

    A key names one set of counts: `mentions.strict.CELL`, `mentions.overlap.micro`,
    `context_mentions.overlap.PROCESS`, `findings.pair`, `findings.signed`, `findings.full`, and a cut of one
    as `findings.signed/predicate=increases` (predicate, aspect, negated, certainty, genre, rule) or
    `mentions.overlap.micro/genre=news`. A metric is a key with `.p`, `.r` or `.f1`.

    In a cut, a matched prediction counts under its gold value and an unmatched one under its own, so that the
    parts add up to the whole. In cuts by rule, support is the whole level's: recall is the share that this
    rule finds.

    `counts` has one row for each of `documents`, one column for each of `keys`, and (tp, pred, gold) in
    depth.
    """

    documents: tuple[str, ...]
    keys: tuple[str, ...]
    counts: Counts
    types: tuple[str, ...]
    matching: str = "optimal"
    resamples: int = 1000
    seed: int = 2026
    notes: tuple[str, ...] = field(default=())

    @classmethod
    def from_tallies(cls, tallies: Mapping[str, Tally], keys: Sequence[str], **rest: Any) -> Scores:
        """Make scores of {document id: {key: (tp, pred, gold)}}; `keys` stand even if nothing was counted."""
        documents = tuple(sorted(tallies))
        every = tuple(sorted({*keys, *(k for t in tallies.values() for k in t)}, key=key_order))
        column = {key: n for n, key in enumerate(every)}
        counts = np.zeros((len(documents), len(every), 3), dtype=np.int64)
        for row, document in enumerate(documents):
            for key, values in tallies[document].items():
                counts[row, column[key]] = values
        for key in every:
            if "/rule=" in key:
                counts[:, column[key], 2] = counts[:, column[key.partition("/")[0]], 2]
        return cls(documents=documents, keys=every, counts=counts, **rest)

    def __getitem__(self, key: str) -> Row:
        """The summed counts under a key. Raises ConfigError if there is no such key."""
        if key not in self._column:
            near = ", ".join(k for k in self.keys if "/" not in k)
            raise ConfigError(f"No score is called {key!r}.", reason="metric", remedy=f"Use one of: {near}.")
        return Row(*(int(x) for x in self._totals[self._column[key]]))

    @property
    def headline(self) -> Row:
        """The contract's headline: findings at the signed level."""
        return self["findings.signed"]

    @cached_property
    def _column(self) -> dict[str, int]:
        return {key: n for n, key in enumerate(self.keys)}

    @cached_property
    def _totals(self) -> Counts:
        totals: Counts = self.counts.sum(axis=0)
        return totals

    def where(self, keep: Callable[[str], bool]) -> Scores:
        """The same scores with only those keys for which `keep` says so."""
        columns = [n for n, key in enumerate(self.keys) if keep(key)]
        return replace(self, keys=tuple(self.keys[n] for n in columns), counts=self.counts[:, columns])

    def value(self, metric: str) -> float:
        """The value of a metric such as `findings.signed.f1`. Raises ConfigError for an unknown one."""
        key, measure = split_metric(metric)
        return float(getattr(self[key], measure))

    def interval(self, metric: str) -> tuple[float, float] | None:
        """The metric's 95% interval; None if fewer than two documents hold it, or without resamples."""
        key, measure = split_metric(metric)
        self[key]
        return self._intervals.get(key, {}).get(measure)

    @cached_property
    def _intervals(self) -> dict[str, dict[str, tuple[float, float] | None]]:
        if len(self.documents) < 2 or not self.resamples:
            return {}
        flat = self.counts.reshape(len(self.documents), -1)
        sums = bootstrap.resample(flat, self.resamples, self.seed).reshape(self.resamples, len(self.keys), 3)
        values = bootstrap.measures(sums[..., 0], sums[..., 1], sums[..., 2])
        spread = self.counts.any(axis=2).sum(axis=0)
        return {
            # What one document alone holds does not vary between draws: an interval would be a false comfort.
            key: {m: bootstrap.interval(values[m][:, n]) if spread[n] > 1 else None for m in MEASURES}
            for n, key in enumerate(self.keys)
        }

    def cuts(self, key: str, name: str) -> dict[str, Row]:
        """Rows of one breakdown, by value: `cuts("findings.signed", "predicate")`."""
        start = f"{key}/{name}="
        return {k.removeprefix(start): self[k] for k in self.keys if k.startswith(start)}

    def compare(self, baseline: Scores, metrics: Sequence[str] = ()) -> list[Difference]:
        """How each metric changed since `baseline`, by paired bootstrap over the documents that both have.

        Without `metrics`, F1 of every key without a cut that both have. Raises ConfigError if the two share
        no document or lack a metric.
        """
        if not metrics:
            metrics = [f"{k}.f1" for k in self.keys if "/" not in k and k in baseline._column]
        shared = sorted(set(self.documents) & set(baseline.documents))
        if not shared:
            raise ConfigError(
                "The baseline was scored on other documents: none is shared.",
                reason="baseline",
                remedy="Score the same gold file for both.",
            )
        now, before = (self._part(shared, metrics), baseline._part(shared, metrics))
        both = np.concatenate([now, before], axis=1)
        resampled = (
            bootstrap.resample(both, self.resamples, self.seed)
            if len(shared) > 1 and self.resamples
            else None
        )
        out = []
        for n, metric in enumerate(metrics):
            measure = split_metric(metric)[1]
            sides = [slice(3 * n, 3 * n + 3), slice(3 * (len(metrics) + n), 3 * (len(metrics) + n) + 3)]
            after, earlier = (getattr(Row(*(int(x) for x in both[:, s].sum(axis=0))), measure) for s in sides)
            span = None
            if resampled is not None:
                drawn = [bootstrap.measures(*resampled[:, s].T)[measure] for s in sides]
                span = bootstrap.interval(drawn[0] - drawn[1])
            out.append(Difference(metric, earlier, after, *(span or (None, None))))
        return out

    def _part(self, documents: Sequence[str], metrics: Sequence[str]) -> Counts:
        for metric in metrics:
            self[split_metric(metric)[0]]
        place = {d: n for n, d in enumerate(self.documents)}
        columns = [self._column[split_metric(m)[0]] for m in metrics]
        part: Counts = self.counts[[place[d] for d in documents]][:, columns].reshape(len(documents), -1)
        return part

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data; `mentions` and `findings` have the form of the contract's own JSON."""
        out: dict[str, Any] = {
            "format": _FORMAT, "matching": self.matching, "types": list(self.types),
            "documents": len(self.documents),
            "mentions": {}, "context_mentions": {}, "findings": {}, "breakdowns": {},
        }  # fmt: skip
        for key in self.keys:
            base, _, cut = key.partition("/")
            block, level, *kind = base.split(".")
            row = self[key].to_dict()
            if cut:
                name, _, value = cut.partition("=")
                out["breakdowns"].setdefault(block, {}).setdefault(level, {}).setdefault(name, {})[value] = (
                    row
                )
            elif kind:
                out[block].setdefault(level, {})[kind[0]] = row
            else:
                out[block][level] = row
        values = {
            key: {m: list(span) if span else None for m, span in spans.items()}
            for key, spans in self._intervals.items()
        }
        out["intervals"] = {
            "level": bootstrap.LEVEL, "method": "percentile bootstrap over documents",
            "resamples": self.resamples, "seed": self.seed, "values": values,
        }  # fmt: skip
        out["per_document"] = {
            document: {
                key: [int(x) for x in self.counts[row, n]]
                for n, key in enumerate(self.keys)
                if ("/rule=" not in key and self.counts[row, n].any()) or self.counts[row, n, :2].any()
            }
            for row, document in enumerate(self.documents)
        }
        out["notes"] = list(self.notes)
        return out

    def to_json(self) -> str:
        """The same as JSON text: the same bytes for the same scores. `from_json` reads it back."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Scores:
        """Read what `to_json` wrote. Raises FormatError if it is something else."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _no_scores(error) from error
        return cls.from_dict(data)

    @classmethod
    def from_dict(cls, data: Any) -> Scores:
        """Read what `to_dict` gave. Raises FormatError if it is something else."""
        try:
            if data["format"] != _FORMAT:
                raise ValueError(data["format"])
            keys = _keys(data)
            return cls.from_tallies(
                data["per_document"],
                keys,
                types=tuple(data["types"]),
                matching=data["matching"],
                resamples=int(data["intervals"]["resamples"]),
                seed=int(data["intervals"]["seed"]),
                notes=tuple(data["notes"]),
            )
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise _no_scores(error) from error


def _no_scores(error: Exception) -> FormatError:
    return FormatError(
        f"This is no stored score ({type(error).__name__}: {error}).",
        reason="format",
        remedy="Give a file that `immunolit score --json` or `--save` wrote.",
    )


def _keys(data: Mapping[str, Any]) -> list[str]:
    keys = [f"{b}.{level}.{kind}" for b in _BLOCKS[:2] for level, kinds in data[b].items() for kind in kinds]
    keys += [f"findings.{level}" for level in data["findings"]]
    for block, levels in data["breakdowns"].items():
        for level, cuts in levels.items():
            whole = f"{block}.{level}" if block == "findings" else f"{block}.{level}.micro"
            keys += [f"{whole}/{name}={value}" for name, values in cuts.items() for value in values]
    return keys


def split_metric(metric: str) -> tuple[str, str]:
    """Split `findings.signed.f1` into key and measure. Raises ConfigError unless it ends in p, r or f1."""
    key, _, measure = metric.rpartition(".")
    if not key or measure not in MEASURES:
        raise ConfigError(
            f"{metric!r} is no metric.",
            reason="metric",
            remedy="Write a score's name and .p, .r or .f1, such as findings.signed.f1.",
        )
    return key, measure
