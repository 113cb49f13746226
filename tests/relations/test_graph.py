"""Deep subjects and objects: passives, relative clauses, control, participles, coordination, light verbs undone."""

from __future__ import annotations

import pytest
from relation_kit import tree_of

from extract.relations.graph import Graph
from extract.relations.tree import Node, Tree

# sentence, the word asked about, its deep subjects, its deep objects
FUNCTIONS = [
    # active and passive
    ("[Cortisol] suppresses [T cells].", "suppresses", ["Cortisol"], ["T cells"]),
    ("[T cells] are suppressed by [cortisol].", "suppressed", ["cortisol"], ["T cells"]),
    ("[IL-6] was reduced.", "reduced", [], ["IL-6"]),
    ("[Macrophages] activated by [IFN-gamma] kill bacteria.", "activated", ["IFN-gamma"], ["Macrophages"]),
    ("[Macrophages] activated by [IFN-gamma] kill bacteria.", "kill", ["Macrophages"], ["bacteria"]),
    ("[IL-6] is made by [macrophages] and cleared by the kidneys.", "cleared", ["kidneys"], ["IL-6"]),
    # relative clauses
    ("[IL-10], which suppresses [macrophages], rises late.", "suppresses", ["IL-10"], ["macrophages"]),
    ("The [TNF] that [macrophages] release causes [fever].", "release", ["macrophages"], ["TNF"]),
    ("The [TNF] that [macrophages] release causes [fever].", "causes", ["TNF"], ["fever"]),
    ("[IL-7], which is made by the [thymus], feeds [T cells].", "made", ["thymus"], ["IL-7"]),
    # control and raising
    ("[IL-2] helps to expand [Treg cells].", "expand", ["IL-2"], ["Treg cells"]),
    ("[GnRH] stimulates the pituitary to secrete [LH].", "secrete", ["pituitary"], ["LH"]),
    ("[Leptin] seems to activate [T cells].", "activate", ["Leptin"], ["T cells"]),
    ("[IL-33] is known to activate [mast cells].", "activate", ["IL-33"], ["mast cells"]),
    # participles and gerunds
    ("[Exercise] raises [adrenaline], mobilising [NK cells].", "mobilising", ["Exercise"], ["NK cells"]),
    ("[Exercise] slows [melanoma] by mobilising [NK cells].", "mobilising", ["Exercise"], ["NK cells"]),
    ("After entering the [gut], [T cells] release [IL-22].", "release", ["T cells"], ["IL-22"]),
    # coordination
    ("[Cortisol] inhibits [T cells] and activates [neutrophils].", "activates", ["Cortisol"], ["neutrophils"]),
    ("[NK cells] find and kill [tumour cells].", "find", ["NK cells"], ["tumour cells"]),
    ("[NK cells] find and kill [tumour cells].", "kill", ["NK cells"], ["tumour cells"]),
    ("[Stress] raises [cortisol], but [exercise] lowers [TNF].", "lowers", ["exercise"], ["TNF"]),
    # light verbs and nouns in the predicate
    ("[IL-17] plays a role in [psoriasis].", "role", ["IL-17"], []),
    ("[Cortisol] has an effect on [T cells].", "effect", ["Cortisol"], []),
    ("[IL-10] is an inhibitor of [macrophages].", "inhibitor", ["IL-10"], []),
    ("[IL-7] is essential for [T cells].", "essential", ["IL-7"], []),
    ("[Rapamycin] led to a fall in [T cells].", "fall", ["Rapamycin"], []),
]


def word(tree: Tree, text: str) -> Node:
    return next(n for n in tree if n.text == text)


@pytest.mark.parametrize(
    ("sentence", "asked", "subjects", "objects"), FUNCTIONS, ids=[f"{c[1]}: {c[0]}" for c in FUNCTIONS]
)
def test_deep_functions(sentence: str, asked: str, subjects: list[str], objects: list[str]) -> None:
    tree = tree_of(sentence)
    graph = Graph(tree)
    node = word(tree, asked)
    assert [n.text for n in graph.subjects(node)] == subjects
    assert [n.text for n in graph.objects(node)] == objects


def test_a_plural_relative_clause_reaches_back_to_the_whole_coordination() -> None:
    tree = tree_of("[IL-4] and [IL-13], which induce [itch], fell.")
    assert [n.text for n in Graph(tree).subjects(word(tree, "induce"))] == ["IL-4"]


def test_a_clause_between_does_not_lend_its_subject() -> None:
    tree = tree_of("[Cortisol] rose before the drug suppressed [T cells].")
    graph = Graph(tree)
    assert [n.text for n in graph.subjects(word(tree, "suppressed"))] == ["drug"]
    assert graph.objects(word(tree, "rose")) == []


PREPOSITIONS = [
    ("[IL-6] rises in response to [exercise].", "rises", [("in response to", "exercise")]),
    ("[Fatigue] was due to [anaemia].", "was", [("because of", "anaemia")]),
    ("[IL-6] fell because of [rapamycin].", "fell", [("because of", "rapamycin")]),
    ("The effect of [cortisol] on [T cells] was strong.", "effect", [("of", "cortisol"), ("on", "T cells")]),
    ("[Treg cells] die in the absence of [IL-2].", "die", [("in the absence of", "IL-2")]),
    ("[IL-6] rose during [exercise].", "rose", [("during", "exercise")]),
]


@pytest.mark.parametrize(("sentence", "asked", "pairs"), PREPOSITIONS, ids=[c[0] for c in PREPOSITIONS])
def test_prepositions(sentence: str, asked: str, pairs: list[tuple[str, str]]) -> None:
    tree = tree_of(sentence)
    found = [(name, node.text) for name, node in Graph(tree).obliques(word(tree, asked))]
    assert found == pairs


def test_modifiers_and_genitives() -> None:
    tree = tree_of("[Macrophage] [IL-6] production exceeded the body's needs.")
    graph = Graph(tree)
    assert [n.text for n in graph.modifiers(word(tree, "production"))] == ["Macrophage", "IL-6"]
    assert [n.text for n in graph.possessors(word(tree, "needs"))] == ["body"]


def tree(*rows: tuple[str, str, str, str, int]) -> Tree:
    return Tree.build(rows)


def test_a_verb_taken_for_a_modifier() -> None:
    # "IL-4 upregulated gene expression", as a parser reads it that looks for a noun phrase.
    parsed = tree(
        ("IL-4", "IL-4", "NN", "npadvmod", 1),
        ("upregulated", "upregulated", "JJ", "amod", 3),
        ("gene", "gene", "NN", "compound", 3),
        ("expression", "expression", "NN", "ROOT", 3),
    )
    parsed[0].mentions = ("m1",)
    graph = Graph(parsed)
    assert [n.text for n in graph.subjects(parsed[1])] == ["IL-4"]
    assert [n.text for n in graph.objects(parsed[1])] == ["expression"]


def test_a_true_modifier_is_no_verb() -> None:
    parsed = tree(
        ("The", "the", "DT", "det", 2),
        ("reduced", "reduce", "VBN", "amod", 2),
        ("expression", "expression", "NN", "ROOT", 2),
    )
    assert Graph(parsed).mistaken_verb(parsed[1]) is None


def test_passive_by_form() -> None:
    parsed = tree(
        ("It", "it", "PRP", "nsubj", 2),
        ("has", "have", "VBZ", "aux", 2),
        ("suppressed", "suppress", "VBN", "ROOT", 2),
        ("it", "it", "PRP", "dobj", 2),
    )
    assert not Graph(parsed).passive(parsed[2])
    parsed = tree(
        ("It", "it", "PRP", "nsubjpass", 2),
        ("was", "be", "VBD", "auxpass", 2),
        ("suppressed", "suppress", "VBN", "ROOT", 2),
        ("and", "and", "CC", "cc", 2),
        ("killed", "kill", "VBN", "conj", 2),
    )
    assert Graph(parsed).passive(parsed[2])
    assert Graph(parsed).passive(parsed[4])


def test_a_cycle_in_a_tree_does_not_hang() -> None:
    parsed = tree(("a", "a", "VBZ", "ccomp", 1), ("b", "b", "VBZ", "ccomp", 0))
    graph = Graph(parsed)
    assert graph.subjects(parsed[0]) == []
    assert [n.text for n in parsed.ancestors(parsed[0])] == ["b"]
    assert [n.text for n in parsed.subtree(parsed[0])] == ["a", "b"]


def test_terms_end_at_their_word() -> None:
    parsed = tree(
        ("rapid", "rapid", "JJ", "amod", 3),
        ("cell", "cell", "NN", "compound", 2),
        ("cycle", "cycle", "NN", "compound", 3),
        ("arrest", "arrest", "NN", "ROOT", 3),
    )
    assert parsed.terms(parsed[3]) == ["cell cycle arrest", "cycle arrest", "arrest"]
    assert parsed.terms(parsed[1]) == ["cell"]
