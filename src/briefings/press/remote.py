"""What a worker of a cluster does with one job, wherever it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock

from briefings.errors import ReportError
from briefings.press.dependencies import dependencies_of
from briefings.press.exporters.templates import TEMPLATES
from briefings.press.ground import Ground
from briefings.press.job import Job
from briefings.press.made import Made
from briefings.press.work import produce

REPOSITORY = TEMPLATES.parent
MOST_NAMES = 5
# A kernel is told its surroundings through those of the process, so there is one at a time.
_turn = Lock()


def portable(job: Job) -> Job:
    """The job with its notebook named from the root of the program, which may lie elsewhere."""
    notebook = job.notebook.resolve()
    if not notebook.is_relative_to(REPOSITORY):
        raise ReportError(f"{notebook} is not part of the program, so no other machine has it")
    return replace(job, notebook=notebook.relative_to(REPOSITORY))


def produce_remotely(job: Job, expected: Mapping[str, str]) -> Made:
    """The files of a portable job.

    `expected` are the dependencies as the client knows them. ReportError where this worker has
    any other, or its own were touched: another version of the program would make another report.
    """
    here = replace(job, notebook=Path(REPOSITORY, job.notebook))
    with _turn:
        _check(here, expected)
        made = produce(here)
        _check_ground()
        return made


def _check_ground() -> None:
    """Code was loaded once, but notebooks and templates are read anew for each job."""
    disturbed = _ground().disturbed()
    if disturbed:
        raise ReportError(
            f"{disturbed[0].name} was written to since the worker started",
            "Start the workers anew.",
        )


def _check(job: Job, expected: Mapping[str, str]) -> None:
    own = dependencies_of(job, _ground()).all
    differing = [name for name in {**expected, **own} if expected.get(name) != own.get(name)]
    if differing:
        named = "; ".join(sorted(differing)[:MOST_NAMES])
        raise ReportError(
            f"the worker has another program than the client ({named})",
            "Install the same version on every machine, and start the workers anew.",
        )


@cache
def _ground() -> Ground:
    return Ground()
