"""An executed notebook without anything that differs from run to run."""

from __future__ import annotations

import hashlib

from nbformat import NotebookNode

# A patch release of Python is not a change of the report.
VOLATILE_LANGUAGE = ("version",)


def scrub(notebook: NotebookNode) -> NotebookNode:
    """`notebook` itself, freed of papermill's times and paths and of random cell ids."""
    notebook.metadata.pop("papermill", None)
    for name in VOLATILE_LANGUAGE:
        notebook.metadata.get("language_info", {}).pop(name, None)
    for cell in notebook.cells:
        _scrub_cell(cell)
    return notebook


def _scrub_cell(cell: NotebookNode) -> None:
    cell.metadata.pop("papermill", None)
    cell.metadata.pop("execution", None)
    if "injected-parameters" in cell.metadata.get("tags", ()):
        cell.id = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
