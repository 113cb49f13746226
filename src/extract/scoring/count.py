"""Score predictions against gold: match each document, count, and hand the counts to Scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from extract.errors import ConfigError
from extract.schema import CONTEXT_TYPES, CORE_TYPES, MENTION_TYPES, Document, Finding, MentionType
from extract.scoring.matching import FINDING_LEVELS, MENTION_MODES, Alignment, Matching
from extract.scoring.scores import Scores

__all__ = ["score"]

_Tally = defaultdict[str, list[int]]
_TP, _PRED, _GOLD = range(3)


def score(
    gold: Mapping[str, Document],
    pred: Mapping[str, Document],
    *,
    types: Sequence[MentionType] = CORE_TYPES,
    matching: Matching = "greedy",
    resamples: int = 1000,
    seed: int = 2026,
) -> Scores:
    """Score `pred` against `gold`, both documents by id, by the rules in docs/annotation.md, "Scoring".

    `types` are the mention types of the block `mentions`; context types that are not among them are scored in
    a block of their own. Findings are scored whatever the types of their arguments. A gold document without
    prediction counts as empty; a predicted document without gold is left out and named in `Scores.notes`.
    `matching` is `greedy` (the contract's) or `optimal` (see extract.scoring.matching). Raises ConfigError
    for an unknown type or matching.
    """
    unknown = sorted(set(types) - set(MENTION_TYPES))
    if unknown or not types:
        raise ConfigError(
            f"No mention types called {', '.join(unknown)}." if unknown else "No mention types given.",
            reason="types",
            remedy=f"Use some of {', '.join(MENTION_TYPES)}.",
        )
    if matching not in ("greedy", "optimal"):
        raise ConfigError(f"No matching is called {matching!r}.", remedy="Use greedy or optimal.")
    kinds = tuple(dict.fromkeys(types))
    context = tuple(t for t in CONTEXT_TYPES if t not in kinds)
    tallies: dict[str, _Tally] = {}
    for identifier, document in gold.items():
        predicted = pred.get(identifier) or Document(id=identifier, text=document.text)
        alignment = Alignment(document, predicted, matching=matching)
        tally: _Tally = defaultdict(lambda: [0, 0, 0])
        genre = document.meta.genre or "unknown"
        _mentions(tally, alignment, "mentions", kinds, genre)
        _mentions(tally, alignment, "context_mentions", context, genre)
        _findings(tally, alignment, genre)
        tallies[identifier] = tally
    keys = [
        f"{block}.{mode}.{kind}"
        for block, some in (("mentions", kinds), ("context_mentions", context))
        for mode in MENTION_MODES
        for kind in (*some, "micro")
        if some
    ]
    keys += [f"findings.{level}" for level in FINDING_LEVELS]
    return Scores.from_tallies(
        tallies,
        keys,
        types=kinds,
        matching=matching,
        resamples=resamples,
        seed=seed,
        notes=tuple(_notes(gold, pred)),
    )


def _mentions(
    tally: _Tally, alignment: Alignment, block: str, kinds: Collection[MentionType], genre: str
) -> None:
    if not kinds:
        return
    for mode in MENTION_MODES:
        match = alignment.mentions(mode, kinds)
        matched_gold = {i for i, _ in match.pairs}
        gold_of = {j: i for i, j in match.pairs}
        for i in match.gold:
            cell = tally[f"{block}.{mode}.{alignment.gold.mentions[i].type}"]
            cell[_GOLD] += 1
            cell[_TP] += i in matched_gold
        for j in match.pred:
            # A right prediction counts under the gold type, which `also` may set apart from its own.
            right = alignment.gold.mentions[gold_of[j]] if j in gold_of else alignment.pred.mentions[j]
            tally[f"{block}.{mode}.{right.type}"][_PRED] += 1
        whole = [len(match.pairs), len(match.pred), len(match.gold)]
        tally[f"{block}.{mode}.micro"] = whole
        tally[f"{block}.{mode}.micro/genre={genre}"] = whole


def _findings(tally: _Tally, alignment: Alignment, genre: str) -> None:
    gold, pred = alignment.gold.findings, alignment.pred.findings
    for level in FINDING_LEVELS:
        key = f"findings.{level}"
        pairs = alignment.findings(level)
        gold_of = {j: i for i, j in pairs}
        found = {i for i, _ in pairs}
        for i, finding in enumerate(gold):
            if not alignment.optional_finding(i):
                for name in (key, *_cuts(key, finding, genre)):
                    tally[name][_GOLD] += 1
                    tally[name][_TP] += i in found
        for j, finding in enumerate(pred):
            hit = gold_of.get(j)
            if hit is not None and alignment.optional_finding(hit):
                continue  # right, and nobody had to find it
            if hit is None and finding.derived:
                continue
            for name in (key, *_cuts(key, finding if hit is None else gold[hit], genre)):
                tally[name][_PRED] += 1
            if finding.rule:
                cell = tally[f"{key}/rule={finding.rule}"]
                cell[_PRED] += 1
                cell[_TP] += hit is not None


def _cuts(key: str, finding: Finding, genre: str) -> list[str]:
    return [
        f"{key}/predicate={finding.predicate}",
        f"{key}/aspect={finding.aspect}",
        f"{key}/negated={'yes' if finding.negated else 'no'}",
        f"{key}/certainty={finding.certainty}",
        f"{key}/genre={genre}",
    ]


def _notes(gold: Mapping[str, Document], pred: Mapping[str, Document]) -> list[str]:
    groups = (
        ("without prediction, counted as empty", sorted(set(gold) - set(pred))),
        ("predicted but not in the gold, left out", sorted(set(pred) - set(gold))),
        (
            "whose text differs from the gold text, so that offsets may not fit",
            sorted(i for i in set(gold) & set(pred) if gold[i].text != pred[i].text),
        ),
    )
    return [f"{len(ids)} document(s) {what}: {_some(ids)}" for what, ids in groups if ids]


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "")
