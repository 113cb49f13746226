"""Run what README.md shows, and write down what comes out.

    python scripts/make_readme.py [--picture]

In a block marked `console`, each line that starts with "$ " is run, and what it prints replaces the lines below it
("make run" as the command that the Makefile gives it). A block marked `python` is run, and what it prints replaces the
block marked `text` that follows it, if one does. A comment `<!-- keep: A | B -->` before a block keeps only those
paragraphs of the output that begin with A or B; "…" stands for the others. Everything happens in an empty folder that
holds nothing but the corpus, and in this order, so that later blocks see the files of earlier ones.

--picture makes docs/report.png anew; it needs chromium. A test compares README.md with what this script would write,
running times apart.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner

import extract.pipeline  # noqa: F401  (registers the components where the package is not installed)
from extract.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "report.png"
MAKE_RUN = "immunolit run corpus/articles -o outputs/"
# Subject and trigger of the finding that the picture shows opened.
SHOWN = ("exercise", "mobilised")

_BLOCK = re.compile(
    r"(?:<!-- keep: (?P<keep>.+?) -->\n)?```(?P<kind>console|python)\n(?P<body>.*?)```\n"
    r"(?:\n?```text\n(?P<out>.*?)```\n)?",
    re.DOTALL,
)


def refreshed(text: str) -> str:
    """README text with all outputs made anew. Leaves the working directory and the files in it alone."""
    with _workplace():
        return _BLOCK.sub(_block, text)


@contextlib.contextmanager
def _workplace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus").symlink_to(ROOT / "corpus", target_is_directory=True)
        with contextlib.chdir(folder):
            yield Path(folder)


def _block(found: re.Match[str]) -> str:
    whole, body = found[0], found["body"]
    keep = [part.strip() for part in found["keep"].split("|")] if found["keep"] else []
    if found["kind"] == "console":
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        new = "".join(f"$ {command}\n{_kept(run(command), keep)}" for command in commands)
        return whole.replace(body, new, 1)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(body, "README.md", "exec"), {"__name__": "readme"})
    if found["out"] is None:
        return whole
    start = found.start("out") - found.start()
    return whole[:start] + _kept(output.getvalue(), keep) + whole[start + len(found["out"]) :]


def run(command: str) -> str:
    """What a command prints. Raises SystemExit if it fails."""
    name, *arguments = shlex.split(MAKE_RUN if command == "make run" else command)
    if name != "immunolit":
        raise SystemExit(f"README.md: {command!r} cannot be run here; write it in a block marked sh.")
    result = CliRunner().invoke(app, arguments, prog_name="immunolit")
    if result.exit_code:
        raise SystemExit(f"README.md: {command!r} ended with {result.exit_code}: {result.output}") from result.exception
    return result.stdout


def _kept(output: str, keep: list[str]) -> str:
    output = "\n".join(line.rstrip() for line in output.splitlines())
    if not keep:
        return output.rstrip() + "\n"
    parts: list[str] = []
    for part in output.strip().split("\n\n"):
        if part.startswith(tuple(keep)):
            parts.append(part)
        elif parts[-1:] != ["…"]:
            parts.append("…")
    return "\n\n".join(parts) + "\n"


def picture() -> None:
    """A picture of the report on the corpus, one finding opened."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("There is no chromium here to make the picture with.")
    with _workplace() as folder, tempfile.TemporaryDirectory() as profile:
        from extract import run as run_job
        from extract.writers.records import FindingRecord

        run_job(["corpus/articles"], "outputs")
        lines = (folder / "outputs" / "findings.jsonl").read_text(encoding="utf-8").split("\n")
        records = [FindingRecord.model_validate_json(line) for line in lines if line]
        shown = [r.id for r in records if r.trigger and (r.subject.text, r.trigger.text) == SHOWN]
        if not shown:
            raise SystemExit(f"No finding of {SHOWN[0]} and {SHOWN[1]} any more: choose another for SHOWN.")
        page = (folder / "outputs" / "report.html").as_uri() + f"#{shown[0]}"
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--hide-scrollbars", f"--user-data-dir={profile}", "--window-size=1280,820",
                f"--screenshot={PICTURE}", page,
            ],
            check=True, capture_output=True,
        )  # fmt: skip


def main() -> None:
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
    if "--picture" in sys.argv[1:]:
        picture()


if __name__ == "__main__":
    main()
