"""A job that does not fit its notebook is refused before anything starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from briefings.errors import ParameterError
from briefings.press.build import build
from briefings.press.job import Job
from briefings.press.parameters import check_parameters, declared_parameters

MakeJob = Callable[..., Job]


def write(path: Path, *cells: nbformat.NotebookNode) -> Path:
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


def tagged(source: str) -> nbformat.NotebookNode:
    return new_code_cell(source, metadata={"tags": ["parameters"]})


def test_the_declared_parameters_are_read_without_running(tmp_path: Path) -> None:
    path = write(tmp_path / "n.ipynb", tagged('month: str = "2025-01"\nlimit = -3'))
    assert declared_parameters(path) == {"month": "2025-01", "limit": -3}


def test_a_fitting_job_passes(make_job: MakeJob) -> None:
    check_parameters(make_job("fits"))


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [
        ({"month": "2025-02", "unit": "H23", "monht": "x"}, "unknown: monht"),
        ({"month": "2025-02"}, "missing: unit"),
        ({"month": "2025-02", "unit": 23}, "unit is int, not str"),
    ],
)
def test_every_fault_is_named(make_job: MakeJob, parameters: dict[str, object], fault: str) -> None:
    with pytest.raises(ParameterError, match=fault):
        check_parameters(make_job("faulty", parameters=parameters))


@pytest.mark.parametrize(
    "source",
    ["import os", "month = today()", "a = b = 1", "month = 'x' +", "x: int", "x: run() = 1"],
)
def test_a_parameters_cell_holds_literals_only(tmp_path: Path, source: str) -> None:
    with pytest.raises(ParameterError):
        declared_parameters(write(tmp_path / "n.ipynb", tagged(source)))


@pytest.mark.parametrize("count", [0, 2])
def test_there_is_exactly_one_parameters_cell(tmp_path: Path, count: int) -> None:
    path = write(tmp_path / "n.ipynb", *(tagged("a = 1") for _ in range(count)))
    with pytest.raises(ParameterError, match=f"{count} cells tagged"):
        declared_parameters(path)


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"absent\.ipynb"):
        declared_parameters(tmp_path / "absent.ipynb")


def test_one_bad_job_stops_the_build_before_it_starts(
    make_job: MakeJob, cache: Path, prose: str
) -> None:
    events: list[object] = []
    jobs = [make_job("good", prose), make_job("bad", prose, parameters={"unit": "H23"})]
    with pytest.raises(ParameterError, match="bad"):
        build(jobs, workers=1, cache=cache, on_event=events.append)
    assert events == []
    assert not jobs[0].folder.exists()


def test_two_jobs_can_not_write_the_same_files(make_job: MakeJob, cache: Path, prose: str) -> None:
    job = make_job("twin", prose)
    with pytest.raises(ParameterError, match="same"):
        build([job, job], workers=1, cache=cache)
