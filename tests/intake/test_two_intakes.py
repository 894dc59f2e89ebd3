"""Two intakes at once: one of them waits and then finds done what the other did."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefings.intake.take_in import take_in
from briefings.lock import locked
from briefings.project import Project
from tests import tiny

LOCKS = Path("/proc/locks")
SECONDS = 60

pytestmark = pytest.mark.skipif(not LOCKS.exists(), reason="shows who waits on Linux only")

AN_INTAKE = """
import sys
from pathlib import Path
from briefings.intake.take_in import take_in
from briefings.project import load_project
take_in(load_project(Path(sys.argv[1])))
"""


def start(project: Project) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", AN_INTAKE, str(project.file)])


def waits(run: subprocess.Popen[bytes]) -> bool:
    """Whether it asks for a lock that somebody else holds, as in `1: -> FLOCK … PID …`."""
    lines = [line.split() for line in LOCKS.read_text(encoding="utf-8").splitlines()]
    return any("->" in line and str(run.pid) in line for line in lines)


def test_who_comes_second_looks_only_when_the_first_has_finished(tmp_path: Path) -> None:
    project = tiny.write_project(tmp_path / "office", only=["dossiers"])
    done = tiny.write_project(tmp_path / "done", only=["dossiers"])
    take_in(done)
    with locked(project.snapshots):  # as the first does, which has nothing ready yet
        second = start(project)
        end = time.monotonic() + SECONDS
        while not waits(second):
            assert second.poll() is None, "it did not wait"
            assert time.monotonic() < end
            time.sleep(0.02)
        for folder in done.snapshots.glob("*/*"):
            (project.snapshots / folder.parent.name).mkdir()
            folder.rename(project.snapshots / folder.parent.name / folder.name)
        before = tables(project)
    assert second.wait(SECONDS) == 0
    assert tables(project) == before
    assert len(before) == len(tiny.MONTHS)


def tables(project: Project) -> dict[Path, int]:
    return {file: file.stat().st_ino for file in project.snapshots.rglob("*.parquet")}
