"""What `immunolit score` does: predictions from a file or from the pipeline, scored, held against a baseline
and a gate, and shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import typer

from extract.cli_files import write_text
from extract.cli_style import console
from extract.errors import ConfigError
from extract.jobs.annotators import MentionMode, PipelineOpener
from extract.schema import Document
from extract.scoring import (
    Difference,
    Scores,
    Verdict,
    gate,
    read_gate,
    read_gold,
    read_scores,
    render,
    store,
    to_badge,
    to_csv,
    to_junit,
    to_markdown,
)  # fmt: skip
from extract.scoring import score as score_documents
from extract.scoring.changes import (
    changes,
    changes_to_markdown,
    render_changes,
    render_verdict,
    verdict_to_markdown,
)  # fmt: skip
from extract.scoring.matching import Matching
from extract.scoring.storing import require_comparable

__all__ = ["END_TO_END", "GIVEN", "Outputs", "predict", "print_scores", "score_pipeline"]

END_TO_END, GIVEN = "end to end", "given mentions"
_MODES: tuple[tuple[str, MentionMode], ...] = ((END_TO_END, "find"), (GIVEN, "given"))

Form = Literal["table", "json", "csv", "markdown"]


@dataclass(frozen=True, slots=True)
class Outputs:
    """What to print, and which files to write."""

    form: Form = "table"
    details: bool = False
    save: Path | None = None
    junit: Path | None = None
    badge: Path | None = None


def print_scores(
    gold: Path,
    pred: Path | None,
    outputs: Outputs,
    *,
    texts: Path | None,
    pipeline: str,
    config: Path | None,
    matching: Matching,
    baseline: Path | None,
    gates: Path | None,
) -> bool:
    """Score `pred` against `gold`, or without it the pipeline on the gold's texts, with and without its
    mentions. Returns whether quality was kept, which without `gates` it always is."""
    # Small files first: a mistake in them should not come to light after minutes of parsing.
    asked = read_gate(gates) if gates is not None else None
    before = read_scores(baseline) if baseline is not None else {}
    documents = read_gold(gold, texts=texts)
    if pred is not None:
        runs = {pred.name: score_documents(documents, read_gold(pred, texts=texts), matching=matching)}
        # A file of predictions is an end-to-end run, whatever its name.
        before = {pred.name: next(iter(before.values()))} if before else {}
        asked = [replace(g, run="" if g.run == END_TO_END else g.run) for g in asked] if asked else None
    else:
        runs = score_pipeline(documents, pipeline=pipeline, config=config, matching=matching)
        if set(before) == {""}:
            before = {END_TO_END: before[""]}
        if before and not set(before) & set(runs):
            raise ConfigError(
                f"{baseline} holds scores of {', '.join(before)}, and none of {', '.join(runs)}.",
                reason="baseline",
                remedy="Give a baseline of the pipeline, or name the predictions to compare.",
            )
    runs = {name: _noted(run, before.get(name)) for name, run in runs.items()}
    verdict = gate(runs, asked, before or None) if asked is not None else None
    _print(runs, before, verdict, outputs, title=str(gold), flat=pred is not None)
    _write(runs, verdict, outputs, flat=pred is not None)
    return verdict is None or verdict.passed


def score_pipeline(
    documents: Mapping[str, Document],
    *,
    pipeline: str = "",
    config: Path | None = None,
    matching: Matching = "optimal",
) -> dict[str, Scores]:
    """Scores of the pipeline by the name of the run: end to end, and with the gold's mentions given."""
    return {
        name: score_documents(
            documents, predict(documents, PipelineOpener(pipeline, config, mode)), matching=matching
        )
        for name, mode in _MODES
    }


def predict(documents: Mapping[str, Document], opener: PipelineOpener) -> dict[str, Document]:
    """What the pipeline finds in the gold's texts. It sees the gold's mentions only in the mode "given"."""
    annotator = opener()
    kept: dict[str, Any] = (
        {"findings": []} if opener.mentions == "given" else {"findings": [], "mentions": []}
    )
    return {key: annotator.annotate(document.model_copy(update=kept)) for key, document in documents.items()}


def _noted(scores: Scores, baseline: Scores | None) -> Scores:
    if baseline is None:
        return scores
    return replace(scores, notes=(*scores.notes, *require_comparable(scores, baseline)))


def _shown(runs: Mapping[str, Scores]) -> dict[str, Scores]:
    """Without the rows of given mentions, which would say that the gold's mentions are the gold's mentions."""
    return {
        name: run.where(lambda key: key.startswith("findings")) if name == GIVEN else run
        for name, run in runs.items()
    }


def _print(
    runs: Mapping[str, Scores],
    before: Mapping[str, Scores],
    verdict: Verdict | None,
    outputs: Outputs,
    *,
    title: str,
    flat: bool,
) -> None:
    shown = _shown(runs)
    changed = {name: changes(shown[name], before[name]) for name in runs if name in before}
    if outputs.form == "json":
        whole = {name: _data(name, run, changed.get(name), verdict) for name, run in runs.items()}
        typer.echo(json.dumps(next(iter(whole.values())) if flat else whole, ensure_ascii=False, indent=1))
    elif outputs.form == "csv":
        every = {n: run.compare(before[n], _f1(run, before[n])) for n, run in shown.items() if n in before}
        typer.echo(to_csv(shown, every if before else None), nl=False)
    elif outputs.form == "markdown":
        parts = [verdict_to_markdown(verdict)] if verdict is not None else []
        parts += [changes_to_markdown(changed)] if changed else []
        typer.echo("\n".join((*parts, to_markdown(shown, details=outputs.details, title=title))), nl=False)
    else:
        page = console()
        page.print(render(shown, details=outputs.details, title=title))
        if changed:
            page.print(render_changes(changed))
        if verdict is not None:
            page.print(render_verdict(verdict))
    if verdict is not None and outputs.form != "table":  # a build log shows why, where the output goes to a file
        for check in verdict.checks:
            if not check.passed:
                typer.echo(f"Quality dropped: {check.run}: {check.gate.name} {check.reason}.", err=True)


def _f1(run: Scores, before: Scores) -> list[str]:
    there = set(before.keys)
    return [f"{key}.f1" for key in run.keys if key in there]


def _data(
    name: str, run: Scores, changed: Sequence[Difference] | None, verdict: Verdict | None
) -> dict[str, Any]:
    data = run.to_dict()
    if changed is not None:
        data["changes"] = [difference.to_dict() for difference in changed]
    if verdict is not None:
        data["gate"] = [check.to_dict() for check in verdict.checks if check.run == name]
    return data


def _write(runs: Mapping[str, Scores], verdict: Verdict | None, outputs: Outputs, *, flat: bool) -> None:
    if outputs.save is not None:
        write_text(outputs.save, store({"": next(iter(runs.values()))} if flat else runs))
    if outputs.junit is not None:
        write_text(outputs.junit, to_junit(runs, verdict))
    if outputs.badge is not None:
        write_text(outputs.badge, to_badge(next(iter(runs.values())), verdict))
