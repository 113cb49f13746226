"""Which reader takes what, and that no input raises."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import DocumentError
from extract.readers import READERS, REMEDIES, Failure, Limits, Source, read, read_bytes, refuse_duplicates
from extract.readers.registry import pick, suffixes
from extract.schema import Document

TEXT = b"Interleukin-6 raises interleukin-10 in the blood."
LINE = b'{"id": "a", "text": "IL-6 rises."}\n'


@pytest.mark.parametrize(
    ("name", "head", "reader"),
    [
        ("a.txt", TEXT, "plain"),
        ("A.TXT", TEXT, "plain"),
        ("a", TEXT, "plain"),
        ("a.notes", TEXT, "plain"),
        ("-", TEXT, "plain"),
        ("a.md", TEXT, "markdown"),
        ("a.html", TEXT, "html"),
        ("a.htm", TEXT, "html"),
        ("a.jsonl", TEXT, "jsonl"),
        ("a.jsonl.gz", LINE, "jsonl"),
        ("-", LINE, "jsonl"),
        ("-", b"  \n<!doctype html><p>x", "html"),
        ("a.txt", b"<!DOCTYPE HTML><p>x", "html"),
        ("a.txt", b"\xef\xbb\xbf<html lang='en'>", "html"),
        ("a.md", b"<!-- a note --><html>", "html"),
        ("a.txt", LINE, "plain"),
        ("a.txt", b"<htmlish> is no tag", "plain"),
        ("a.txt", b"About <html> and other tags", "plain"),
    ],
)
def test_readers_are_picked_by_content_and_name(name: str, head: bytes, reader: str) -> None:
    assert pick(name, head).name == reader


@pytest.mark.parametrize(
    ("name", "head"), [("a.xml", TEXT), ("a.json", TEXT), ("a.docx", TEXT), ("a", b"<?xml version='1.0'?><article/>")]
)
def test_other_formats_are_refused(name: str, head: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        pick(name, head)
    assert caught.value.reason == "unsupported"
    assert ".jsonl" in caught.value.remedy


def test_each_suffix_has_one_reader() -> None:
    known = [suffix for reader in READERS for suffix in reader.suffixes]
    assert sorted(set(known)) == sorted(known) == list(suffixes())


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "my article.txt"
    path.write_bytes(TEXT)
    (item,) = read(path)
    assert isinstance(item, Document)
    assert (item.id, item.text, item.meta.path) == ("my article", TEXT.decode(), str(path))
    (again,) = read(Source(name=str(path), id="other/x"))
    assert isinstance(again, Document)
    assert again.id == "other/x"


def test_gzip_is_known_by_its_bytes(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl"):
        (tmp_path / name).write_bytes(gzip.compress(LINE))
        (item,) = read(tmp_path / name)
        assert isinstance(item, Document), item
    (text,) = read_bytes(gzip.compress(TEXT), "c.txt.gz")
    assert isinstance(text, Document)
    assert text.id == "c"


def test_a_gzip_bomb_is_refused() -> None:
    (item,) = read_bytes(gzip.compress(b"a " * 500_000), "a.txt.gz", limits=Limits(max_bytes=100_000))
    assert isinstance(item, Failure)
    assert item.reason == "too_large"


def test_damaged_gzip_ends_with_a_failure() -> None:
    items = list(read_bytes(gzip.compress(LINE * 50)[:-12], "a.jsonl.gz"))
    assert isinstance(items[-1], Failure)
    assert items[-1].reason == "binary"
    assert "damaged" in items[-1].message


def test_standard_input_has_bytes_but_no_path() -> None:
    (document,) = read_bytes(TEXT, "-")
    assert isinstance(document, Document)
    assert document.id == "stdin"
    (item,) = read("-")
    assert isinstance(item, Failure)


def test_duplicates_over_several_inputs(tmp_path: Path) -> None:
    items = [*read_bytes(LINE, "one.jsonl"), *read_bytes(LINE, "two.jsonl")]
    first, second = refuse_duplicates(items)
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert (second.id, second.reason, second.path) == ("a", "duplicate_id", "two.jsonl")
    assert "one.jsonl" in second.message


def test_failures_read_as_sentences() -> None:
    (item,) = read_bytes(b"", "a.txt")
    assert isinstance(item, Failure)
    assert str(item) == f"a: It has no bytes. {REMEDIES['empty']}"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.jsonl", "-", "a.xyz", "a.txt.gz"]))
def test_no_bytes_raise(data: bytes, name: str) -> None:
    for item in read_bytes(data, name):
        assert isinstance(item, Document | Failure)
        if isinstance(item, Failure):
            assert item.reason in REMEDIES
            assert item.message
            assert item.remedy
        else:
            assert item.text.strip()
            assert item.sections


TAGS = [
    "<p>", "</p>", "<div>", "<b>", "<table>", "<td>", "<li>", "<h1>", "<!--", "-->", "<script>", "cells ", "&lt;",
    "<sup>", "6", "</sup>", "<br>", "<aside>", "<figure>", "<figcaption>", "&#0;", "&#xd800;", "\x0c", "<a href='",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(TAGS), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_no_page_raises(page: str) -> None:
    (item,) = read_bytes(f"<html><body>{page}".encode(), "a.html")
    assert isinstance(item, Document | Failure)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="#*_-`[]()!<>|~=\\ \nab1.", max_size=120))
def test_no_markdown_raises(text: str) -> None:
    (item,) = read_bytes(text.encode(), "a.md")
    if isinstance(item, Document):
        position = 0
        for section in item.sections:
            assert position <= section.start < section.end
            assert item.text[position : section.start].strip() == ""
            position = section.end
