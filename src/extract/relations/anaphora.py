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

from ..schema import CORE_TYPES, MENTION_TYPES, Mention, MentionType
from .graph import Graph
from .tree import Node, Tree
from .words import word_list, word_types

__all__ = ["Anaphora", "is_bare_head"]

_SINGULAR = frozenset({"it", "its", "itself", "this", "that"})
_PLURAL_WORDS = frozenset({"they", "them", "their", "these", "those", "themselves", "both"})
_POSSESSIVE = frozenset({"its", "their"})
_ENDS_PLURAL = re.compile(r"(?:[^sui]s|ies|ses|bacteria|men|people|mice|children)$", re.I)
_BACK = 3
_ACTING = frozenset({*CORE_TYPES, "PROTEIN", "CHEMICAL", "INTERVENTION"})
# Words that say that a class noun means the one spoken of before, whatever else stands with it.
_BACKWARD = frozenset({"same", "latter", "former", "said", "two", "three", "above", "such", "these", "this", "both"})
_PERSONAL = (frozenset({"it", "its", "itself"}), frozenset({"they", "their", "them", "themselves"}))
_NARROWING = frozenset({"of", "from", "in", "with", "on"})
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
    rank: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a reference calls for. `named`: it is a class noun, not a pronoun; `count`: how many, 0 if not said."""

    types: tuple[MentionType, ...]
    plural: bool
    count: int
    named: bool


class Anaphora:
    """Resolves references in one tree, given the trees before it in the same section, nearest last."""

    def __init__(self, before: Sequence[Tree], mentions: dict[str, Mention]) -> None:
        self.before = list(before)[-_BACK:]
        self.mentions = mentions

    def __call__(self, node: Node, graph: Graph) -> tuple[str, ...]:
        """Mentions that a pronoun or a definite noun stands for; empty if none fits.

        A class noun that was annotated itself ("the hormone") stands for itself.
        """
        return self._resolve(node, graph, len(self.before))

    def _resolve(self, node: Node, graph: Graph, back: int) -> tuple[str, ...]:
        """As `__call__`, for a node of a tree before which `back` of the trees before stand."""
        low = node.low
        if node.mentions:
            return ()
        if low in _SINGULAR:
            if (low in ("this", "that") and node.tag != "DT") or _expletive(node, graph):
                return ()
            return self._search(node, graph, back, _Wanted(MENTION_TYPES, plural=False, count=1, named=False))
        if low in _PLURAL_WORDS:
            if low in ("these", "those") and graph.tree.children(node, ["relcl", "acl", "prep"]):
                # "those who run", "those of patients": no reference to one thing.
                return ()
            count = 2 if low == "both" else 0
            return self._search(node, graph, back, _Wanted(MENTION_TYPES, plural=True, count=count, named=False))
        types = _classes().get(_head_word(node.text))
        if types is None or _restricted(node, graph):
            return ()
        wanted = _Wanted(types, plural=_is_plural(node.text), count=_count(graph, node), named=True)
        return self._search(node, graph, back, wanted)

    def _search(self, node: Node, graph: Graph, back: int, wanted: _Wanted) -> tuple[str, ...]:
        barred = _barred(node, graph)
        for k in range(back, -1, -1):
            here = k == back
            tree = graph.tree if here else self.before[k]
            best: _Candidate | None = None
            for n in tree.nodes[: node.i] if here else tree.nodes:
                if here and n.i in barred:
                    continue
                if not wanted.named and _same_pronoun(n, node):
                    found = self._pronoun(n, tree, k)
                else:
                    found = self._candidate(n, tree, wanted)
                if found is not None and (best is None or found.rank < best.rank):
                    best = found
            if best is not None:
                return best.ids
        return ()

    def _pronoun(self, n: Node, tree: Tree, back: int) -> _Candidate | None:
        """A pronoun of the same number: what it stood for is spoken of still."""
        graph = Graph(tree)
        if _expletive(n, graph):
            return None
        ids = self._resolve(n, graph, back)
        return _Candidate(ids, (0 if n.dep in _SUBJECTS else 2, 0, -n.i)) if ids else None

    def _candidate(self, n: Node, tree: Tree, wanted: _Wanted) -> _Candidate | None:
        """The coordination that opens at `n`, if it fits in number and type."""
        if n.dep == "conj" and _nominal(tree[n.head]):
            return None
        rank = (_depth(n, tree), 0, -n.i)
        if not n.mentions:
            # A plain noun keeps others from being meant only where it is what the sentence is about.
            if wanted.named or n.dep not in _SUBJECTS or not n.tag.startswith("NN") or _holds(n, tree):
                return None
            many = n.tag in ("NNS", "NNPS") or bool(tree.children(n, ["conj"]))
            if many != wanted.plural:
                return None
            members = self._members(n, tree, wanted)
            return _Candidate(members if len(members) > 1 else self._said(n, tree, wanted), rank)
        ids = self._members(n, tree, wanted)
        if not ids:
            # "The protein is IL-6. It ...": a class noun that refers back is no name, but may be given one.
            ids = () if wanted.named else self._said(n, tree, wanted)
            return _Candidate(ids, rank) if ids and _is_plural(n.text) == wanted.plural else None
        # Places and processes are spoken of less than what acts.
        rank = (rank[0], 0 if self.mentions[ids[0]].type in _ACTING else 1, rank[2])
        many = len(ids) > 1 or n.tag in ("NNS", "NNPS") or _is_plural(self.mentions[ids[0]].text)
        if wanted.plural != many and not (wanted.plural and any(_nominal(k) for k in tree.children(n, ["conj"]))):
            return None
        if wanted.count > 1 and len(ids) != wanted.count and not (len(ids) == 1 and many):
            return None
        return _Candidate(ids, rank)

    def _said(self, n: Node, tree: Tree, wanted: _Wanted) -> tuple[str, ...]:
        """What a plain subject is said to be ("The culprit is IL-6")."""
        verb = tree[n.head]
        if verb.lemma != "be":
            return ()
        return tuple(m for k in tree.children(verb, ["attr"]) for m in self._members(k, tree, wanted))

    def _members(self, node: Node, tree: Tree, wanted: _Wanted) -> tuple[str, ...]:
        """Mentions of the wanted types in the coordination that opens at `node`."""
        ids = [m for m in node.mentions if self._fits(m, node, tree, wanted.types)]
        for kid in tree.children(node, ["conj"]):
            if _nominal(kid) and (ids or not node.mentions):
                ids.extend(self._members(kid, tree, wanted))
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
    if any(k.dep in ("relcl", "acl") or (k.dep == "prep" and k.low in _NARROWING) for k in kids):
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
    above = tree.parent(verb)
    bid = top.dep == "nsubj" and verb.dep == "ccomp" and any(k.low == "to" for k in tree.children(verb, ["aux"]))
    if bid and above is not None:
        # "X acts on Y, causing it to ...": what causes does not cause itself to.
        out.update(s.i for s in graph.surface_subject(above) if s.i != node.i)
    rest = [k for k in tree.children(verb) if k.i != top.i and not graph.is_verb(k)]
    if top.dep not in _SUBJECTS:
        rest += [s for s in graph.surface_subject(verb) if s.i != node.i]
    out.update(n.i for r in rest for n in tree.subtree(r))
    return frozenset(out)


def _same_pronoun(node: Node, other: Node) -> bool:
    return any(node.low in forms and other.low in forms for forms in _PERSONAL)


def _depth(node: Node, tree: Tree) -> int:
    """How far a mention is from what the sentence is about.

    0 for the subject of a main clause, 1 for one of a clause in it and for what a subject without a name of its own is
    about ("levels of IL-6"), 2 for all else.
    """
    at = node
    for step in range(4):
        if at.dep in _SUBJECTS:
            return 1 if step or tree[at.head].dep in ("relcl", "acl", "ccomp", "advcl") else 0
        if at.dep not in ("compound", "pobj", "prep", "amod", "conj", "appos", "poss", "nmod"):
            return 2
        parent = tree.parent(at)
        if parent is None or parent.mentions:
            return 2
        at = parent
    return 2
