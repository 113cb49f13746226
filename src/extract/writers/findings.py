"""Turn the findings of a document into self-contained records with ids that stay the same from run to run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Literal

from extract.quantity import parse_quantity, parse_significance
from extract.relations.sources import is_citation
from extract.schema import Document, Finding, Mention, Section, Span
from extract.writers.records import (
    AttributionRecord,
    ContextRecord,
    EvidenceRecord,
    ExtractorRecord,
    FindingRecord,
    ParticipantRecord,
    QuantityRecord,
    SignificanceRecord,
    SourceRecord,
    TriggerRecord,
)

__all__ = ["extractor_record", "finding_records", "section_name", "with_stable_ids"]


def with_stable_ids(document: Document) -> Document:
    """Return the document with each finding's id replaced by its stable hash, in the order given.

    The hash covers document id, spans, predicate, negation and trigger, and nothing that a better lexicon
    or sentence splitter would change. Findings alike in all of these get the suffix -2, -3 in document order.
    """
    mentions = {mention.id: mention for mention in document.mentions}
    seen: dict[str, int] = {}
    findings = []
    for finding in document.findings:
        stable = _stable_id(document.id, finding, mentions)
        seen[stable] = seen.get(stable, 0) + 1
        if seen[stable] > 1:
            stable = f"{stable}-{seen[stable]}"
        findings.append(finding.model_copy(update={"id": stable}))
    return document.model_copy(update={"findings": findings})


def finding_records(document: Document, identity: Mapping[str, str]) -> list[FindingRecord]:
    """Make one record of each finding of the document, in its order.

    `document`: findings with ids as they are to be written (see `with_stable_ids`). `identity`: version and
    hashes, from `extract.pipeline.identity`. Raises KeyError where a finding names a mention that the
    document lacks.
    """
    mentions = {mention.id: mention for mention in document.mentions}
    meta = document.meta
    source = SourceRecord(
        title=meta.title, doi=meta.doi, pmid=meta.pmid, journal=meta.journal, year=meta.year,
        path=meta.path, url=meta.url,
    )  # fmt: skip
    extractor = extractor_record(identity)
    return [_record(document, finding, mentions, source, extractor) for finding in document.findings]


def extractor_record(identity: Mapping[str, str]) -> ExtractorRecord:
    """The identity of a pipeline as it stands in records and in the manifest."""
    return ExtractorRecord(
        version=identity.get("version", ""),
        lexicon=identity.get("lexicon", ""),
        grammar=identity.get("grammar", ""),
        model=identity.get("model", ""),
    )


def _stable_id(doc_id: str, finding: Finding, mentions: Mapping[str, Mention]) -> str:
    parts = [
        doc_id,
        mentions[finding.subject].fragments,
        finding.predicate,
        mentions[finding.object].fragments,
        finding.negated,
        finding.trigger,
    ]
    packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return "f" + hashlib.blake2b(packed, digest_size=8).hexdigest()


def _record(
    document: Document,
    finding: Finding,
    mentions: Mapping[str, Mention],
    source: SourceRecord,
    extractor: ExtractorRecord,
) -> FindingRecord:
    text = document.text
    start, end = finding.evidence
    return FindingRecord(
        id=finding.id,
        doc_id=document.id,
        subject=_participant(mentions[finding.subject]),
        predicate=finding.predicate,
        object=_participant(mentions[finding.object]),
        aspect=finding.aspect,
        direction=finding.direction,
        negated=finding.negated,
        certainty=finding.certainty,
        derived=finding.derived,
        context=[
            ContextRecord(text=mention.text, type=mention.type, concept=mention.concept)
            for mention in (mentions[key] for key in finding.context)
        ],
        quantity=_quantity(text, finding.quantity),
        significance=_significance(text, finding.significance),
        attribution=_attribution(text, finding.attribution),
        novelty=finding.novelty,
        evidence=EvidenceRecord(
            text=text[start:end], start=start, end=end, section=section_name(document.sections, start)
        ),
        trigger=_trigger(text, finding.trigger),
        rule=finding.rule,
        confidence=round(finding.confidence, 4),
        source=source,
        extractor=extractor,
    )


def _participant(mention: Mention) -> ParticipantRecord:
    return ParticipantRecord(
        text=mention.text,
        name=mention.name or mention.text,
        type=mention.type,
        roles=list(mention.roles),
        concept=mention.concept,
        fragments=list(mention.fragments),
    )


def _quantity(text: str, span: Span | None) -> QuantityRecord | None:
    if span is None:
        return None
    words = text[span[0] : span[1]]
    size = parse_quantity(words)
    if size is None:
        return None
    return QuantityRecord(
        text=words,
        value=size.value,
        range=size.range,
        unit=size.unit,
        comparator=size.comparator,
    )


def _significance(text: str, span: Span | None) -> SignificanceRecord | None:
    if span is None:
        return None
    words = text[span[0] : span[1]]
    said = parse_significance(words)
    if said is None:
        return None
    return SignificanceRecord(
        text=words, comparator=said.comparator, value=said.value, significant=said.significant
    )


def _attribution(text: str, span: Span | None) -> AttributionRecord | None:
    if span is None:
        return None
    words = text[span[0] : span[1]]
    kind: Literal["citation", "speaker"] = "citation" if is_citation(words) else "speaker"
    return AttributionRecord(text=words, kind=kind, start=span[0], end=span[1])


def _trigger(text: str, span: Span | None) -> TriggerRecord | None:
    return None if span is None else TriggerRecord(text=text[span[0] : span[1]], start=span[0], end=span[1])


def section_name(sections: list[Section], offset: int) -> str:
    """Label of the section that holds the code point at `offset`, else its kind; "body" outside all
    sections."""
    for section in sections:
        if section.start <= offset < section.end:
            return section.label or section.kind
    return "body"
