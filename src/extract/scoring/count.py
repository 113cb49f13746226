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
_HEADLINES = (*(f"mentions.{mode}.micro" for mode in MENTION_MODES), *(f"findings.{level}" for level in FINDING_LEVELS))


def score(
    gold: Mapping[str, Document],
    pred: Mapping[str, Document],
    *,
    types: Sequence[MentionType] = CORE_TYPES,
    matching: Matching = "optimal",
    resamples: int = 1000,
    seed: int = 2026,
) -> Scores:
    """Score `pred` against `gold`, both documents by id, by the rules in docs/annotation.md, "Scoring".

    `types` are the mention types of the block `mentions`; context types that are not among them are scored in
    a block of their own. Findings are scored whatever the types of their arguments. A gold document without
    prediction counts as empty; a predicted document without gold is left out and named in `Scores.notes`.
    `matching` is `optimal`, or `greedy` as in the annotation guide's reference scorer (extract.scoring.matching);
    where an optimal score differs from the other, `Scores.notes` says by how much. Raises ConfigError for an
    unknown type or matching.
    """
    unknown = sorted(set(types) - set(MENTION_TYPES))
    if unknown or not types:
        raise ConfigError(
            f"No mention types called {', '.join(unknown)}." if unknown else "No mention types given.",
            reason="types",
            remedy=f"Use some of {', '.join(MENTION_TYPES)}.",
        )
    if matching not in ("greedy", "optimal"):
        raise ConfigError(f"No matching is called {matching!r}.", remedy="Use optimal or greedy.")
    kinds = tuple(dict.fromkeys(types))
    context = tuple(t for t in CONTEXT_TYPES if t not in kinds)
    tallies: dict[str, _Tally] = {}
    first_best: _Tally = defaultdict(lambda: [0, 0, 0])
    for identifier, document in gold.items():
        predicted = pred.get(identifier) or Document(id=identifier, text=document.text)
        alignment = Alignment(document, predicted, matching=matching)
        tally: _Tally = defaultdict(lambda: [0, 0, 0])
        genre = document.meta.genre or "unknown"
        _mentions(tally, alignment, "mentions", kinds, genre)
        _mentions(tally, alignment, "context_mentions", context, genre)
        _findings(tally, alignment, genre)
        tallies[identifier] = tally
        if matching == "optimal":
            _count_best_first(first_best, Alignment(document, predicted, matching="greedy", by_content=True), kinds)
    keys = [
        f"{block}.{mode}.{kind}"
        for block, some in (("mentions", kinds), ("context_mentions", context))
        for mode in MENTION_MODES
        for kind in (*some, "micro")
        if some
    ]
    keys += [f"findings.{level}" for level in FINDING_LEVELS]
    notes = _notes(gold, pred)
    if matching == "optimal":
        notes += _differences(first_best, tallies)
    return Scores.from_tallies(
        tallies,
        keys,
        types=kinds,
        matching=matching,
        resamples=resamples,
        seed=seed,
        notes=tuple(notes),
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


def _count_best_first(tally: _Tally, alignment: Alignment, kinds: Collection[MentionType]) -> None:
    """Add a document's headline counts by best overlap first to `tally`."""
    once: _Tally = defaultdict(lambda: [0, 0, 0])
    _mentions(once, alignment, "mentions", kinds, "")
    _findings(once, alignment, "")
    for key in _HEADLINES:
        for place, count in enumerate(once[key]):
            tally[key][place] += count


def _differences(first_best: _Tally, tallies: Mapping[str, _Tally]) -> list[str]:
    """Where the reference scorer's way of matching gives other numbers: two annotations compete for one."""
    said = []
    for key in _HEADLINES:
        here = [sum(tally[key][place] for tally in tallies.values()) for place in range(3)]
        if here != first_best[key]:
            said.append(f"{key} F1 {_f1(first_best[key]):.4f} instead of {_f1(here):.4f}")
    if not said:
        return []
    return [f"best overlap first (--matching greedy, as the reference scorer has it) gives {'; '.join(said)}"]


def _f1(counts: Sequence[int]) -> float:
    return 2 * counts[_TP] / max(1, counts[_PRED] + counts[_GOLD])


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
