"""What `immunolit report` does: predictions from a file, a folder or the pipeline, scored and put on a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from extract.cli_files import write_text
from extract.cli_score import predict
from extract.cli_style import console, plain
from extract.errors import ConfigError
from extract.jobs.annotators import PipelineOpener
from extract.schema import Document
from extract.scoring import read_gold, score
from extract.scoring_report import About, render, require_charts

__all__ = ["write_report"]

GOLD_FILE = "gold.jsonl"
PRED_FILES = ("documents.jsonl", "pred.jsonl")


def write_report(
    gold: Path, pred: Path | None, out: Path, *, texts: Path | None, pipeline: str, config: Path | None
) -> None:
    """Write the report on `pred`, or without it on the pipeline, against `gold`, and say where it is.

    A folder as `gold` stands for the gold.jsonl in it, and for the predictions beside that; a folder as
    `pred` for the documents.jsonl that `immunolit run` wrote there.
    """
    require_charts()
    gold, pred = _files(gold, pred)
    documents = read_gold(gold, texts=texts)
    given = None
    if pred is not None:
        predicted: Mapping[str, Document] = read_gold(pred, texts=texts)
        about = About(gold.name, _name(pred), {})
        if predicted and not set(documents) & set(predicted):
            raise ConfigError(
                f"{pred} and {gold} have no document in common.",
                reason="documents",
                remedy="Give predictions for the gold's texts, under the same ids.",
            )
    else:
        opener = PipelineOpener(pipeline, config, "find")
        predicted = predict(documents, opener)
        given = score(documents, predict(documents, PipelineOpener(pipeline, config, "given")))
        about = About(gold.name, "the pipeline", opener().identity())
    scores = score(documents, predicted)
    page = render(documents, predicted, scores, about, given=given)
    write_text(out, page)
    line = plain(str(out))
    line.append(f"  F1 of signed findings {scores.headline.f1:.3f}; open it in a browser", style="dim")
    console().print(line, soft_wrap=True)


def _files(gold: Path, pred: Path | None) -> tuple[Path, Path | None]:
    if gold.is_dir():
        folder, gold = gold, gold / GOLD_FILE
        if not gold.is_file():
            raise ConfigError(
                f"The folder {folder} holds no {GOLD_FILE}.",
                reason="gold",
                remedy="Name the gold file itself, and the predictions after it.",
            )
        pred = pred or next((folder / name for name in PRED_FILES if (folder / name).is_file()), None)
    if pred is not None and pred.is_dir():
        folder, pred = pred, pred / PRED_FILES[0]
        if not pred.is_file():
            raise ConfigError(
                f"The folder {folder} holds no {PRED_FILES[0]}.",
                reason="predictions",
                remedy="Give the output folder of immunolit run, or a JSONL file.",
            )
    return gold, pred


def _name(pred: Path) -> str:
    """A run's file is called the same in every run: its folder tells them apart."""
    return f"{pred.parent.name}/{pred.name}" if pred.name == PRED_FILES[0] and pred.parent.name else pred.name
