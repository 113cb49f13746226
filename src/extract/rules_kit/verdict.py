"""All examples run and held against the list of those that may fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.relations.grammar import Grammar
from extract.rules_kit.examples import NEGATIVES_ALLOWED, Outcome, cases, run, run_unmarked, unmarked
from extract.schema import MentionType

__all__ = ["Verdict", "run_all"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of the examples with marked names and of the triggers' unmarked negatives.

    `known` are the ids that may fail, `ids` those of all examples of the grammar, `negatives` how many unmarked
    negatives the grammar has; the last two are more than the outcomes where only some examples were run.
    """

    outcomes: Sequence[Outcome]
    made_up: Sequence[Outcome]
    known: Sequence[str]
    ids: frozenset[str]
    negatives: int

    @property
    def failed(self) -> list[Outcome]:
        """Examples that fail and may not."""
        return [o for o in self.outcomes if o.problem and o.case.id not in self.known]

    @property
    def misread(self) -> list[Outcome]:
        """Examples that fail and may."""
        return [o for o in self.outcomes if o.problem and o.case.id in self.known]

    @property
    def mended(self) -> list[str]:
        """Ids on the list that come right."""
        return [o.case.id for o in self.outcomes if not o.problem and o.case.id in self.known]

    @property
    def gone(self) -> list[str]:
        """Ids on the list that no example has."""
        return [k for k in self.known if k not in self.ids]

    @property
    def negatives_failed(self) -> list[Outcome]:
        """Unmarked negatives that give a finding by the trigger that they rule out."""
        return [o for o in self.made_up if o.problem]

    @property
    def too_many(self) -> bool:
        """Whether more of the unmarked negatives fail than may."""
        return len(self.negatives_failed) > NEGATIVES_ALLOWED * self.negatives

    @property
    def passed(self) -> bool:
        """Whether nothing fails that may not."""
        return not self.failed and not self.too_many


def run_all(
    grammar: Grammar, names: Mapping[str, MentionType], known: Sequence[str], only: str = ""
) -> Verdict | None:
    """Run the examples whose id has `only` in it, in any case; None if there are none. Raises ConfigError as `run`."""
    every, bare = cases(grammar), unmarked(grammar)
    marked = [c for c in every if only.lower() in c.id.lower()]
    negatives = [c for c in bare if only.lower() in c.id.lower()]
    if not marked and not negatives:
        return None
    return Verdict(
        run(grammar, marked, names), run_unmarked(grammar, negatives), known, frozenset(c.id for c in every), len(bare)
    )
