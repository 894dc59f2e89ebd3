"""Many reports at once; each succeeds or fails on its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from briefings.errors import BriefingsError, ParameterError, ReportError
from briefings.press.job import FIGURES_NAME, Job
from briefings.press.outcome import Event, Outcome
from briefings.press.parameters import check_parameters
from briefings.press.publish import publish
from briefings.press.workers import Files, Product, produce_all

OnEvent: TypeAlias = Callable[[Event], None]
Agreed: TypeAlias = dict[Path, bytes]


def build(
    jobs: Sequence[Job], *, workers: int, on_event: OnEvent = lambda event: None
) -> tuple[Outcome, ...]:
    """One outcome per job, in the order of `jobs`.

    Raises ParameterError before anything starts if any job does not fit its notebook. After
    that nothing is raised for a job: its outcome carries the error, its folder keeps the good
    files it had. `on_event` hears of each start and end, in this process.
    """
    _check(jobs)
    outcomes: dict[Path, Outcome] = {}
    agreed: Agreed = {}
    products = produce_all(jobs, workers=workers, on_start=lambda job: on_event(Event(job)))
    with closing(products):
        for product in products:
            outcome = _publish(product, agreed)
            outcomes[_target(product.job)] = outcome
            on_event(Event(product.job, outcome))
    return tuple(outcomes[_target(job)] for job in jobs)


def _check(jobs: Sequence[Job]) -> None:
    for job in jobs:
        check_parameters(job)
    targets = [_target(job) for job in jobs]
    for job in jobs:
        if targets.count(_target(job)) > 1:
            raise ParameterError(f"{job.name}: another job writes the same {_target(job)}")


def _target(job: Job) -> Path:
    return job.folder / job.stem


def _publish(product: Product, agreed: Agreed) -> Outcome:
    job, seconds = product.job, product.seconds
    try:
        files = _files(product)
        _agree(job, files[FIGURES_NAME], agreed)
        publish(files, job.folder)
    except BriefingsError as error:
        return Outcome(job, seconds, error=error)
    except OSError as error:
        reason = ReportError(f"can not write into {job.folder}: {error}")
        return Outcome(job, seconds, error=reason)
    return Outcome(job, seconds, files={name: len(content) for name, content in files.items()})


def _files(product: Product) -> Files:
    if isinstance(product.result, BriefingsError):
        raise product.result
    return product.result


def _agree(job: Job, figures: bytes, agreed: Agreed) -> None:
    if agreed.setdefault(job.folder, figures) != figures:
        raise ReportError(
            f"its figures differ from those of the other language in {job.folder}",
            "Both languages must display the same figures.",
        )
