"""What stands on one line of `findings.jsonl`, and in `manifest.json`. JSON Schema and docs/schema.md come
from here.

All offsets are half-open [start, end) ranges of Unicode code points into the document's text.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extract.quantity import Comparator
from extract.schema import Aspect, Certainty, Direction, MentionType, Novelty, Predicate, Role, Span

__all__ = [
    "AttributionRecord",
    "ContextRecord",
    "Counts",
    "EvidenceRecord",
    "ExtractorRecord",
    "FindingRecord",
    "InputRecord",
    "ManifestRecord",
    "OutputRecord",
    "ParticipantRecord",
    "QuantityRecord",
    "SignificanceRecord",
    "SourceRecord",
    "TriggerRecord",
]


class _Record(BaseModel):
    # additionalProperties: false in the JSON Schema comes from here as well.
    # A line with a field that we do not know was not written by this version: say so instead of dropping it.
    model_config = ConfigDict(extra="forbid")


class ParticipantRecord(_Record):
    """The subject or the object of a finding."""

    text: str = Field(description='the words as they stand in the text, fragments joined by " … "')
    name: str = Field(description="preferred name of the concept; the words themselves if there is none")
    type: MentionType = Field(description="what kind of thing it is")
    roles: list[Role] = Field(description="what else the thing is known as, such as myokine")
    concept: str = Field(description="CURIE such as CL:0000623; empty if there is none")
    fragments: list[Span] = Field(min_length=1, description="where the words stand: sorted [start, end) ranges")


class ContextRecord(_Record):
    """In whom, where or in which disease the finding holds."""

    text: str = Field(description="the words as they stand in the text")
    type: MentionType = Field(description="what kind of thing it is")
    concept: str = Field(description="CURIE; empty if there is none")


class QuantityRecord(_Record):
    """How large the effect is. Of `value` and `range` at most one is set; none where the words are vague."""

    text: str = Field(description="the words that give the size")
    value: float | None = Field(description="the number stated")
    range: tuple[float, float] | None = Field(description='two numbers stated: "20 to 30 percent" is [20, 30]')
    unit: str = Field(
        description='"%", "x" (times), "pp" (percentage points), "SD", a ratio ("OR", "RR", "HR"), '
        "a physical unit as written, or empty"
    )
    comparator: Comparator = Field(
        description='"~" for about, "->" where the range goes from an old to a new value, empty if stated plainly'
    )


class SignificanceRecord(_Record):
    """Whether the text says that it is more than chance. No record where it says nothing."""

    text: str = Field(description='the words: "P = 0.01", "not significantly"')
    comparator: Comparator = Field(description='"<", "<=", ">", ">=", or empty where the value is stated plainly')
    value: float | None = Field(description="the P value stated")
    significant: bool | None = Field(description="what words say; null where there is only a P value")


class AttributionRecord(_Record):
    """Whose statement it is. No record where it is the text's own."""

    text: str = Field(description='the words: "[12]", "(Okoro et al., 2019)", "researchers found"')
    kind: Literal["citation", "speaker"] = Field(description="a reference to literature, or someone who says so")
    start: int = Field(ge=0, description="first code point in the document's text")
    end: int = Field(ge=0, description="one past the last code point")


class EvidenceRecord(_Record):
    """The sentence or sentences that state the finding."""

    text: str = Field(description="its words, line breaks included")
    start: int = Field(ge=0, description="first code point in the document's text")
    end: int = Field(ge=0, description="one past the last code point")
    section: str = Field(description="label of the section (METHODS) if it has one, else its kind (body)")


class TriggerRecord(_Record):
    """The word or words that express the relation."""

    text: str = Field(description="its words")
    start: int = Field(ge=0, description="first code point in the document's text")
    end: int = Field(ge=0, description="one past the last code point")


class SourceRecord(_Record):
    """Where the document comes from. Fields that are not known are empty."""

    title: str = Field(description="title of the article")
    doi: str = Field(description="without https://doi.org/")
    pmid: str = Field(description="PubMed's number")
    journal: str = Field(description="journal, newspaper or site")
    year: str = Field(description="of publication")
    path: str = Field(description="path of the input as it was given to the run")
    url: str = Field(description="web address of the article")


class ExtractorRecord(_Record):
    """What made the finding: enough to make it again."""

    version: str = Field(description="version of immunolit")
    lexicon: str = Field(description="hash of the lexicon tables")
    grammar: str = Field(description="hash of the grammar files")
    model: str = Field(description="name, version and hash of the parser, and hash of the mention tagger")


class FindingRecord(_Record):
    """One finding, self-contained: a line of `findings.jsonl`."""

    id: str = Field(description="stable hash of document id, spans, predicate, negation and trigger")
    doc_id: str = Field(description="id of the document that states it")
    subject: ParticipantRecord
    predicate: Predicate = Field(description="what the subject does to the aspect of the object")
    object: ParticipantRecord
    aspect: Aspect = Field(description="what about the object changes")
    direction: Direction | None = Field(description="of an association: +, - or none; null for other predicates")
    negated: bool = Field(description="the text denies it")
    certainty: Certainty = Field(description="hedged: may, might, suggests, is thought to")
    derived: bool = Field(description="follows from a stated finding: blocking X lowers Y, so X raises Y")
    context: list[ContextRecord] = Field(description="in whom, where, in which disease it holds")
    quantity: QuantityRecord | None
    significance: SignificanceRecord | None = None
    attribution: AttributionRecord | None = None
    novelty: Novelty | None = Field(
        default=None, description="the text's own result, or background known before; null where nothing tells"
    )
    evidence: EvidenceRecord
    trigger: TriggerRecord | None
    rule: str = Field(description="grammar rule that made it: trigger and frame")
    confidence: float = Field(ge=0.0, le=1.0, description="how sure the rule is, between 0 and 1")
    source: SourceRecord
    extractor: ExtractorRecord


class InputRecord(_Record):
    """What became of one document, or of one input that could not be read."""

    name: str = Field(description="path as given to the run, with the line for JSONL; <stdin> for standard input")
    doc_id: str = Field(default="", description="id of the document, or of the file that could not be read")
    status: Literal["done", "refused"] = Field(description="refused: message and remedy say why")
    reason: str = Field(default="", description="short stable code such as empty, binary, encoding; empty if done")
    message: str = Field(default="", description="what is wrong")
    remedy: str = Field(default="", description="what to do about it")
    characters: int = Field(default=0, ge=0, description="length of the text in code points")
    mentions: int = Field(default=0, ge=0, description="how many were found or given")
    findings: int = Field(default=0, ge=0, description="how many were found")
    seconds: float = Field(default=0.0, ge=0.0, description="time spent on finding mentions and relations")


class Counts(_Record):
    """Sums over the run."""

    inputs: int = Field(default=0, description="documents and unreadable inputs together")
    done: int = Field(default=0, description="documents done")
    refused: int = Field(default=0, description="documents and inputs refused")
    characters: int = Field(default=0, description="length of the texts done, in code points")
    mentions: int = Field(default=0, description="mentions in them")
    findings: int = Field(default=0, description="findings in them")
    mentions_by_type: dict[str, int] = Field(default_factory=dict, description="types that occur")
    findings_by_predicate: dict[str, int] = Field(default_factory=dict, description="predicates that occur")


class OutputRecord(_Record):
    """One file that the run wrote."""

    name: str = Field(description="file name in the output folder")
    bytes: int = Field(ge=0, description="its size")
    sha256: str = Field(description="its hash, hexadecimal")


class ManifestRecord(_Record):
    """`manifest.json`: what ran over what, and what came out. The only output that holds times."""

    extractor: ExtractorRecord
    options: dict[str, str] = Field(description="options of the run that change its results")
    started: str = Field(description="UTC, ISO 8601")
    seconds: float = Field(ge=0.0, description="time from start to end")
    counts: Counts
    inputs: list[InputRecord] = Field(description="one entry for each document or unreadable input")
    outputs: list[OutputRecord] = Field(description="the other files of the run")
