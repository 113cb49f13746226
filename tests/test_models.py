"""Pipelines by name, and the table of what their labels mean."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from extract.errors import ConfigError, MissingPipelineError
from extract.models import DEFAULT_MODEL, EntityProposer, load_model, model_table
from extract.schema import MENTION_TYPES


def test_known_pipelines_have_a_command_and_known_types() -> None:
    table = model_table()
    for name in ("en_ner_bionlp13cg_md", "en_ner_jnlpba_md", "en_ner_bc5cdr_md", "en_ner_craft_md", "en_core_sci_sm"):
        assert table[name].install.startswith("pip install "), name
        assert name in table[name].install
    assert all(kind in MENTION_TYPES for model in table.values() for kind in model.labels.values())
    assert table["en_ner_bc5cdr_md"].labels == {"DISEASE": "DISEASE", "CHEMICAL": "CHEMICAL"}


def test_a_file_adds_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "more.yml"
    path.write_text("mine: {install: pip install mine, labels: {C: CELL}}\nen_ner_bc5cdr_md: {}\n", encoding="utf-8")
    table = model_table(path)
    assert (table["mine"].install, table["mine"].labels) == ("pip install mine", {"C": "CELL"})
    assert table["en_ner_bc5cdr_md"].labels == {}
    assert "en_ner_craft_md" in table


ALLOWED = f"Allowed: {', '.join(MENTION_TYPES)}."
BAD = [
    ("- mine\n", 'expected a mapping of pipeline names, found list. Write "name: {labels: {LABEL: TYPE}}".'),
    ("mine: [C]\n", 'mine: expected a mapping. Write "labels: {LABEL: TYPE}".'),
    ("mine: {labels: [C]}\n", 'mine: expected a mapping. Write "labels: {LABEL: TYPE}".'),
    ("mine: {labels: {C: CELLS}}\n", f"mine: label C is mapped to 'CELLS'. {ALLOWED}"),
    ("mine: {labels: {C: }}\n", f"mine: label C is mapped to None. {ALLOWED}"),
]


@pytest.mark.parametrize(("content", "message"), BAD, ids=[c[0].strip() for c in BAD])
def test_bad_files(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        model_table(path)
    assert str(caught.value) == f"{path}: {message}"


def test_a_file_that_is_no_yaml(tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    path.write_text("mine: {labels: {C: CELL}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"(?s)not valid YAML .* See extract/pipelines\.yml for the form\."):
        model_table(path)
    path.write_bytes(b"mine: \xff\n")
    with pytest.raises(ConfigError, match="not valid YAML"):
        model_table(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read \(No such file or directory\)\. Check the path"):
        model_table(tmp_path / "none.yml")


def test_the_default_parses_and_tags() -> None:
    parser = load_model(DEFAULT_MODEL)
    assert {"tagger", "parser"} <= set(parser.pipe_names)
    doc = parser("Cortisol suppresses lymphocytes.")
    assert doc.has_annotation("DEP")
    assert doc[1].tag_ == "VBZ"


def test_an_unknown_pipeline_gets_a_guessed_command() -> None:
    with pytest.raises(MissingPipelineError, match=r"Install it with: pip install no-such-model$"):
        load_model("no_such_model")


def test_entities_of_a_pipeline_become_proposals() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CELL_TYPE", "pattern": "T cells"}, {"label": "YEAR", "pattern": "2019"}])
    propose = EntityProposer(nlp, {"CELL_TYPE": "CELL"}, "mine")
    text = "In 2019, T cells were few."
    (candidate,) = propose(spacy.blank("en")(text))
    assert (text[candidate.start : candidate.end], candidate.type, candidate.source) == (
        "T cells",
        "CELL",
        "model:mine",
    )
