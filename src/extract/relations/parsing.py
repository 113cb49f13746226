"""Sentences to trees: mentions are collapsed to one word each, then a spaCy parser parses what is left.

A parser that sees "natural killer (NK) cells" as one noun attaches it better than one that has to find the
noun phrase first (benchmarks/RESULTS.md). A Doc that already carries a parse, made by a pipeline of the user's
own, is used as it is: mentions are then merged in the finished tree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from ..schema import Mention, MentionType
from .coordination import by_kind
from .grouping import Group, group_mentions, outer_mentions
from .repair import clause_cuts, joined, mend, settle
from .tree import Node, Tree

__all__ = ["collapse", "merge_parse", "parse_sentences"]

# What the parser is shown for a mention: an everyday noun of its kind, singular and plural. A rare name gives the
# parser nothing to go by, "insulin" tells it that here is a mass noun (benchmarks/RESULTS.md).
_STAND_IN: dict[MentionType, tuple[str, str]] = {
    "CELL": ("cell", "cells"),
    "CYTOKINE": ("insulin", "hormones"),
    "HORMONE": ("insulin", "hormones"),
    "DISEASE": ("cancer", "diseases"),
    "INTERVENTION": ("treatment", "treatments"),
    "CHEMICAL": ("glucose", "drugs"),
    "PROTEIN": ("protein", "proteins"),
    "PROCESS": ("growth", "processes"),
    "TISSUE": ("liver", "tissues"),
    "ORGANISM": ("mouse", "mice"),
}

# Prefix and stem are one word for the grammar ("up-regulates", "co-express"), whatever the tokenizer does.
_PREFIXED = re.compile(
    r"(?:up|down|co|over|under|re|pre|non|de|trans|cross|auto|hyper|hypo|counter|mis|inter|post|anti|pro|self|ill|well|"
    r"long|short|dose|time|age|high|low|large|small|cell|half)-[A-Za-z]+",
    re.I,
)
_PLURAL = re.compile(r"(?:[^sui]s|ies|ses|men|people|mice|children|bacteria)$", re.I)
_MAX_WORDS = 150


def collapse(doc: Doc, start: int, end: int, mentions: Sequence[Mention], text: str | None = None) -> list[Group]:
    """Words of one sentence: groups of mentions whole, the rest as the Doc's tokenizer cut it.

    Tokens are cut at the borders of groups; prefixed words ("up-regulates") are joined. `text` is that of the Doc,
    which spaCy puts together anew at each call.
    """
    text = doc.text if text is None else text
    groups = group_mentions(text, mentions, start, end)
    span = doc.char_span(start, end, alignment_mode="expand")
    cuts = [(max(t.idx, start), min(t.idx + len(t), end)) for t in span or () if not t.is_space]
    words: list[Group] = []
    k = 0
    done = start
    for a, b in cuts:
        at = max(a, done)
        while at < b:
            if k < len(groups) and groups[k].start <= at:
                words.append(groups[k])
                at = groups[k].end
                k += 1
                continue
            limit = groups[k].start if k < len(groups) else end
            joined = _PREFIXED.match(text, at, limit)
            if joined and (at == 0 or not text[at - 1].isalnum()):
                stop = joined.end()
            else:
                stop = min(b, limit)
                if text[at] in "-–—/" and stop - at > 1:
                    stop = at + 1
            if text[at:stop].strip():
                words.append(Group(at, stop, text[at:stop]))
            at = stop
        done = max(done, at)
    return words


def parse_sentences(
    parser: Language,
    doc: Doc,
    spans: Iterable[tuple[int, int]],
    mentions: Sequence[Mention],
    *,
    batch_size: int = 64,
) -> list[Tree]:
    """Parse the given sentences (code-point ranges) of `doc` with `parser`, mentions collapsed.

    Sentences of more than 150 words are cut, since a parser's time and accuracy both fall apart there.
    """
    text = doc.text
    by_id = {m.id: m for m in mentions}
    ordered = sorted(mentions, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    plans: list[tuple[int, int, list[Group]]] = []
    for start, end in spans:
        near = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        words = collapse(doc, start, end, [m for m in near if m.end <= end], text)
        plans.extend((start, end, words[at : at + _MAX_WORDS]) for at in range(0, len(words), _MAX_WORDS))
    rows = _parse(parser, [words for _, _, words in plans], text, by_id, batch_size)
    _split_clauses(parser, rows, [words for _, _, words in plans], text, by_id, batch_size)
    trees = []
    for nodes, (start, end, _) in zip(rows, plans, strict=True):
        mend(nodes)
        settle(nodes)
        by_kind(nodes, by_id)
        trees.append(Tree(nodes, start, end))
    return trees


def _parse(
    parser: Language, plans: Sequence[list[Group]], text: str, by_id: dict[str, Mention], batch_size: int
) -> list[list[Node]]:
    """The nodes of each list of words, as the parser hangs them."""
    docs = []
    for words in plans:
        forms = [_form(w, by_id) for w in words]
        for i, (before, word, after) in enumerate(zip(words, words[1:], words[2:], strict=False), 1):
            if word.form == "results" and after.form in ("in", "from") and before.mentions:
                # After a name a verb, but taken for a noun.
                forms[i] = "resulted"
        spaces = [i + 1 < len(words) and words[i].end < words[i + 1].start for i in range(len(words))]
        docs.append(Doc(parser.vocab, words=forms, spaces=spaces, sent_starts=[True] + [False] * (len(words) - 1)))
    return [
        [
            Node(
                i=t.i,
                text=text[w.start : w.end],
                # A stand-in's lemma is not the word's.
                lemma=t.lemma_.lower() if w.form == t.text else _lemma(text[w.start : w.end].lower()),
                tag=t.tag_,
                pos=t.pos_,
                dep=t.dep_,
                head=t.head.i,
                start=w.start,
                end=w.end,
                mentions=w.mentions,
                nested=w.nested,
                bound=w.bound,
                suffix=w.suffix,
            )
            for t, w in zip(parsed, words, strict=True)
        ]
        for parsed, words in zip(parser.pipe(docs, batch_size=batch_size), plans, strict=True)
    ]


def _split_clauses(
    parser: Language,
    rows: list[list[Node]],
    plans: Sequence[list[Group]],
    text: str,
    by_id: dict[str, Mention],
    batch_size: int,
) -> None:
    """Parse what stands on either side of a semicolon apart, if each side is a clause; in place.

    A parser trained on whole sentences hangs the parts of the one clause on words of the other.
    """
    cuts = {k: found for k, nodes in enumerate(rows) if (found := clause_cuts(nodes))}
    parts: list[list[Group]] = []
    for k, found in cuts.items():
        parts.extend(plans[k][a:b] for a, b in pairwise((0, *found, len(plans[k]))))
    parsed = iter(_parse(parser, parts, text, by_id, batch_size))
    for k, found in cuts.items():
        rows[k] = joined([next(parsed) for _ in range(len(found) + 1)])


def _read_forms() -> frozenset[str]:
    text = files("extract.relations").joinpath("standins.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


# Third-person forms that the parser takes for plural nouns ("secretes"), found by scripts/probe_verbs.py.
_SHOWN_AS = _read_forms()


def _lemma(shown: str) -> str:
    """The lemma of a word that the parser was shown another for: of a verb its base form, a name as it is."""
    if shown == "results":
        return "result"
    if shown not in _SHOWN_AS:
        return shown
    if shown.endswith("ies"):
        return f"{shown[:-3]}y"
    return shown[:-2] if shown.endswith(("sses", "ches", "shes", "xes", "zzes")) else shown[:-1]


def _form(word: Group, by_id: dict[str, Mention]) -> str:
    """What the parser is shown for a word."""
    ids = word.mentions or word.bound
    if not ids:
        if word.form in _SHOWN_AS:
            return "reduces"
        return " ".join(word.form.split())
    last = by_id[ids[-1]]
    one, many = _STAND_IN[last.type]
    if word.suffix:
        return f"{one}-{word.suffix}"
    plural = len(ids) > 1 or _PLURAL.search(last.text) is not None
    form = many if plural else one
    return form.capitalize() if word.form[:1].isupper() and word.form[1:2].islower() else form


def merge_parse(sent: Span, mentions: Sequence[Mention]) -> Tree:
    """The tree of a sentence that is parsed already, its mentions merged to one node each."""
    start, end = sent.start_char, sent.end_char
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    group: dict[int, int] = {}
    groups: list[tuple[list[int], tuple[str, ...]]] = []
    for a, b, ids in outer_mentions(inside, start, end):
        members = [t.i for t in sent if t.idx < b and a < t.idx + len(t) and t.i not in group]
        if members:
            for i in members:
                group[i] = len(groups)
            groups.append((members, ids))
    plan: list[tuple[list[int], tuple[str, ...]]] = []
    done: set[int] = set()
    for t in sent:
        if t.is_space:
            continue
        if t.i in group:
            g = group[t.i]
            if g not in done:
                done.add(g)
                plan.append(groups[g])
        else:
            plan.append(([t.i], ()))
    where = {i: n for n, (members, _) in enumerate(plan) for i in members}
    nodes = []
    for n, (members, ids) in enumerate(plan):
        inner = set(members)
        root = next((i for i in members if sent.doc[i].head.i not in inner or sent.doc[i].head.i == i), members[-1])
        token = sent.doc[root]
        head = where.get(token.head.i, n)
        first, last = sent.doc[members[0]], sent.doc[members[-1]]
        a, b = first.idx, last.idx + len(last)
        nodes.append(
            Node(
                n,
                sent.doc.text[a:b],
                token.lemma_.lower(),
                token.tag_,
                token.pos_,
                token.dep_,
                head,
                a,
                b,
                ids[:1],
                ids[1:],
            )
        )
    return Tree(nodes, start, end)
