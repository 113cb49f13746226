from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

import pytest

from extract.errors import ConfigError
from extract.writers.staging import Staging


def test_files_appear_together_on_commit(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with Staging(tmp_path) as staging:
        staging.open("a").write("new")
        staging.open("b").write("ä\n")
        record = staging.seal("b")
        assert (tmp_path / "a").read_text() == "old"
        assert not (tmp_path / "b").exists()
        staging.commit()
    assert (tmp_path / "a").read_text() == "new"
    assert (tmp_path / "b").read_bytes() == "ä\n".encode()
    assert (record.name, record.bytes) == ("b", 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_without_a_commit_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with contextlib.suppress(RuntimeError), Staging(tmp_path) as staging:
        staging.open("a").write("half")
        raise RuntimeError
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "old")]


def test_results_may_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Staging(tmp_path) as staging:
            staging.open("a")
            staging.commit()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="file/out"), Staging(tmp_path / "file" / "out"):
        pass
