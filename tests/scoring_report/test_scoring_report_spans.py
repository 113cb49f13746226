from __future__ import annotations

import pytest

from extract.scoring_report.spans import Label, marked, sentence_around, windows

TEXT = "First line\nB and T cells grow. IL-2 helps (a lot). They rest."


def label(words: str, kind: str = "CELL", role: str = "", *, gold: bool = True, found: bool = False) -> Label:
    start = TEXT.index(words)
    return Label(start, start + len(words), kind, role, gold, found)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("T cells", "B and T cells grow."),
        ("IL-2", "IL-2 helps (a lot)."),
        ("They", "They rest."),
        ("line", "First line"),
        ("grow. IL-2", "B and T cells grow. IL-2 helps (a lot)."),
    ],
)
def test_the_sentence_around(words: str, sentence: str) -> None:
    start = TEXT.index(words)
    a, b = sentence_around(TEXT, start, start + len(words))
    assert TEXT[a:b] == sentence


def test_a_text_without_stops_is_cut_at_a_distance() -> None:
    a, b = sentence_around("x" * 5000, 2000, 2010)
    assert (a, b) == (1600, 2410)


def test_windows_are_merged_where_only_blanks_part_them_and_kept_within_the_text() -> None:
    assert windows("ab cd ef", [(6, 99), (0, 2), (3, 5)]) == [(0, 8)]
    assert windows("ab cd ef", [(6, 8), (0, 2), (0, 1)]) == [(0, 2), (6, 8)]
    assert windows("ab", [(5, 9)]) == []


def test_each_side_and_role_is_marked_once() -> None:
    html = marked(TEXT, [(11, 30)], [label("T cells", role="object", found=True)])
    assert html == 'B and <mark class="CELL g f" data-role="object">T cells</mark> grow.'


def test_overlapping_names_are_cut_where_they_begin_and_end() -> None:
    names = [label("T cells grow"), label("T cells", "PROCESS", "subject", gold=False, found=True)]
    html = marked(TEXT, [(11, 30)], names)
    assert html == (
        'B and <mark class="PROCESS g f" data-role="subject">T cells</mark><mark class="CELL g"> grow</mark>.'
    )


def test_a_trigger_is_bold_and_stretches_are_parted() -> None:
    html = marked(TEXT, [(0, 5), (31, 35)], [label("IL-2", "trigger", gold=False, found=True)])
    assert html == 'First<span class="gap"> … </span><mark class="tr">IL-2</mark>'


def test_markup_in_texts_and_types_of_characters_that_no_page_holds_are_harmless() -> None:
    html = marked('<b>"\x00&', [(0, 6)], [Label(1, 2, "CELL", '"><i>', True, False)])
    assert html == '&lt;<mark class="CELL g" data-role="&#34;&gt;&lt;i&gt;">b</mark>&gt;&#34;\ufffd&amp;'
