"""The same notebooks made the usual ways. Run as a program: rival, output folder, units …"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from benchmarks.office import MONTH, ROOT

WORKERS = 2
ROOT_UNIT = "H23"


def notebook(unit: str) -> Path:
    name = "province" if unit == ROOT_UNIT else "department"
    return ROOT / "notebooks" / f"{name}_briefing.ipynb"


def parameters(unit: str) -> dict[str, str]:
    return {"month": MONTH, "unit": unit, "language": "vi"}


@contextmanager
def facts_of(unit: str) -> Iterator[None]:
    """Where facts lie ready, let the notebook of a unit find them."""
    if "BENCH_FACTS" in os.environ:
        os.environ["NOTEBOOK_INPUTS"] = str(Path(os.environ["BENCH_FACTS"]) / unit)
    yield
    os.environ.pop("NOTEBOOK_INPUTS", None)


def shell_loop(units: list[str], folder: Path) -> None:
    """papermill, then nbconvert, for one unit after the other."""
    for unit in units:
        with facts_of(unit):
            run_commands(unit, folder / f"{unit}.ipynb")


def run_commands(unit: str, out: Path) -> None:
    given = [part for item in parameters(unit).items() for part in ("-r", *item)]  # as text
    source = str(notebook(unit))
    papermill = [sys.executable, "-m", "papermill", source, str(out), "--no-progress-bar", *given]
    subprocess.run(papermill, check=True, capture_output=True)
    convert = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(out)]
    subprocess.run(convert, check=True, capture_output=True)


def one_process(units: list[str], folder: Path) -> None:
    """papermill.execute_notebook and HTMLExporter in one process."""
    for unit in units:
        one_briefing(unit, folder)


def pool(units: list[str], folder: Path) -> None:
    """The same in two processes."""
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as workers:
        for done in [workers.submit(one_briefing, unit, folder) for unit in units]:
            done.result()


def one_briefing(unit: str, folder: Path) -> None:
    import papermill

    out = folder / f"{unit}.ipynb"
    with facts_of(unit):
        papermill.execute_notebook(notebook(unit), out, parameters(unit), progress_bar=False)
    write_html(out)


def ploomber(units: list[str], folder: Path) -> None:
    """ploomber-engine in one process, which all notebooks share."""
    from ploomber_engine import execute_notebook

    for unit in units:
        out = folder / f"{unit}.ipynb"
        with facts_of(unit):
            execute_notebook(notebook(unit), out, parameters=parameters(unit), progress_bar=False)
        write_html(out)


def write_html(executed: Path) -> None:
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter().from_filename(str(executed))
    executed.with_suffix(".html").write_text(page, encoding="utf-8")


RIVALS: dict[str, Callable[[list[str], Path], None]] = {
    "shell_loop": shell_loop,
    "one_process": one_process,
    "pool": pool,
    "ploomber": ploomber,
}

if __name__ == "__main__":
    RIVALS[sys.argv[1]](sys.argv[3:], Path(sys.argv[2]))
