"""Members of lists that the parser hung on the wrong word, put back by what kind of thing they are.

A list is of one kind. In "such as prostatitis in men or kidney stones" the parser hangs the stones on the men; of two
places the one that names a thing of the same kind is right. That likeness of kind decides what is
coordinated where distance misleads is shown by Resnik, "Semantic similarity in a taxonomy" (JAIR 1999).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..schema import Mention
from .tree import Node

__all__ = ["by_kind"]

_PLACES = frozenset({"TISSUE", "ORGANISM"})
_LISTED = frozenset({"conj", "appos"})
_EXAMPLES = frozenset({"including", "such", "like"})
_NOUN_DEPS = frozenset({"dobj", "pobj", "conj", "appos", "nsubj", "nsubjpass", "attr"})


def _kinds(node: Node, by_id: Mapping[str, Mention]) -> frozenset[str]:
    return frozenset(t for m in node.mentions for t in by_id[m].types)


def by_kind(nodes: list[Node], by_id: Mapping[str, Mention]) -> None:
    """Hang each listed name that is unlike its host on the nearest name of its kind before it; in place."""
    for node in nodes:
        if not node.mentions or node.head == node.i:
            continue
        head = nodes[node.head]
        link = node
        if node.dep == "pobj" and head.low in _EXAMPLES and head.dep == "prep":
            link, head = head, nodes[head.head]
        elif node.dep not in _LISTED:
            continue
        if head.i > link.i:
            continue
        kinds = _kinds(node, by_id)
        if head.mentions:
            # "women with acne, hirsutism or PCOS" is one name and a list of its inner one.
            inner = frozenset(t for m in head.nested for t in by_id[m].types)
            if (_kinds(head, by_id) | inner) & kinds or not _alien(_kinds(head, by_id), kinds):
                continue
            if head.dep != "pobj" and all(n.tag in ("CC", "DT") for n in nodes[head.i + 1 : link.i]):
                # "engulf pathogens and dying cells": objects side by side are joined, of whatever kind.
                continue
        elif not _is_verb(head) or link.dep != "conj" or _has_subject(nodes, node):
            continue
        host = _host(nodes, link, head, kinds, by_id)
        if host is not None:
            link.head = host.i


def _alien(host: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether two kinds are not listed together."""
    return bool(host & _PLACES) != bool(kinds & _PLACES) or bool("CELL" in host) != bool("CELL" in kinds)


def _is_verb(node: Node) -> bool:
    return node.tag.startswith("VB") and not node.mentions


def _has_subject(nodes: list[Node], node: Node) -> bool:
    return any(n.head == node.i and n.dep in ("nsubj", "nsubjpass", "cop") for n in nodes)


def _host(
    nodes: list[Node], link: Node, head: Node, kinds: frozenset[str], by_id: Mapping[str, Mention]
) -> Node | None:
    below = {link.i}
    for n in nodes[link.i + 1 :]:
        if n.head in below:
            below.add(n.i)
    for n in reversed(nodes[: link.i]):
        if n.i == head.i and _is_verb(n):
            return None
        if _is_verb(n) and n.dep in ("ROOT", "relcl") and n.tag != "VBG":
            return None
        if n.i == head.i or n.i in below or not n.mentions or n.dep not in _NOUN_DEPS:
            continue
        if _kinds(n, by_id) & kinds:
            return n
    return None
