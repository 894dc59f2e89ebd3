"""A notebook with the parameters of a job put in, ready to be run or filled."""

from __future__ import annotations

import nbformat
import papermill
from nbformat import NotebookNode

from briefings.press.job import Job

KERNEL = "python3"


def prepare(job: Job) -> NotebookNode:
    """The notebook as papermill hands it to a kernel."""
    notebook: NotebookNode = papermill.execute_notebook(
        nbformat.read(job.notebook, as_version=4),  # type: ignore[no-untyped-call]
        None,
        parameters=dict(job.parameters),
        kernel_name=KERNEL,
        prepare_only=True,
    )
    return notebook
