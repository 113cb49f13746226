"""Who says so, and whether it is new: citations, speakers, and the marks of a text's own results.

A citation belongs to the statement before it; a speaker ("Danish researchers found") to what the verb of saying
governs. Where a text gives no mark of its own, the section decides what is result and what is background.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from ..schema import Novelty, Section, Span
from .graph import Graph
from .tree import Node, Tree
from .words import word_list

__all__ = ["Sources", "citations", "is_citation"]

_NAME = r"[A-Z][\w'’-]+"
_NAMES = rf"{_NAME}(?:,? {_NAME})?(?: et al\.?,?| (?:and|&) (?:{_NAME}|colleagues|co-?workers))?"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_MONTH = r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
_CITATION = re.compile(
    r"\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]|"
    rf"\((?:(?:see|e\.g\.,?|cf\.|reviewed in|reviewed by)\s+)?{_MONTH}{_NAMES},? {_YEAR}(?:[;,][^()]{{0,200}})?\)|"
    rf"\b{_MONTH}{_NAME}(?: et al\.?| (?:and|&) (?:{_NAME}|colleagues|co-?workers)),? \({_YEAR}\)"
)
_ONESELF = frozenset({"we", "i", "our"})
_MAX = 80


def citations(text: str, start: int, end: int) -> list[Span]:
    """Citations within [start, end): "[3, 4]", "(Okoro et al., 2019)", "Okoro et al. (2019)"."""
    if text.find("[", start, end) < 0 and text.find("(", start, end) < 0:
        # All kinds have a bracket; the expression is slow.
        return []
    return [f.span() for f in _CITATION.finditer(text, start, end)]


def is_citation(words: str) -> bool:
    """Whether words cite literature, rather than naming a speaker."""
    return _CITATION.match(words) is not None


class Sources:
    """Who states what in one sentence of `text`, and whether it is new. `section` is the one that it stands in."""

    def __init__(self, text: str, graph: Graph, section: Section | None) -> None:
        self.text = text
        self.graph = graph
        self.section = section

    def attribution(self, node: Node) -> Span | None:
        """The words that say whose statement it is that `node` triggers, None if it is the text's own.

        A speaker is preferred to a citation: "Okoro and colleagues found ... [3]".
        """
        speaker = _speaker(self.graph, node)
        if speaker is not None:
            return speaker
        following = [c for c in self._cited if c[0] >= node.end]
        return min(following) if following else next((c for c in self._cited if self.text[c[0]] not in "[("), None)

    def novelty(self, attribution: Span | None) -> Novelty | None:
        """Whether the sentence states a result of the text's own or what was known; None where nothing tells."""
        if self.section is not None and self.section.kind in ("title", "heading"):
            return None
        said = self._marked
        if said is not None:
            return said
        if attribution is not None and _CITATION.match(self.text, *attribution):
            return "background"
        return _by_label(self.section.label) if self.section is not None else None

    @cached_property
    def _cited(self) -> list[Span]:
        return citations(self.text, self.graph.tree.start, self.graph.tree.end)

    @cached_property
    def _marked(self) -> Novelty | None:
        """What the words of the sentence themselves tell."""
        start, end = self.graph.tree.start, self.graph.tree.end
        own = _phrases("own_phrases").search(self.text, start, end)
        known = _phrases("known_phrases").search(self.text, start, end)
        if own and (not known or own.start() < known.start()):
            return "result"
        return "background" if known else None


def _speaker(graph: Graph, node: Node) -> Span | None:
    tree = graph.tree
    child = node
    for head in tree.ancestors(node):
        if child.dep in ("ccomp", "parataxis") or head.dep in ("parataxis", "ccomp"):
            for verb in (head, *tree.children(head, ["parataxis"])):
                between = tree.nodes[min(verb.i, node.i) : max(verb.i, node.i)]
                apart = any(n.low in (":", ";") for n in between)
                found = None if apart or verb.i == node.i else _says(tree, verb)
                if found is not None:
                    return found
        child = head
    for word in tree:
        if word.low == "according" and node.i not in {n.i for n in tree.subtree(word)}:
            return _whole(tree, tree.subtree(word))
    return None


def _says(tree: Tree, verb: Node) -> Span | None:
    if verb.lemma not in word_list("saying_verbs") or not verb.tag.startswith("VB"):
        return None
    for subject in tree.children(verb, ["nsubj"]):
        if subject.low in _ONESELF or any(k.low == "our" for k in tree.children(subject)):
            return None
        known = subject.low in word_list("speaker_nouns") or (subject.tag == "NNP" and not subject.mentions)
        if known and not any(k.low in ("this", "present", "current") for k in tree.children(subject)):
            near = [n for n in tree.subtree(subject) if n.i <= subject.i]
            return _whole(tree, [*near, *tree.nodes[min(subject.i, verb.i) : max(subject.i, verb.i) + 1]])
    return None


def _whole(tree: Tree, nodes: Sequence[Node]) -> Span | None:
    start, end = min(n.start for n in nodes), max(n.end for n in nodes)
    return (start, end) if end - start <= _MAX else None


@lru_cache(maxsize=4)
def _phrases(name: str) -> re.Pattern[str]:
    words = sorted(word_list(name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.I)


@lru_cache(maxsize=256)
def _by_label(heading: str) -> Novelty | None:
    """What is stated under a heading."""
    label = heading.casefold().strip(" .:0123456789")
    for name, answer in (("result_sections", "result"), ("background_sections", "background")):
        if any(label == w or label.startswith(f"{w} ") for w in word_list(name)):
            return "result" if answer == "result" else "background"
    return None
