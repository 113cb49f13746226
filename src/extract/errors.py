"""One exception tree. A message says what is wrong, what was expected, and what to do about it."""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "DocumentError",
    "FormatError",
    "GrammarError",
    "ImmunolitError",
    "LexiconError",
    "MissingPipelineError",
]


class ImmunolitError(Exception):
    """Base of all errors that immunolit raises on purpose.

    `reason` is a short stable code for manifests and scripts ("empty", "binary", ...); `remedy` says what to do.
    """

    def __init__(self, message: str, *, reason: str = "error", remedy: str = "") -> None:
        super().__init__(message if not remedy else f"{message} {remedy}")
        self.message = message
        self.reason = reason
        self.remedy = remedy


class DocumentError(ImmunolitError):
    """One document cannot be read or processed. It is reported in the manifest; the others go on."""


class FormatError(ImmunolitError):
    """A file does not follow the format that it should (gold JSONL, prediction file)."""


class LexiconError(ImmunolitError):
    """A lexicon table is missing or malformed."""


class GrammarError(ImmunolitError):
    """A grammar file is malformed. The message names file, line, what is wrong and the allowed values."""


class ConfigError(ImmunolitError):
    """An option or a configuration file is wrong."""


class MissingPipelineError(ConfigError):
    """A spaCy or scispaCy pipeline was asked for by name and is not installed."""
