"""The grammar's examples with this folder's lists, for the tests. `immunolit rules test` shows them to people.

The runner is extract.rules_kit.examples; names.tsv and known_misread.txt are its lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.lexicon import Lexicon
from extract.models import DEFAULT_MODEL
from extract.relations.grammar import Grammar
from extract.rules_kit import examples
from extract.rules_kit.examples import Case, Outcome, cases

__all__ = ["KNOWN_MISREAD", "SHARE_ALLOWED", "Case", "NameTypes", "Outcome", "cases", "known_misread", "run"]

HERE = Path(__file__).parent
KNOWN_MISREAD = HERE / "known_misread.txt"
SHARE_ALLOWED = 0.12


class NameTypes(examples.NameTypes):
    """Types of the names in examples, by names.tsv and the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon, examples.read_names(HERE / "names.tsv"))


def run(grammar: Grammar, chosen: Sequence[Case], model: str = DEFAULT_MODEL) -> list[Outcome]:
    """What comes of the examples."""
    return examples.run(grammar, chosen, examples.read_names(HERE / "names.tsv"), model)


def known_misread() -> list[str]:
    """Ids in known_misread.txt."""
    return examples.known_misread(KNOWN_MISREAD)
