"""Cross-references of the concepts in the tables: which other CURIEs mean the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from extract.text import key
from lexicon.rows import Row, Table
from lexicon.sources import Sources

_KEPT = ("MESH:", "DOID:", "OMIM:", "HP:")
_CORE = ("CELL", "CYTOKINE", "HORMONE", "DISEASE")
# MeSH has one heading for the benign and the malignant tumours of a site, with "cancer" among its entry terms.
_TUMOURS = (" cancer", " carcinoma")


def write(sources: Sources, tables: Iterable[Table], path: Path) -> int:
    """Write concept<TAB>equivalents<TAB>namesakes for all concepts in `tables`; returns the number of lines.

    Equivalents are those that an ontology states. Namesakes are MeSH's (and, for HP, MONDO's) concepts of the same
    name: a heading that is a name of the concept, or that has the concept's own name among its entry terms.
    """
    rows = [row for table in tables for row in table.rows() if row.concept]
    wanted = {row.concept for row in rows}
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
    named = _namesakes(sources, [row for row in rows if row.type in _CORE], found)
    lines = []
    for curie in sorted({*found, *named}):
        stated = found[curie] - {curie}
        more = named[curie] - stated - {curie}
        if stated or more:
            lines.append(f"{curie}\t{'|'.join(sorted(stated))}\t{'|'.join(sorted(more))}")
    path.write_text("\n".join(["concept\tequivalents\tnamesakes", *lines]) + "\n", encoding="utf-8", newline="\n")
    return len(lines)


def _namesakes(sources: Sources, rows: list[Row], stated: dict[str, set[str]]) -> dict[str, set[str]]:
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        names[row.type, key(row.name)].add(row.concept)
        labels[row.type, key(row.label)].add(row.concept)
    out: dict[str, set[str]] = defaultdict(set)
    wanted = {row.concept for row in rows}
    places = {
        "DISEASE": ("C", "F03"),
        "CELL": ("A11",),
        "CYTOKINE": ("D12", "D06"),
        "HORMONE": ("D02", "D04", "D06", "D12"),
    }
    for curie, heading in sources.mesh.items():
        for type_, prefixes in places.items():
            if any(t.startswith(prefixes) for t in heading.trees):
                _match(out, curie, type_, heading.names, names, labels)
    for curie, supplementary in sources.mesh_supplementary.items():
        _match(out, curie, "DISEASE", supplementary, names, labels)
    for curie, term in sources.mondo.items():
        for other in labels["DISEASE", key(term.label)]:
            if other.startswith("HP:"):
                out[other].add(curie)
    homes: dict[str, list[str]] = defaultdict(list)
    for curie, term in sources.mondo.items():
        for xref in term.xrefs:
            homes[xref].append(curie)
    for curie, term in sources.hp.items():
        for xref in term.xrefs:
            # HP and MONDO say of one heading that it is theirs.
            if xref.startswith("MESH:") and len(homes[xref]) == 1 and curie in wanted:
                out[curie].add(homes[xref][0])
    neoplasms = {key(n): c for c, h in sorted(sources.mesh.items()) if h.under("C04") for n in h.names}
    for row in rows:
        known = stated.get(row.concept, set()) | out.get(row.concept, set())
        heading_of = {x for x in known if x.startswith("MESH:D")}
        for ending in _TUMOURS:
            if row.type == "DISEASE" and row.label.endswith(ending) and not heading_of:
                heading = neoplasms.get(key(row.label.removesuffix(ending) + " neoplasm"))
                if heading:
                    out[row.concept].add(heading)
    return out


def _match(
    out: dict[str, set[str]], curie: str, type_: str, given: list[str],
    names: dict[tuple[str, str], set[str]], labels: dict[tuple[str, str], set[str]],
) -> None:  # fmt: skip
    """Note `curie` for the concepts that its first name or whose own name it has."""
    for number, name in enumerate(given):
        at = type_, key(name)
        for concept in {*labels.get(at, ()), *(names.get(at, ()) if number == 0 else ())}:
            if concept != curie:
                out[concept].add(curie)
