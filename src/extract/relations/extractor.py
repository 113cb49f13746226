"""Trees and mentions of a document in, findings out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from ..schema import CORE_TYPES, Finding, Mention, Section
from .anaphora import Anaphora
from .arguments import Resolver
from .assembler import Statement, assemble
from .claims import Claims
from .comparisons import comparison_matches
from .compounds import compound_matches, nested_matches
from .derivation import derive
from .ellipsis import left_out
from .grammar import Grammar, load_grammar
from .graph import Graph
from .match import Match
from .matching import Matcher
from .measures import Measures
from .odds import odds_matches
from .origins import origin_matches
from .qualifiers import Scope
from .readings import Readings
from .setting import context_of
from .sources import Sources
from .tree import Tree

__all__ = ["RelationExtractor"]


def _has_core(s: Statement, by_id: dict[str, Mention]) -> bool:
    subject, obj = by_id[s.match.subject.mention], by_id[s.match.object.mention]
    return bool((subject.types | obj.types) & frozenset(CORE_TYPES))


def _section_at(sections: Sequence[Section]) -> Callable[[int], Section | None]:
    """The section that an offset lies in, None before the first."""
    starts = [s.start for s in sections]

    def at(offset: int) -> Section | None:
        k = bisect_right(starts, offset) - 1
        return sections[k] if k >= 0 else None

    return at


def _section_index(sections: Sequence[Section]) -> Callable[[int], int]:
    """Which section an offset lies in. Paragraphs of running text count as one, since pronouns cross them."""
    starts = [s.start for s in sections]
    group: list[int] = []
    for k, s in enumerate(sections):
        joined = k > 0 and s.kind == "body" and sections[k - 1].kind == "body" and s.label == sections[k - 1].label
        group.append(group[-1] if joined else k)

    def index(offset: int) -> int:
        k = bisect_right(starts, offset) - 1
        return group[k] if k >= 0 else -1

    return index


class RelationExtractor:
    """The relation stage. Keeps nothing of one document for the next."""

    def __init__(self, grammar: Grammar | None = None) -> None:
        self.grammar = grammar or load_grammar()
        self._readings = Readings(self.grammar)

    def __call__(
        self, text: str, trees: Sequence[Tree], mentions: Sequence[Mention], sections: Sequence[Section] = ()
    ) -> list[Finding]:
        """Findings of one document, in text order. `mentions` are all mentions of the document."""
        return assemble(self.statements(text, trees, mentions, sections), mentions)

    def statements(
        self, text: str, trees: Sequence[Tree], mentions: Sequence[Mention], sections: Sequence[Section] = ()
    ) -> list[Statement]:
        """All that the rules see, competing readings included: what assembling chooses from."""
        by_id = {m.id: m for m in mentions}
        statements: list[Statement] = []
        where = _section_index(sections)
        section_at = _section_at(sections)
        before: list[Tree] = []
        last: list[Statement] = []
        for tree in trees:
            if not len(tree):
                continue
            before = [t for t in before if where(t.start) == where(tree.start)][-3:]
            section = section_at(tree.start)
            last = self._sentence(text, tree, before, by_id, section, last if before else [])
            statements.extend(last)
            before.append(tree)
        statements.extend(list(derive(statements, list(mentions))))
        return [s for s in statements if _has_core(s, by_id)]

    def _sentence(
        self,
        text: str,
        tree: Tree,
        before: Sequence[Tree],
        by_id: dict[str, Mention],
        section: Section | None,
        last: Sequence[Statement],
    ) -> list[Statement]:
        graph = Graph(tree)
        resolver = Resolver(graph, by_id, self.grammar, Anaphora(before, by_id))
        scope = Scope(graph, self.grammar.cues)
        claims = Claims(graph, self.grammar.cues)
        out = []
        # Captions and headings name what is shown or spoken of; a title may be a whole claim.
        named = section is not None and section.kind in ("caption", "heading")
        found = [
            *Matcher(graph, resolver, by_id, self.grammar, self._readings).matches(),
            *compound_matches(graph, resolver, by_id, self.grammar),
            *nested_matches(graph, by_id, self.grammar, text),
            *odds_matches(graph, resolver, by_id, self.grammar),
            *comparison_matches(graph, resolver, by_id, self.grammar),
            *origin_matches(graph, resolver, by_id, self.grammar),
        ]
        kept: list[Match] = []
        for match in found:
            neutral, noun = match.predicate == "affects", match.trigger.pos == "NOUN"
            # "Association of X with Y" is as bare a topic as "Effects of X on Y".
            unsigned = named or neutral or match.frame.name.startswith("link")
            # "The release of X by Y explains Z": that Y releases X is taken for granted.
            given = match.presupposed or (match.predicate == "produces" and noun)
            topic = noun and (unsigned or (given and match.node.dep == "ROOT"))
            if claims.no_statement(match.node, neutral=neutral, topic=topic, given=given):
                continue
            kept.append(match)
        if kept:
            measures, said = Measures(text, tree, kept), Sources(text, graph, section)
        for match in kept:
            subject_out, object_out = (f.negated or scope.excluded(f.node) for f in (match.subject, match.object))
            negated = (subject_out != object_out) != match.trigger.negated
            if not match.presupposed:
                negated = negated != scope.negated(match.node)
            attribution = said.attribution(match.node)
            out.append(
                Statement(
                    match=match,
                    negated=negated,
                    hedged=not match.presupposed and scope.hedged(match.node),
                    context=context_of(graph, match, by_id),
                    quantity=measures.quantity(match),
                    evidence=(tree.start, tree.end),
                    words=len(tree),
                    significance=measures.significance(match),
                    attribution=attribution,
                    novelty=said.novelty(attribution),
                )
            )
        return [*out, *left_out(graph, resolver, scope, out, last, by_id)]
