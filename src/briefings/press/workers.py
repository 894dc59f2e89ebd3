"""Jobs spread over worker processes, of which any may die without harm to the others."""

from __future__ import annotations

import multiprocessing.util
import os
import pkgutil
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from briefings.errors import BriefingsError, ReportError
from briefings.press.environment import PRELOAD, pinned
from briefings.press.forkserver.sharing import shared_zygote
from briefings.press.job import Job
from briefings.press.limit import LATE
from briefings.press.made import Made
from briefings.press.short_folder import OF_A_KERNEL, parent_for_sockets

# By name, because only the workers pay for importing papermill and nbconvert.
WORK_MODULE = "briefings.press.work"
LEAN = "briefings.press.lean"
FOLDER = "briefings-"
OF_MULTIPROCESSING = "pymp-"

OnStart: TypeAlias = Callable[[Job], None]


@dataclass(frozen=True)
class Product:
    """What came back for a job: its files or why there are none."""

    job: Job
    seconds: float
    result: Made | BriefingsError


@dataclass(frozen=True)
class Running:
    """A job and when it was handed to a worker."""

    job: Job
    start: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long ago that was."""
        return time.monotonic() - self.start


# Ends by saying whether a worker has ended itself because printing took too long.
Shift: TypeAlias = Generator[Product, None, bool]
Products: TypeAlias = Generator[Product, None, None]


def produce_all(jobs: Iterable[Job], *, workers: int, on_start: OnStart) -> Products:
    """A product per job, in order of completion.

    When a worker process dies, nobody can say which job it was at; all that were running are
    run again, each in a pool of its own, and the one that kills its worker again has failed.
    Where no process can be started at all, as when the temporary folder is full, all that
    wait have failed.
    """
    waiting, suspects = deque(jobs), list[Running]()
    while waiting:
        yield from _shift(waiting, workers=workers, on_start=on_start, lost=suspects)
    for suspect in suspects:
        again: list[Running] = []
        is_late = yield from _shift(deque([suspect.job]), workers=1, on_start=_silent, lost=again)
        for dead in again:
            yield Product(dead.job, dead.seconds, _death(dead.job, is_late=is_late))


def _death(job: Job, *, is_late: bool) -> ReportError:
    if is_late:
        return ReportError(f"its pages took longer than {job.cell_seconds} seconds to print")
    return ReportError("the worker process died")


def _shift(waiting: deque[Job], *, workers: int, on_start: OnStart, lost: list[Running]) -> Shift:
    """One pool's work: until nothing waits, or until it breaks and the running jobs are lost."""
    try:
        return (yield from _work(waiting, workers=workers, on_start=on_start, lost=lost))
    except OSError as error:
        fault = ReportError(
            f"no process could be started for it: {error}",
            f"Make room in {tempfile.gettempdir()}, or end other programs, and run again.",
        )
    while waiting:
        yield Product(waiting.popleft(), 0.0, fault)
    return False


def _work(waiting: deque[Job], *, workers: int, on_start: OnStart, lost: list[Running]) -> Shift:
    running: dict[Future[Made], Running] = {}
    broken = False
    with _pool(workers) as pool:
        processes = pool._processes  # the pool forgets them, and how each one ended, at its end
        while running or (waiting and not broken):
            try:
                while waiting and len(running) < workers:
                    running[_submit(pool, waiting[0])] = Running(waiting[0])
                    on_start(waiting.popleft())
            except BrokenProcessPool:
                # Whenever a worker died, and also between two jobs, a pool takes no more.
                broken = True
            except OSError:
                if not running:
                    raise
                workers = len(running)  # those that could be started do the rest
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                ended = running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    lost.append(ended)
                else:
                    yield Product(ended.job, ended.seconds, _result(future))
    return LATE in [process.exitcode for process in processes.values()]


def _submit(pool: ProcessPoolExecutor, job: Job) -> Future[Made]:
    try:
        return pool.submit(_produce, job)
    except BrokenProcessPool:
        raise
    except RuntimeError as error:  # the system's refusal of one more thread
        raise OSError(str(error)) from error


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # What a killed worker leaves behind lies in a folder that this process removes. The
    # workers share one zygote: it loads once, beside the workers' own imports, and its pages
    # are in memory once.
    _give_sockets_a_place()
    with (
        TemporaryDirectory(
            prefix=FOLDER, dir=parent_for_sockets(FOLDER, OF_A_KERNEL), ignore_cleanup_errors=True
        ) as folder,
        shared_zygote(Path(folder), PRELOAD, pinned(os.environ)) as zygote,
        ProcessPoolExecutor(
            workers,
            mp_context=_context(),
            initializer=_settle,
            initargs=(folder, os.environ | zygote),
        ) as pool,
    ):
        try:
            yield pool
        except BaseException:
            _kill(pool)
            raise


def _give_sockets_a_place() -> None:
    """The fork server's own socket must have a short name as well.

    CPython chooses its folder once per process, with `tempfile`, however deep that lies.
    """
    usual = tempfile.tempdir
    tempfile.tempdir = parent_for_sockets(OF_MULTIPROCESSING)
    try:
        multiprocessing.util.get_temp_dir()
    finally:
        tempfile.tempdir = usual


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the workers at once, and with them their kernels.

    Nobody will fetch what they make, and a pool that is left waits for the cell each one is at.
    """
    for worker in list(pool._processes.values()):
        worker.kill()


def _settle(folder: str, environment: dict[str, str]) -> None:
    # A fork server hands down the environment it was started in, perhaps for another build.
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = folder
    # Ctrl-C reaches every process of a terminal; the parent decides what follows from it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody will fetch what a worker makes after its parent was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _produce(job: Job) -> Any:
    return pkgutil.resolve_name(f"{WORK_MODULE}:produce")(job)


def _result(future: Future[Made]) -> Made | BriefingsError:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BriefingsError):
        return error
    if isinstance(error, KeyboardInterrupt):
        raise error
    return ReportError(f"unexpected {type(error).__name__}: {error}")


def _context() -> BaseContext:
    # Never plain fork: the parent may run threads. The fork server loads the modules once.
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([LEAN, WORK_MODULE])
    return context


def _silent(job: Job) -> None:
    """A job that is run again has been announced already."""
