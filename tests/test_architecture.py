"""The shape of the house: imports run downhill, modules are small, the core keeps quiet."""

from __future__ import annotations

import ast
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "extract"
MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = [str(p.relative_to(SOURCE)) for p in MODULES]

# Each layer may import those below it. Parts of one layer do not know each other.
LAYERS: list[set[str]] = [
    {"errors", "schema"},
    {"text", "matmul"},
    {"lexicon", "grammar", "quantity"},
    {"readers", "entities", "relations"},
    {"models", "sentences"},
    {"pipeline"},
    {"scoring", "writers"},
    {"scoring_report", "rules_kit"},
    {"jobs"},
    {"cli"},
]
LEVEL = {part: k for k, layer in enumerate(LAYERS) for part in layer}
# (part that imports, part that is imported): said here, or it is not allowed.
WITHIN_A_LAYER = {("schema", "errors")}
# The public face names what it gives out; it imports it only when asked.
FACE = "__init__"
TALKS_TO_PEOPLE = {"cli"}
LONGEST = 400
FORBIDDEN_MODULES = {"socket", "urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}


def part_of(path: Path) -> str:
    """The part that a module belongs to: its folder, or its own name; cli_show.py belongs to cli."""
    first = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "cli" if first.startswith("cli_") else first


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_modules(path: Path) -> set[str]:
    """All modules that a file imports, relative imports made absolute."""
    package = ["extract", *path.relative_to(SOURCE).parent.parts]
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            found |= {module} if module != "extract" else {f"extract.{alias.name}" for alias in node.names}
    return found


def own_parts(path: Path) -> set[str]:
    """The parts of this package that a file imports, its own left out."""
    parts = {m.split(".")[1] for m in imported_modules(path) if m.startswith("extract.")}
    return {"cli" if p.startswith("cli_") else p for p in parts} - {part_of(path)}


def test_every_part_has_its_layer() -> None:
    parts = {part_of(p) for p in MODULES} - {FACE}
    assert parts <= set(LEVEL), f"Put into a layer of this test: {sorted(parts - set(LEVEL))}"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_run_downhill(path: Path) -> None:
    part = part_of(path)
    if part not in LEVEL:
        pytest.skip("a part without a layer has a test of its own")
    uphill = {
        other
        for other in own_parts(path)
        if other in LEVEL and LEVEL[other] >= LEVEL[part] and (part, other) not in WITHIN_A_LAYER
    }
    assert not uphill, f"{part} must not import {sorted(uphill)}: it stands above or beside it"


def test_the_checker_sees_both_kinds_of_import(tmp_path: Path) -> None:
    assert "extract.schema" in imported_modules(SOURCE / "relations" / "grammar.py")
    assert "extract.relations.inflect" in imported_modules(SOURCE / "relations" / "grammar.py")
    assert own_parts(SOURCE / "relations" / "grammar.py") == {"errors", "schema"}
    assert "relations" in own_parts(SOURCE / "pipeline.py")


def test_the_public_face_imports_nothing_of_ours_at_once() -> None:
    tree = tree_of(SOURCE / "__init__.py")
    eager = [n for n in tree.body if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("extract")]
    assert eager == []
    assert len((SOURCE / "__init__.py").read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_modules_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_the_core_neither_prints_nor_exits_nor_calls_out(path: Path) -> None:
    talks = part_of(path) in TALKS_TO_PEOPLE
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert talks or called not in {"print", "input", "breakpoint", "exit", "quit"}, f"line {node.lineno}"
            assert talks or called not in {"sys.exit", "os._exit", "os.abort"}, f"line {node.lineno}"
            assert called not in {"eval", "exec", "pickle.load", "pickle.loads", "yaml.unsafe_load"}, (
                f"line {node.lineno}"
            )
        if isinstance(node, ast.Raise) and node.exc is not None:
            assert talks or "SystemExit" not in ast.unparse(node.exc), f"line {node.lineno}"
    # urllib.parse only takes addresses apart.
    reached = {m for m in imported_modules(path) if m.split(".")[0] in FORBIDDEN_MODULES and m != "urllib.parse"}
    assert not reached


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(tree_of(path))


@pytest.mark.parametrize("path", [p for p in MODULES if "__all__" in p.read_text(encoding="utf-8")], ids=str)
def test_exported_names_exist(path: Path) -> None:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    module = import_module(".".join(p for p in parts if p != "__init__"))
    missing = [name for name in module.__all__ if not hasattr(module, name)]
    assert not missing
    assert sorted(set(module.__all__)) == sorted(module.__all__)


def test_entry_points_load() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    targets = {**project["scripts"], **project["entry-points"]["spacy_factories"]}
    assert {"immunolit", "immunolit_sections", "immunolit_entities", "immunolit_parser", "immunolit_relations"} <= set(
        targets
    )
    for target in targets.values():
        module, _, name = target.partition(":")
        assert callable(getattr(import_module(module), name)), target


def test_importing_the_package_is_cheap() -> None:
    # Nothing heavy until it is asked for: `immunolit --help` answers at once.
    heavy = {"spacy", "scispacy", "pandas", "trafilatura", "pyarrow"}
    assert not {m.split(".")[0] for m in imported_modules(SOURCE / "__init__.py")} & heavy
    top = [n for n in tree_of(SOURCE / "cli.py").body if isinstance(n, (ast.Import, ast.ImportFrom))]
    assert not {ast.unparse(n).split()[1].split(".")[0] for n in top} & heavy
