"""Imports go downwards only, and the two halves never meet."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
PACKAGE = SOURCE / "briefings"

# What each part may import besides itself. Modules at the top of the package stand alone.
FOUNDATION = {"errors", "mime", "files", "lock", "rows", "periods", "working_days", "organisation"}
SETTINGS = FOUNDATION | {
    "credentials", "engine", "gate_limits", "language", "project", "reference",
    "reference_file", "settings", "sources", "store",
}  # fmt: skip
MAY_IMPORT = {
    "errors": set(),
    "mime": set(),
    "escaping": set(),
    "rows": set(),
    "files": set(),
    "lock": set(),
    "periods": {"errors"},
    "working_days": {"errors"},
    "organisation": {"errors"},
    "engine": {"errors"},
    "gate_limits": {"errors"},
    "credentials": {"errors"},
    "sources": {"errors"},
    "store": {"errors", "files"},
    "settings": {"errors", "periods"},
    "project": {
        "errors",
        "credentials",
        "engine",
        "files",
        "gate_limits",
        "organisation",
        "periods",
        "settings",
        "sources",
        "store",
    },
    "reference_file": {"errors"},
    "reference": {"errors", "organisation", "periods", "reference_file", "working_days"},
    "lineage": {"errors", "organisation", "reference", "reference_file"},
    "language": {"periods", "project"},
    "demo": {"errors"},
    "intake": SETTINGS | {"code", "escaping"},
    "facts": {"organisation", "periods"},
    "statistics": SETTINGS | {"intake", "facts", "lineage"},
    "gathering": SETTINGS | {"intake", "statistics", "facts", "code", "lineage"},
    "exploration": SETTINGS | {"intake", "statistics", "gathering", "facts"},
    "report": {"errors", "mime", "escaping", "periods", "organisation", "language", "facts"},
    "code": {"errors", "files"},
    "press": {"errors", "mime", "files", "lock", "escaping", "code"},
    "forms": {"errors", "files", "escaping", "organisation", "language", "facts", "code"},
    "site": SETTINGS | {"statistics", "press", "forms", "code"},
    "commands": SETTINGS
    | {"code", "demo", "escaping", "facts", "intake", "gathering", "press", "forms", "site"},
    "cli": {"errors", "project", "commands"},
    "__main__": {"cli"},
}


def part_of(module: str) -> str:
    return module.split(".")[1]


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {part_of(name) for name in names if name.startswith("briefings.")}
    return found


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_lies_below_it(part):
    folder = PACKAGE / part
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{part}.py"]
    assert files
    for file in files:
        strangers = imports(file) - MAY_IMPORT[part] - {part}
        assert not strangers, f"{file.relative_to(SOURCE)} imports {sorted(strangers)}"


def test_every_part_has_its_place_in_the_order():
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert parts - {"__init__", "__pycache__"} == set(MAY_IMPORT)


def test_the_order_has_no_cycle():
    placed: set[str] = set()
    while len(placed) < len(MAY_IMPORT):
        ready = {part for part, below in MAY_IMPORT.items() if below - {part} <= placed} - placed
        assert ready, f"a cycle among {sorted(set(MAY_IMPORT) - placed)}"
        placed |= ready


def test_the_press_never_imports_the_statistics_and_the_statistics_never_the_press():
    assert not MAY_IMPORT["press"] & {"statistics", "report", "intake", "demo", "facts"}
    for part in ("statistics", "report", "intake", "gathering", "facts"):
        assert "press" not in MAY_IMPORT[part]


def test_the_report_prints_facts_and_counts_nothing():
    assert not MAY_IMPORT["report"] & {"statistics", "gathering", "intake", "reference", "project"}


def test_only_notebooks_call_the_report_layer():
    callers = [part for part, below in MAY_IMPORT.items() if "report" in below]
    assert callers == []
