"""What the shipped tables hold: known names with types and identifiers, counts, what must not be there."""

from pathlib import Path

import pytest

import extract.lexicon
from extract.lexicon import Lexicon
from extract.schema import MENTION_TYPES

FOLDER = Path(extract.lexicon.__file__).parent


@pytest.mark.parametrize(
    ("name", "type_", "concept"),
    [
        ("T cells", "CELL", "CL:0000084"),
        ("B lymphocytes", "CELL", "CL:0000236"),
        ("natural killer cells", "CELL", "CL:0000623"),
        ("NK cells", "CELL", "CL:0000623"),
        ("Tregs", "CELL", "CL:0000815"),
        ("regulatory T lymphocytes", "CELL", "CL:0000815"),
        ("CD8+ T cells", "CELL", "CL:0000625"),
        ("CD4-positive T cells", "CELL", "CL:0000624"),
        ("Th17", "CELL", "CL:0000899"),
        ("T helper 2 cells", "CELL", "CL:0000546"),
        ("white blood cells", "CELL", "CL:0000738"),
        ("leucocytes", "CELL", "CL:0000738"),
        ("macrophages", "CELL", "CL:0000235"),
        ("fat cells", "CELL", "CL:0000136"),
        ("osteoblast", "CELL", "CL:0000062"),
        ("PBMCs", "CELL", "CL:2000001"),
        ("red blood cell", "CELL", "CL:0000232"),
        ("haematopoietic stem cells", "CELL", "CL:0000037"),
        ("cancer cells", "CELL", "CL:0001064"),
        ("IL-6", "CYTOKINE", "HGNC:6018"),
        ("interleukin 6", "CYTOKINE", "HGNC:6018"),
        ("IL-1β", "CYTOKINE", "HGNC:5992"),
        ("IL-17A", "CYTOKINE", "HGNC:5981"),
        ("IL-8", "CYTOKINE", "HGNC:6025"),
        ("IL-12", "CYTOKINE", "MESH:D018664"),
        ("TNFα", "CYTOKINE", "HGNC:11892"),
        ("tumour necrosis factor", "CYTOKINE", "HGNC:11892"),
        ("IFN-γ", "CYTOKINE", "HGNC:5438"),
        ("interferon gamma", "CYTOKINE", "HGNC:5438"),
        ("type I interferons", "CYTOKINE", "MESH:D007370"),
        ("TGF-β", "CYTOKINE", "MESH:D016212"),
        ("TGF-beta1", "CYTOKINE", "HGNC:11766"),
        ("GM-CSF", "CYTOKINE", "HGNC:2434"),
        ("MCP-1", "CYTOKINE", "HGNC:10618"),
        ("CXCL12", "CYTOKINE", "HGNC:10672"),
        ("RANKL", "CYTOKINE", "HGNC:11926"),
        ("BDNF", "CYTOKINE", "HGNC:1033"),
        ("irisin", "CYTOKINE", "HGNC:20240"),
        ("oncostatin M", "CYTOKINE", "HGNC:8506"),
        ("SPARC", "CYTOKINE", "HGNC:11219"),
        ("adiponectin", "CYTOKINE", "HGNC:13633"),
        ("cytokines", "CYTOKINE", "MESH:D016207"),
        ("chemokine", "CYTOKINE", "MESH:D018925"),
        ("myokines", "CYTOKINE", "MESH:D000097724"),
        ("leptin", "HORMONE", "HGNC:6553"),
        ("insulin", "HORMONE", "HGNC:6081"),
        ("cortisol", "HORMONE", "CHEBI:17650"),
        ("hydrocortisone", "HORMONE", "CHEBI:17650"),
        ("adrenaline", "HORMONE", "CHEBI:33568"),
        ("epinephrine", "HORMONE", "CHEBI:33568"),
        ("noradrenaline", "HORMONE", "CHEBI:18357"),
        ("oestradiol", "HORMONE", "CHEBI:16469"),
        ("testosterone", "HORMONE", "CHEBI:17347"),
        ("melatonin", "HORMONE", "CHEBI:16796"),
        ("growth hormone", "HORMONE", "HGNC:4261"),
        ("thyroid-stimulating hormone", "HORMONE", "MESH:D013972"),
        ("erythropoietin", "HORMONE", "HGNC:3415"),
        ("GLP-1", "HORMONE", "MESH:D052216"),
        ("rheumatoid arthritis", "DISEASE", "MONDO:0008383"),
        ("psoriasis", "DISEASE", "MONDO:0005083"),
        ("type 2 diabetes", "DISEASE", "MONDO:0005148"),
        ("Crohn's disease", "DISEASE", "MONDO:0005011"),
        ("carcinoma of the breast", "DISEASE", "MONDO:0004989"),
        ("breast cancer", "DISEASE", "MONDO:0007254"),
        ("leukaemia", "DISEASE", "MONDO:0005059"),
        ("asthma", "DISEASE", "MONDO:0004979"),
        ("cachexia", "DISEASE", "HP:0004326"),
        ("fever", "DISEASE", "HP:0001945"),
        ("multiple sclerosis", "DISEASE", "MONDO:0005301"),
        ("COVID-19", "DISEASE", "MONDO:0100096"),
        ("exercise", "INTERVENTION", "MESH:D015444"),
        ("caloric restriction", "INTERVENTION", "MESH:D031204"),
        ("chemotherapy", "INTERVENTION", "MESH:D004358"),
        ("rapamycin", "CHEMICAL", "CHEBI:9168"),
        ("glucose", "CHEMICAL", "CHEBI:17234"),
        ("LPS", "CHEMICAL", "CHEBI:16412"),
        ("PD-1", "PROTEIN", "HGNC:8760"),
        ("STAT3", "PROTEIN", "HGNC:11364"),
        ("inflammation", "PROCESS", "MESH:D007249"),
        ("mice", "ORGANISM", "NCBITaxon:10090"),
    ],
)
def test_known_name(lexicon: Lexicon, name: str, type_: str, concept: str) -> None:
    found = lexicon.lookup(name)
    assert found, f"{name} is not in the lexicon"
    assert (found[0].type, found[0].concept) == (type_, concept)


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("IL-6 receptor", "PROTEIN"),
        ("glucocorticoid receptor", "PROTEIN"),
        ("NF-κB", "PROTEIN"),
        ("mTOR signalling", "PROTEIN"),
        ("thymus", "TISSUE"),
        ("bone marrow", "TISSUE"),
        ("serum", "TISSUE"),
        ("adipose tissue", "TISSUE"),
        ("endurance training", "INTERVENTION"),
        ("sleep deprivation", "INTERVENTION"),
        ("high-fat diet", "INTERVENTION"),
        ("infliximab", "INTERVENTION"),
        ("propranolol", "CHEMICAL"),
        ("lactate", "CHEMICAL"),
        ("antibody production", "PROCESS"),
        ("tumour growth", "PROCESS"),
        ("ageing", "PROCESS"),
        ("older adults", "ORGANISM"),
        ("C57BL/6 mice", "ORGANISM"),
        ("SARS-CoV-2", "ORGANISM"),
        ("E. coli", "ORGANISM"),
        ("runners", "ORGANISM"),
    ],
)
def test_context_type(lexicon: Lexicon, name: str, type_: str) -> None:
    found = lexicon.lookup(name)
    assert found, f"{name} is not in the lexicon"
    assert found[0].type == type_


@pytest.mark.parametrize(
    ("name", "also", "roles"),
    [
        ("leptin", ("CYTOKINE",), {"hormone", "adipokine"}),
        ("irisin", ("HORMONE",), {"myokine"}),
        ("erythropoietin", ("CYTOKINE",), {"hormone"}),
        ("IL-6", (), {"cytokine", "interleukin", "myokine"}),
        ("CXCL8", (), {"chemokine"}),
        ("EGF", (), {"growth_factor"}),
        ("IFN-beta", (), {"interferon"}),
    ],
)
def test_roles(lexicon: Lexicon, name: str, also: tuple[str, ...], roles: set[str]) -> None:
    entry = lexicon.lookup(name)[0]
    assert entry.also == also
    assert roles <= set(entry.roles)


@pytest.mark.parametrize("name", ["cytokines", "chemokines", "hormones", "growth factors", "stress hormones"])
def test_class_names_are_generic(lexicon: Lexicon, name: str) -> None:
    assert "generic" in lexicon.lookup(name)[0].flags


@pytest.mark.parametrize(
    "text",
    [
        "The rest of the set was shared by a cat.",
        "REST AND A CAT",
        "It will impact the scan, and we can let it fall.",
        "They were in the park when it was cold.",
        "Half of them collects in 1 place or 3.",
        "A large step in a simple plan.",
        "Paul and Sara read the back of the card.",
    ],
)
def test_ordinary_words_are_no_names(lexicon: Lexicon, text: str) -> None:
    types = {m.entries[0].type for m in lexicon.match(text)}
    assert types <= {"ORGANISM"}, [(text[m.start : m.end], m.entries[0]) for m in lexicon.match(text)]


def test_inflammation_is_no_disease(lexicon: Lexicon) -> None:
    assert "DISEASE" not in {e.type for e in lexicon.lookup("inflammation")}


def test_bare_cells_are_no_cell_type(lexicon: Lexicon) -> None:
    assert lexicon.lookup("cells") == []


def test_counts(lexicon: Lexicon) -> None:
    counts = {p.stem: p.read_bytes().count(b"\n") - 1 for p in sorted(FOLDER.glob("*.tsv"))}
    least = {
        "cells": 6_000,
        "cytokines": 1_900,
        "hormones": 1_000,
        "diseases": 80_000,
        "interventions": 2_500,
        "chemicals": 14_000,
        "proteins": 60_000,
        "processes": 10_000,
        "tissues": 2_200,
        "organisms": 7_000,
        "xrefs": 40_000,
    }
    for name, number in least.items():
        assert number <= counts[name] <= number * 1.5, f"{name}: {counts[name]}"
    assert len(lexicon) == sum(n for name, n in counts.items() if name not in ("stop", "xrefs"))


def test_tables_are_sorted_and_each_line_is_well_formed(lexicon: Lexicon) -> None:
    # Lines are parsed when the lexicon is compiled; here every 50th once more, by number.
    for number in range(0, len(lexicon), 50):
        entry = lexicon._entry(number)
        assert entry.type in MENTION_TYPES
        assert entry.label
        assert entry.source


def test_cross_references(lexicon: Lexicon) -> None:
    assert "MESH:D001172" in lexicon.equivalents("MONDO:0008383")
    assert "MONDO:0008383" in lexicon.equivalents("MESH:D001172")
    assert lexicon.canonical("MESH:D001172") == "MONDO:0008383"
    assert lexicon.canonical("NCBIGene:3569") == "HGNC:6018"
    assert lexicon.canonical("CL:0000084") == "CL:0000084"
    assert lexicon.equivalents("XX:1") == ()


def test_labels(lexicon: Lexicon) -> None:
    assert lexicon.label("CL:0000084") == "T cell"
    assert lexicon.label("MONDO:0008383") == "rheumatoid arthritis"
    assert lexicon.label("XX:1") == ""
    assert {e.label for e in lexicon.lookup("NK cells")} == {"natural killer cell"}
