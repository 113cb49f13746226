"""Runs the examples that stand in the grammar files, through the parser that comes with the package.

The marked names of an example are its mentions; their types come from a table of names, else from the lexicon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from extract.entities.annotator import EntityAnnotator
from extract.errors import ConfigError
from extract.lexicon import Lexicon
from extract.models import DEFAULT_MODEL, load_model
from extract.relations.examples import parse_example
from extract.relations.extractor import RelationExtractor
from extract.relations.grammar import AspectNoun, Compound, Frame, Grammar, Trigger
from extract.relations.parsing import parse_sentences
from extract.schema import CORE_TYPES, MENTION_TYPES, Finding, Mention, MentionType, Span

__all__ = [
    "KNOWN_MISREAD", "NAMES", "NEGATIVES_ALLOWED", "Case", "NameTypes", "Outcome", "cases", "known_misread",
    "lists_folder", "read_names", "run", "run_unmarked", "unmarked", "write_known_misread",
]  # fmt: skip

KNOWN_MISREAD, NAMES = "known_misread.txt", "names.tsv"
NEGATIVES_ALLOWED = 0.02
"""Of the triggers' unmarked negatives this share may still give a finding by the trigger that they rule out."""

_ARTICLE = re.compile(r"^(?:the|an?|some)\s+", re.I)
_TAIL = re.compile(r"\s+(?:of|in|from|on|by|with|to|against|given|bound)\s.*$")
_CORE = frozenset(CORE_TYPES)
_SIGN = {"increases": "+", "decreases": "-", "affects": "0", "produces": "p"}

Entry = Trigger | AspectNoun | Frame | Compound


@dataclass(frozen=True, slots=True)
class Case:
    """One example: where it stands, the marked sentence, and whether its names must be related or must not."""

    id: str
    marked: str
    positive: bool
    entry: Entry

    @property
    def kind(self) -> str:
        """trigger, aspect, frame or compound."""
        return self.id.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case. `problem` is empty if all is well."""

    case: Case
    found: tuple[str, ...]
    problem: str


def cases(grammar: Grammar) -> list[Case]:
    """All examples and all negatives with marked names, in the order of the files; ids are unique."""
    seen: Counter[str] = Counter()

    def named(base: str) -> str:
        seen[base] += 1
        return base if seen[base] == 1 else f"{base}#{seen[base]}"

    def every() -> Iterator[Case]:
        for t in grammar.triggers:
            yield Case(named(f"trigger {t.id}"), t.example, True, t)
        for a in {noun.lemma: noun for noun in grammar.aspects.values()}.values():
            yield Case(named(f"aspect {a.lemma}"), a.example, True, a)
        for f in (f for group in grammar.frames.values() for f in group):
            yield Case(named(f"frame {f.name}"), f.example, True, f)
            yield Case(named(f"frame {f.name} negative"), f.negative, False, f)
        for c in dict.fromkeys(c for group in grammar.compounds.values() for c in group):
            yield Case(named(f"compound -{c.suffix[0]} {c.predicate}"), c.example, True, c)

    return list(every())


def lists_folder(folder: Path | None = None) -> Path:
    """The folder with names.tsv and known_misread.txt: the one given, else tests/grammar of the checkout.

    Raises:
        ConfigError: there is none, as where only the package is installed.
    """
    tried = [folder] if folder else [Path("tests/grammar"), Path(__file__).resolve().parents[3] / "tests" / "grammar"]
    for path in tried:
        if (path / NAMES).is_file():
            return path
    raise ConfigError(
        f"{tried[0]} has no {NAMES}, which says what the names in examples are.",
        remedy="Work in a checkout of the sources, or name its tests/grammar with --lists.",
    )


def read_names(path: Path) -> dict[str, MentionType]:
    """The table of names.tsv: a name in lower case without article, a tab, its type.

    Raises:
        ConfigError: it cannot be read, or a line is something else.
    """
    table: dict[str, MentionType] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line or line.startswith("#"):
            continue
        name, tab, kind = line.partition("\t")
        if not tab or not name or kind not in MENTION_TYPES:
            raise ConfigError(
                f"{path.name}:{number}: expected a name, a tab and a type, found {line!r:.80}.",
                remedy=f"Types: {', '.join(MENTION_TYPES)}.",
            )
        table[name] = kind
    return table


def known_misread(path: Path) -> list[str]:
    """The ids in known_misread.txt, in their order. Raises ConfigError if it cannot be read."""
    return [line for line in _lines(path) if line and not line.startswith("#")]


_HEADER = """\
# Examples of the grammar that the shipped parser misreads, so that the relation they show is not found (or one is
# found that should not be). A test fails when one of them comes right, and when there are too many of them.
# Written by: immunolit rules test --write
"""


def write_known_misread(path: Path, outcomes: Sequence[Outcome]) -> list[str]:
    """Write the ids of the outcomes that have a problem, and return them."""
    ids = [o.case.id for o in outcomes if o.problem]
    path.write_text(_HEADER + "".join(f"{k}\n" for k in ids), encoding="utf-8")
    return ids


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        why = getattr(e, "strerror", None) or "not UTF-8"
        raise ConfigError(f"{path}: cannot be read ({why}).", remedy="Name the folder with --lists.") from e


class NameTypes:
    """Types of the names in examples: by the table, else by the lexicon."""

    def __init__(self, lexicon: Lexicon, table: Mapping[str, MentionType]) -> None:
        self.lexicon = lexicon
        self.table = table

    def __call__(self, name: str) -> MentionType:
        """The type of the name, else of the longest end of its head. Raises LookupError if none is known."""
        words = _TAIL.sub("", _ARTICLE.sub("", name)).split()
        for tried in (_ARTICLE.sub("", name), *(" ".join(words[k:]) for k in range(len(words)))):
            if tried.lower() in self.table:
                return self.table[tried.lower()]
            known = self.lexicon.lookup(tried)
            if known:
                return known[0].type
        raise LookupError(f'No type for "{name}" in an example: add a line to tests/grammar/names.tsv.')

    def nested(self, mention: Mention) -> list[Mention]:
        """Core names within a group of patients or a strain, as the entity stage would give them."""
        if mention.type != "ORGANISM":
            return []
        inner = [
            (m.start + mention.start, m.end + mention.start, m.entries[0].type)
            for m in self.lexicon.match(mention.text)
            if m.entries[0].type in CORE_TYPES and m.end - m.start < len(mention.text)
        ]
        widest = [x for x in inner if not any(y != x and y[0] <= x[0] and x[1] <= y[1] for y in inner)]
        return [
            Mention(id=f"{mention.id}.{k}", type=kind, fragments=[(a, b)],
                    text=mention.text[a - mention.start : b - mention.start], source="given")
            for k, (a, b, kind) in enumerate(widest)
        ]  # fmt: skip


def run(
    grammar: Grammar, chosen: Sequence[Case], names: Mapping[str, MentionType], model: str = DEFAULT_MODEL
) -> list[Outcome]:
    """Parse all sentences in one batch and look for findings in each.

    Raises:
        ConfigError: neither `names` nor the lexicon knows what a marked name is.
    """
    types = NameTypes(Lexicon.load(), names)
    text = ""
    spans: list[Span] = []
    mentions: list[list[Mention]] = []
    roles: list[dict[str, str]] = []
    for number, case in enumerate(chosen):
        example = parse_example(case.marked)
        start = len(text)
        text += example.text + "\n"
        spans.append((start, start + len(example.text)))
        mentions.append([])
        roles.append({})
        for k, (role, (a, b)) in enumerate(example.names):
            name = example.text[a:b]
            try:
                kind = types(name)
            except LookupError as e:
                raise ConfigError(f"{case.id}: {e.args[0]}") from e
            outer = Mention(
                id=f"{number}.{k}", type=kind, fragments=[(start + a, start + b)], text=name, source="given"
            )
            if role == "O" and not any(m.types & _CORE for m in (*mentions[-1], outer)):
                # No finding without a core name: where an example has none, its object counts as one.
                outer.also.append("DISEASE" if outer.type == "PROCESS" else "CYTOKINE")
            for m in (outer, *types.nested(outer)):
                mentions[-1].append(m)
                roles[-1][m.id] = role
    every = [m for row in mentions for m in row]
    trees = parse_sentences(load_model(model), spacy.blank("en")(text), spans, every)
    extractor = RelationExtractor(grammar)
    return [
        _judge(case, extractor(text, [tree], row), role, {m.id: m for m in row})
        for case, tree, row, role in zip(chosen, trees, mentions, roles, strict=True)
    ]


def unmarked(grammar: Grammar) -> list[Case]:
    """The triggers' negatives, in which no names are marked: the word stands there and is no trigger."""
    return [Case(f"trigger {t.id} negative", t.negative, False, t) for t in grammar.triggers if t.negative]


def run_unmarked(grammar: Grammar, chosen: Sequence[Case], model: str = DEFAULT_MODEL) -> list[Outcome]:
    """Find names in sentences of `unmarked`, parse them, and see that the trigger ruled out makes nothing of them."""
    text = "".join(f"{case.marked}\n" for case in chosen)
    spans: list[Span] = []
    at = 0
    for case in chosen:
        spans.append((at, at + len(case.marked)))
        at = spans[-1][1] + 1
    parser = load_model(model)
    doc = parser.make_doc(text)
    starts = {a for a, _ in spans}
    for token in doc:
        token.is_sent_start = token.idx in starts
    mentions = EntityAnnotator(Lexicon.load())(doc, [])
    extract = RelationExtractor(grammar)
    outcomes = []
    for case, tree in zip(chosen, parse_sentences(parser, doc, spans, mentions), strict=True):
        inside = [m for m in mentions if tree.start <= m.start and m.end <= tree.end]
        by_id = {m.id: m for m in inside}
        rule = case.id.removeprefix("trigger ").removesuffix(" negative")
        found = extract(text, [tree], inside)
        wrong = any(f.rule.startswith(f"{rule}:") for f in found)
        problem = "the word that is no trigger here makes a finding" if wrong else ""
        outcomes.append(Outcome(case, tuple(_shown(f, by_id) for f in found), problem))
    return outcomes


def _shown(f: Finding, by_id: Mapping[str, Mention]) -> str:
    return (
        f"{by_id[f.subject].text} {f.predicate}{f.direction or ''}{' (negated)' if f.negated else ''} "
        f"{by_id[f.object].text} [{f.rule}]"
    )


def _judge(case: Case, found: list[Finding], roles: dict[str, str], by_id: dict[str, Mention]) -> Outcome:
    shown = tuple(_shown(f, by_id) for f in found)
    if not case.positive:
        between = [f for f in found if {roles.get(f.subject), roles.get(f.object)} == {"A", "B"}]
        return Outcome(case, shown, "relates the names of a negative" if between else "")
    pairs = [
        f
        for f in found
        if (roles.get(f.subject), roles.get(f.object)) == ("S", "O")
        or (f.predicate == "associated_with" and (roles.get(f.subject), roles.get(f.object)) == ("O", "S"))
    ]
    if not pairs:
        return Outcome(case, shown, "subject and object are not related")
    right = [f for f in pairs if _agrees(case.entry, f, by_id[f.object])]
    return Outcome(case, shown, "" if right else "related with another predicate, sign or aspect")


def _sign(finding: Finding) -> str:
    if finding.predicate == "associated_with":
        return finding.direction or "0"
    return _SIGN[finding.predicate]


def _agrees(entry: Entry, finding: Finding, obj: Mention) -> bool:
    """Whether a finding says what the entry of the grammar says."""
    if isinstance(entry, AspectNoun):
        # An amount yields to what the verb says; a cell is not produced but differentiates.
        return finding.aspect == entry.aspect or entry.aspect in (None, "level", "production")
    if isinstance(entry, Frame):
        return entry.predicate is None or finding.predicate == entry.predicate
    if entry.negated and not finding.negated:
        return False
    if isinstance(entry, Trigger) and "loss" in entry.frame:
        # The thing lost does the opposite of what its loss is said to do.
        return True
    if finding.derived:
        return False
    if entry.predicate == "associated_with":
        return finding.predicate == "associated_with" and entry.direction in (None, finding.direction)
    if entry.predicate == "affects":
        # A neutral word may take a sign from an adjective ("inhibitory effect").
        return finding.predicate != "produces"
    wanted = {_SIGN[entry.predicate]}
    if isinstance(entry, Trigger):
        by_type = entry.predicate_by_type.get(obj.type)
        wanted = {_SIGN[by_type]} if by_type else wanted
        if entry.predicate == "produces":
            # What sets off a release raises it; what is no maker takes the other predicate of the word.
            wanted |= {"+"} if entry.also_as is None else {_SIGN.get(entry.also_as, "+"), "+"}
    return _sign(finding) in wanted
