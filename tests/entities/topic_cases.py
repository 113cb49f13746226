"""Sentences on the finer points of docs/annotation.md (topics/*.jsonl), and what is wrong with a reading of one.

A line holds `text`, `genre`, `negative` (true where the point is what must not be found), and

    core      every CELL, CYTOKINE, HORMONE and DISEASE of the sentence, as "TYPE text", fragments joined by " … ".
              In roles.jsonl "HORMONE+CYTOKINE x" has both roles, "CYTOKINE?HORMONE x" may have the second, and a
              type by itself allows no other core role. In generics.jsonl "TYPE~ x" names a class, "TYPE^ x" may,
              and a type by itself may not.
    more      mentions of other types that must be found
    optional  core mentions that may be found
    never     mentions that must not be found; * is every type
    roles     text -> roles that the mention must have, others allowed

    python tests/entities/topic_cases.py           pass rates, and each failure
    python tests/entities/topic_cases.py --write   topics/known_misses.txt anew
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extract.pipeline import annotate, load
from extract.schema import CORE_TYPES, Document, Mention

TOPICS = Path(__file__).with_name("topics")
KNOWN_MISSES = TOPICS / "known_misses.txt"
_EXPECTED = re.compile(r"(?P<type>[A-Z*]+)(?:(?P<sign>[+?])(?P<other>[A-Z]+))?(?P<class>[~^]?) (?P<text>.+)")


@dataclass(frozen=True)
class Expected:
    """A mention as the files write it."""

    type: str
    text: str
    sign: str = ""
    other: str = ""
    of_class: str = ""

    def fits(self, mention: Mention) -> bool:
        """Whether `mention` has this text and one of these types."""
        kinds = {mention.type, *mention.also} if self.sign else {mention.type}
        return mention.text == self.text and bool(kinds & {self.type, self.other} or self.type == "*")


def expected(written: str) -> Expected:
    """From "HORMONE+CYTOKINE leptin". Raises AssertionError for anything else."""
    hit = _EXPECTED.fullmatch(written)
    assert hit is not None, f"not an expected mention: {written!r}"
    return Expected(hit["type"], hit["text"], hit["sign"] or "", hit["other"] or "", hit["class"])


@dataclass(frozen=True)
class Case:
    """One sentence."""

    topic: str
    text: str
    genre: str
    core: tuple[Expected, ...]
    negative: bool = False
    more: tuple[Expected, ...] = ()
    optional: tuple[Expected, ...] = ()
    never: tuple[Expected, ...] = ()
    roles: dict[str, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Topic and sentence, as known_misses.txt has it."""
        return f"{self.topic}: {self.text}"


def cases() -> list[Case]:
    """All sentences, topic by topic."""
    found = []
    for path in sorted(TOPICS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            lists = {
                key: tuple(expected(w) for w in row.pop(key, ())) for key in ("core", "more", "optional", "never")
            }
            found.append(Case(topic=path.stem, **row, **lists))
    return found


def known_misses() -> list[str]:
    """The ids in known_misses.txt."""
    return [line for line in KNOWN_MISSES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def read(texts: list[str]) -> list[list[Mention]]:
    """The shipped pipeline's mentions of each text."""
    nlp = load()
    return [annotate(nlp, Document(id="d", text=text)).mentions for text in texts]


def wrong(case: Case, mentions: list[Mention]) -> list[str]:
    """What is wrong with the mentions found in a sentence; empty if nothing is."""
    said = []
    left = [m for m in mentions if m.type in CORE_TYPES]
    for want in case.core:
        hit = next((m for m in left if want.fits(m)), None)
        if hit is None:
            said.append(f"missed {want.type} {want.text!r}")
            continue
        left.remove(hit)
        said += _role_faults(case, want, hit) + _class_faults(case, want, hit)
    left = [m for m in left if not any(o.fits(m) for o in case.optional)]
    said += [f"should not be: {m.type} {m.text!r}" for m in left]
    said += [f"missed {w.type} {w.text!r}" for w in case.more if not any(w.fits(m) for m in mentions)]
    said += [
        f"must not be: {m.type} {m.text!r}"
        for m in mentions
        if m not in left and any(w.fits(m) for w in case.never)
    ]
    return said


def _role_faults(case: Case, want: Expected, hit: Mention) -> list[str]:
    said = []
    if case.topic == "roles":
        has = {hit.type, *hit.also} & set(CORE_TYPES)
        need = {want.type} | ({want.other} if want.sign == "+" else set())
        if not need <= has or has - need - {want.other}:
            said.append(f"{hit.text!r} is {sorted(has)}, not {sorted(need)}")
    if lacking := set(case.roles.get(want.text, ())) - set(hit.roles):
        said.append(f"{hit.text!r} lacks the roles {sorted(lacking)}")
    return said


def _class_faults(case: Case, want: Expected, hit: Mention) -> list[str]:
    if case.topic != "generics" or want.of_class == "^" or hit.generic == (want.of_class == "~"):
        return []
    return [f"{hit.text!r} is {'' if hit.generic else 'not '}generic"]


def main() -> None:
    """Print the pass rates and the failures; with --write, write known_misses.txt."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="write topics/known_misses.txt anew")
    options = parser.parse_args()
    every = cases()
    faults = {c.id: wrong(c, m) for c, m in zip(every, read([c.text for c in every]), strict=True)}
    failed = [c for c in every if faults[c.id]]
    if options.write:
        head = "# Sentences that are read wrongly as yet. Renew with: python tests/entities/topic_cases.py --write\n"
        KNOWN_MISSES.write_text(head + "".join(f"{c.id}\n" for c in failed), encoding="utf-8")
    of, not_right = Counter(c.topic for c in every), Counter(c.topic for c in failed)
    for topic, number in sorted(of.items()):
        sys.stdout.write(f"{topic}: {number - not_right[topic]} of {number}\n")
    for case in failed:
        sys.stdout.write(f"{case.id}\n    {'; '.join(faults[case.id])}\n")


if __name__ == "__main__":
    main()
