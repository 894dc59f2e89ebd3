"""The same work on a Dask cluster: jobs go out with all their data, files come back."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import CancelledError
from typing import Any

from briefings.errors import BriefingsError, InputError, ReportError, SettingsError
from briefings.press.dependencies import dependencies_of
from briefings.press.ground import Ground
from briefings.press.job import Job
from briefings.press.workers import OnStart, Product, Products, Running

CONNECT_SECONDS = 10
JOIN_SECONDS = 30  # workers that were just started still import Dask


def produce_on_cluster(jobs: Sequence[Job], *, scheduler: str, on_start: OnStart) -> Products:
    """A product per job, in order of completion.

    The scheduler gives the jobs of a lost worker to others; a job that was lost with several has
    failed, and so have all that a scheduler had which is lost. SettingsError without Dask,
    InputError where no scheduler answers or no worker joins.
    """
    from briefings.press.remote import portable, produce_remotely

    with _connect(scheduler) as client:
        from distributed import as_completed

        _await_worker(client, scheduler)
        ground, running = Ground(), dict[Any, Running]()
        for job in jobs:
            on_start(job)
            try:
                sent = portable(job)
            except ReportError as error:
                yield Product(job, 0.0, error)
                continue
            expected = dependencies_of(job, ground).all
            future = client.submit(produce_remotely, sent, expected, pure=False)
            running[future] = Running(job)
        for future in as_completed(running, loop=client.loop):  # type: ignore[no-untyped-call]
            ended = running[future]
            yield Product(ended.job, ended.seconds, _result(future))


def _connect(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise SettingsError(
            "A cluster needs Dask, which is not installed.",
            'Run: make tools (outside this folder: pip install "briefings[cluster]")',
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


def _await_worker(client: Any, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=JOIN_SECONDS)
    except TimeoutError as error:
        raise InputError(
            f"No worker has joined SCHEDULER={scheduler!r} in {JOIN_SECONDS} seconds.",
            f"Start some with `dask worker {scheduler}`.",
        ) from error


def _result(future: Any) -> Any:
    try:
        error = future.exception()
        if error is None:
            return future.result()
    except (CancelledError, OSError):  # a job's own error is not raised by the two
        return ReportError(
            "the cluster was lost", "Start the scheduler and the workers, and run again."
        )
    if isinstance(error, BriefingsError):
        return error
    return ReportError(f"the cluster could not make it: {type(error).__name__}: {error}")
