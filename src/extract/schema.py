"""The language that all parts speak: documents, mentions, findings and their closed vocabularies.

All offsets in this project are half-open [start, end) ranges of Unicode code points into `Document.text`,
which never changes after reading. The meaning of every label is defined in docs/annotation.md.
"""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "ASPECTS",
    "CONTEXT_TYPES",
    "CORE_TYPES",
    "MENTION_TYPES",
    "PREDICATES",
    "SECTION_KINDS",
    "Aspect",
    "Certainty",
    "Direction",
    "Document",
    "Finding",
    "Mention",
    "MentionType",
    "Meta",
    "Novelty",
    "Predicate",
    "Role",
    "Section",
    "SectionKind",
    "Span",
]

Span = tuple[int, int]
"""Half-open [start, end) code points into Document.text."""

MentionType = Literal[
    "CELL", "CYTOKINE", "HORMONE", "DISEASE",
    "INTERVENTION", "CHEMICAL", "PROTEIN", "PROCESS", "TISSUE", "ORGANISM",
]  # fmt: skip
Predicate = Literal["increases", "decreases", "affects", "produces", "associated_with"]
Aspect = Literal[
    "level", "production", "expression", "activity", "activation", "proliferation", "differentiation", "survival",
    "migration", "cytotoxicity", "growth", "metastasis", "risk", "severity", "inflammation", "other",
]  # fmt: skip
Direction = Literal["+", "-", "none"]
Certainty = Literal["asserted", "hedged"]
Novelty = Literal["result", "background"]
Role = Literal["cytokine", "hormone", "myokine", "adipokine", "chemokine", "growth_factor", "interferon", "interleukin"]
SectionKind = Literal["title", "heading", "body", "caption", "reference", "clutter"]

MENTION_TYPES: tuple[MentionType, ...] = get_args(MentionType)
CORE_TYPES: tuple[MentionType, ...] = MENTION_TYPES[:4]
CONTEXT_TYPES: tuple[MentionType, ...] = MENTION_TYPES[4:]
PREDICATES: tuple[Predicate, ...] = get_args(Predicate)
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
SECTION_KINDS: tuple[SectionKind, ...] = get_args(SectionKind)


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", validate_assignment=False)


class Section(_Model):
    """A stretch of a document with one role. Sections are sorted, do not overlap, and cover all non-blank text."""

    kind: SectionKind
    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="one past the last code point")
    label: str = Field(default="", description='heading or section label in force, such as "METHODS"; empty if none')


class Meta(BaseModel):
    """What is known of where a document comes from. Unknown fields of the input are kept."""

    model_config = ConfigDict(extra="allow")

    title: str = ""
    source: str = Field(default="", description="free text naming the origin, as given by the input")
    genre: str = ""
    doi: str = ""
    pmid: str = ""
    journal: str = ""
    year: str = ""
    url: str = ""
    path: str = Field(default="", description="path of the input as it was given to the run")


class Mention(_Model):
    """A stretch of text that names something."""

    id: str
    type: MentionType
    also: list[MentionType] = Field(default_factory=list, description="other types that are right too")
    fragments: list[Span] = Field(min_length=1, description="sorted, disjoint [start, end) code-point ranges")
    text: str = Field(description='the fragments\' text, joined by " … "')
    generic: bool = Field(default=False, description="a class name (cytokines) or a bare head, not one thing")
    concept: str = Field(default="", description="CURIE, empty if there is none")
    name: str = Field(default="", description="preferred name of the concept")
    roles: list[Role] = Field(default_factory=list)
    source: str = Field(
        default="", description="what proposed it: lexicon, expansion, abbreviation, coordination, tagger, given…"
    )
    confidence: float = Field(
        default=1.0, ge=0.0, le=1.0, description="estimated probability that it is right; 1 where nothing was weighed"
    )

    @property
    def start(self) -> int:
        """First code point of the first fragment."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """One past the last code point of the last fragment."""
        return self.fragments[-1][1]

    @property
    def types(self) -> frozenset[MentionType]:
        """The type and all that `also` allows."""
        return frozenset((self.type, *self.also))


class Finding(_Model):
    """One relationship that the text states between two mentions of the same document."""

    id: str
    subject: str = Field(description="mention id")
    predicate: Predicate
    object: str = Field(description="mention id")
    aspect: Aspect
    direction: Direction | None = Field(default=None, description="only for associated_with: +, - or none/null")
    negated: bool = False
    certainty: Certainty = "asserted"
    context: list[str] = Field(default_factory=list, description="mention ids: in whom, where, in which disease")
    quantity: Span | None = Field(default=None, description="the words that give the size")
    significance: Span | None = Field(
        default=None, description='the words that say whether it is more than chance: "P = 0.01", "not significantly"'
    )
    attribution: Span | None = Field(
        default=None, description="the words that say whose statement it is: a citation or a speaker; null if none do"
    )
    novelty: Novelty | None = Field(
        default=None, description="a result of the text's own, or background known before; null where nothing tells"
    )
    evidence: Span = Field(description="the sentence or sentences that state it")
    derived: bool = Field(default=False, description="follows from a stated finding (loss of function)")
    trigger: Span | None = Field(default=None, description="the word or words that express the relation")
    rule: str = Field(default="", description="grammar rule that made it: trigger id and frame id")
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Document(_Model):
    """A text with all that is known and was found about it. This is also the gold format, one JSON line each."""

    id: str
    text: str
    meta: Meta = Field(default_factory=Meta)
    sections: list[Section] = Field(default_factory=list)
    mentions: list[Mention] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)
