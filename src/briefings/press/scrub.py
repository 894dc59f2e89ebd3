"""An executed notebook without anything that differs from run to run."""

from __future__ import annotations

import hashlib
import re

from nbformat import NotebookNode

# A patch release of Python is not a change of the report.
VOLATILE_LANGUAGE = ("version",)
# Where in memory an object lay, which Python says of any that has no name of its own.
ADDRESS = re.compile(r"(?<= at )0x[0-9a-f]{6,}(?=>)")
PLAIN = "text/plain"


def scrub(notebook: NotebookNode) -> NotebookNode:
    """`notebook` itself, freed of papermill's times and paths, random cell ids, addresses."""
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
    for output in cell.get("outputs", ()):
        if PLAIN in (data := output.get("data", {})):
            data[PLAIN] = ADDRESS.sub("0x…", data[PLAIN])
