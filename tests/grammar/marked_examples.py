"""Runs the examples that stand in the grammar files, for the tests and for whoever writes a rule.

    python tests/grammar/marked_examples.py            lists the examples that fail
    python tests/grammar/marked_examples.py --write    writes their ids to known_misread.txt

The marked names are the mentions; their types come from the lexicon, else from names.tsv.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import spacy

from extract.lexicon import Lexicon
from extract.models import DEFAULT_MODEL, load_model
from extract.relations.examples import parse_example
from extract.relations.extractor import RelationExtractor
from extract.relations.grammar import AspectNoun, Compound, Frame, Grammar, Trigger, load_grammar
from extract.relations.parsing import parse_sentences
from extract.schema import CORE_TYPES, Finding, Mention, MentionType, Span

HERE = Path(__file__).parent
KNOWN_MISREAD = HERE / "known_misread.txt"
SHARE_ALLOWED = 0.12
_ARTICLE = re.compile(r"^(?:the|an?|some)\s+", re.I)
_TAIL = re.compile(r"\s+(?:of|in|from|on|by|with|to|against|given|bound)\s.*$")
_CORE = frozenset(CORE_TYPES)
_SIGN = {"increases": "+", "decreases": "-", "affects": "0", "produces": "p"}


@dataclass(frozen=True, slots=True)
class Case:
    """One example: where it stands, the marked sentence, and whether its names must be related or must not."""

    id: str
    marked: str
    positive: bool
    entry: Trigger | AspectNoun | Frame | Compound


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


class NameTypes:
    """Types of the names in examples."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        lines = (HERE / "names.tsv").read_text(encoding="utf-8").splitlines()
        self.table = dict(line.split("\t") for line in lines if line and not line.startswith("#"))

    def __call__(self, name: str) -> MentionType:
        """The type that names.tsv or the lexicon has for the name, else for the longest end of its head."""
        words = _TAIL.sub("", _ARTICLE.sub("", name)).split()
        for tried in (_ARTICLE.sub("", name), *(" ".join(words[k:]) for k in range(len(words)))):
            if tried.lower() in self.table:
                return cast(MentionType, self.table[tried.lower()])
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


def run(grammar: Grammar, chosen: Sequence[Case], model: str = DEFAULT_MODEL) -> list[Outcome]:
    """Parse all sentences in one batch and look for findings in each."""
    types = NameTypes(Lexicon.load())
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
            outer = Mention(
                id=f"{number}.{k}",
                type=types(name),
                fragments=[(start + a, start + b)],
                text=name,
                source="given",
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


def _judge(case: Case, found: list[Finding], roles: dict[str, str], by_id: dict[str, Mention]) -> Outcome:
    shown = tuple(
        f"{by_id[f.subject].text} {f.predicate}{f.direction or ''}{' (negated)' if f.negated else ''} "
        f"{by_id[f.object].text} [{f.rule}]"
        for f in found
    )
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


def _agrees(entry: Trigger | AspectNoun | Frame | Compound, finding: Finding, obj: Mention) -> bool:
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


def known_misread() -> list[str]:
    """Ids in known_misread.txt."""
    lines = KNOWN_MISREAD.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_HEADER = """\
# Examples of the grammar that the shipped parser misreads, so that the relation they show is not found (or one is
# found that should not be). A test fails when one of them comes right, and when there are too many of them.
# Written by: python tests/grammar/marked_examples.py --write
"""


def main(arguments: Sequence[str]) -> int:
    """The command line; see the module's docstring."""
    grammar = load_grammar()
    outcomes = run(grammar, cases(grammar))
    bad = [o for o in outcomes if o.problem]
    if "--write" in arguments:
        KNOWN_MISREAD.write_text(_HEADER + "".join(f"{o.case.id}\n" for o in bad), encoding="utf-8")
    for o in bad:
        sys.stdout.write(f"{o.case.id}: {o.problem}\n    {o.case.marked}\n")
        sys.stdout.writelines(f"    found: {line}\n" for line in o.found)
    sys.stdout.write(f"{len(bad)} of {len(outcomes)} examples fail.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
