"""The commands `immunolit rules ...`: what a rule writer runs. What they compute is in extract.rules_kit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from extract.rules_kit.coverage import Row

__all__ = ["rules_app"]

# Everything else is imported inside the commands: --help must not wait for spaCy.

rules_app = typer.Typer(
    help="Test, measure and trace the rules of the grammar.\n\nExample: immunolit rules test", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of tables.")]
Pipeline = Annotated[
    str,
    typer.Option(
        "--pipeline",
        metavar="NAME",
        help="Use an installed spaCy or scispaCy pipeline as tagger and parser.",
        show_default=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Configuration file of the pipeline.", show_default=False),
]
_FAULT = 1


@rules_app.command("test")
def rules_test(
    only: Annotated[
        str,
        typer.Option(metavar="TEXT", help="Only examples with this in their id, such as a lemma.", show_default=False),
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Show also the failures that known_misread.txt allows.")
    ] = False,
    lists: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where names.tsv and known_misread.txt are. Without: tests/grammar of the checkout.",
            show_default=False,
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write what fails now to known_misread.txt. Look at it first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run the grammar's examples through the parser.

    All examples of triggers, aspects, frames and compounds, the frames' negatives, and the triggers' negatives.

    Exit codes: 0 no example fails but those in known_misread.txt, 1 others fail, 2 wrong usage.

    Example: immunolit rules test --only induce
    """
    from extract.cli import _explained

    with _explained():
        from dataclasses import replace

        from extract.cli_rules_show import print_verdict
        from extract.errors import ConfigError
        from extract.relations.grammar import load_grammar
        from extract.rules_kit import examples
        from extract.rules_kit.verdict import run_all

        if write and only:
            raise ConfigError("--write needs all examples.", remedy="Leave out --only.")
        folder = examples.lists_folder(lists)
        known = examples.known_misread(folder / examples.KNOWN_MISREAD)
        verdict = run_all(load_grammar(), examples.read_names(folder / examples.NAMES), known, only)
        if verdict is None:
            raise ConfigError(f"No example has {only!r} in its id.", remedy="Try a lemma or a frame's name.")
        if write:
            failing = examples.write_known_misread(folder / examples.KNOWN_MISREAD, verdict.outcomes)
            verdict = replace(verdict, known=failing)
        print_verdict(verdict, everything=everything, as_json=as_json)
        if not verdict.passed:
            raise typer.Exit(_FAULT)




@rules_app.command("coverage")
def rules_coverage(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file (.jsonl, .jsonl.gz).", show_default=False)],
    by: Annotated[
        Literal["rule", "frame", "trigger"], typer.Option(help="Count by trigger and frame together, or by one.")
    ] = "rule",
    mentions: Annotated[
        Literal["find", "given"],
        typer.Option(help='"given" takes the mentions of the gold and finds relations between them.'),
    ] = "find",
    sort: Annotated[
        Literal["fired", "wrong", "precision", "name"], typer.Option(help="What comes first.")
    ] = "fired",
    least: Annotated[
        int, typer.Option("--min", min=1, metavar="N", help="Leave out what fired less often than this.")
    ] = 1,
    top: Annotated[
        int, typer.Option("--top", min=0, metavar="N", help="Print the first N rows only; 0 for all.")
    ] = 0,
    examples: Annotated[
        bool, typer.Option("--examples/--no-examples", help="One right and one wrong finding of each.")
    ] = True,
    pipeline: Pipeline = "",
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Count how often each rule fired on gold, right and wrong.

    Right is what the gold has with the same sign (the signed level). The precision has a 95% interval (Wilson).
    "Open" are findings that the score leaves out: derived ones that the gold lacks, and those that match optional
    gold.

    Example: immunolit rules coverage corpus/gold/dev.jsonl --by frame --mentions given
    """
    from extract.cli import _explained

    with _explained():
        from extract.cli_score import predict
        from extract.jobs.annotators import PipelineOpener
        from extract.relations.grammar import load_grammar
        from extract.rules_kit.coverage import coverage
        from extract.scoring import read_gold

        documents = read_gold(gold)
        found = predict(documents, PipelineOpener(pipeline, config, mentions))
        counted = coverage(documents, found, by=by, grammar=load_grammar())
        rows = [r for r in counted.rows if r.fired >= least]
        rows.sort(key=lambda r: _order(r, sort))
        if as_json:
            data = {
                "gold": gold.name, "by": by, "mentions": mentions, "level": "signed", "documents": len(documents),
                "all": counted.total.to_dict(), "rows": [r.to_dict() for r in rows[: top or None]],
                "silent": counted.silent,
            }  # fmt: skip
            typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            from extract.cli_rules_show import print_coverage

            shown = rows[: top or None]
            print_coverage(counted, shown, by=by, left=len(rows) - len(shown), examples=examples)


def _order(row: Row, sort: str) -> tuple[Any, ...]:
    first: dict[str, Any] = {
        "fired": -row.fired, "wrong": -row.wrong, "name": row.name,
        "precision": (2.0 if row.precision is None else row.precision, -row.fired),
    }  # fmt: skip
    return first[sort], -row.fired, -row.wrong, row.name




@rules_app.command("explain")
def rules_explain(
    finding: Annotated[
        str, typer.Argument(metavar="FINDING_ID", help="Id of a finding, or how it begins.", show_default=False)
    ],
    documents: Annotated[
        Path,
        typer.Option("--in", metavar="FILE", help="documents.jsonl of a run, or a gold file.", show_default=False),
    ],
    document: Annotated[
        str,
        typer.Option(
            metavar="ID", help="Look in this document only, where ids are not unique.", show_default=False
        ),
    ] = "",
    pipeline: Pipeline = "",
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show the path from the words to a finding.

    Sentence, mentions, parse, trigger and frame with file and line, how subject and object were found, qualifiers,
    competing statements, and the features of the confidence with their weights. The document is analysed anew with
    its own mentions: name the --pipeline that the run had.

    Exit codes: 0 explained, 1 the rules do not make this finding (any more), 2 wrong usage, 3 no such finding or file.

    Example: immunolit rules explain f3a9c1 --in outputs/documents.jsonl
    """
    from extract.cli import _explained

    with _explained():
        from extract.rules_kit.lookup import find

        text, wanted = find(documents, finding, document)
        from extract.pipeline import load
        from extract.rules_kit.explain import explain, found_between

        nlp = load(pipeline, config=config)
        told = explain(nlp, text, wanted)
        if told is None:
            names = {m.id: m.text for m in text.mentions}
            now = "; ".join(found_between(nlp, text, wanted)) or "nothing"
            typer.echo(
                f"Error: The rules do not find {wanted.id}: {names[wanted.subject]} {wanted.predicate} "
                f"{names[wanted.object]}. Between the two they find: {now}. Run immunolit run anew, or look at the "
                "sentence with immunolit show.",
                err=True,
            )
            raise typer.Exit(_FAULT)
        if as_json:
            typer.echo(json.dumps(told.to_dict(), ensure_ascii=False, indent=1))
        else:
            from extract.cli_rules_show import print_explanation

            print_explanation(told)
