"""A finding traced back to its words, with the real pipeline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from extract.pipeline import annotate, load
from extract.relations.tree import Tree
from extract.rules_kit.explain import Explanation, explain, found_between
from extract.rules_kit.paths import tree_path
from extract.schema import Document, Finding

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = (
    "Cortisol strongly suppresses the secretion of IL-6 by macrophages in mice. "
    "It did not increase the death of T cells. "
    "Insulin may inhibit NK cells by 20 percent. "
    "IL-4-induced IgE was seen in asthma."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def document(nlp: Language) -> Document:
    return annotate(nlp, Document(id="d", text=TEXT))


def pick(document: Document, subject: str, obj: str) -> Finding:
    names = {m.id: m.text for m in document.mentions}
    return next(f for f in document.findings if (names[f.subject], names[f.object]) == (subject, obj))


def told(nlp: Language, document: Document, subject: str, obj: str) -> Explanation:
    found = explain(nlp, document, pick(document, subject, obj))
    assert found is not None
    return found


def test_every_finding_is_explained_as_it_was_found(nlp: Language, document: Document) -> None:
    assert len(document.findings) >= 5
    for finding in document.findings:
        found = explain(nlp, document, finding)
        assert found is not None
        assert (found.rule, found.confidence) == (finding.rule, finding.confidence)
        assert found.trigger_span == finding.trigger
        assert found.notes == []
        assert found.entry_place
        assert found.frame_place
        assert found.log_odds == pytest.approx(sum(w.share for w in found.features), abs=1e-3)


def test_arguments_step_by_step(nlp: Language, document: Document) -> None:
    found = told(nlp, document, "Cortisol", "IL-6")
    assert found.entry_place.startswith("grammar/triggers/verbs_decrease.yml:")
    assert found.frame["name"] == "transitive"
    assert found.subject.steps[0] == 'place S: "Cortisol"'
    assert found.object.steps[:3] == [
        'place O: "secretion"',
        "path in the parse: suppresses ─dobj→ secretion",
        'through "secretion": aspect production',
    ]
    assert dict(found.qualifiers)["context"] == "mice (ORGANISM)"


def test_references_negation_and_inversion_are_named(nlp: Language, document: Document) -> None:
    found = told(nlp, document, "Cortisol", "T cells")
    assert any(step.startswith('"It" refers back to "Cortisol"') for step in found.subject.steps)
    assert any("inverted" in step for step in found.object.steps)
    assert dict(found.qualifiers)["negated"] == 'yes: "not"'
    assert "Cortisol" in [m["text"] for m in found.mentions]
    assert found.says == "Cortisol does not decrease survival of T cells"


def test_hedges_and_sizes_are_named(nlp: Language, document: Document) -> None:
    qualifiers = dict(told(nlp, document, "Insulin", "NK cells").qualifiers)
    assert qualifiers["certainty"] == 'hedged: "may"'
    assert "20 percent" in qualifiers["quantity"]


def test_compounds(nlp: Language, document: Document) -> None:
    found = told(nlp, document, "IL-4", "IgE")
    assert found.frame_place.startswith("grammar/compounds.yml:")
    assert found.subject.steps[0] == "place bound: the name before the hyphen"
    assert "presupposed" in dict(found.qualifiers)


def test_rivals_lose_for_a_reason(nlp: Language) -> None:
    document = annotate(nlp, Document(id="d", text="Insulin stimulates macrophages to release IL-6."))
    found = told(nlp, document, "Insulin", "macrophages")
    assert found.rivals
    for rival in found.rivals:
        assert rival.rule != found.rule
        assert rival.says == found.says
        assert not rival.kept
        assert rival.why


def test_a_finding_that_rules_do_not_make(nlp: Language, document: Document) -> None:
    real = pick(document, "Cortisol", "IL-6")
    other = real.model_copy(update={"predicate": "increases"})
    assert explain(nlp, document, other) is None
    now = found_between(nlp, document, other)
    assert [n.split(" [")[0] for n in now] == ["Cortisol decreases production of IL-6"]


def test_a_changed_grammar_is_noticed(nlp: Language, document: Document) -> None:
    real = pick(document, "Cortisol", "IL-6")
    found = explain(nlp, document, real.model_copy(update={"rule": "old/VERB/decreases:x", "confidence": 0.123}))
    assert found is not None
    assert len(found.notes) == 2


def test_it_is_plain_data(nlp: Language, document: Document) -> None:
    data = json.loads(json.dumps(told(nlp, document, "Cortisol", "IL-6").to_dict()))
    assert data["subject"]["text"] == "Cortisol"
    assert {node["text"] for node in data["parse"]} >= {"suppresses", "secretion"}
    assert {w["name"] for w in data["features"]} >= {"bias", "frame=transitive"}


def test_paths_go_up_and_down() -> None:
    tree = Tree.build(
        [
            ("IL-6", "il-6", "NN", "nsubj", 1),
            ("failed", "fail", "VBD", "ROOT", 1),
            ("to", "to", "TO", "aux", 3),
            ("induce", "induce", "VB", "xcomp", 1),
        ]
    )
    assert tree_path(tree, tree[3], tree[0]) == "induce ←xcomp─ failed ─nsubj→ IL-6"
    assert tree_path(tree, tree[3], tree[3]) == "induce"
