"""How a rule got from its trigger to an argument, step by step, and which words denied or hedged it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from extract.relations.arguments import Resolver
from extract.relations.filler import Filler
from extract.relations.grammar import Cues, Frame, Grammar
from extract.relations.graph import Graph
from extract.relations.match import Match
from extract.relations.places import Places
from extract.relations.qualifiers import Scope
from extract.relations.tree import Node, Tree
from extract.schema import Mention

__all__ = ["argument_steps", "cue_words", "tree_path"]


def argument_steps(
    match: Match, role: str, tree: Tree, mentions: dict[str, Mention], grammar: Grammar
) -> list[str]:
    """The way from the trigger to the subject or the object, one sentence for each step.

    First the places of the frame in the order tried, then the path in the parse, then each noun on the way with what
    it adds, last what the word stands for.
    """
    filler = match.subject if role == "subject" else match.object
    top = tree[filler.via[-1]] if filler.via else filler.node
    steps = _places(match, role, top, tree, mentions, grammar)
    if match.node.i != top.i:
        steps.append(f"path in the parse: {tree_path(tree, match.node, top)}")
    for i in reversed(filler.via):
        steps.append(_passed(tree[i], tree, grammar))
    steps.append(_arrived(filler, mentions) + (_quality(filler.node, tree, grammar) if not filler.coref else ""))
    if role == "subject" and match.derived:
        steps.append("what acts is its loss, so it does the opposite of what is stated (derived)")
    if filler.sign < 0:
        steps.append("the words on the way turn the sign round")
    if filler.negated:
        steps.append("the words on the way deny it")
    return steps


def _places(
    match: Match, role: str, top: Node, tree: Tree, mentions: dict[str, Mention], grammar: Grammar
) -> list[str]:
    frame, entry = match.frame, match.trigger
    specs = _specs(frame, role, swap=entry.swap)
    graph = Graph(tree)
    places = Places(graph, Resolver(graph, mentions, grammar), mentions)
    steps = []
    for spec in specs:
        if spec in ("bound", "head") and frame.name == "compound":
            what = "the name before the hyphen" if spec == "bound" else "the noun after it"
            return [f"place {spec}: {what}"]
        targets = [n for n in places.nodes(match.node, entry, spec) if n.i != match.node.i]
        shown = ", ".join(f'"{n.text}"' for n in targets)
        if not targets:
            steps.append(f"place {spec}: nothing there")
        elif any(top.i == n.i for t in targets for n in tree.subtree(t)):
            return [*steps, f"place {spec}: {shown}"]
        else:
            steps.append(f"place {spec}: {shown}, which leads elsewhere or is of another type")
    return steps


def _specs(frame: Frame, role: str, *, swap: bool) -> tuple[str, ...]:
    return frame.subject if (role == "subject") != swap else frame.object


def tree_path(tree: Tree, start: Node, end: Node) -> str:
    """The words from `start` to `end` with the arcs between: "induced ─prep→ of ─pobj→ IL-6"."""
    up = [start, *tree.ancestors(start)]
    down = [end, *tree.ancestors(end)]
    shared = {n.i for n in up} & {n.i for n in down}
    # Of a hand-made tree with two roots no path is to be had.
    if not shared:
        return f"{start.text} … {end.text}"
    rise = next(k for k, n in enumerate(up) if n.i in shared)
    fall = next(k for k, n in enumerate(down) if n.i in shared)
    out = start.text
    for below, above in pairwise(up[: rise + 1]):
        out += f" ←{below.dep}─ {above.text}"
    for below in reversed(down[:fall]):
        out += f" ─{below.dep}→ {below.text}"
    return out


def _passed(node: Node, tree: Tree, grammar: Grammar) -> str:
    """What a noun on the way adds."""
    noun = next((grammar.aspects[t] for t in tree.terms(node) if t in grammar.aspects), None)
    sign = grammar.noun_sign(node.low, node.tag)
    if node.low in grammar.cues.loss_words:
        adds = "a loss: turns the sign round"
    elif noun is not None:
        adds = f"aspect {noun.aspect}" if noun.aspect else "an aspect noun that names none"
        adds += ", inverted" if noun.inverted else ""
    elif sign is not None:
        adds = "says that it rises" if sign > 0 else "says that it falls: turns the sign round"
    elif node.low in grammar.cues.transparent_nouns or node.lemma in grammar.cues.transparent_nouns:
        adds = "transparent, adds nothing"
    elif node.mentions:
        adds = "a name that hands on to what belongs to it"
    elif node.tag.startswith("VB"):
        adds = "what this verb acts on"
    else:
        adds = "a word of unknown meaning"
    return f'through "{node.text}": {adds}{_quality(node, tree, grammar)}'


def _quality(node: Node, tree: Tree, grammar: Grammar) -> str:
    """What adjectives of more and less add."""
    words = tree.children(node, ["amod"])
    less = [f'"{k.text}"' for k in words if k.low in grammar.cues.less_words]
    more = [f'"{k.text}"' for k in words if k.low in grammar.cues.more_words]
    out = f"; {', '.join(less)} before it turns the sign round" if less else ""
    return out + (f"; {', '.join(more)} before it says that there is more" if more else "")


def _arrived(filler: Filler, mentions: dict[str, Mention]) -> str:
    mention = mentions[filler.mention]
    said = f'"{filler.node.text}"'
    if filler.coref:
        return f'{said} refers back to "{mention.text}" ({mention.id}, {mention.type})'
    if filler.mention in filler.node.mentions:
        listed = f", one of {len(filler.node.mentions)} in a list" if len(filler.node.mentions) > 1 else ""
        return f"{said} is {mention.id} {mention.type}{listed}"
    if filler.mention in (*filler.node.nested, *filler.node.bound):
        return f'{said} holds "{mention.text}" ({mention.id}, {mention.type})'
    return f'{said} stands for "{mention.text}" ({mention.id}, {mention.type})'


def cue_words(tree: Tree, node: Node, cues: Cues, question: Callable[[Scope, Node], bool]) -> list[str]:
    """The words without which the answer would be another: what denies, or what hedges, the trigger `node`.

    `question` asks a Scope about a node. Each word of the sentence is blanked out in turn; words that only work
    together (both halves of "neither ... nor") may give none.
    """
    answer = question(Scope(Graph(tree), cues), node)
    found = []
    for word in tree:
        if word.i == node.i or word.mentions:
            continue
        blank = replace(word, text="_", lemma="_", dep="dep" if word.dep in ("neg", "aux", "advmod") else word.dep)
        other = Tree([blank if n.i == word.i else n for n in tree], tree.start, tree.end)
        if question(Scope(Graph(other), cues), other[node.i]) != answer:
            found.append(word.text)
    return found
