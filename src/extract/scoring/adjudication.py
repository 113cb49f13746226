"""Two annotations into one: what both agree on, a list of what needs a decision, and gold once it is decided.

The file between the two steps is gold format with one more field. `mentions` and `findings` hold what both
agree on, so that the file can be read as gold at any time; `undecided` holds the rest, each with an empty
`choose` for the adjudicator to fill in: `a`, `b`, `both`, `none`, or `optional` (keep it, but nobody has to
find it).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.errors import FormatError
from extract.schema import Document, Finding, Mention
from extract.scoring.agreement import shared_documents
from extract.scoring.matching import Alignment, Edge, direction, greedy
from extract.scoring.reading import GoldDocument, build, explain, faults, gold_dict, lines

__all__ = ["CHOICES", "adjudicate", "settle", "write_jsonl"]

CHOICES = ("a", "b", "both", "none", "optional")

_MENTION_FIELDS = ("fragments", "type", "generic")
_FINDING_FIELDS = ("predicate", "aspect", "negated", "certainty")
_B = "b-"  # prefix of ids that come from the second file, and so cannot meet those of the first

_Item = dict[str, Any]


def adjudicate(a: Mapping[str, Document], b: Mapping[str, Document]) -> list[_Item]:
    """One JSON object for each document that both have: agreed `mentions` and `findings`, and `undecided`.

    A mention is agreed if fragments, type and `generic` are the same and the concepts do not contradict (an
    empty one gives way, `also` is joined). A finding is agreed if its arguments match and predicate, aspect,
    direction, negated and certainty are the same; context, quantity and evidence are then the first
    annotator's. An entry of `undecided` has `kind`, `a` and `b` (null where one has nothing), `differs` and
    `choose`.

    Raises ConfigError if no document is in both, or if a text differs.
    """
    return [_merge(a[i], b[i]) for i in shared_documents(a, b)]


def _merge(a: Document, b: Document) -> _Item:
    data_a, data_b = gold_dict(a), _prefixed(gold_dict(b))
    alignment = Alignment(a, b, symmetric=True)
    agreed: list[_Item] = []
    undecided: list[_Item] = []
    to_a: dict[str, str] = {}  # ids of b's mentions that are a's mentions

    partner = dict(_mention_pairs(alignment))
    taken = set(partner.values())
    for i, m in enumerate(a.mentions):
        j = partner.get(i)
        left = data_a["mentions"][i]
        if j is None:
            undecided.append(_entry("mention", left, None, []))
            continue
        right = data_b["mentions"][j]
        differs = _mention_differences(m, b.mentions[j])
        if differs:
            undecided.append(_entry("mention", left, right, differs))
        else:
            to_a[right["id"]] = left["id"]
            also = sorted({*left["also"], *right["also"]})
            agreed.append({**left, "also": also, "concept": left["concept"] or right["concept"]})
    undecided += [_entry("mention", None, m, []) for j, m in enumerate(data_b["mentions"]) if j not in taken]

    for f in data_b["findings"]:
        f["subject"], f["object"] = (to_a.get(f[role], f[role]) for role in ("subject", "object"))
        f["context"] = [to_a.get(c, c) for c in f["context"]]
    found: list[_Item] = []
    pairs = dict(alignment.closest())
    known = {m["id"] for m in agreed}
    for i, f in enumerate(a.findings):
        left = data_a["findings"][i]
        if i not in pairs:
            undecided.append(_entry("finding", left, None, []))
            continue
        right = data_b["findings"][pairs[i]]
        differs = _finding_differences(f, b.findings[pairs[i]])
        if {left["subject"], left["object"]} - known and not differs:
            differs = ["arguments"]  # what they say is agreed, but one argument's borders or type are not
        if differs:
            undecided.append(_entry("finding", left, right, differs))
        else:
            found.append({**left, "context": [c for c in left["context"] if c in known]})
    matched = set(pairs.values())
    undecided += [
        _entry("finding", None, f, []) for j, f in enumerate(data_b["findings"]) if j not in matched
    ]
    return {**data_a, "mentions": agreed, "findings": found, "undecided": undecided}


def _mention_pairs(alignment: Alignment) -> list[tuple[int, int]]:
    """Pairs of overlapping mentions, equal ones first, then of one type, then the largest overlap."""
    edges: list[Edge] = []
    for (i, j), shared in sorted(alignment.overlap.items()):
        x, y = alignment.gold.mentions[i], alignment.pred.mentions[j]
        equal = 1e6 * (x.fragments == y.fragments) + 1e5 * (x.type == y.type)
        # A nested name of another type, such as the disease in a cell's name, is another name.
        if x.types & y.types or x.fragments == y.fragments:
            edges.append((shared + equal, i, j))
    return greedy(edges)


def _mention_differences(a: Mention, b: Mention) -> list[str]:
    differs = [name for name in _MENTION_FIELDS if getattr(a, name) != getattr(b, name)]
    return differs + (["concept"] if a.concept and b.concept and a.concept != b.concept else [])


def _finding_differences(a: Finding, b: Finding) -> list[str]:
    differs = [name for name in _FINDING_FIELDS if getattr(a, name) != getattr(b, name)]
    return differs + (["direction"] if direction(a)[0] != direction(b)[0] else [])


def _entry(kind: str, a: _Item | None, b: _Item | None, differs: list[str]) -> _Item:
    return {"kind": kind, "a": a, "b": b, "differs": differs, "choose": ""}


def _prefixed(data: _Item) -> _Item:
    mentions = [{**m, "id": _B + m["id"]} for m in data["mentions"]]
    findings = [
        {
            **f,
            "id": _B + f["id"],
            "subject": _B + f["subject"],
            "object": _B + f["object"],
            "context": [_B + c for c in f["context"]],
        }
        for f in data["findings"]
    ]
    return {**data, "mentions": mentions, "findings": findings}


def settle(path: str | Path, *, default: str = "") -> list[GoldDocument]:
    """Apply each `choose` in a file of `adjudicate`'s objects: gold, with fresh ids in text order.

    `default` decides where `choose` is still empty. `optional` keeps what only one annotator has, or what
    they contradict each other in, without anybody having to find it; elsewhere the first reading stands. A
    finding or a context reference whose mention was rejected goes with it. Raises FormatError, naming file
    and line, if a decision is missing or no choice, or if the result breaks the format.
    """
    out = []
    for number, raw, wrong in lines(path):
        where = f"{path}, line {number}"
        if raw is None:
            raise FormatError(f"{where}: {wrong}.", reason="format", remedy="Write one JSON object a line.")
        try:
            doc = build(_apply(raw, where, default))
        except ValidationError as error:
            what, remedy = explain(error)[0]
            raise FormatError(f"{where}: {what}.", reason="format", remedy=f"Then {remedy}.") from error
        for what, remedy in faults(doc):
            raise FormatError(f"{where}: {what}.", reason="format", remedy=f"Then {remedy}.")
        out.append(doc)
    return out


def _apply(raw: _Item, where: str, default: str) -> _Item:
    kept: dict[str, list[_Item]] = {"mention": list(raw["mentions"]), "finding": list(raw["findings"])}
    stands_for: dict[str, str] = {}
    for entry in raw.get("undecided", []):
        choice = entry.get("choose") or default
        sides = [x for x in (entry["a"], entry["b"]) if x]
        if choice not in CHOICES:
            some = sides[0].get("text") or sides[0]["id"]
            raise FormatError(
                f"{where}: {entry['kind']} {some!r} has {choice!r} in 'choose'.",
                reason="undecided",
                remedy=f"Write one of {', '.join(CHOICES)}.",
            )
        chosen = _chosen(entry, choice, sides)
        kept[entry["kind"]] += chosen
        if entry["kind"] == "mention" and len(chosen) == 1:
            stands_for |= {side["id"]: chosen[0]["id"] for side in sides}
    return _renumbered(raw, kept["mention"], kept["finding"], stands_for)


def _chosen(entry: _Item, choice: str, sides: list[_Item]) -> list[_Item]:
    if choice == "none":
        return []
    if choice == "both":
        return sides
    if choice == "optional":
        return _hedged(entry["kind"], sides, entry.get("differs", []))
    return [entry[choice]] if entry[choice] else []


def _hedged(kind: str, sides: list[_Item], differs: list[str]) -> list[_Item]:
    """What stands where nobody decides: the first reading of what both saw, and the rest as optional."""
    if len(sides) == 2 and kind == "mention":
        a, b = sides
        types = ({a["type"], *a["also"]}, {b["type"], *b["also"]})
        if types[0] & types[1]:
            return [{**a, "also": sorted((types[0] | types[1]) - {a["type"]})}]
        return [{**side, "optional": True} for side in sides]
    if len(sides) == 2 and not {"direction", "negated"} & set(differs):
        return sides[:1]  # they agree on the headline level
    return [{**side, "optional": True} for side in sides]


def _renumbered(
    raw: _Item, mentions: list[_Item], findings: list[_Item], stands_for: dict[str, str]
) -> _Item:
    mentions = sorted(mentions, key=lambda m: (m["fragments"], m["type"], m["id"]))
    new = {m["id"]: f"m{n}" for n, m in enumerate(mentions, 1)}
    refs = {**new, **{old: new[now] for old, now in stands_for.items() if now in new}}
    place = {m["id"]: n for n, m in enumerate(mentions)}
    ready: list[_Item] = []
    for f in findings:
        if f["subject"] in refs and f["object"] in refs:
            context = [refs[c] for c in f["context"] if c in refs]
            ready.append(
                {**f, "subject": refs[f["subject"]], "object": refs[f["object"]], "context": context}
            )
    order = {name: place[old] for old, name in new.items()}
    ready.sort(key=lambda f: (f["evidence"], order[f["subject"]], order[f["object"]], f["id"]))
    data = {k: v for k, v in raw.items() if k != "undecided"}
    data["mentions"] = [{**m, "id": new[m["id"]]} for m in mentions]
    data["findings"] = [{**f, "id": f"f{n}"} for n, f in enumerate(ready, 1)]
    return data


def write_jsonl(items: list[_Item], path: str | Path) -> None:
    """Write JSON objects one a line, through a temporary name so that no half file is left behind."""
    path = Path(path)
    part = path.with_name(path.name + ".part")
    part.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in items), encoding="utf-8")
    part.replace(path)
