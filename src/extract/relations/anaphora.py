"""What "it", "they", "these cells" and "the hormone" stand for.

The antecedent is the nearest earlier name that fits in number and, for a class noun, in type; the subject of the
sentence before comes first. If the word that fits best names nothing that was annotated, nothing is put in its place.
Nothing is sought across sections, nor more than three sentences back. The preference for subjects and recency follows
Lappin and Leass, "An algorithm for pronominal anaphora resolution" (1994); that a pronoun never means another argument
of its own verb is Principle B of Chomsky's binding theory (1981).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..schema import MENTION_TYPES, Mention, MentionType
from .graph import Graph
from .tree import Node, Tree
from .words import word_list, word_types

__all__ = ["Anaphora", "is_bare_head"]

_SINGULAR = frozenset({"it", "its", "itself", "this", "that"})
_PLURAL_WORDS = frozenset({"they", "them", "their", "these", "those", "themselves", "both"})
_POSSESSIVE = frozenset({"its", "their"})
_ENDS_PLURAL = re.compile(r"(?:[^sui]s|ies|ses|bacteria|men|people|mice|children)$", re.I)
_BACK = 3
# Words that say that a class noun means the one spoken of before, whatever else stands with it.
_BACKWARD = frozenset({"same", "latter", "former", "said", "two", "three", "above", "such", "these", "this", "both"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def _classes() -> Mapping[str, tuple[MentionType, ...]]:
    return word_types("class_nouns")


def _head_word(text: str) -> str:
    word = text.split()[-1].lower() if text.split() else ""
    for end, put in (("ies", "y"), ("viruses", "virus"), ("bacteria", "bacterium"), ("s", "")):
        if word.endswith(end) and not word.endswith("ss") and len(word) > 3 and word != "virus":
            return word[: len(word) - len(end)] + put
    return word


def is_bare_head(mention: Mention) -> bool:
    """Whether a mention is nothing but a class noun ("hormones", "the cells"), which refers back if it is definite."""
    return len(mention.text.split()) == 1 and _head_word(mention.text) in _classes()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A noun phrase that may be meant. `ids` is empty if it names nothing annotated. Lower ranks are likelier."""

    ids: tuple[str, ...]
    rank: tuple[int, int]


class Anaphora:
    """Resolves references in one tree, given the trees before it in the same section, nearest last."""

    def __init__(self, before: Sequence[Tree], mentions: dict[str, Mention]) -> None:
        self.before = list(before)[-_BACK:]
        self.mentions = mentions

    def __call__(self, node: Node, graph: Graph) -> tuple[str, ...]:
        """Mentions that a pronoun or a definite noun stands for; empty if none fits.

        A class noun that was annotated itself ("the hormone") stands for itself.
        """
        low = node.low
        if node.mentions:
            return ()
        if low in _SINGULAR:
            if (low in ("this", "that") and node.tag != "DT") or _expletive(node, graph):
                return ()
            return self._search(node, graph, MENTION_TYPES, plural=False, count=1)
        if low in _PLURAL_WORDS:
            if low in ("these", "those") and graph.tree.children(node, ["relcl", "acl", "prep"]):
                # "those who run", "those of patients": no reference to one thing.
                return ()
            return self._search(node, graph, MENTION_TYPES, plural=True, count=2 if low == "both" else 0)
        types = _classes().get(_head_word(node.text))
        if types is None or _restricted(node, graph):
            return ()
        return self._search(node, graph, types, plural=_is_plural(node.text), count=_count(graph, node))

    def _search(
        self, node: Node, graph: Graph, types: tuple[MentionType, ...], *, plural: bool, count: int
    ) -> tuple[str, ...]:
        barred = _barred(node, graph)
        named = types is not MENTION_TYPES
        for tree, limit in ((graph.tree, node.i), *((t, len(t)) for t in reversed(self.before))):
            best: _Candidate | None = None
            for n in tree.nodes[:limit]:
                if tree is graph.tree and n.i in barred:
                    continue
                found = self._candidate(n, tree, types, plural=plural, count=count, named=named)
                if found is not None and (best is None or found.rank < best.rank):
                    best = found
            if best is not None:
                return best.ids
        return ()

    def _candidate(
        self, n: Node, tree: Tree, types: tuple[MentionType, ...], *, plural: bool, count: int, named: bool
    ) -> _Candidate | None:
        """The coordination that opens at `n`, if it fits in number and type."""
        if n.dep == "conj" and _nominal(tree[n.head]):
            return None
        topic = _is_topic(n, tree)
        if not n.mentions:
            # A plain noun keeps others from being meant only where it is what the sentence is about.
            if named or not topic or n.dep not in _SUBJECTS or not n.tag.startswith("NN") or _holds(n, tree):
                return None
            many = n.tag in ("NNS", "NNPS") or bool(tree.children(n, ["conj"]))
            members = self._members(n, tree, types)
            if many != plural:
                return None
            return _Candidate(members if len(members) > 1 else (), (0, -n.i))
        ids = self._members(n, tree, types)
        if not ids:
            return None
        many = len(ids) > 1 or n.tag in ("NNS", "NNPS") or _is_plural(self.mentions[ids[0]].text)
        if plural != many and not (plural and any(_nominal(k) for k in tree.children(n, ["conj"]))):
            return None
        if count > 1 and len(ids) != count and not (len(ids) == 1 and many):
            return None
        return _Candidate(ids, (0 if topic else 1, -n.i))

    def _members(self, node: Node, tree: Tree, types: tuple[MentionType, ...]) -> tuple[str, ...]:
        """Mentions of the wanted types in the coordination that opens at `node`."""
        ids = [m for m in node.mentions if self._fits(m, node, tree, types)]
        for kid in tree.children(node, ["conj"]):
            if _nominal(kid) and (ids or not node.mentions):
                ids.extend(self._members(kid, tree, types))
        return tuple(dict.fromkeys(ids))

    def _fits(self, mention: str, node: Node, tree: Tree, types: tuple[MentionType, ...]) -> bool:
        m = self.mentions[mention]
        if m.type not in types:
            return False
        # "the cells" refer back themselves; "cytokines" at the first naming do not.
        return not (is_bare_head(m) and tree.children(node, ["det", "predet"]))


def _nominal(node: Node) -> bool:
    return bool(node.mentions) or node.tag.startswith(("NN", "PRP"))


def _holds(node: Node, tree: Tree) -> bool:
    """Whether a noun has a name next to it that the talk may be of ("levels of IL-6", "the T cell response")."""
    return any(n.mentions for n in tree.subtree(node))


def _is_plural(text: str) -> bool:
    return _ENDS_PLURAL.search(text) is not None


def _count(graph: Graph, node: Node) -> int:
    for kid in graph.tree.children(node):
        if kid.low in ("two", "both"):
            return 2
        if kid.low == "three":
            return 3
    return 0


def _restricted(node: Node, graph: Graph) -> bool:
    """Whether a class noun says itself which ones are meant ("the cells that line the gut", "the target cells")."""
    kids = graph.tree.children(node)
    if any(k.dep in ("relcl", "acl") or (k.dep == "prep" and k.low in ("of", "from", "in", "with", "on")) for k in kids):
        return True
    if any(k.low in _BACKWARD for k in kids):
        return False
    return any(k.dep in ("amod", "compound", "nmod", "poss") for k in kids)


def _expletive(node: Node, graph: Graph) -> bool:
    """Whether "it" stands for a clause that follows ("it is possible to", "it was found that")."""
    if node.low != "it":
        return False
    if node.dep == "expl":
        return True
    verb = graph.tree.parent(node)
    if verb is None or node.dep not in _SUBJECTS:
        return False
    clauses = graph.tree.children(verb, ["ccomp", "csubj", "csubjpass"])
    if verb.lemma == "be":
        for said in graph.tree.children(verb, ["acomp", "attr"]):
            if said.low in word_list("able_words"):
                return False
            clauses += graph.tree.children(said, ["ccomp", "xcomp"])
        clauses += graph.tree.children(verb, ["xcomp"])
    if node.dep == "nsubjpass" or verb.lemma in ("be", "seem", "appear", "turn"):
        return any(k.i > verb.i for k in clauses)
    return False


def _barred(node: Node, graph: Graph) -> frozenset[int]:
    """Words of the same sentence that cannot be meant: the other arguments of the same verb, with what they hold.

    A possessive may mean the subject of its own clause ("T cells lose their receptors").
    """
    tree = graph.tree
    out = {node.i}
    top = node
    for up in tree.ancestors(node):
        if graph.is_verb(up):
            break
        out.add(up.i)
        top = up
    verb = tree.parent(top)
    if verb is None or not graph.is_verb(verb):
        return frozenset(out)
    out.update(n.i for n in tree.subtree(top))
    if node.low in _POSSESSIVE:
        return frozenset(out)
    rest = [k for k in tree.children(verb) if k.i != top.i and not graph.is_verb(k)]
    if top.dep not in _SUBJECTS:
        rest += [s for s in graph.surface_subject(verb) if s.i != node.i]
    out.update(n.i for r in rest for n in tree.subtree(r))
    return frozenset(out)


def _is_topic(node: Node, tree: Tree) -> bool:
    """Whether a mention is the subject of its sentence, or what the subject is about."""
    at = node
    for _ in range(3):
        if at.dep in ("nsubj", "nsubjpass"):
            return True
        if at.dep not in ("compound", "pobj", "prep", "amod", "conj", "appos", "poss", "nmod"):
            return False
        parent = tree.parent(at)
        if parent is None:
            return False
        at = parent
    return False
