"""What a worker process does with one job; importing this module loads all it needs."""

from __future__ import annotations

import traceback

from briefings.errors import BriefingsError, ReportError
from briefings.press.execute import execute
from briefings.press.job import Job
from briefings.press.limit import time_limit
from briefings.press.made import Made
from briefings.press.render import render
from briefings.press.results import assemble, results_of


def produce(job: Job) -> Made:
    """The files of a report, and the results of its cells where they were run for it.

    Nothing is written: the parent process publishes. A fault of the program is told here, as a
    ReportError: the exception itself may be one that can not travel to another process.
    """
    fault: BriefingsError
    try:
        return _made(job)
    except BriefingsError as error:
        fault = error
    except Exception as error:  # noqa: BLE001  # one report never stops the others
        fault = ReportError(f"unexpected {type(error).__name__}: {error}", traceback.format_exc())
    # Beside Dask an exception takes along those that led to it, which may be unable to travel.
    fault.__cause__ = fault.__context__ = None
    raise fault


def _made(job: Job) -> Made:
    results = None if job.executed is not None else results_of(execute(job))
    notebook = assemble(job, job.executed or results or b"")
    with time_limit(job.cell_seconds):
        return Made(render(notebook, job), results)
