"""Structured findings about cells, cytokines, hormones and diseases from article text.

load() gives a spaCy pipeline, read() the documents of a file, run() the main job.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.jobs.job import run
    from extract.pipeline import load
    from extract.readers.registry import read

__all__ = ["__version__", "load", "read", "run"]

try:
    __version__ = version("immunolit")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+unknown"

_HOME = {"load": "extract.pipeline", "read": "extract.readers.registry", "run": "extract.jobs.job"}


def __getattr__(name: str) -> Any:
    # Imported on first use: spaCy takes seconds, and `immunolit --help` needs none of it.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
