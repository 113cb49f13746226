"""Two small articles end to end: what is found in them is what was found when someone last looked."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_files import ARTICLES, COMMAND, difference, fresh, stored
from spacy.language import Language

from extract.pipeline import load

# What must be there whenever the findings are written anew.
ALWAYS = {
    "adipose": [
        "CCL2 | increases | migration | monocytes |  | asserted",
        "monocytes | increases | differentiation | macrophages |  | asserted",
        "macrophages | increases | severity | insulin resistance |  | hedged",
        "TNF | increases | severity | insulin resistance |  | asserted | derived",
    ],
    "exercise": [
        "adrenaline | increases | migration | natural killer (NK) cells |  | asserted",
        "IL-6 | increases | production | TNF | negated | asserted",
        "IL-6 | increases | migration | NK cells |  | asserted | derived",
        "Regular training | decreases | risk | colon cancer |  | hedged",
    ],
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_findings_are_those_stored(path: Path, nlp: Language) -> None:
    changed = difference(stored(path), fresh(path, nlp))
    assert not changed, f"If this is better, run {COMMAND}\n{changed}"


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_what_must_be_found(path: Path) -> None:
    assert [line for line in ALWAYS[path.stem] if line not in stored(path).splitlines()] == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_clutter_and_aims_yield_nothing(path: Path, nlp: Language) -> None:
    text = path.read_text(encoding="utf-8")
    evidence = [text[slice(*f.evidence)] for f in nlp(text)._.findings]
    assert evidence
    assert not [x for x in evidence if "newsletter" in x or "We asked" in x or "Whether" in x]


def test_there_is_something_to_compare() -> None:
    assert len(ARTICLES) == 2
    assert all(len(stored(p).splitlines()) >= 8 for p in ARTICLES)
