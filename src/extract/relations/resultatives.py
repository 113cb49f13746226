"""What makes a thing so or so: "leaves X sluggish", "keeps X quiet", "X becomes scarce".

The adjective carries the meaning, the verb above it says who made it so. Parsers take "leaves T cells sluggish" for a
clause, for an object with a complement, or for a noun with an adjective behind it; all three are read alike.
"""

from __future__ import annotations

from .graph import Graph
from .tree import Node
from .words import word_list

__all__ = ["becomes", "less", "made", "maker"]

_MAKING = word_list("resultative_verbs")
_BECOMING = word_list("becoming_verbs")
_CAUSING = frozenset({"cause", "lead", "let", "force", "help", "push", "allow", "make", "drive"})
# How far before the adjective its verb may stand.
_REACH = 14


def _verb(graph: Graph, node: Node) -> Node | None:
    """The verb that makes something what the adjective says."""
    if node.tag.startswith("VB") and node.dep in ("amod", "ROOT", "acl", "relcl"):
        return None
    at = node
    for up in graph.tree.ancestors(node):
        if node.i - up.i > _REACH or up.i > node.i:
            return None
        if graph.is_verb(up) and up.lemma in _MAKING:
            return up
        if at.lemma in _BECOMING and at.dep in ("xcomp", "ccomp", "advcl") and up.lemma in _CAUSING:
            # "causes X to become sluggish"
            return up
        between = at.dep in ("conj", "ccomp", "xcomp", "oprd", "acomp", "amod", "dobj", "nsubj", "advmod")
        if not between or (graph.is_verb(up) and up.lemma != "be" and up.lemma not in _BECOMING):
            return None
        at = up
    return None


def maker(graph: Graph, node: Node) -> list[Node]:
    """Who or what makes it so; empty if the adjective is no result."""
    verb = _verb(graph, node)
    return graph.subjects(verb) if verb is not None and made(graph, node) else []


def made(graph: Graph, node: Node) -> list[Node]:
    """What is made so; empty if the adjective is no result."""
    verb = _verb(graph, node)
    if verb is None:
        return []
    if graph.passive(verb):
        return graph.objects(verb)
    become = graph.tree.parent(node)
    if become is not None and become.i != verb.i and graph.is_verb(become) and become.lemma in _BECOMING:
        return [k for k in graph.surface_subject(become) if verb.i < k.i < node.i]
    own = [k for k in graph.tree.children(node, ["nsubj", "nsubjpass"]) if verb.i < k.i < node.i]
    if own:
        return own
    head = graph.tree.parent(node)
    if head is not None and node.dep == "amod" and verb.i < head.i < node.i:
        return [head]
    if head is not None and node.dep == "conj" and head.i > verb.i and head.tag.startswith(("JJ", "VBN")):
        return made(graph, head)
    return [k for k in graph.objects(verb) if k.i < node.i]


def becomes(graph: Graph, node: Node) -> bool:
    """Whether the adjective says what its subject turns into or is more of than before ("became rare", "was rarer")."""
    head = graph.tree.parent(node)
    if head is None or node.dep not in ("acomp", "oprd", "attr", "xcomp") or not graph.is_verb(head):
        return False
    if head.lemma in _BECOMING:
        return True
    return head.lemma == "be" and (node.tag == "JJR" or less(graph, node) or _more(graph, node))


def less(graph: Graph, node: Node) -> bool:
    """Whether a word before the adjective turns it round ("less active")."""
    return any(k.low in ("less", "least", "hardly", "scarcely") for k in graph.tree.children(node, ["advmod"]))


def _more(graph: Graph, node: Node) -> bool:
    return any(k.low == "more" for k in graph.tree.children(node, ["advmod"]))
