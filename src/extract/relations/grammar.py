"""Loads and checks the grammar: triggers, frames, aspect nouns and cues, all YAML under `extract/grammar`.

A malformed file is refused with its name, the line, what is wrong and what is allowed. The format of each file
is described, with a worked example, in docs/grammar.md.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..errors import GrammarError
from ..schema import Aspect, MentionType, Predicate
from .inflect import forms

__all__ = ["AspectNoun", "Compound", "Cues", "Frame", "Grammar", "Trigger", "load_grammar"]

GRAMMAR_DIR = Path(__file__).parent.parent / "grammar"

_GAP = re.compile(" ")
Pos = Literal["VERB", "NOUN", "ADJ"]
FrameGroup = Literal[
    "transitive", "intransitive_change", "causative", "prep_object", "subject_prep", "symmetric", "nominal",
    "agent_noun", "loss", "copular_adj", "secretion", "secretion_group", "stimulus", "become", "exhibit",
    "exhibit_occasion", "idiom",
    "resultative", "secretion_occasion",
]  # fmt: skip

# The places of places.py besides prepositions.
PLACES = (
    "S", "O", "mod", "poss", "appos", "head", "@prep", "@cause", "@occasion", "@clause", "@group", "@maker_group",
    "@first", "@rest", "@between_first", "@between_rest", "@stimulus", "@doer",
    "@idiom_subject", "@idiom_object", "@maker", "@made", "@became", "@given", "@when", "@without",
)  # fmt: skip


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_T = TypeVar("_T", bound=_Row)


class Trigger(_Row):
    """One word sense that expresses a relation."""

    lemma: str = Field(min_length=1)
    pos: Pos
    predicate: Predicate
    frame: tuple[FrameGroup, ...] = Field(min_length=1)
    aspect: Aspect | None = None
    aspect_by_type: dict[MentionType, Aspect] = Field(default_factory=dict)
    predicate_by_type: dict[MentionType, Predicate] = Field(default_factory=dict)
    strength: Literal["strong", "weak"] = "strong"
    direction: Literal["+", "-"] | None = None
    particle: str | None = None
    noun: str | None = None
    words: str | None = None
    swap: bool = False
    prep: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    also_as: Predicate | None = None
    passive_prep: tuple[str, ...] = ()
    subject_types: tuple[MentionType, ...] = ()
    object_types: tuple[MentionType, ...] = ()
    subject_words: tuple[str, ...] = ()
    negated: bool = False
    example: str = Field(min_length=8)
    negative: str | None = None

    @property
    def id(self) -> str:
        """Stable name of the trigger in findings and reports."""
        tail = "".join(f"+{x}" for x in (self.particle, self.noun, self.words, *self.prep[:1]) if x)
        return f"{self.lemma}{tail}/{self.pos}/{self.predicate}"


class AspectNoun(_Row):
    """A noun that says what about a thing changes ("secretion of X"), with its own sign ("death of X" is inverted)."""

    lemma: str = Field(min_length=1)
    pos: Literal["NOUN"] = "NOUN"
    aspect: Aspect | None
    inverted: bool = False
    variants: tuple[str, ...] = ()
    example: str = Field(min_length=8)
    negative: str | None = None


class Frame(_Row):
    """One way in which a trigger takes its arguments. Tried in the order of the file within a group."""

    name: str = Field(min_length=1)
    group: FrameGroup
    subject: tuple[str, ...] = Field(min_length=1)
    object: tuple[str, ...] = Field(min_length=1)
    lemmas: tuple[str, ...] = ()
    predicate: Predicate | None = None
    marked: bool = False
    subject_types: tuple[MentionType, ...] = ()
    object_types: tuple[MentionType, ...] = ()
    cost: int = Field(default=0, ge=0, le=5)
    example: str = Field(min_length=8)
    negative: str = Field(min_length=8)

    @field_validator("subject", "object")
    @classmethod
    def _places_exist(cls, places: tuple[str, ...]) -> tuple[str, ...]:
        for place in places:
            # Any other lower-case words may be a preposition.
            if place not in PLACES and not (place.islower() and place.replace(" ", "").isalpha()):
                raise ValueError(f"{place!r} is no place; allowed: {', '.join(PLACES)} and prepositions")
        return places


class Compound(_Row):
    """What a hyphenated word makes of the name before it and the noun after it."""

    suffix: tuple[str, ...] = Field(min_length=1)
    predicate: Predicate
    subject: Literal["bound", "head"]
    object: Literal["bound", "head"]
    aspect: Aspect | None = None
    direction: Literal["+", "-"] | None = None
    negated: bool = False
    inside: bool = False
    subject_types: tuple[MentionType, ...] = ()
    object_types: tuple[MentionType, ...] = ()
    example: str = Field(min_length=8)


class Cues(_Row):
    """Closed word lists that the qualifiers use. Each list is lower-case lemmas unless its name says otherwise."""

    negation_words: tuple[str, ...]
    negation_verbs: tuple[str, ...]
    negation_adjectives: tuple[str, ...]
    negation_nouns: tuple[str, ...]
    hedge_modals: tuple[str, ...]
    hedge_verbs: tuple[str, ...]
    hedge_adverbs: tuple[str, ...]
    hedge_adjectives: tuple[str, ...]
    hedge_nouns: tuple[str, ...]
    carrier_verbs: tuple[str, ...]
    aim_verbs: tuple[str, ...]
    aim_nouns: tuple[str, ...]
    question_words: tuple[str, ...]
    discourse_verbs: tuple[str, ...]
    text_nouns: tuple[str, ...]
    procedure_verbs: tuple[str, ...]
    intention_verbs: tuple[str, ...]
    transparent_nouns: tuple[str, ...]
    loss_words: tuple[str, ...]
    more_words: tuple[str, ...]
    less_words: tuple[str, ...]
    positive_adjectives: tuple[str, ...]
    negative_adjectives: tuple[str, ...]

    @cached_property
    def sets(self) -> Mapping[str, frozenset[str]]:
        """The lists by name, to look words up in."""
        return {name: frozenset(getattr(self, name)) for name in type(self).model_fields}


@dataclass(frozen=True)
class Grammar:
    """All that the rules know. `by_form` maps lower-case word forms to triggers, `aspects` forms to aspect nouns."""

    triggers: tuple[Trigger, ...]
    aspects: Mapping[str, AspectNoun]
    frames: Mapping[str, tuple[Frame, ...]]
    compounds: Mapping[str, tuple[Compound, ...]]
    cues: Cues
    defaults: Mapping[str, Mapping[str, Aspect]]
    by_form: Mapping[str, tuple[Trigger, ...]]
    hash: str

    @cached_property
    def endings(self) -> frozenset[str]:
        """How the forms of triggers end, by whole words: a word that is none of these ends no trigger."""
        return _endings(self.by_form)

    @cached_property
    def aspect_endings(self) -> frozenset[str]:
        """How the forms of aspect nouns end, by whole words."""
        return _endings(self.aspects)

    def default_aspect(self, predicate: Predicate, object_type: MentionType) -> Aspect:
        """The aspect when the text names none."""
        table = self.defaults.get(predicate, {})
        return table.get(object_type) or self.defaults["any"][object_type]

    def noun_sign(self, form: str, tag: str) -> int | None:
        """+1 or -1 if a noun itself says that something rises or falls ("increase", "suppression")."""
        if not tag.startswith("NN"):
            return None
        for trigger in self.by_form.get(form, ()):
            if trigger.prep and form in self.aspects:
                # "activity against X" lowers X, "activity" by itself is neither.
                continue
            if trigger.pos == "NOUN" and trigger.predicate in ("increases", "decreases"):
                return 1 if trigger.predicate == "increases" else -1
        return None


def _endings(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(form[at:] for form in forms for at in (0, *(m.end() for m in _GAP.finditer(form))))


class _Lines:
    """Notes the line of each mapping, for error messages."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)  # type: ignore[misc]
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


class _LineLoader(_Lines, yaml.SafeLoader):
    """Any SafeLoader makes no arbitrary objects. This one words its complaints best."""


# libyaml's parser is ten times as fast, where it is there.
_Fast: Any = type("_Fast", (_Lines, yaml.CSafeLoader), {}) if hasattr(yaml, "CSafeLoader") else _LineLoader


def _read(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as e:
        raise GrammarError(f"{path}: cannot be read ({e.strerror}).", remedy="Check the path.") from e
    except UnicodeDecodeError as e:
        raise GrammarError(f"{path.name}: not UTF-8 (byte {e.start}).", remedy="Save the file in UTF-8.") from e
    try:
        return yaml.load(text, Loader=_Fast)
    except yaml.YAMLError:
        pass
    try:
        return yaml.load(text, Loader=_LineLoader)
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise GrammarError(
            f"{path.name}{line}: not valid YAML ({getattr(e, 'problem', e)}).",
            remedy="Mend the indentation or quote the text.",
        ) from e


def _strip(row: dict[str, Any], model: type[_Row]) -> tuple[dict[str, Any], int]:
    """Fields of a row without the line mark; a lone string where a list is expected becomes a list of one."""
    line = int(row.get("__line__", 0))
    clean: dict[str, Any] = {}
    for key, value in row.items():
        if key == "__line__":
            continue
        info = model.model_fields.get(key)
        is_list = info is not None and get_origin(info.annotation) is tuple
        if is_list and value is None:
            continue
        if isinstance(value, dict):
            value.pop("__line__", None)
        clean[key] = (value,) if is_list and isinstance(value, str) else value
    return clean, line


def _rows(path: Path, model: type[_T]) -> list[_T]:
    data = _read(path)
    if not isinstance(data, list):
        raise GrammarError(
            f"{path.name}:1: expected a list of entries, found {type(data).__name__}.",
            remedy='Begin each with "- ".',
        )
    out: list[_T] = []
    for item in data:
        if not isinstance(item, dict):
            raise GrammarError(f"{path.name}: expected a mapping, found {item!r}.", remedy='Write "key: value" pairs.')
        row, line = _strip(item, model)
        try:
            out.append(model(**row))
        except ValidationError as e:
            raise _refusal(f"{path.name}:{line}", e, model) from e
    return out


def _refusal(place: str, error: ValidationError, model: type[BaseModel]) -> GrammarError:
    """The first fault that pydantic found, with what to do about it."""
    first = error.errors()[0]
    where = ".".join(str(x) for x in first["loc"])
    found = first.get("input")
    expected = first.get("ctx", {}).get("expected")
    remedy = "See docs/grammar.md."
    if expected:
        remedy = f"Allowed: {expected}."
    elif first["type"] in ("missing", "extra_forbidden"):
        remedy = f"Fields: {', '.join(model.model_fields)}."
    elif isinstance(found, bool):
        remedy = "Quote the word: YAML reads no, on, off, yes as true or false."
    shown = "" if first["type"] == "missing" else f" (found {found!r:.80})"
    return GrammarError(
        f"{place}: {where or 'entry'}: {first['msg'].removeprefix('Value error, ')}{shown}.", remedy=remedy
    )


def _mapping(path: Path) -> dict[str, Any]:
    data = _read(path)
    if not isinstance(data, dict):
        raise GrammarError(f"{path.name}:1: expected a mapping of names to lists.", remedy="See docs/grammar.md.")
    return {k: v for k, v in data.items() if k != "__line__"}


def _defaults(path: Path) -> dict[str, Mapping[str, Aspect]]:
    """Predicate to type to aspect. "any" serves what the predicates leave out, so it must be whole."""
    table = _mapping(path)
    kinds = get_args(MentionType)
    for key, row in table.items():
        if not isinstance(row, dict):
            raise GrammarError(f"{path.name}: {key}: expected a mapping of types to aspects, found {row!r}.")
        row.pop("__line__", None)
        for what, value, allowed in (
            ("predicate", key, ("any", *get_args(Predicate))),
            *(("mention type", kind, kinds) for kind in row),
            *(("aspect", aspect, get_args(Aspect)) for aspect in row.values()),
        ):
            if value not in allowed:
                raise GrammarError(
                    f"{path.name}: {key}: {value!r} is no {what}.", remedy=f"Allowed: {', '.join(allowed)}."
                )
    missing = [kind for kind in kinds if kind not in table.get("any", {})]
    if missing:
        raise GrammarError(
            f"{path.name}: any: no aspect for {', '.join(missing)}.", remedy='Give one under "any" for each type.'
        )
    return table


def _index(triggers: Iterable[Trigger]) -> dict[str, tuple[Trigger, ...]]:
    index: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        for lemma in (trigger.lemma, *trigger.variants):
            for form in forms(lemma, trigger.pos):
                bucket = index.setdefault(form, [])
                if trigger not in bucket:
                    bucket.append(trigger)
    return {form: tuple(sorted(found, key=lambda t: t.id)) for form, found in sorted(index.items())}


@lru_cache(maxsize=4)
def load_grammar(folder: Path = GRAMMAR_DIR) -> Grammar:
    """Read and check all grammar files of `folder`.

    Raises:
        GrammarError: a file is missing or malformed; the message names file, line and the allowed values.
    """
    digest = hashlib.sha256()
    files = sorted([*folder.glob("*.yml"), *folder.glob("triggers/*.yml")])
    if not files:
        raise GrammarError(f"{folder}: no grammar files.", remedy="Expected frames.yml, cues.yml and triggers/*.yml.")
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    triggers: list[Trigger] = []
    for path in sorted(folder.glob("triggers/*.yml")):
        if path.name != "aspects.yml":
            triggers.extend(_rows(path, Trigger))
    aspects: dict[str, AspectNoun] = {}
    for noun in _rows(folder / "triggers" / "aspects.yml", AspectNoun):
        for lemma in (noun.lemma, *noun.variants):
            for form in forms(lemma, "NOUN"):
                aspects.setdefault(form, noun)
    frames: dict[str, list[Frame]] = {}
    for frame in _rows(folder / "frames.yml", Frame):
        frames.setdefault(frame.group, []).append(frame)
    compounds: dict[str, list[Compound]] = {}
    for compound in _rows(folder / "compounds.yml", Compound):
        for suffix in compound.suffix:
            compounds.setdefault(suffix, []).append(compound)
    try:
        cues = Cues(**_mapping(folder / "cues.yml"))
    except ValidationError as e:
        raise _refusal("cues.yml", e, Cues) from e
    defaults = _defaults(folder / "defaults.yml")
    return Grammar(
        triggers=tuple(triggers),
        aspects=aspects,
        frames={k: tuple(v) for k, v in frames.items()},
        compounds={k: tuple(v) for k, v in compounds.items()},
        cues=cues,
        defaults=defaults,
        by_form=_index(triggers),
        hash=digest.hexdigest()[:16],
    )
