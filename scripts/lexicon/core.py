"""The tables of the core types: cytokines, hormones, cells, diseases."""

from __future__ import annotations

import re

from extract.text import key
from lexicon.rows import Curated, Table, clean, curated, own_label, symbolic
from lexicon.sources import Gene, Sources, descendants, natural_order

# Names in the HGNC that are too short or too common to mean the gene in text.
_GENE_WORD = re.compile(r"^(?:[A-Z]\d?|\d+|[A-Z]{2})$")


def gene_symbols(sources: Sources) -> set[str]:
    """Keys of all approved gene symbols: an alias that is another gene's symbol means that other gene."""
    return {key(symbol) for symbol in sources.genes}


def gene_names(gene: Gene, symbols: set[str]) -> list[str]:
    """The names under which a gene's product goes; an alias that is another gene's symbol is left out."""
    names = [gene.symbol, gene.name]
    for alias in gene.aliases:
        if not _GENE_WORD.match(alias) and (key(alias) not in symbols or key(alias) == key(gene.symbol)):
            names.append(alias)
    return names


def _mesh_of_gene(sources: Sources) -> dict[str, str]:
    """HGNC CURIE -> MeSH heading, by the mappings and by equal names."""
    out: dict[str, str] = {}
    for curie, targets in sorted(sources.mesh_map.items()):
        if "HGNC" in targets and curie in sources.mesh:
            out.setdefault(targets["HGNC"], curie)
    by_key = {key(n): c for c, h in sorted(sources.mesh.items()) if h.under("D12", "D06.472") for n in h.names}
    for gene in sources.genes.values():
        for name in (gene.name, gene.symbol):
            if gene.curie not in out and key(name) in by_key:
                out[gene.curie] = by_key[key(name)]
    return out


def signals(sources: Sources, type_: str, table: Table, taken: set[str], own_mesh: set[str]) -> None:
    """Curated signalling molecules, with the names that HGNC, MeSH, ChEBI and hucira have for them.

    `own_mesh`: MeSH headings that curated lines name themselves; their entry terms are not given to genes.
    """
    symbols, mesh_of = gene_symbols(sources), _mesh_of_gene(sources)
    mesh_of_chebi: dict[str, list[str]] = {}
    for curie, targets in sorted(sources.mesh_map.items()):
        if "CHEBI" in targets and curie in sources.mesh:
            mesh_of_chebi.setdefault(targets["CHEBI"], []).append(curie)
    lines = curated(type_)
    # Hand-made names come first, so that an ontology's synonym never takes a name that a curator gave to
    # another.
    given: dict[str, str] = {}
    for line in lines:
        for name in line.names:
            given.setdefault(key(name), line.id)
    for line in lines:
        concept, label = _identify(sources, line)
        kind: dict[str, tuple[str, ...]] = {"also": line.also, "roles": line.roles, "flags": line.flags}
        table.add(line.names, type_, concept, label, "immunolit", trusted=True, **kind)
        pulled: list[tuple[str, list[str]]] = []
        if line.id in sources.genes:
            gene = sources.genes[line.id]
            pulled.append(("HGNC", gene_names(gene, symbols)))
            pulled.append(("hucira", sources.cytokine_names.get(gene.symbol, [])))
            for accession in gene.uniprot:
                pulled.append(("FPLX", sources.families.get(f"UP:{accession}", [])))
            heading = mesh_of.get(gene.curie)
            if heading and heading not in own_mesh:
                pulled.append(("MESH", sources.mesh[heading].names))
        elif line.id.startswith("MESH:"):
            pulled.append(("MESH", sources.mesh[line.id].names))
        elif line.id.startswith("CHEBI:"):
            pulled.append(("CHEBI", sources.chebi[line.id].names))
            for heading in mesh_of_chebi.get(line.id, []):
                pulled.append(("MESH", sources.mesh[heading].names))
        for source, names in pulled:
            # Three letters that are no approved symbol mean too many other things.
            names = [n for n in names if not (re.fullmatch("[A-Za-z]{2,3}", n) and n != line.id)]
            fitting = [
                n for n in names if given.get(key(n), line.id) == line.id and key(n) not in taken and not _receptor(n)
            ]
            table.add(fitting, type_, concept, label, source, **kind)


def _receptor(name: str) -> bool:
    return bool(re.search(r"receptor(?! antagonist)|antibod|inhibitor(?!y)|vaccin", name, re.IGNORECASE))


def _identify(sources: Sources, line: Curated) -> tuple[str, str]:
    """CURIE and label of a curated line."""
    if line.id in sources.genes:
        gene = sources.genes[line.id]
        return gene.curie, line.names[0] if line.names else gene.name
    if line.names:
        return line.id, line.names[0]
    if line.id.startswith("MESH:"):
        return line.id, sources.mesh[line.id].names[0]
    if line.id.startswith("CHEBI:"):
        return line.id, sources.chebi[line.id].label
    raise SystemExit(f"A curated line has no names, and {line.id!r} is unknown.")


def _own_mesh() -> set[str]:
    return {line.id for t in ("CYTOKINE", "HORMONE") for line in curated(t) if line.id.startswith("MESH:")}


def cytokines(sources: Sources, table: Table) -> None:
    """Interleukins, interferons, chemokines, growth factors and the like, and their class names."""
    signals(sources, "CYTOKINE", table, {key(n) for c in curated("HORMONE") for n in c.names}, _own_mesh())


# Under D06.472 MeSH also lists drugs that act like hormones, and insect hormones.
_NOT_HORMONES = ("D06.472.445", "D06.472.334.851.437.968", "D06.472.317", "D06.472.699.327.740.320")


def hormones(sources: Sources, table: Table, taken: set[str]) -> None:
    """Peptide and small hormones: the curated ones, then what MeSH lists below Hormones."""
    signals(sources, "HORMONE", table, taken, _own_mesh())
    for curie, heading in sorted(sources.mesh.items()):
        if not heading.under("D06.472") or heading.under(*_NOT_HORMONES):
            continue
        targets = sources.mesh_map.get(curie, {})
        concept = targets.get("HGNC") or targets.get("CHEBI") or curie
        names = [n for n in heading.names if key(n) not in taken and key(n) not in table.keys and not _receptor(n)]
        table.add(names, "HORMONE", concept, heading.names[0], "MESH", roles=("hormone",))


def cells(sources: Sources, table: Table) -> None:
    """Cell types: curated names, the Cell Ontology, and MeSH A11 without the parts of cells."""
    terms = sources.cells
    owner = _cell_owners(sources)
    vertebrate = {c: t for c, t in terms.items() if not _INVERTEBRATE.search(t.label)}
    labels = {key(clean(t.label)): c for c, t in sorted(vertebrate.items(), reverse=True)}
    by_key: dict[str, str] = {}
    for line in curated("CELL"):
        if line.id and line.id not in terms:
            raise SystemExit(f"curated_cell.tsv: {line.id} is not in the Cell Ontology.")
        for name in line.names:
            # Only the line's first name is sure to be what its concept says; another may be a concept's own name.
            own = "" if name == line.names[0] else labels.get(key(name), "")
            concept = own or line.id or owner.get(key(name), "")
            label = terms[concept].label if concept else own_label(line, name)
            table.add([name], "CELL", concept, label, "immunolit", flags=line.flags, trusted=True)
            by_key.setdefault(key(name), concept)
    for curie, term in sorted(terms.items()):
        names = [
            n
            for n in term.names
            if not _INVERTEBRATE.search(n)  # without its tag it would mean anyone's cell
            and by_key.get(key(n), curie) == curie
            and owner.get(key(clean(n)), curie) == curie
            and not (symbolic(n) and len(n) < 4)
        ]
        table.add(names, "CELL", curie, term.label, "CL")
    for name_key, curie in owner.items():
        by_key.setdefault(name_key, curie)
    for curie, heading in sorted(sources.mesh.items()):
        if not heading.under("A11") or heading.under("A11.284"):
            continue
        # "Mouse Embryonic Stem Cells" are embryonic stem cells: CL leaves the species to others.
        names = [*heading.names, *(_SPECIES.sub("", n) for n in heading.names)]
        known = sorted({by_key[key(n)] for n in names if by_key.get(key(n))})
        concept = sources.mesh_map.get(curie, {}).get("CL") or (known[0] if known else curie)
        label = terms[concept].label if concept in terms else heading.names[0]
        table.add([n for n in heading.names if key(n) not in by_key], "CELL", concept, label, "MESH")


# Cells of insects, worms and fungi, whose names vertebrates' cells have as well ("cone cell", "hair cell").
_INVERTEBRATE = re.compile(
    r"sensu (?:Nematoda|Arthr?opoda|Endopterygota|Diptera|Insecta|Fungi)|insect|compound eye|trichogen|hemocyte|"
    r"ommatidi",
    re.IGNORECASE,
)
_SPECIES = re.compile(r"^(?:human|mouse|murine|rat) ", re.IGNORECASE)


def _cell_owners(sources: Sources) -> dict[str, str]:
    """Which concept of CL a name belongs to: own names before synonyms, vertebrates before other animals."""
    owner: dict[str, str] = {}
    ordered = sorted(sources.cells.items(), key=lambda item: (bool(_INVERTEBRATE.search(item[1].label)), item[0]))
    for curie, term in ordered:
        if not _INVERTEBRATE.search(term.label):
            owner.setdefault(key(clean(term.label)), curie)
    for curie, term in ordered:
        for name in term.names:
            owner.setdefault(key(clean(name)), curie)
    owner.pop("", None)
    return owner


_MESH_DISEASE = ("C", "F03")
# Attributes of diseases, and talk of the laboratory.
_NOT_DISEASE_MESH = ("C23.550.291",)
_ABNORMAL = re.compile(r"^(?:abnormal|abnormality of|aplasia/hypoplasia|increased|decreased|reduced)\b", re.IGNORECASE)
# Genetic subtypes ("deafness, autosomal recessive 12", "HLD21"): by the thousand, and never in immunology's
# prose.
_SUBTYPE = re.compile(
    r"autosomal|[xy]-linked|recessive|dominant|chromosome|\bdel\(|formerly|\d+[A-Za-z]?$", re.IGNORECASE
)
_NUMBERED = re.compile(r"autosomal|[xy]-linked|chromosome|\w+ \w+ (?:type )?\d+[A-Za-z]?$", re.IGNORECASE)
_LOCUS = re.compile(r"^[A-Z]+[A-Z-]*\d+[A-Z]*\d*$")
_ANIMAL = re.compile(r"\b(?:domestic|canine|feline|bovine|porcine|ovine|of swine|of cattle)\b", re.IGNORECASE)


def _usable(name: str, preferred: bool, source: str) -> bool:
    """Whether a disease name of an ontology is one that texts use."""
    if symbolic(name):
        # Short forms of MONDO and DOID are legion and mean many things; the common ones are MeSH's or in
        # curated_disease.tsv.
        return source in ("MESH", "HP") and len(name) >= 4 and not _LOCUS.match(name)
    if _ANIMAL.search(name) or _ABNORMAL.match(name):
        return False
    if preferred:
        return not _NUMBERED.search(name)
    # "can", "let", "hi": short forms that have lost their capitals.
    if len(name) <= 4:
        return False
    return not (_SUBTYPE.search(name) or "," in name or "(" in name or len(name.split()) > 5)


class _Diseases:
    """Collects disease names; the first ontology that has a name decides which concept it stands for."""

    def __init__(self, sources: Sources, table: Table, taken: set[str]) -> None:
        self.sources, self.table = sources, table
        self.unwanted = taken | gene_symbols(sources)
        # What MeSH has as anatomy or physiology and not as a disease is none, whatever a synonym says
        # ("ganglia").
        mesh = sources.mesh.values()
        diseased = {key(n) for h in mesh if any(t.startswith(_MESH_DISEASE) for t in h.trees) for n in h.names}
        normal = {key(n) for h in mesh if any(t.startswith(("A", "G")) for t in h.trees) for n in h.names}
        self.normal = normal - diseased
        for gene in sources.genes.values():
            self.unwanted.update(key(a) for a in gene.aliases)
        self.by_key: dict[str, str] = {}
        self.by_xref: dict[str, list[str]] = {}

    def label(self, curie: str) -> str:
        for terms in (self.sources.mondo, self.sources.hp, self.sources.doid):
            if curie in terms:
                return terms[curie].label
        return self.sources.mesh[curie].names[0] if curie in self.sources.mesh else ""

    def add(self, concept: str, names: list[str], source: str, preferred: str) -> None:
        fitting = []
        for name in names:
            for form in dict.fromkeys((natural_order(name), name)):
                form_key = key(form)
                if (
                    self.by_key.get(form_key, concept) != concept
                    or form_key in self.normal
                    or (symbolic(form) and form_key in self.unwanted)
                ):
                    continue
                if _usable(form, name == preferred, source):
                    fitting.append(form)
                    self.by_key.setdefault(form_key, concept)
                    break
        self.table.add(fitting, "DISEASE", concept, self.label(concept), source)

    def home(self, curie: str, names: list[str]) -> str:
        """The MONDO (or first met) concept for another ontology's concept, or that concept itself."""
        if self.by_key.get(key(names[0])):
            return self.by_key[key(names[0])]
        candidates = self.by_xref.get(curie, [])
        if len(candidates) == 1:
            return candidates[0]
        met = next((self.by_key[key(n)] for n in names[1:] if self.by_key.get(key(n))), "")
        return met or (candidates[0] if candidates else curie)


def diseases(sources: Sources, table: Table, taken: set[str]) -> None:
    """Diseases and symptoms: MONDO first, then HP, DOID and MeSH, each under the MONDO concept where there
    is one."""
    mondo, hp, doid = sources.mondo, sources.hp, sources.doid
    real = sorted(descendants(mondo, "MONDO:0000001", "MONDO:0021178") & mondo.keys())
    made = _Diseases(sources, table, taken)
    own: dict[str, str] = {}
    for terms in (mondo, hp):
        for curie in real if terms is mondo else sorted(hp):
            own.setdefault(key(terms[curie].label), curie)
    headings = {
        c: h for c, h in sorted(sources.mesh.items()) if any(t.startswith(_MESH_DISEASE) for t in h.trees)
    }
    synonyms: dict[str, str] = {}
    for names_of in (
        {c: mondo[c].names for c in real},
        {c: hp[c].names for c in sorted(hp)},
        {c: h.names for c, h in headings.items()},
    ):
        for curie, names in names_of.items():
            for name in names:
                synonyms.setdefault(key(name), curie)
    for line in curated("DISEASE"):
        for name in line.names:
            # Only the line's first name is sure to be what its concept says; the others may be concepts of their own.
            first = line.id if name == line.names[0] else ""
            concept = first or own.get(key(name)) or line.id or synonyms.get(key(name), "")
            label = made.label(concept) or own_label(line, name)
            table.add([name], "DISEASE", concept, label, "immunolit", also=line.also, flags=line.flags, trusted=True)
            made.by_key.setdefault(key(name), concept)
    for curie in real:
        for xref in mondo[curie].xrefs:
            made.by_xref.setdefault(xref, []).append(curie)
    phenotypes = descendants(hp, "HP:0000118") & hp.keys()
    others: dict[str, list[str]] = {}
    for curie in sorted(phenotypes):
        others.setdefault(key(hp[curie].label), []).append(curie)
    for curie, heading in headings.items():
        others.setdefault(key(heading.names[0]), []).append(curie)

    def foreign(curie: str, name: str) -> bool:
        """Whether a MONDO synonym is another concept's own name: "myositis" is no juvenile dermatomyositis.

        MONDO lists related and wider names among synonyms. Another ontology's heading of that name counts if MONDO
        gives that heading to another concept, if the concept is a disease of one gene with a different name, or if its
        own name says much more.
        """
        same = others.get(key(name), [])
        homes = {home for other in same for home in made.by_xref.get(other, ())}
        if not same or curie in homes or "neoplasm" in name.lower():
            return False
        single = any(x.startswith("OMIM:") for x in mondo[curie].xrefs)
        words, label = set(name.lower().split()), set(mondo[curie].label.lower().split()) - {"disease", "disorder"}
        return bool(homes) or (single and not words <= label) or (words < label and len(label - words) > 1)

    # All preferred names before any synonym, so that a synonym never takes another concept's own name.
    for curie in real:
        made.add(curie, mondo[curie].names[:1], "MONDO", mondo[curie].label)
    for curie in real:
        made.add(curie, [n for n in mondo[curie].names[1:] if not foreign(curie, n)], "MONDO", "")
    for curie in sorted(phenotypes):
        made.add(made.home(curie, hp[curie].names), hp[curie].names, "HP", hp[curie].label)
    for curie, term in sorted(doid.items()):
        made.add(made.home(curie, term.names), term.names, "DOID", term.label)
    for curie, heading in headings.items():
        if not heading.under(*_NOT_DISEASE_MESH):
            made.add(made.home(curie, heading.names), heading.names, "MESH", heading.names[0])
