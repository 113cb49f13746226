"""Fixed expressions of several words: "puts the brakes on X", "keeps X at bay", "puts X down to Y".

They are matched by the words that follow their verb, since parsers hang the parts of an expression now here, now
there. Determiners, adjectives and adverbs may stand between the words. In a pattern `O` is where the thing acted on
stands, `S` where the cause stands, if not in the usual places of a verb, `X` where anything
may stand and `P` where those stand to whom it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .carriers import is_group_noun
from .graph import Graph
from .tree import Node

__all__ = ["Idiom", "match_idiom"]

# Words that may stand between two words of an expression ("puts a firm brake on", "keeps firmly in check").
_BETWEEN = ("DT", "PRP$", "JJ", "RB", "CD", "PDT")
_MOST_BETWEEN = 3
_SLOTS = ("O", "S", "X", "P")
# How many words the thing acted on may have where it stands inside the expression ("keeps ... in check").
_LONGEST = 14
_BODY = frozenset({"body", "you", "us", "system", "brain", "heart", "skin", "lungs", "organ", "organs"})
_NOMINAL = ("NN", "PRP", "DT", "CD", "WP", "JJ", "VBG")


@dataclass(frozen=True, slots=True)
class Idiom:
    """Where an expression stands. `subject` and `object` head what fills its slots, None where it has none."""

    end: int
    subject: Node | None = None
    object: Node | None = None


def match_idiom(graph: Graph, node: Node, words: str) -> Idiom | None:
    """The expression that begins with `node`, None if the words of the pattern do not follow it."""
    said = graph.words
    if any(part.isdisjoint(said) for part in _needed(words)):
        return None
    at = node.i + 1
    slots: dict[str, Node] = {}
    pattern = words.split()
    for k, word in enumerate(pattern):
        if word in _SLOTS:
            if k + 1 == len(pattern):
                head = _phrase(graph, at, len(graph.tree))
                if head is None:
                    return None
                slots[word] = head
                break
            stop = _find(graph, pattern[k + 1], at, _LONGEST)
            if stop is None:
                return None
            head = _phrase(graph, at, stop) if stop > at else None
            if word == "P" and (head is None or not _is_someone(head)):
                return None
            if head is not None:
                slots[word] = head
            elif word != "O" or not (graph.passive(node) or any(o.i < node.i for o in graph.objects(node))):
                return None
            at = stop
            continue
        found = _find(graph, word, at, _MOST_BETWEEN)
        if found is None or not _only_between(graph, at, found, after_slot=k > 0 and pattern[k - 1] in _SLOTS):
            return None
        at = found + 1
    return Idiom(at, slots.get("S"), slots.get("O"))


@cache
def _needed(words: str) -> tuple[frozenset[str], ...]:
    """The words of a pattern, each with those that may stand for it: without any of them it cannot be there."""
    return tuple(frozenset(word.split("/")) for word in words.split() if word not in _SLOTS)


def _is_someone(node: Node) -> bool:
    """Whether a phrase may stand for people, animals or a named thing, not for symptoms and the like."""
    return bool(node.mentions) or node.tag.startswith("PRP") or is_group_noun(node) or node.low in _BODY


def _is(node: Node, word: str) -> bool:
    if node.mentions:
        return False
    if "/" not in word:
        return node.low == word or node.lemma == word
    return any(node.low == w or node.lemma == w for w in word.split("/"))


def _find(graph: Graph, word: str, start: int, reach: int) -> int | None:
    for n in graph.tree.nodes[start : start + reach + 1]:
        if _is(n, word):
            return n.i
        if n.low in (";", ":", ".") or (n.low == "," and reach == _MOST_BETWEEN):
            return None
    return None


def _only_between(graph: Graph, start: int, stop: int, *, after_slot: bool) -> bool:
    return after_slot or all(n.tag.startswith(_BETWEEN) and not n.mentions for n in graph.tree.nodes[start:stop])


def _phrase(graph: Graph, start: int, stop: int) -> Node | None:
    """The head of the noun phrase that begins at `start`, whatever it hangs on."""
    tree = graph.tree
    if start >= min(stop, len(tree)):
        return None
    at = tree[start]
    for _ in range(len(tree)):
        up = tree.parent(at)
        if up is None or not start <= up.i < stop or not (up.mentions or up.tag.startswith(_NOMINAL)):
            break
        at = up
    if at.mentions or at.tag.startswith(_NOMINAL):
        return at
    return None
