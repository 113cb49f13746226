"""Broken gold files are refused with file, line, fault and remedy."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from scoring_docs import TEXT, by_id, document, finding, mention

from extract.errors import FormatError
from extract.scoring import GoldDocument, gold_dict, read_gold, score

GOOD: dict[str, Any] = {
    "id": "d",
    "text": TEXT,
    "mentions": [mention("m1", "CELL", 1), mention("m2", "CYTOKINE", 2)],
    "findings": [finding("f1", "m1", "produces", "m2")],
}


def changed(part: str, **values: Any) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(GOOD))
    item = copy if part == "document" else copy[part][0]
    for name, value in values.items():
        if value is ...:
            del item[name]
        else:
            item[name] = value
    return copy


def write(path: Path, *docs: Any) -> Path:
    path.write_text(
        "".join((d if isinstance(d, str) else json.dumps(d)) + "\n" for d in docs), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("doc", "fault", "remedy"),
    [
        ("{broken", "not valid JSON, column 2", "Write one JSON object a line"),
        ("[1]", "a JSON list where an object was expected", "Write one JSON object a line"),
        (changed("document", id=...), "id is missing", "Add the field 'id'"),
        (changed("document", text=...), "text is missing", "give a folder"),
        (changed("mentions", type="VIRUS"), "mentions[0].type is 'VIRUS'", "CELL, CYTOKINE, HORMONE"),
        (changed("mentions", fragments=...), "mentions[0].fragments is missing", "Add the field 'fragments'"),
        (changed("mentions", fragments=[]), "mentions[0].fragments is []", "Correct the value"),
        (
            changed("mentions", fragments=[[1, 900]]),
            "'m1' has offsets [1, 900] in a text of 96",
            "code points",
        ),
        (changed("mentions", fragments=[[-3, 2]]), "'m1' has offsets [-3, 2]", "code points"),
        (changed("mentions", fragments=[[4, 4]]), "'m1' has offsets [4, 4]", "start < end"),
        (changed("mentions", id="m2"), "mention id 'm2' stands twice", "its own id"),
        (
            changed("findings", predicate="causes"),
            "findings[0].predicate is 'causes'",
            "increases, decreases",
        ),
        (changed("findings", aspect="size"), "findings[0].aspect is 'size'", "level, production"),
        (changed("findings", aspect=None), "findings[0].aspect is missing", "Add the field 'aspect'"),
        (changed("findings", subject="m9"), "finding 'f1': subject 'm9' is no mention", "correct the id"),
        (changed("findings", context=["m8"]), "finding 'f1': context 'm8' is no mention", "correct the id"),
        (changed("findings", evidence=[0, 97]), "finding 'f1': evidence has offsets [0, 97]", "code points"),
        (changed("document", mentions=["cell"]), "mentions[0] is 'cell'", "Correct the value"),
        (GOOD, "document id 'd' stands already in line 1", "its own id"),
    ],
)
def test_faults(tmp_path: Path, doc: Any, fault: str, remedy: str) -> None:
    path = write(tmp_path / "gold.jsonl", GOOD, "", doc)
    with pytest.raises(FormatError) as error:
        read_gold(path)
    message = str(error.value)
    assert message.startswith(f"{path}, line 3: ")
    assert fault in message
    assert remedy in message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
    with pytest.raises(FormatError, match="cannot be read"):
        read_gold(tmp_path)
    (tmp_path / "bad.jsonl").write_bytes(b'{"id": "\xff"}\n')
    with pytest.raises(FormatError, match=r"line 1: not UTF-8 \(byte 8\)"):
        read_gold(tmp_path / "bad.jsonl")
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(FormatError, match="cannot be read"):
        read_gold(tmp_path / "bad.jsonl.gz")


def test_compressed_files_and_byte_order_marks(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "gold.jsonl.gz", "wt", encoding="utf-8-sig") as handle:
        handle.write(json.dumps(GOOD) + "\n")
    assert list(read_gold(tmp_path / "gold.jsonl.gz")) == ["d"]


def test_line_separators_inside_strings_do_not_end_a_line(tmp_path: Path) -> None:
    doc = changed("document", text=TEXT.replace(" ", "\u2028", 1))
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(doc, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_gold(path)["d"].text[3] == "\u2028"


def test_what_writers_may_leave_out(tmp_path: Path) -> None:
    doc = changed("document", text=..., meta=None)
    doc["mentions"] = [
        {"id": "m1", "type": "CELL", "start": 4, "end": 7, "also": None},
        mention("m2", "CYTOKINE", 2),
    ]
    path = write(tmp_path / "pred.jsonl", doc)
    (tmp_path / "d.txt").write_bytes(TEXT.encode())
    for texts in (tmp_path, {"d": TEXT}):
        read = read_gold(path, texts=texts)["d"]
        assert read.mentions[0].fragments == [(4, 7)]
        assert read.mentions[0].text == "w01"
        assert read.findings[0].certainty == "asserted"
        assert read.findings[0].context == []


def test_optional_flags_are_kept_and_written(tmp_path: Path) -> None:
    doc = changed("mentions", optional=True)
    doc["findings"][0]["optional"] = True
    read = read_gold(write(tmp_path / "gold.jsonl", doc))["d"]
    assert isinstance(read, GoldDocument)
    assert (read.optional_mentions, read.optional_findings) == ({"m1"}, {"f1"})
    again = gold_dict(read)
    assert again["mentions"][0]["optional"] is True
    assert "optional" not in again["mentions"][1]
    assert again["findings"][0]["optional"] is True
    assert score(by_id(read), {})["findings.full"].gold == 0


def test_gold_dict_reads_back(tmp_path: Path) -> None:
    doc = document(GOOD["mentions"], GOOD["findings"])
    assert read_gold(write(tmp_path / "gold.jsonl", gold_dict(doc))) == {"d": doc}
