"""A real scheduler and real workers on this machine: the same bytes as without them."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import pytest

from briefings.errors import InputError
from briefings.facts.files import to_files
from briefings.gathering.gather import gather_facts
from briefings.intake.take_in import take_in
from briefings.press import cluster as cluster_module
from briefings.press.build import build
from briefings.press.dependencies import dependencies_of
from briefings.press.ground import Ground
from briefings.press.job import Job
from briefings.press.outcome import Event
from briefings.press.remote import portable, produce_remotely
from briefings.project import REPOSITORY
from tests import tiny
from tests.press.conftest import PROSE, MakeJob
from tests.program import copy_of_program

pytestmark = pytest.mark.slow

SECONDS = 60
UPDATED_BETWEEN_TWO_JOBS = """
import pickle, sys
from pathlib import Path
from briefings.errors import ReportError
from briefings.press.dependencies import dependencies_of
from briefings.press.ground import Ground
from briefings.press.remote import REPOSITORY, produce_remotely

if __name__ == "__main__":
    job = pickle.loads(Path(sys.argv[1]).read_bytes())
    here = REPOSITORY / job.notebook
    expected = dependencies_of(type(job)(**{**vars(job), "notebook": here}), Ground()).all
    produce_remotely(job, expected)
    style = REPOSITORY / "templates/html/briefing/style.css"
    style.write_text(style.read_text("utf-8") + "body { color: red }", "utf-8")
    try:
        produce_remotely(job, expected)
    except ReportError as error:
        print(error)
"""


@dataclass
class Cluster:
    """Processes as an office would start them, each in a folder of its own."""

    folder: Path
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        place = self.folder / f"process-{len(self.processes)}"
        place.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            cwd=place,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    @property
    def address(self) -> str:
        """What the scheduler wrote about itself."""
        file, end = self.folder / "scheduler.json", time.monotonic() + SECONDS
        while not file.exists() or not file.read_text().strip().endswith("}"):
            assert time.monotonic() < end, "the scheduler did not start"
            time.sleep(0.05)
        return str(json.loads(file.read_text())["address"])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers on the loopback interface."""
    found = Cluster(tmp_path)
    file = str(tmp_path / "scheduler.json")
    scheduler = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", file]
    found.start("scheduler", *scheduler)
    address = found.address
    for _ in range(2):
        found.start("worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
    yield found
    for process in found.processes:
        end_with_children(process)


def end_with_children(process: subprocess.Popen[str]) -> None:
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                child.kill()
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What the briefings of two units read."""
    project = tiny.write_project(tmp_path_factory.mktemp("office"))
    take_in(project)
    return {unit: to_files(gather_facts(tiny.FEBRUARY, unit, project)) for unit in ("D1", "D2")}


@pytest.fixture
def jobs(inputs: dict[str, dict[str, bytes]], tmp_path: Path) -> list[Job]:
    """Briefings of a notebook of the program, which is what every machine has."""
    return [
        Job(
            name=f"{unit}/{language}",
            notebook=REPOSITORY / "notebooks/department_briefing.ipynb",
            parameters={"month": tiny.FEBRUARY, "unit": unit, "language": language},
            language=language,
            title=unit,
            label="",
            folder=tmp_path / "cluster" / unit,
            stem=f"briefing.{language}",
            formats=("ipynb", "html", "pdf"),
            inputs=inputs[unit],
        )
        for unit in inputs
        for language in ("vi", "en")
    ]


def content(folder: Path) -> dict[str, bytes]:
    kept = ("html", "pdf", "ipynb", "csv")
    files = (file for file in folder.rglob("*") if file.suffix.removeprefix(".") in kept)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_one_machine(
    cluster: Cluster, jobs: list[Job], tmp_path: Path
) -> None:
    local = [replace(job, folder=tmp_path / "local" / job.folder.name) for job in jobs]
    outcomes = build(local, workers=2, cache=tmp_path / "cache-local")
    assert [outcome.error for outcome in outcomes] == [None] * len(jobs)

    def kill_one_worker(event: Event) -> None:
        worker = cluster.processes[1]
        if event.outcome is not None and worker.poll() is None:  # the first that is finished
            end_with_children(worker)

    outcomes = build(
        jobs,
        workers=1,
        cache=tmp_path / "cache-cluster",
        scheduler=cluster.address,
        on_event=kill_one_worker,
    )
    assert [outcome.error for outcome in outcomes] == [None] * len(jobs)
    assert cluster.processes[1].poll() is not None
    assert content(tmp_path / "cluster") == content(tmp_path / "local")
    assert len(content(tmp_path / "cluster")) == 2 * 2 * 3 + 2


def test_where_no_scheduler_answers_the_address_is_named(
    jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match=r"tcp://127\.0\.0\.1:1"):
        build(jobs, workers=1, cache=tmp_path / "cache", scheduler="tcp://127.0.0.1:1")


def test_a_cluster_without_workers_is_not_waited_for(
    cluster: Cluster, jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "JOIN_SECONDS", 1)
    for worker in cluster.processes[1:]:
        end_with_children(worker)
    with pytest.raises(InputError, match="No worker has joined"):
        build(jobs, workers=1, cache=tmp_path / "cache", scheduler=cluster.address)


def test_a_scheduler_that_dies_fails_each_briefing_it_had(
    cluster: Cluster, jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 4)

    def kill_the_scheduler(event: Event) -> None:
        if event.outcome is not None:
            end_with_children(cluster.processes[0])

    outcomes = build(
        jobs,
        workers=1,
        cache=tmp_path / "cache",
        scheduler=cluster.address,
        on_event=kill_the_scheduler,
    )
    errors = [outcome.error for outcome in outcomes if outcome.error]
    assert errors
    assert {error.message for error in errors} == {"the cluster was lost"}


def test_a_worker_whose_program_is_replaced_makes_nothing_more(
    jobs: list[Job], tmp_path: Path
) -> None:
    program = copy_of_program(tmp_path / "program")
    (tmp_path / "job").write_bytes(pickle.dumps(portable(jobs[0])))
    done = subprocess.run(
        [sys.executable, "-c", UPDATED_BETWEEN_TWO_JOBS, str(tmp_path / "job")],
        env={**os.environ, "PYTHONPATH": str(program / "src")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "style.css was written to since the worker started" in done.stdout, done.stderr


def test_a_worker_with_another_program_refuses(jobs: list[Job]) -> None:
    expected = {**dependencies_of(jobs[0], Ground()).all, "code: briefings.report": "older"}
    with pytest.raises(Exception, match=r"another program than the client \(code: briefings\.rep"):
        produce_remotely(portable(jobs[0]), expected)


def test_a_notebook_from_elsewhere_can_not_be_sent(make_job: MakeJob) -> None:
    with pytest.raises(Exception, match="not part of the program"):
        portable(make_job("stub", PROSE))
