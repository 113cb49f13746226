"""The page in a headless Chromium, without network. Skipped where there is none, or no playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report_docs import ABOUT, gold, hostile, pred

from extract.schema import Document
from extract.scoring import score
from extract.scoring_report import render

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DRAWN = "document.documentElement.dataset.drawn"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        made = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("page"), gold(), pred())


def written(folder: Path, given: dict[str, Document], found: dict[str, Document]) -> str:
    path = folder / "report.html"
    html = render(given, found, score(given, found, resamples=50), ABOUT)
    path.write_text(html, encoding="utf-8", newline="\n")
    return path.as_uri()


class Seen:
    """An open page, with what it said on the console and asked the network for."""

    def __init__(self, browser: Any, address: str, *, width: int = 1200, scheme: str = "light") -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)
        self.page.wait_for_function(f"{DRAWN} !== undefined")

    def __enter__(self) -> Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def shown(self) -> list[str]:
        """The mistakes that the filter leaves, as "kind what"."""
        script = "all => all.map(e => `${e.dataset.kind} ${e.dataset.what}`)"
        found: list[str] = self.page.eval_on_selector_all(".e:not([hidden])", script)
        return found

    def hash(self) -> str:
        return str(self.page.evaluate("location.hash"))


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (1360, "dark"), (400, "light"), (400, "dark")])
def test_charts_are_drawn_without_an_error_and_nothing_sticks_out(
    browser: Any, address: str, width: int, scheme: str
) -> None:
    with Seen(browser, address, width=width, scheme=scheme) as seen:
        assert seen.page.evaluate(DRAWN) == "4"
        for name in ("curve", "thresholds", "reliability", "spread"):
            box = seen.page.query_selector(f"[data-chart={name}] svg").bounding_box()
            assert box["width"] > 250, name
            assert seen.page.query_selector_all(f"[data-chart={name}] svg path[aria-roledescription]"), name
        for details in seen.page.query_selector_all("details"):
            details.evaluate("e => { e.open = true; }")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.said == []
        assert seen.asked == [address]


def test_charts_take_the_colours_of_the_theme_and_the_button_switches_it(browser: Any, address: str) -> None:
    ink = "getComputedStyle(document.querySelector('[data-chart=curve] .role-axis-title text')).fill"
    with Seen(browser, address) as seen:
        before = seen.page.evaluate(ink)
        seen.page.evaluate("delete document.documentElement.dataset.drawn")
        seen.page.click("#theme")
        seen.page.wait_for_function(f"{DRAWN} !== undefined")
        assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert (before, seen.page.evaluate(ink)) == ("rgb(28, 27, 26)", "rgb(236, 235, 232)")
        assert seen.said == []


def test_pointing_at_a_dot_tells_its_threshold(browser: Any, address: str) -> None:
    with Seen(browser, address) as seen:
        seen.page.locator("[data-chart=curve] path[aria-roledescription=point]").first.hover()
        tip = seen.page.locator("#tip")
        assert "Confidence at least" in tip.text_content()
        assert tip.is_visible()
        assert seen.said == []


def test_filters_add_up_and_the_address_leads_back(browser: Any, address: str) -> None:
    with Seen(browser, address) as seen:
        assert len(seen.shown()) == 10
        seen.page.click('[data-filter="what"][data-value="finding"]')
        seen.page.click('[data-filter="kind"][data-value="missed"]')
        assert seen.shown() == ["missed finding"] * 3
        seen.page.click('[data-filter="kind"][data-value="wrong"]')
        assert sorted(seen.shown()) == ["missed finding"] * 3 + ["wrong finding"]
        assert seen.page.text_content("#count") == "4 of 10"
        seen.page.fill("#search", "psoriasis no EFFECT")
        assert seen.shown() == ["missed finding", "wrong finding"]
        seen.page.select_option('[data-choice="rule"]', "promote/active")
        assert seen.shown() == ["wrong finding"]
        kept = seen.hash()
    with Seen(browser, address + kept) as again:
        assert again.shown() == ["wrong finding"]
        assert again.page.input_value("#search") == "psoriasis no EFFECT"
        assert again.page.get_attribute('[data-value="missed"]', "aria-pressed") == "true"
        again.page.click("#clear")
        assert len(again.shown()) == 10
        assert again.hash() == "#errors"


def test_a_cell_of_the_confusion_matrix_leads_to_its_mistakes(browser: Any, address: str) -> None:
    with Seen(browser, address) as seen:
        seen.page.click("[aria-label='1: gold cytokine, found protein']")
        assert seen.shown() == ["missed mention", "spurious mention"]
        assert seen.page.text_content("#cell") == "gold cytokine, found protein"
        seen.page.click("nav >> text=Rules")
        seen.page.click("nav >> text=Mistakes")
        assert len(seen.shown()) == 2


def test_a_permalink_shows_its_mistake_even_where_the_filter_would_hide_it(browser: Any, address: str) -> None:
    with Seen(browser, address + "#errors?kind=spurious") as seen:
        target = seen.page.get_attribute('.e[data-kind="wrong"][data-what="finding"]', "id")
        seen.page.evaluate("name => { location.hash = name; }", target)
        seen.page.wait_for_selector(f"#{target}[aria-current]")
        assert len(seen.shown()) == 10
        box = seen.page.query_selector(f"#{target}").bounding_box()
        assert 0 <= box["y"] < 800
    with Seen(browser, f"{address}#{target}") as again:
        assert again.page.evaluate("document.activeElement.id") == target


def test_an_unknown_address_does_no_harm(browser: Any, address: str) -> None:
    for hash_ in ("#errors?kind=%FF&type=NONSENSE&foo=1", "#%<b>"):
        with Seen(browser, address + hash_) as seen:
            assert len(seen.shown()) == 10
            assert seen.said == []


def test_all_of_it_works_from_the_keyboard(browser: Any, address: str) -> None:
    with Seen(browser, address) as seen:
        keys, focus = seen.page.keyboard, "document.activeElement.id"
        keys.press("/")
        assert seen.page.evaluate(focus) == "search"
        keys.type("suppresses")
        assert seen.shown() == ["missed finding", "missed mention", "wrong mention"]
        keys.press("ArrowDown")
        first = seen.page.evaluate(focus)
        assert seen.hash() == f"#{first}"
        keys.press("Enter")
        assert seen.page.evaluate(f"document.querySelector('#{first} details').open")
        keys.press("ArrowDown")
        assert seen.page.evaluate(focus) not in (first, "search")
        keys.press("ArrowUp")
        assert seen.page.evaluate(focus) == first
        keys.press("End")
        keys.press("ArrowDown")
        assert seen.page.evaluate("document.activeElement.dataset.kind") == "wrong"
        keys.press("Escape")
        assert len(seen.shown()) == 10
        # Of all mistakes, the Tab key stops at one.
        assert len(seen.page.query_selector_all('.e[tabindex="0"]')) == 1


def test_on_a_phone_the_filters_fold_away(browser: Any, address: str) -> None:
    with Seen(browser, address, width=400) as seen:
        assert not seen.page.is_visible("#filters")
        seen.page.click("#filters-toggle")
        assert seen.page.is_visible("#filters")
        assert seen.page.get_attribute("#filters-toggle", "aria-expanded") == "true"


def test_hostile_text_runs_nothing(browser: Any, tmp_path: Path) -> None:
    with Seen(browser, written(tmp_path, *hostile())) as seen:
        assert len(seen.shown()) > 1
        seen.page.select_option('[data-choice="rule"]', index=1)
        assert seen.shown()
        kept = seen.hash()
        seen.page.goto("about:blank")
        assert seen.said == []
    assert "<" not in kept


def test_without_a_script_all_mistakes_and_numbers_are_there(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".e").count() == 10
    assert page.locator(".e").first.is_visible()
    assert not page.is_visible("#search")
    assert page.locator(".scriptless").is_visible()
    context.close()
