"""Files, folders, patterns and standard input become sources with stable ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers import Failure, Source, expand


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.html",
        "sub/deep/d.jsonl.gz",
        ".hidden.txt",
        ".git/e.txt",
        "sub/f.pdf",
        "G.TXT",
    ):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "in"


def names(inputs: list[str | Path]) -> list[str]:
    return [item.name for item in expand(inputs) if isinstance(item, Source)]


def ids(inputs: list[str | Path]) -> list[str]:
    return [item.id for item in expand(inputs) if isinstance(item, Source)]


def test_folders_are_searched_to_the_bottom_without_hidden_and_unknown_files(folder: Path) -> None:
    assert names(["in"]) == ["in/G.TXT", "in/a.md", "in/b.txt", "in/sub/c.html", "in/sub/deep/d.jsonl.gz"]


def test_files_keep_the_order_and_the_spelling_given(folder: Path) -> None:
    assert names(["in/sub/c.html", "./in/b.txt"]) == ["in/sub/c.html", "./in/b.txt"]


def test_a_file_named_outright_may_have_any_suffix(folder: Path) -> None:
    assert names(["in/sub/f.pdf"]) == ["in/sub/f.pdf"]


def test_patterns_are_expanded_in_order(folder: Path) -> None:
    assert names(["in/*.*t"]) == ["in/b.txt"]
    assert names(["in/**/*.html"]) == ["in/sub/c.html"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(folder: Path) -> None:
    (folder / "what[1].txt").write_text("x")
    assert names(["in/what[1].txt"]) == ["in/what[1].txt"]


def test_each_file_comes_once(folder: Path) -> None:
    assert names(["in/b.txt", "in", str(folder / "b.txt")]).count("in/b.txt") == 1
    assert len(names(["in/b.txt", "in"])) == 5


def test_standard_input() -> None:
    (source,) = expand(["-"])
    assert isinstance(source, Source)
    assert source.is_stdin
    assert source.id == "stdin"


@pytest.mark.parametrize("name", ["nowhere", "in/none-*.txt", "nowhere/x.txt"])
def test_what_is_missing_is_a_failure(folder: Path, name: str) -> None:
    (item,) = expand([name])
    assert isinstance(item, Failure)
    assert (item.reason, item.path) == ("missing", name)
    assert item.remedy


def test_a_folder_without_articles_says_what_it_looked_for(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("x")
    (item,) = expand([tmp_path])
    assert isinstance(item, Failure)
    assert ".jsonl" in item.message


def test_ids_are_stems(folder: Path) -> None:
    assert ids(["in"]) == ["G", "a", "b", "c", "d"]


def test_equal_stems_get_their_folder_then_their_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("in/x.txt", "in/sub/x.txt", "in/sub/x.md", "other/y.txt", "more/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert ids(["in"]) == ["x", "sub/x.md", "sub/x.txt"]
    assert ids(["other", "more"]) == ["other/y.txt", "more/y.txt"]
    assert ids(["other/y.txt", "more/y.txt"]) == ["other/y", "more/y"]


def test_ids_do_not_depend_on_the_order_of_inputs(folder: Path) -> None:
    forward = {s.name: s.id for s in expand(["in/b.txt", "in/sub"]) if isinstance(s, Source)}
    backward = {s.name: s.id for s in expand(["in/sub", "in/b.txt"]) if isinstance(s, Source)}
    assert forward == backward
