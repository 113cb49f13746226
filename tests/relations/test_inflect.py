"""Word forms by rule."""

from __future__ import annotations

import pytest

from extract.relations.inflect import forms

VERBS = {
    "increase": "increases increased increasing",
    "inhibit": "inhibits inhibited inhibiting",
    "suppress": "suppresses suppressed suppressing",
    "modify": "modifies modified modifying",
    "stop": "stops stopped stopping",
    "control": "controls controlled controlling",
    "trigger": "triggers triggered triggering",
    "die": "dies died dying",
    "free": "frees freed freeing",
    "make": "makes made making",
    "undergo": "undergoes underwent undergone undergoing",
    "overcome": "overcomes overcame overcoming",
    "up-regulate": "up-regulates up-regulated up-regulating",
    "mimic": "mimics mimicked mimicking",
    "destroy": "destroys destroyed destroying",
    "attach": "attaches attached attaching",
    "tell": "tells told telling",
}
NOUNS = {
    "increase": "increases",
    "therapy": "therapies",
    "loss": "losses",
    "synthesis": "syntheses",
    "stimulus": "stimuli",
    "growth factor": "growth factors",
    "delay": "delays",
}


@pytest.mark.parametrize(("lemma", "others"), VERBS.items())
def test_verbs(lemma: str, others: str) -> None:
    assert {lemma, *others.split()} <= set(forms(lemma, "VERB"))


@pytest.mark.parametrize(("lemma", "other"), NOUNS.items())
def test_nouns(lemma: str, other: str) -> None:
    assert {lemma, other} <= set(forms(lemma, "NOUN"))


def test_adjectives_do_not_change() -> None:
    assert forms("Essential", "ADJ") == ["essential"]


@pytest.mark.parametrize("lemma", ["inhibit", "trigger", "enter", "benefit"])
def test_no_final_letter_is_doubled_where_the_stress_is_earlier(lemma: str) -> None:
    assert lemma + lemma[-1] + "ed" not in forms(lemma, "VERB")


def test_the_lemma_comes_first() -> None:
    assert [forms(x, "VERB")[0] for x in VERBS] == list(VERBS)
