"""The tables of the context types: interventions, processes, tissues, organisms, chemicals, proteins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from extract.text import key
from lexicon.core import gene_names, gene_symbols
from lexicon.rows import Table, curated, own_label, symbolic
from lexicon.sources import Heading, Sources

# Which places of the MeSH tree belong to a type, and which below them do not.
MESH = {
    "INTERVENTION": (
        ("E02", "E04", "G11.427.410.698.277", "I03.350", "I03.450.642", "F02.784.176", "N06.850.780.680"),
        ("E02.319.267", "E02.319.300", "E02.319.310", "E02.800", "E02.842"),
    ),
    "PROCESS": (
        (
            "G03",
            "G04",
            "G07",
            "G08",
            "G09",
            "G10",
            "G11",
            "G12",
            "G13",
            "F01.145",
            "F02.463",
            "F02.830",
            "C23.550.470",
        ),
        ("G07.203", "G11.427.410.698.277", "G07.690", "G12.122", "G04.580", "G07.345.500.325.377"),
    ),
    "TISSUE": (
        tuple(f"A{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16, 17)),
        ("A11", "A15.145.229", "A15.382.490", "A15.382.680", "A15.382.812"),
    ),
    "ORGANISM": (("B01", "B02", "B03", "B04", "M01.060"), ("B01.650.940.800",)),
    "CHEMICAL": (
        (
            "D01",
            "D02",
            "D03",
            "D04",
            "D05",
            "D06.347",
            "D09",
            "D10",
            "D13",
            "D20",
            "D23",
            "D25",
            "D26",
            "D27",
        ),
        (
            "D06.472",
            "D08",
            "D12",
            "D23.050",
            "D23.101",
            "D23.119",
            "D23.348",
            "D23.529",
            "D27.720",
            "D27.888",
        ),
    ),
    "PROTEIN": (("D08", "D12", "D23.050", "D23.101", "D23.348"), ("D06.472", "D12.125", "D12.644.276.374")),
}
_PROTEIN_HUMAN = re.compile(r", (?:human|mouse|rat)$|\bprotein, ")


class _Maker:
    """Adds curated names, then ontology names, for one type, leaving out what other types have."""

    def __init__(self, sources: Sources, type_: str, table: Table, taken: set[str]) -> None:
        self.sources, self.type, self.table, self.taken = sources, type_, table, taken
        places, not_there = MESH[type_]
        self.headings: list[Heading] = [
            h for _, h in sorted(sources.mesh.items()) if h.under(*places) and not h.under(*not_there)
        ]
        self.known: dict[str, tuple[str, str]] = {}  # key -> concept, label
        for heading in self.headings:
            concept = self.concept(heading)
            for name in heading.names:
                self.known.setdefault(key(name), (concept, self.label(concept) or heading.names[0]))

    def concept(self, heading: Heading) -> str:
        targets = self.sources.mesh_map.get(heading.curie, {})
        for space in {"CHEMICAL": ("CHEBI",), "PROTEIN": ("HGNC",), "TISSUE": ("UBERON",)}.get(self.type, ()):
            if space in targets:
                return targets[space]
        return heading.curie

    def label(self, curie: str) -> str:
        if curie in self.sources.chebi:
            return self.sources.chebi[curie].label
        if curie in self.sources.mesh:
            return self.sources.mesh[curie].names[0]
        return ""

    def curated(self, more: dict[str, tuple[str, str]] | None = None) -> None:
        """Hand-made names; each takes its concept from its line, else from an ontology that has the same
        name."""
        known = {**(more or {}), **self.known}
        for line in curated(self.type):
            for name in line.names:
                concept, label = (line.id, self.label(line.id) or line.names[0]) if line.id else ("", "")
                found_concept, found_label = known.get(key(name), ("", ""))
                if not concept:
                    concept, label = found_concept, found_label
                self.table.add(
                    [name], self.type, concept, label or own_label(line, name), "immunolit",
                    also=line.also, roles=line.roles, flags=line.flags, trusted=True,
                )  # fmt: skip

    def add(self, names: Iterable[str], concept: str, label: str, source: str) -> None:
        fitting = [n for n in names if key(n) not in self.taken and key(n) not in self.table.keys]
        self.table.add(fitting, self.type, concept, label, source)

    def mesh(self, fit: Callable[[str], bool] = lambda name: True) -> None:
        for heading in self.headings:
            concept = self.concept(heading)
            label = self.label(concept) or heading.names[0]
            self.add([n for n in heading.names if fit(n) and len(n.split()) <= 5], concept, label, "MESH")


def interventions(sources: Sources, table: Table, taken: set[str]) -> None:
    """What is done to or by a body."""
    made = _Maker(sources, "INTERVENTION", table, taken)
    made.curated()
    made.mesh(lambda name: not symbolic(name))


def processes(sources: Sources, table: Table, taken: set[str]) -> None:
    """Processes and measurable functions: curated, MeSH G, and short names of GO's biological processes."""
    made = _Maker(sources, "PROCESS", table, taken)
    made.curated()
    made.mesh(lambda name: not symbolic(name))
    for curie, term in sorted(sources.go.items()):
        if curie in sources.go_processes:
            names = [n for n in term.names[:1] if len(n.split()) <= 4 and "regulation of" not in n and "," not in n]
            made.add(names, curie, term.label, "GO")


def tissues(sources: Sources, table: Table, taken: set[str]) -> None:
    """Organs, tissues, fluids, body sites."""
    made = _Maker(sources, "TISSUE", table, taken)
    made.curated()
    made.mesh()


def organisms(sources: Sources, table: Table, taken: set[str]) -> None:
    """Species, strains, microbes, viruses, groups of people."""
    made = _Maker(sources, "ORGANISM", table, taken)
    made.curated()
    made.mesh(lambda name: not symbolic(name) or len(name) > 3)
    for heading in made.headings:
        # "Escherichia coli" is "E. coli" from its second mention on.
        parts = heading.names[0].split()
        if heading.under("B02", "B03", "B01.300", "B01.043", "B01.046") and len(parts) == 2 and parts[1].islower():
            made.add([f"{parts[0][0]}. {parts[1]}"], heading.curie, heading.names[0], "MESH")


def chemicals(sources: Sources, table: Table, taken: set[str]) -> None:
    """Drugs and metabolites: curated, MeSH's, and those of ChEBI that DrugBank or ChEMBL and MeSH know."""
    made = _Maker(sources, "CHEMICAL", table, taken)
    in_chebi = {
        key(t.label): (c, t.label) for c, t in sorted(sources.chebi.items(), reverse=True) if not symbolic(t.label)
    }
    made.curated(in_chebi)
    made.mesh(lambda name: not (symbolic(name) and len(name) < 4))
    for curie, known_by in sorted(sources.drugs.items()):
        if curie in sources.chebi and (known_by & 2 or curie in sources.mesh_chebi):
            label = sources.chebi[curie].label
            if re.fullmatch(r"[A-Za-z][a-z]{3,}(?:[ -][a-z]{3,}){0,2}", label):
                made.add([label], curie, label, "CHEBI")


# Big families of genes that no text on immunity names one by one: their symbols are enough.
_PLAIN = re.compile(
    r"^(?:OR\d|ZNF|KRTAP|FAM\d|TMEM\d|CCDC|C\d+orf|PRAMEF|USP17L|TAS2R|VN1R|GOLGA|NPIP|TBC1D|ANKRD|ZSCAN|ZFP\d|LRRC)"
)
_NAME_WORD = re.compile(r"^[A-Z][a-z]+$")
_SHORT_ALIAS = re.compile(r"^[A-Za-z]{1,3}$|^[A-Za-z]?\d{1,3}[A-Za-z]?$|^\w{1,2}$")
_CLONE = re.compile(
    r"^(?:KIAA|FLJ|DKFZ|MGC|LOC|C\d+orf|HSPC|PRO|PP|HSA|bA|dJ|CT|RP\d|CDC|GS|HT|OK/|D\d+S)[\dA-Z]",
    re.IGNORECASE,
)


def proteins(sources: Sources, table: Table, taken: set[str]) -> None:
    """Proteins and genes: curated, HGNC symbols, names and aliases, FamPlex families, MeSH's enzymes and
    proteins."""
    made = _Maker(sources, "PROTEIN", table, taken)
    symbols = gene_symbols(sources)
    by_gene: dict[str, tuple[str, str]] = {}
    for symbol, gene in sources.genes.items():
        for name in gene_names(gene, symbols):
            by_gene.setdefault(key(name), (gene.curie, symbol))
    made.known = {}
    made.curated(by_gene)
    for symbol, gene in sorted(sources.genes.items()):
        names = [n for n in gene_names(gene, symbols) if n in (symbol, gene.name) or _alias(n)]
        if _PLAIN.match(symbol):
            names = [symbol]
        for accession in gene.uniprot:
            names.extend(sources.families.get(f"UP:{accession}", []))
        names = [n for n in names if by_gene.get(key(n), (gene.curie, ""))[0] == gene.curie]
        made.add(names, gene.curie, symbol, "HGNC")
    for curie, names in sorted(sources.families.items()):
        if curie.startswith("FPLX:"):
            made.add([n for n in names if len(n) > 3 or not n.isalpha()], curie, names[0], "FPLX")
    made.mesh(lambda name: not _PROTEIN_HUMAN.search(name) and not (symbolic(name) and len(name) < 4))


def _alias(name: str) -> bool:
    """Whether an alias of a gene is worth having: no clone names, no codes of one to three letters, no
    "Apollo"."""
    return not _SHORT_ALIAS.match(name) and not _CLONE.match(name) and not _NAME_WORD.match(name)
