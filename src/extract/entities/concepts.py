"""Concepts for mentions whose borders and types are given, by the same steps as for mentions that this stage finds."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from extract.entities.abbreviations import find_definitions, occurrences
from extract.entities.candidate import Candidate
from extract.entities.gazetteer import Names, candidate_of
from extract.entities.normalizer import Normalizer
from extract.schema import Mention, Span

__all__ = ["given_mentions"]


def given_mentions(doc: Doc, mentions: Iterable[Mention], normalizer: Normalizer) -> list[Mention]:
    """Copies of `mentions` with the concept, name and roles that the normalizer's lexicon leads to.

    A short form that the document defines takes the concept of its long form. What the mentions said of concepts,
    names and roles before is not looked at. Offsets are code points of `doc.text`.
    """
    text = doc.text
    definitions = find_definitions(text)
    places = occurrences(text, (d.text for d in definitions))
    longs: dict[Span, Span] = {}
    for definition in definitions:
        for span in (*places[definition.text], definition.short):
            longs.setdefault(span, definition.long)
    long_forms = {d.text: " ".join(text[slice(*d.long)].split()) for d in definitions}
    out = []
    for mention in mentions:
        parts = [longs.get((a, b), (a, b)) for a, b in mention.fragments]
        surface = " ".join(" ".join(text[a:b] for a, b in parts).split())
        concept, name, roles = normalizer.concept(surface, _candidate(surface, mention, normalizer.names), long_forms)
        out.append(mention.model_copy(update={"concept": concept, "name": name, "roles": list(roles)}))
    normalizer.settle(out)
    return out


def _candidate(surface: str, mention: Mention, names: Names) -> Candidate:
    """The mention as a candidate: a dictionary name if its whole text is one."""
    start, end = mention.fragments[0][0], mention.fragments[-1][1]
    whole = [m for m in names.match(surface) if (m.start, m.end) == (0, len(surface))]
    entries = [e for m in whole for e in m.entries if mention.type in (e.type, *e.also)]
    if entries:
        return candidate_of(entries[0], start, end).with_(type=mention.type)
    return Candidate(start, end, mention.type, source="given")
