from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser

from builders import HOSTILE, IDENTITY, cycling, hostile

from extract.schema import Document
from extract.writers.findings import extractor_record, finding_records, with_stable_ids
from extract.writers.records import InputRecord
from extract.writers.report import ReportWriter

VOID = {"meta", "input", "br", "img", "link", "hr"}


class Page(HTMLParser):
    """What a browser would see: elements, attributes and text, and whether all elements are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.stack: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("p", "li", "dt", "dd"):
            while self.stack and self.stack[-1] in ("p", "li", "dt", "dd"):
                self.stack.pop()
        assert self.stack
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.stack or self.stack[-1] not in ("script", "style"):
            self.text.append(data)

    def having(self, name: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.elements if name in attributes]


def report(*documents: Document, refused: tuple[InputRecord, ...] = (), room: int = 10_000) -> str:
    stream = io.StringIO()
    writer = ReportWriter(stream, extractor_record(IDENTITY), max_characters=room)
    for document in documents:
        stable = with_stable_ids(document)
        writer.add(writer.render(stable, finding_records(stable, IDENTITY)))
    for record in refused:
        writer.refuse(record)
    writer.finish()
    return stream.getvalue()


def test_each_finding_points_at_its_subject_object_trigger_and_evidence() -> None:
    document = with_stable_ids(cycling())
    page = Page(report(document))
    cards = page.having("data-p")
    assert [card["id"] for card in cards] == [finding.id for finding in document.findings]
    first, finding = cards[0], document.findings[0]
    assert document.mentions[int(first["data-s"])].id == finding.subject
    assert document.mentions[int(first["data-x"])].id == finding.object
    assert first["data-e"].split() == [str(n) for n in finding.evidence]
    assert finding.trigger is not None
    assert first["data-t"].split() == [str(n) for n in finding.trigger]
    assert finding.quantity is not None
    assert first["data-q"].split() == [str(n) for n in finding.quantity]
    starts = {attributes["data-o"] for attributes in page.having("data-o")}
    assert {str(finding.evidence[0]), str(finding.trigger[0]), str(finding.quantity[0])} <= starts
    marks = {attributes["data-m"] for attributes in page.having("data-m")}
    assert marks == {str(n) for n in range(len(document.mentions))}


def test_negation_hedge_and_size_are_in_words() -> None:
    text = " ".join(" ".join(Page(report(cycling())).text).split())
    assert "hard cycling ▲ increases level of adrenaline about threefold in young men" in text
    assert "Adrenaline ▼ may decrease growth of colon cancer cells hedged in mice" in text
    assert "Cycling ⊘ does not affect level of interleukin-10 negated" in text


def test_the_first_finding_can_be_reached_by_keyboard_and_the_rest_by_arrows() -> None:
    cards = Page(report(cycling())).having("aria-selected")
    assert [card["tabindex"] for card in cards] == ["0", "-1", "-1", "-1", "-1"]
    assert all(card["role"] == "option" for card in cards)


def test_hostile_text_stays_text() -> None:
    refused = InputRecord(
        name=f"{HOSTILE}.txt", status="refused", reason="x", message=HOSTILE, remedy=HOSTILE
    )
    html = report(hostile(), cycling(), refused=(refused,))
    page = Page(html)
    names = [name for name, _ in page.elements]
    assert names.count("script") == 1
    assert names.count("style") == 1
    assert {"img", "b0ld", "iframe"}.isdisjoint(names)
    assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]
    assert HOSTILE in "".join(page.text)
    assert "{{ 7 * 7 }}" in html
    for link in page.having("href"):
        assert re.match(r"#d\d+$|https://doi\.org/10\.1(?:000)?/[\w%.;:()/-]+$", link["href"]), link


def test_the_policy_allows_its_own_script_and_style_and_nothing_else() -> None:
    html = report(cycling())
    policy = next(
        attributes["content"]
        for name, attributes in Page(html).elements
        if name == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    for name in ("script", "style"):
        inner = html.split(f"<{name}>")[1].split(f"</{name}>")[0]
        digest = base64.b64encode(hashlib.sha256(inner.encode("utf-8")).digest()).decode("ascii")
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_anywhere() -> None:
    html = report(cycling(), hostile())
    page = Page(html)
    assert not page.having("src")
    assert not [attributes for name, attributes in page.elements if name == "link"]
    assert not page.having("style")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest", html.split("</style>")[0])
    script = html.split("<script>")[1].split("</script>")[0]
    assert not re.search(r"https?:|fetch\(|XMLHttpRequest|innerHTML|\beval\b", script)


def test_what_does_not_fit_is_counted_and_refused_inputs_are_named() -> None:
    other = cycling().model_copy(update={"id": "other"})
    refused = InputRecord(
        name="in/bad.txt",
        status="refused",
        reason="empty",
        message="It has no bytes.",
        remedy="Leave it out.",
    )
    text = " ".join(" ".join(Page(report(cycling(), other, refused=(refused,), room=500)).text).split())
    assert "1 more text is in documents.jsonl" in text
    assert "1 input refused in/bad.txt It has no bytes. Leave it out." in text


def test_an_empty_report_says_so() -> None:
    assert "No text was read" in "".join(Page(report()).text)
