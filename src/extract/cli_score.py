"""What `immunolit score` does: predictions from a file or from the pipeline, scored and shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from extract.cli_style import console
from extract.jobs.annotators import MentionMode, PipelineOpener
from extract.schema import Document
from extract.scoring import Scores, read_gold, render
from extract.scoring import score as score_documents

__all__ = ["predict", "print_scores"]

END_TO_END, GIVEN = "end to end", "given mentions"


def print_scores(
    gold: Path,
    pred: Path | None,
    *,
    texts: Path | None,
    pipeline: str,
    config: Path | None,
    details: bool,
    as_json: bool,
) -> None:
    """Score `pred` against `gold`, or without it the pipeline on the gold's texts, with and without its
    mentions."""
    documents = read_gold(gold, texts=texts)
    runs: dict[str, Scores]
    if pred is not None:
        runs = {pred.name: score_documents(documents, read_gold(pred, texts=texts))}
    else:
        runs = {
            name: score_documents(documents, predict(documents, PipelineOpener(pipeline, config, mode)))
            for name, mode in _MODES
        }
    if as_json:
        whole: Any = {name: scores.to_dict() for name, scores in runs.items()}
        if pred is not None:
            whole = next(iter(whole.values()))
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        if GIVEN in runs:
            runs[GIVEN] = _findings_only(runs[GIVEN])
        console().print(render(runs, details=details, title=str(gold)))


def _findings_only(scores: Scores) -> Scores:
    """Without the rows of mentions, which would say that the gold's mentions are the gold's mentions."""
    kept = [n for n, key in enumerate(scores.keys) if key.startswith("findings")]
    return replace(scores, keys=tuple(scores.keys[n] for n in kept), counts=scores.counts[:, kept])


_MODES: tuple[tuple[str, MentionMode], ...] = ((END_TO_END, "find"), (GIVEN, "given"))


def predict(documents: Mapping[str, Document], opener: PipelineOpener) -> dict[str, Document]:
    """What the pipeline finds in the gold's texts. It sees the gold's mentions only in the mode "given"."""
    annotator = opener()
    kept: dict[str, Any] = (
        {"findings": []} if opener.mentions == "given" else {"findings": [], "mentions": []}
    )
    return {key: annotator.annotate(document.model_copy(update=kept)) for key, document in documents.items()}
