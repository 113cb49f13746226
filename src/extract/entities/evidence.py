"""What speaks for and against a candidate: the numbers that extract.entities.settling weighs.

Names of features are read by people (`immunolit show` and the weights in data/settling.json), so they say what they
are: "DISEASE.cdr mean", "rival PROTEIN", "found by abbreviation", "within PROCESS".
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from extract.entities.candidate import Candidate, covers, overlaps
from extract.entities.heads import head_type
from extract.entities.tagger import Reading, Tokens
from extract.schema import CORE_TYPES, MentionType, Span

if TYPE_CHECKING:
    from extract.lexicon.lexicon import Match

__all__ = ["Evidence"]

# Log-odds beyond this say nothing more.
_FARTHEST = 7.0
# One in twenty, as log-odds over three.
_HARDLY = -1.0
_RIVALS = (*CORE_TYPES, "PROTEIN", "CHEMICAL", "TISSUE", "ORGANISM")
_ADJECTIVE = re.compile(r"(?:ive|ic|al|ous|ed|ar|oid|ary|ing|ent|ant)$")
# No name is longer, in code points: how far left of a candidate one that touches it may begin.
_LONGEST = 200


class Evidence:
    """One document's evidence: the tagger's reading, the dictionary's names, and what became mentions without the
    tagger.
    """

    def __init__(self, text: str, reading: Reading, matches: Iterable[Match], mentions: Sequence[Candidate]) -> None:
        self.text, self.reading = text, reading
        self._named: dict[Span, list[Match]] = {}
        for match in matches:
            self._named.setdefault((match.start, match.end), []).append(match)
        self.mentions = mentions
        self._columns = {
            kind: [k for k, name in enumerate(reading.heads) if name.split(".")[0] == kind] for kind in _RIVALS
        }

    @property
    def mentions(self) -> Sequence[Candidate]:
        """The mentions so far, against which spans of the tagger are held."""
        return self._mentions

    @mentions.setter
    def mentions(self, mentions: Sequence[Candidate]) -> None:
        self._mentions = list(mentions)
        self._ordered = sorted(mentions, key=lambda c: (c.start, c.end, c.type))
        self._starts = [c.start for c in self._ordered]

    def near(self, span: Span) -> list[Candidate]:
        """The dictionary's mentions that share a code point with the span."""
        first = bisect_left(self._starts, span[0] - _LONGEST)
        out = []
        for candidate in self._ordered[first:]:
            if candidate.start >= span[1]:
                break
            if any(overlaps(part, span) for part in candidate.fragments):
                out.append(candidate)
        return out

    def _types(self, span: Span) -> set[str]:
        return {entry.type for match in self._named.get(span, ()) for entry in match.entries}

    def proposals(self, kind: MentionType) -> list[Span]:
        """Distinct spans of a type that the heads would mark, by place."""
        starts, ends = self.reading.starts, self.reading.ends
        found = {span for k in self._columns[kind] for span in self.reading.spans[k]}
        return [(starts[i], ends[j - 1]) for i, j in sorted(found)]

    def adjective(self, span: Span) -> bool:
        """Whether the span is a single word that looks like an adjective."""
        return _adjective(self.text[span[0] : span[1]])

    def features(self, candidate: Candidate) -> dict[str, float]:
        """Name -> value, zeros left out; probabilities as log-odds over three."""
        kind = candidate.type
        out: dict[str, float] = {kind: 1.0}
        pieces = [self.reading.tokens(a, b) for a, b in candidate.fragments]
        pieces = [(i, j) for i, j in pieces if i < j]
        if not pieces:
            return out
        self._tagged(out, kind, pieces)
        surface = " ".join(self.text[a:b] for a, b in candidate.fragments)
        self._shape(out, kind, candidate, surface)
        if candidate.source == "tagger":
            self._beside(out, candidate)
        else:
            out[f"found by {candidate.source}"] = 1.0
            for flag in sorted(candidate.flags):
                out[f"flag {flag}"] = 1.0
            if candidate.score < 1.0:
                out["second reading"] = 1.0
            if not candidate.concept:
                out["no concept"] = 1.0
            for other in sorted(self._types(candidate.span) - {kind}):
                out[f"also named {other}"] = 1.0
        return out

    def _tagged(self, out: dict[str, float], kind: MentionType, pieces: Sequence[Tokens]) -> None:
        """What the heads say of the candidate's tokens."""
        reading = self.reading
        inside = reading.inside[pieces[0][0] : pieces[0][1]]
        if len(pieces) > 1:
            inside = np.concatenate([reading.inside[i:j] for i, j in pieces])
        first, last = pieces[0][0], pieces[-1][1] - 1
        # As the method "mean" does, which takes longer to set out than to add.
        means = [_odds(p) for p in (np.add.reduce(inside, axis=0) / np.float32(len(inside))).tolist()]
        least = inside.min(axis=0).tolist()
        columns = self._columns[kind]
        for k in columns:
            out[f"{reading.heads[k]} mean"] = means[k]
            out[f"{reading.heads[k]} least"] = _odds(least[k])
        out["best head"] = max(means[k] for k in columns)
        out["worst head"] = min(means[k] for k in columns)
        begins, ends = reading.begins[first].tolist(), reading.last[last].tolist()
        out["begins"] = max(begins[k] for k in columns)
        out["ends"] = max(ends[k] for k in columns)
        whole = sum((first, last + 1) in reading.spans[k] for k in columns)
        some = sum(any(a <= last and first < b for a, b in reading.spans[k]) for k in columns)
        out["heads that mark it"] = whole / len(columns)
        out["heads that mark some of it"] = some / len(columns)
        for rival in _RIVALS:
            if rival != kind:
                out[f"rival {rival}"] = max(means[k] for k in self._columns[rival])
        best = max(out[f"rival {rival}"] for rival in _RIVALS if rival != kind)
        if best > out["best head"]:
            out["a rival is ahead by"] = best - out["best head"]
        if out["best head"] < _HARDLY:
            out["hardly believed by any head"] = _HARDLY - out["best head"]

    def _shape(self, out: dict[str, float], kind: MentionType, candidate: Candidate, surface: str) -> None:
        words = surface.split()
        low = words[-1].lower()
        out["words"] = min(len(words), 6) / 3
        if len(words) == 1:
            out["one word"] = 1.0
            if surface.isupper():
                out["capitals"] = 1.0
            if len(surface) < 4:
                out["up to three letters"] = 1.0
            if _adjective(surface):
                out["adjective"] = 1.0
        if any(c.isdigit() for c in surface):
            out["digits"] = 1.0
        head = head_type(re.split(r"[-–/]", low)[-1])
        if head is not None:
            out["ends in its head noun" if head[0] == kind else "ends in another head noun"] = 1.0
        before = self.text[candidate.start - 1 : candidate.start]
        after = self.text[candidate.end : candidate.end + 1]
        if before and before in "-–/":
            out["hyphen before"] = 1.0
        if after and after in "-–/":
            out["hyphen after"] = 1.0
        if self.text.count(surface) > 1:
            out["repeated"] = 1.0

    def _beside(self, out: dict[str, float], candidate: Candidate) -> None:
        """How a span that only the tagger found lies to the dictionary's mentions and names."""
        for other in self.near(candidate.span):
            if candidate.type in (other.type, *other.also):
                continue
            if other.fragments == candidate.fragments:
                how = "same as"
            elif covers(other.span, candidate.span):
                how = "within"
            elif covers(candidate.span, other.span):
                how = "holds"
            else:
                how = "crosses"
            out[f"{how} {other.type}"] = 1.0
        for other_type in sorted(self._types(candidate.span)):
            out[f"named {other_type}"] = 1.0


def _adjective(surface: str) -> bool:
    return " " not in surface and surface.islower() and _ADJECTIVE.search(surface) is not None


def _odds(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return max(-_FARTHEST, min(_FARTHEST, math.log(p / (1 - p)))) / 3
