"""Parses that took a sentence for one noun phrase, and clauses on either side of a semicolon."""

from __future__ import annotations

from extract.relations.repair import clause_cuts, joined, mend
from extract.relations.tree import Node, Tree


def _nodes(*rows: tuple[str, str, str, int], names: tuple[int, ...] = ()) -> list[Node]:
    nodes = Tree.build([(text, text.lower(), tag, dep, head) for text, tag, dep, head in rows]).nodes
    for i in names:
        nodes[i].mentions = (f"m{i}",)
    return nodes


def _arcs(nodes: list[Node]) -> dict[str, tuple[str, str]]:
    return {n.text: (n.dep, nodes[n.head].text) for n in nodes}


def test_a_participle_between_two_names_is_the_verb_of_a_sentence_without_one() -> None:
    nodes = _nodes(
        ("IL-4", "NN", "compound", 2), ("induced", "VBN", "amod", 2), ("IL-13", "NN", "ROOT", 2),
        (".", ".", "punct", 2), names=(0, 2),
    )  # fmt: skip
    mend(nodes)
    assert _arcs(nodes) == {
        "IL-4": ("nsubj", "induced"),
        "induced": ("ROOT", "induced"),
        "IL-13": ("dobj", "induced"),
        ".": ("punct", "induced"),
    }
    assert nodes[1].tag == "VBD"


def test_a_name_after_a_preposition_is_not_the_subject() -> None:
    nodes = _nodes(
        ("IL-6", "NN", "ROOT", 0), ("from", "IN", "prep", 0), ("muscle", "NN", "nmod", 4),
        ("mobilised", "VBN", "amod", 4), ("cells", "NNS", "pobj", 1), names=(0, 2, 4),
    )  # fmt: skip
    mend(nodes)
    assert _arcs(nodes) == {
        "IL-6": ("nsubj", "mobilised"),
        "from": ("prep", "IL-6"),
        "muscle": ("pobj", "from"),
        "mobilised": ("ROOT", "mobilised"),
        "cells": ("dobj", "mobilised"),
    }


def test_a_sentence_with_a_verb_stays_as_it_is() -> None:
    rows = (("IL-4", "NN", "compound", 2), ("induced", "VBN", "amod", 2), ("IL-13", "NN", "nsubj", 3),
            ("fell", "VBD", "ROOT", 3))  # fmt: skip
    nodes = _nodes(*rows, names=(0, 2))
    before = _arcs(nodes)
    mend(nodes)
    assert _arcs(nodes) == before


def test_a_title_without_a_name_before_the_participle_stays_as_it_is() -> None:
    nodes = _nodes(("Reduced", "VBN", "amod", 1), ("cortisol", "NN", "ROOT", 1), names=(1,))
    mend(nodes)
    assert _arcs(nodes)["cortisol"] == ("ROOT", "cortisol")


def test_only_clauses_are_parted() -> None:
    clauses = (("A", "NN", "nsubj", 1), ("rose", "VBD", "ROOT", 1), (";", ":", "punct", 1))
    assert clause_cuts(_nodes(*clauses, ("B", "NN", "nsubj", 4), ("fell", "VBD", "conj", 1))) == [3]
    # a list of things is no clause
    assert clause_cuts(_nodes(*clauses, ("B", "NN", "conj", 0))) == []
    # what stands in brackets belongs together
    bracket = (("(", "-LRB-", "punct", 2), ("A", "NN", "nsubj", 2), ("rose", "VBD", "ROOT", 2), (";", ":", "punct", 2),
               ("B", "NN", "nsubj", 5), ("fell", "VBD", "conj", 2), (")", "-RRB-", "punct", 2))  # fmt: skip
    assert clause_cuts(_nodes(*bracket)) == []


def test_joined_clauses_are_one_tree() -> None:
    nodes = joined([_nodes(("A", "NN", "nsubj", 1), ("rose", "VBD", "ROOT", 1)),
                    _nodes(("B", "NN", "nsubj", 1), ("fell", "VBD", "ROOT", 1))])  # fmt: skip
    assert [n.i for n in nodes] == [0, 1, 2, 3]
    assert _arcs(nodes) == {
        "A": ("nsubj", "rose"),
        "rose": ("ROOT", "rose"),
        "B": ("nsubj", "fell"),
        "fell": ("parataxis", "rose"),
    }
