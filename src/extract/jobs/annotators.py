"""What a job runs on each document, in a form that worker processes can open for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from extract.entities.candidate import Recall
from extract.schema import Document

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Annotator", "MentionMode", "Opener", "PipelineOpener"]

MentionMode = Literal["find", "given"]


class Annotator(Protocol):
    """Fills in mentions and findings of one document after the other."""

    def identity(self) -> dict[str, str]:
        """Version and hashes: the keys version, lexicon, grammar and model."""

    def annotate(self, document: Document) -> Document:
        """Return the document with mentions and findings. May raise anything: the job reports it."""


class Opener(Protocol):
    """Makes an annotator. Must be picklable, as each worker process opens its own."""

    def __call__(self) -> Annotator:
        """Load what the annotator needs. May take seconds."""


@dataclass(frozen=True, slots=True)
class PipelineOpener:
    """Opens the pipeline of this package. The fields are the arguments of `extract.pipeline.load` and
    `annotate`."""

    pipeline: str = ""
    config: Path | None = None
    mentions: MentionMode = "find"
    min_confidence: float = 0.0
    recall: Recall = "balanced"

    def __call__(self) -> Annotator:
        from extract.pipeline import load

        return _Pipeline(
            load(self.pipeline, config=self.config, recall=self.recall), self.mentions, self.min_confidence
        )


class _Pipeline:
    def __init__(self, nlp: Language, mentions: MentionMode, min_confidence: float) -> None:
        self._nlp = nlp
        self._mentions = mentions
        self._min_confidence = min_confidence

    def identity(self) -> dict[str, str]:
        from extract.pipeline import identity

        return identity(self._nlp)

    def annotate(self, document: Document) -> Document:
        from extract.pipeline import annotate

        return annotate(self._nlp, document, mentions=self._mentions, min_confidence=self._min_confidence)
