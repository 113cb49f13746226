"""Evidence for and against candidates, and what is made of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from extract.entities.annotator import EntityAnnotator
from extract.entities.candidate import RECALLS, Candidate
from extract.entities.evidence import Evidence
from extract.entities.settling import Limits, Settler, crossed
from extract.entities.tagger import Reading, Tagger
from extract.errors import ConfigError
from extract.lexicon.lexicon import Lexicon

HEADS = tuple(
    f"{kind}.x" for kind in ("CELL", "CYTOKINE", "HORMONE", "DISEASE", "PROTEIN", "CHEMICAL", "TISSUE", "ORGANISM")
)


def reading_of(text: str, marks: dict[str, dict[str, float]]) -> Reading:
    """A reading in which the named words belong to a mention of a type with the given probability."""
    words = text.split(" ")
    starts = [sum(len(w) + 1 for w in words[:k]) for k in range(len(words))]
    inside = np.full((len(words), len(HEADS)), 0.001, dtype="float32")
    spans: list[set[tuple[int, int]]] = [set() for _ in HEADS]
    for kind, probable in marks.items():
        column = HEADS.index(f"{kind}.x")
        for word, p in probable.items():
            k = words.index(word)
            inside[k, column] = p
            if p > 0.3:
                spans[column].add((k, k + 1))
    ends = [a + len(w) for a, w in zip(starts, words, strict=True)]
    return Reading(HEADS, starts, ends, inside, inside, inside, tuple(frozenset(s) for s in spans))


TEXT = "Mice with zorbitis had no PSX2 and hypertensive hearts"


def evidence(mentions: list[Candidate] | None = None) -> Evidence:
    marks = {"DISEASE": {"zorbitis": 0.98, "hypertensive": 0.99, "PSX2": 0.01}, "PROTEIN": {"PSX2": 0.95}}
    return Evidence(TEXT, reading_of(TEXT, marks), [], mentions or [])


def at(word: str, kind: str, source: str = "tagger") -> Candidate:
    start = TEXT.index(word)
    return Candidate(start, start + len(word), kind, source=source)  # type: ignore[arg-type]


def test_evidence_says_what_the_heads_say() -> None:
    good, bad = (evidence().features(at(w, "DISEASE")) for w in ("zorbitis", "PSX2"))
    assert good["best head"] > 1 > -1 > bad["best head"]
    assert good["heads that mark it"] == 1.0
    assert bad["heads that mark it"] == 0.0
    assert "hardly believed by any head" in bad
    assert bad["a rival is ahead by"] > 2
    assert "a rival is ahead by" not in good


def test_evidence_says_what_the_words_look_like() -> None:
    symbol = evidence().features(at("PSX2", "PROTEIN"))
    assert {"one word", "capitals", "digits"} <= set(symbol)
    assert "digits" not in evidence().features(at("zorbitis", "DISEASE"))


def test_evidence_says_how_a_name_was_found() -> None:
    found = evidence().features(at("PSX2", "DISEASE", "abbreviation").with_(flags=frozenset({"case"})))
    assert {"found by abbreviation", "flag case", "no concept"} <= set(found)


def test_evidence_says_what_the_dictionary_has_in_the_same_place() -> None:
    other = [at("PSX2", "PROTEIN", "lexicon")]
    assert evidence(other).features(at("PSX2", "DISEASE"))["same as PROTEIN"] == 1.0
    assert "same as PROTEIN" not in evidence().features(at("PSX2", "DISEASE"))


SIMPLE = {"dictionary": {"": 0.0, "best head": 3.0}, "tagger": {"": -1.0, "best head": 3.0, "same as PROTEIN": -9.0}}


def settler(least: float = 0.5) -> Settler:
    return Settler(SIMPLE, {name: Limits(least) for name in RECALLS})


def test_probability_is_the_logistic_of_the_terms() -> None:
    terms = settler().terms(at("zorbitis", "DISEASE"), evidence())
    assert set(terms) == {"", "best head"}
    odds = sum(terms.values())
    assert settler().probability(at("zorbitis", "DISEASE"), evidence()) == pytest.approx(
        1 / (1 + np.exp(-odds)), abs=6e-4
    )


def test_probable_spans_are_added_with_their_confidence() -> None:
    (added,) = settler().additions(evidence(), "balanced")
    assert (TEXT[added.start : added.end], added.type, added.source) == ("zorbitis", "DISEASE", "tagger")
    assert 0.9 < added.confidence < 1.0
    assert settler(0.99).additions(evidence(), "balanced") == []


def test_adjectives_are_added_only_where_wanted() -> None:
    assert evidence().adjective((TEXT.index("hypertensive"), TEXT.index(" hearts")))
    assert not evidence().adjective((TEXT.index("zorbitis"), TEXT.index(" had")))
    assert [c.length for c in settler().additions(evidence(), "balanced")] == [8]
    wanting = Settler(SIMPLE, settler().limits, adjectives=True)
    assert [c.length for c in wanting.additions(evidence(), "balanced")] == [8, 12]


def test_nothing_is_added_where_a_mention_of_the_type_stands() -> None:
    assert settler().additions(evidence([at("zorbitis", "DISEASE", "lexicon")]), "balanced") == []
    assert len(settler().additions(evidence([at("zorbitis", "PROCESS", "lexicon")]), "balanced")) == 1


def test_of_spans_that_overlap_the_most_probable_one_is_added() -> None:
    text = "severe zorbitis"
    reading = reading_of(text, {"DISEASE": {"severe": 0.6, "zorbitis": 0.98}})
    spans = tuple(frozenset({(0, 2), (1, 2)}) if name == "DISEASE.x" else frozenset() for name in reading.heads)
    both = Evidence(text, Reading(HEADS, reading.starts, reading.ends, *[reading.inside] * 3, spans), [], [])
    assert [c.span for c in settler().additions(both, "balanced")] == [(7, 15)]


def test_features_are_crossed_with_type_and_with_the_best_head() -> None:
    made = crossed({"best head": 0.5, "capitals": 1.0, "digits": 1.0}, "CELL")
    assert made["CELL: best head"] == 0.5
    assert made["capitals, best head"] == 0.5
    assert "digits, best head" not in made


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def annotator(names: Lexicon, tagger: Tagger, constant: float, least: float = 0.5) -> EntityAnnotator:
    weights = {"dictionary": {"": constant}, "tagger": {"": constant}}
    limits = {name: Limits(least) for name in RECALLS}
    return EntityAnnotator(names, tagger=tagger, settler=Settler(weights, limits))


SENTENCE = "Leptin rose in mice with epidermolysis bullosa."


def test_what_is_doubtful_goes_and_what_is_of_a_context_type_stays(
    names: Lexicon, tagger: Tagger, doc_of: Callable[[str], Doc]
) -> None:
    found = annotator(names, tagger, -5.0)(doc_of(SENTENCE))
    assert "mice" in [m.text for m in found]
    assert not any(m.type in ("CELL", "CYTOKINE", "HORMONE", "DISEASE") for m in found)


def test_what_is_sure_stays_with_its_confidence(names: Lexicon, tagger: Tagger, doc_of: Callable[[str], Doc]) -> None:
    found = {m.text: m for m in annotator(names, tagger, 2.0)(doc_of(SENTENCE))}
    assert found["Leptin"].confidence == 0.881
    assert found["mice"].confidence == 1.0
    assert found["epidermolysis bullosa"].source == "tagger"
    assert [m.id for m in found.values()] == [f"m{n}" for n in range(1, len(found) + 1)]


def test_nothing_is_added_in_skipped_ranges(names: Lexicon, tagger: Tagger, doc_of: Callable[[str], Doc]) -> None:
    at_ = SENTENCE.index("epidermolysis")
    found = annotator(names, tagger, 2.0)(doc_of(SENTENCE), skip=[(at_, len(SENTENCE))])
    assert not any(m.source == "tagger" for m in found)


def test_without_a_tagger_there_is_no_evidence(names: Lexicon, doc_of: Callable[[str], Doc]) -> None:
    with pytest.raises(ValueError, match="tagger"):
        EntityAnnotator(names).evidence(doc_of(SENTENCE))


def test_the_shipped_limits_rise_from_high_to_precise() -> None:
    limits = Settler.load().limits
    assert list(limits) == list(RECALLS)
    assert limits["high"].mention < limits["balanced"].mention < limits["precise"].mention
    assert limits["high"].finding <= limits["balanced"].finding <= limits["precise"].finding


@pytest.mark.parametrize("content", ["{", "{}", json.dumps({"weights": {}, "limits": {"high": {"mentions": 1}}})])
def test_a_bad_file_of_weights_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settling.json"
    path.write_text(content)
    with pytest.raises(ConfigError, match=r"settling\.json"):
        Settler.load(path)
