"""The same work on a Dask cluster: jobs go out with all their data, files come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefings.errors import BriefingsError, InputError, ReportError, SettingsError
from briefings.press.dependencies import dependencies_of
from briefings.press.ground import Ground
from briefings.press.job import Job
from briefings.press.workers import OnStart, Product, Products, Running

CONNECT_SECONDS = 10


def produce_on_cluster(jobs: Sequence[Job], *, scheduler: str, on_start: OnStart) -> Products:
    """A product per job, in order of completion.

    The scheduler gives the jobs of a lost worker to others; a job that was lost with several has
    failed. SettingsError without Dask, InputError where no scheduler answers.
    """
    from briefings.press.remote import portable, produce_remotely

    with _connect(scheduler) as client:
        from distributed import as_completed

        ground, running = Ground(), dict[Any, Running]()
        for job in jobs:
            on_start(job)
            expected = dependencies_of(job, ground).all
            future = client.submit(produce_remotely, portable(job), expected, pure=False)
            running[future] = Running(job)
        for future in as_completed(running, loop=client.loop):  # type: ignore[no-untyped-call]
            ended = running[future]
            yield Product(ended.job, ended.seconds, _result(future))


def _connect(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise SettingsError(
            "A cluster needs Dask, which is not installed.", 'Run: pip install "briefings[cluster]"'
        ) from error
    try:
        return Client(  # type: ignore[no-untyped-call]
            scheduler, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise InputError(
            f"No scheduler answers at SCHEDULER={scheduler!r}: {error}",
            "Start one with `dask scheduler` and name it as tcp://host:8786.",
        ) from error


def _result(future: Any) -> Any:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BriefingsError):
        return error
    return ReportError(f"the cluster could not make it: {type(error).__name__}: {error}")
