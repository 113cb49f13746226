"""The report: one HTML file to read the findings in, beside the text that states them.

It loads nothing from anywhere, and a content security policy with the hashes of its own script and style
forbids everything else, so that no text of a document can run or fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extract.schema import CORE_TYPES, MENTION_TYPES, PREDICATES, Document
from extract.writers.markup import Block, blocks, clean
from extract.writers.phrases import sentence
from extract.writers.records import ExtractorRecord, FindingRecord, InputRecord

__all__ = ["Page", "ReportWriter"]

_TEMPLATES = Path(__file__).parent / "templates"
# A browser stays quick up to about this much text; the JSONL files hold the rest.
MAX_CHARACTERS = 3_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """A document made ready for the report."""

    title: str
    html: str
    characters: int
    types: Counter[str]
    predicates: Counter[str]
    flags: Counter[str]

    @property
    def findings(self) -> int:
        """How many findings the page lists."""
        return self.predicates.total()


class ReportWriter:
    """Writes the report to a stream while documents come in; only their list of contents is held in
    memory."""

    def __init__(
        self, stream: IO[str], extractor: ExtractorRecord, *, max_characters: int = MAX_CHARACTERS
    ) -> None:
        self._stream = stream
        self._extractor = extractor
        self._room = max_characters
        self._body = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - finish() closes it
        self._pages: list[Page] = []
        self._left_out = 0
        self._refused: list[InputRecord] = []

    def render(self, document: Document, records: list[FindingRecord]) -> Page:
        """Make the page of one document. `records`: its findings, in its order."""
        positions = {mention.id: index for index, mention in enumerate(document.mentions)}
        cards = [
            {
                "record": record,
                "sentence": sentence(record),
                "subject": positions[finding.subject],
                "object": positions[finding.object],
                "context": " ".join(str(positions[key]) for key in finding.context),
                "evidence": "{} {}".format(*finding.evidence),
                "trigger": "{} {}".format(*finding.trigger) if finding.trigger else "",
                "quantity": "{} {}".format(*finding.quantity) if finding.quantity else "",
            }
            for finding, record in zip(document.findings, records, strict=True)
        ]
        title = document.meta.title or _first_title(document) or document.id
        shown, heading = blocks(document), Markup()
        if shown and shown[0].kind == "title" and shown[0].words == " ".join(title.split()):
            # The text's own title, with its mentions, stands for the one in the metadata.
            heading = shown.pop(0).html
        html = _environment().get_template("document.html.j2").render(
            number=len(self._pages) + 1, title=title, heading=heading, document=document, cards=cards,
            blocks=_grouped(shown), link=_link(document),
        )  # fmt: skip
        flags = Counter(flag for record in records for flag in _flags(record))
        return Page(
            title, html, len(document.text), Counter(mention.type for mention in document.mentions),
            Counter(record.predicate for record in records), flags,
        )  # fmt: skip

    def add(self, page: Page) -> None:
        """Put a page at the end of the report, or count it where the report is full."""
        if self._pages and page.characters > self._room:
            self._left_out += 1
            return
        self._room -= page.characters
        self._body.write(page.html)
        # The text is on disk now: keep what the table of contents needs.
        self._pages.append(Page(page.title, "", page.characters, page.types, page.predicates, page.flags))

    def refuse(self, record: InputRecord) -> None:
        """List an input that could not be read or done."""
        self._refused.append(record)

    def finish(self) -> None:
        """Write head, pages and foot to the stream. It stays open."""
        types: Counter[str] = Counter()
        predicates: Counter[str] = Counter()
        flags: Counter[str] = Counter()
        for page in self._pages:
            types += page.types
            predicates += page.predicates
            flags += page.flags
        style, script = _asset("report.css"), _asset("report.js")
        marker = "<!-- pages -->"
        html = _environment().get_template("report.html.j2").render(
            pages=self._pages, left_out=self._left_out, refused=self._refused, extractor=self._extractor,
            types=[(kind, types[kind]) for kind in MENTION_TYPES if types[kind]], core=CORE_TYPES,
            predicates=[(kind, predicates[kind]) for kind in PREDICATES if predicates[kind]],
            flags=[(kind, flags[kind]) for kind in ("hedged", "negated", "derived") if flags[kind]],
            mentions=types.total(), findings=predicates.total(),
            style=Markup(style), script=Markup(script),
            style_hash=_hash(style), script_hash=_hash(script),
        )  # fmt: skip
        # Text of documents cannot hold the marker: its "<" would be escaped.
        head, foot = html.split(marker)
        self._stream.write(head)
        self._body.seek(0)
        while chunk := self._body.read(1 << 16):
            self._stream.write(chunk)
        self._stream.write(foot)
        self.close()

    def close(self) -> None:
        """Let go of the pages. `finish` does it too."""
        self._body.close()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["clean"] = lambda value: clean(str(value))
    return environment


def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _flags(record: FindingRecord) -> list[str]:
    return [
        name
        for name, holds in (
            ("hedged", record.certainty == "hedged"),
            ("negated", record.negated),
            ("derived", record.derived),
        )
        if holds
    ]


def _first_title(document: Document) -> str:
    for section in document.sections:
        if section.kind == "title":
            return " ".join(document.text[section.start : section.end].split())
    return ""


def _grouped(shown: list[Block]) -> list[dict[str, object]]:
    """Blocks in order, runs of page clutter gathered into one, so that it can be folded away."""
    groups: list[dict[str, object]] = []
    for block in shown:
        clutter = block.kind == "clutter"
        if clutter and groups and groups[-1]["clutter"]:
            members = groups[-1]["blocks"]
            assert isinstance(members, list)
            members.append(block)
        else:
            groups.append({"clutter": clutter, "blocks": [block]})
    return groups


def _link(document: Document) -> str:
    """Where to read the original: DOI, else PubMed, else a web address; other schemes are not linked."""
    meta = document.meta
    if meta.doi:
        return "https://doi.org/" + quote(meta.doi, safe="/:;().-_")
    if meta.pmid.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{meta.pmid}/"
    try:
        return meta.url if urlsplit(meta.url).scheme in ("http", "https") else ""
    except ValueError:
        return ""
