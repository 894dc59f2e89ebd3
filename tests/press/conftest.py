"""Stub notebooks: the press needs no dossiers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from briefings.press.job import Job

PARAMETERS = 'month = "2025-01"\nunit = "province"'
PROSE = """
from briefings.report.blocks import Prose
from briefings.report.figures import Figure
Prose((("Đạt ", Figure("sync", month, unit, 0.7634, "76,34%")),))
""".strip()

MakeJob = Callable[..., Job]


def notebook(*sources: str) -> nbformat.NotebookNode:
    """Parameters, a heading, and one cell per source, with ids that do not change."""
    cells = [
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_markdown_cell("## Kết quả"),
        *map(new_code_cell, sources),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture
def make_job(tmp_path: Path) -> MakeJob:
    """A job over a notebook made of the given sources."""

    def make(name: str, *sources: str, **changes: object) -> Job:
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(notebook(*sources), path)
        fields: dict[str, object] = {
            "parameters": {"month": "2025-02", "unit": "H23"},
            "language": "vi",
            "title": "Báo cáo tháng 02/2025",
            "label": "DỮ LIỆU MÔ PHỎNG",
            "folder": tmp_path / "reports" / name,
            "stem": "briefing.vi",
        }
        return Job(name, path, **(fields | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def prose() -> str:
    """A cell that displays one figure of the report's unit and month."""
    return PROSE


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where results of executions are kept."""
    return tmp_path / "cache"
