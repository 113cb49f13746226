"""Dictionary names in the text -> candidates, one for each name and type that the name can have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from extract.entities.candidate import Candidate
from extract.entities.data import words
from extract.entities.heads import head_type

if TYPE_CHECKING:
    from extract.lexicon.lexicon import Entry, Match

__all__ = ["Names", "candidate_of", "find_names"]


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


def find_names(text: str, matches: Sequence[Match]) -> list[Candidate]:
    """Candidates of dictionary matches: of each type a match can have, the best entry; later types score lower.

    Words that are a name only with a modifier ("cells", "disease") are left to the head nouns.
    """
    found = []
    for match in matches:
        types: set[str] = set()
        surface = text[match.start : match.end].lower()
        head = head_type(surface)
        for entry in match.entries:
            if surface in words("never", entry.type):
                continue
            if entry.type in types or (head is not None and head[1] and head[0] == entry.type == "CELL"):
                continue
            score = 1.0 - 0.1 * len(types)
            types.add(entry.type)
            found.append(candidate_of(entry, match.start, match.end, score=score))
    return found
