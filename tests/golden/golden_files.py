"""The small articles of this folder and what is found in them, end to end.

    python tests/golden/golden_files.py            shows what changed
    python tests/golden/golden_files.py --write    writes the findings anew; read the difference before you commit it

Each article stands in NAME.txt, its findings in NAME.findings: one a line, in text order, as
subject | predicate | aspect | object | negated | certainty | derived.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

from extract.pipeline import annotate, load
from extract.readers.registry import read
from extract.schema import Document

HERE = Path(__file__).parent
ARTICLES = sorted(HERE.glob("*.txt"))
COMMAND = "python tests/golden/golden_files.py --write"


def summary(document: Document) -> str:
    """The findings of a document, one a line."""
    names = {m.id: m.text for m in document.mentions}
    rows = []
    for f in document.findings:
        predicate = f.predicate + (f.direction if f.direction in ("+", "-") else "")
        flags = ["negated" if f.negated else "", f.certainty, "derived" if f.derived else ""]
        rows.append(" | ".join([names[f.subject], predicate, f.aspect, names[f.object], *flags]).rstrip(" |"))
    return "".join(f"{row}\n" for row in rows)


def fresh(path: Path, nlp: Language) -> str:
    """What is found in an article now."""
    (document,) = read(path)
    assert isinstance(document, Document), document
    return summary(annotate(nlp, document))


def stored(path: Path) -> str:
    """What was found in it when its findings were written last."""
    file = path.with_suffix(".findings")
    return file.read_text(encoding="utf-8") if file.exists() else ""


def difference(before: str, after: str) -> str:
    """The lines that came and went."""
    rows = difflib.unified_diff(before.splitlines(), after.splitlines(), "stored", "found now", lineterm="", n=0)
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """The command line; see the module's docstring."""
    nlp = load()
    for path in ARTICLES:
        now = fresh(path, nlp)
        sys.stdout.write(f"{path.name}\n{difference(stored(path), now) or 'no change'}\n")
        if "--write" in arguments:
            path.with_suffix(".findings").write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
