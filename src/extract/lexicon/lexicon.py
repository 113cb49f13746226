"""The lexicon: which names of cells, cytokines, hormones, diseases and the rest stand in a text.

    lexicon = Lexicon.load()
    for match in lexicon.match(text):
        match.start, match.end, match.entries[0].type, match.entries[0].concept

All names that stand at token boundaries are reported, nested and overlapping ones too: which of them count
is for
extract.entities to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Final

from extract.errors import LexiconError
from extract.lexicon.compiled import CURATED, content_hash, load_compiled
from extract.lexicon.tables import Entry, Table, parse_line, read_table
from extract.text import key, squeeze

__all__ = ["Entry", "Lexicon", "Match"]

_FOLDER: Final = Path(__file__).parent
_NOT_NAMES: Final = frozenset({"stop.tsv", "xrefs.tsv"})
# A gap between two letters that the text may have only where the name has one ("so d" is not SOD, nor is
# "collects in" the name Collectin); a hyphen in a longer word may be extra ("pre-adipocyte").
_GAP: Final = re.compile(r"(?<=[^\W\d_])[\s-]+(?=[^\W\d_])")
_SPACE: Final = re.compile(r"(?<=[^\W\d_])\s+(?=[^\W\d_])")
_SHORT: Final = 8
_KNOWN_LIMIT: Final = 100_000
# Names of these types are written like mouse genes too (Tnf, Foxp3).
_GENES: Final = frozenset({"CYTOKINE", "HORMONE", "PROTEIN"})


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text: half-open [start, end) in code points, and what it can mean, best first."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Lexicon:
    """Names and their concepts. Make one with `Lexicon.load`; it never changes afterwards and may be
    shared."""

    _loaded: ClassVar[dict[tuple[Path, ...], Lexicon]] = {}

    def __init__(self, tables: Sequence[Table], *, xrefs: Path | None = None, stop: Path | None = None) -> None:
        self._tables = tuple(tables)
        self._xrefs_path = xrefs
        self.hash = content_hash(tables)
        """SHA-256 of the tables, hexadecimal: two lexica with the same hash give the same matches."""
        self._compiled = load_compiled(tables, self.hash)
        self._starts: list[int] = []
        at = 0
        for table in self._tables:
            self._starts.append(at)
            at += len(table.lines)
        self._size = at
        self._entries: dict[int, Entry] = {}
        self._patterns: dict[int, tuple[Entry, ...]] = {}
        self._known: dict[tuple[int, str], tuple[Entry, ...]] = {}
        self._words = frozenset(_read_words(stop)) if stop else frozenset()

    @classmethod
    def load(cls, paths: Iterable[Path | str] | None = None, *, extra: Iterable[Path | str] = ()) -> Lexicon:
        """The lexicon of the shipped tables, or of `paths`, with the tables `extra` added.

        Loaded once a process for each list of files. Names of `extra` come first among the entries of a
        match.
        Raises LexiconError, which names file, line and remedy, if a table is missing or malformed.
        """
        shipped = paths is None
        own = sorted(p for p in _FOLDER.glob("*.tsv") if p.name not in _NOT_NAMES) if paths is None else [*paths]
        base = [Path(p) for p in own]
        more = [Path(p) for p in extra]
        if not base and not more:
            raise LexiconError(
                f"There is no lexicon table in {_FOLDER}.",
                reason="missing-table",
                remedy="Install the package again, or make the tables with scripts/build_lexicon.py.",
            )
        if not shipped or more:
            return cls._make(base, more)
        cache_key = tuple(base)
        if cache_key not in cls._loaded:
            cls._loaded[cache_key] = cls._make(base, more)
        return cls._loaded[cache_key]

    @classmethod
    def _make(cls, base: Sequence[Path], more: Sequence[Path]) -> Lexicon:
        tables = [*(read_table(p) for p in base), *(read_table(p, extra=True) for p in more)]
        xrefs, stop = _FOLDER / "xrefs.tsv", _FOLDER / "stop.tsv"
        return cls(tables, xrefs=xrefs if xrefs.exists() else None, stop=stop if stop.exists() else None)

    def __len__(self) -> int:
        """How many names (table lines) there are."""
        return self._size

    def match(self, text: str) -> list[Match]:
        """All names in `text`, sorted by start, then longest first.

        A name must begin and end where a run of letters and digits does ("IL-6" is not in "IL-6R"). Symbols
        (flag "case") match only where their capitals stand, or in a form that is no ordinary word.
        """
        squeezed = squeeze(text)
        starts, ends, known = squeezed.starts, squeezed.ends, self._known
        if len(known) > _KNOWN_LIMIT:
            known.clear()
        out: list[Match] = []
        size = len(text)
        for key_start, key_end, pattern in self._compiled.automaton.find_overlapping(squeezed.key):
            start = starts.get(key_start)
            if start is None:
                continue
            end = ends.get(key_end)
            if end is None or (start and text[start - 1].isalnum()) or (end < size and text[end].isalnum()):
                continue
            seen = (pattern, text[start:end])
            entries = known.get(seen)
            if entries is None:
                entries = known[seen] = self._fitting(pattern, seen[1], key_end - key_start)
            if entries:
                out.append(Match(start, end, entries))
        out.sort(key=lambda m: (m.start, -m.end))
        return out

    def lookup(self, name: str) -> list[Entry]:
        """What `name` can mean, best first: entries with exactly this name, then those of its spelling
        variants.

        Capitals are not asked for: lookup("rest") finds a symbol REST if there is one. Unknown names give [].
        """
        wanted = key(name)
        for start, end, pattern in self._compiled.automaton.find_overlapping(wanted):
            if start == 0 and end == len(wanted):
                entries = self._of_pattern(pattern)
                return sorted(entries, key=lambda e: e.name != name)
        return []

    def listed(self, kind: str) -> list[tuple[str, str]]:
        """(name, CURIE) of all names of type `kind` that have a CURIE and are no symbols, in the tables' order."""
        wanted = kind.encode()
        out = []
        for table in self._tables:
            for line in table.lines:
                cells = line.split(b"\t")
                if cells[1] == wanted and cells[4] and b"case" not in cells[6]:
                    out.append((cells[0].decode(), cells[4].decode()))
        return out

    def label(self, curie: str) -> str:
        """The preferred name of a concept, or "" if the lexicon does not have it."""
        return self._labels.get(curie, "")

    def equivalents(self, curie: str) -> tuple[str, ...]:
        """Other CURIEs for the same concept (MESH, DOID, OMIM, NCBIGene ...), sorted; without `curie`
        itself."""
        main = self._main_curie.get(curie, curie)
        group = {main, *self._xrefs.get(main, ())}
        return tuple(sorted(group - {curie})) if len(group) > 1 else ()

    def canonical(self, curie: str) -> str:
        """The CURIE under which the lexicon lists this concept: MESH:D001943 -> MONDO:0007254. Else
        `curie`."""
        if curie in self._labels:
            return curie
        return self._main_curie.get(curie, curie)

    # -----------------------------------------------------------------------------------------------------

    def _line(self, number: int) -> tuple[Table, int]:
        at = bisect_right(self._starts, number) - 1
        return self._tables[at], number - self._starts[at]

    def _entry(self, number: int) -> Entry:
        entry = self._entries.get(number)
        if entry is None:
            table, line = self._line(number)
            label = ""
            labelled = self._compiled.labels[number]
            if labelled != number:
                other, other_line = self._line(labelled)
                label = parse_line(other.lines[other_line], other.path, other_line + 2).label
            entry = parse_line(table.lines[line], table.path, line + 2, label)
            self._entries[number] = entry
        return entry

    def _of_pattern(self, pattern: int) -> tuple[Entry, ...]:
        entries = self._patterns.get(pattern)
        if entries is None:
            first = self._compiled.first
            if pattern + 1 >= len(first):  # the place-holder of an empty lexicon
                return ()
            numbers = self._compiled.postings[first[pattern] : first[pattern + 1]]
            entries = self._patterns[pattern] = tuple(self._entry(n) for n in numbers)
        return entries

    def _fitting(self, pattern: int, surface: str, key_size: int) -> tuple[Entry, ...]:
        """The entries of a pattern that the text's capitals and gaps allow."""
        entries = self._of_pattern(pattern)
        gaps = len((_GAP if key_size < _SHORT else _SPACE).findall(surface))
        fitting = [
            e
            for e in entries
            if ("case" not in e.flags or self._case_fits(e, surface))
            and ("exact" not in e.flags or e.name.lower() == surface.lower())
            and (not gaps or gaps <= len(_GAP.findall(e.name)) + e.name.count("/"))
        ]
        # CCl4 is a solvent, CCL4 a chemokine; CSF is a fluid, CSFs are growth factors.
        fitting.sort(key=lambda e: e.name != surface)
        # A symbol and a word of one concept ("TNF-alpha", "TNF alpha") are one answer.
        return tuple({(e.type, e.concept or e.label): e for e in reversed(fitting)}.values())[::-1]

    def _case_fits(self, entry: Entry, surface: str) -> bool:
        """Whether a symbol may be written as `surface`: with its capitals, or in a way that no word is
        written.

        IL6 may be Il6 or il6 (no word has a digit), and a curated TNF may be Tnf, as genes of mice are; but
        CAT
        may not be Cat, and "for 20" is no FOR20.
        """
        capitals, expected = sum(c.isupper() for c in surface), sum(c.isupper() for c in entry.name)
        if capitals >= min(2, expected):
            return True
        if expected == 1 and "-" in surface and "-" in entry.name:
            return True  # c-myc for c-Myc
        if any(c.isdigit() for c in surface):
            return len(surface) >= 3 and " " not in surface
        word = surface.lower()
        return (
            capitals == 1
            and surface[0].isupper()
            and len(word) >= 3
            and entry.type in _GENES
            and entry.source == CURATED
            and word not in self._words
        )

    @cached_property
    def _labels(self) -> dict[str, str]:
        labels: dict[str, str] = {}
        for table in self._tables:
            for line in table.lines:
                cells = line.split(b"\t")
                labels.setdefault(cells[4].decode(), (cells[5] or cells[0]).decode())
        labels.pop("", None)
        return labels

    @cached_property
    def _xrefs(self) -> dict[str, tuple[str, ...]]:
        if self._xrefs_path is None:
            return {}
        rows = (line.split("\t") for line in self._xrefs_path.read_text(encoding="utf-8").split("\n")[1:] if line)
        # Equivalents that an ontology states come before namesakes.
        return {row[0]: tuple(o for cell in row[1:] for o in cell.split("|") if o) for row in rows}

    @cached_property
    def _main_curie(self) -> dict[str, str]:
        main: dict[str, str] = {}
        # MONDO is home to what HP has as well.
        for curie, others in sorted(self._xrefs.items(), key=lambda item: item[0].startswith("HP:")):
            for other in others:
                main.setdefault(other, curie)
        return main


def _read_words(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")[1:]
    return [line.split("\t")[0] for line in lines if line]
