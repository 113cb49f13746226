"""Groups of people or animals that stand for what sets them apart: "patients on X", "men who took X", "the X group",
"people with D", "those with high X".

What is said of the group is said of what it got or has, since the group itself is often not named as such.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..schema import Mention, MentionType
from .filler import Filler
from .graph import Graph
from .tree import Node
from .words import word_list

__all__ = ["GIVEN", "carried", "exposures", "habits", "is_group_noun"]

GIVEN: frozenset[MentionType] = frozenset({"CHEMICAL", "HORMONE", "CYTOKINE", "INTERVENTION"})
_GROUPS = word_list("group_nouns")
_ARMS = frozenset({"group", "arm", "user", "taker", "recipient", "cohort"})
_GIVING = word_list("giving_verbs")
_HAVING = frozenset({"have", "develop", "suffer", "get", "carry", "show", "contract", "catch"})


def is_group_noun(node: Node) -> bool:
    """Whether a word that is no name stands for people or animals."""
    return not node.mentions and (node.lemma in _GROUPS or node.low in _GROUPS)


def exposures(graph: Graph, node: Node, mentions: dict[str, Mention]) -> list[Node]:
    """What the group got: words that name a drug, hormone or treatment."""
    tree = graph.tree
    found = [t for name, t in graph.obliques(node) if name in ("on", "under")]
    for kid in tree.children(node, ["acl", "relcl"]):
        if kid.lemma not in _GIVING or any(k.dep == "neg" for k in tree.children(kid)):
            continue
        got = tree.children(kid, ["dobj", "dative"])
        found.extend(got or [t for name, t in graph.obliques(kid) if name in ("with", "to", "on", "by")])
    if node.lemma in _ARMS or node.low.rstrip("s") in _ARMS:
        found.extend(k for k in graph.modifiers(node) if k.mentions)
    return [t for t in found if _names(t, GIVEN, mentions)]


def habits(graph: Graph, node: Node, mentions: dict[str, Mention]) -> list[Node]:
    """What the group does ("people who run", "participants with short sleep"): words that name an intervention."""
    found = [t for name, t in graph.obliques(node) if name == "with"]
    found += [k for k in graph.tree.children(node, ["relcl", "acl"]) if k.mentions]
    return [t for t in found if t.mentions and all(mentions[m].type == "INTERVENTION" for m in t.mentions)]


def carried(
    graph: Graph, mentions: dict[str, Mention], node: Node, role: str, phrase: Callable[[Node, str], list[Filler]]
) -> list[Filler]:
    """Of "patients on X" the X, of "people with D" the disease, of "those with high X" the X.

    `phrase` gives the fillers of a phrase in a role.
    """
    for targets in (exposures(graph, node, mentions), habits(graph, node, mentions)):
        got = [replace(f, steps=f.steps + 1) for t in targets for f in phrase(t, "subject")]
        got = [f for f in got if mentions[f.mention].type in GIVEN]
        if got:
            return got
    found = [f for t in _traits(graph, node, mentions) for f in phrase(t, role)]
    return [
        replace(f, steps=f.steps + 1, patients=mentions[f.mention].type == "DISEASE")
        for f in found
        if mentions[f.mention].type == "DISEASE" or (f.marked and role == "subject")
    ]


def _traits(graph: Graph, node: Node, mentions: dict[str, Mention]) -> list[Node]:
    """What the group has: words that name a disease, or something there is more or less of."""
    tree = graph.tree
    found = [t for name, t in graph.obliques(node) if name == "with"]
    for kid in tree.children(node, ["relcl"]):
        if kid.lemma in _HAVING and not any(k.dep == "neg" for k in tree.children(kid)):
            found.extend(tree.children(kid, ["dobj"]) or graph.oblique(kid, "from"))
    found.extend(k for k in graph.modifiers(node) if k.mentions and _names(k, frozenset({"DISEASE"}), mentions))
    return found


def _names(node: Node, types: frozenset[MentionType], mentions: dict[str, Mention]) -> bool:
    """Whether the word names one of these, or is a noun of amount before one ("a course of X")."""
    ids: Sequence[str] = node.mentions
    return not ids or any(mentions[m].type in types for m in ids)
