"""Markdown: the raw text stays, its markup is furniture, and sentences can be put together again."""

from __future__ import annotations

import pytest

from extract.readers import Failure, read_bytes
from extract.readers.sections import readable
from extract.schema import Document

PAGE = """---
title: "What muscles say"
doi: https://doi.org/10.1234/cell.2020.5
date: 2020-05-04
---
# What muscles say #

**Working muscle** releases [interleukin-6](https://cell.example/il6 "a link (here)") into the
blood. It *raises* `interleukin-10` and lowers TNF-α in people who run.[^1]

![A muscle fibre](fibre.png)

<!-- a note
of the editor -->

## What mice show

- Adrenaline mobilises [NK cells][nk].
* It slows tumours <br> in mice.

> "The cells came at once," she said, and all of us who were there had seen it too.

| Hormone | After a run |
|---------|-------------|
| cortisol | higher |

```python
print("no article")
```

Lessons
-------

Run when you can, and rest when you must, for both of them help the cells.

[nk]: https://cell.example/nk
[^1]: Lee A. Cells that run. Cell Talk 2020;12:3-9.
"""


@pytest.fixture(scope="module")
def document() -> Document:
    (item,) = read_bytes(PAGE.encode(), "page.md")
    assert isinstance(item, Document), item
    return item


def pieces(document: Document, kind: str) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sections if s.kind == kind]


def test_text_is_the_raw_text(document: Document) -> None:
    assert document.text == PAGE


def test_sections_cover_the_text(document: Document) -> None:
    position = 0
    for section in document.sections:
        assert position <= section.start < section.end
        assert document.text[position : section.start].strip() == ""
        position = section.end
    assert document.text[position:].strip() == ""


def test_title_and_headings(document: Document) -> None:
    assert pieces(document, "title") == ["What muscles say"]
    assert pieces(document, "heading") == ["What mice show", "Lessons"]


def test_sentences_flow_through_the_markup(document: Document) -> None:
    clean, sections = readable(document.text, document.sections)
    assert len(clean) == len(document.text)
    stretches = [" ".join(clean[s.start : s.end].split()) for s in sections]
    assert (
        "Working muscle releases interleukin-6 into the blood. It raises interleukin-10 and lowers TNF-α in people who "
        "run." in stretches
    )
    assert "Adrenaline mobilises NK cells ." in stretches
    assert "It slows tumours in mice." in stretches


@pytest.mark.parametrize(
    "words",
    [
        'title: "What',
        "https://cell.example/il6",
        "fibre.png",
        "of the editor",
        "print(",
        "https://cell.example/nk",
        "<br>",
        "[^1]:",
        "**",
        "|--",
    ],
)
def test_markup_is_furniture(document: Document, words: str) -> None:
    at = document.text.index(words)
    assert next(s.kind for s in document.sections if s.start <= at < s.end) == "clutter"


def test_footnotes_are_references(document: Document) -> None:
    assert pieces(document, "reference") == ["Lee A. Cells that run. Cell Talk 2020;12:3-9."]


def test_quotations_and_cells_of_tables_are_body(document: Document) -> None:
    body = " ".join(pieces(document, "body"))
    assert '"The cells came at once," she said' in body
    assert "cortisol" in body


def test_front_matter_gives_metadata(document: Document) -> None:
    meta = document.meta
    assert (meta.title, meta.doi, meta.year) == ("What muscles say", "10.1234/cell.2020.5", "2020")
    assert meta.path == "page.md"


@pytest.mark.parametrize(
    "text",
    [
        "The index was 2*3*4 in snake_case_names of genes, and a * b stayed as it was in all of them.",
        "P < 0.05 and n > 3 were needed, as usual, for every one of the comparisons in this text.",
        "Cells [CD4+] and (CD8+) were counted twice by two people who did not know of each other.",
    ],
)
def test_signs_of_science_are_no_markup(text: str) -> None:
    (item,) = read_bytes(text.encode(), "a.md")
    assert isinstance(item, Document)
    assert pieces(item, "clutter") == []


@pytest.mark.parametrize(
    "line", ["[" * 50_000, "`" * 50_000, "[a](" * 20_000, "*a " * 20_000, "# " + " " * 50_000, "<a " * 20_000]
)
def test_odd_lines_do_not_run_away(line: str) -> None:
    (item,) = read_bytes(line.encode(), "a.md")
    assert isinstance(item, Document | Failure)


def test_an_unclosed_fence_or_comment_runs_to_the_end() -> None:
    for opening in ("```", "<!--"):
        (item,) = read_bytes(f"The cells of the body came back.\n\n{opening}\ncode and more".encode(), "a.md")
        assert isinstance(item, Document)
        assert pieces(item, "body") == ["The cells of the body came back."]


@pytest.mark.parametrize(
    "line",
    [
        "[Home](/) [Glands](/glands) [Ask a nurse](/ask)",
        "On this page: [What is it?](#what) | [Causes](#causes) | [Treatment](#treatment)",
        "- [Shop](/shop) · [Log in](/login)",
    ],
)
def test_lines_of_links_are_menus(line: str) -> None:
    body = "The thyroid is a small gland at the front of the neck, and it makes two hormones."
    (item,) = read_bytes(f"# The thyroid\n\n{line}\n\n{body}\n".encode(), "a.md")
    assert isinstance(item, Document)
    assert pieces(item, "body") == [body]


def test_a_list_of_linked_facts_stays() -> None:
    text = "Two hormones matter:\n\n- [Thyroxine](/t4) rises with iodine.\n- [Cortisol](/c) falls at night.\n"
    (item,) = read_bytes(text.encode(), "a.md")
    assert isinstance(item, Document)
    assert "Thyroxine" in pieces(item, "body")
