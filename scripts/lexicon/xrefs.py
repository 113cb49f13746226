"""Cross-references of the concepts in the tables: which other CURIEs mean the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from lexicon.rows import Table
from lexicon.sources import Sources

_KEPT = ("MESH:", "DOID:", "OMIM:", "HP:")


def write(sources: Sources, tables: Iterable[Table], path: Path) -> int:
    """Write concept<TAB>equivalents for all concepts in `tables`; returns the number of lines."""
    wanted = {row.concept for table in tables for row in table.rows() if row.concept}
    found: dict[str, set[str]] = defaultdict(set)
    for terms in (sources.mondo, sources.hp, sources.doid):
        for curie, term in terms.items():
            if curie in wanted:
                found[curie].update(x for x in term.xrefs if x.startswith(_KEPT))
    for term in sources.mondo.values():
        if term.curie in wanted:
            # What DOID and HP say of MeSH holds for MONDO as well.
            for xref in term.xrefs:
                other = sources.doid.get(xref) or sources.hp.get(xref)
                if other:
                    found[term.curie].update(x for x in other.xrefs if x.startswith(("MESH:", "OMIM:")))
    for gene in sources.genes.values():
        if gene.curie in wanted and gene.ncbi:
            found[gene.curie].add(f"NCBIGene:{gene.ncbi}")
    for curie, targets in sources.mesh_map.items():
        for target in targets.values():
            if target in wanted:
                found[target].add(curie)
    lines = [f"{c}\t{'|'.join(sorted(found[c] - {c}))}" for c in sorted(found) if found[c] - {c}]
    path.write_text("\n".join(["concept\tequivalents", *lines]) + "\n", encoding="utf-8", newline="\n")
    return len(lines)
