"""The cue phrases of cues.yml, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["Cues", "bare", "load_cues"]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sat|sun)(?:day)?\.?,? )?"
_DATE = (
    rf"(?:{_DAY}(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|{_MONTH},? \d{{4}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}[./-]\d\d[./-]\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?))"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC|BST|CET|CEST|EST|EDT|PST|PDT|ET|PT))?"
_NAME = (
    r"(?-i:(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.? )?[A-ZÀ-Þ][\w.'’-]*"
    r"(?: (?:de|da|do|dos|del|di|van|von|der|den|la|le|al|bin|ten|[A-ZÀ-Þ][\w.'’-]*)){1,4})"
)
_DEGREE = r"(?-i:, ?(?:MD|PhD|Ph\.D\.|M\.D\.|RN|MPH|MSc|BSc|FRCP|DO|RD|PharmD|MBBS|DPhil))"
_NAMES = rf"(?:{_NAME}(?:{_DEGREE}){{0,3}}(?:(?:, and |, | and | & ){_NAME}(?:{_DEGREE}){{0,3}}){{0,5}})"
# "Rosa Blum a b, Jan de Wit a", "Line Pedersen 1 2, Manja Idorn 3*": two or more, with marks of affiliations.
_AUTHORS = (
    rf"{_NAME}(?: ?[\d*†‡§,]+| [a-z](?: [a-z]\b)*)+"
    rf"(?:(?:,|;| and| &|, and)? ?{_NAME}(?: ?[\d*†‡§]+| [a-z]\b|, ?(?=\d))*)+"
    r"(?:,? et al\.?)?"
)
_MACROS = {"DATE": _DATE, "CLOCK": _CLOCK, "NAMES": _NAMES, "CAPITAL": "(?-i:[A-Z])"}

_BULLET = re.compile(r"^(?:[-*^•·∙‣▪◦●○■–—→►✓✔]\s+)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "})


def bare(line: str) -> str:
    """`line` as the cues see it: no bullet, no outer blanks, straight quotes, single blanks."""
    plain = _BULLET.sub("", " ".join(line.translate(_QUOTES).split())).strip()
    return plain.removesuffix("[edit]").rstrip() or plain


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cues; each name is a key of cues.yml, where it is explained."""

    exact: frozenset[str]
    menu_strong: frozenset[str]
    menu_weak: frozenset[str]
    furniture_words: frozenset[str]
    empty_words: frozenset[str]
    patterns: re.Pattern[str]
    patterns_signs: re.Pattern[str]
    patterns_credits: re.Pattern[str]
    phrases: tuple[str, ...]
    about_author: re.Pattern[str]
    openers: dict[str, re.Pattern[str]]
    comment_marks: re.Pattern[str]
    captions: re.Pattern[str]
    credit_tail: re.Pattern[str]
    price: re.Pattern[str]
    reference_heads: re.Pattern[str]
    reference_starts: re.Pattern[str]
    reference_sure: re.Pattern[str]
    headings: frozenset[str]
    label_words: frozenset[str]
    label_heads: frozenset[str]
    agency_hints: tuple[str, ...]
    date: re.Pattern[str]
    name: re.Pattern[str]
    authors: re.Pattern[str]


def _any(patterns: list[str], macros: dict[str, str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern.removeprefix('(?i)')})" for pattern in patterns)
    joined = re.sub(r"\(\?i:", "(?:", joined)
    # Patterns are matched against `bare` lines, whose quotes are straight.
    joined = joined.translate(_QUOTES)
    for name, value in macros.items():
        joined = joined.replace(name, value)
    return re.compile(joined, re.IGNORECASE)


@cache
def load_cues() -> Cues:
    """Read and compile cues.yml."""
    text = files("extract.readers.sections").joinpath("cues.yml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    macros = _MACROS | {"AGENCY": f"(?:{' '.join(raw['agency'].split())})"}
    sure = raw["references"]["sure"]
    return Cues(
        exact=frozenset(raw["exact"]),
        menu_strong=frozenset(raw["menu_words"]["strong"].split()),
        menu_weak=frozenset(raw["menu_words"]["weak"].split()),
        empty_words=frozenset(raw["empty_words"].split()),
        furniture_words=frozenset(raw["furniture_words"].split()),
        patterns=_any(raw["patterns"], macros),
        patterns_signs=_any(raw["patterns_signs"], macros),
        patterns_credits=_any(raw["patterns_credits"], macros),
        phrases=tuple(raw["phrases"]),
        about_author=_any(raw["about_author"], macros),
        openers={kind: _any(patterns, macros) for kind, patterns in raw["openers"].items()},
        comment_marks=_any(raw["comment_marks"], macros),
        captions=_any(raw["captions"], macros),
        credit_tail=_any([raw["credit_tail"]], macros),
        price=_any([raw["price"]], macros),
        reference_heads=_any(raw["references"]["headings"], macros),
        reference_starts=_any([*sure, *raw["references"]["starts"]], macros),
        reference_sure=_any(sure, macros),
        headings=frozenset(raw["headings"]),
        label_words=frozenset(raw["label_words"].split()),
        label_heads=frozenset(raw["label_heads"].split()),
        agency_hints=tuple(raw["agency_hints"].split()),
        date=_any(["DATE"], macros),
        name=_any(["NAMES"], macros),
        authors=_any([_AUTHORS], macros),
    )
