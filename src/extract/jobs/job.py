"""The main job: inputs in, four files out. A bad document never stops it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from extract.entities.candidate import RECALLS, Recall
from extract.errors import ConfigError
from extract.jobs.annotators import MentionMode, Opener, PipelineOpener
from extract.jobs.pool import Outcome, Refusal, annotate_all
from extract.jobs.sources import Item, read_items
from extract.schema import MENTION_TYPES, PREDICATES, Document
from extract.writers.findings import extractor_record, finding_records, with_stable_ids
from extract.writers.jsonl import document_line, json_line
from extract.writers.records import Counts, ExtractorRecord, InputRecord, ManifestRecord, OutputRecord
from extract.writers.report import ReportWriter
from extract.writers.staging import Staging

__all__ = ["DOCUMENTS", "FINDINGS", "MANIFEST", "REPORT", "Progress", "Step", "run"]

FINDINGS, DOCUMENTS, REPORT, MANIFEST = "findings.jsonl", "documents.jsonl", "report.html", "manifest.json"


@dataclass(frozen=True, slots=True)
class Step:
    """One document done or refused. `position` of `total` counts inputs (files), not documents."""

    position: int
    total: int
    record: InputRecord


Progress = Callable[[Step], None]


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    *,
    mentions: MentionMode = "find",
    pipeline: str = "",
    config: str | Path | None = None,
    workers: int = 1,
    min_confidence: float = 0.0,
    recall: Recall = "balanced",
    progress: Progress | None = None,
    opener: Opener | None = None,
) -> ManifestRecord:
    """Find mentions and relations in all inputs and write findings, documents, report and manifest to `out`.

    `inputs`: files, folders, globs, or "-" for standard input. `mentions`: "given" keeps the input's mentions
    and finds only relations between them. `pipeline`, `config`: name of an installed spaCy pipeline to use
    instead of our own, and a configuration file. `workers`: processes; the outputs are the same bytes for any
    number. `min_confidence` leaves out findings below it. `recall` says how sure a mention has to be: "high",
    "balanced" or "precise". `progress` is called after each document. `opener`
    puts another annotator in the pipeline's place.

    Returns what stands in the manifest. Documents that cannot be read or done are entries with status
    "refused". Raises ConfigError for options that cannot work, and MissingPipelineError for a pipeline that
    is not installed; then, and on interruption, files of an earlier run in `out` stay as they were.
    """
    if workers < 1:
        raise ConfigError(f"workers is {workers}; at least 1 is needed.", reason="workers")
    if mentions not in ("find", "given"):
        raise ConfigError(f'mentions is {mentions!r}; "find" and "given" are known.', reason="mentions")
    if not 0.0 <= min_confidence <= 1.0:
        raise ConfigError(f"min_confidence is {min_confidence}; expected 0 to 1.", reason="min_confidence")
    if recall not in RECALLS:
        raise ConfigError(f"recall is {recall!r}; {', '.join(RECALLS)} are known.", reason="recall")
    started, clock = datetime.now(UTC), time.perf_counter()
    if opener is None:
        opener = PipelineOpener(pipeline, None if config is None else Path(config), mentions, min_confidence, recall)
    total, items = read_items(inputs)
    with ExitStack() as stack:
        staging = stack.enter_context(Staging(Path(out)))
        identity, outcomes = annotate_all(((item, item.document) for item in items), opener, workers=workers)
        # Closed by name and not by the garbage collector: worker processes hang on it.
        stack.enter_context(closing(outcomes))
        outputs = stack.enter_context(closing(_Outputs(staging, identity)))
        for item, outcome in outcomes:
            record = outputs.add(item, outcome)
            if progress is not None:
                progress(Step(item.position, total, record))
        sealed = outputs.seal()
        manifest = ManifestRecord(
            extractor=outputs.extractor,
            options={
                "mentions": mentions,
                "pipeline": pipeline,
                "config": "" if config is None else str(config),
                "min_confidence": f"{min_confidence:g}",
                "recall": recall,
            },
            started=started.isoformat(timespec="seconds"),
            seconds=round(time.perf_counter() - clock, 3),
            counts=outputs.counts(),
            inputs=outputs.inputs,
            outputs=sealed,
        )
        staging.open(MANIFEST).write(manifest.model_dump_json(indent=2) + "\n")
        staging.commit()
    return manifest


@dataclass
class _Outputs:
    """The files of one run as they grow, and the counts for the manifest."""

    staging: Staging
    identity: dict[str, str]
    inputs: list[InputRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.extractor: ExtractorRecord = extractor_record(self.identity)
        self._findings = self.staging.open(FINDINGS)
        self._documents = self.staging.open(DOCUMENTS)
        self._report = ReportWriter(self.staging.open(REPORT), self.extractor)
        self._types: Counter[str] = Counter()
        self._predicates: Counter[str] = Counter()

    def add(self, item: Item, outcome: Outcome | None) -> InputRecord:
        """Write one document, or note why there is none."""
        record = self._add(item, outcome)
        self.inputs.append(record)
        if record.status == "refused":
            self._report.refuse(record)
        return record

    def _add(self, item: Item, outcome: Outcome | None) -> InputRecord:
        refusal = item.refusal if outcome is None else outcome.refusal
        if refusal is None and outcome is not None and outcome.document is not None:
            try:
                return self._write(item, outcome.document, outcome.seconds)
            except Exception as error:
                refusal = Refusal(
                    "output",
                    f"The result cannot be written: {type(error).__name__}: {error}",
                    "Check its mentions and findings: ids must exist and offsets lie within the text.",
                )
        assert refusal is not None
        return InputRecord(
            name=item.name, doc_id=item.doc_id, status="refused", reason=refusal.reason,
            message=refusal.message, remedy=refusal.remedy,
            characters=len(item.document.text) if item.document else 0,
            seconds=round(outcome.seconds, 3) if outcome else 0.0,
        )  # fmt: skip

    def _write(self, item: Item, document: Document, seconds: float) -> InputRecord:
        document = with_stable_ids(document)
        records = finding_records(document, self.identity)
        # All text is made before any is written, so that a failure leaves no half of a document behind.
        findings = "".join(map(json_line, records))
        whole = document_line(document)
        page = self._report.render(document, records)
        self._findings.write(findings)
        self._documents.write(whole)
        self._report.add(page)
        self._types.update(mention.type for mention in document.mentions)
        self._predicates.update(finding.predicate for finding in document.findings)
        return InputRecord(
            name=item.name, doc_id=document.id, status="done", characters=len(document.text),
            mentions=len(document.mentions), findings=len(records), seconds=round(seconds, 3),
        )  # fmt: skip

    def close(self) -> None:
        """Let go of what is half done."""
        self._report.close()

    def seal(self) -> list[OutputRecord]:
        """Finish the files; nothing can be added afterwards."""
        self._report.finish()
        return [self.staging.seal(name) for name in (FINDINGS, DOCUMENTS, REPORT)]

    def counts(self) -> Counts:
        done = [record for record in self.inputs if record.status == "done"]
        return Counts(
            inputs=len(self.inputs),
            done=len(done),
            refused=len(self.inputs) - len(done),
            characters=sum(record.characters for record in done),
            mentions=sum(record.mentions for record in done),
            findings=sum(record.findings for record in done),
            mentions_by_type={kind: self._types[kind] for kind in MENTION_TYPES if self._types[kind]},
            findings_by_predicate={kind: self._predicates[kind] for kind in PREDICATES if self._predicates[kind]},
        )
