"""Mentions against public corpora and gold: the pipeline with and without its tagger, the plain dictionary, and
scispaCy models if installed.

    python benchmarks/entities.py CORPORA [GOLD ...] [--corpus NAME ...] [--leave-out 4:3] [--json]
        [--fold-weights FILE] [--all-documents] [--limit 150]

CORPORA is a folder of *.ner.jsonl files, one document a line: {"id", "text", "entities": [{"start", "end", "label",
"generic"?, "borderline"?: [labels], "fragments"?}]}; GOLD are files in the gold format. For each corpus, the core types
of which it has at least 20 mentions are scored, strict (same borders) and overlap. Generic words, borderline
spans and cell lines need not be found, and count neither way when they are. "dictionary" takes the longest name of
the lexicon at each place and nothing else. Of a corpus only those documents are scored that the tagger was not trained
on (scripts/train_tagger.py), unless all are asked for. The weights that settle between dictionary and tagger were
fitted to some of these documents: with the file that scripts/train_settlement.py writes by --fold-weights each document
is settled by weights fitted without it, and once more by weights fitted to the corpora's own labels, class names and
adjectives included: what the same parts reach where they may follow the corpora's guidelines.
Models are those of extract/pipelines.yml that are installed and name entities; a type that a model does not know is
left out of its rows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import spacy
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from extract.entities.settling import Settler
from extract.errors import ImmunolitError
from extract.lexicon import Lexicon
from extract.models import DEFAULT_MODEL, EntityProposer, load_model, model_table
from extract.pipeline import load
from extract.schema import CORE_TYPES, Document, Mention, MentionType
from extract.scoring import GoldDocument, read_gold, score
from findings import kept, remainder

FEWEST = 20
# Corpora's labels that are a core type of ours under another name.
LABELS: Mapping[str, MentionType] = {**{t: t for t in CORE_TYPES}, "CANCER": "DISEASE"}
# Annotated apart in some corpora, and a cell or none by their guidelines: neither right nor wrong.
OPTIONAL: Mapping[str, MentionType] = {"CELL_LINE": "CELL"}
# These name tumours only: what else is a disease is not in the gold, so that precision would mean nothing.
RECALL_ONLY = frozenset({("anatem", "DISEASE"), ("cg13", "DISEASE")})

System = Callable[[Document], list[Mention]]


def held_out(row: Mapping[str, Any]) -> bool:
    """Whether the tagger was trained without the document: an eighth of all, the same in corpora that share them."""
    key = str(row.get("pmid") or row.get("pmc") or row["id"])
    return hashlib.md5(key.encode()).digest()[0] % 8 == 0


def read_corpus(path: Path, limit: int, everything: bool = False) -> dict[str, Document]:
    """The documents of one corpus file that the tagger has not seen, or `limit` of them spread evenly over it."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    rows = [row for row in rows if everything or held_out(row)]
    if limit and len(rows) > limit:
        rows = [rows[n * len(rows) // limit] for n in range(limit)]
    return {row["id"]: _document(row) for row in rows}


def _document(row: Mapping[str, Any]) -> GoldDocument:
    mentions: list[Mention] = []
    optional: set[str] = set()
    for entity in row["entities"]:
        parts = [(a, b) for a, b in entity.get("fragments") or [(entity["start"], entity["end"])]]
        kinds = {t for label, t in LABELS.items() if label == entity["label"]}
        spare = {t for label, t in OPTIONAL.items() if label == entity["label"]}
        spare |= {LABELS[label] for label in entity.get("borderline", ()) if label in LABELS} - kinds
        for kind in sorted(kinds | spare):
            name = f"m{len(mentions)}"
            mentions.append(Mention(id=name, type=kind, fragments=parts, text=""))
            if kind in spare or entity.get("generic"):
                optional.add(name)
    return GoldDocument(id=row["id"], text=row["text"], mentions=mentions, optional_mentions=frozenset(optional))


def systems(fold_weights: Path | None) -> dict[str, tuple[System, frozenset[str]]]:
    """What is compared: by name, a function that names a document's mentions, and the types that it knows."""
    nlp = load()
    nlp.remove_pipe("immunolit_relations")
    nlp.remove_pipe("immunolit_parser")
    lexicon = Lexicon.load()
    annotator = nlp.get_pipe("immunolit_entities").annotator
    tagger, limits = annotator.tagger, annotator.settler.limits
    parts = json.loads(fold_weights.read_text()) if fold_weights else {"ours": [annotator.settler.weights]}
    settlers = {name: [Settler(w, limits, adjectives=name == "theirs") for w in row] for name, row in parts.items()}

    def heard(document: Document, whose: str = "ours") -> list[Mention]:
        annotator.tagger = tagger
        annotator.settler = settlers[whose][hashlib.md5(document.id.encode()).digest()[1] % len(settlers[whose])]
        return _mentions(nlp, document)

    def unheard(document: Document) -> list[Mention]:
        annotator.tagger = None
        return _mentions(nlp, document)

    out: dict[str, tuple[System, frozenset[str]]] = {
        "pipeline": (heard, frozenset(CORE_TYPES)),
        "without tagger": (unheard, frozenset(CORE_TYPES)),
        **({"by their guidelines": (lambda d: heard(d, "theirs"), frozenset(CORE_TYPES))} if fold_weights else {}),
        "dictionary": (lambda d: _longest(lexicon, d), frozenset(CORE_TYPES)),
    }
    for name, model in model_table().items():
        if name != DEFAULT_MODEL and model.labels and spacy.util.is_package(name):
            proposer = EntityProposer(load_model(name), model.labels, name)
            out[name] = (lambda d, p=proposer: _proposed(p, d), frozenset(model.labels.values()))
    return out


def _mentions(nlp: spacy.Language, document: Document) -> list[Mention]:
    doc = nlp(document.text)
    found: list[Mention] = doc._.mentions
    return found


def _longest(lexicon: Lexicon, document: Document) -> list[Mention]:
    """Leftmost longest names, each with the first type that the lexicon gives it."""
    out: list[Mention] = []
    end = 0
    for match in lexicon.match(document.text):
        if match.start >= end:
            end = match.end
            out.append(_mention(len(out), match.entries[0].type, match.start, match.end))
    return out


def _proposed(proposer: EntityProposer, document: Document) -> list[Mention]:
    blank = spacy.blank("en")
    found = proposer(blank.make_doc(document.text))
    return [_mention(n, c.type, c.start, c.end) for n, c in enumerate(found)]


def _mention(number: int, kind: MentionType, start: int, end: int) -> Mention:
    return Mention(id=f"m{number}", type=kind, fragments=[(start, end)], text="")


def compare(
    name: str, gold: Mapping[str, Document], judged: Mapping[str, tuple[System, frozenset[str]]],
    step: Callable[[], object],
) -> list[dict[str, Any]]:  # fmt: skip
    """One row for each type and system."""
    support = Counter(
        m.type for d in gold.values() for m in d.mentions if m.id not in getattr(d, "optional_mentions", ())
    )
    types = tuple(t for t in CORE_TYPES if support[t] >= FEWEST)
    rows = []
    for system, (find, known) in judged.items():
        predicted = {}
        for key, document in gold.items():
            predicted[key] = Document(id=key, text=document.text, mentions=find(document))
            step()
        if not types:
            continue
        scores = score(gold, predicted, types=types, resamples=0)
        for kind in types:
            if kind not in known:
                continue
            strict, overlap = (scores[f"mentions.{mode}.{kind}"] for mode in ("strict", "overlap"))
            part = (name, kind) in RECALL_ONLY
            rows.append({
                "corpus": name, "type": kind, "system": system, "documents": len(gold), "gold": overlap.gold,
                "strict_f1": None if part else strict.f1, "strict_r": strict.r,
                "p": None if part else overlap.p, "r": overlap.r, "f1": None if part else overlap.f1,
            })  # fmt: skip
    return sorted(rows, key=lambda row: types.index(row["type"]))


def main() -> None:
    args = _arguments()
    files = sorted(args.corpora.glob("*.ner.jsonl"))
    known = [p.name.removesuffix(".ner.jsonl") for p in files]
    if not files or set(args.corpus) - set(known):
        wrong = ", ".join(sorted(set(args.corpus) - set(known))) or "*.ner.jsonl"
        sys.exit(f"{args.corpora}: there is no {wrong}. Found: {', '.join(known) or 'nothing'}.")
    try:
        parts = {path.stem: {i: d for i, d in read_gold(path).items() if kept(i, args.leave_out)} for path in args.gold}
        judged = systems(args.fold_weights)
    except ImmunolitError as error:
        sys.exit(str(error))
    for path, name in zip(files, known, strict=True):
        if not args.corpus or name in args.corpus:
            parts[name] = read_corpus(path, args.limit, args.all_documents)
    rows = []
    screen = Console(stderr=True)
    with Progress(console=screen, disable=not screen.is_terminal) as progress:
        task = progress.add_task("Documents", total=len(judged) * sum(map(len, parts.values())))
        for name, gold in parts.items():
            progress.update(task, description=name)
            rows += compare(name, gold, judged, lambda: progress.advance(task))
    print(json.dumps(rows, indent=1)) if args.json else _table(rows)


def _table(rows: Iterable[Mapping[str, Any]]) -> None:
    table = Table(title="Mentions", title_justify="left")
    for column in ("corpus", "type", "system", "documents", "gold", "strict F1", "P", "R", "F1"):
        table.add_column(column, justify="left" if column in ("corpus", "type", "system") else "right")
    last = ""
    for row in rows:
        if row["corpus"] != last:
            table.add_section()
        last = row["corpus"]
        numbers = ("–" if row[k] is None else f"{row[k]:.3f}" for k in ("strict_f1", "p", "r", "f1"))
        table.add_row(last, row["type"], row["system"], str(row["documents"]), str(row["gold"]), *numbers)
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA", help="folder of *.ner.jsonl files")
    parser.add_argument("gold", type=Path, nargs="*", metavar="GOLD", help="gold files (.jsonl, .jsonl.gz)")
    parser.add_argument("--corpus", action="append", default=[], metavar="NAME", help="only this corpus; repeatable")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="documents of each corpus (default: all)")
    parser.add_argument("--leave-out", type=remainder, metavar="M:R", help="gold documents to set aside, by number")
    parser.add_argument("--fold-weights", type=Path, metavar="FILE", help="weights fitted without each fold")
    parser.add_argument("--all-documents", action="store_true", help="also those that the tagger was trained on")
    parser.add_argument("--json", action="store_true", help="print JSON for programs instead of a table")
    return parser.parse_args()


if __name__ == "__main__":
    main()
