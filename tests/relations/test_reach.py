"""Means, aims of things, places of making, and list members hung on a word of another kind."""

from __future__ import annotations

import pytest
from relation_kit import check, read

from extract.relations.coordination import by_kind
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
