"""Bytes to text: marks are honoured, and what is no text is refused with the place and a way out."""

from __future__ import annotations

import codecs

import pytest

from extract.errors import DocumentError
from extract.readers.decode import decode, decode_html

TEXT = "TNF-α raises IL-6 in naïve cells."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["plain", "utf-8 mark", "utf-16", "utf-16-be", "utf-32"],
)
def test_text_comes_without_its_mark(data: bytes) -> None:
    assert decode(data) == TEXT


def refused(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        decode(data)
    return caught.value


@pytest.mark.parametrize("data", [b"", b"  \n\t \r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_nothing_is_empty(data: bytes) -> None:
    assert refused(data).reason == "empty"


def test_wrong_byte_is_named_with_its_line() -> None:
    error = refused("first line\nna\u00efve cells".encode("latin-1"))
    assert error.reason == "bad_encoding"
    assert "Byte 13 (0xEF, line 2)" in error.message
    assert "iconv" in error.remedy


def test_utf16_without_a_mark_is_told_from_binary() -> None:
    error = refused(("interleukin-6 rises " * 5).encode("utf-16-le"))
    assert error.reason == "bad_encoding"
    assert "UTF-16-LE" in error.message


def test_broken_utf16_names_the_byte() -> None:
    error = refused("cells".encode("utf-16")[:-1])
    assert error.reason == "bad_encoding"
    assert "byte 10" in error.message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 and more", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"text with a \x00 byte", "zero bytes"),
        (bytes(range(1, 32)) * 40, "control characters"),
    ],
)
def test_binary_is_named(data: bytes, what: str) -> None:
    error = refused(data)
    assert error.reason == "binary"
    assert what in error.message


def test_html_declares_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body>na\u00efve \u201ccells\u201d</body></html>'
    assert "naïve “cells”" in decode_html(page.encode("windows-1252"))


def test_html_with_an_unknown_charset_is_tried_as_utf8() -> None:
    assert "naïve" in decode_html('<meta charset="klingon"><p>naïve</p>'.encode())


def test_html_with_a_mark_ignores_what_it_declares() -> None:
    assert decode_html(codecs.BOM_UTF8 + '<meta charset="latin1"><p>α</p>'.encode()).endswith("<p>α</p>")
