"""The command line: one command, one function call. Nothing else in the package prints or exits.

Exit codes: 0 done, 1 a fault of ours, or the answer is no (a name that the lexicon does not know, quality that
dropped, gold with errors), 2 wrong usage, 3 some input could not be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from extract.cli_rules import rules_app

__all__ = ["app", "main"]

# Everything else is imported inside the commands: --help must not wait for spaCy.

EXIT_FAULT, EXIT_USAGE, EXIT_INPUT = 1, 2, 3

app = typer.Typer(
    name="immunolit",
    help="Findings about immune cells, cytokines, hormones and diseases from the text of articles.\n\n"
    "Example: immunolit run articles/ -o outputs/",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
lexicon_app = typer.Typer(help="What the lexicon knows.\n\nExample: immunolit lexicon find IL-6", no_args_is_help=True)
app.add_typer(lexicon_app, name="lexicon")
corpus_app = typer.Typer(
    help="Gold files: check, count, settle.\n\nExample: immunolit corpus check corpus/gold", no_args_is_help=True
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(rules_app, name="rules")


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
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of tables.")]


def main() -> None:
    """Entry point of the `immunolit` command."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show "▲" gets "?", not a traceback.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    app()


def _version(wanted: bool) -> None:
    if wanted:
        from extract import __version__

        typer.echo(f"immunolit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


@contextmanager
def _explained() -> Iterator[None]:
    """Turn errors made for people into a message and an exit code; other errors are faults and keep their
    trace."""
    from extract.errors import ConfigError, GrammarError, ImmunolitError, LexiconError

    try:
        yield
    except ConfigError as error:
        _fail(error, EXIT_USAGE)
    except (GrammarError, LexiconError) as error:
        _fail(error, EXIT_FAULT)
    except ImmunolitError as error:
        _fail(error, EXIT_INPUT)


def _fail(error: Exception, code: int) -> NoReturn:
    typer.echo(f"Error: {error}", err=True)
    raise typer.Exit(code)


@app.command()
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help='Files, folders, globs (in quotes), or "-" for standard input.',
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="Folder for the results.", show_default=False)
    ],
    mentions: Annotated[
        Literal["find", "given"],
        typer.Option(help='"given" keeps the mentions of the input and finds relations between them.'),
    ] = "find",
    pipeline: Pipeline = "",
    config: Config = None,
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Worker processes.")] = 1,
    min_confidence: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, metavar="P", help="Leave out findings less likely than this to be right."),
    ] = 0.0,
    recall: Annotated[
        Literal["high", "balanced", "precise"],
        typer.Option(help='"high" keeps doubtful names for a reader to judge, "precise" only what is nearly certain.'),
    ] = "balanced",
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print all findings, not the first of each text.")] = False,
) -> None:
    """Read articles and write their findings, with a report.

    Example: immunolit run corpus/articles -o outputs/
    """
    with _explained():
        from extract.cli_run import print_refusals, print_results, progress_bar
        from extract.jobs.job import run as run_job

        with progress_bar(hidden=quiet or as_json) as progress:
            manifest = run_job(
                inputs, out, mentions=mentions, pipeline=pipeline, config=config, workers=workers,
                min_confidence=min_confidence, recall=recall, progress=progress,
            )  # fmt: skip
        if as_json:
            typer.echo(manifest.model_dump_json(indent=2))
        elif not quiet:
            print_results(out, manifest, everything=everything)
        if manifest.counts.refused:
            if not as_json:
                print_refusals(manifest)
            raise typer.Exit(EXIT_INPUT)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file (.jsonl, .jsonl.gz).", show_default=False)],
    pred: Annotated[
        Path | None,
        typer.Argument(
            metavar="PRED",
            help="Predictions in the same format. Without: run the pipeline.",
            show_default=False,
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where <id>.txt files are, if the gold holds no text.", show_default=False),
    ] = None,
    pipeline: Pipeline = "",
    config: Config = None,
    matching: Annotated[
        Literal["optimal", "greedy"],
        typer.Option(help='One to one, as many pairs as possible, or "greedy": best overlap first.'),
    ] = "optimal",
    details: Annotated[bool, typer.Option("--details", help="Also each type, predicate and aspect.")] = False,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print every figure with its interval as CSV.")] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, such as for the summary of a CI job.")
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Stored scores to compare with, document by document.", show_default=False),
    ] = None,
    gate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="gate.toml: exit with 1 if quality dropped.", show_default=False),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Store the scores for a later --baseline.", show_default=False),
    ] = None,
    junit: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a JUnit file for build servers.", show_default=False),
    ] = None,
    badge: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write an SVG badge with the headline score.", show_default=False),
    ] = None,
) -> None:
    """Score predictions, or the pipeline, against gold.

    Exit codes: 0 quality kept, 1 dropped beyond chance, 2 wrong usage, 3 a file could not be read.

    Example: immunolit score corpus/gold/dev.jsonl --baseline quality/baseline.json --gate quality/gate.toml
    """
    with _explained():
        from extract.cli_score import Outputs, print_scores
        from extract.errors import ConfigError

        forms: dict[Literal["json", "csv", "markdown"], bool] = {
            "json": as_json, "csv": as_csv, "markdown": as_markdown
        }  # fmt: skip
        wanted = [form for form, chosen in forms.items() if chosen]
        if len(wanted) > 1:
            raise ConfigError(
                f"--{wanted[0]} and --{wanted[1]} exclude each other.", remedy="Run the command once for each."
            )
        kept = print_scores(
            gold,
            pred,
            Outputs(wanted[0] if wanted else "table", details, save, junit, badge),
            texts=texts,
            pipeline=pipeline,
            config=config,
            matching=matching,
            baseline=baseline,
            gates=gate,
        )
        if not kept:
            raise typer.Exit(EXIT_FAULT)


@app.command()
def report(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD", help="Gold file, or a folder that holds gold.jsonl and predictions.", show_default=False
        ),
    ],
    pred: Annotated[
        Path | None,
        typer.Argument(
            metavar="PRED",
            help="Predictions, or the folder that a run wrote. Without: run the pipeline.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The page to write.")] = Path("report.html"),
    texts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where <id>.txt files are, if the gold holds no text.", show_default=False),
    ] = None,
    pipeline: Pipeline = "",
    config: Config = None,
) -> None:
    """Write a page with scores, charts and every mistake in its sentence.

    Example: immunolit report corpus/gold/dev.jsonl -o report.html
    """
    with _explained():
        from extract.cli_report import write_report

        write_report(gold, pred, out, texts=texts, pipeline=pipeline, config=config)


@app.command()
def agree(
    first: Annotated[
        Path, typer.Argument(metavar="A", help="One annotator's file (.jsonl, .jsonl.gz).", show_default=False)
    ],
    second: Annotated[Path, typer.Argument(metavar="B", help="The other's, of the same texts.", show_default=False)],
    adjudicate: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write what both agree on, and what needs a decision.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two annotators: F1 at each level, Cohen's kappa on findings that both have.

    Example: immunolit agree anna.jsonl ben.jsonl --adjudicate both.jsonl
    """
    with _explained():
        from extract.cli_quality import print_agreement

        print_agreement(first, second, adjudicate, as_json=as_json)


GoldFiles = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Gold files (.jsonl, .jsonl.gz), or folders of them.", show_default=False),
]


@corpus_app.command("check")
def corpus_check(paths: GoldFiles, as_json: AsJson = False) -> None:
    """Look for faults in gold: format, offsets, types, duplicates, breaches of the annotation guide.

    Exit codes: 0 no errors, 1 errors, 3 a file could not be read. Warnings alone are no error.

    Example: immunolit corpus check corpus/gold
    """
    with _explained():
        from extract.cli_quality import print_problems

        if code := print_problems(paths, as_json=as_json):
            raise typer.Exit(code)


@corpus_app.command("stats")
def corpus_stats(paths: GoldFiles, as_json: AsJson = False) -> None:
    """Count what gold files hold.

    Example: immunolit corpus stats corpus/gold/dev.jsonl
    """
    with _explained():
        from extract.cli_quality import print_stats

        print_stats(paths, as_json=as_json)


@corpus_app.command("settle")
def corpus_settle(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="What agree --adjudicate wrote, decided.", show_default=False)
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="The gold file to write.", show_default=False)
    ],
    default: Annotated[
        Literal["", "a", "b", "both", "none", "optional"],
        typer.Option(help="Decides where `choose` is empty.", show_default=False),
    ] = "",
) -> None:
    """Make gold of an adjudicated file, by the decision in each `choose`.

    Example: immunolit corpus settle both.jsonl -o gold.jsonl
    """
    with _explained():
        from extract.cli_quality import write_settled

        write_settled(path, out, default=default)


@app.command()
def show(
    sentence: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or a few.", show_default=False)],
    pipeline: Pipeline = "",
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show the mentions, parse and findings of a sentence.

    Example: immunolit show "Cortisol suppresses T cells in mice."
    """
    with _explained():
        from extract.cli_show import print_analysis
        from extract.errors import ConfigError

        if not sentence.strip():
            raise ConfigError("There is no text.", remedy="Give a sentence in quotes.")
        print_analysis(sentence, pipeline=pipeline, config=config, as_json=as_json)


@lexicon_app.callback()
def _lexicon() -> None:
    pass


@lexicon_app.command("find")
def lexicon_find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any spelling.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show what the lexicon knows of a name.

    Example: immunolit lexicon find "tumor necrosis factor"
    """
    with _explained():
        from extract.cli_show import print_entries

        if not print_entries(name, as_json=as_json):
            raise typer.Exit(EXIT_FAULT)
