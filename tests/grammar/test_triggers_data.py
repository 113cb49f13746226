"""The trigger files hold what they should: known fields and values, no doubles, examples."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from extract.relations.grammar import FrameGroup
from extract.relations.inflect import forms
from extract.schema import ASPECTS, MENTION_TYPES, PREDICATES

FOLDER = Path(__file__).resolve().parents[2] / "src" / "extract" / "grammar" / "triggers"
ASPECT_FILE = "aspects.yml"
FRAMES = set(get_args(FrameGroup))
REQUIRED = {"lemma", "pos", "predicate", "aspect", "strength", "frame", "example"}
OPTIONAL = {
    "variants", "predicate_by_type", "particle", "prep", "noun", "direction", "aspect_by_type", "swap",
    "passive_prep", "also_as", "negative", "subject_types", "object_types", "subject_words",
    "negated", "words",
}  # fmt: skip
MARK = re.compile(r"\[([^\[\]]+)\]\{([SO])\}")
STARRED = re.compile(r"\*([^*]+)\*")


def _load(path: Path) -> list[dict[str, Any]]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, list), path.name
    return loaded


def _entries() -> list[tuple[str, dict[str, Any]]]:
    return [(p.name, e) for p in sorted(FOLDER.glob("*.yml")) if p.name != ASPECT_FILE for e in _load(p)]


TRIGGERS = _entries()
ASPECT_NOUNS = _load(FOLDER / ASPECT_FILE)


def _where(name: str, entry: dict[str, Any]) -> str:
    return f"{name}: {entry.get('lemma')!r}"


def _form_of(word: str, lemma: str) -> bool:
    """Tell whether `word` may be an inflected form of `lemma`: they share all but the last two letters."""
    if word in forms(lemma, "VERB"):
        return True
    keep = max(min(3, len(lemma)), len(lemma) - 2)
    return word[:keep] == lemma[:keep] and len(word) <= len(lemma) + 5


def _mentions(text: str, entry: dict[str, Any]) -> bool:
    """Tell whether a form of the entry's lemma, or of a variant of it, stands in `text`."""
    words = re.findall(r"[\w'-]+", text.lower())
    names = [entry["lemma"], *entry.get("variants", [])]
    return any(all(any(_form_of(w, part) for w in words) for part in name.lower().split()) for name in names)


def test_fields_and_values_are_known() -> None:
    for name, entry in TRIGGERS:
        where = _where(name, entry)
        assert entry.keys() >= REQUIRED, where
        assert entry.keys() <= REQUIRED | OPTIONAL, where
        assert entry["pos"] in {"VERB", "NOUN", "ADJ"}, where
        assert entry["predicate"] in PREDICATES, where
        assert entry["aspect"] is None or entry["aspect"] in ASPECTS, where
        assert entry["strength"] in {"strong", "weak"}, where
        assert entry["frame"], where
        assert set(entry["frame"]) <= FRAMES, where
        assert len(set(entry["frame"])) == len(entry["frame"]), where
        assert entry["lemma"] == entry["lemma"].strip().lower(), where
        for kind, aspect in entry.get("aspect_by_type", {}).items():
            assert kind in MENTION_TYPES, where
            assert aspect in ASPECTS, where
        for kind, predicate in entry.get("predicate_by_type", {}).items():
            assert kind in MENTION_TYPES, where
            assert predicate in PREDICATES, where
            assert predicate != entry["predicate"], where
        for key in ("subject_types", "object_types"):
            assert set(entry.get(key, [])) <= set(MENTION_TYPES), (where, key)
        if "direction" in entry:
            assert entry["predicate"] == "associated_with", where
            assert entry["direction"] in {"+", "-"}, where
        if "also_as" in entry:
            assert entry["also_as"] in PREDICATES, where


def test_words_are_strings_and_not_yaml_booleans() -> None:
    for name, entry in TRIGGERS:
        for key in ("lemma", "particle", "noun", "words", "example", "negative"):
            assert isinstance(entry.get(key, ""), str), (_where(name, entry), key)
        for key in ("variants", "passive_prep", "prep"):
            value = entry.get(key, [])
            assert isinstance(value, str) or all(isinstance(item, str) for item in value), (_where(name, entry), key)


def test_prepositional_frames_name_their_preposition() -> None:
    for name, entry in TRIGGERS:
        if entry["frame"] in (["prep_object"], ["subject_prep"]):
            assert "prep" in entry or "particle" in entry, _where(name, entry)


def test_no_entry_twice() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for name, entry in TRIGGERS:
        for lemma in (entry["lemma"], *entry.get("variants", [])):
            keys = ("pos", "prep", "particle", "noun", "words", "predicate", "direction", "object_types")
            for frame in entry["frame"]:
                key = (lemma, *(str(entry.get(k, "")) for k in keys), frame)
                assert key not in seen, f"{_where(name, entry)} is also in {seen[key]}"
                seen[key] = name


def test_a_word_has_one_sign_for_each_construction() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for name, entry in TRIGGERS:
        if entry["predicate"] not in {"increases", "decreases"}:
            continue
        for lemma in (entry["lemma"], *entry.get("variants", [])):
            for frame in entry["frame"]:
                key = (
                    lemma,
                    entry["pos"],
                    *(str(entry.get(k, "")) for k in ("prep", "particle", "noun", "words", "object_types")),
                    frame,
                )
                assert seen.setdefault(key, entry["predicate"]) == entry["predicate"], _where(name, entry)


def test_examples_mark_one_subject_one_object_and_the_trigger() -> None:
    for name, entry in TRIGGERS:
        where = _where(name, entry)
        roles = sorted(role for _, role in MARK.findall(entry["example"]))
        assert roles == ["O", "S"], where
        starred = " ".join(STARRED.findall(entry["example"]))
        assert starred, where
        assert _mentions(starred, entry), where
        for key in ("particle", "noun"):
            for word in entry.get(key, "").split():
                assert any(_form_of(w, word) for w in re.findall(r"[\w'-]+", starred.lower())), (where, key)


def test_negatives_hold_the_word_and_no_marks() -> None:
    for name, entry in TRIGGERS:
        if "negative" in entry:
            assert _mentions(entry["negative"], entry), _where(name, entry)
            assert not MARK.search(entry["negative"]), _where(name, entry)


def test_weak_entries_say_when_they_are_no_triggers() -> None:
    assert [_where(n, e) for n, e in TRIGGERS if e["strength"] == "weak" and "negative" not in e] == []


def test_aspect_nouns() -> None:
    seen: set[str] = set()
    for entry in ASPECT_NOUNS:
        where = _where(ASPECT_FILE, entry)
        assert entry.keys() >= {"lemma", "pos", "aspect", "inverted", "example"}, where
        assert entry.keys() <= REQUIRED | {"variants", "inverted", "negative"}, where
        assert entry["pos"] == "NOUN", where
        assert entry["aspect"] in ASPECTS, where
        assert isinstance(entry["inverted"], bool), where
        roles = sorted(role for _, role in MARK.findall(entry["example"]))
        assert roles == ["O", "S"], where
        assert _mentions(" ".join(STARRED.findall(entry["example"])), entry), where
        for lemma in (entry["lemma"], *entry.get("variants", [])):
            assert lemma not in seen, where
            seen.add(lemma)


@pytest.mark.parametrize(
    ("lemma", "pos", "predicate"),
    [
        ("inhibit", "VERB", "decreases"),
        ("induce", "VERB", "increases"),
        ("regulate", "VERB", "affects"),
        ("secrete", "VERB", "produces"),
        ("correlate", "VERB", "associated_with"),
        ("inhibitor", "NOUN", "decreases"),
        ("essential", "ADJ", "increases"),
    ],
)
def test_common_words_are_there(lemma: str, pos: str, predicate: str) -> None:
    assert any((e["lemma"], e["pos"], e["predicate"]) == (lemma, pos, predicate) for _, e in TRIGGERS)


@pytest.mark.parametrize("lemma", ["show", "have", "be", "find", "observe", "study", "measure", "compare"])
def test_general_verbs_are_no_triggers(lemma: str) -> None:
    # "Obese mice have raised leptin" (frame exhibit) tells of a group, and only with a word of amount.
    verbs = [e for _, e in TRIGGERS if e["lemma"] == lemma and e["pos"] == "VERB" and not {"noun", "words"} & set(e)]
    bare = [e for e in verbs if e["frame"] != ["exhibit"]]
    assert not bare


def test_inverted_aspects() -> None:
    inverted = {e["lemma"]: e["inverted"] for e in ASPECT_NOUNS}
    assert inverted["apoptosis"]
    assert inverted["death"]
    assert not inverted["survival"]
    assert not inverted["proliferation"]
