"""An executed notebook turned into the files of its report."""

from __future__ import annotations

import functools
from typing import Any

from nbformat import NotebookNode

from briefings.press.execute import notebook_bytes
from briefings.press.exporters.html import BriefingHTMLExporter
from briefings.press.exporters.pdf import BriefingPDFExporter
from briefings.press.figures import Owner, figures_csv
from briefings.press.job import Job

EXPORTERS = {"html": BriefingHTMLExporter, "pdf": BriefingPDFExporter}


def render(notebook: NotebookNode, job: Job) -> dict[str, bytes]:
    """File name → bytes, for each of the job's formats and for the figures."""
    files = {f"{job.stem}.{name}": _export(notebook, name) for name in job.formats}
    figures = figures_csv(notebook, owner=_owner(job), data=job.data)
    return files | {job.figures: figures}


def _owner(job: Job) -> Owner:
    return Owner(job.parameters.get("unit"), job.parameters.get("month"), job.units)


def _export(notebook: NotebookNode, name: str) -> bytes:
    if name == "ipynb":
        return notebook_bytes(notebook)
    content, _ = _exporter(name).from_notebook_node(notebook)
    return content if isinstance(content, bytes) else str(content).encode()


@functools.cache
def _exporter(name: str) -> Any:
    return EXPORTERS[name]()  # type: ignore[no-untyped-call]
