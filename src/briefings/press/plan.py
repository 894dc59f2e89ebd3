"""What must be made again and why; nothing is written and no kernel started."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefings.errors import ParameterError
from briefings.press.cache import find_results
from briefings.press.dependencies import dependencies_of
from briefings.press.ground import Ground
from briefings.press.job import Job
from briefings.press.parameters import check_parameters
from briefings.press.reasons import reasons_to_make
from briefings.press.record import read_record, record_file
from briefings.press.step import Action, Step

FORCED = "asked for"


def plan(
    jobs: Sequence[Job], *, cache: Path, force: bool = False, ground: Ground | None = None
) -> tuple[Step, ...]:
    """One step per job, in the order of `jobs`; all are executed with `force`.

    A report is executed only where `cache` does not hold what its cells would give. Raises
    ParameterError if any job does not fit its notebook, or if two write the same files.
    """
    _check(jobs)
    ground = ground or Ground()
    steps = tuple(_step(job, cache, ground, force=force) for job in jobs)
    ground.save()
    return steps


def _step(job: Job, cache: Path, ground: Ground, *, force: bool) -> Step:
    now = dependencies_of(job, ground)
    record = read_record(record_file(job.folder, job.stem))
    reasons = (FORCED,) if force else reasons_to_make(job, record, now)
    if not reasons:
        action = Action.NOTHING
    elif force or find_results(cache, now.execution_key) is None:
        action = Action.EXECUTE
    else:
        action = Action.RENDER
    return Step(job, action, reasons, now, record)


def _check(jobs: Sequence[Job]) -> None:
    for job in jobs:
        check_parameters(job)
    targets = [job.folder / job.stem for job in jobs]
    for job, target in zip(jobs, targets, strict=True):
        if targets.count(target) > 1:
            raise ParameterError(f"{job.name}: another job writes the same {target}")
