"""The entity stage: a Doc in, the document's mentions out.

    annotator = EntityAnnotator(Lexicon.load())
    mentions = annotator(doc, skip=[(120, 180)])

Order of work: dictionary names and head nouns, short forms, growth over modifiers, what the surroundings
make of a name, coordination, then the resolver; the tagger's view of what was found and what was not; the concepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from extract.entities.abbreviations import Definition, find_definitions, occurrences
from extract.entities.bracketed import find_bracketed
from extract.entities.candidate import Candidate, Proposer, Recall, covers, merged, touches
from extract.entities.contexts import apply_contexts
from extract.entities.coordination import shared_heads, shared_stems, shared_tails
from extract.entities.evidence import Evidence
from extract.entities.expansion import Neighbours, expand
from extract.entities.gazetteer import Names, find_names
from extract.entities.groups import grow_cells, grow_groups, grow_sites, name_phrases
from extract.entities.heads import find_heads
from extract.entities.normalizer import Normalizer
from extract.entities.resolver import resolve
from extract.entities.settling import Settler
from extract.entities.tagger import Tagger
from extract.entities.textview import TextView
from extract.schema import CORE_TYPES, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.lexicon.lexicon import Match

__all__ = ["EntityAnnotator"]


# How far a mention may reach beyond a long form, in code points: modifiers before, a head after the bracket.
_WINDOW = 60
# Dropping a name may bring out another one, to be judged in its turn; nobody has seen a fourth.
_ROUNDS = 4


# "NF of activated T cells (NFAT)" is a factor of the cells, not the cells.
_FACTOR_OF = re.compile(r"\b(?:of|for|in|from)\b")


class EntityAnnotator:
    """Finds the mentions of a document.

    `lexicon` gives names and concepts (extract.lexicon.Lexicon, or anything with `match`, `lookup` and
    `label`). `proposer` may propose further spans (a model of the user's); they go through the same growth,
    resolver and normaliser as names do. `tagger` reads the document with the shipped network, and `settler` weighs
    what it says of the dictionary's names and of its own spans, by the limits of `recall`. The object holds no
    state of a document and may be used for many.
    """

    def __init__(
        self,
        lexicon: Names,
        proposer: Proposer | None = None,
        *,
        tagger: Tagger | None = None,
        settler: Settler | None = None,
        recall: Recall = "balanced",
    ) -> None:
        self.lexicon = lexicon
        self.proposer = proposer
        self.tagger = tagger
        self.settler = settler
        self.recall = recall
        self.normalizer = Normalizer(lexicon)

    def __call__(self, doc: Doc, skip: Sequence[Span] = ()) -> list[Mention]:
        """Mentions of `doc`, sorted by place, with ids m1, m2, …; nothing that touches a range of `skip`."""
        view = TextView(doc)
        cut = merged(skip)
        matches = self.lexicon.match(view.text)
        definitions = find_definitions(view.text)
        pool = self._pool(view, matches, definitions, cut)
        found = resolve(pool, view.text)
        if self.tagger is not None and self.settler is not None and view.text.strip():
            evidence = Evidence(view.text, self.tagger.read(doc, matches), matches, found)
            found = self._settled(view, pool, evidence, self.settler, cut)
        long_forms = {d.text: view.spaced(d.long) for d in definitions}
        mentions = [self._mention(view, c, n, long_forms) for n, c in enumerate(found, 1)]
        self.normalizer.settle(mentions)
        return mentions

    def evidence(self, doc: Doc, skip: Sequence[Span] = ()) -> tuple[list[Candidate], Evidence]:
        """What the dictionary's way finds, and what is known for and against it: for training and explaining.

        Raises:
            ValueError: the annotator has no tagger.
        """
        if self.tagger is None:
            raise ValueError("Evidence needs a tagger.")
        view = TextView(doc)
        matches = self.lexicon.match(view.text)
        found = resolve(self._pool(view, matches, find_definitions(view.text), merged(skip)), view.text)
        return found, Evidence(view.text, self.tagger.read(doc, matches), matches, found)

    def _pool(
        self, view: TextView, matches: Sequence[Match], definitions: Sequence[Definition], cut: Sequence[Span]
    ) -> list[Candidate]:
        """All candidates of the dictionary's way, outside the ranges of `cut`."""
        doc = view.doc
        tags = {token.idx: token.tag_ for token in doc if token.tag_} if doc.has_annotation("TAG") else {}

        def clear(candidates: Sequence[Candidate]) -> list[Candidate]:
            return _clear(candidates, cut)

        names = clear(find_names(view.text, matches))
        if self.proposer is not None:
            names += clear(self.proposer(doc))
        names += clear(find_bracketed(view.text, self.lexicon))
        names = self._short_forms(view, names, clear, definitions)
        heads = clear(find_heads(view))
        grown = expand(view, names, heads, tags)
        grown = apply_contexts(view, grown)
        grown = grow_cells(view, grow_groups(view, grow_sites(view, grown)))
        grown += name_phrases(view, grown)
        near = Neighbours(names)
        grown += shared_heads(view, grown, near, self.normalizer, tags)
        grown += shared_stems(view, grown, self.normalizer) + shared_tails(view, grown, self.normalizer)
        return clear(grown)

    def _settled(
        self,
        view: TextView,
        pool: Sequence[Candidate],
        evidence: Evidence,
        settler: Settler,
        cut: Sequence[Span],
    ) -> list[Candidate]:
        """The mentions once the tagger has been heard: doubtful names dropped, then probable spans added."""
        found = list(evidence.mentions)
        least = settler.limits[self.recall].mention
        sure: dict[Candidate, float] = {}
        for _ in range(_ROUNDS):
            for c in found:
                if c.type in CORE_TYPES and c.source != "context" and c not in sure:
                    sure[c] = settler.probability(c, evidence)
            doubtful = {c for c in found if sure.get(c, 1.0) < least}
            if not doubtful:
                break
            pool = [c for c in pool if c not in doubtful]
            # What a dropped name hid has not been judged yet.
            found = resolve(pool, view.text)
        evidence.mentions = found
        added = _clear(settler.additions(evidence, self.recall), cut)
        if added:
            # The surroundings may make something else of it, as they do of any name.
            made = [
                c if c.source == "context" else c.with_(source="tagger")
                for c in apply_contexts(view, expand(view, added, [], {}))
            ]
            found = resolve([*pool, *made], view.text)
        return [c.with_(confidence=sure[c]) if c in sure else c for c in found]

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
            roles=list(roles), source=candidate.source, confidence=candidate.confidence,
        )  # fmt: skip


def _clear(candidates: Sequence[Candidate], cut: Sequence[Span]) -> list[Candidate]:
    return [c for c in candidates if not touches(cut, c.span)] if cut else list(candidates)


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
            m for m in mentions if not m.parts and covers(m.span, definition.long) and m.end > definition.short[1]
        ]
    return min(fitting, key=lambda m: (abs(m.start - a), -m.length, m.type)) if fitting else None
