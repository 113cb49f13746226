"""Negation, hedging and non-statements in plain sentences, parsed by the shipped model: one row for each means.

Each sentence has one finding to be judged, given by its subject and object. "+" asserts, "-" denies, "?" hedges,
"-?" does both, "0" states nothing of the two.
"""

from __future__ import annotations

import pytest
from spacy.language import Language

CASES = [
    # plain
    ("Cortisol suppressed T cells.", "Cortisol", "T cells", "+"),
    ("We found that cortisol suppressed T cells.", "cortisol", "T cells", "+"),
    ("IL-2 can activate T cells.", "IL-2", "T cells", "+"),
    # denial by a word
    ("Cortisol did not suppress T cells.", "Cortisol", "T cells", "-"),
    ("Cortisol didn't suppress T cells.", "Cortisol", "T cells", "-"),
    ("Cortisol never suppressed T cells.", "Cortisol", "T cells", "-"),
    ("Cortisol had no effect on T cells.", "Cortisol", "T cells", "-"),
    ("Melatonin caused no increase in IL-6.", "Melatonin", "IL-6", "-"),
    ("Neither leptin nor insulin raised IL-6.", "leptin", "IL-6", "-"),
    ("Neither leptin nor insulin raised IL-6.", "insulin", "IL-6", "-"),
    ("Leptin lowered TNF without affecting IL-6.", "Leptin", "IL-6", "-"),
    ("Leptin lowered TNF without affecting IL-6.", "Leptin", "TNF", "+"),
    # denial by a verb, adjective or noun
    ("Cortisol failed to suppress T cells.", "Cortisol", "T cells", "-"),
    ("Leptin was unable to activate T cells.", "Leptin", "T cells", "-"),
    ("T cells were not activated by leptin.", "leptin", "T cells", "-"),
    ("T cells were not affected by leptin.", "leptin", "T cells", "-"),
    # only some members are denied
    ("Cortisol suppressed T cells, but not B cells.", "Cortisol", "T cells", "+"),
    ("Cortisol suppressed T cells, but not B cells.", "Cortisol", "B cells", "-"),
    ("IL-4 inhibited TNF and IL-6 but not IL-8 and IL-10.", "IL-4", "IL-8", "-"),
    ("IL-4 inhibited TNF and IL-6 but not IL-8 and IL-10.", "IL-4", "IL-10", "-"),
    ("IL-4 inhibited TNF and IL-6 but not IL-8 and IL-10.", "IL-4", "IL-6", "+"),
    # "not only" denies nothing
    ("Cortisol not only suppressed T cells but also lowered IL-6.", "Cortisol", "T cells", "+"),
    # denied evidence
    ("There is no evidence that leptin activates T cells.", "leptin", "T cells", "-"),
    ("We found no evidence that cortisol suppresses T cells.", "cortisol", "T cells", "-"),
    ("There is no proof that melatonin has any effect on asthma.", "melatonin", "asthma", "-"),
    # hedges
    ("Leptin may activate T cells.", "Leptin", "T cells", "?"),
    ("Leptin might activate T cells.", "Leptin", "T cells", "?"),
    ("Leptin probably activates T cells.", "Leptin", "T cells", "?"),
    ("Leptin seems to activate T cells.", "Leptin", "T cells", "?"),
    ("Leptin appears to activate T cells.", "Leptin", "T cells", "?"),
    ("Leptin is believed to activate T cells.", "Leptin", "T cells", "?"),
    ("These data suggest that leptin activates T cells.", "leptin", "T cells", "?"),
    ("It is possible that leptin activates T cells.", "leptin", "T cells", "?"),
    ("It has been hypothesised that leptin activates T cells.", "leptin", "T cells", "?"),
    ("Our data support the hypothesis that leptin activates T cells.", "leptin", "T cells", "?"),
    ("A likely explanation is that leptin activates T cells.", "leptin", "T cells", "?"),
    ("Leptin is a potential activator of T cells.", "Leptin", "T cells", "?"),
    ("Leptin may help to activate T cells.", "Leptin", "T cells", "?"),
    ("Doctors try to lower TNF with infliximab.", "infliximab", "TNF", "?"),
    ("Leptin may not activate T cells.", "Leptin", "T cells", "-?"),
    # a hedge stays in its clause
    ("Although stress may raise IL-6, exercise lowers TNF.", "exercise", "TNF", "+"),
    ("The release of IL-8 by neutrophils may worsen asthma.", "neutrophils", "IL-8", "+"),
    # nothing is stated
    ("Does leptin activate T cells?", "leptin", "T cells", "0"),
    ("We asked whether leptin activates T cells.", "leptin", "T cells", "0"),
    ("We wanted to know if leptin activates T cells.", "leptin", "T cells", "0"),
    ("We tested the idea that leptin activates T cells.", "leptin", "T cells", "0"),
    ("We studied the effect of leptin on T cells.", "leptin", "T cells", "0"),
    ("The study was designed to detect an effect of leptin on T cells.", "leptin", "T cells", "0"),
    ("Little is known about the effects of leptin on T cells.", "leptin", "T cells", "0"),
    ("If leptin activates T cells, the trial will be stopped.", "leptin", "T cells", "0"),
    ("Effects of leptin on T cells", "leptin", "T cells", "0"),
    ("The next section turns to the effects of leptin on T cells.", "leptin", "T cells", "0"),
    ("The mechanism by which leptin affects T cells is unclear.", "leptin", "T cells", "0"),
    ("T cells were isolated, activated with IL-2 and frozen.", "IL-2", "T cells", "0"),
    # what looks like it and is not
    ("We tested leptin, which raised IL-6.", "leptin", "IL-6", "+"),
    ("The effect of leptin on T cells was strong.", "leptin", "T cells", "+"),
    ("Treatments focus on lowering IL-6.", "Treatments", "IL-6", "+"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "subject", "obj", "expected"), CASES, ids=[f"{c[0]} {c[1]} {c[2]}" for c in CASES]
)
def test_scope(nlp: Language, sentence: str, subject: str, obj: str, expected: str) -> None:
    doc = nlp(sentence)
    names = {m.id: m.text for m in doc._.mentions}
    assert {subject, obj} <= set(names.values())
    found = [f for f in doc._.findings if {names[f.subject], names[f.object]} == {subject, obj} and not f.derived]
    if expected == "0":
        assert not found
        return
    assert found
    marks = ("-" if found[0].negated else "") + ("?" if found[0].certainty == "hedged" else "")
    assert (marks or "+") == expected
