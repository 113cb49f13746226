"""The shipped tagger as a reader, and the search for the best path."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from extract.entities.tagger import Reading, Tagger, alphabet_of, best_path
from extract.entities.tagger_features import WordRows, lay_out
from extract.errors import ConfigError
from extract.lexicon.lexicon import Lexicon

TEXT = (
    "Naive CD8+ T cells of women with lupus nephritis made IL-6.\n\nTheir cortisol fell, and the breast tumours grew."
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.fixture(scope="module")
def reading(tagger: Tagger, names: Lexicon, doc_of: Callable[[str], Doc]) -> Reading:
    return tagger.read(doc_of(TEXT), names.match(TEXT))


def marked(reading: Reading, head: str) -> set[str]:
    spans = reading.spans[reading.heads.index(head)]
    return {TEXT[reading.starts[i] : reading.ends[j - 1]] for i, j in spans}


def test_each_head_marks_what_its_convention_names(reading: Reading) -> None:
    assert marked(reading, "DISEASE.ncbi") == {"lupus nephritis", "breast tumours"}
    assert "IL-6" in marked(reading, "CYTOKINE.genia")
    assert any(name.endswith("T cells") for name in marked(reading, "CELL.genia"))
    assert "cortisol" in marked(reading, "HORMONE.gene")


def test_heads_of_context_types_only_give_probabilities(reading: Reading) -> None:
    k = reading.heads.index("ORGANISM.any")
    assert not reading.spans[k]
    i, j = reading.tokens(TEXT.index("women"), TEXT.index("women") + 5)
    assert j == i + 1
    assert reading.inside[i, k] > 0.5


def test_probabilities_are_probabilities(reading: Reading) -> None:
    for matrix in (reading.inside, reading.begins, reading.last):
        assert matrix.shape == (len(reading.starts), len(reading.heads))
        assert (matrix >= -1e-6).all()
        assert (matrix <= 1 + 1e-6).all()


def test_blanks_are_no_tokens(reading: Reading) -> None:
    assert all(TEXT[a:b].strip() for a, b in zip(reading.starts, reading.ends, strict=True))
    assert (
        reading.tokens(TEXT.index("\n"), TEXT.index("\n") + 2)[0]
        == reading.tokens(TEXT.index("\n"), TEXT.index("\n") + 2)[1]
    )


def test_a_reading_does_not_depend_on_what_was_read_before(names: Lexicon, doc_of: Callable[[str], Doc]) -> None:
    fresh, used = Tagger.load(), Tagger.load()
    for other in ("Mast cells burst.", "Cortisol rose in mice with asthma.", "X"):
        used.read(doc_of(other), names.match(other))
    first, second = (t.read(doc_of(TEXT), names.match(TEXT)) for t in (fresh, used))
    assert np.array_equal(first.inside, second.inside)
    assert first.spans == second.spans


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "heads.json").write_text("{}")
    with pytest.raises(ConfigError, match="not a tagger"):
        Tagger.load(tmp_path)


def test_the_weights_fit_the_heads_and_are_light(tagger: Tagger) -> None:
    folder = Path(__file__).parents[2] / "src" / "extract" / "model" / "tagger"
    heads = json.loads((folder / "heads.json").read_text())
    assert sum(1 + 4 * len(types) for types in heads.values()) == len(tagger.network.out_bias)
    assert sum(p.stat().st_size for p in folder.iterdir()) < 12_000_000


def allowed(path: tuple[str, ...]) -> bool:
    """By the definition: B and I go on with I or L of their type, nothing else does, and none is left open."""
    before = "O"
    for tag in (*path, "O"):
        opened, goes_on = before[0] in "BI", tag[0] in "IL"
        if opened != goes_on or (opened and before[2:] != tag[2:]):
            return False
        before = tag
    return True


@pytest.mark.parametrize("seed", range(6))
def test_the_best_path_is_the_best_of_all_allowed_ones(seed: int) -> None:
    names = alphabet_of(["CELL", "CELL_LINE"] if seed % 2 else ["CELL"])
    log = np.random.default_rng(seed).normal(size=(4, len(names))).astype("float32") * 2
    paths = [p for p in itertools.product(range(len(names)), repeat=4) if allowed(tuple(names[c] for c in p))]
    best = max(paths, key=lambda p: sum(float(log[k, c]) for k, c in enumerate(p)))
    assert tuple(best_path(log)) == best


def test_rows_have_gaps_at_both_ends_and_where_a_line_ends(names: Lexicon) -> None:
    nlp = spacy.blank("en")
    doc = nlp("T cells\n\nrose  fast")
    layout = lay_out(doc, names.match(doc.text), WordRows(nlp.vocab), 2)
    shown = [doc[int(i)].text if i >= 0 else "" for i in layout.token]
    assert shown == ["", "", "T", "cells", "", "", "rose", "fast", "", ""]


def test_words_that_differ_in_capitals_share_a_group(names: Lexicon) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Mice saw mice and rats")
    layout = lay_out(doc, [], WordRows(nlp.vocab), 0)
    first, _, again, _, rats = layout.group.tolist()
    assert first == again != rats


def test_dictionary_names_are_marked_by_place(names: Lexicon) -> None:
    nlp = spacy.blank("en")
    doc = nlp("natural killer cells made leptin")
    layout = lay_out(doc, names.match(doc.text), WordRows(nlp.vocab), 0)
    by_kind = {kind: (rows.tolist(), places.tolist()) for rows, kind, places in layout.named}
    assert by_kind[0] == ([0, 1, 2], [1, 2, 3])
    assert by_kind[2] == ([4], [4])
