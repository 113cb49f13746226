"""The small parts: chunks of text, judged modifiers, head nouns, the normaliser, the tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.entities import data
from extract.entities.candidate import Candidate
from extract.entities.heads import find_heads, head_type, symbol_goes_on
from extract.entities.modifiers import judge_for, signed_marker
from extract.entities.normalizer import Normalizer
from extract.entities.textview import TextView
from extract.errors import LexiconError
from extract.lexicon.lexicon import Lexicon
from extract.schema import MENTION_TYPES


@pytest.mark.parametrize(
    "text",
    [
        "CD4+",
        "CD8(+)",
        "CD4+CD25+",
        "CD4(+)CD25(+)Foxp3(+)",
        "Foxp3−",
        "CD45RA-",
        "CD25hi",
        "CD25(low)",
        "IL-17+",
    ],
)
def test_signed_markers(text: str) -> None:
    assert signed_marker(text)


@pytest.mark.parametrize("text", ["CD4", "small-", "naive", "(+)", "IL-17", "white", "anti-", "++", "Foxp3"])
def test_not_signed_markers(text: str) -> None:
    assert not signed_marker(text)


JUDGED = [
    ("CELL", "activated", True), ("CELL", "Naïve", True), ("CELL", "CD4", True),
    ("CELL", "virus-specific", True),
    ("CELL", "the", False), ("CELL", "cultured", False), ("CELL", "efficient", False), ("CELL", "sing", None),
    ("CELL", "hepatoblastic", True), ("CELL", "several", False),
    ("DISEASE", "severe", False), ("DISEASE", "cardiac", True), ("DISEASE", "HER2-positive", True),
    ("DISEASE", "drug-induced", None), ("DISEASE", "autoimmune", True), ("DISEASE", "early-onset", False),
    ("CYTOKINE", "pro-inflammatory", True), ("CYTOKINE", "elevated", False),
    ("ORGANISM", "older", True), ("ORGANISM", "IL-6-deficient", True), ("ORGANISM", "recruited", False),
    ("INTERVENTION", "aerobic", True), ("INTERVENTION", "high-intensity", True),
    ("INTERVENTION", "effective", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "word", "verdict"), JUDGED)
def test_judged_words(kind: str, word: str, verdict: bool | None) -> None:
    assert judge_for(kind)(word) is verdict  # type: ignore[arg-type]


def test_only_heads_take_unlisted_adjectives() -> None:
    judge = judge_for("DISEASE")
    assert judge("zygomatic") is True
    assert judge("zygomatic", listed_only=True) is None


HEADS = [
    ("cells", ("CELL", "modifier")), ("macrophages", ("CELL", "none")), ("odontoblasts", ("CELL", "none")),
    ("bacteriophage", None), ("nephritis", ("DISEASE", "none")), ("apoptosis", ("PROCESS", "none")),
    ("diagnosis", None),
    ("diseases", ("DISEASE", "generic")), ("cytokines", ("CYTOKINE", "generic")),
    ("growth factor", ("CYTOKINE", "generic")), ("patients", ("ORGANISM", "none")), ("table", None),
]  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), HEADS)
def test_head_nouns(word: str, expected: tuple[str, str] | None) -> None:
    assert head_type(word) == expected


def test_symbols_that_go_on() -> None:
    for text, end in (("IL-2Ralpha", 2), ("TNF-alpha", 3), ("PD-ECGF", 2), ("interleukin-8", 11)):
        assert symbol_goes_on(text, end)
    for text, end in (("IL-6-induced", 4), ("tumour-bearing", 6), ("IL-6", 4), ("TNF-treated", 3)):
        assert not symbol_goes_on(text, end)


def test_chunks_lose_their_punctuation(doc_of: Callable[[str], Doc]) -> None:
    view = TextView(doc_of('The "naive" (CD4+) T cells, CD8(+) and (NK): all—were seen.'))
    assert [chunk.text for chunk in view.chunks] == [
        "The", "naive", "CD4+", "T", "cells", "CD8(+)", "and", "NK", "all", "were", "seen",
    ]  # fmt: skip
    assert all(view.text[chunk.start : chunk.end] == chunk.text for chunk in view.chunks)


def test_nothing_is_taken_in_across_punctuation_or_a_new_paragraph(doc_of: Callable[[str], Doc]) -> None:
    for text in (
        "activated, cells",
        "activated (cells",
        "activated. cells",
        "activated\n\ncells",
        "activated\nCells",
    ):
        view = TextView(doc_of(text))
        assert view.before(text.lower().index("cells")) is None
    wrapped = TextView(doc_of("activated\ncells"))
    assert wrapped.before(10) is not None


def test_heads_in_a_text(doc_of: Callable[[str], Doc]) -> None:
    found = find_heads(TextView(doc_of("Cells and hepatitis and a growth factor.")))
    assert [(c.type, c.start, sorted(c.flags)) for c in found] == [
        ("CYTOKINE", 26, ["generic", "head"]), ("CELL", 0, ["bare"]), ("DISEASE", 10, ["head"]),
        ("PROCESS", 26, ["bare"]),
    ]  # fmt: skip


def test_the_normaliser_takes_off_modifiers(names: Lexicon) -> None:
    normalizer = Normalizer(names)
    grown = Candidate(0, 1, "CELL", source="expansion")
    assert normalizer.concept("exhausted regulatory T cells", grown)[0] == "CL:0000815"
    assert normalizer.concept("exhausted T cells", grown)[0] == "CL:0000084"
    assert normalizer.concept("exhausted cells", grown) == ("", "", ())


def test_the_normaliser_asks_for_the_type(names: Lexicon) -> None:
    normalizer = Normalizer(names)
    assert normalizer.find("asthma", "DISEASE") is not None
    assert normalizer.find("asthma", "CELL") is None
    assert normalizer.find("leptin", "CYTOKINE") is not None  # by its further type


@pytest.mark.parametrize(
    ("name", "columns", "types"),
    [
        ("modifiers", 4, 1),
        ("heads", 4, 1),
        ("notheads", 2, 1),
        ("allowed", 3, 2),
        ("nesting", 3, 2),
        ("never", 2, 1),
    ],
)
def test_tables_name_known_types_and_repeat_nothing(name: str, columns: int, types: int) -> None:
    rows = data.table(name, columns)
    assert len(rows) == len(set(rows))
    assert {t for row in rows for cell in row[:types] for t in cell.split(">")} <= {*MENTION_TYPES, "*"}


def test_a_bad_table_is_named_with_its_line(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "broken.tsv").write_text("# comment\na\tb\nonly one\n", encoding="utf-8")
    monkeypatch.setattr(data, "FOLDER", folder)
    with pytest.raises(LexiconError, match=r"broken\.tsv, line 3: 1 columns, expected 2"):
        data.table("broken", 2)
