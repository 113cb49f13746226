"""Title, DOI, PMID, journal and year, where a text states them of itself, and only there."""

from __future__ import annotations

import pytest

from extract.readers import read_bytes
from extract.readers.meta import find_doi
from extract.schema import Document, Meta

BODY = (
    "How running wakes killer cells\n\nIn runners, natural killer cells leave the spleen within minutes of the start, "
    "a study finds. They come back after an hour.\n\n"
)


def meta_of(text: str) -> Meta:
    (item,) = read_bytes(text.encode(), "a.txt")
    assert isinstance(item, Document), item
    return item.meta


def test_a_bare_article_has_a_title_and_a_path() -> None:
    meta = meta_of(BODY)
    assert meta.title == "How running wakes killer cells"
    assert (meta.doi, meta.pmid, meta.journal, meta.year, meta.path) == ("", "", "", "", "a.txt")


def test_journal_year_and_doi_in_brackets() -> None:
    meta = meta_of(BODY + "(Scientific Reports, 2021; doi: 10.1038/s41598-021-00001-2)")
    assert (meta.journal, meta.year, meta.doi) == ("Scientific Reports", "2021", "10.1038/s41598-021-00001-2")


@pytest.mark.parametrize(
    ("line", "journal", "year"),
    [
        (
            "Journal reference: Lee A, Svensson B. Cells that run. Nature Medicine, 2021; 27 (3): 12-20.",
            "Nature Medicine",
            "2021",
        ),
        (
            "Source: Brain, Behavior, and Immunity, 2019; doi: 10.1016/j.bbi.2019.01.001",
            "Brain, Behavior, and Immunity",
            "2019",
        ),
        ("Journal: Journal of Clinical Investigation", "Journal of Clinical Investigation", ""),
        ("(Nature, 2020)", "Nature", "2020"),
    ],
)
def test_lines_that_name_the_source(line: str, journal: str, year: str) -> None:
    meta = meta_of(BODY + line)
    assert (meta.journal, meta.year) == (journal, year)


@pytest.mark.parametrize(
    ("sentence", "journal"),
    [
        ("The work was published in the journal Science Immunology on Monday.", "Science Immunology"),
        ("The team reports its results in Cell Metabolism this week, as planned.", "Cell Metabolism"),
        ("Their report appears in Nature Medicine, and others will follow.", "Nature Medicine"),
        ("The paper was published in May, when nobody was looking at such things.", ""),
        ("It was published in 2020 and read by few of the people who should have.", ""),
        ("Such cells appear in Europe and America alike, as everybody knows by now.", ""),
    ],
)
def test_sentences_that_name_the_journal(sentence: str, journal: str) -> None:
    assert meta_of(BODY + sentence).journal == journal


def test_dates_of_the_page_give_the_year() -> None:
    text = BODY.replace("\n\n", "\n\n12 March 2024\n\n", 1)
    assert meta_of(text).year == "2024"


def test_several_dois_of_a_reference_list_are_not_the_documents() -> None:
    references = (
        "References\n1. Lee A. Nature 2020;1:2. doi: 10.1234/a\n2. Wu B. Cell 2020;1:2. doi: 10.1234/b\n"
        "3. Xu C. Cell 2021;1:3. doi: 10.1234/c"
    )
    meta = meta_of(BODY + references)
    assert (meta.doi, meta.journal, meta.year) == ("", "", "")


def test_the_only_doi_of_a_text_is_taken() -> None:
    assert meta_of(BODY + "The full paper (https://doi.org/10.1234/b.2020) has the numbers.").doi == "10.1234/b.2020"


def test_pmid() -> None:
    assert meta_of(BODY + "PMID: 26895752").pmid == "26895752"
    assert meta_of(BODY + "See pubmed.ncbi.nlm.nih.gov/26895752/ for more about that.").pmid == "26895752"
    assert meta_of(BODY + "The trial had 26895752 cells.").pmid == ""


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.1016/S0140-6736(20)30183-5.", "10.1016/S0140-6736(20)30183-5"),
        ("(doi: 10.1038/nature12373)", "10.1038/nature12373"),
        ("https://doi.org/10.1126/science.aac6623, last seen", "10.1126/science.aac6623"),
        ("<10.1234/abc>", "10.1234/abc"),
        ("version 10.2 of 10.5", ""),
    ],
)
def test_dois_are_cut_where_they_end(text: str, doi: str) -> None:
    assert find_doi(text) == doi
