from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

from report_docs import ABOUT, HOSTILE, gold, hostile, pred

from extract.schema import Document
from extract.scoring import score
from extract.scoring_report import About, render

VOID = {"meta", "input", "br", "hr", "wbr", "img", "link"}


def own(html: str) -> str:
    """The page without the code of Vega, which is long, and has addresses and odd words of its own."""
    return re.sub(r"<script>(?!// Charts).*?</script>", "<script></script>", html, flags=re.DOTALL)


class Page(HTMLParser):
    """What a browser would see: elements, attributes and text; every element must be closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.stack: list[str] = []
        self.text: list[str] = []
        self.feed(own(html))
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.stack or self.stack[-1] not in ("script", "style"):
            self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())

    def having(self, name: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.elements if name in attributes]


def page(given: dict[str, Document], found: dict[str, Document], about: About = ABOUT, **more: int) -> str:
    return render(given, found, score(given, found, resamples=50), about, **more)


def test_counts_scores_and_mistakes_are_there() -> None:
    seen = Page(page(gold(), pred()))
    assert "pred.jsonl against gold.jsonl" in seen.words
    assert "2 of 4 found are right" in seen.words
    assert "2 of 6 in gold are found" in seen.words
    assert "version 9.9" in seen.words
    assert "Signed findings by predicate" in seen.words
    assert "1 document(s) without prediction, counted as empty: empty" in seen.words
    assert len(seen.having("data-kind")) == 10
    assert {a["data-chart"] for a in seen.having("data-chart")} == {"curve", "thresholds", "reliability", "spread"}


def test_the_worst_rule_comes_first_with_precision_and_support() -> None:
    words = Page(page(gold(), pred())).words
    rules = words[words.index("Worst rules") : words.index("Signed findings by text")]
    assert re.search(
        r"promote/ active 1 0 1 0\.000 .* raise/ active 1 1 2 0\.500 .* suppress/ active 0 1 1 1\.000", rules
    )


def test_numbers_lead_to_the_mistakes_that_they_count() -> None:
    seen = Page(page(gold(), pred()))
    cards = seen.having("data-kind")
    links = [a["href"] for a in seen.having("href") if a["href"].startswith("#errors?") and "aria-label" in a]
    assert links
    for link in links:
        query = {name: values[0] for name, values in parse_qs(link.removeprefix("#errors?")).items()}
        counted = sum(all(card[f"data-{name}"] == value for name, value in query.items()) for card in cards)
        label = next(a["aria-label"] for a in seen.having("href") if a["href"] == link)
        # A mention of another type is missed and spurious at once.
        both = query["what"] == "mention" and "none" not in (query["gold"], query["found"])
        assert counted == int(label.split(":")[0]) * (2 if both else 1), link


def test_every_filter_and_every_permalink_leads_somewhere() -> None:
    seen = Page(page(gold(), pred()))
    cards = seen.having("data-kind")
    ids = {a["id"] for a in seen.having("id")}
    assert len(ids) == len(seen.having("id"))
    for button in seen.having("data-filter"):
        assert any(button["data-value"] in card[f"data-{button['data-filter']}"].split() for card in cards), button
    for link in seen.having("href"):
        assert re.match(r"#errors\?", link["href"]) or link["href"].removeprefix("#") in ids, link


def test_hostile_text_stays_text() -> None:
    given, found = hostile()
    html = page(given, found, About(HOSTILE, HOSTILE, {HOSTILE: HOSTILE}))
    seen = Page(html)
    names = [name for name, _ in seen.elements]
    assert names.count("script") == names.count("style") + 1 + 4
    assert names.count("style") == 1
    assert {"img", "iframe", "object"}.isdisjoint(names)
    assert not [key for _, attributes in seen.elements for key in attributes if key.startswith("on")]
    shown = HOSTILE.replace("\x07", "\ufffd")
    assert "\x07" not in html
    assert any(card["data-doc"].endswith(shown) for card in seen.having("data-kind"))
    assert any(shown in attributes.get("data-rule", "") for attributes in seen.having("data-rule"))
    assert "{{ 7 * 7 }}" in seen.words
    assert "</style>cortisol" in seen.words
    for link in seen.having("href"):
        assert re.fullmatch(r"#[\w?=&%.+/-]+", link["href"]), link


def test_the_policy_allows_its_own_scripts_and_style_and_nothing_else() -> None:
    html = page(gold(), pred())
    policy = next(a["content"] for a in Page(html).having("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    inner = [
        *re.findall(r"<script>(.*?)</script>", html, re.DOTALL),
        *re.findall(r"<style>(.*?)</style>", html, re.DOTALL),
    ]
    assert len(inner) == 3
    for text in inner:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == 3


def test_nothing_is_loaded_from_anywhere_and_the_library_is_there_once() -> None:
    html = page(gold(), pred())
    seen = Page(html)
    assert not seen.having("src")
    assert not seen.having("style")
    assert "link" not in [name for name, _ in seen.elements]
    assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttpRequest|innerHTML|\beval\(", own(html))
    assert html.count("window.vegaEmbed=") == 1


def test_an_empty_and_a_perfect_prediction() -> None:
    nothing = Page(page(gold(), {})).words
    assert "No finding was predicted" in nothing
    assert "The findings name no rules" in nothing
    perfect = Page(page(gold(), gold()))
    assert "There are none: everything in gold was found" in perfect.words
    assert "no threshold parts them" in perfect.words
    assert not perfect.having("data-kind")
    assert "1.000 F1 of signed findings" in perfect.words


def test_no_documents_at_all() -> None:
    assert "too few texts for an interval" in Page(page({}, {})).words


def test_too_many_mistakes_are_drawn_evenly_and_the_page_says_so() -> None:
    seen = Page(page(gold(), pred(), max_errors=4))
    assert "4 of 10 mistakes are shown" in seen.words
    assert len(seen.having("data-kind")) == 4


def test_the_given_mentions_have_a_table_of_their_own() -> None:
    scores = score(gold(), pred(), resamples=50)
    words = Page(render(gold(), pred(), scores, ABOUT, given=score(gold(), gold(), resamples=50))).words
    assert "with the gold's mentions given" in words


def test_the_page_has_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib, report_docs as r; from extract.scoring import score;"
        "from extract.scoring_report import render;"
        "g, p = r.gold(), r.pred(); s = score(g, p, resamples=50);"
        "print(hashlib.sha256(render(g, p, s, r.ABOUT).encode()).hexdigest())"
    )
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    env = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True)
    # In this process strings are hashed otherwise, unless the seed is set from outside.
    assert done.stdout.strip() == hashlib.sha256(page(gold(), pred()).encode()).hexdigest()
