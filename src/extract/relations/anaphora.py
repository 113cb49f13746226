"""What "it", "they", "these cells" and "the hormone" stand for.

The antecedent is the nearest earlier mention that fits in number and, for a bare head noun, in type; the subject of
the sentence before comes first. Nothing is sought across sections, nor more than three sentences back. The preference
for subjects and recency follows Lappin and Leass, "An algorithm for pronominal anaphora resolution" (1994).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..schema import Mention, MentionType
from .graph import Graph
from .tree import Node, Tree

__all__ = ["Anaphora", "is_bare_head"]

_SINGULAR = frozenset({"it", "its", "itself", "this", "that"})
_PLURAL_WORDS = frozenset({"they", "them", "their", "these", "those", "themselves", "both"})
_HEADS: dict[str, tuple[MentionType, ...]] = {
    "cell": ("CELL",),
    "lymphocyte": ("CELL",),
    "leukocyte": ("CELL",),
    "population": ("CELL",),
    "subset": ("CELL",),
    "hormone": ("HORMONE",),
    "cytokine": ("CYTOKINE",),
    "chemokine": ("CYTOKINE",),
    "interleukin": ("CYTOKINE",),
    "interferon": ("CYTOKINE",),
    "myokine": ("CYTOKINE",),
    "adipokine": ("CYTOKINE", "HORMONE"),
    "messenger": ("CYTOKINE", "HORMONE"),
    "factor": ("CYTOKINE", "PROTEIN"),
    "mediator": ("CYTOKINE", "HORMONE", "CHEMICAL", "PROTEIN"),
    "peptide": ("HORMONE", "CYTOKINE", "PROTEIN"),
    "neuropeptide": ("HORMONE", "PROTEIN"),
    "steroid": ("HORMONE", "CHEMICAL"),
    "molecule": ("CYTOKINE", "HORMONE", "PROTEIN", "CHEMICAL"),
    "protein": ("PROTEIN", "CYTOKINE", "HORMONE"),
    "receptor": ("PROTEIN",),
    "gene": ("PROTEIN",),
    "enzyme": ("PROTEIN",),
    "antibody": ("INTERVENTION", "PROTEIN"),
    "drug": ("CHEMICAL", "INTERVENTION"),
    "agent": ("CHEMICAL", "INTERVENTION", "CYTOKINE", "HORMONE"),
    "compound": ("CHEMICAL",),
    "medicine": ("CHEMICAL", "INTERVENTION"),
    "treatment": ("INTERVENTION", "CHEMICAL"),
    "therapy": ("INTERVENTION", "CHEMICAL"),
    "training": ("INTERVENTION",),
    "exercise": ("INTERVENTION",),
    "disease": ("DISEASE",),
    "disorder": ("DISEASE",),
    "condition": ("DISEASE",),
    "syndrome": ("DISEASE",),
    "illness": ("DISEASE",),
    "tumour": ("DISEASE",),
    "tumor": ("DISEASE",),
    "cancer": ("DISEASE",),
    "infection": ("DISEASE",),
    "virus": ("ORGANISM",),
    "bacterium": ("ORGANISM",),
    "pathogen": ("ORGANISM",),
}
_REFERRING: tuple[MentionType, ...] = (
    "CELL", "CYTOKINE", "HORMONE", "DISEASE", "PROTEIN", "CHEMICAL", "INTERVENTION",
)  # fmt: skip
_ENDS_PLURAL = re.compile(r"(?:[^sui]s|ies|ses|bacteria|men|people|mice|children)$", re.I)
_BACK = 3


def _head_word(text: str) -> str:
    word = text.split()[-1].lower() if text.split() else ""
    for end, put in (("ies", "y"), ("viruses", "virus"), ("bacteria", "bacterium"), ("s", "")):
        if word.endswith(end) and not word.endswith("ss") and len(word) > 3 and word != "virus":
            return word[: len(word) - len(end)] + put
    return word


def is_bare_head(mention: Mention) -> bool:
    """Whether a mention is nothing but a class noun ("hormones", "the cells"), which refers back if it is definite."""
    return len(mention.text.split()) == 1 and _head_word(mention.text) in _HEADS


class Anaphora:
    """Resolves references in one tree, given the trees before it in the same section, nearest last."""

    def __init__(self, before: Sequence[Tree], mentions: dict[str, Mention]) -> None:
        self.before = list(before)[-_BACK:]
        self.mentions = mentions

    def __call__(self, node: Node, graph: Graph) -> tuple[str, ...]:
        """Mentions that a pronoun or a definite noun stands for; empty if none fits."""
        low = node.low
        if node.mentions:
            if len(node.mentions) > 1 or not is_bare_head(self.mentions[node.mentions[0]]):
                return ()
            wanted = _HEADS[_head_word(node.text)]
            return self._search(node, graph, wanted, plural=_is_plural(node.text), count=_count(graph, node))
        if low in _SINGULAR:
            if low in ("this", "that") and node.tag != "DT":
                return ()
            return self._search(node, graph, _REFERRING, plural=False, count=1)
        if low in _PLURAL_WORDS:
            return self._search(node, graph, _REFERRING, plural=True, count=2 if low == "both" else 0)
        types = _HEADS.get(_head_word(node.text))
        if types is None:
            return ()
        return self._search(node, graph, types, plural=_is_plural(node.text), count=_count(graph, node))

    def _search(
        self, node: Node, graph: Graph, types: tuple[MentionType, ...], *, plural: bool, count: int
    ) -> tuple[str, ...]:
        here = [n for n in graph.tree.nodes[: node.i] if n.mentions]
        # Within the sentence only what is not part of the same clause can be meant.
        clause = _clause(graph, node)
        earlier = [n for n in here if _clause(graph, n) != clause]
        for nodes, tree in [(earlier, graph.tree), *((list(t), t) for t in reversed(self.before))]:
            found = self._pick(nodes, tree, types, plural=plural, count=count)
            if found:
                return found
        return ()

    def _pick(
        self, nodes: Sequence[Node], tree: Tree, types: tuple[MentionType, ...], *, plural: bool, count: int
    ) -> tuple[str, ...]:
        fits: list[tuple[tuple[int, int], tuple[str, ...]]] = []
        for n in nodes:
            ids = self._named(n, tree, types)
            if not ids:
                continue
            many = len(ids) > 1 or _is_plural(self.mentions[ids[0]].text)
            if plural and not many and not (count and len(ids) < count):
                continue
            if not plural and len(ids) > 1:
                continue
            if not plural and many and self.mentions[ids[0]].type != "CELL":
                continue
            if not plural and many:
                continue
            if count > 1 and len(ids) != count and not (len(ids) == 1 and many):
                continue
            rank = 0 if _is_topic(n, tree) else 1
            fits.append(((rank, -n.i), ids))
        return min(fits)[1] if fits else ()

    def _named(self, node: Node, tree: Tree, types: tuple[MentionType, ...]) -> tuple[str, ...]:
        """Mentions of the wanted types in the coordination that opens at `node`."""
        if not node.mentions:
            return ()
        ids = [m for m in node.mentions if self.mentions[m].type in types and not is_bare_head(self.mentions[m])]
        if not ids:
            return ()
        if node.dep != "conj":
            for kid in tree.children(node, ["conj"]):
                ids.extend(m for m in kid.mentions if self.mentions[m].type in types)
        return tuple(dict.fromkeys(ids))


def _is_plural(text: str) -> bool:
    return _ENDS_PLURAL.search(text) is not None


def _count(graph: Graph, node: Node) -> int:
    for kid in graph.tree.children(node):
        if kid.low in ("two", "both"):
            return 2
        if kid.low == "three":
            return 3
    return 0


def _clause(graph: Graph, node: Node) -> int:
    """Index of the verb of the clause that a word stands in; coordinated verbs with one subject are one clause."""
    at = node
    for up in graph.tree.ancestors(node):
        if up.tag.startswith("VB") and not up.mentions:
            while up.dep in ("conj", "xcomp"):
                parent = graph.tree.parent(up)
                if parent is None or not parent.tag.startswith("VB"):
                    break
                if any(k.dep in ("nsubj", "nsubjpass") for k in graph.tree.children(up)):
                    break
                up = parent
            return up.i
        at = up
    return at.i


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
