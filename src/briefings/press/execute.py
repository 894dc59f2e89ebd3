"""One notebook run from top to bottom in a kernel of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from briefings.press.environment import KERNEL, kernel_environment
from briefings.press.evidence import ANSI, evidence_of
from briefings.press.execution_error import ExecutionError
from briefings.press.forkserver.known import zygote_is_lost
from briefings.press.inputs import lay_inputs
from briefings.press.job import Job
from briefings.press.readiness import KernelDiedError
from briefings.press.scrub import scrub
from briefings.press.short_folder import OF_A_KERNEL, can_hold_sockets, parent_for_sockets
from briefings.press.stamp import Stamp

# A kernel reports even its own regular end as an error; faults reach us through the notebook.
# nbclient spares only kernels of the usual names a history on disk. What a user has at the start
# of every Python session is not part of a report.
KERNEL_ARGUMENTS = [
    "--log-level=CRITICAL",
    "--HistoryManager.hist_file=:memory:",
    "--IPKernelApp.exec_PYTHONSTARTUP=False",
]
# Every installation of ipykernel has it; the slow way, for when no kernel can be forked.
ORDINARY_KERNEL = "python3"
# A kernel has nothing left to do after its last cell; asking it politely costs 0.2 seconds.
KERNEL_SHUTDOWN = "immediate"
CLIENT = "briefings.press.readiness.PromptClient"

# What papermill would log about a failure is in the ExecutionError.
logging.getLogger("papermill").addHandler(logging.NullHandler())


@dataclass
class Progress:
    """Which cell a kernel is at, or failed at, and all that it reached."""

    index: int = 0
    source: str = ""
    cells: dict[int, NotebookNode] = field(default_factory=dict)

    def reached(self, cell: NotebookNode, cell_index: int) -> None:
        """Called before each cell."""
        self.index, self.source = cell_index, cell.source
        self.cells[cell_index] = cell


def execute(job: Job, *, kernel: str = KERNEL) -> NotebookNode:
    """The executed, stamped and scrubbed notebook: equal jobs give equal bytes.

    Raises ExecutionError naming the cell, counted from one as in the notebook on disk.
    """
    notebook = nbformat.read(job.notebook, as_version=4)  # type: ignore[no-untyped-call]
    injected = _parameters_index(notebook) + 1
    progress = Progress()
    with (
        TemporaryDirectory(prefix=OF_A_KERNEL, dir=parent_for_sockets(OF_A_KERNEL)) as folder,
        kernel_environment(Path(folder)),
    ):
        lay_inputs(job.inputs, job.key, Path(folder))
        try:
            executed = _run(notebook, job, Path(folder), progress, kernel)
        except PapermillExecutionError as error:
            progress.index, progress.source = error.cell_index, error.source
            fault = f"{error.ename}: {ANSI.sub('', error.evalue)}"
            raise _failure(job, progress, injected, fault) from None
        except CellTimeoutError:
            fault = f"it took longer than {job.cell_seconds} seconds"
            raise _failure(job, progress, injected, fault) from None
        except RuntimeError as error:
            if kernel != ORDINARY_KERNEL and zygote_is_lost():
                # All its kernels died with it, most of them without a fault of their own.
                return execute(job, kernel=ORDINARY_KERNEL)
            raise _failure(job, progress, injected, _how(error)) from None
    for index, cell in enumerate(executed.cells):
        if fault := _silent_fault(cell):
            progress.index, progress.source = index, cell.source
            raise _failure(job, progress, injected, fault)
    Stamp(job.language, job.title, job.label, dict(job.parameters)).put_on(executed)
    return scrub(executed)


def _run(
    notebook: NotebookNode, job: Job, folder: Path, progress: Progress, kernel: str
) -> NotebookNode:
    executed: NotebookNode = papermill.execute_notebook(
        notebook,
        None,
        parameters=dict(job.parameters),
        kernel_name=kernel,
        progress_bar=False,
        log_output=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        cwd=folder,
        config=_connection(folder),
        extra_arguments=KERNEL_ARGUMENTS,
        shutdown_kernel=KERNEL_SHUTDOWN,
        # Where a printed line is cut depends on the clock.
        coalesce_streams=True,
        on_cell_start=progress.reached,
        execution_timeout=job.cell_seconds,
    )
    return executed


def _how(error: RuntimeError) -> str:
    """A kernel that died, also before it could answer, or what else kept it from working."""
    died = isinstance(error, (DeadKernelError, KernelDiedError))
    return "the kernel died" if died else f"{type(error).__name__}: {error}"


def _silent_fault(cell: NotebookNode) -> str:
    """What papermill lets pass: `sys.exit(0)`, and the tags that skip cells or allow errors."""
    if cell.cell_type != "code" or not cell.source.strip():
        return ""
    if cell.execution_count is None:
        return "it was not executed"
    errors = [output.ename for output in cell.outputs if output.output_type == "error"]
    return errors[0] if errors else ""


def _connection(folder: Path) -> Config:
    # Sockets in the private folder: nobody else can listen, and kernels never race for a port.
    transport = "ipc" if can_hold_sockets(folder) else "tcp"
    settings = {"transport": transport, "client_class": CLIENT}
    return Config({"KernelManager": settings})


def _parameters_index(notebook: NotebookNode) -> int:
    tags: list[list[str]] = [cell.metadata.get("tags", []) for cell in notebook.cells]
    return next((index for index, names in enumerate(tags) if "parameters" in names), len(tags))


def _failure(job: Job, progress: Progress, injected: int, fault: str) -> ExecutionError:
    number = progress.index + 1 if progress.index < injected else progress.index
    line = next(iter(progress.source.strip().splitlines()), "")
    return ExecutionError(
        f"cell {number} of {job.notebook.name} failed: {fault}",
        f"The cell: {line}",
        evidence_of(job, progress.cells, progress.index),
    )


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """The notebook as a file."""
    return f"{nbformat.writes(notebook)}\n".encode()  # type: ignore[no-untyped-call]
