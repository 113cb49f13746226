"""Files that commands write: whole or not at all, and with a message for people where that fails."""

from __future__ import annotations

import contextlib
from pathlib import Path

from extract.errors import ConfigError

__all__ = ["write_text"]


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text through a temporary name beside it, so that no half file is left behind.

    Raises ConfigError if the folder is not there or may not be written to.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise ConfigError(
            f"{path}: cannot be written ({error.strerror}).",
            reason="output",
            remedy="Give a file in a folder that exists and may be written to.",
        ) from error
