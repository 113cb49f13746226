"""Where sentences begin: spaCy's sentence recogniser, held to the sections of the document.

A sentence never crosses a section. The recogniser's few habitual faults on scientific prose are mended by rule:
breaks inside brackets and after abbreviations are taken back, and a label such as "RESULTS:" stays with its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language

from .schema import Section, Span

__all__ = ["split_sentences"]

_NO_END = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|vs|approx|ca|Fig|Figs|Eq|Ref|Refs|Dr|Prof|Mr|Mrs|Ms|St|No|Nos|Vol|spp|sp|var|resp|"
    r"viz|Jr|Sr|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.|"
    r"\b[A-Z]\.)\s*$"
)
_PLAIN_END = re.compile(r"(?<=[A-Za-z0-9α-ω)\]%])[.!?][\"”’)]?\s+(?=[A-Z][a-z]+\b)")
_LABEL_ONLY = re.compile(r"^[A-Z][A-Za-z/ ]{2,40}:\s*$")
_CHUNK = 20_000


def _chunks(text: str, start: int, end: int) -> Iterator[Span]:
    """Pieces of bounded size, cut at blanks, so that memory does not grow with the paragraph."""
    while end - start > _CHUNK:
        cut = text.rfind(" ", start + _CHUNK // 2, start + _CHUNK)
        cut = cut + 1 if cut > 0 else start + _CHUNK
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def split_sentences(senter: Language, text: str, sections: Sequence[Section]) -> list[Span]:
    """Sentences of the sections that hold prose, as half-open code-point ranges without blanks at the edges.

    `senter` is any pipeline that sets sentence starts. Clutter and references give none.
    """
    spans = [
        piece for s in sections if s.kind not in ("clutter", "reference") for piece in _chunks(text, s.start, s.end)
    ]
    out: list[Span] = []
    docs = senter.pipe((text[a:b] for a, b in spans), batch_size=32)
    for (start, _), doc in zip(spans, docs, strict=True):
        found = [(start + s.start_char, start + s.end_char) for s in doc.sents]
        out.extend(_trim(text, _cut(text, _mend(text, found))))
    return out


def _mend(text: str, spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for a, b in spans:
        if out:
            before = text[out[-1][0] : out[-1][1]]
            if (
                _NO_END.search(before)
                or _LABEL_ONLY.match(before)
                or _open_bracket(before)
                or not re.search(r"[A-Za-z]{2}", text[a:b])
                or (text[a : a + 1].islower() and not re.search(r"[.!?:\n]\W*$", before))
            ):
                out[-1] = (out[-1][0], b)
                continue
        out.append((a, b))
    return out


def _cut(text: str, spans: list[Span]) -> Iterator[Span]:
    """Break where a full stop plainly ends a sentence that the recogniser let run on ("by TNF-α. Inhibition of")."""
    for a, b in spans:
        for found in _PLAIN_END.finditer(text, a, b):
            if not _NO_END.search(text[a : found.start() + 1]) and not _open_bracket(text[a : found.start()]):
                yield a, found.end()
                a = found.end()
        yield a, b


def _open_bracket(text: str) -> bool:
    tail = text[-300:]
    return tail.count("(") > tail.count(")") and len(text) < 600


def _trim(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for a, b in spans:
        while a < b and text[a].isspace():
            a += 1
        while a < b and text[b - 1].isspace():
            b -= 1
        if a < b:
            yield a, b
