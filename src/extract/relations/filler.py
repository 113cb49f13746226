"""What stands in argument position: a mention, and how it was reached."""

from __future__ import annotations

from dataclasses import dataclass

from ..schema import Aspect
from .tree import Node

__all__ = ["Filler", "through", "unique"]


@dataclass(frozen=True, slots=True)
class Filler:
    """One mention in argument position.

    `sign` is -1 where the words between invert ("loss of X"), `lossy` where the cause itself is taken away
    ("lack of X"), `steps` counts the words descended through, `weak` those of unknown meaning. `marked`: a word
    on the way says that there is more or less of it ("increased X", "loss of X"). `patients`: the disease of those
    that are spoken of, so that their survival is the contrary of its severity.
    """

    mention: str
    node: Node
    sign: int = 1
    aspect: Aspect | None = None
    steps: int = 0
    weak: int = 0
    lossy: bool = False
    negated: bool = False
    coref: bool = False
    marked: bool = False
    patients: bool = False
    via: tuple[int, ...] = ()


def through(
    f: Filler,
    node: Node,
    aspect: Aspect | None,
    sign: int,
    *,
    weak: bool = False,
    lossy: bool = False,
    marked: bool = False,
) -> Filler:
    """`f` seen through one more noun, which adds its aspect and sign."""
    if f.patients and aspect == "survival":
        # "prolongs the survival of patients with X": the disease does less harm.
        aspect, sign = "severity", -sign
    # The aspect nearest the mention counts, but for mere amounts ("the rate of proliferation").
    kept = f.aspect if f.aspect not in (None, "level") else (aspect or f.aspect)
    return Filler(
        f.mention,
        f.node,
        f.sign * sign,
        kept,
        f.steps + 1,
        f.weak + weak,
        f.lossy or lossy,
        f.negated,
        f.coref,
        f.marked or marked,
        f.patients,
        (*f.via, node.i),
    )


def unique(fillers: list[Filler]) -> list[Filler]:
    """One filler for each mention, the one reached most directly, in text order."""
    if len(fillers) < 2:
        return fillers
    seen: dict[str, Filler] = {}
    for f in fillers:
        best = seen.get(f.mention)
        if best is None or (f.weak, f.steps) < (best.weak, best.steps):
            seen[f.mention] = f
    return sorted(seen.values(), key=lambda f: (f.node.start, f.mention))
