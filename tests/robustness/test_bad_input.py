"""A folder of bad inputs among good ones: each bad one is named with its reason and remedy, the good ones are read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.readers import REMEDIES, Failure, Source, expand, read, refuse_duplicates
from extract.schema import Document

GOOD = "Interleukin-6 raises interleukin-10 in the blood of people who run."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.md").write_bytes(b" \n\n\t\n")
    (tmp_path / "latin1.txt").write_bytes("Na\u00efve T cells".encode("latin-1"))
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "german.txt").write_text(
        "Wer läuft, der hat mehr Killerzellen im Blut, und das ist für die Abwehr gut. " * 3, encoding="utf-8"
    )
    (tmp_path / "lines.jsonl").write_text(
        '{"id": "one", "text": "Leptin rises."}\n{"id": "two", "text": "Leptin falls."}\n{"id": "three", "te\n'
        '{"id": "one", "text": "Leptin again."}\n{"id": "five"}\n{"id": "six", "text": "Leptin stays."}\n',
        encoding="utf-8",
    )
    (tmp_path / "more.jsonl").write_text('{"id": "six", "text": "Leptin once more."}\n', encoding="utf-8")
    (tmp_path / "nested.html").write_text("<html><body>" + "<div>" * 100_000 + GOOD, encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<html><body><p>{GOOD}</p></body></html>", encoding="utf-8")
    return tmp_path


def run(inputs: list[str | Path]) -> list[Document | Failure]:
    def items() -> Iterator[Document | Failure]:
        for entry in expand(inputs):
            if isinstance(entry, Source):
                yield from read(entry)
            else:
                yield entry

    return list(refuse_duplicates(items()))


def test_good_ones_are_read_and_bad_ones_named(folder: Path) -> None:
    items = run([folder, folder / "missing.txt"])
    good = [item.id for item in items if isinstance(item, Document)]
    assert good == ["good", "one", "two", "six", "page"]
    bad = {Path(item.id).name: item for item in items if isinstance(item, Failure)}
    assert {name: item.reason for name, item in bad.items()} == {
        "blank": "empty",
        "empty": "empty",
        "german": "non_english",
        "latin1": "bad_encoding",
        "lines.jsonl:3": "broken_json",
        "one": "duplicate_id",
        "five": "missing_field",
        "six": "duplicate_id",
        "nested": "too_nested",
        "picture": "binary",
        "missing.txt": "missing",
    }
    for item in bad.values():
        assert item.message
        assert item.remedy
        assert item.reason in REMEDIES
        assert item.path.startswith(str(folder))


def test_the_broken_line_is_numbered(folder: Path) -> None:
    failures = [item for item in read(folder / "lines.jsonl") if isinstance(item, Failure)]
    assert "Line 3 is not JSON" in failures[0].message
    assert failures[0].id.endswith("lines.jsonl:3")


def test_fifty_megabytes_in_one_line_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_bytes(b"interleukin-6 " * (50_000_000 // 14))
    started = time.monotonic()
    (item,) = read(path)
    assert isinstance(item, Failure)
    assert item.reason == "too_large"
    assert "20 MB" in item.message
    # No figure of speed: only that it does not hang.
    assert time.monotonic() - started < 30


def test_a_megabyte_in_one_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"{GOOD} " * 15_000, encoding="utf-8")
    (item,) = read(path)
    assert isinstance(item, Document)
    assert [s.kind for s in item.sections] == ["body"]


def deny(monkeypatch: pytest.MonkeyPatch, path: Path, error: OSError) -> None:
    opened = Path.open

    def refuse(self: Path, *args: Any, **more: Any) -> Any:
        if self == path:
            raise error
        return opened(self, *args, **more)

    monkeypatch.setattr(Path, "open", refuse)


def test_a_file_without_read_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # chmod does not stop root, under which tests may run.
    deny(monkeypatch, folder / "good.txt", PermissionError(13, "Permission denied"))
    (item,) = read(folder / "good.txt")
    assert isinstance(item, Failure)
    assert item.reason == "unreadable"
    assert "chmod" in item.remedy


def test_a_file_on_a_broken_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deny(monkeypatch, folder / "good.txt", OSError(5, "Input/output error"))
    (item,) = read(folder / "good.txt")
    assert isinstance(item, Failure)
    assert item.reason == "unreadable"
    assert "Input/output error" in item.message


def test_a_folder_given_to_read(folder: Path) -> None:
    (item,) = read(folder)
    assert isinstance(item, Failure)
    assert item.reason == "unreadable"


def test_a_link_to_nothing(folder: Path) -> None:
    (folder / "lost.txt").symlink_to(folder / "nowhere.txt")
    failures = [item for item in run([folder]) if isinstance(item, Failure) and item.id == "lost"]
    assert [item.reason for item in failures] == ["missing"]


def test_links_in_a_circle(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert len([item for item in run([folder]) if isinstance(item, Document)]) == 5


def test_the_same_file_under_two_names_is_read_once(folder: Path) -> None:
    assert len(run([folder / "good.txt", folder / "." / "good.txt", f"{folder}/go*.txt"])) == 1


def test_two_runs_are_equal(folder: Path) -> None:
    assert run([folder]) == run([folder])
