"""Dictionary names in the text -> candidates, one for each name and type that the name can have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from extract.entities.candidate import Candidate
from extract.entities.data import words
from extract.entities.heads import head_type, symbol_goes_on
from extract.entities.modifiers import judge_for

if TYPE_CHECKING:
    from extract.lexicon.lexicon import Entry, Match

__all__ = ["Names", "candidate_of", "find_names"]


_SYMBOLS = frozenset({"CYTOKINE", "HORMONE", "PROTEIN", "DISEASE"})


class Names(Protocol):
    """The part of a lexicon that this stage uses."""

    def match(self, text: str) -> list[Match]:
        """All names in the text, nested ones too."""
        ...

    def lookup(self, name: str) -> list[Entry]:
        """What a name can mean, best first."""
        ...

    def label(self, curie: str) -> str:
        """Preferred name of a concept."""
        ...


def candidate_of(
    entry: Entry, start: int, end: int, source: str = "lexicon", score: float = 1.0
) -> Candidate:
    """A candidate for one meaning of a name at text[start:end]."""
    return Candidate(
        start, end, entry.type, score, source,
        also=entry.also,
        core=(start, end), concept=entry.concept, name=entry.label,
        roles=entry.roles, flags=frozenset(entry.flags),
    )  # fmt: skip


def _heading(text: str, at: int) -> bool:
    """Whether the line is in capitals, so that capitals do not make a symbol ("MICE AND MEN")."""
    line = text[text.rfind("\n", 0, at) + 1 : at + 60].split("\n")[0]
    return sum(c.isupper() for c in line) > sum(c.islower() for c in line)


def _specific_first(entries: Sequence[Entry], low: str) -> Sequence[Entry]:
    """Entries without the classes whose plural only varies a member's own name ("vascular endothelial growth
    factor" at the beginning of a sentence, where the class has a capital).
    """
    named = {e.type for e in entries if "generic" not in e.flags and e.name.lower() == low}
    return [e for e in entries if not ("generic" in e.flags and e.type in named and e.name.lower() != low)]


def find_names(text: str, matches: Sequence[Match]) -> list[Candidate]:
    """Candidates of dictionary matches: of each type a match can have, the best entry; later types score
    lower.

    Words that are a name only with a modifier ("cells") are left to the head nouns. Function words
    ("can"), what data/never.tsv lists, and names that are only the beginning of a longer symbol are left
    out.
    """
    found = []
    never = judge_for("CELL").never
    starts = {match.start for match in matches}
    for match in matches:
        types: set[str] = set()
        surface = text[match.start : match.end]
        low = surface.lower()
        head = head_type(low)
        if (low in never and (not surface.isupper() or _heading(text, match.start))) or low.startswith(
            "other "
        ):
            continue
        # A joined pair of names ("IFN-γ-IL-17 axis") is no longer symbol.
        goes_on = symbol_goes_on(text, match.end) and match.end + 1 not in starts
        for entry in _specific_first(match.entries, low):
            if {low, surface} & words("never", entry.type) or (goes_on and entry.type in _SYMBOLS):
                continue
            if (
                surface.isupper()
                and 2 < len(surface) < 6
                and entry.name.islower()
                and not _heading(text, match.start)
            ):
                continue
            if entry.type in types or (head == ("CELL", "modifier") and entry.type == "CELL"):
                continue
            score = 1.0 - 0.1 * len(types)
            types.add(entry.type)
            found.append(candidate_of(entry, match.start, match.end, score=score))
    return found
