"""Trees and mentions of a document in, findings out."""

from __future__ import annotations

from collections.abc import Sequence

from ..schema import Finding, Mention, Section
from .arguments import Resolver
from .assembler import Statement, assemble
from .compounds import compound_matches, nested_matches
from .grammar import Grammar, load_grammar
from .graph import Graph
from .matching import Matcher
from .qualifiers import Scope
from .tree import Tree

__all__ = ["RelationExtractor"]


class RelationExtractor:
    """The relation stage. Holds no state between documents."""

    def __init__(self, grammar: Grammar | None = None) -> None:
        self.grammar = grammar or load_grammar()

    def __call__(
        self, text: str, trees: Sequence[Tree], mentions: Sequence[Mention], sections: Sequence[Section] = ()
    ) -> list[Finding]:
        """Findings of one document, in text order. `mentions` are all mentions of the document."""
        by_id = {m.id: m for m in mentions}
        statements: list[Statement] = []
        for tree in trees:
            if len(tree):
                statements.extend(self._sentence(text, tree, by_id))
        return assemble(statements, mentions)

    def _sentence(self, text: str, tree: Tree, by_id: dict[str, Mention]) -> list[Statement]:
        graph = Graph(tree)
        resolver = Resolver(graph, by_id, self.grammar)
        scope = Scope(graph, self.grammar.cues)
        out = []
        found = [
            *Matcher(graph, resolver, by_id, self.grammar).matches(),
            *compound_matches(graph, resolver, by_id, self.grammar),
            *nested_matches(graph, by_id, self.grammar, text),
        ]
        for match in found:
            if not match.presupposed and scope.no_statement(match.node):
                continue
            negated = match.subject.negated != match.object.negated
            if not match.presupposed:
                negated = negated != scope.negated(match.node)
            out.append(
                Statement(
                    match=match,
                    negated=negated,
                    hedged=not match.presupposed and scope.hedged(match.node),
                    context=(),
                    quantity=None,
                    evidence=(tree.start, tree.end),
                )
            )
        return out
