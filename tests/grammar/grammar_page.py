"""The outputs that docs/grammar.md shows, made by running what it says.

python tests/grammar/grammar_page.py --write    writes them into the page
"""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from typer.testing import CliRunner

import extract.pipeline  # noqa: F401  (registers the components where the package is not installed)
from extract.cli import app
from extract.errors import GrammarError
from extract.relations import extractor
from extract.relations.grammar import GRAMMAR_DIR, Grammar, load_grammar

PAGE = Path(__file__).resolve().parents[2] / "docs" / "grammar.md"
SENTENCE = "T cells are muzzled by cortisol."
_ENTRY = re.compile(r"<!-- entry -->\n```yaml\n(.*?)```", re.DOTALL)
_OUTPUT = re.compile(r"(<!-- output: (\w+) -->\n```text\n).*?(```)", re.DOTALL)


def entry(page: str) -> str:
    """The trigger of the worked example."""
    found = _ENTRY.search(page)
    assert found is not None
    return found[1]


@contextlib.contextmanager
def with_entry(text: str) -> Iterator[Grammar]:
    """The shipped grammar with one more entry at the end of verbs_decrease.yml."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "grammar"
        shutil.copytree(GRAMMAR_DIR, copy, ignore=shutil.ignore_patterns("__pycache__"))
        file = copy / "triggers" / "verbs_decrease.yml"
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
        yield load_grammar(copy)


def show(grammar: Grammar | None = None) -> str:
    """What `immunolit show` prints of the example's sentence."""
    known = grammar or load_grammar()
    with mock.patch.object(extractor, "load_grammar", return_value=known):
        result = CliRunner().invoke(app, ["show", SENTENCE])
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.stdout.rstrip().splitlines()) + "\n"


def refreshed(page: str) -> str:
    """The page with all outputs made anew."""
    with with_entry(entry(page)) as grammar:
        outputs = {"before": show(), "after": show(grammar)}
    try:
        with with_entry(entry(page).replace("decreases", "lowers")):
            raise AssertionError("a wrong predicate was taken")
    except GrammarError as error:
        # The line is that of the entry's place in the file, which changes with every other entry.
        outputs["mistake"] = re.sub(r"yml:\d+:", "yml:412:", str(error)) + "\n"
    return _OUTPUT.sub(lambda m: m[1] + outputs[m[2]] + m[3], page)


def main() -> int:
    """The command line; see the module's docstring."""
    page = PAGE.read_text(encoding="utf-8")
    new = refreshed(page)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(new, encoding="utf-8")
    else:
        sys.stdout.write(new)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
