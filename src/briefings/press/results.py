"""The outputs of a notebook's code cells, apart from the notebook and put back into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from briefings.press.code_cells import runs
from briefings.press.job import Job
from briefings.press.prepare import prepare
from briefings.press.scrub import scrub
from briefings.press.stamp import Stamp


def results_of(executed: NotebookNode) -> bytes:
    """The outputs of the cells that ran, in their order, and what the kernel says it speaks."""
    content = {
        "cells": [
            {"outputs": cell.outputs, "execution_count": cell.execution_count}
            for cell in executed.cells
            if runs(cell)
        ],
        "language_info": executed.metadata.get("language_info"),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def assemble(job: Job, results: bytes) -> NotebookNode:
    """The executed notebook: today's text around results of before."""
    notebook = prepare(job)
    content: Mapping[str, Any] = nbformat.from_dict(json.loads(results))  # type: ignore[no-untyped-call]
    cells = [cell for cell in notebook.cells if runs(cell)]
    for cell, result in zip(cells, content["cells"], strict=True):
        cell.update(result)
    if content["language_info"] is not None:
        notebook.metadata["language_info"] = content["language_info"]
    Stamp(job.language, job.title, job.label, dict(job.parameters)).put_on(notebook)
    return scrub(notebook)
