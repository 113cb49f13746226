"""Loss of function: what the blocked, missing or neutralised thing does is the opposite of what its loss does.

The literal finding stays; the opposite one is added with `derived` set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..schema import CORE_TYPES, Mention, Predicate
from .assembler import Statement

__all__ = ["derive"]

_LOSS = re.compile(
    r"block|neutrali[sz]|deficien|knock|deplet|ablat|lack|absence|inhibit|\banti-|delet|-/-|−/−|–/–|\bnull\b|silenc|"
    r"antagoni|disrupt|withdraw|removal|remov|depriv|without|loss of|shRNA|siRNA|suppress|inactivat|castrat|"
    r"insufficien|failure of",
    re.I,
)
_CARRIERS = frozenset({"INTERVENTION", "ORGANISM", "DISEASE", "CHEMICAL", "PROTEIN", "CELL"})
_LOST = frozenset({*CORE_TYPES, "PROTEIN"})
_OPPOSITE: dict[Predicate, Predicate] = {
    "increases": "decreases",
    "decreases": "increases",
    "affects": "affects",
}


def _lost(carrier: Mention, mentions: Iterable[Mention]) -> list[Mention]:
    """What the carrier names as lost: mentions inside it, the outermost ones."""
    if carrier.type not in _CARRIERS or not _LOSS.search(carrier.text):
        return []
    inside = [
        m
        for m in mentions
        if m.id != carrier.id and m.type in _LOST and carrier.start <= m.start and m.end <= carrier.end
    ]
    return [m for m in inside if not any(n is not m and n.start <= m.start and m.end <= n.end for n in inside)]


def derive(statements: Iterable[Statement], mentions: list[Mention]) -> Iterator[Statement]:
    """The opposite statements that follow from those whose subject is a loss."""
    by_id = {m.id: m for m in mentions}
    cache: dict[str, list[Mention]] = {}
    for s in statements:
        m = s.match
        opposite = _OPPOSITE.get(m.predicate)
        if opposite is None or m.derived:
            continue
        carrier = by_id[m.subject.mention]
        if carrier.id not in cache:
            cache[carrier.id] = _lost(carrier, mentions)
        for lost in cache[carrier.id]:
            obj = by_id[m.object.mention]
            if lost.id == obj.id or not (lost.types | obj.types) & frozenset(CORE_TYPES):
                continue
            if lost.concept and lost.concept == obj.concept:
                continue
            subject = replace(m.subject, mention=lost.id)
            yield replace(s, match=replace(m, subject=subject, predicate=opposite, derived=True))
