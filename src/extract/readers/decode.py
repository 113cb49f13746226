"""Bytes to text: byte-order marks, UTF-8, and clear refusals of what is no text."""

from __future__ import annotations

import codecs
import re

from extract.readers.failure import refusal

__all__ = ["decode", "decode_html", "refuse_binary"]

# UTF-32 stands first: its little-endian mark begins with UTF-16's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (.docx, .xlsx and .epub are such)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
)
_CONTROL = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 27})
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_SAMPLE = 1 << 16


def refuse_binary(data: bytes) -> None:
    """Raise DocumentError (binary, or bad_encoding for UTF-16 without a mark) if `data` is no text."""
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise refusal("binary", f"It is {what}, not text.")
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if zeros:
        # Latin text in UTF-16 has a zero in every other byte.
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if zeros > 0.3 * len(sample) and max(even, odd) > 20 * min(even, odd):
            order = "LE" if odd > even else "BE"
            raise refusal(
                "bad_encoding",
                f"It looks like UTF-16-{order} without a byte-order mark.",
                remedy=f"Save it as UTF-8: iconv -f UTF-16{order} -t UTF-8 FILE > NEW",
            )
        raise refusal("binary", f"It holds zero bytes (the first at byte {sample.index(0)}): no text file does.")
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > 0.02 * len(sample):
        raise refusal("binary", f"{control} of its first {len(sample)} bytes are control characters: it is no text.")


def _decode_utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        line = data.count(b"\n", 0, at) + 1
        # Windows-1252 is by far the most usual reason; control bytes 0x80-0x9f that it lacks tell otherwise.
        guess = "WINDOWS-1252"
        raise refusal(
            "bad_encoding",
            f"Byte {at} (0x{data[at]:02X}, line {line}) is not valid UTF-8.",
            remedy=f"Save the file as UTF-8; if it is Western European: iconv -f {guess} -t UTF-8 FILE > NEW",
        ) from None


def _check(text: str) -> str:
    if not text.strip():
        raise refusal("empty", "There is no text in it.")
    return text


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8, or what its byte-order mark says. The mark itself is left out.

    Raises DocumentError: empty, binary, or bad_encoding with the first wrong byte.
    """
    if not data:
        raise refusal("empty", "It has no bytes.")
    for bom, name in _BOMS:
        if data.startswith(bom):
            if name == "utf-8":
                return _check(_decode_utf8(data)[1:])
            try:
                return _check(data[len(bom) :].decode(name))
            except UnicodeDecodeError as error:
                at = error.start + len(bom)
                message = f"Its mark says {name.upper()}, but byte {at} does not fit ({error.reason})."
                raise refusal("bad_encoding", message) from None
    refuse_binary(data)
    return _check(_decode_utf8(data))


def decode_html(data: bytes) -> str:
    """The text of an HTML page: by its mark, else the charset that the page declares, else UTF-8.

    Raises DocumentError as `decode` does.
    """
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return decode(data)
    refuse_binary(data)
    head = data[:4096]
    declared = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    # As browsers do (WHATWG Encoding Standard): Latin-1 and ASCII mean Windows-1252.
    name = "windows-1252" if name in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = "utf-8"
    if codec == "utf-8" or codec.startswith(("utf-16", "utf-32")):
        return decode(data)
    try:
        return _check(data.decode(codec))
    except (UnicodeDecodeError, LookupError):
        return decode(data)
