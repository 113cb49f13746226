"""Checks of the mentions, findings and sections that come with a document."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from extract.errors import DocumentError
from extract.readers.failure import refusal
from extract.schema import Document, Mention, Span

__all__ = ["check_given", "with_fragments"]


def with_fragments(mentions: Any, text: str, number: int) -> Any:
    """Mentions with `fragments` from "start" and "end", and `text` from the offsets, where missing."""
    if not isinstance(mentions, list):
        raise refusal("bad_field", f'Line {number}: "mentions" is a {type(mentions).__name__}, not a list.')
    done: list[Any] = []
    for mention in mentions:
        if not isinstance(mention, dict):
            raise refusal("bad_field", f"Line {number}: a mention is a {type(mention).__name__}, not an object.")
        if "fragments" not in mention and "start" in mention and "end" in mention:
            mention = mention | {"fragments": [[mention["start"], mention["end"]]]}
        if "text" not in mention:
            # What is wrong with the fragments, if anything, the model says.
            with suppress(KeyError, TypeError, ValueError):
                mention = mention | {"text": " … ".join(text[a:b] for a, b in mention["fragments"])}
        done.append(mention)
    return done


def check_given(document: Document, number: int) -> None:
    """Raise DocumentError (bad_offsets, bad_field) at the first inconsistency of a given document."""
    ids: set[str] = set()
    for mention in document.mentions:
        if mention.id in ids:
            raise refusal("bad_field", f'Line {number}: two mentions have the id "{mention.id}".')
        ids.add(mention.id)
        _check_mention(mention, document.text, number)
    findings: set[str] = set()
    for finding in document.findings:
        if finding.id in findings:
            raise refusal("bad_field", f'Line {number}: two findings have the id "{finding.id}".')
        findings.add(finding.id)
        for end in (finding.subject, finding.object, *finding.context):
            if end not in ids:
                raise refusal("bad_field", f'Line {number}: finding {finding.id} names the unknown mention "{end}".')
        for what, span in (
            ("evidence", finding.evidence),
            ("quantity", finding.quantity),
            ("trigger", finding.trigger),
            ("significance", finding.significance),
            ("attribution", finding.attribution),
        ):
            if span is not None and not _inside(span, document.text):
                raise _offsets(f"{what} {list(span)} of finding {finding.id}", document.text, number)
    for section in document.sections:
        if not _inside((section.start, section.end), document.text):
            raise _offsets(f"section {[section.start, section.end]}", document.text, number)
    for before, after in pairwise(document.sections):
        if after.start < before.end:
            raise refusal("bad_offsets", f"Line {number}: sections overlap or are not sorted at {after.start}.")


def _inside(span: Span, text: str) -> bool:
    return 0 <= span[0] < span[1] <= len(text)


def _offsets(what: str, text: str, number: int) -> DocumentError:
    return refusal("bad_offsets", f"Line {number}: {what} does not lie in the text of {len(text)} code points.")


def _check_mention(mention: Mention, text: str, number: int) -> None:
    name = f'mention {mention.id} ("{mention.text}")'
    for span in mention.fragments:
        if not _inside(span, text):
            raise _offsets(f"fragment {list(span)} of {name}", text, number)
    for before, after in pairwise(mention.fragments):
        if after[0] < before[1]:
            raise refusal("bad_offsets", f"Line {number}: fragments of {name} overlap or are not sorted.")
    found = " … ".join(text[start:end] for start, end in mention.fragments)
    if found != mention.text:
        offsets = [list(span) for span in mention.fragments]
        message = f'Line {number}: {name} has offsets {offsets}, where "{found}" stands.'
        raise refusal("bad_offsets", message, remedy=_unit_remedy(mention.fragments, mention.text, text))


def _unit_remedy(fragments: Sequence[Span], wanted: str, text: str) -> str:
    """Names the usual mistakes: bytes or UTF-16 units counted instead of code points."""
    for encoding, step, unit in (("utf-8", 1, "UTF-8 bytes"), ("utf-16-le", 2, "UTF-16 units")):
        data = text.encode(encoding)
        found = " … ".join(data[a * step : b * step].decode(encoding, "replace") for a, b in fragments)
        if found == wanted:
            return f"These offsets count {unit}: count Unicode code points."
    return ""
