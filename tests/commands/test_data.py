"""Two first runs at once, and Ctrl-C before there is anything to report."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefings.demo import generate
from briefings.lock import locked
from briefings.project import Project, load_project
from tests import tiny
from tests.conftest import ROOT, SMALLER_BY
from tests.waiting import SECONDS, needs_proc_locks, until_it_waits

pytestmark = [needs_proc_locks, pytest.mark.slow]

PAUSE = 0.05
WORDS = {
    "report": ["report", "--month", tiny.FEBRUARY],
    "plan": ["plan", "--month", tiny.FEBRUARY],
    "intake": ["intake"],
    "data": ["data"],
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The demonstration's own project, without any data yet."""
    shutil.copy(ROOT / "briefings.toml", tmp_path)
    for part in ("reference", "profiles"):
        shutil.copytree(ROOT / "data" / part, tmp_path / "data" / part)
    return load_project(tmp_path / "briefings.toml")


@contextmanager
def run(project: Project, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "briefings", *words, "--project", str(project.file)],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    yield process
    process.wait(SECONDS)


@pytest.mark.parametrize("verb", WORDS)
def test_ctrl_c_before_the_first_briefing_is_said(project: Project, verb: str) -> None:
    with locked(project.snapshots), run(project, *WORDS[verb]) as waiting:
        until_it_waits(waiting)
        os.killpg(waiting.pid, signal.SIGINT)
        _, screen = waiting.communicate(timeout=SECONDS)
    assert waiting.returncode == 130
    assert "no briefing was touched" in screen.decode()
    assert "Traceback" not in screen.decode()


def test_exports_that_another_run_has_made_meanwhile_are_not_made_again(project: Project) -> None:
    with run(project, "intake") as second:
        with locked(project.snapshots):
            until_it_waits(second)
            generate(project.file.parent, divisor=SMALLER_BY)
        until_a_delivery_is_taken_in(project, second)
        os.killpg(second.pid, signal.SIGINT)
        _, screen = second.communicate(timeout=SECONDS)
    assert "Making the synthetic" not in screen.decode()


def until_a_delivery_is_taken_in(project: Project, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    while not list(project.snapshots.rglob("manifest.json")):
        assert process.poll() is None, "it ended"
        assert time.monotonic() < end, "it takes nothing in"
        time.sleep(PAUSE)
