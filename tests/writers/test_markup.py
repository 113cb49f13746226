from __future__ import annotations

import html
import re
from itertools import pairwise

from builders import Builder, cycling, hostile
from hypothesis import given
from hypothesis import strategies as st

from extract.schema import Document, Finding, Mention
from extract.writers.markup import blocks, clean


def page(document: Document) -> str:
    return "\n".join(str(block.html) for block in blocks(document))


def words(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_a_nested_mention_stands_within_the_outer_one() -> None:
    b = Builder("d", "Few colon cancer cells.")
    b.mention("DISEASE", "colon cancer")
    b.mention("CELL", "colon cancer cells")
    assert page(b.document) == (
        'Few <mark class="m CELL first" data-m="1"><mark class="m DISEASE first" data-m="0">'
        "colon cancer</mark> cells</mark>."
    )


def test_fragments_are_marked_as_parts_of_one_mention() -> None:
    b = Builder("d", "B and T cells")
    b.mention("CELL", "B", "cells")
    b.mention("CELL", "T cells")
    assert page(b.document) == (
        '<mark class="m CELL first frag" data-m="0">B</mark> and <mark class="m CELL first" data-m="1">T '
        '<mark class="m CELL frag" data-m="0">cells</mark></mark>'
    )


def test_crossing_mentions_are_closed_and_opened_again() -> None:
    document = Document(
        id="d",
        text="abcd",
        mentions=[
            Mention(id="m1", type="CELL", fragments=[(0, 3)], text="abc"),
            Mention(id="m2", type="DISEASE", fragments=[(1, 4)], text="bcd"),
        ],
    )
    assert page(document) == (
        '<mark class="m CELL first" data-m="0">a<mark class="m DISEASE first" data-m="1">bc</mark></mark>'
        '<mark class="m DISEASE" data-m="1">d</mark>'
    )


def test_evidence_is_cut_at_every_border_that_a_finding_points_to() -> None:
    b = Builder("d", "So cortisol cut IL-6 by half. Then.")
    cortisol, il6 = b.mention("HORMONE", "cortisol"), b.mention("CYTOKINE", "IL-6")
    b.finding(
        cortisol,
        "decreases",
        il6,
        "level",
        "So cortisol cut IL-6 by half.",
        trigger="cut",
        quantity="by half",
    )
    pieces = re.findall(r'<span data-o="(\d+)">([^<]*)</span>', page(b.document))
    assert [(int(at), text) for at, text in pieces] == [
        (0, "So "), (3, "cortisol"), (11, " "), (12, "cut"), (15, " "), (16, "IL-6"), (20, " "),
        (21, "by half"), (28, "."),
    ]  # fmt: skip
    assert page(b.document).endswith(" Then.")


def test_sections_become_blocks_and_what_they_leave_out_is_shown_too() -> None:
    made = blocks(cycling())
    assert [block.kind for block in made] == ["title", "clutter", "body", "body", "body", "body", "reference"]
    text = "Heading\n\nFirst part.\n\nSecond part."
    b = Builder("d", text).section("heading", "Heading").section("body", "Second part.")
    assert [(block.kind, block.words) for block in blocks(b.document)] == [
        ("heading", "Heading"), ("body", "First part."), ("body", "Second part."),
    ]  # fmt: skip


def test_line_breaks_are_kept_but_for_text_that_was_wrapped() -> None:
    wrapped = "\n".join(
        ["a line that was broken by a mail program near eighty characters"] * 3 + ["and ends."]
    )
    assert [block.keep_lines for block in blocks(Document(id="d", text=wrapped))] == [False]
    assert [
        block.keep_lines for block in blocks(Document(id="d", text="Methods\nMice ran.\nSo did we."))
    ] == [True]


def test_markup_in_the_text_stays_text() -> None:
    document = hostile()
    markup = page(document)
    assert re.findall(r"<(?!/?(?:mark|span)\b)", markup) == []
    assert "".join(words(markup).split()) == "".join(document.text.split())


def test_clean_keeps_the_length() -> None:
    text = "a\x00b\x1bc\ud800d\te\n"
    assert clean(text) == "a\ufffdb\ufffdc\ufffdd\te\n"


spans = st.tuples(st.integers(0, 29), st.integers(1, 12)).map(
    lambda pair: (pair[0], min(30, pair[0] + pair[1]))
)


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=3))
def test_any_spans_give_wellformed_markup(
    mentions: list[tuple[int, int]], evidence: list[tuple[int, int]]
) -> None:
    text = "abcdefghij<lmnopqrst&vwxyz1234"
    document = Document(
        id="d",
        text=text,
        mentions=[
            Mention(id=f"m{n}", type="CELL", fragments=[span], text=text[slice(*span)])
            for n, span in enumerate([(0, 1), *mentions])
        ],
        findings=[
            Finding(id=f"f{n}", subject="m0", predicate="affects", object="m0", aspect="other", evidence=span)
            for n, span in enumerate(evidence)
        ],
    )
    markup = page(document)
    assert words(markup) == text
    depth = 0
    for tag in re.findall(r"</?(?:mark|span)", markup):
        depth += -1 if tag.startswith("</") else 1
        assert depth >= 0
    assert depth == 0
    for index, span in enumerate([(0, 1), *mentions]):
        marked = [words(part) for part in _elements(markup, index)]
        assert "".join(marked) == text[slice(*span)]
    offsets = [int(at) for at in re.findall(r'data-o="(\d+)"', markup)]
    assert all(a < b for a, b in pairwise(offsets))


def _elements(markup: str, index: int) -> list[str]:
    """Inner HTML of each element of one mention."""
    found = []
    for opening in re.finditer(rf'<mark [^>]*data-m="{index}">', markup):
        depth, at = 1, opening.end()
        while depth:
            tag = re.compile(r"</?mark[^>]*>").search(markup, at)
            assert tag is not None
            depth += -1 if tag[0].startswith("</") else 1
            at = tag.end()
        found.append(markup[opening.end() : at - len("</mark>")])
    return found
