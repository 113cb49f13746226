from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel, ValidationError

from extract.schema import Document
from extract.writers.records import FindingRecord, ManifestRecord

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data"
MODELS: dict[str, type[BaseModel]] = {
    "finding": FindingRecord,
    "document": Document,
    "manifest": ManifestRecord,
}


def schema(name: str) -> Any:
    return json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_schema", ROOT / "scripts" / "make_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_schema"] = module
    spec.loader.exec_module(module)
    return module


def test_schema_files_and_their_page_are_up_to_date() -> None:
    for path, content in load_script().outputs().items():
        stored = (ROOT / path).read_text(encoding="utf-8")
        assert stored == content, f"{path} is out of date: run python scripts/make_schema.py"


def test_every_field_of_findings_is_explained() -> None:
    for model in (FindingRecord, ManifestRecord):
        whole = model.model_json_schema(mode="serialization")
        parts = [whole, *(part for part in whole["$defs"].values() if part.get("type") == "object")]
        for part in parts:
            for name, field in part["properties"].items():
                held = "$ref" in field or any("$ref" in option for option in field.get("anyOf", ()))
                assert field.get("description") or held, f"{part['title']}.{name} has no description"


@pytest.mark.parametrize("path", sorted((DATA / "valid").glob("*.json")), ids=lambda path: path.stem)
def test_valid_files_are_accepted(path: Path) -> None:
    name = path.stem.split(".")[0]
    data = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(data, schema(name))
    MODELS[name].model_validate(data)


@pytest.mark.parametrize("path", sorted((DATA / "invalid").glob("*.json")), ids=lambda path: path.stem)
def test_invalid_files_are_refused_for_the_fault_they_are_named_after(path: Path) -> None:
    name, fault = path.stem.split(".")
    data = json.loads(path.read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError) as found:
        jsonschema.validate(data, schema(name))
    with pytest.raises(ValidationError) as caught:
        MODELS[name].model_validate(data)
    word = fault.split("-")[-1]
    assert word in str(found.value)
    assert word in str(caught.value)
