"""The rows of the lexicon's tables while they are made: cleaning of names, flags, stop list, order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from extract.lexicon.tables import COLUMNS
from extract.lexicon.variants import variants
from extract.text import key

HERE = Path(__file__).resolve().parent
_LOWER_RUN = re.compile(r"[a-z]{3}")
_BAD = re.compile(r"[\t\n\r|\"{}<>=;?!\\@#%^_~]|\(disorder\)|\bNOS\b|\bprotein, human\b|, susceptibility to|\.\.\.")
# "E COLI INFECT", "DEFIC VITAMIN D": MeSH's forms for old printers.
_PRINTER = re.compile(r"^(?=.*[A-Z]{4})(?=.* )[A-Z0-9 ,()-]+$")
_TAG = re.compile(
    r"\s*[\(\[](?:disease|disorder|finding|morphologic abnormality|sensu .*?|clinical|type|human|cell|"
    r"obsolete.*?|diagnosis|qualifier value)[\)\]]$"
)


@dataclass(frozen=True, order=True)
class Row:
    """One line of a table; the fields are `extract.lexicon.tables.COLUMNS`, lists as tuples."""

    name: str
    type: str
    also: tuple[str, ...]
    roles: tuple[str, ...]
    concept: str
    label: str
    flags: tuple[str, ...]
    source: str

    def line(self) -> str:
        cells = {
            "name": self.name,
            "type": self.type,
            "also": "|".join(self.also),
            "roles": "|".join(self.roles),
            "concept": self.concept,
            "label": self.label,
            "flags": "|".join(self.flags),
            "source": self.source,
        }
        return "\t".join(cells[c] for c in COLUMNS)


@dataclass(frozen=True)
class Curated:
    """One line of a curated_*.tsv: `id` is a CURIE, an HGNC symbol, or empty."""

    id: str
    also: tuple[str, ...]
    roles: tuple[str, ...]
    flags: tuple[str, ...]
    names: tuple[str, ...]


def curated(type_: str) -> list[Curated]:
    """The hand-made names of one type."""
    out = []
    path = HERE / f"curated_{type_.lower()}.tsv"
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")[1:], 2):
        if not line or line.startswith("//"):
            continue
        cells = line.split("\t")
        if len(cells) != 5:
            raise SystemExit(f"{path}, line {number}: {len(cells)} columns, expected 5.")
        first, also, roles, flags, names = cells
        split = [tuple(v.strip() for v in c.split("|") if v.strip()) for c in (also, roles, flags, names)]
        out.append(Curated(first, *split))
    return out


def symbolic(name: str) -> bool:
    """Whether a name is a symbol, to be matched with its capitals: IL-2, CAT, HeLa, Th1; not "T cell",
    "Treg"."""
    return any(c.isupper() for c in name) and not _LOWER_RUN.search(name)


def own_label(line: Curated, name: str) -> str:
    """The label of a curated name without a concept: the name itself; for a short form, the line's first
    name."""
    return line.names[0] if symbolic(name) else name


def clean(name: str) -> str:
    """A name as it may stand in text, or "" if it is none."""
    name = _TAG.sub("", " ".join(name.split())).strip(" ,.")
    if _BAD.search(name) or not 2 <= len(name) <= 70 or len(name.split()) > 6:
        return ""
    if (
        _PRINTER.match(name)
        or not any(c.isalpha() for c in name)
        or name.count("(") != name.count(")")
        or name.count(",") > 2
    ):
        return ""
    return name


class Exclusions:
    """What must not stand in the tables: exclude.tsv (type or *, name, why), and ordinary words for
    symbols."""

    def __init__(self) -> None:
        self._keys: dict[str, set[str]] = defaultdict(set)
        self.concepts: set[str] = set()
        for line in (HERE / "exclude.tsv").read_text(encoding="utf-8").split("\n")[1:]:
            if line and not line.startswith("//"):
                type_, name = line.split("\t")[:2]
                if re.fullmatch(r"[A-Z]+:[A-Z0-9]+", name):
                    self.concepts.add(name)
                else:
                    self._keys[type_].add(key(name))
        words = (HERE / "words.txt").read_text(encoding="utf-8").split("\n")
        self.words = frozenset(w for w in words if w and not w.startswith("//"))

    def excluded(self, name: str, type_: str) -> bool:
        name_key = key(name)
        return name_key in self._keys[type_] or name_key in self._keys["*"]

    def word(self, name: str) -> bool:
        """Whether a symbol is an ordinary word but for its capitals ("REST", "CAT")."""
        return name.lower() in self.words


class Table:
    """Collects the rows of one table; of rows that match the same text with the same meaning the first one
    stays."""

    def __init__(self, exclusions: Exclusions) -> None:
        self._exclusions = exclusions
        self._rows: dict[tuple[str, str, str, bool], Row] = {}
        self.keys: set[str] = set()

    def add(
        self,
        names: Iterable[str],
        type_: str,
        concept: str,
        label: str,
        source: str,
        *,
        also: tuple[str, ...] = (),
        roles: tuple[str, ...] = (),
        flags: tuple[str, ...] = (),
        trusted: bool = False,
    ) -> None:
        """Add the names of one concept. `trusted` names (curated ones) are spared the stop list."""
        if concept in self._exclusions.concepts and not trusted:
            return
        for raw in names:
            name = clean(raw)
            if not name or (not trusted and self._exclusions.excluded(name, type_)):
                continue
            # A curator's "Notch" is a word but for its capital: then the capital must stand in the text.
            case = symbolic(name) or (name[:1].isupper() and self._exclusions.word(name))
            if case and not trusted and (self._exclusions.word(name) or len(name) < 3):
                continue
            name_key = key(name)
            if not name_key or (len(name_key) < 2):
                continue
            slot = (name_key, type_, concept or label, case)
            own = ("case", *flags) if case else flags
            if slot not in self._rows:
                self._rows[slot] = Row(name, type_, also, roles, concept, label, own, source)
                self.keys.add(name_key)
                self.keys.update(key(v) for v in variants(name, type_))

    def rows(self) -> list[Row]:
        return sorted(self._rows.values(), key=lambda r: (key(r.name), r))

    def drop(self, unwanted: set[str]) -> None:
        """Remove the rows whose key is in `unwanted`."""
        self._rows = {slot: row for slot, row in self._rows.items() if slot[0] not in unwanted}
        self.keys -= unwanted

    def write(self, path: Path, labelled: set[str]) -> int:
        """Write the table; a concept's label is written once, on the first line of all that has the
        concept."""
        rows = self.rows()
        lines = []
        for row in rows:
            if row.concept in labelled or row.label == row.name:
                row = replace(row, label="")
            if row.concept:
                labelled.add(row.concept)
            lines.append(row.line())
        text = "\n".join(["\t".join(COLUMNS), *lines]) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
        return len(rows)
