"""Concepts for names that the lexicon has not as they stand, and for ambiguous ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from extract.entities.candidate import Candidate
from extract.entities.concepts import given_mentions
from extract.entities.normalizer import Normalizer
from extract.lexicon.lexicon import Lexicon
from extract.lexicon.tables import COLUMNS
from extract.schema import Mention, MentionType

ROWS = [
    ("kidney disorder", "DISEASE", "MONDO:1", ""),
    ("liver cancer", "DISEASE", "MONDO:2", ""),
    ("disease", "DISEASE", "MONDO:0000001", "immunolit"),
    ("asthma", "DISEASE", "MONDO:3", ""),
    ("inflammatory bowel disease", "DISEASE", "MONDO:4", ""),
    ("dilated cardiomyopathy", "DISEASE", "MONDO:5", ""),
    ("DCM", "DISEASE", "MESH:6", ""),
    ("DCM", "DISEASE", "MONDO:5", ""),
    ("SLS", "DISEASE", "MESH:7", "immunolit"),
    ("SLS", "DISEASE", "MONDO:8", ""),
    ("Sjogren-Larsson syndrome", "DISEASE", "MONDO:8", ""),
    ("T cells", "CELL", "CL:1", ""),
    ("thymic epithelial cells", "CELL", "CL:2", ""),
    ("cortical thymic epithelial cell", "CELL", "CL:3", ""),
    ("CAR T cells", "CELL", "", ""),
    ("target cells", "CELL", "", ""),
    ("hippocampal neuron", "CELL", "CL:4", ""),
    ("neuron", "CELL", "CL:5", ""),
    ("embryonic stem cells", "CELL", "CL:6", ""),
    ("CD4-positive, CD25-positive regulatory T cell", "CELL", "CL:7", ""),
]


@pytest.fixture(scope="module")
def normalizer(tmp_path_factory: pytest.TempPathFactory) -> Normalizer:
    path: Path = tmp_path_factory.mktemp("lexicon") / "names.tsv"
    lines = [
        "\t".join((name, kind, "", "", concept, "", "case" if name.isupper() else "", source))
        for name, kind, concept, source in ROWS
    ]
    path.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return Normalizer(Lexicon.load([path]))


def grown(kind: MentionType, concept: str = "") -> Candidate:
    return Candidate(0, 1, kind, source="expansion", concept=concept, name=concept and "core")


@pytest.mark.parametrize(
    ("surface", "kind", "concept"),
    [
        ("renal disease", "DISEASE", "MONDO:1"),
        ("severe renal diseases", "DISEASE", "MONDO:1"),
        ("hepatic tumours", "DISEASE", "MONDO:2"),
        ("cancer of the liver", "DISEASE", "MONDO:2"),
        ("inflammatory bowel diseases", "DISEASE", "MONDO:4"),
        ("inflammatory bowels disease", "DISEASE", "MONDO:4"),
        ("allergic asthma", "DISEASE", "MONDO:3"),
        ("human disease", "DISEASE", "MONDO:0000001"),
        ("XPD disease", "DISEASE", ""),  # "disease" says nothing of it
        ("inherited disorder", "DISEASE", ""),
        ("pancreatic disease", "DISEASE", ""),
        ("migraine", "DISEASE", ""),
        ("hippocampus neurons", "CELL", "CL:4"),
        ("neurons of the hippocampus", "CELL", "CL:4"),
        ("spinal neurons", "CELL", "CL:5"),
        ("mouse embryonic stem cells", "CELL", "CL:6"),
        ("CAR T cells", "CELL", "CL:1"),  # the lexicon has it without a concept
        ("target cells", "CELL", ""),
        ("renal disease", "CELL", ""),
        ("CD4+CD25+ regulatory T cells", "CELL", "CL:7"),
        ("T cells", "DISEASE", ""),
    ],
)
def test_a_grown_name(normalizer: Normalizer, surface: str, kind: MentionType, concept: str) -> None:
    assert normalizer.concept(surface, grown(kind))[0] == concept


def test_short_forms_of_the_document_are_written_out(normalizer: Normalizer) -> None:
    long_forms = {"ZEC": "thymic epithelial cell"}
    assert normalizer.concept("cortical ZECs", grown("CELL", "CL:2"), long_forms)[0] == "CL:3"
    assert normalizer.concept("cortical ZECs", grown("CELL", "CL:2"))[0] == "CL:2"
    assert normalizer.concept("medullary ZECs", grown("CELL"), long_forms)[0] == "CL:2"


def test_a_wide_concept_does_not_name_what_grew_from_it(normalizer: Normalizer) -> None:
    assert normalizer.concept("XPD disease", grown("DISEASE", "MONDO:0000001")) == ("", "", ())
    plain = Candidate(0, 1, "DISEASE", concept="MONDO:0000001", name="disease")
    assert normalizer.concept("disease", plain)[0] == "MONDO:0000001"


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "concept"),
    [
        ("Renal diseases are common.", 0, 14, "DISEASE", "MONDO:1"),
        ("It is asthma.", 6, 12, "DISEASE", "MONDO:3"),
        ("It is asthma.", 6, 12, "CELL", ""),
        ("Dilated cardiomyopathy (ZCM) kills. ZCM is rare.", 36, 39, "DISEASE", ""),
        ("Thymic epithelial cells (TECs) and cortical TECs", 35, 48, "CELL", "CL:3"),
        ("dilated cardiomyopathy (DCM) and DCM", 33, 36, "DISEASE", "MONDO:5"),
    ],
)
def test_given_mentions_are_named(
    normalizer: Normalizer, doc_of: Callable[[str], Doc],
    text: str, start: int, end: int, kind: MentionType, concept: str,
) -> None:  # fmt: skip
    given = Mention(id="m1", type=kind, fragments=[(start, end)], text=text[start:end], concept="MESH:wrong")
    named = given_mentions(doc_of(text), [given], normalizer)
    assert [m.concept for m in named] == [concept]
    assert given.concept == "MESH:wrong"


def mention(number: int, text: str, concept: str) -> Mention:
    return Mention(id=f"m{number}", type="DISEASE", fragments=[(0, 1)], text=text, concept=concept)


def test_an_ambiguous_name_means_what_the_document_names(normalizer: Normalizer) -> None:
    found = [mention(1, "DCM", "MESH:6"), mention(2, "dilated cardiomyopathy", "MONDO:5")]
    normalizer.settle(found)
    assert [m.concept for m in found] == ["MONDO:5", "MONDO:5"]


@pytest.mark.parametrize(
    "others",
    [
        [("DCM", "MESH:6")],
        [("DCM", "MESH:6"), ("asthma", "MONDO:3")],
        [("DCM", "MESH:6"), ("diabetic cardiomyopathy", "MESH:6"), ("dilated cardiomyopathy", "MONDO:5")],
        [("SLS", "MESH:7"), ("Sjogren-Larsson syndrome", "MONDO:8")],  # given by hand
    ],
)
def test_else_it_keeps_its_meaning(normalizer: Normalizer, others: list[tuple[str, str]]) -> None:
    found = [mention(n, text, concept) for n, (text, concept) in enumerate(others)]
    normalizer.settle(found)
    assert [m.concept for m in found] == [concept for _, concept in others]
