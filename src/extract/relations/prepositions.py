"""What prepositions govern, with "in response to", "due to" and their like as one preposition."""

from __future__ import annotations

from collections.abc import Iterator

from .tree import Node, Tree

__all__ = ["obliques"]

_MULTIWORD = {
    ("due", "to"): "because of",
    ("because", "of"): "because of",
    ("owing", "to"): "because of",
    ("thanks", "to"): "because of",
    ("according", "to"): "according to",
    ("compared", "with"): "compared with",
    ("compared", "to"): "compared with",
    ("relative", "to"): "compared with",
    ("prior", "to"): "before",
    ("independent", "of"): "independent of",
    ("regardless", "of"): "independent of",
    ("such", "as"): "such as",
    ("rather", "than"): "rather than",
    ("instead", "of"): "rather than",
    ("along", "with"): "along with",
    ("together", "with"): "along with",
    ("apart", "from"): "in addition to",
    ("aside", "from"): "in addition to",
}
_MIDDLE = {
    "response": "in response to",
    "reaction": "in response to",
    "absence": "in the absence of",
    "presence": "in the presence of",
    "result": "because of",
    "consequence": "because of",
    "addition": "in addition to",
    "contrast": "in contrast to",
    "comparison": "compared with",
    "spite": "despite",
    "case": "in",
    "context": "in",
    "setting": "in",
    "course": "during",
    "time": "during",
    "means": "by",
    "way": "by",
    "basis": "on",
    "behalf": "for",
    "lack": "in the absence of",
    "influence": "because of",
    "combination": "along with",
    "conjunction": "along with",
    "concert": "along with",
}
# What stands before these, if not "in": "by addition of X" and "by a lack of X" mean X itself, or its lack.
_HEADS = {
    "response": ("in", "as"), "reaction": ("in", "as"), "result": ("as",), "consequence": ("as", "in"),
    "means": ("by",), "way": ("by",), "basis": ("on",), "behalf": ("on", "in"), "influence": ("under",),
}  # fmt: skip
_FIRST = frozenset(first for first, _ in _MULTIWORD)
_SECOND = frozenset(second for _, second in _MULTIWORD)
_SAME_AS = {"upon": "on", "onto": "on", "within": "in", "among": "in", "via": "by"}
# Labels and tags of words that may open a prepositional phrase.
_HUNG = frozenset({"prep", "agent", "dative", "advcl", "advmod", "acl", "amod", "acomp", "xcomp", "dep", "nsubj"})
_PREPOSITION_TAGS = frozenset({"IN", "TO", "VBG", "VBN", "RB", "JJ", "CC", "RP"})


def obliques(tree: Tree, node: Node) -> list[tuple[str, Node]]:
    """(preposition, governed word) pairs, multiword prepositions as one name, in text order."""
    found: list[tuple[str, Node]] = []
    for kid in tree.children(node):
        if kid.dep == "pcomp" and kid.tag in ("IN", "TO") and node.low in ("due", "owing", "thanks"):
            found.extend((kid.low, t) for t in tree.children(kid, ["pobj", "pcomp"]))
        elif kid.dep in _HUNG:
            if kid.tag in _PREPOSITION_TAGS or kid.dep == "agent":
                found.extend(_governed(tree, kid))
        elif kid.dep == "conj" and kid.tag in ("IN", "TO") and found and kid.i > node.i:
            # "a role in X and in Y", the second hung on the verb.
            found.extend((kid.low, t) for t in tree.children(kid, ["pobj", "pcomp"]))
    return found


def _governed(tree: Tree, prep: Node) -> Iterator[tuple[str, Node]]:
    name = prep.low
    kids = tree.children(prep)
    second = next((k for k in kids if (name, k.low) in _MULTIWORD), None) if name in _FIRST else None
    if second is not None:
        # The noun may hang on either word ("because of X").
        for target in (*tree.children(second, ["pobj", "pcomp"]), *tree.children(prep, ["pobj", "pcomp"])):
            if target.i != second.i:
                yield _MULTIWORD[name, second.low], target
        return
    if prep.dep not in ("prep", "agent", "dative"):
        return
    for kid in kids:
        if kid.dep in ("pobj", "pcomp"):
            inner = None
            if kid.lemma in _MIDDLE and not kid.mentions and name in _HEADS.get(kid.lemma, ("in", "during")):
                inner = [
                    t
                    for p in tree.children(kid, ["prep"])
                    if p.low in ("to", "of", "with")
                    for t in tree.children(p, ["pobj", "pcomp"])
                ]
            if inner:
                for target in inner:
                    yield _MIDDLE[kid.lemma], target
            else:
                yield _prep_name(tree, prep, name), kid
        elif kid.dep == "prep":
            # "higher in X than in Y": Y is what X is compared with, no place of its own.
            inner_name = "than" if name == "than" else kid.low
            for target in tree.children(kid, ["pobj", "pcomp"]):
                yield inner_name, target
        elif kid.dep == "conj" and kid.tag in ("IN", "TO"):
            # "to osteoblasts but not to fat cells": the resolver marks the denied one.
            yield from ((kid.low, t) for t in tree.children(kid, ["pobj", "pcomp"]))
        elif kid.dep == "dobj" and prep.tag == "VBG":
            yield name, kid


def _prep_name(tree: Tree, prep: Node, name: str) -> str:
    if prep.i and tree[prep.i - 1].low == "than":
        # "more common under X than under Y": Y is what X is compared with.
        return "than"
    for kid in tree.children(prep) if name in _SECOND else ():
        if (kid.low, name) in _MULTIWORD:
            return _MULTIWORD[kid.low, name]
    return _SAME_AS.get(name, name)
