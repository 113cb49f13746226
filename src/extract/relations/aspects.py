"""Which aspect of the object a statement is about, by what kind of thing the object is."""

from __future__ import annotations

from ..schema import Aspect, Mention, Predicate
from .grammar import Grammar

__all__ = ["named_aspect", "suited_aspect"]

# Aspects that a process has by its name; "protein synthesis" and "response" are plain activities.
_OWN = frozenset({"expression", "inflammation", "growth", "metastasis", "cytotoxicity", "proliferation", "level"})


def named_aspect(grammar: Grammar, obj: Mention) -> Aspect | None:
    """The aspect in the name of a process ("gene expression", "tumour growth"), None if it names none."""
    if obj.type != "PROCESS":
        return None
    noun = grammar.aspects.get(obj.text.split()[-1].lower())
    return noun.aspect if noun is not None and noun.aspect in _OWN else None


def suited_aspect(
    aspect: Aspect, predicate: Predicate, subject: Mention, obj: Mention, *, marked: bool = False
) -> Aspect:
    """The aspect in the sense that it has for this kind of object.

    From what annotators write (gold and fresh texts): the formation of cells is their differentiation, the
    development of a disease its risk, and a gene or a group goes with having a disease rather than with its severity.
    `marked`: the text says that there is more or less of the object ("mice without X show worse colitis").
    """
    if obj.type == "CELL" and aspect == "production":
        return "differentiation"
    if obj.type == "CELL" and aspect == "expression":
        return "level"
    if obj.type in ("TISSUE", "PROCESS") and aspect == "differentiation":
        return "growth"
    if obj.type == "DISEASE" and aspect == "differentiation":
        return "risk"
    if predicate == "associated_with" and aspect == "severity" and obj.type == "DISEASE" and not marked:
        # A symptom or a cytokine goes with how bad the disease is.
        return "severity" if subject.type in ("DISEASE", "CYTOKINE", "PROCESS") else "risk"
    return aspect
