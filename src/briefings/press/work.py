"""What a worker process does with one job; importing this module loads all it needs."""

from __future__ import annotations

from briefings.press.execute import execute
from briefings.press.job import Job
from briefings.press.render import render


def produce(job: Job) -> dict[str, bytes]:
    """The files of a report, by name. Nothing is written: the parent process publishes."""
    return render(execute(job), job)
