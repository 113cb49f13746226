"""Files that appear whole or not at all: written under a temporary name, moved into place at the end."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from extract.errors import ConfigError
from extract.writers.records import OutputRecord

__all__ = ["Staging"]


class Staging:
    """A set of output files that replaces the old ones only when all of them are complete.

    Use as a context manager: `open` gives a stream under a temporary name in the output folder (so that the
    move stays within one file system), `commit` moves all into place. Leaving the block without a commit
    removes them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, tuple[Path, IO[str]]] = {}

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            probe = tempfile.TemporaryFile(dir=self.folder)
            probe.close()
        except OSError as error:
            raise ConfigError(
                f"Cannot write to the output folder {self.folder}: {error.strerror or error}.",
                reason="output",
                remedy="Choose a folder that you may write to with -o DIR.",
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for path, stream in self._open.values():
            stream.close()
            path.unlink(missing_ok=True)
        self._open.clear()

    def open(self, name: str) -> IO[str]:
        """A UTF-8 text stream that becomes the file `name` of the output folder on commit."""
        handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=self.folder)
        # mkstemp makes files for the owner only; results are for everyone whom the user's umask allows.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(path, 0o666 & ~mask)  # noqa: PTH101
        stream = os.fdopen(handle, "w", encoding="utf-8", newline="\n")
        self._open[name] = (Path(path), stream)
        return stream

    def seal(self, name: str) -> OutputRecord:
        """Flush one file and tell its size and hash. Nothing may be written to it afterwards."""
        path, stream = self._open[name]
        stream.close()
        with path.open("rb") as done:
            digest = hashlib.file_digest(done, "sha256").hexdigest()
        return OutputRecord(name=name, bytes=path.stat().st_size, sha256=digest)

    def commit(self) -> None:
        """Move all files into place, in the order in which they were opened."""
        for _, stream in self._open.values():
            stream.close()
        for name in list(self._open):
            path, _ = self._open.pop(name)
            path.replace(self.folder / name)
