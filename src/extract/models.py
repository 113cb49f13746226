"""Loads spaCy and scispaCy pipelines by name, and turns their entities into proposals for mentions.

What is known of a pipeline (labels, how to install it) stands in pipelines.yml; a file of the same form can be given
to add others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from .entities.candidate import Candidate
from .errors import ConfigError, MissingPipelineError
from .matmul import multiply_with_numpy, one_thread
from .schema import MentionType

__all__ = ["DEFAULT_MODEL", "EntityProposer", "Model", "fingerprint", "load_model", "model_table", "open_pipeline"]

# The parser that is shipped with the package. Any installed pipeline can take its place by name.
DEFAULT_MODEL = "immunolit"
_SHIPPED = Path(__file__).parent / "model" / "parser"
_TABLE = Path(__file__).with_name("pipelines.yml")
_TYPES = get_args(MentionType)
# Bytes. Word vectors of a gigabyte are not worth the seconds.
_HASHED_WHOLE = 60_000_000


@dataclass(frozen=True, slots=True)
class Model:
    """What is known of a pipeline: how to install it and what its entity labels mean here."""

    install: str = ""
    labels: Mapping[str, MentionType] = field(default_factory=dict)


def _read_table(path: Path) -> dict[str, Model]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise ConfigError(f"{path}: cannot be read ({e.strerror}).", remedy="Check the path given to --config.") from e
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise ConfigError(f"{path}: not valid YAML ({e}).", remedy="See extract/pipelines.yml for the form.") from e
    if not isinstance(data, dict):
        raise ConfigError(
            f"{path}: expected a mapping of pipeline names, found {type(data).__name__}.",
            remedy='Write "name: {labels: {LABEL: TYPE}}".',
        )
    table: dict[str, Model] = {}
    for name, row in data.items():
        row = row or {}
        labels = row.get("labels") or {} if isinstance(row, dict) else None
        if not isinstance(labels, dict):
            raise ConfigError(f"{path}: {name}: expected a mapping.", remedy='Write "labels: {LABEL: TYPE}".')
        for label, kind in labels.items():
            if kind not in _TYPES:
                raise ConfigError(
                    f"{path}: {name}: label {label} is mapped to {kind!r}.",
                    remedy=f"Allowed: {', '.join(_TYPES)}.",
                )
        table[str(name)] = Model(str(row.get("install") or ""), {str(k): v for k, v in labels.items()})
    return table


def model_table(config: Path | None = None) -> dict[str, Model]:
    """All known pipelines; rows of `config` add to and replace the built-in ones.

    Raises:
        ConfigError: the file is missing or malformed.
    """
    table = _read_table(_TABLE)
    if config is not None:
        table.update(_read_table(config))
    return table


def load_model(name: str = DEFAULT_MODEL, *, config: Path | None = None) -> Language:
    """Load an installed pipeline for tagging, parsing and, where it has labels that we know, entities.

    Raises:
        MissingPipelineError: it is not installed; the message holds the install command if it is known.
        ConfigError: it has no parser.
    """
    table = model_table(config)
    known = table.get(name, Model())
    try:
        nlp = open_pipeline(name, exclude=[] if known.labels else ["ner"])
    except (OSError, ImportError) as e:
        command = known.install or f"pip install {name.replace('_', '-')}"
        raise MissingPipelineError(
            f'The spaCy pipeline "{name}" is not installed.',
            reason="missing_pipeline",
            remedy=f"Install it with: {command}",
        ) from e
    if "parser" not in nlp.pipe_names:
        raise ConfigError(
            f'The spaCy pipeline "{name}" has no dependency parser ({", ".join(nlp.pipe_names) or "no components"}).',
            remedy="Choose one with a parser, for example en_core_sci_sm.",
        )
    return nlp


def open_pipeline(name: str, *, exclude: Sequence[str] = (), enable: Sequence[str] = ()) -> Language:
    """spacy.load, which also knows the shipped parser by its name. Raises what spacy.load raises."""
    source: str | Path = _SHIPPED if name == DEFAULT_MODEL else name
    if enable:
        return multiply_with_numpy(spacy.load(source, exclude=list(exclude), enable=list(enable)))
    return multiply_with_numpy(spacy.load(source, exclude=list(exclude)))


def fingerprint(nlp: Language) -> str:
    """Content hash of a pipeline loaded from disk: its files, or for very large ones their names and sizes."""
    if nlp.path is None:
        return ""
    files = sorted(p for p in Path(nlp.path).rglob("*") if p.is_file())
    whole = sum(p.stat().st_size for p in files) < _HASHED_WHOLE
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(nlp.path).as_posix().encode())
        digest.update(path.read_bytes() if whole else str(path.stat().st_size).encode())
    return digest.hexdigest()[:16]


class EntityProposer:
    """Proposes the entities of a pipeline as mentions, labels mapped to our types."""

    def __init__(self, nlp: Language, labels: Mapping[str, MentionType], name: str) -> None:
        self.nlp = nlp
        self.labels = labels
        self.source = f"model:{name}"

    def __call__(self, doc: Doc) -> list[Candidate]:
        """Candidates with code-point offsets into `doc.text`."""
        with one_thread():
            found = self.nlp(doc.text).ents
        return [
            Candidate(ent.start_char, ent.end_char, self.labels[ent.label_], source=self.source)
            for ent in found
            if ent.label_ in self.labels
        ]
