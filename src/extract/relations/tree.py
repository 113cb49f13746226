"""The parse of one sentence, as light as the frames need it, with each outermost mention as one node.

Trees come from any spaCy parse (see `parsing`), or are built by hand in tests. Labels are those of spaCy's
English models (ClearNLP style: nsubj, dobj, prep, pobj, agent, relcl, ...). Offsets are code points into the
document's text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

__all__ = ["VERB_TAGS", "Node", "Tree"]

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@dataclass(slots=True)
class Node:
    """One word, or one whole mention.

    `head` is the index of the governor in the same tree (its own index for the root). `mentions` are the ids of
    the mentions that this node stands for: one, or the members of a list. `nested` are ids of mentions inside
    those. A compound modifier ("IL-4- and IL-13-induced") stands for no mention itself: its mentions are `bound`, and
    `suffix` is the word that binds them ("induced"). `low` is the lower-cased text, kept since all rules ask for it.
    """

    i: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    mentions: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    suffix: str = ""
    low: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.low = self.text.lower()

    @property
    def mention(self) -> str | None:
        """Id of the first mention that this node stands for."""
        return self.mentions[0] if self.mentions else None


@dataclass(slots=True)
class Tree:
    """A sentence. `start` and `end` bound it in the document; `nodes` are in text order."""

    nodes: list[Node]
    start: int
    end: int
    _children: list[list[Node]] = field(init=False, repr=False, compare=False)
    _subtrees: dict[int, list[Node]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._subtrees = {}
        self._children = [[] for _ in self.nodes]
        for node in self.nodes:
            if node.head != node.i:
                self._children[node.head].append(node)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def __getitem__(self, i: int) -> Node:
        return self.nodes[i]

    @overload
    def children(self, node: Node) -> Sequence[Node]: ...

    @overload
    def children(self, node: Node, deps: Collection[str]) -> list[Node]: ...

    def children(self, node: Node, deps: Collection[str] | None = None) -> Sequence[Node]:
        """Direct dependants in text order, of the given labels if any are given."""
        kids = self._children[node.i]
        if deps is None or not kids:
            # All of them are no list of the caller's own: typed as a sequence, so that nobody changes it.
            return kids if deps is None else []
        return [kid for kid in kids if kid.dep in deps]

    def parent(self, node: Node) -> Node | None:
        """The governor, None for the root."""
        return None if node.head == node.i else self.nodes[node.head]

    def ancestors(self, node: Node) -> Iterator[Node]:
        """Governors from the nearest up to the root. Stops if a hand-made tree has a cycle."""
        seen = {node.i}
        while node.head not in seen:
            node = self.nodes[node.head]
            seen.add(node.i)
            yield node

    def subtree(self, node: Node) -> Sequence[Node]:
        """The node and all that hangs below it, in text order."""
        known = self._subtrees.get(node.i)
        if known is None:
            known = self._subtrees[node.i] = self._below(node)
        return known

    def _below(self, node: Node) -> list[Node]:
        if not self._children[node.i]:
            return [node]
        found: set[int] = set()
        stack = [node.i]
        while stack:
            i = stack.pop()
            if i not in found:
                found.add(i)
                stack.extend([kid.i for kid in self._children[i]])
        return [self.nodes[i] for i in sorted(found)]

    def terms(self, node: Node) -> list[str]:
        """The node's word with the plain words before it that modify it, longest first ("cell cycle arrest", ...,
        "arrest"), lower-cased."""
        out = [node.low]
        inside = {node.i}
        for before in reversed(self.nodes[max(0, node.i - 2) : node.i]):
            if before.mentions or before.head not in inside or not before.tag.startswith(("NN", "JJ", "VB")):
                break
            inside.add(before.i)
            out.append(f"{before.low} {out[-1]}")
        return out[::-1]

    @classmethod
    def build(cls, rows: Sequence[tuple[str, str, str, str, int]], *, start: int = 0) -> Tree:
        """A tree from (text, lemma, tag, dep, head index) rows, words one space apart: for tests and examples."""
        nodes: list[Node] = []
        at = start
        for i, (text, lemma, tag, dep, head) in enumerate(rows):
            nodes.append(Node(i, text, lemma, tag, "", dep, head, at, at + len(text)))
            at += len(text) + 1
        return cls(nodes, start, max(start, at - 1))
