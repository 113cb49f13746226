"""Concepts against identifiers in public corpora and in gold: how often a rightly found mention has the right CURIE.

    python benchmarks/concepts.py CORPORA [GOLD ...] [--corpus NAME ...] [--limit 150] [--wheels DIR]
        [--leave-out 4:3] [--given] [--wrong N] [--json]

CORPORA is a folder of *.ner.jsonl files as for benchmarks/entities.py, whose entities carry "norm": [CURIEs]; GOLD are
files in the gold format. A gold mention counts if it has an identifier that the lexicon's cross-references can be
compared with (PREFIXES). Found means the same type and overlapping borders, one to one; "strict" says the same for
equal borders. With --given, the mentions are the gold's own, and only their concepts are the pipeline's.

A concept is right if it is one of the gold identifiers or if the ontologies state that it is equivalent to one.
No concept is wrong. "precision" leaves out the mentions without a concept. "near" are wrong ones that are an
ancestor or a descendant of a right one (they need --wheels, the folder of scripts/build_lexicon.py, for the hierarchies
of MONDO, HP, DOID and MeSH). A gene of a mouse or a rat counts as the human gene of the same symbol, since CURIEs of
proteins are HGNC's; where gold names several things in one mention ("breast and ovarian cancer"), any of them is right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from entities import LABELS
from extract.entities.concepts import given_mentions
from extract.entities.normalizer import Normalizer
from extract.errors import ImmunolitError
from extract.lexicon import Lexicon
from extract.pipeline import load
from extract.schema import CORE_TYPES, Document, Mention, MentionType
from extract.scoring import read_gold
from extract.scoring.matching import Alignment
from findings import kept, remainder

CORPORA = ("craft", "ncbi_disease", "bc5cdr", "biored")
PREFIXES = frozenset({"CL", "MONDO", "HP", "DOID", "MESH", "OMIM", "HGNC", "NCBIGene", "CHEBI"})
FEWEST = 20
Related = Callable[[str, str], bool]


class Judge:
    """Whether a concept is a gold one, by the lexicon's cross-references; nearness by the ontologies' own trees."""

    def __init__(self, lexicon: Lexicon, wheels: Path | None) -> None:
        self._lexicon = lexicon
        self._above = _ancestors(wheels) if wheels else {}

    @cache  # noqa: B019 - one judge lives as long as the program
    def same(self, curie: str) -> frozenset[str]:
        """All CURIEs of the concept."""
        return frozenset({curie, self._lexicon.canonical(curie), *self._lexicon.equivalents(curie)})

    @cache  # noqa: B019
    def _line(self, curie: str) -> frozenset[str]:
        """All CURIEs of the concept's ancestors and of itself."""
        own = set(self.same(curie))
        for _ in range(2):  # once through one ontology, once through its equivalents in another
            for other in list(own):
                own |= self._above.get(other, frozenset())
        return frozenset(own)

    def verdict(self, concept: str, gold: frozenset[str]) -> str:
        """right, near, wrong or none."""
        if not concept:
            return "none"
        if any(self.same(concept) & self.same(g) and _agree(concept, g, self) for g in gold):
            return "right"
        same = self.same(concept)
        near = any(same & self._line(g) or self.same(g) & self._line(concept) for g in gold)
        return "near" if near else "wrong"


def _agree(concept: str, gold: str, judge: Judge) -> bool:
    """Two concepts that share a wider one as their equivalent are not yet the same."""
    prefix = gold.split(":")[0]
    if concept.split(":")[0] == prefix:
        return concept == gold
    return gold in judge.same(concept) or concept in judge.same(gold)


def _ancestors(wheels: Path) -> dict[str, frozenset[str]]:
    sys.path.append(str(Path(__file__).resolve().parents[1] / "scripts"))
    from lexicon.sources import Sources

    sources = Sources(wheels)
    above: dict[str, frozenset[str]] = {}
    parents: dict[str, list[str]] = defaultdict(list)
    for terms in (sources.mondo, sources.hp, sources.doid):
        for curie, term in terms.items():
            parents[curie] += term.parents
    places = {tree: curie for curie, heading in sources.mesh.items() for tree in heading.trees}
    for curie, heading in sources.mesh.items():
        parents[curie] += [places[t.rpartition(".")[0]] for t in heading.trees if t.rpartition(".")[0] in places]
    # What is above everything says nothing.
    top = {"MONDO:0000001", "MONDO:0700096", "HP:0000001", "HP:0000118", "DOID:4"}

    def climb(curie: str) -> frozenset[str]:
        if curie not in above:
            above[curie] = frozenset()
            found = {p for p in parents[curie] if p not in top}
            above[curie] = frozenset(found.union(*(climb(p) for p in found)) if found else ())
        return above[curie]

    for curie in list(parents):
        climb(curie)
    return above


def read_corpus(path: Path, limit: int, lexicon: Lexicon) -> dict[str, tuple[Document, dict[str, frozenset[str]]]]:
    """Documents of a corpus by id, each with the comparable identifiers of its mentions by their ids."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    if limit and len(rows) > limit:
        rows = [rows[n * len(rows) // limit] for n in range(limit)]
    out = {}
    for row in rows:
        mentions, ids = [], {}
        for entity in row["entities"]:
            kind = LABELS.get(entity["label"])
            if kind is None or (entity.get("generic") and kind == "CELL"):
                continue
            name = f"m{len(mentions)}"
            parts = [(a, b) for a, b in entity.get("fragments") or [(entity["start"], entity["end"])]]
            text = " … ".join(row["text"][a:b] for a, b in parts)
            mentions.append(Mention(id=name, type=kind, fragments=parts, text=text))
            ids[name] = comparable(entity.get("norm", ()), lexicon)
        out[row["id"]] = Document(id=row["id"], text=row["text"], mentions=mentions), ids
    return out


def comparable(norm: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """The identifiers that can be compared, and for a gene's symbol the human gene of that symbol."""
    out = set()
    for curie in norm:
        prefix, _, rest = curie.partition(":")
        if prefix in PREFIXES:
            out.add(curie)
        elif prefix == "SYM":
            genes = [e.concept for e in lexicon.lookup(rest) if e.concept.startswith("HGNC:")]
            out |= set(genes[:1])
    return frozenset(out)


def read_own(path: Path, leave_out: tuple[int, int] | None, lexicon: Lexicon) -> dict[str, Any]:
    """The same for a file in the gold format."""
    return {
        key: (document, {m.id: comparable([m.concept], lexicon) for m in document.mentions})
        for key, document in read_gold(path).items()
        if kept(key, leave_out)
    }


def judged(
    parts: Mapping[str, tuple[Document, dict[str, frozenset[str]]]],
    name: Callable[[Document], list[Mention]],
    judge: Judge,
) -> Iterator[tuple[str, Mention, Mention, str, bool, frozenset[str]]]:
    """Document id, gold mention, predicted mention, verdict, equal borders, gold identifiers."""
    for key, (gold, ids) in parts.items():
        found = name(gold)
        pairs = Alignment(gold, Document(id=key, text=gold.text, mentions=found)).mentions("overlap", CORE_TYPES).pairs
        for i, j in sorted(pairs):
            mention = gold.mentions[i]
            if ids[mention.id]:
                verdict = judge.verdict(found[j].concept, ids[mention.id])
                strict = mention.fragments == found[j].fragments
                yield key, mention, found[j], verdict, strict, ids[mention.id]


def main() -> None:
    args = _arguments()
    lexicon = Lexicon.load()
    judge, normalizer = Judge(lexicon, args.wheels), Normalizer(lexicon)
    nlp = load()
    nlp.remove_pipe("immunolit_relations")
    nlp.remove_pipe("immunolit_parser")

    def found(document: Document) -> list[Mention]:
        mentions: list[Mention] = nlp(document.text)._.mentions
        return mentions

    def given(document: Document) -> list[Mention]:
        return given_mentions(nlp.make_doc(document.text), document.mentions, normalizer)

    parts: dict[str, Any] = {}
    try:
        for path in args.gold:
            parts["/".join(path.parts[-3:])] = read_own(path, args.leave_out, lexicon)
    except ImmunolitError as error:
        sys.exit(str(error))
    for corpus in args.corpus or CORPORA:
        path = args.corpora / f"{corpus}.ner.jsonl"
        if not path.exists():
            sys.exit(f"{path} is missing.")
        parts[corpus] = read_corpus(path, args.limit, lexicon)
    rows = []
    for corpus, documents in parts.items():
        counts: dict[MentionType, Counter[str]] = {t: Counter() for t in CORE_TYPES}
        mistakes: Counter[tuple[str, ...]] = Counter()
        support = Counter(m.type for d, ids in documents.values() for m in d.mentions if ids[m.id])
        for _, gold, pred, verdict, strict, ids in judged(documents, given if args.given else found, judge):
            counts[gold.type][verdict] += 1
            counts[gold.type]["strict"] += strict
            counts[gold.type]["strict right"] += strict and verdict == "right"
            if verdict != "right":
                labels = "|".join(f"{i} {lexicon.label(lexicon.canonical(i))}".strip() for i in sorted(ids))
                mistakes[gold.type, verdict, gold.text.lower(), pred.text.lower(), pred.concept, pred.name, labels] += 1
        for kind in CORE_TYPES:
            if support[kind] >= FEWEST:
                rows.append(_row(corpus, kind, support[kind], counts[kind]))
        for mistake, count in sorted(mistakes.items(), key=lambda m: (-m[1], m[0]))[: args.wrong]:
            print(corpus, count, *mistake, sep="\t", file=sys.stderr)
    print(json.dumps(rows, indent=1)) if args.json else _table(rows)


def _row(corpus: str, kind: MentionType, support: int, count: Counter[str]) -> dict[str, Any]:
    total = count["right"] + count["near"] + count["wrong"] + count["none"]
    named = total - count["none"]
    return {
        "corpus": corpus, "type": kind, "gold": support, "found": total,
        "accuracy": count["right"] / total if total else None,
        "near": count["near"] / total if total else None,
        "none": count["none"] / total if total else None,
        "precision": count["right"] / named if named else None,
        "strict": count["strict right"] / count["strict"] if count["strict"] else None,
    }  # fmt: skip


def _table(rows: Iterable[Mapping[str, Any]]) -> None:
    table = Table(title="Concepts", title_justify="left")
    for column in ("corpus", "type", "gold", "found", "accuracy", "strict", "near", "none", "precision"):
        table.add_column(column, justify="left" if column in ("corpus", "type") else "right")
    last = ""
    for row in rows:
        if row["corpus"] != last:
            table.add_section()
        last = row["corpus"]
        numbers = (
            "–" if row[k] is None else f"{row[k]:.3f}" for k in ("accuracy", "strict", "near", "none", "precision")
        )
        table.add_row(last, row["type"], str(row["gold"]), str(row["found"]), *numbers)
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA", help="folder of *.ner.jsonl files")
    parser.add_argument("gold", type=Path, nargs="*", metavar="GOLD", help="gold files (.jsonl, .jsonl.gz)")
    parser.add_argument("--corpus", action="append", default=[], choices=CORPORA, help="only this corpus; repeatable")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="documents of each corpus (default: all)")
    parser.add_argument("--leave-out", type=remainder, metavar="M:R", help="gold documents to set aside, by number")
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="pinned wheels, for near misses")
    parser.add_argument("--given", action="store_true", help="name gold's own mentions instead of found ones")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print the N most frequent mistakes")
    parser.add_argument("--json", action="store_true", help="print JSON for programs instead of a table")
    return parser.parse_args()


if __name__ == "__main__":
    main()
