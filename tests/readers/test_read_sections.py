"""Sections of plain text: what they cover, and single rules with their opposites."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.readers.sections import prose, readable, segment
from extract.schema import Section

PARAGRAPH = (
    "Adrenaline mobilises natural killer cells into the blood within minutes. The effect is gone after an hour, "
    "when the cells have gone back to the spleen and the marrow."
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(section.kind, text[section.start : section.end]) for section in segment(text)]


def kind_of(text: str, line: str) -> str:
    start = text.index(line)
    return next(s.kind for s in segment(text) if s.start <= start < s.end)


def assert_covers(text: str, sections: list[Section]) -> None:
    position = 0
    for section in sections:
        assert position <= section.start < section.end <= len(text)
        assert text[position : section.start].strip() == ""
        assert text[section.start : section.end] == text[section.start : section.end].strip()
        position = section.end
    assert text[position:].strip() == ""


LINES = st.sampled_from(
    [
        PARAGRAPH, "Share", "Read more", "References", "Comments", "3 comments", "", "  ", "- fever", "Figure 1.",
        "1. Smith J. A paper. Nature 2020;12:3-9.", "RESULTS: It rose. CONCLUSIONS: It matters.", "By Ann Lee",
        "Related articles", "Why sleep matters", "£12.00", "Contents", "Photo: Ann Lee/Getty Images", "• • •",
        "Source: University of Leeds", "12 May 2020", "Why sleep matters.", "*", "See also:", "\u2028", "\r",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_sections_cover_all_text_of_page_like_input(text: str) -> None:
    assert_covers(text, segment(text))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_sections_cover_all_text_of_any_input(text: str) -> None:
    assert_covers(text, segment(text))


def test_labels_of_a_structured_abstract_are_headings_and_name_what_follows() -> None:
    text = (
        "Leptin and asthma.\nBACKGROUND: Leptin is raised in obesity. METHODS: We measured it in 40 adults. Main "
        "outcome measures: lung function. RESULTS: Leptin was higher in asthma. Conclusion: More work is needed."
    )
    sections = segment(text)
    assert [text[s.start : s.end] for s in sections if s.kind == "heading"] == [
        "BACKGROUND:", "METHODS:", "Main outcome measures:", "RESULTS:", "Conclusion:",
    ]  # fmt: skip
    labelled = {text[s.start : s.end]: s.label for s in sections if s.kind == "body"}
    assert labelled["Leptin was higher in asthma."] == "RESULTS"
    assert labelled["lung function."] == "Main outcome measures"


@pytest.mark.parametrize(
    "text",
    [
        "They measured one protein: interleukin-6. It rose.",
        "We had one aim: to see whether NK cells return. They did.",
        "IL-6: a friend and a foe of the tumour, as the following pages will show in detail.",
        "The results: disappointing. No cytokine changed in any of the groups during the trial.",
    ],
)
def test_colons_of_running_text_make_no_labels(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == ["body"]


def test_headings_label_the_paragraphs_below_them() -> None:
    text = f"{PARAGRAPH}\n\nWhat stress does\n\nCortisol suppresses T cells. It does so within hours of the first dose."
    last = segment(text)[-1]
    assert (last.kind, last.label) == ("body", "What stress does")


def test_a_pull_quote_is_furniture_and_the_sentence_stays() -> None:
    text = f"{PARAGRAPH}\n\n“Adrenaline mobilises natural killer cells into the blood”\n\nCortisol does the opposite."
    assert kind_of(text, "“Adrenaline") == "clutter"
    assert kind_of(text, "Adrenaline mobilises") == "body"


def test_a_quote_that_repeats_nothing_stays() -> None:
    text = (
        f"{PARAGRAPH}\n\n“We saw more killer cells in every runner,” she says.\n\nCortisol does the opposite in them."
    )
    assert kind_of(text, "“We saw") == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Fig. 2. Killer cells per microlitre before and after a sprint.",
        "Figure 3 | Killer cells in the spleen",
        "Table 1. Hormones before and after",
        "Image: A killer cell meets a tumour cell",
        "Photo: The laboratory in Leeds. Credit: Ann Lee",
        "A coloured scanning electron micrograph of a T cell.",
        "Runners at the start of the trial. Getty Images",
    ],
)
def test_captions(line: str) -> None:
    assert kind_of(f"{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH[:-1]} again.", line) == "caption"


def test_the_credit_of_a_caption_is_furniture() -> None:
    text = f"{PARAGRAPH}\n\nFig. 2. Killer cells of a runner. Credit: Ann Lee/Getty Images\n\nCortisol fell in all."
    assert ("caption", "Fig. 2. Killer cells of a runner.") in kinds(text)
    assert ("clutter", "Credit: Ann Lee/Getty Images") in kinds(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Figure 3 shows that killer cells left the spleen, and Table 1 gives their numbers.",
        "Images from the microscope show that T cells form chains.",
        "Image by image, the team counted the killer cells.",
        "Cells share this receptor with neurons.",
        "We follow patients for five years.",
        "Read-through of the gene was rare.",
        "Platelets make a contribution to clotting.",
        "The pump is powered by ATP, which mitochondria supply.",
        "The costs were $500 a month, and few could pay them.",
        "By 2 May 2020 all patients had received the vaccine.",
        "Next, we blocked the receptor with an antibody.",
        "Get more sleep.",
        "More men than women had gout.",
        "Sources of interleukin-6 include muscle, fat and macrophages.",
    ],
)
def test_sentences_that_look_like_furniture_stay(sentence: str) -> None:
    text = f"A title of this page\n\n{PARAGRAPH}\n\n{sentence}\n\nCortisol does the opposite, and it does so slowly."
    assert kind_of(text, sentence) == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Skip to content", "6 days ago", "3 min read", "12 March 2024", "Mon 4 Mar 2024 10.15 GMT", "Share", "Tweet",
        "By Ann Lee and Bo Svensson", "Facebook Twitter LinkedIn Email", "Home > News > Health", "£12.99",
        "Add to cart",
        "We use cookies to improve your experience on our site.", "Sign up for our weekly newsletter", "Read more »",
        "Read more: Why sleep matters", "© 2024 The Site Ltd.", "Tags: cells, hormones", "12 comments", "Page 3 of 7",
        "Photo: Ann Lee/Getty Images", "Getty Images", "Medically reviewed by Ann Lee, MD", "Last updated: 3 May 2021",
        "Your cart is currently empty.", "info@site.example", "https://site.example/page",
        "Ann Lee is a science writer.",
        "#immunity #cells", "← Older post", "Call us on 0800 123 4567",
    ],
)  # fmt: skip
def test_lines_of_furniture(line: str) -> None:
    assert (
        kind_of(
            f"A title of this page\n\n{PARAGRAPH}\n\n{line}\n\nCortisol does the opposite, and it does so slowly.", line
        )
        == "clutter"
    )


@pytest.mark.parametrize(
    "line",
    [
        "(Scientific Reports, 2021; doi: 10.1038/s41598-021-00001-2)",
        "Source: University of Leeds",
        "doi: 10.1038/s41598-021-00001-2",
        "Journal reference: Lee A. et al. Cells that run. Nature Medicine, 2021.",
        "PMID: 12345678",
        "Lee A, Svensson B. Killer cells in runners. J Immunol. 2020;204(3):12-19.",
        "Cell Metab. 2016 Mar 8;23(3):554-62.",
    ],
)
def test_references(line: str) -> None:
    assert kind_of(f"{PARAGRAPH}\n\n{line}", line) == "reference"


@pytest.mark.parametrize(
    "line",
    [
        "Sources: oily fish, eggs and the sun.",
        "In 2020 Lee et al. found more killer cells in runners (Nature Medicine 26, 12) than in walkers.",
        "Study: Running wakes killer cells",
    ],
)
def test_mentions_of_studies_are_no_references(line: str) -> None:
    assert kind_of(f"{PARAGRAPH}\n\n{line}\n\n{PARAGRAPH[:-1]} again.", line) != "reference"


def test_a_list_of_facts_stays() -> None:
    text = f"Psoriasis\n\n{PARAGRAPH}\n\nCommon signs are:\n\n- itchy skin\n- pitted nails\n\nShare\n\nTweet"
    assert ("body", "itchy skin") in kinds(text)
    assert ("body", "pitted nails") in kinds(text)
    assert kind_of(text, "Tweet") == "clutter"


def test_bare_lists_of_names_are_body() -> None:
    text = "\n".join(["interleukin-6", "leptin", "cortisol", "tumour necrosis factor", "natural killer cells"])
    assert "clutter" not in {kind for kind, _ in kinds(text)}


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = (
        "Adrenaline mobilises natural killer cells into the blood within\nminutes. The effect is gone after an hour, "
        "when the cells have\ngone back to the spleen and the marrow.\n\nA second paragraph, short."
    )
    assert len(segment(text)) == 2


def test_windows_line_ends_change_nothing() -> None:
    text = f"A title of this page\n\n{PARAGRAPH}\n\nShare\n"
    assert [k for k, _ in kinds(text)] == [k for k, _ in kinds(text.replace("\n", "\r\n"))]


def test_related_articles_in_the_middle_leave_the_next_paragraph_alone() -> None:
    text = (
        f"{PARAGRAPH}\n\nRelated articles\n\nWhy sleep matters\n\nFive foods for winter\n\nCortisol rose in all.\n\n"
        f"Insulin fell in most of them, and it stayed low.\n\n{PARAGRAPH[:-1]} in the end, as {'they say ' * 8}."
    )
    assert kind_of(text, "Why sleep matters") == "clutter"
    assert kind_of(text, "Cortisol rose") == "body"


def test_readable_text_keeps_offsets_and_joins_over_inline_furniture() -> None:
    text = "It *raises* IL-10. Share"
    sections = [
        Section(kind="body", start=0, end=2), Section(kind="clutter", start=3, end=4),
        Section(kind="body", start=4, end=10), Section(kind="clutter", start=10, end=11),
        Section(kind="body", start=12, end=18), Section(kind="clutter", start=19, end=24),
    ]  # fmt: skip
    clean, joined = readable(text, sections)
    assert clean == prose(text, sections) == "It  raises  IL-10.      "
    assert joined == [Section(kind="body", start=0, end=18)]


def test_lines_stay_apart_and_references_stay_in() -> None:
    text = "One line\nanother line Cell 2020"
    sections = [
        Section(kind="body", start=0, end=8, label="A"),
        Section(kind="body", start=9, end=21, label="A"),
        Section(kind="reference", start=22, end=31),
    ]
    assert readable(text, sections) == (text, sections)


def test_neighbouring_sections_are_sorted_for_long_texts() -> None:
    text = "\n\n".join(f"{PARAGRAPH} Number {i}." for i in range(300))
    assert all(a.end <= b.start for a, b in pairwise(segment(text)))
