"""Which concept a shipped name stands for, and what else that concept is called elsewhere."""

from __future__ import annotations

import pytest

from extract.lexicon import Lexicon


def first(lexicon: Lexicon, name: str, kind: str) -> str:
    return next((e.concept for e in lexicon.lookup(name) if e.type == kind), "")


@pytest.mark.parametrize(
    ("name", "kind", "concept"),
    [
        # A concept's own name goes before another's synonym.
        ("Schwann cells", "CELL", "CL:0002573"),
        ("pigment cells", "CELL", "CL:0000147"),
        ("hematopoietic cells", "CELL", "CL:0000988"),
        ("intraepithelial lymphocytes", "CELL", "CL:0002496"),
        ("metastatic melanoma", "DISEASE", "MONDO:0005191"),
        # Vertebrates before insects.
        ("hair cells", "CELL", "CL:0000855"),
        ("CNS neurons", "CELL", "CL:0000117"),
        ("blood cells", "CELL", "CL:0000081"),
        # Species are left to others.
        ("mouse embryonic stem cells", "CELL", "CL:0002322"),
        # MONDO's related names are not the disease.
        ("myositis", "DISEASE", "HP:0100614"),
        # Names given by hand, without and with a concept of their own.
        ("CD4+CD25+ Tregs", "CELL", "CL:0000792"),
        ("regulatory T cells", "CELL", "CL:0000815"),
        ("vascular endothelial cells", "CELL", "CL:0000071"),
        ("endothelial cells", "CELL", "CL:0000115"),
        ("nociceptors", "CELL", "CL:0000198"),
        ("septic shock", "DISEASE", "MESH:D012772"),
        ("lupus", "DISEASE", "MONDO:0007915"),
        ("liver fibrosis", "DISEASE", "HP:0001395"),
    ],
)
def test_concept_of_a_name(lexicon: Lexicon, name: str, kind: str, concept: str) -> None:
    assert first(lexicon, name, kind) == concept


@pytest.mark.parametrize("name", ["rods and cones", "rod outer segments"])
def test_parts_and_pairs_of_cells_are_no_cells(lexicon: Lexicon, name: str) -> None:
    assert first(lexicon, name, "CELL") == ""


@pytest.mark.parametrize(
    ("concept", "other"),
    [
        ("MONDO:0008903", "MESH:D008175"),  # lung cancer: MeSH has one heading for all tumours of the lung
        ("HP:0003074", "MONDO:0002909"),  # hyperglycemia in both
        ("CHEBI:33568", "MESH:D004837"),  # adrenaline, Epinephrine
        ("MONDO:0008723", "MESH:C536353"),  # VLCAD deficiency, a supplementary record
        ("HGNC:6018", "NCBIGene:3569"),
    ],
)
def test_namesakes_are_equivalents(lexicon: Lexicon, concept: str, other: str) -> None:
    assert other in lexicon.equivalents(concept)


def test_a_different_thing_is_no_equivalent(lexicon: Lexicon) -> None:
    assert "MESH:D001943" not in lexicon.equivalents("MONDO:0008903")
    assert "NCBIGene:3569" not in lexicon.equivalents("HGNC:5992")


def test_mondo_is_home_to_what_hp_has_as_well(lexicon: Lexicon) -> None:
    assert lexicon.canonical("MESH:D006943") == "MONDO:0002909"
    assert lexicon.canonical("MONDO:0002909") == "MONDO:0002909"


def test_listed_names_have_a_concept_and_are_no_symbols(lexicon: Lexicon) -> None:
    listed = lexicon.listed("HORMONE")
    assert ("cortisol", "CHEBI:17650") in listed
    assert all(concept for _, concept in listed)
    assert not any(name == "TSH" for name, _ in listed)
    assert lexicon.listed("NOTHING") == []
