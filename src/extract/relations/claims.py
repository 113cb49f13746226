"""Whether a trigger states anything at all: aims, methods, questions, conditions and bare topics do not.

What is asked, tested, supposed or named as a subject of study is not said to be so. Cues act on the dependency path
from the trigger up to the clause, as in `qualifiers`.
"""

from __future__ import annotations

from .grammar import Cues
from .graph import Graph
from .tree import Node

__all__ = ["Claims"]

# What is said of a question that has no answer yet ("it is unclear how ...").
_OPEN = frozenset({"unclear", "unknown", "uncertain", "unsettled", "open", "elusive", "debated"})
# With "that" after them these say what came out ("we determined that ...").
_RESULT_VERBS = frozenset(
    {"determine", "understand", "know", "consider", "test", "review", "discuss", "describe", "verify", "establish",
     "ascertain", "evaluate"}
)  # fmt: skip
# Verbs that perceive a result, and make an aim of it in a purpose clause ("designed to detect an effect of X").
_PERCEIVING = frozenset(
    {"detect", "find", "see", "show", "observe", "demonstrate", "identify", "reveal", "learn", "know"}
)  # fmt: skip
_CURIOUS = frozenset({"interested", "curious"})
_LITTLE = frozenset({"little", "nothing", "less", "much", "what", "more"})
_WAYS = frozenset({"mechanism", "mechanisms", "way", "ways", "means", "extent", "conditions", "degree"})


class Claims:
    """Tells statements from aims, methods and questions in one tree."""

    def __init__(self, graph: Graph, cues: Cues) -> None:
        self.graph = graph
        self.tree = graph.tree
        self._aim_verbs = cues.sets["aim_verbs"]
        self._aim_nouns = cues.sets["aim_nouns"]
        self._question = cues.sets["question_words"]
        self._guess_nouns = cues.sets["hedge_nouns"]
        self._discourse = cues.sets["discourse_verbs"]
        self._texts = cues.sets["text_nouns"]
        self._procedures = cues.sets["procedure_verbs"]
        self._intents = cues.sets["intention_verbs"]

    def no_statement(self, node: Node, *, neutral: bool = False, topic: bool = False, given: bool = False) -> bool:
        """Whether nothing is stated by the trigger `node`.

        `neutral`: the trigger gives no sign ("effect", "role"). `topic`: it is a noun that states something only where
        a verb says that there is such a thing: a neutral one, or any in a caption or heading, which name what is shown.
        `given`: what a noun phrase takes for granted, unless it is just what was measured.
        """
        if topic and self._topic(node):
            return True
        if given:
            return self._measured(node)
        if self.tree.nodes[-1].low == "?":
            return True
        if self._procedure(node):
            return True
        child = node
        for head in self.tree.ancestors(node):
            answer = self._at(node, child, head, neutral)
            if answer is not None:
                return answer
            child = head
        return False

    def _at(self, node: Node, child: Node, head: Node, neutral: bool) -> bool | None:
        """What one step of the path settles, None if nothing."""
        if self._guessed(child, head):
            return None
        if (
            child.dep in ("acl", "relcl", "amod", "appos")
            and self.graph.is_verb(child)
            and not self._marked(child, ("to",), ["aux"])
        ):
            # What modifies a noun is stated even where the noun is only asked about; how it comes about may be asked.
            return neutral and child.dep == "relcl" and head.low in _WAYS
        if neutral and self.graph.is_verb(child) and self._marked(child, ("how", "whether"), ["mark", "advmod"]):
            # "find out how X acts on Y": not even a sign is told.
            return True
        if child.dep == "prep" and head.low in _CURIOUS:
            return True
        if self._asked(child, head) or self._sought(child, head) or self._supposed(child):
            return True
        return True if self._is_aim(child, head) else None

    def _marked(self, node: Node, words: tuple[str, ...] | frozenset[str], deps: list[str]) -> bool:
        return any(k.low in words for k in self.tree.children(node, deps))

    # -- one kind each -------------------------------------------------------------------------------------------

    def _topic(self, node: Node) -> bool:
        """A noun in a heading, title or caption without a verb, or of which only what is known is spoken."""
        child = node
        for head in self.tree.ancestors(node):
            if self.graph.is_verb(head):
                if head.lemma == "see" and head.dep == "ROOT" and not self.tree.children(head, ["nsubj", "nsubjpass"]):
                    return True
                if child.dep == "conj":
                    # Coordinated with a verb by a slip of the parser: it belongs to what that verb governs.
                    return any(k.lemma in self._aim_verbs for k in self.tree.children(head, ["xcomp", "advcl"]))
                return False
            child = head
        return not any(self.graph.is_verb(n) and n.dep in ("ROOT", "conj", "ccomp") for n in self.tree)

    def _measured(self, node: Node) -> bool:
        """Whether a noun is the very thing that a method looks at ("we measured the release of X by Y")."""
        head = self.tree.parent(node)
        return (
            head is not None
            and head.lemma in self._aim_verbs
            and head.tag in ("VBD", "VBN")
            and node.dep in ("dobj", "nsubjpass")
        )

    def _procedure(self, node: Node) -> bool:
        """One of several steps of a method ("were sorted, expanded with IL-2 and frozen")."""
        if not self.graph.is_verb(node) or not self.graph.passive(node):
            return False
        if node.lemma == "treat" and self._marked(node, ("was", "were"), ["auxpass"]):
            # "The patients were treated with X": what was done, not what came of it.
            return True
        first = node
        while first.dep == "conj":
            up = self.tree.parent(first)
            if up is None or not self.graph.is_verb(up):
                break
            first = up
        steps = [n for n in self.graph.conjuncts(first) if n.i != node.i]
        return any(n.lemma in self._procedures for n in steps)

    def _guessed(self, child: Node, head: Node) -> bool:
        """Whether the clause is the content of a guess ("the idea that ..."), which may be tested further up."""
        return head.lemma in self._guess_nouns and child.dep in ("acl", "ccomp", "relcl") and self._marked(
            child, ("that",), ["mark"]
        )  # fmt: skip

    def _asked(self, child: Node, head: Node) -> bool:
        if self._marked(child, ("whether",), ["mark"]):
            return True
        if child.dep == "ccomp" and self._marked(child, ("if",), ["mark"]):
            return True
        return (
            child.dep in ("ccomp", "advcl", "pcomp", "xcomp", "acl", "csubj")
            and self._marked(child, self._question, ["mark", "advmod", "dobj"])
            and (
                head.lemma in self._aim_verbs
                or head.tag.startswith("NN")
                or head.low in _OPEN
                or self._marked(head, _OPEN, ["acomp", "oprd"])
                or head.low == "of"
            )
        )

    def _sought(self, child: Node, head: Node) -> bool:
        """What is examined or looked for."""
        if not head.tag.startswith("VB"):
            return False
        deps = ("dobj", "nsubjpass", "ccomp", "prep", "pobj")
        if child.dep == "ccomp" and child.i < head.i and self.tree.children(child, ["nsubj", "nsubjpass"]):
            # "X lowers Y, so you will be tested": a clause of its own, hung below the one after it.
            return False
        if head.lemma in self._aim_verbs and child.dep in deps:
            told = child.dep == "ccomp" and head.lemma in _RESULT_VERBS and self._marked(child, ("that",), ["mark"])
            return not told
        if head.lemma in self._discourse and child.dep in ("dobj", "prep"):
            return any(k.low in self._texts for k in self.tree.children(head, ["nsubj", "nsubjpass"]))
        if head.lemma == "look" and child.dep == "prep" and child.low in ("for", "at", "into"):
            return True
        if child.dep == "prep" and child.low in ("about", "on") and head.lemma == "know":
            return any(k.low in _LITTLE for k in self.tree.children(head, ["nsubjpass", "nsubj"]))
        if head.lemma in _PERCEIVING and child.dep in ("dobj", "ccomp") and self._marked(head, ("to",), ["aux"]):
            up = self.tree.parent(head)
            return up is not None and head.dep in ("xcomp", "advcl") and up.lemma in self._intents
        if head.lemma in self._intents and child.dep == "xcomp" and self._marked(child, ("to",), ["aux"]):
            # "we tried to lower IL-6"; of what others strive for, qualifiers say that it is not certain.
            return any(k.low == "we" for k in self.tree.children(head, ["nsubj"]))
        return False

    def _supposed(self, child: Node) -> bool:
        """A condition is supposed, not stated."""
        return child.dep == "advcl" and self._marked(child, ("if", "unless"), ["mark"])

    def _is_aim(self, child: Node, head: Node) -> bool:
        if self.graph.is_verb(head) and head.lemma in self._intents:
            # "drugs aim to lower X": what a thing is meant for is hedged, no aim of the text.
            return False
        if head.low in self._aim_nouns and child.dep in ("acl", "prep", "pcomp", "relcl"):
            return True
        of_aim = head.low in self._aim_nouns or (
            head.lemma == "be" and any(k.low in self._aim_nouns for k in self.tree.children(head, ["nsubj"]))
        )
        return of_aim and child.dep in ("xcomp", "attr", "ccomp", "advcl", "acl")
