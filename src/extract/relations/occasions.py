"""Causes that stand in a clause or phrase of their own: what was going on when something changed.

"When the mice were given X, Y fell"; "Once X sets in, Y climbs"; "Without X, Y withers"; "Block X and Y rises";
"Within days of X, Y pile up". What was given, or came, or went, is the cause of what the main clause says; what was
taken away is the cause of its contrary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..schema import Mention, MentionType
from .arguments import Resolver
from .carriers import is_group_noun
from .filler import Filler, unique
from .graph import Graph
from .match import is_group
from .tree import Node
from .words import word_list

__all__ = ["Occasions"]

_GIVEN: frozenset[MentionType] = frozenset({"CHEMICAL", "HORMONE", "CYTOKINE", "INTERVENTION", "PROTEIN"})
_EVENT: frozenset[MentionType] = frozenset({"INTERVENTION", "DISEASE"})
# What may be a whole clause ("as we age").
_HAPPENING: frozenset[MentionType] = _EVENT | {"PROCESS"}
_WHEN = word_list("occasion_words")
_GIVING = word_list("giving_verbs")
_TAKING_AWAY = word_list("taking_away_verbs")
_SPANS = word_list("time_nouns")
_EXPOSING = frozenset({"treat", "expose", "incubate", "stimulate", "culture", "challenge", "infuse", "pretreat"})
_REPORTING = frozenset({"find", "see", "observe", "notice", "show", "report", "begin", "start", "cease", "tend"})
_COMMANDS = word_list("commands")
_WITHOUT = frozenset({"without", "in the absence of", "minus", "lacking"})
_GONE = frozenset(
    ["go", "miss", "remove", "block", "lack", "absent", "missing", "gone", "away", "out", "delete", "deplete", "lose"]
)


class Occasions:
    """Finds causes outside the clause of a change, in one tree. All methods are pure."""

    def __init__(self, graph: Graph, resolver: Resolver, mentions: dict[str, Mention]) -> None:
        self.graph = graph
        self.tree = graph.tree
        self.resolver = resolver
        self.mentions = mentions

    def causes(self, node: Node, kind: str) -> list[Filler]:
        """What was given, was going on or was missing when the change named by `node` came about.

        `kind` is one of the places "@given", "@when" and "@without" of docs/grammar.md.
        """
        found: list[Filler] = []
        for verb in self._tops(node):
            if kind == "@without":
                found = list(self._missing(verb))
            else:
                found = [f for clause in self._clauses(verb) for f in self._said(clause, kind)]
                if not found and kind == "@given":
                    found = list(self._groups(verb))
                if not found and kind == "@when":
                    found = list(self._times(verb))
            if found:
                break
        return unique([replace(f, steps=f.steps + 1) for f in found if not f.weak and not f.negated])

    # -- where ---------------------------------------------------------------------------------------------------

    def _tops(self, node: Node) -> Iterator[Node]:
        """The verb of the change and those above it that share its occasion."""
        yield node
        at = node
        for up in self.tree.ancestors(node):
            if not (self.graph.is_verb(up) or at.dep in ("acomp", "oprd", "attr", "dobj", "nsubj", "nsubjpass")):
                return
            if at.dep == "ccomp" and up.lemma not in _REPORTING:
                return
            if at.dep not in ("conj", "xcomp", "ccomp", "acomp", "oprd", "attr", "dobj", "nsubj", "nsubjpass"):
                return
            if at.dep in ("nsubj", "nsubjpass", "dobj") and not at.tag.startswith("NN"):
                return
            yield up
            at = up

    def _clauses(self, verb: Node) -> Iterator[Node]:
        """Heads of the clauses that say when."""
        for kid in self.tree.children(verb):
            if kid.dep == "advcl" and self._opened(kid):
                yield kid
            elif kid.dep in ("prep", "mark", "advmod") and kid.low in _WHEN:
                # "after taking X"; "once the ovaries retire" with the clause taken for a noun.
                yield from (k for k in self.tree.children(kid, ["pcomp", "advcl"]) if self.graph.is_verb(k))
                if kid.low != "as":
                    # "persists as an infection" says no time.
                    yield from (k for k in self.tree.children(kid, ["pobj", "prep"]) if self._event(k))
            elif (
                kid.dep in ("advcl", "ccomp", "dep", "csubj", "parataxis")
                and kid.i < verb.i
                and self._command(kid)
                and self._joined(kid, verb)
            ):
                yield kid
        head = self.tree.parent(verb)
        if verb.dep == "conj" and head is not None and self._command(head) and self._joined(head, verb):
            yield head
        first = self.tree[0]
        if (
            first.i < verb.i
            and any(self.mentions[m].type == "INTERVENTION" for m in first.mentions)
            and first.low.split()[0] in _COMMANDS
            and self._joined(first, verb)
        ):
            yield first

    def _opened(self, clause: Node) -> bool:
        """Whether a word of time opens the clause, or it is a participle of giving ("given X, the mice ...")."""
        kids = self.tree.children(clause, ["advmod", "mark", "prep"])
        if any(k.low in _WHEN and k.i < clause.i for k in kids):
            return True
        own = self.tree.children(clause, ["nsubj", "nsubjpass", "mark", "aux"])
        return not own and clause.tag == "VBN" and clause.lemma in _GIVING

    def _command(self, node: Node) -> bool:
        """Whether a verb is a command at the head of the sentence ("Block X and ...")."""
        if not self.graph.is_verb(node) or node.tag not in ("VB", "VBP"):
            return False
        if any(k.dep in ("nsubj", "nsubjpass", "aux", "mark", "neg") for k in self.tree.children(node)):
            return False
        return all(n.tag.startswith(("RB", "CC", "IN")) or n.low == "," for n in self.tree.nodes[: node.i])

    def _joined(self, first: Node, verb: Node) -> bool:
        """Whether "and" leads from the command to a verb that has a subject of its own."""
        between = self.tree.nodes[first.i + 1 : verb.i]
        return any(n.low == "and" for n in between) and bool(self.graph.subjects(verb))

    # -- what ----------------------------------------------------------------------------------------------------

    def _said(self, clause: Node, kind: str) -> Iterator[Filler]:
        """Causes in the clause headed by `clause`."""
        if any(k.dep == "neg" for k in self.tree.children(clause)):
            return
        if self._event(clause):
            if kind == "@when":
                yield from self._fillers(clause, _HAPPENING | _GIVEN)
            return
        if clause.lemma in _GIVING:
            if kind == "@given":
                yield from self._first(
                    _GIVEN,
                    self.tree.children(clause, ["dobj", "dative"]),
                    [t for name, t in self.graph.obliques(clause) if name in ("with", "to", "on", "of", "by")],
                    self.tree.children(clause, ["nsubjpass"]),
                )
            return
        if kind == "@given":
            return
        taken = clause.lemma in _TAKING_AWAY
        away = taken or self._sign(clause) < 0
        places = (
            self.tree.children(clause, ["dobj"]),
            self.tree.children(clause, ["nsubj", "nsubjpass"]),
            [t for name, t in self.graph.obliques(clause) if name in ("with", "to", "of", "under")],
            self.tree.children(clause, ["acomp", "attr"]),
        )
        if away or self._sign(clause) > 0:
            yield from (
                replace(f, sign=-f.sign if away else f.sign)
                for f in self._first(_GIVEN | _EVENT | ({"CELL"} if taken else frozenset()), *places)
            )
            return
        yield from self._first(_EVENT, *places)

    def _sign(self, clause: Node) -> int:
        """Whether the clause says that something rises or falls by itself, 0 if neither."""
        for entry in self.resolver.grammar.by_form.get(clause.low, ()):
            if entry.pos == "VERB" and "intransitive_change" in entry.frame and not entry.words and not entry.particle:
                return {"increases": 1, "decreases": -1}.get(entry.predicate, 0)
        return 0

    def _groups(self, verb: Node) -> Iterator[Filler]:
        """ "in patients on X", "among those who took X"."""
        for name, target in self.graph.obliques(verb):
            if name in ("in", "among", "for", "under", "with"):
                named = target.mentions and all(self.mentions[m].type == "ORGANISM" for m in target.mentions)
                if target.mentions and not named:
                    # "in T cells treated with X"
                    for kid in self.tree.children(target, ["acl"]):
                        if kid.lemma in _EXPOSING and kid.tag == "VBN":
                            for prep, t in self.graph.obliques(kid):
                                if prep in ("with", "to"):
                                    yield from self._fillers(t, _GIVEN)
                if named or is_group_noun(target):
                    yield from self._fillers(target, _GIVEN)

    def _times(self, verb: Node) -> Iterator[Filler]:
        """ "within days of X", "two weeks into X"."""
        for prep in self.tree.children(verb, ["prep"]):
            if prep.low not in ("within", "in", "for", "over"):
                continue
            for noun in self.tree.children(prep, ["pobj"]):
                if noun.mentions or noun.lemma not in _SPANS:
                    continue
                for name, target in self.graph.obliques(noun):
                    if name in ("of", "after", "following", "on", "with", "without"):
                        for f in self._fillers(target, _EVENT | _GIVEN):
                            yield replace(f, sign=-f.sign) if name == "without" else f

    def _missing(self, verb: Node) -> Iterator[Filler]:
        """What a change came about without."""
        for name, target in self.graph.obliques(verb):
            doing = any(k.tag == "VBG" for k in self.tree.children(target, ["amod"]))
            if name in _WITHOUT and not doing and not self.graph.is_verb(target):
                yield from (replace(f, sign=-f.sign) for f in self._fillers(target, None))
        for kid in self.tree.children(verb, ["advcl", "acl"]):
            if kid.tag == "VBG" and kid.lemma == "lack":
                yield from self._lost(self.tree.children(kid, ["dobj"]))
            elif kid.tag == "VBN" and kid.lemma in ("deprive", "strip", "starve", "rob", "rid", "relieve"):
                yield from self._lost(self.graph.oblique(kid, "of"))
        for prep in self.tree.children(verb, ["prep"]):
            if prep.low != "with":
                continue
            for kid in self.tree.children(prep, ["pcomp"]):
                if kid.lemma in _GONE:
                    yield from self._lost(self.tree.children(kid, ["nsubj", "nsubjpass"]))
            for noun in self.tree.children(prep, ["pobj"]):
                if any(k.lemma in _GONE for k in self.tree.children(noun, ["acl", "amod", "relcl"]) if k.i > noun.i):
                    yield from self._lost([noun])

    def _lost(self, nodes: list[Node]) -> Iterator[Filler]:
        for n in nodes:
            yield from (replace(f, sign=-f.sign) for f in self._fillers(n, None))

    def _first(self, types: frozenset[MentionType], *groups: list[Node]) -> Iterator[Filler]:
        for group in groups:
            found = [f for n in group for f in self._fillers(n, types)]
            if found:
                yield from found
                return

    def _fillers(self, node: Node, types: frozenset[MentionType] | None) -> Iterator[Filler]:
        for f in self.resolver.resolve(node, "subject"):
            m = self.mentions[f.mention]
            if is_group(m) or (types is not None and not m.types & types and m.type != "ORGANISM"):
                continue
            yield f

    def _event(self, node: Node) -> bool:
        """Whether a word is itself the name of something that is done or happens."""
        return any(self.mentions[m].type in _HAPPENING for m in node.mentions)
