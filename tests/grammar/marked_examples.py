"""The grammar's examples with this folder's lists, for the tests. `immunolit rules test` shows them to people.

The runner is extract.rules_kit.examples; names.tsv and known_misread.txt are its lists.

    python tests/grammar/marked_examples.py            lists the examples that fail
    python tests/grammar/marked_examples.py --write    writes their ids to known_misread.txt
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from extract.lexicon import Lexicon
from extract.models import DEFAULT_MODEL
from extract.relations.grammar import Grammar, load_grammar
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


def main(arguments: Sequence[str]) -> int:
    """The command line; see the module's docstring."""
    grammar = load_grammar()
    outcomes = run(grammar, cases(grammar))
    bad = [o for o in outcomes if o.problem]
    if "--write" in arguments:
        examples.write_known_misread(KNOWN_MISREAD, outcomes)
    for o in bad:
        sys.stdout.write(f"{o.case.id}: {o.problem}\n    {o.case.marked}\n")
        sys.stdout.writelines(f"    found: {line}\n" for line in o.found)
    sys.stdout.write(f"{len(bad)} of {len(outcomes)} examples fail.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
