"""The entity stage: a Doc in, the document's mentions out.

    annotator = EntityAnnotator(Lexicon.load())
    mentions = annotator(doc, skip=[(120, 180)])

Order of work: dictionary names and head nouns, short forms, growth over modifiers, what the surroundings
make of a name, coordination, then the resolver and the concepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from extract.entities.abbreviations import Definition, find_definitions, occurrences
from extract.entities.bracketed import find_bracketed
from extract.entities.candidate import Candidate, Proposer, covers, merged, touches
from extract.entities.contexts import apply_contexts
from extract.entities.coordination import shared_heads, shared_stems, shared_tails
from extract.entities.expansion import Neighbours, expand
from extract.entities.gazetteer import Names, find_names
from extract.entities.groups import grow_cells, grow_groups, grow_sites, name_phrases
from extract.entities.heads import find_heads
from extract.entities.normalizer import Normalizer
from extract.entities.resolver import resolve
from extract.entities.textview import TextView
from extract.schema import Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["EntityAnnotator"]


# How far a mention may reach beyond a long form, in code points: modifiers before, a head after the bracket.
_WINDOW = 60


# "NF of activated T cells (NFAT)" is a factor of the cells, not the cells.
_FACTOR_OF = re.compile(r"\b(?:of|for|in|from)\b")


class EntityAnnotator:
    """Finds the mentions of a document.

    `lexicon` gives names and concepts (extract.lexicon.Lexicon, or anything with `match`, `lookup` and
    `label`). `tagger` may propose further spans; they go through the same growth, resolver and normaliser
    as names do. The object holds no state of a document and may be used for many.
    """

    def __init__(self, lexicon: Names, tagger: Proposer | None = None) -> None:
        self.lexicon = lexicon
        self.tagger = tagger
        self.normalizer = Normalizer(lexicon)

    def __call__(self, doc: Doc, skip: Sequence[Span] = ()) -> list[Mention]:
        """Mentions of `doc`, sorted by place, with ids m1, m2, …; nothing that touches a range of `skip`."""
        view = TextView(doc)
        tags = {token.idx: token.tag_ for token in doc if token.tag_} if doc.has_annotation("TAG") else {}

        cut = merged(skip)

        def clear(candidates: Sequence[Candidate]) -> list[Candidate]:
            return [c for c in candidates if not touches(cut, c.span)] if cut else list(candidates)

        names = clear(find_names(view.text, self.lexicon.match(view.text)))
        if self.tagger is not None:
            names += clear(self.tagger(doc))
        names += clear(find_bracketed(view.text, self.lexicon))
        definitions = find_definitions(view.text)
        names = self._short_forms(view, names, clear, definitions)
        heads = clear(find_heads(view))
        grown = expand(view, names, heads, tags)
        grown = apply_contexts(view, grown)
        grown = grow_cells(view, grow_groups(view, grow_sites(view, grown)))
        grown += name_phrases(view, grown)
        near = Neighbours(names)
        grown += shared_heads(view, grown, near, self.normalizer, tags)
        grown += shared_stems(view, grown, self.normalizer) + shared_tails(view, grown, self.normalizer)
        long_forms = {d.text: view.spaced(d.long) for d in definitions}
        mentions = [self._mention(view, c, n, long_forms) for n, c in enumerate(resolve(clear(grown), view.text), 1)]
        self.normalizer.settle(mentions)
        return mentions

    def _short_forms(
        self,
        view: TextView,
        names: list[Candidate],
        clear: Callable[[Sequence[Candidate]], list[Candidate]],
        definitions: Sequence[Definition],
    ) -> list[Candidate]:
        """Names with the document's own short forms added; what the document defines overrides the
        lexicon.
        """
        if not definitions:
            return names
        windows = merged((d.long[0] - _WINDOW, d.short[1] + _WINDOW) for d in definitions)
        nearby = [c for c in names if touches(windows, c.span)]
        heads = [h for h in clear(find_heads(view)) if touches(windows, h.span)]
        grown = resolve(apply_contexts(view, expand(view, nearby, heads, {})), view.text)
        places = occurrences(view.text, (d.text for d in definitions))
        gone: set[Span] = set()
        added: list[Candidate] = []
        for definition in definitions:
            long = _long_form(view.text, definition, grown)
            spans = places[definition.text]
            if long is not None:
                gone.update(spans)
                added.extend(self._stand_ins(view, long, spans))
            elif definition.sure and not self.normalizer.known(view.spaced(definition.long)):
                # The letters mean something that is no mention: "mass spectrometry (MS)".
                gone.update(spans)
        return [c for c in names if c.span not in gone] + added

    def _stand_ins(self, view: TextView, long: Candidate, spans: Sequence[Span]) -> list[Candidate]:
        """A short form's occurrences, each with what the long form means."""
        concept, name, roles = self.normalizer.concept(view.spaced(long.span), long)
        return [
            long.with_(
                start=start, end=end, parts=(), core=(start, end), source="abbreviation", score=1.1,
                concept=concept, name=name, roles=roles, flags=long.flags - {"head"},
            )
            for start, end in spans
        ]  # fmt: skip

    def _mention(
        self, view: TextView, candidate: Candidate, number: int, long_forms: Mapping[str, str]
    ) -> Mention:
        pieces = [view.text[a:b] for a, b in candidate.fragments]
        surface = " ".join(" ".join(pieces).split())
        concept, name, roles = self.normalizer.concept(surface, candidate, long_forms)
        return Mention.model_construct(
            id=f"m{number}", type=candidate.type, also=list(candidate.also),
            fragments=list(candidate.fragments),
            text=" … ".join(pieces), generic="generic" in candidate.flags, concept=concept, name=name,
            roles=list(roles), source=candidate.source,
        )  # fmt: skip


def _long_form(text: str, definition: Definition, mentions: Sequence[Candidate]) -> Candidate | None:
    """The mention that a definition's long form is: one that ends where it ends, and covers or nearly
    covers it.
    """
    a, b = definition.long
    # A cause that is no part of the name may stand in the long form: "levodopa-induced dyskinesia (LID)".
    fitting = [
        m
        for m in mentions
        if m.end == b
        and not m.parts
        and not (m.type == "CELL" and _FACTOR_OF.search(text[a : m.start]))
        and (m.start <= a or m.start - a <= (b - a) // 3 or (m.type == "DISEASE" and "-induced" in text[a:b]))
    ]
    if not fitting:
        fitting = [
            m
            for m in mentions
            if not m.parts and covers(m.span, definition.long) and m.end > definition.short[1]
        ]
    return min(fitting, key=lambda m: (abs(m.start - a), -m.length, m.type)) if fitting else None
