"""What a rule finds before it is qualified, and which group mentions may be arguments at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..schema import Aspect, Direction, Mention, Predicate
from .filler import Filler
from .grammar import Frame, Trigger
from .tree import Node
from .words import word_list

__all__ = ["Match", "is_bare_group", "is_group", "names_loss"]

# People and animals in whom something holds are context, not cause; viruses and bacteria may be either.
_GROUP = re.compile(
    r"\b(?:patient|mouse|mice|rat|subject|control|individual|people|person|adult|child|children|women|woman|men|man|"
    r"human|volunteer|donor|participant|animal|runner|athlete|survivor|infant|newborn|elderly|population|families|"
    r"monkey|rabbit|pig|dog|cat|twin|carrier|case|mother|girl|boy|student|worker|smoker|recipient|host|mammal|"
    r"vertebrate|species|rodent|sheep|goat|cow|cattle|horse|chicken|zebrafish|primate|cohort|group)s?\b",
    re.I,
)
_MICROBE = re.compile(r"virus|phage|bacteri|coccus|bacillus|fung(?:us|i)\b|parasite", re.I)
_ABSENCE = re.compile(r"\b(?:absence|lack|deficiency|depletion|ablation|blockade|loss|deletion|knock-?out)\b", re.I)
_BARE = word_list("bare_groups")


def is_bare_group(m: Mention) -> bool:
    """Whether a group mention says nothing that sets the group apart ("patients", "mice")."""
    return m.type == "ORGANISM" and m.text.lower() in _BARE


def is_group(m: Mention) -> bool:
    """Whether a mention is a group of people or animals, not a microbe."""
    return m.type == "ORGANISM" and _GROUP.search(m.text) is not None and not _MICROBE.search(m.text)


def names_loss(m: Mention) -> bool:
    """Whether a mention is that of something taken away ("the absence of IL-17F")."""
    return m.type == "INTERVENTION" and _ABSENCE.search(m.text) is not None


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger with one subject and one object, before qualification."""

    trigger: Trigger
    frame: Frame
    node: Node
    subject: Filler
    object: Filler
    predicate: Predicate
    direction: Direction | None
    aspect: Aspect
    derived: bool
    presupposed: bool = False
