"""Scores and speed on a gold file: with given mentions, end to end, by groups of documents, and words a second.

    python benchmarks/findings.py GOLD [--group NAME=FIRST..LAST ...] [--leave-out 4:3] [--json]

GOLD is a file in the gold format (docs/annotation.md). A group holds the documents from the id FIRST to the id
LAST, numbers in ids counted as numbers; without --group there is one for each genre. --leave-out M:R sets aside
every document whose id ends in a number that leaves R when divided by M. Intervals are 95 %, by bootstrap over
documents. Speeds are in words (runs of non-blanks) a second of processor time, which what else runs does not change
much.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc

from extract.errors import ImmunolitError
from extract.pipeline import annotate, identity, load
from extract.schema import Document
from extract.scoring import Scores, read_gold, score

ROWS = (
    ("end to end", "mentions.overlap.micro", "core mentions, overlap"),
    ("end to end", "mentions.strict.micro", "core mentions, strict"),
    ("given mentions", "findings.pair", "findings, pair, given mentions"),
    ("given mentions", "findings.signed", "findings, signed, given mentions"),
    ("given mentions", "findings.full", "findings, full, given mentions"),
    ("end to end", "findings.pair", "findings, pair, end to end"),
    ("end to end", "findings.signed", "findings, signed, end to end"),
    ("end to end", "findings.full", "findings, full, end to end"),
)
STAGES = {
    "immunolit_sections": "tokens, sections, sentences",
    "immunolit_entities": "entities",
    "immunolit_parser": "parse",
    "immunolit_relations": "relations",
}


class Timed:
    """A pipeline whose components count the processor time they take; for `annotate`, which needs no more."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.seconds: dict[str, float] = defaultdict(float)

    def make_doc(self, text: str) -> Doc:
        return self._clocked("immunolit_sections", self._nlp.make_doc)(text)

    @property
    def pipeline(self) -> list[tuple[str, Callable[[Doc], Doc]]]:
        return [(name, self._clocked(name, component)) for name, component in self._nlp.pipeline]

    def _clocked(self, name: str, call: Callable[[Any], Doc]) -> Callable[[Any], Doc]:
        def timed(argument: Any) -> Doc:
            start = time.process_time()
            try:
                return call(argument)
            finally:
                self.seconds[name] += time.process_time() - start

        return timed


def natural(identifier: str) -> list[tuple[int, str]]:
    """Sort key in which "dev-9" comes before "dev-10"."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", identifier)]


def kept(identifier: str, leave_out: tuple[int, int] | None) -> bool:
    """Whether a document is used: false for those that --leave-out sets aside."""
    number = re.search(r"(\d+)$", identifier)
    return leave_out is None or number is None or int(number[1]) % leave_out[0] != leave_out[1]


def groups(gold: Mapping[str, Document], wanted: list[tuple[str, str, str]]) -> dict[str, list[str]]:
    """Names of groups and the ids in each; "all" comes first."""
    out: dict[str, list[str]] = {"all": list(gold)}
    for name, first, last in wanted:
        out[name] = [i for i in gold if natural(first) <= natural(i) <= natural(last)]
        if not out[name]:
            sys.exit(f"Group {name}: no document from {first} to {last}. The ids go from "
                     f"{min(gold, key=natural)} to {max(gold, key=natural)}.")  # fmt: skip
    if not wanted:
        genres: dict[str, list[str]] = defaultdict(list)
        for identifier, document in gold.items():
            genres[document.meta.genre or "unknown"].append(identifier)
        out |= dict(sorted(genres.items())) if len(genres) > 1 else {}
    return out


def measure(nlp: Language, gold: Mapping[str, Document]) -> tuple[dict[str, dict[str, Document]], dict[str, float]]:
    """Predictions in both modes, and the seconds of each stage of the end-to-end run."""
    clock = Timed(nlp)
    annotate(nlp, next(iter(gold.values())))  # the first call loads and compiles
    found: dict[str, dict[str, Document]] = {"end to end": {}, "given mentions": {}}
    for identifier, document in _progress(gold):
        bare = Document(id=document.id, text=document.text, meta=document.meta)
        found["end to end"][identifier] = annotate(clock, bare)  # type: ignore[arg-type]
        given = document.model_copy(update={"findings": []})
        found["given mentions"][identifier] = annotate(nlp, given, mentions="given")
    return found, dict(clock.seconds)


def _progress(gold: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    screen = Console(stderr=True)
    yield from track(gold.items(), description="Documents", console=screen, disable=not screen.is_terminal)


def speeds(seconds: Mapping[str, float], words: int) -> dict[str, float]:
    """Words a second of each stage and of all together."""
    out = {label: words / seconds[name] for name, label in STAGES.items() if seconds.get(name)}
    return {**out, "all stages": words / sum(seconds.values())}


def main() -> None:
    args = _arguments()
    try:
        gold = {i: d for i, d in read_gold(args.gold).items() if kept(i, args.leave_out)}
        nlp = load(args.pipeline)
    except ImmunolitError as error:
        sys.exit(str(error))
    if not gold:
        sys.exit(f"{args.gold}: no document is left to score.")
    parts = groups(gold, args.group)
    found, seconds = measure(nlp, gold)
    words = sum(len(d.text.split()) for d in gold.values())
    scores = {
        part: {
            mode: score({i: gold[i] for i in ids}, {i: predicted[i] for i in ids}, resamples=args.resamples)
            for mode, predicted in found.items()
        }
        for part, ids in parts.items()
    }
    if args.json:
        whole = {
            "extractor": identity(nlp),
            "groups": {part: _plain(runs) for part, runs in scores.items()},
            "words": words,
            "words_per_second": {k: round(v) for k, v in speeds(seconds, words).items()},
        }
        print(json.dumps(whole, indent=1))
    else:
        _tables(identity(nlp), scores, speeds(seconds, words), words)


def _plain(runs: Mapping[str, Scores]) -> dict[str, Any]:
    out: dict[str, Any] = {"documents": len(next(iter(runs.values())).documents)}
    for mode, key, label in ROWS:
        interval = runs[mode].interval(f"{key}.f1")
        out[label] = {**runs[mode][key].to_dict(), "f1_interval": list(interval) if interval else None}
    return out


def _tables(
    made_by: Mapping[str, str],
    scores: Mapping[str, Mapping[str, Scores]],
    fast: Mapping[str, float],
    words: int,
) -> None:
    screen = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    screen.print(f"immunolit {made_by['version']}, {made_by['model']}, grammar {made_by['grammar'][:12]}, "
                 f"lexicon {made_by['lexicon'][:12]}")  # fmt: skip
    for part, runs in scores.items():
        table = Table(title=f"{part} ({len(next(iter(runs.values())).documents)} documents)",
                      title_justify="left", min_width=80)  # fmt: skip
        table.add_column("")
        for column in ("P", "R", "F1", "95 % of F1", "gold"):
            table.add_column(column, justify="right")
        for mode, key, label in ROWS:
            row, interval = runs[mode][key], runs[mode].interval(f"{key}.f1")
            spread = f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else "–"
            style = "bold" if key == "findings.signed" else None
            table.add_row(label, f"{row.p:.3f}", f"{row.r:.3f}", f"{row.f1:.3f}", spread, str(row.gold), style=style)
        screen.print(table)
    table = Table(title=f"Words a second on one core ({words:,} words, end to end)", title_justify="left")
    table.add_column("")
    table.add_column("words/s", justify="right")
    for label, value in fast.items():
        table.add_row(label, f"{value:,.0f}")
    screen.print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD", help="gold file (.jsonl, .jsonl.gz)")
    parser.add_argument(
        "--group", type=_group, action="append", default=[], metavar="NAME=FIRST..LAST",
        help="also score these documents apart; may be given again",
    )  # fmt: skip
    parser.add_argument("--leave-out", type=remainder, metavar="M:R", help="documents to set aside, by number")
    parser.add_argument("--pipeline", default="", metavar="NAME", help="installed spaCy pipeline to use instead")
    parser.add_argument("--resamples", type=int, default=1000, help="for the intervals (default: 1000)")
    parser.add_argument("--json", action="store_true", help="print JSON for programs instead of tables")
    return parser.parse_args()


def _group(value: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"([^=]+)=(.+)\.\.(.+)", value)
    if not found:
        raise argparse.ArgumentTypeError(f"{value!r} is no group; write NAME=FIRST..LAST, as in a=dev-01..dev-30")
    return found[1], found[2], found[3]


def remainder(value: str) -> tuple[int, int]:
    """Read "4:3": numbers that leave 3 when divided by 4."""
    found = re.fullmatch(r"(\d+):(\d+)", value)
    if not found or not 0 <= int(found[2]) < int(found[1]):
        raise argparse.ArgumentTypeError(f"{value!r}: write M:R with R below M, as in 4:3")
    return int(found[1]), int(found[2])


if __name__ == "__main__":
    main()
