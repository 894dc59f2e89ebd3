"""The rules that keep notebooks thin, readable and honest."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
PARAMETERS = ["month", "unit", "language"]
BANNED_TAGS = {"raises-exception", "skip-execution"}
BANNED_NODES = (
    ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.With, ast.Lambda,
)  # fmt: skip
LONGEST_CELL = 3
BRIEFING_NOTEBOOKS = [path for path in NOTEBOOKS if path.stem.endswith("_briefing")]

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def tags(cell: nbformat.NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def test_there_are_the_notebooks_the_office_knows():
    names = [path.stem for path in NOTEBOOKS]
    assert names == [
        "accountability_briefing", "department_briefing", "explore", "province_briefing",
    ]  # fmt: skip


@every_notebook
def test_nothing_that_ran_is_committed(path):
    for cell in code_cells(path):
        assert cell.outputs == []
        assert cell.execution_count is None


@every_notebook
def test_it_opens_with_one_heading_and_then_its_parameters(path):
    first, second = read(path).cells[:2]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert sum(cell.source.startswith("# ") for cell in read(path).cells) == 1
    tagged = [cell for cell in read(path).cells if "parameters" in tags(cell)]
    assert tagged == [second]


@every_notebook
def test_parameters_are_the_agreed_ones_and_literal(path):
    body = ast.parse(read(path).cells[1].source).body
    assert [node.targets[0].id for node in body] == PARAMETERS
    assert all(isinstance(ast.literal_eval(node.value), str) for node in body)


@every_notebook
def test_code_is_short_and_holds_no_logic(path):
    for cell in code_cells(path):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= LONGEST_CELL
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, BANNED_NODES), cell.source


@every_notebook
def test_it_imports_only_from_the_package(path):
    for cell in code_cells(path):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                pytest.fail(cell.source)
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").startswith("briefings")


@every_notebook
def test_no_cell_hides_its_failure(path):
    for cell in read(path).cells:
        assert not tags(cell) & BANNED_TAGS


@every_notebook
def test_it_ends_with_provenance(path):
    assert "provenance()" in code_cells(path)[-1].source


@pytest.mark.parametrize("path", BRIEFING_NOTEBOOKS, ids=lambda path: path.stem)
def test_every_heading_stands_in_both_languages(path):
    headings = [cell for cell in read(path).cells[1:] if cell.cell_type == "markdown"]
    languages = [sorted(tags(cell)) for cell in headings]
    assert languages == [["vi"], ["en"]] * (len(headings) // 2)
