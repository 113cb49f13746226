"""What `immunolit show` and `immunolit lexicon find` print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Group
from rich.table import Table
from rich.text import Text
from rich.tree import Tree as Branches

from extract.cli_style import STYLES, console, plain
from extract.schema import Finding, Mention
from extract.writers.phrases import phrase

if TYPE_CHECKING:
    from extract.lexicon.tables import Entry
    from extract.relations.tree import Node, Tree

__all__ = ["print_analysis", "print_entries"]


def print_analysis(text: str, *, pipeline: str, config: Path | None, as_json: bool) -> None:
    """Print mentions, parse trees and findings of a short text."""
    from extract.pipeline import load

    doc = load(pipeline, config=config)(text)
    mentions: list[Mention] = doc._.mentions
    findings: list[Finding] = doc._.findings
    trees: list[Tree] = list(doc._.trees)
    if as_json:
        whole = {
            "text": text,
            "mentions": [mention.model_dump(mode="json") for mention in mentions],
            "trees": [[_node(node) for node in tree.nodes] for tree in trees],
            "findings": [finding.model_dump(mode="json") for finding in findings],
        }
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    names = {mention.id: mention for mention in mentions}
    parts: list[Any] = [_coloured(text, mentions), ""]
    parts += [_heading("Mentions", len(mentions)), _mention_table(mentions), ""]
    parts += [_heading("Parse", len(trees)), *(_branches(tree, names) for tree in trees)]
    if not trees:
        parts.append(Text("No sentence here can hold a finding, so none was parsed.", style="dim"))
    parts += ["", _heading("Findings", len(findings))]
    parts += [_finding(text, finding, names) for finding in findings]
    console().print(Group(*parts))


def _heading(name: str, count: int) -> Text:
    return Text(name, style="bold underline").append(f"  {count}", style="not bold not underline dim")


def _coloured(text: str, mentions: list[Mention]) -> Text:
    # clean() keeps the length, so that offsets hold; blanks are left as they are for the same reason.
    from extract.writers.markup import clean

    shown = Text(clean(text))
    for mention in sorted(mentions, key=lambda mention: mention.start - mention.end):
        for start, end in mention.fragments:
            shown.stylize(STYLES.get(mention.type, "underline"), start, end)
    return shown


def _mention_table(mentions: list[Mention]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for column in ("id", "text", "type", "also", "name", "concept", "source"):
        table.add_column(column, overflow="fold")
    for mention in mentions:
        table.add_row(
            mention.id, plain(mention.text), Text(mention.type, style=STYLES.get(mention.type, "")),
            " ".join([*mention.also, *mention.roles]), plain(mention.name),
            mention.concept or ("generic" if mention.generic else ""), mention.source,
        )  # fmt: skip
    return table


def _branches(tree: Tree, names: dict[str, Mention]) -> Branches:
    """The parse as an indented tree: word, relation to the word above, part of speech, lemma."""
    root = next(node for node in tree.nodes if node.head == node.i)
    top = Branches(_word(root, names), guide_style="dim")
    todo = [(root, top)]
    while todo:
        node, branch = todo.pop()
        for kid in tree.children(node):
            todo.append((kid, branch.add(_word(kid, names))))
    return top


def _word(node: Node, names: dict[str, Mention]) -> Text:
    mention = names.get(node.mention or "")
    line = plain(node.text, STYLES.get(mention.type, "underline") if mention else "bold")
    line.append(f"  {node.dep}", style="not bold not underline cyan")
    line.append(f"  {node.pos} {node.tag}  {node.lemma}", style="not bold not underline dim")
    if mention:
        line.append(f"  [{mention.id} {mention.type}]", style="not bold not underline dim")
    return line


def _node(node: Node) -> dict[str, Any]:
    keys = ("i", "text", "lemma", "tag", "pos", "dep", "head", "start", "end", "mention")
    return {key: getattr(node, key) for key in keys}


def _finding(text: str, finding: Finding, names: dict[str, Mention]) -> Group:
    subject, object_ = names[finding.subject], names[finding.object]
    words = phrase(
        finding.predicate, finding.aspect, finding.direction,
        negated=finding.negated, hedged=finding.certainty == "hedged",
    )  # fmt: skip
    line = plain(subject.text, STYLES.get(subject.type, ""))
    line.append(f" {words.sign} {words.verb} {words.aspect}".rstrip() + " ", style="not bold")
    line.append_text(plain(object_.text, STYLES.get(object_.type, "")))
    table = Table(box=None, padding=(0, 2, 0, 2), pad_edge=True, show_header=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    table.add_row("rule", finding.rule or "–")
    if finding.trigger:
        table.add_row("trigger", plain(text[slice(*finding.trigger)]))
    sign = f" {finding.direction}" if finding.direction else ""
    reads = [finding.predicate + sign, finding.aspect, finding.certainty]
    reads += [name for name in ("negated", "derived") if getattr(finding, name)]
    table.add_row("reads", ", ".join(reads))
    if finding.context:
        table.add_row("context", plain(", ".join(names[key].text for key in finding.context)))
    if finding.quantity:
        table.add_row("quantity", plain(text[slice(*finding.quantity)]))
    if finding.significance:
        table.add_row("significance", plain(text[slice(*finding.significance)]))
    if finding.attribution:
        table.add_row("attribution", plain(text[slice(*finding.attribution)]))
    if finding.novelty:
        table.add_row("novelty", finding.novelty)
    table.add_row("evidence", plain(text[slice(*finding.evidence)]))
    table.add_row("confidence", f"{finding.confidence:.2f}")
    return Group(line, table)


def print_entries(name: str, *, as_json: bool) -> bool:
    """Print what the lexicon knows of a name. Returns whether it knows anything."""
    from dataclasses import asdict

    from extract.lexicon.lexicon import Lexicon

    lexicon = Lexicon.load()
    entries: list[Entry] = lexicon.lookup(name)
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1))
        return bool(entries)
    if not entries:
        message = (
            f'The lexicon does not know "{name}" in any spelling. docs/grammar.md tells how to add a name.'
        )
        console(stderr=True).print(plain(message), soft_wrap=True)
        return False
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for column in (
        "name",
        "type",
        "also",
        "roles",
        "concept",
        "preferred name",
        "other ids",
        "flags",
        "source",
    ):
        table.add_column(column, overflow="fold")
    for entry in entries:
        others = lexicon.equivalents(entry.concept) if entry.concept else ()
        table.add_row(
            plain(entry.name), Text(entry.type, style=STYLES.get(entry.type, "")), " ".join(entry.also),
            " ".join(entry.roles), entry.concept, plain(entry.label), " ".join(others[:3]),
            " ".join(entry.flags), entry.source,
        )  # fmt: skip
    console().print(table)
    return True
