"""The matcher: boundaries, capitals, nesting, user tables, errors, cache, determinism."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import LexiconError
from extract.lexicon import Lexicon
from extract.lexicon.variants import variants

HEADER = "name\ttype\talso\troles\tconcept\tlabel\tflags\tsource\n"


def table(folder: Path, *lines: str, name: str = "own.tsv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def row(name: str, type_: str = "PROTEIN", concept: str = "", flags: str = "", label: str = "") -> str:
    return f"{name}\t{type_}\t\t\t{concept}\t{label}\t{flags}\tmine"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "lexicon" not in request.fixturenames:
        monkeypatch.setenv("IMMUNOLIT_CACHE", str(tmp_path / "cache"))


def surfaces(lexicon: Lexicon, text: str) -> list[str]:
    return [text[m.start : m.end] for m in lexicon.match(text)]


def test_nested_and_overlapping_names_are_all_reported(lexicon: Lexicon) -> None:
    found = surfaces(lexicon, "Human colon cancer cells were stained.")
    assert "colon cancer cells" in found
    assert "colon cancer" in found
    assert "cancer cells" in found


def test_matches_are_sorted_by_start_then_longest(lexicon: Lexicon) -> None:
    matches = lexicon.match("Colon cancer cells and breast cancer cells secrete IL-6 and TNF-alpha.")
    assert matches == sorted(matches, key=lambda m: (m.start, -m.end))


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("IL-6R was blocked", "IL-6", False),
        ("sIL-6 was raised", "IL-6", False),
        ("levels of IL-60 rose", "IL-6", False),
        ("IL-6-producing cells", "IL-6", True),
        ("anti-IL-6 was given", "IL-6", True),
        ("(IL-6)", "IL-6", True),
        ("IL-6/IL-8", "IL-6", True),
        ("IL-6’s effect", "IL-6’s", False),
        ("anticancer drugs", "cancer", False),
        ("tumour-bearing mice", "tumour", True),
    ],
)
def test_boundaries(lexicon: Lexicon, text: str, name: str, there: bool) -> None:
    assert (name in surfaces(lexicon, text)) is there


def test_names_do_not_match_across_a_break(lexicon: Lexicon) -> None:
    for text in ("It was natural. Killer cells came.", "natural killer\n\ncells", "natural, killer cells"):
        assert not any("natural" in s and "cells" in s.lower() for s in surfaces(lexicon, text))


def test_offsets_are_code_points_of_the_raw_text(lexicon: Lexicon) -> None:
    text = "𝛼 — “TNF‑α” and naïve T cells"
    found = {text[m.start : m.end] for m in lexicon.match(text)}
    assert {"TNF‑α", "naïve T cells"} <= found


@pytest.mark.parametrize(
    ("name", "surface", "there"),
    [
        ("FOO", "FOO", True),
        ("FOO", "FOOs", True),
        ("FOO", "foo", False),
        ("FOO", "Foo", False),
        ("FOO6", "foo6", True),
        ("FOO6", "foo 6", False),
        ("FOO6", "FOO 6", True),
        ("FOO-BAR", "FOOBAR", True),
        ("c-Foo", "c-foo", True),
        ("c-Foo", "cfoo", False),
        ("FOOS", "FOO", False),
    ],
)
def test_symbols_match_with_their_capitals(tmp_path: Path, name: str, surface: str, there: bool) -> None:
    own = Lexicon.load([table(tmp_path, row(name, flags="case"))])
    assert bool(own.match(f"we saw {surface} here")) is there


def test_a_name_that_must_be_written_so(tmp_path: Path) -> None:
    own = Lexicon.load([table(tmp_path, row("colds", flags="exact"))])
    assert surfaces(own, "Colds come with the cold.") == ["Colds"]


def test_a_short_name_does_not_bridge_a_space_that_it_does_not_have(tmp_path: Path) -> None:
    own = Lexicon.load([table(tmp_path, row("sodan"), row("preadipocyte"))])
    assert not own.match("a so dan thing")
    assert surfaces(own, "pre-adipocytes grew") == ["pre-adipocytes"]


def test_the_entry_written_exactly_so_comes_first(lexicon: Lexicon) -> None:
    assert lexicon.match("CCl4 was inhaled")[0].entries[0].type == "CHEMICAL"
    assert lexicon.match("CCL4 was raised")[0].entries[0].type == "CYTOKINE"


def test_variants_by_rule() -> None:
    assert "breast carcinoma" in variants("carcinoma of the breast", "DISEASE")
    assert "carcinoma of breast" in variants("breast carcinoma", "DISEASE")
    assert "CD4+ T cell" in variants("CD4-positive T cell", "CELL")
    assert "NK lymphocyte" in variants("NK cell", "CELL")
    assert "TNFa" in variants("TNF-alpha", "CYTOKINE")
    assert "rhIL-2" in variants("IL-2", "CYTOKINE")
    assert variants("psoriasis", "DISEASE") == []
    assert variants("breast carcinoma", "TISSUE") == []


def test_lookup_prefers_the_exact_name_and_knows_nothing_of_nonsense(lexicon: Lexicon) -> None:
    assert lexicon.lookup("IL-6")[0].name == "IL-6"
    assert lexicon.lookup("xyzzy plugh") == []
    assert lexicon.lookup("") == []


def test_a_user_table_adds_names_and_comes_first(tmp_path: Path) -> None:
    base = table(tmp_path, row("marvelin", "PROTEIN", "X:1"), name="base.tsv")
    extra = table(tmp_path, row("marvelin", "CYTOKINE", "X:2"), row("gadgetin", "HORMONE"), name="extra.tsv")
    own = Lexicon.load([base], extra=[extra])
    assert [e.type for e in own.lookup("marvelin")] == ["CYTOKINE", "PROTEIN"]
    assert surfaces(own, "Gadgetins and marvelin") == ["Gadgetins", "marvelin"]


def test_a_concept_has_the_label_of_its_first_line(tmp_path: Path) -> None:
    own = Lexicon.load([table(tmp_path, row("one", concept="X:1", label="The One"), row("uno", concept="X:1"))])
    assert own.lookup("uno")[0].label == "The One"
    assert own.label("X:1") == "The One"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("only\tthree\tcells", "3 columns"),
        (row(""), "name is empty"),
        (row("x", "GADGET"), "type 'GADGET'"),
        ("x\tCELL\tGADGET\t\t\t\t\tmine", "type 'GADGET'"),
        ("x\tCELL\t\tking\t\t\t\tmine", "role 'king'"),
        (row("x", flags="shiny"), "flag 'shiny'"),
        (row("x", concept="12345"), "no CURIE"),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_remedy(tmp_path: Path, line: str, says: str) -> None:
    path = table(tmp_path, row("good"), line)
    with pytest.raises(LexiconError) as caught:
        Lexicon.load([path])
    assert str(path) in str(caught.value)
    assert "line 3" in str(caught.value)
    assert says in str(caught.value)
    assert caught.value.remedy


def test_a_wrong_header_a_missing_file_and_bad_utf8(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="line 1: the header"):
        Lexicon.load([bad])
    with pytest.raises(LexiconError, match="Cannot read"):
        Lexicon.load([tmp_path / "none.tsv"])
    bad.write_bytes(HEADER.encode() + b"caf\xe9\tCELL\t\t\t\t\t\tmine\n")
    with pytest.raises(LexiconError, match="line 2: not UTF-8"):
        Lexicon.load([bad])


def test_an_empty_table_matches_nothing(tmp_path: Path) -> None:
    own = Lexicon.load([table(tmp_path)])
    assert own.match("anything \0 at all") == []
    assert own.lookup("anything") == []


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + (HEADER + row("marvelin") + "\n").replace("\n", "\r\n").encode())
    assert Lexicon.load([path]).lookup("marvelin")[0].source == "mine"


def test_the_cache_is_written_used_and_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path, row("marvelin"), row("TNF-alpha", "CYTOKINE"))
    first = Lexicon.load([path])
    files = list((tmp_path / "cache").iterdir())
    assert [f.suffix for f in files] == [".bin"]
    text = "Marvelin, TNFα and TNFa"
    assert Lexicon.load([path]).match(text) == first.match(text)
    assert len(first.match(text)) == 3
    # A damaged cache is made again, not trusted.
    files[0].write_bytes(files[0].read_bytes()[:-3] + b"xyz")
    assert Lexicon.load([path]).match(text) == first.match(text)
    files[0].write_bytes(b"junk")
    assert Lexicon.load([path]).match(text) == first.match(text)
    # Nor is a cache needed.
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("IMMUNOLIT_CACHE", str(blocked / "below"))
    assert Lexicon.load([path]).match(text) == first.match(text)


def test_another_content_has_another_hash_and_another_cache(tmp_path: Path) -> None:
    one = Lexicon.load([table(tmp_path, row("marvelin"))])
    two = Lexicon.load([table(tmp_path, row("gadgetin"))])
    assert one.hash != two.hash
    assert two.lookup("marvelin") == []
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_the_shipped_lexicon_is_loaded_once(lexicon: Lexicon) -> None:
    assert Lexicon.load() is lexicon


def test_the_same_under_any_hash_seed(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        *(row(n, t, f"X:{i}") for i, (n, t) in enumerate([("act", "CELL"), ("act", "PROTEIN"), ("ACT", "DISEASE")])),
    )
    code = (
        "from extract.lexicon import Lexicon\n"
        f"l = Lexicon.load([{str(path)!r}])\n"
        "print(l.hash, [[(e.type, e.concept) for e in m.entries] for m in l.match('the act, Acts')])"
    )
    outputs = set()
    for seed in ("0", "1", "7"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "IMMUNOLIT_CACHE": str(tmp_path / seed)}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1
