"""Means, aims of things, places of making, and list members hung on a word of another kind."""

from __future__ import annotations

import pytest
from relation_kit import check, read

from extract.relations.coordination import by_kind
from extract.relations.prepositions import obliques
from extract.relations.repair import settle
from extract.relations.tree import Node, Tree
from extract.schema import Mention, MentionType

SENTENCES = [
    ("[Cortisol] calms [inflammation] through inhibition of [T cells].",
     ["Cortisol decreases inflammation", "Cortisol decreases T cells"]),
    ("Control of [asthma] by [cortisol] through inhibition of [T cells] is slow.",
     ["cortisol affects asthma", "cortisol decreases T cells"]),
    ("[Rapamycin] and [methotrexate] aim to kill [tumour cells].",
     ["Rapamycin decreases tumour cells: hedged", "methotrexate decreases tumour cells: hedged"]),
    ("We aim to kill [tumour cells] with [rapamycin].", []),
    ("[IL-2] and [IL-15] have overlapping activities on [T cells].",
     ["IL-2 affects T cells: activity", "IL-15 affects T cells: activity"]),
    ("[Cortisol] slows the secretion of [IL-8] in [monocytes].",
     ["Cortisol decreases IL-8: production", "monocytes produces IL-8: production"]),
    ("The secretion of [IL-8] was measured in [monocytes].", []),
    ("In combination with [IL-15], [IL-2] activates [NK cells].",
     ["IL-2 increases NK cells: activation", "IL-15 increases NK cells: activation"]),
    ("[Cortisol] and [LH] are hormones made by the [liver] that help activate [T cells].",
     ["liver produces Cortisol", "liver produces LH", "Cortisol increases T cells", "LH increases T cells"]),
    ("[Patients] with [lupus] rest since they often develop [gout].", ["lupus associated_with+ gout"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_findings(sentence: str, expected: list[str]) -> None:
    check(read(sentence).lines(), expected)


def _named(
    rows: list[tuple[str, str, str, int]], types: dict[int, MentionType]
) -> tuple[list[Node], dict[str, Mention]]:
    nodes = Tree.build([(text, text.lower(), tag, dep, head) for text, tag, dep, head in rows]).nodes
    names = {}
    for i, kind in types.items():
        n = nodes[i]
        n.mentions = (f"m{i}",)
        names[f"m{i}"] = Mention(id=f"m{i}", type=kind, fragments=[(n.start, n.end)], text=n.text)
    return nodes, names


def test_a_disease_is_not_coordinated_with_those_who_have_another() -> None:
    rows = [
        ("gout", "NN", "nsubj", 5), ("in", "IN", "prep", 0), ("men", "NNS", "pobj", 1), ("or", "CC", "cc", 2),
        ("lupus", "NN", "conj", 2), ("hurts", "VBZ", "ROOT", 5),
    ]  # fmt: skip
    nodes, names = _named(rows, {0: "DISEASE", 2: "ORGANISM", 4: "DISEASE"})
    by_kind(nodes, names)
    assert nodes[nodes[4].head].text == "gout"


def test_examples_belong_to_the_noun_of_their_kind() -> None:
    rows = [
        ("IL-4", "NN", "nsubj", 1), ("induces", "VBZ", "ROOT", 1), ("receptors", "NNS", "dobj", 1),
        ("in", "IN", "prep", 2), ("monocytes", "NNS", "pobj", 3), (",", ",", "punct", 4),
        ("including", "VBG", "prep", 4), ("CD23", "NN", "pobj", 6),
    ]  # fmt: skip
    nodes, names = _named(rows, {0: "CYTOKINE", 2: "PROTEIN", 4: "CELL", 7: "PROTEIN"})
    by_kind(nodes, names)
    assert nodes[nodes[6].head].text == "receptors"


def test_objects_side_by_side_stay_joined() -> None:
    rows = [
        ("lupus", "NN", "nsubj", 1), ("harms", "VBZ", "ROOT", 1), ("kidneys", "NNS", "dobj", 1),
        ("and", "CC", "cc", 2), ("lymphocytes", "NNS", "conj", 2),
    ]  # fmt: skip
    nodes, names = _named(rows, {0: "DISEASE", 2: "TISSUE", 4: "CELL"})
    by_kind(nodes, names)
    assert nodes[nodes[4].head].text == "kidneys"


def test_like_kinds_stay_where_they_are() -> None:
    rows = [
        ("drugs", "NNS", "nsubj", 4), ("with", "IN", "prep", 0), ("insulin", "NN", "pobj", 1),
        ("leptin", "NN", "conj", 2), ("act", "VBP", "ROOT", 4),
    ]  # fmt: skip
    nodes, names = _named(rows, {0: "CHEMICAL", 2: "HORMONE", 3: "CYTOKINE"})
    by_kind(nodes, names)
    assert nodes[nodes[3].head].text == "insulin"


def test_words_that_their_labels_contradict_are_mended() -> None:
    rows = [
        ("IL-6", "NN", "nsubjpass", 2), ("was", "VBD", "auxpass", 2), ("elevated", "JJ", "ROOT", 2),
        ("in", "IN", "prep", 2), ("gout", "NN", "pobj", 3),
    ]  # fmt: skip
    nodes, _ = _named(rows, {0: "CYTOKINE", 4: "DISEASE"})
    settle(nodes)
    assert nodes[2].tag == "VBN"


def test_a_name_takes_no_of_phrase() -> None:
    rows = [
        ("gout", "NN", "nsubj", 1), ("brings", "VBZ", "ROOT", 1), ("IL-6", "NN", "dobj", 1), ("and", "CC", "cc", 2),
        ("arrival", "NN", "conj", 2), ("of", "IN", "prep", 2), ("neutrophils", "NNS", "pobj", 5),
    ]  # fmt: skip
    nodes, _ = _named(rows, {0: "DISEASE", 2: "CYTOKINE", 6: "CELL"})
    settle(nodes)
    assert nodes[nodes[5].head].text == "arrival"


def test_a_name_after_a_preposition_belongs_to_it() -> None:
    rows = [
        ("treatment", "NN", "nsubj", 3), ("with", "IN", "prep", 0), ("IL-1", "NN", "npadvmod", 3),
        ("raised", "VBD", "ROOT", 3), ("IL-6", "NN", "dobj", 3),
    ]  # fmt: skip
    nodes, _ = _named(rows, {2: "CYTOKINE", 4: "CYTOKINE"})
    settle(nodes)
    assert (nodes[2].dep, nodes[nodes[2].head].text) == ("pobj", "with")


def test_an_adverb_of_time_is_left_alone() -> None:
    rows = [("IL-1", "NN", "npadvmod", 1), ("fell", "VBD", "ROOT", 1)]
    nodes, _ = _named(rows, {0: "CYTOKINE"})
    settle(nodes)
    assert nodes[0].dep == "npadvmod"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("by/IN addition/NN of/IN IL-10/NN", ("by", "addition")),
        ("in/IN addition/NN to/IN IL-10/NN", ("in addition to", "IL-10")),
        ("by/IN lack/NN of/IN IL-10/NN", ("by", "lack")),
    ],
)
def test_what_is_one_preposition_hangs_on_its_first_word(words: str, expected: tuple[str, str]) -> None:
    (a, ta), (b, tb), (c, tc), (d, td) = (w.split("/") for w in words.split())
    tree = Tree.build([
        ("fell", "fall", "VBD", "ROOT", 0), (a, a, ta, "prep", 0), (b, b, tb, "pobj", 1), (c, c, tc, "prep", 2),
        (d, d, td, "pobj", 3),
    ])  # fmt: skip
    assert [(name, t.text) for name, t in obliques(tree, tree[0])] == [expected]
