"""Classes and their members, wholes and those who have them: which names a name stands for.

"cytokines such as IL-6", "symptoms that include fever", "IL-4 and IL-13 are cytokines that ...", "patients with
lupus": what is said of the one is said of the other.
"""

from __future__ import annotations

import re

from ..schema import Mention
from .carriers import GIVEN, exposures, habits
from .graph import Graph
from .tree import Node
from .words import word_list

__all__ = ["ADDITIVE", "EXAMPLES", "PRONOUNS", "Members"]

EXAMPLES = frozenset({"such as", "including", "like", "e.g."})
ADDITIVE = EXAMPLES | {"in addition to", "along with", "besides", "beside"}
PRONOUNS = frozenset(["it", "they", "them", "this", "these", "those", "itself", "themselves", "its", "their"])
_DOINGS = word_list("doings")
_TREATED = frozenset({"CELL", "TISSUE", "ORGANISM"})
_INCLUDE = frozenset({"include", "comprise"})
# A group that is named after what it gets ("the insulin group").
_ARM = re.compile(r"\b(?:group|arm|user|taker|recipient)s?$|-(?:treated|fed|injected|infused|exposed)\b", re.I)
_GOT = frozenset({"treated", "fed", "injected", "infused", "exposed", "challenged", "trained"})


class Members:
    """Names that stand for, or belong to, other names of one tree. All methods are pure."""

    def __init__(self, graph: Graph, mentions: dict[str, Mention]) -> None:
        self.graph = graph
        self.tree = graph.tree
        self.mentions = mentions

    def members(self, node: Node) -> list[Node]:
        """The coordination that `node` opens, appositions included; a coordinated verb is no member."""
        out = [node]
        for kid in self.tree.children(node):
            if kid.i == node.i or self.graph.is_verb(kid):
                continue
            if self._renames(node, kid):
                continue
            if kid.dep == "conj" or (kid.dep == "appos" and self.apposes(node, kid)):
                out.extend(self.members(kid))
        return out

    def apposes(self, node: Node, kid: Node) -> bool:
        """Whether an apposition names the same or a member: both sides must be nouns of one core kind."""
        if not kid.mentions or not node.mentions:
            return bool(kid.mentions)
        if any(k.low in ("a", "an", "the", "another", "one") for k in self.tree.children(kid, ["det", "nummod"])):
            # "X, an antibody against Y, ...": a description of X, no second thing.
            return False
        a, b = self.mentions[node.mentions[0]], self.mentions[kid.mentions[0]]
        if a.concept and a.concept == b.concept:
            return False
        return bool(a.types & b.types)

    def _renames(self, node: Node, kid: Node) -> bool:
        """Whether a name between commas is another word for the one before ("fatty liver, or steatosis, is")."""
        if not kid.mentions or not node.mentions or kid.dep not in ("conj", "appos") or not self._same_kind(kid, node):
            return False
        before = [n.low for n in self.tree.nodes[max(0, kid.i - 2) : kid.i]]
        after = self.tree.nodes[kid.i + 1].low if kid.i + 1 < len(self.tree) else ""
        return before == [",", "or"] and after == "," and self.tree.nodes[kid.i - 3].i == node.i

    def examples(self, node: Node) -> list[Node]:
        """What a name is said to include ("cytokines such as X", "symptoms that include X")."""
        out = [target for name, target in self.graph.obliques(node) if name in ADDITIVE]
        for kid in self.tree.children(node, ["relcl", "acl"]):
            if kid.lemma in _INCLUDE:
                out.extend(self.tree.children(kid, ["dobj"]))
        head = self.tree.parent(node)
        if head is not None and node.dep == "nsubj" and head.lemma in _INCLUDE:
            out.extend(t for t in self.tree.children(head, ["dobj"]) if self._same_kind(t, node))
        return out

    def namesakes(self, node: Node, mention: Mention) -> list[Node]:
        """What a class noun is said to be: the subject of "X and Y are cytokines that ...", the noun before it."""
        if not mention.generic and node.dep != "attr":
            return []
        if node.dep == "attr" and self.tree[node.head].lemma == "become":
            # What becomes something was another thing before.
            return []
        if node.dep == "attr":
            subjects = [s for s in self.graph.surface_subject(node) if s.i != node.i]
            if not all(self._same_kind(s, node) or s.low in PRONOUNS for s in subjects):
                return []
            return subjects
        head = self.graph.apposed_to(node)
        if head is not None and self._same_kind(head, node):
            return [head]
        return []

    def named_by_apposition(self, node: Node) -> bool:
        """Whether members in apposition say it all ("the stress hormones adrenaline and cortisol")."""
        for kid in self.tree.children(node, ["appos"]):
            if kid.mentions and self.apposes(node, kid) and not self.mentions[kid.mentions[0]].generic:
                return True
        return False

    def patients_of(self, node: Node, mention: Mention) -> list[str]:
        """What happens to patients with a named disease happens to the disease."""
        if mention.type != "ORGANISM" or len(node.mentions) > 1:
            return []
        if any(self.mentions[x].type in ("PROTEIN", "CYTOKINE", "HORMONE") for x in node.nested):
            # A knock-out strain that has a disease is more than its disease.
            return []
        inside = [
            x
            for x in node.nested
            if self.mentions[x].type == "DISEASE"
            and mention.start <= self.mentions[x].start
            and self.mentions[x].end <= mention.end
        ]
        if inside:
            return inside
        taken = [m for target in exposures(self.graph, node, self.mentions) for m in target.mentions]
        if taken:
            return taken
        given = [x for x in node.nested if self.mentions[x].type in GIVEN and _ARM.search(mention.text)]
        given = given or [
            x
            for k in self.tree.children(node, ["amod", "compound", "nmod"])
            if k.suffix in _GOT
            for x in k.bound
            if self.mentions[x].type in GIVEN
        ]
        if given:
            return given
        return [
            m
            for target in self.graph.oblique(node, "with")
            for member in self.members(target)
            for m in member.mentions
            if self.mentions[m].type == "DISEASE"
        ] or [m for target in habits(self.graph, node, self.mentions) for m in target.mentions]

    def doers(self, node: Node) -> list[Node]:
        """What does something in a noun of doing: "stimulation of T cells by X", "exposure to X", "X treatment"."""
        obliques = self.graph.obliques(node)
        found = [t for name, t in obliques if name in ("by", "with") or (name == "to" and node.lemma == "exposure")]
        if found or node.low not in _DOINGS:
            return found
        return [k for k in self.graph.modifiers(node) if self._kind(k) in GIVEN]

    def undergoes(self, node: Node) -> bool:
        """Whether a noun of doing names only what it is done to ("treatment of T cells")."""
        return any(name == "of" and self._kind(t) in _TREATED for name, t in self.graph.obliques(node))

    def _kind(self, node: Node) -> str:
        return self.mentions[node.mentions[0]].type if node.mentions else ""

    def meant(self, mention: str) -> list[str]:
        """Of patients named in this sentence ("they") the disease that they have, of all else the thing itself."""
        m = self.mentions[mention]
        at = next((n for n in self.tree if mention in n.mentions), None) if m.type == "ORGANISM" else None
        return (self.patients_of(at, m) if at is not None else []) or [mention]

    def _same_kind(self, node: Node, other: Node) -> bool:
        if not node.mentions or not other.mentions:
            return False
        return bool(self.mentions[node.mentions[0]].types & self.mentions[other.mentions[-1]].types)
