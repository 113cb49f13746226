"""Sentences to trees: what the parser is shown, and what comes of a parse that is there already."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from relation_kit import marked
from spacy.language import Language
from spacy.tokens import Doc

from extract.relations.parsing import collapse, merge_parse, parse_sentences


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en")


WORDS = [
    ("[IL-6] up-regulates [CRP].", ["IL-6", "up-regulates", "CRP", "."]),
    ("[Natural killer cells] co-express [IL-2].", ["Natural killer cells", "co-express", "IL-2", "."]),
    ("[IL-1], [IL-6] and [TNF] cause [fever].", ["IL-1, IL-6 and TNF", "cause", "fever", "."]),
    ("[IL-6]-induced [fever] rose.", ["IL-6-induced", "fever", "rose", "."]),
    # a name is cut out of a longer token
    ("Pro-[asthma] groups met.", ["Pro", "-", "asthma", "groups", "met", "."]),
    ("The [IL-23]/[IL-17] axis.", ["The", "IL-23/IL-17", "axis", "."]),
]


@pytest.mark.parametrize(("sentence", "words"), WORDS, ids=[c[0] for c in WORDS])
def test_words_of_a_sentence(blank: Language, sentence: str, words: list[str]) -> None:
    part = marked(sentence)
    cut = collapse(blank(part.text), 0, len(part.text), part.mentions)
    assert [part.text[w.start : w.end] for w in cut] == words


def test_words_cover_all_but_blanks(blank: Language) -> None:
    part = marked("In  [mice] ,\n[IL-4]- and [IL-13]-induced [itch] (severe) fell; [T cells] did not.")
    cut = collapse(blank(part.text), 0, len(part.text), part.mentions)
    covered = {i for w in cut for i in range(w.start, w.end)}
    assert [c for i, c in enumerate(part.text) if i not in covered and not c.isspace()] == []
    assert all(a.end <= b.start for a, b in pairwise(cut))


class Echo:
    """A parser that hangs every word on the first."""

    def __init__(self) -> None:
        self.vocab = spacy.blank("en").vocab
        self.seen: list[str] = []

    def pipe(self, docs: list[Doc], batch_size: int) -> list[Doc]:
        self.seen += [d.text for d in docs]
        return [
            Doc(d.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d], tags=["NN"] * len(d),
                heads=[0] * len(d), deps=["ROOT"] + ["dep"] * (len(d) - 1), lemmas=[t.text for t in d])
            for d in docs
        ]  # fmt: skip


def test_the_parser_sees_everyday_words_and_the_tree_has_the_real_ones(blank: Language) -> None:
    part = marked("[IL-6] hits [T cells].")
    echo = Echo()
    (tree,) = parse_sentences(echo, blank(part.text), [(0, len(part.text))], part.mentions)  # type: ignore[arg-type]
    assert "IL-6" not in echo.seen[0]
    assert "T cells" not in echo.seen[0]
    assert [(n.text, n.start, n.end, n.mentions) for n in tree] == [
        ("IL-6", 0, 4, ("m1",)), ("hits", 5, 9, ()), ("T cells", 10, 17, ("m2",)), (".", 17, 18, ()),
    ]  # fmt: skip


def test_offsets_are_those_of_the_document(blank: Language) -> None:
    text = "Nothing here. IL-6 hits T cells."
    part = marked("[IL-6] hits [T cells].", start=14)
    (tree,) = parse_sentences(Echo(), blank(text), [(14, len(text))], part.mentions)  # type: ignore[arg-type]
    assert [text[n.start : n.end] for n in tree] == ["IL-6", "hits", "T cells", "."]
    assert (tree.start, tree.end) == (14, len(text))


def test_a_sentence_without_end_is_cut(blank: Language) -> None:
    text = "word " * 400
    trees = parse_sentences(Echo(), blank(text), [(0, len(text) - 1)], [])  # type: ignore[arg-type]
    assert [len(t) for t in trees] == [150, 150, 100]


def test_nothing_to_parse(blank: Language) -> None:
    assert parse_sentences(Echo(), blank("Nothing."), [], []) == []  # type: ignore[arg-type]


def test_a_finished_parse_is_merged() -> None:
    part = marked("[IL-6] activates [T cells].")
    vocab = spacy.blank("en").vocab
    doc = Doc(
        vocab, words=["IL-6", "activates", "T", "cells", "."], spaces=[True, True, True, False, False],
        tags=["NN", "VBZ", "NN", "NNS", "."], heads=[1, 1, 3, 1, 1],
        deps=["nsubj", "ROOT", "compound", "dobj", "punct"], lemmas=["IL-6", "activate", "T", "cell", "."],
    )  # fmt: skip
    tree = merge_parse(next(doc.sents), part.mentions)
    assert [(n.text, n.dep, n.head, n.mentions) for n in tree] == [
        ("IL-6", "nsubj", 1, ("m1",)), ("activates", "ROOT", 1, ()), ("T cells", "dobj", 1, ("m2",)),
        (".", "punct", 1, ()),
    ]  # fmt: skip
