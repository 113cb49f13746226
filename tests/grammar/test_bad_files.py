"""Malformed grammar files are refused with the file, the line, what is wrong and what is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.errors import GrammarError
from extract.relations.grammar import GRAMMAR_DIR, AspectNoun, Compound, Cues, Frame, Trigger, load_grammar

TRIGGER = (
    '- {lemma: raise, pos: VERB, predicate: increases, frame: [transitive],\n'
    '   example: "[IL-1]{S} *raises* [IL-6]{O}."}\n'
)  # fmt: skip
FRAME = """\
- name: transitive
  group: transitive
  subject: [S]
  object: [O]
  example: "[Cortisol]{S} *suppresses* [T cells]{O}."
  negative: "[Cortisol]{A} rose while [T cells]{B} fell."
"""
ASPECT = '- {lemma: death, aspect: survival, inverted: true, example: "[TNF]{S} causes *death* of [T cells]{O}."}\n'
COMPOUND = (
    '- {suffix: [induced], predicate: increases, subject: bound, object: head, '
    'example: "[IL-6]{S}-*induced* [CRP]{O} rose."}\n'
)  # fmt: skip

PREDICATES = "'increases', 'decreases', 'affects', 'produces' or 'associated_with'"
TYPES = (
    "'CELL', 'CYTOKINE', 'HORMONE', 'DISEASE', 'INTERVENTION', 'CHEMICAL', 'PROTEIN', 'PROCESS', 'TISSUE' or 'ORGANISM'"
)
ASPECTS = (
    "'level', 'production', 'expression', 'activity', 'activation', 'proliferation', 'differentiation', 'survival', "
    "'migration', 'cytotoxicity', 'growth', 'metastasis', 'risk', 'severity', 'inflammation' or 'other'"
)
DOCS = "See docs/grammar.md."
QUOTE = "Quote the word: YAML reads no, on, off, yes as true or false."


def fields(model: type) -> str:
    return f"Fields: {', '.join(model.model_fields)}."  # type: ignore[attr-defined]


def changed(old: str, new: str, row: str = TRIGGER) -> str:
    """A good row, then one with a fault: the fault is in line 3 of a trigger file."""
    assert old in row
    return row + row.replace(old, new)


def enum(where: str, found: str, allowed: str) -> str:
    return f"{where}: Input should be {allowed} (found '{found}'). Allowed: {allowed}."


TRIGGERS = [
    ("predicate", changed("increases", "boosts"), enum("bad.yml:3: predicate", "boosts", PREDICATES)),
    ("pos", changed("VERB", "VRB"), enum("bad.yml:3: pos", "VRB", "'VERB', 'NOUN' or 'ADJ'")),
    ("aspect", changed("frame:", "aspect: size, frame:"), enum("bad.yml:3: aspect", "size", ASPECTS)),
    ("direction", changed("frame:", "direction: up, frame:"), enum("bad.yml:3: direction", "up", "'+' or '-'")),
    ("strength", changed("frame:", "strength: mild, frame:"),
     enum("bad.yml:3: strength", "mild", "'strong' or 'weak'")),
    ("object type", changed("frame:", "object_types: [CELL, ANIMAL], frame:"),
     enum("bad.yml:3: object_types.1", "ANIMAL", TYPES)),
    ("type key", changed("frame:", "aspect_by_type: {CELLS: level}, frame:"),
     enum("bad.yml:3: aspect_by_type.CELLS.[key]", "CELLS", TYPES)),
    ("predicate by type", changed("frame:", "predicate_by_type: {CELL: lowers}, frame:"),
     enum("bad.yml:3: predicate_by_type.CELL", "lowers", PREDICATES)),
    ("no frame", changed("[transitive]", "[]"),
     f"bad.yml:3: frame: Tuple should have at least 1 item after validation, not 0 (found []). {DOCS}"),
    ("no lemma", changed("lemma: raise, ", ""), f"bad.yml:3: lemma: Field required. {fields(Trigger)}"),
    ("empty lemma", changed("lemma: raise", 'lemma: ""'),
     f"bad.yml:3: lemma: String should have at least 1 character (found ''). {DOCS}"),
    ("no example", changed(',\n   example: "[IL-1]{S} *raises* [IL-6]{O}."', ""),
     f"bad.yml:3: example: Field required. {fields(Trigger)}"),
    ("empty example", changed('"[IL-1]{S} *raises* [IL-6]{O}."', '""'),
     f"bad.yml:3: example: String should have at least 8 characters (found ''). {DOCS}"),
    ("unknown field", changed("pos:", "part: VERB, pos:"),
     f"bad.yml:3: part: Extra inputs are not permitted (found 'VERB'). {fields(Trigger)}"),
    ("unknown flag", changed("pos:", "swapped: true, pos:"),
     f"bad.yml:3: swapped: Extra inputs are not permitted (found True). {fields(Trigger)}"),
    ("no boolean", changed("frame:", "swap: perhaps, frame:"),
     f"bad.yml:3: swap: Input should be a valid boolean, unable to interpret input (found 'perhaps'). {DOCS}"),
    ("truth for a lemma", changed("lemma: raise", "lemma: no"),
     f"bad.yml:3: lemma: Input should be a valid string (found False). {QUOTE}"),
    ("truth for a preposition", changed("frame:", "prep: on, frame:"),
     f"bad.yml:3: prep: Input should be a valid tuple (found True). {QUOTE}"),
    ("truth in a list", changed("frame:", "prep: [in, on], frame:"),
     f"bad.yml:3: prep.1: Input should be a valid string (found True). {QUOTE}"),
    ("a mapping", "lemma: raise\npos: VERB\n",
     'bad.yml:1: expected a list of entries, found dict. Begin each with "- ".'),
    ("an empty file", "# nothing yet\n",
     'bad.yml:1: expected a list of entries, found NoneType. Begin each with "- ".'),
    ("bare words", "- raise\n- lower\n", 'bad.yml: expected a mapping, found \'raise\'. Write "key: value" pairs.'),
    ("open brace", TRIGGER + "- {lemma: lower\n",
     "bad.yml:4: not valid YAML (expected ',' or '}', but got '<stream end>'). "
     "Mend the indentation or quote the text."),
    ("indentation", TRIGGER + "  - lemma: lower\n",
     "bad.yml:3: not valid YAML (expected <block end>, but found '<block sequence start>'). "
     "Mend the indentation or quote the text."),
]  # fmt: skip
OTHERS = [
    ("frames.yml", changed("  negative: ", "  note: ", FRAME),
     f"frames.yml:7: negative: Field required. {fields(Frame)}"),
    ("frames.yml", changed("subject: [S]", "subject: [SS]", FRAME),
     "frames.yml:7: subject: 'SS' is no place; allowed: S, O, mod, poss, appos, head, @prep, @cause, @occasion, "
     "@clause, @group, @maker_group, @first, @rest, @between_first, @between_rest, @stimulus, @doer, "
     "@idiom_subject, @idiom_object, @maker, @made, @became, @given, @when, @without "
     "and prepositions "
     f"(found ['SS']). {DOCS}"),
    ("frames.yml", changed("object: [O]", 'object: ["@after"]', FRAME),
     "frames.yml:7: object: '@after' is no place; allowed: S, O, mod, poss, appos, head, @prep, @cause, @occasion, "
     "@clause, @group, @maker_group, @first, @rest, @between_first, @between_rest, @stimulus, @doer, "
     "@idiom_subject, @idiom_object, @maker, @made, @became, @given, @when, @without "
     "and prepositions "
     f"(found ['@after']). {DOCS}"),
    ("frames.yml", changed("  example:", "  cost: 9\n  example:", FRAME),
     f"frames.yml:7: cost: Input should be less than or equal to 5 (found 9). {DOCS}"),
    ("frames.yml", changed("object: [O]", "object: [on]", FRAME),
     f"frames.yml:7: object.0: Input should be a valid string (found True). {QUOTE}"),
    ("triggers/aspects.yml", changed("survival", "survivals", ASPECT),
     enum("aspects.yml:2: aspect", "survivals", ASPECTS)),
    ("triggers/aspects.yml", changed("aspect: survival, ", "", ASPECT),
     f"aspects.yml:2: aspect: Field required. {fields(AspectNoun)}"),
    ("compounds.yml", changed("subject: bound", "subject: left", COMPOUND),
     enum("compounds.yml:2: subject", "left", "'bound' or 'head'")),
    ("compounds.yml", changed("suffix: [induced], ", "", COMPOUND),
     f"compounds.yml:2: suffix: Field required. {fields(Compound)}"),
    ("cues.yml", "- not\n", f"cues.yml:1: expected a mapping of names to lists. {DOCS}"),
    ("cues.yml", "negation_words: [not]\n", f"cues.yml: negation_verbs: Field required. {fields(Cues)}"),
    ("defaults.yml", "any: {CELL: size}\n",
     "defaults.yml: any: 'size' is no aspect. Allowed: " + ASPECTS.replace("'", "").replace(" or ", ", ") + "."),
    ("defaults.yml", "any: {CELLS: level}\n",
     "defaults.yml: any: 'CELLS' is no mention type. Allowed: " + TYPES.replace("'", "").replace(" or ", ", ") + "."),
    ("defaults.yml", "raises: {CELL: level}\n",
     "defaults.yml: raises: 'raises' is no predicate. Allowed: any, increases, decreases, affects, produces, "
     "associated_with."),
    ("defaults.yml", "any: [CELL]\n", "defaults.yml: any: expected a mapping of types to aspects, found ['CELL']."),
    ("defaults.yml", "increases: {CELL: level}\n",
     "defaults.yml: any: no aspect for CELL, CYTOKINE, HORMONE, DISEASE, INTERVENTION, CHEMICAL, PROTEIN, PROCESS, "
     'TISSUE, ORGANISM. Give one under "any" for each type.'),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped grammar to spoil."""
    copy = tmp_path / "grammar"
    shutil.copytree(GRAMMAR_DIR, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return copy


@pytest.fixture
def small(folder: Path) -> Path:
    """The same with one trigger only, since most of the time goes into reading them."""
    for path in folder.glob("triggers/*.yml"):
        path.write_text(ASPECT if path.name == "aspects.yml" else TRIGGER, encoding="utf-8")
    for path in sorted(folder.glob("triggers/*.yml"))[2:]:
        path.unlink()
    return folder


def test_the_shipped_grammar_is_good() -> None:
    grammar = load_grammar()
    assert len(grammar.triggers) > 800
    assert len(grammar.frames) >= 10


def test_the_small_grammar_is_good(small: Path) -> None:
    assert {t.id for t in load_grammar(small).triggers} == {"raise/VERB/increases"}


@pytest.mark.parametrize(("content", "message"), [c[1:] for c in TRIGGERS], ids=[c[0] for c in TRIGGERS])
def test_bad_trigger_files(small: Path, content: str, message: str) -> None:
    (small / "triggers" / "bad.yml").write_text(content, encoding="utf-8")
    with pytest.raises(GrammarError) as caught:
        load_grammar(small)
    assert str(caught.value) == message


@pytest.mark.parametrize(("name", "content", "message"), OTHERS, ids=[f"{c[0]}-{k}" for k, c in enumerate(OTHERS)])
def test_other_bad_files(small: Path, name: str, content: str, message: str) -> None:
    (small / name).write_text(content, encoding="utf-8")
    with pytest.raises(GrammarError) as caught:
        load_grammar(small)
    assert str(caught.value) == message


def test_unknown_list_of_cues(small: Path) -> None:
    path = small / "cues.yml"
    path.write_text(path.read_text(encoding="utf-8") + "hedge_words: [may]\n", encoding="utf-8")
    with pytest.raises(GrammarError) as caught:
        load_grammar(small)
    assert str(caught.value) == (
        f"cues.yml: hedge_words: Extra inputs are not permitted (found ['may']). {fields(Cues)}"
    )


def test_a_tab_is_named_with_its_line(small: Path) -> None:
    (small / "frames.yml").write_text("- name: x\n\tgroup: transitive\n", encoding="utf-8")
    with pytest.raises(GrammarError, match=r"^frames\.yml:2: not valid YAML .* Mend the indentation"):
        load_grammar(small)


def test_wrong_encoding_is_named(small: Path) -> None:
    (small / "triggers" / "bad.yml").write_bytes(TRIGGER.replace("raise", "r\xe9duce").encode("latin-1"))
    with pytest.raises(GrammarError) as caught:
        load_grammar(small)
    assert str(caught.value) == "bad.yml: not UTF-8 (byte 11). Save the file in UTF-8."


@pytest.mark.parametrize("name", ["frames.yml", "compounds.yml", "cues.yml", "defaults.yml", "triggers/aspects.yml"])
def test_a_missing_file_is_named(small: Path, name: str) -> None:
    (small / name).unlink()
    with pytest.raises(GrammarError) as caught:
        load_grammar(small)
    assert str(caught.value) == f"{small / name}: cannot be read (No such file or directory). Check the path."


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(GrammarError) as caught:
        load_grammar(tmp_path)
    assert str(caught.value) == (f"{tmp_path}: no grammar files. Expected frames.yml, cues.yml and triggers/*.yml.")


def test_a_lone_word_is_a_list_of_one(small: Path) -> None:
    (small / "triggers" / "verbs.yml").write_text(
        TRIGGER.replace("[transitive]", "transitive").replace("frame:", "variants: rear, frame:"), encoding="utf-8"
    )
    trigger = next(t for t in load_grammar(small).triggers if t.variants)
    assert (trigger.frame, trigger.variants) == (("transitive",), ("rear",))


def test_the_hash_follows_the_content(small: Path, tmp_path: Path) -> None:
    before = load_grammar(small).hash
    other = tmp_path / "other"
    shutil.copytree(small, other)
    assert load_grammar(other).hash == before
    third = tmp_path / "third"
    shutil.copytree(small, third)
    path = third / "defaults.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8")
    assert load_grammar(third).hash != before
