"""The command line: one command, one function call. Nothing else in the package prints or exits.

Exit codes: 0 done, 1 a fault of ours (or a name that the lexicon does not know), 2 wrong usage, 3 some
input could not be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

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
                inputs,
                out,
                mentions=mentions,
                pipeline=pipeline,
                config=config,
                workers=workers,
                min_confidence=min_confidence,
                progress=progress,
            )
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
    details: Annotated[bool, typer.Option("--details", help="Also each type, predicate and aspect.")] = False,
    as_json: AsJson = False,
) -> None:
    """Score predictions, or the pipeline, against gold.

    Example: immunolit score corpus/gold/dev.jsonl
    """
    with _explained():
        from extract.cli_score import print_scores

        print_scores(gold, pred, texts=texts, pipeline=pipeline, config=config, details=details, as_json=as_json)


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
