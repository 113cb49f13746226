"""Each difference between gold and prediction, in its place: what a rule writer looks at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from extract.schema import CORE_TYPES, Document, Finding, Mention, MentionType, Span
from extract.scoring.matching import Alignment, agrees

__all__ = ["Mistake", "mistakes"]

Kind = Literal["missed", "spurious", "wrong"]


class Mistake(NamedTuple):
    """One mention or finding that gold and prediction do not share.

    `missed` has gold only, `spurious` a prediction only. `wrong` has both: a mention with other borders, or a
    finding about the same two arguments that says something else; `differs` names in what.
    """

    document: str
    kind: Kind
    what: Literal["mention", "finding"]
    gold: Mention | Finding | None
    pred: Mention | Finding | None
    differs: tuple[str, ...]
    span: Span
    """where to look: the evidence of the finding, or the mention from its first to its last character"""


def mistakes(
    gold: Mapping[str, Document],
    pred: Mapping[str, Document],
    *,
    types: Collection[MentionType] = CORE_TYPES,
    level: Literal["signed", "full"] = "signed",
) -> list[Mistake]:
    """All mistakes of a prediction, by document id and then by place in the text.

    `types` limits the mentions looked at. At the level `signed` a finding is wrong in predicate, direction or
    negation only; at `full` also in aspect and certainty. What is optional or derived in gold is not missed.
    """
    out: list[Mistake] = []
    for identifier, document in gold.items():
        alignment = Alignment(document, pred.get(identifier) or Document(id=identifier, text=document.text))
        out += [*_mentions(alignment, types), *_findings(alignment, level)]
    return sorted(out, key=lambda m: (m.document, m.what, m.span, m.kind))


def _mentions(alignment: Alignment, types: Collection[MentionType]) -> Iterator[Mistake]:
    match = alignment.mentions("overlap", types)
    gold, pred, name = alignment.gold.mentions, alignment.pred.mentions, alignment.gold.id
    for i, j in match.pairs:
        if gold[i].fragments != pred[j].fragments:
            yield Mistake(
                name, "wrong", "mention", gold[i], pred[j], ("fragments",), _around(gold[i], pred[j])
            )
    left, right = {i for i, _ in match.pairs}, {j for _, j in match.pairs}
    for i in match.gold:
        if i not in left:
            yield Mistake(name, "missed", "mention", gold[i], None, (), _around(gold[i]))
    for j in match.pred:
        if j not in right:
            yield Mistake(name, "spurious", "mention", None, pred[j], (), _around(pred[j]))


def _around(*mentions: Mention) -> Span:
    return min(m.start for m in mentions), max(m.end for m in mentions)


def _findings(alignment: Alignment, level: str) -> Iterator[Mistake]:
    gold, pred, name = alignment.gold.findings, alignment.pred.findings, alignment.gold.id
    pairs = alignment.closest()
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, j in pairs:
        g, p = gold[i], pred[j]
        if not agrees(level, g, p):
            names = (
                "predicate",
                "direction",
                "negated",
                *(("aspect", "certainty") if level == "full" else ()),
            )
            differs = tuple(n for n in names if getattr(g, n) != getattr(p, n))
            yield Mistake(name, "wrong", "finding", g, p, differs, g.evidence)
    for i, g in enumerate(gold):
        if i not in left and not alignment.optional_finding(i):
            yield Mistake(name, "missed", "finding", g, None, (), g.evidence)
    for j, p in enumerate(pred):
        if j not in right and not p.derived:
            yield Mistake(name, "spurious", "finding", None, p, (), p.evidence)
