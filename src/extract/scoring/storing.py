"""Scores of one or several runs as one JSON text, and back: the baseline file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.errors import ConfigError, FormatError
from extract.scoring.scores import Scores

__all__ = ["read_scores", "require_comparable", "store"]

_TRIPLE = re.compile(r"\[\s+(\d+),\s+(\d+),\s+(\d+)\s+\]")


def store(runs: Mapping[str, Scores]) -> str:
    """JSON text of runs by name (one run under the name "" stands alone), to be read by `read_scores`.

    Leaves out what a comparison can do without: intervals, which are computed anew, and the cuts by rule,
    most of the file. One line holds one document's counts of one key, so that a diff shows what changed.
    """
    whole: dict[str, Any] = {}
    for name, scores in runs.items():
        data = scores.where(lambda key: "/rule=" not in key).to_dict()
        data["intervals"]["values"] = {}
        whole[name] = data
    text = json.dumps(whole[""] if set(whole) == {""} else whole, ensure_ascii=False, indent=1)
    return _TRIPLE.sub(r"[\1, \2, \3]", text) + "\n"


def read_scores(path: str | Path) -> dict[str, Scores]:
    """Scores by the name of their run; one run that stands alone has the name "".

    Reads what `store` wrote and what `immunolit score --json` printed. Raises FormatError, naming the file,
    if it cannot be read or holds something else.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _wrong(path, getattr(error, "strerror", None) or str(error)) from error
    if not isinstance(data, dict) or not data:
        raise _wrong(path, "no stored scores in it")
    try:
        return (
            {"": Scores.from_dict(data)}
            if "format" in data
            else {str(name): Scores.from_dict(part) for name, part in data.items()}
        )
    except FormatError as error:
        raise _wrong(path, error.message.removesuffix(".")) from error


def _wrong(path: str | Path, why: str) -> FormatError:
    return FormatError(
        f"{path}: cannot be read as scores ({why}).",
        reason="format",
        remedy="Give a file that `immunolit score --save` or `--json` wrote.",
    )


def require_comparable(scores: Scores, baseline: Scores) -> tuple[str, ...]:
    """Notes on what the comparison leaves out or cannot see.

    Raises ConfigError if the two were matched in different ways: the difference would be that of the methods.
    """
    if scores.matching != baseline.matching:
        raise ConfigError(
            f"The baseline was scored with {baseline.matching!r} matching, this run with {scores.matching!r}.",
            reason="baseline",
            remedy=f"Give --matching {baseline.matching}, or make the baseline anew.",
        )
    now, before = set(scores.documents), set(baseline.documents)
    notes = []
    if now != before:
        parts = ((len(now - before), "new"), (len(before - now), "gone"))
        what = " and ".join(f"{n} {kind}" for n, kind in parts if n)
        notes.append(f"{what} since the baseline: changes are over the {len(now & before)} documents in both")
    supports = _support(scores), _support(baseline)
    changed = [d for d in sorted(now & before) if supports[0][d] != supports[1][d]]
    if changed:
        some = ", ".join(changed[:5]) + (", …" if len(changed) > 5 else "")
        notes.append(f"the gold of {len(changed)} document(s) changed since the baseline: {some}")
    return tuple(notes)


def _support(scores: Scores) -> dict[str, dict[str, int]]:
    plain = [(n, key) for n, key in enumerate(scores.keys) if "/" not in key]
    return {
        document: {key: int(scores.counts[row, n, 2]) for n, key in plain}
        for row, document in enumerate(scores.documents)
    }
