"""Pages pasted in two dozen styles: an article's own lines are kept, what is around them is marked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from page_files import PAGES, judged, load

FILES = sorted(PAGES.glob("*.lines"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_of_the_article_is_never_taken_for_furniture(path: Path) -> None:
    lost = [
        line.text
        for line, kind in judged(*load(path))
        if line.kind in ("title", "body", "heading", "caption") and kind in ("clutter", "reference")
    ]
    assert lost == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_titles_are_found(path: Path) -> None:
    for line, kind in judged(*load(path)):
        if line.kind == "title":
            assert kind == "title", line.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_body_is_body(path: Path) -> None:
    wrong = [(line.text, kind) for line, kind in judged(*load(path)) if line.kind == "body" and kind != "body"]
    assert wrong == []


def test_furniture_is_found_over_all_pages() -> None:
    counts: Counter[str] = Counter()
    for path in FILES:
        counts.update(kind for line, kind in judged(*load(path)) if line.kind == "clutter")
    assert counts["clutter"] >= 0.96 * counts.total()


def test_there_are_pages_of_many_styles() -> None:
    assert len(FILES) >= 20
