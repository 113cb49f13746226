from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fakes import IDENTITY, FakeOpener

from extract.errors import ConfigError
from extract.jobs.job import DOCUMENTS, FINDINGS, MANIFEST, REPORT, Step, run
from extract.schema import Document
from extract.writers.records import FindingRecord, ManifestRecord

GOOD = "In the trained group, IL-6 raises cortisol in the blood after each of the long runs.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good texts and several bad ones."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"Study {name} is about hormones. {GOOD}", encoding="utf-8")
    (folder / "boom.txt").write_text(f"BOOM. {GOOD}", encoding="utf-8")
    (folder / "refuse.txt").write_text(f"REFUSE. {GOOD}", encoding="utf-8")
    (folder / "bad.txt").write_text(f"BAD. {GOOD}", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "latin.txt").write_bytes(b"caf\xe9 \xff\xfe\x80 " * 40)
    lines: list[Any] = [
        {"id": "j1", "text": GOOD},
        {"id": "j2", "text": GOOD},
        None,
        {"id": "a", "text": GOOD},
    ]
    text = "\n".join("{broken" if line is None else json.dumps(line) for line in lines)
    (folder / "many.jsonl").write_text(text + "\n", encoding="utf-8")
    return folder


def read(out: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]


def test_good_documents_are_done_and_each_bad_one_is_named(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    manifest = run([folder, tmp_path / "nowhere.txt"], out, opener=FakeOpener())

    done = [record.doc_id for record in manifest.inputs if record.status == "done"]
    assert done == ["a", "b", "c", "j1", "j2"]
    refused = {Path(r.name).name: r for r in manifest.inputs if r.status == "refused" and r.doc_id != "a"}
    assert set(refused) == {
        "boom.txt", "refuse.txt", "bad.txt", "empty.txt", "latin.txt", "many.jsonl", "nowhere.txt",
    }  # fmt: skip
    assert all(r.reason and r.message and r.remedy for r in refused.values())
    assert refused["boom.txt"].reason == "pipeline"
    assert "ValueError: boom" in refused["boom.txt"].message
    assert (refused["refuse.txt"].reason, refused["refuse.txt"].remedy) == ("too_large", "Split it.")
    assert refused["bad.txt"].reason == "output"
    duplicate = next(r for r in manifest.inputs if r.doc_id == "a" and r.status == "refused")
    assert duplicate.reason == "duplicate_id"
    assert "a.txt" in duplicate.message
    assert manifest.counts.done == 5
    assert manifest.counts.refused == len(refused) + 1


def test_files_hold_what_was_found(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    manifest = run([folder], out, opener=FakeOpener())

    assert sorted(path.name for path in out.iterdir()) == sorted([DOCUMENTS, FINDINGS, MANIFEST, REPORT])
    records = [FindingRecord.model_validate(line) for line in read(out, FINDINGS)]
    documents = [Document.model_validate(line) for line in read(out, DOCUMENTS)]
    assert [record.doc_id for record in records] == ["a", "b", "c", "j1", "j2"]
    assert [finding.id for document in documents for finding in document.findings] == [r.id for r in records]
    assert records[0].extractor.model_dump() == IDENTITY
    assert (records[0].subject.text, records[0].predicate, records[0].object.text) == (
        "IL-6",
        "increases",
        "cortisol",
    )
    on_disk = ManifestRecord.model_validate_json((out / MANIFEST).read_text(encoding="utf-8"))
    assert on_disk == manifest
    assert manifest.counts.mentions_by_type == {"CYTOKINE": 5, "HORMONE": 5}
    assert manifest.counts.findings_by_predicate == {"increases": 5}
    for record in manifest.outputs:
        assert (out / record.name).stat().st_size == record.bytes


def test_order_of_arguments_and_number_of_workers_leave_no_trace(folder: Path, tmp_path: Path) -> None:
    paths = sorted(folder.iterdir())
    run(paths, tmp_path / "one", opener=FakeOpener())
    run(paths[::-1], tmp_path / "two", opener=FakeOpener(), workers=2)
    for name in (FINDINGS, DOCUMENTS, REPORT):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_hash_seed_leaves_no_trace(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from fakes import FakeOpener; from extract.jobs.job import run;"
        "run([Path(sys.argv[1])], sys.argv[2], opener=FakeOpener())"
    )
    for seed in ("1", "2"):
        path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        command = [sys.executable, "-c", code, str(folder), str(tmp_path / seed)]
        subprocess.run(command, env=environment, check=True)
    for name in (FINDINGS, DOCUMENTS, REPORT):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_progress_names_each_document(folder: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    run(
        [folder / "a.txt", folder / "empty.txt"], tmp_path / "out", opener=FakeOpener(), progress=steps.append
    )
    assert [(step.position, step.total, step.record.status) for step in steps] == [
        (1, 2, "done"), (2, 2, "refused"),
    ]  # fmt: skip


def test_earlier_results_stay_where_a_run_fails(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([folder / "a.txt"], out, opener=FakeOpener())
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def stop(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([folder], out, opener=FakeOpener(), progress=stop)
    with pytest.raises(ConfigError, match="No such pipeline"):
        run([folder], out, opener=FakeOpener(broken=True))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_out_that_is_a_file_is_refused_with_a_remedy(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="output folder") as caught:
        run([folder], tmp_path / "file", opener=FakeOpener())
    assert "-o" in caught.value.remedy


@pytest.mark.parametrize("options", [{"workers": 0}, {"mentions": "none"}])
def test_options_that_cannot_work_are_refused(folder: Path, tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        run([folder], tmp_path / "out", opener=FakeOpener(), **options)
    assert not (tmp_path / "out").exists()


def test_a_run_over_nothing_readable_still_tells_so(folder: Path, tmp_path: Path) -> None:
    manifest = run([folder / "empty.txt"], tmp_path / "out", opener=FakeOpener())
    assert (manifest.counts.done, manifest.counts.refused) == (0, 1)
    assert (tmp_path / "out" / FINDINGS).read_bytes() == b""
