"""A notebook as far as it ran, with the cell that failed marked as papermill marks it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from papermill.execute import ERROR_ANCHOR_MSG, ERROR_MARKER_TAG, ERROR_MESSAGE_TEMPLATE

from briefings.press.exporters.templates import TEMPLATES
from briefings.press.job import Job
from briefings.press.prepare import prepare
from briefings.press.scrub import scrub
from briefings.press.stamp import Stamp

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")
# Places of this machine, the longer one first.
PLACES = {str(TEMPLATES.parent): "…", sys.prefix: "…"}


def evidence_of(job: Job, reached: Mapping[int, NotebookNode], failed: int) -> bytes:
    """The notebook as a file; `reached` holds the cells that a kernel got to, by their index."""
    notebook = prepare(job)
    for index, cell in reached.items():
        notebook.cells[index] = cell
    count = notebook.cells[failed].get("execution_count")
    notebook.cells.insert(failed, _marker("failed-here", ERROR_ANCHOR_MSG))
    notebook.cells.insert(0, _marker("failed", ERROR_MESSAGE_TEMPLATE % count))
    Stamp(job.language, job.title, job.label, dict(job.parameters)).put_on(notebook)
    for cell in scrub(notebook).cells:
        _clean(cell)
    return f"{nbformat.writes(notebook)}\n".encode()  # type: ignore[no-untyped-call]


def _marker(identifier: str, text: str) -> NotebookNode:
    cell: NotebookNode = new_markdown_cell(text, metadata={"tags": [ERROR_MARKER_TAG]})  # type: ignore[no-untyped-call]
    cell["id"] = identifier
    return cell


def _clean(cell: NotebookNode) -> None:
    for output in cell.get("outputs", ()):
        if output.output_type == "error":
            output.evalue = _without_places(output.evalue)
            output.traceback = [_without_places(line) for line in output.traceback]


def _without_places(text: str) -> str:
    text = ADDRESS.sub("0x…", ANSI.sub("", text))
    for place, name in sorted(PLACES.items(), key=lambda item: -len(item[0])):
        text = text.replace(place, name)
    return text
