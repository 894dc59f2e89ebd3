"""Ctrl-C in the middle: what is finished stays, nothing is half written, the rest is made next."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from briefings.commands.prepare import prepare
from briefings.commands.request import parse_request
from tests import tiny
from tests.program import copy_of_program

pytestmark = pytest.mark.slow

SECONDS = 120
ASKED = ["--month", tiny.FEBRUARY, "--language", "vi"]
COMMAND = [sys.executable, "-m", "briefings", "report", *ASKED]
# Enough briefings for an interruption in the middle: eight departments, the province and its
# accountability briefing.
UNITS = tiny.UNITS + "".join(
    f"D{n},Sở {n},Department {n},department,T1,,,synthetic,test\n" for n in range(3, 9)
)

ALL = 10


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All is counted, and no briefing is made."""
    project = tiny.write_project(tmp_path_factory.mktemp("counted"))
    tiny.write(project.units, UNITS)
    jobs = prepare(parse_request(project, tiny.FEBRUARY, "default", "vi", "both"), 1).jobs
    assert len(jobs) == ALL
    return project.file.parent


@pytest.fixture
def office(counted: Path, tmp_path: Path) -> Path:
    return shutil.copytree(counted, tmp_path / "office")


def start(office: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        COMMAND,
        cwd=office,
        env={k: v for k, v in os.environ.items() if k != "BRIEFINGS_PROJECT"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a terminal of its own, in which everybody hears of Ctrl-C
    )


def run_again(office: Path) -> str:
    """The same command once more, which succeeds; its screen in one line."""
    done = subprocess.run(COMMAND, cwd=office, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stderr.split())


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def finished(office: Path) -> set[str]:
    """What was made, as the index links to it, without the ending."""
    reports = office / "reports"
    records = reports.rglob("*.build.json")
    return {str(each.relative_to(reports)).removesuffix(".build.json") for each in records}


def left_over(office: Path) -> list[str]:
    """Files that are only written aside."""
    hidden = (path.name for path in (office / "reports").rglob(".*") if path.is_file())
    return [name for name in hidden if name.endswith(".partial")]


def of_session(session: int) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def test_an_interrupted_run_keeps_what_it_finished(office: Path) -> None:
    run = start(office)
    wait_for(lambda: bool(finished(office)))
    os.killpg(run.pid, signal.SIGINT)
    screen, _ = run.communicate(timeout=SECONDS)
    assert run.returncode == 130, screen
    assert "Interrupted: " in screen
    assert "Traceback" not in screen
    made = finished(office)
    assert 0 < len(made) < ALL
    assert left_over(office) == []
    assert not list((office / "reports").rglob("*.failure.json"))
    index = (office / "reports/index.html").read_text(encoding="utf-8")
    for name in made:
        assert f'href="{name}.html"' in index

    said = run_again(office)
    assert f"{ALL} briefings: " in said
    assert f" {len(made)} unchanged" in said


# The cell comes to no end by itself, and says which process it runs in.
ENDLESS = """
import os, pathlib, time
pathlib.Path(os.environ["KERNELS"], str(os.getpid())).touch()
time.sleep(3600)
"""


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
def test_whoever_presses_ctrl_c_twice_is_not_kept_waiting(
    office: Path, tmp_path: Path, pause: float
) -> None:
    program = copy_of_program(tmp_path / "program")
    for notebook in (program / "notebooks").glob("*_briefing.ipynb"):
        content = json.loads(notebook.read_text(encoding="utf-8"))
        endless = content["cells"][-1] | {"cell_type": "code", "source": ENDLESS}
        content["cells"].insert(2, endless | {"outputs": [], "execution_count": None, "id": "e"})
        notebook.write_text(json.dumps(content), encoding="utf-8")
    kernels = tmp_path / "kernels"
    kernels.mkdir()
    run = start(office, PYTHONPATH=str(program / "src"), KERNELS=str(kernels))
    wait_for(lambda: len(list(kernels.iterdir())) > 0)
    os.killpg(run.pid, signal.SIGINT)
    time.sleep(pause)  # a person's, not a process's: any is right
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGINT)
    screen, _ = run.communicate(timeout=SECONDS)
    assert run.returncode == 130, screen
    assert "Traceback" not in screen
    wait_for(lambda: not of_session(run.pid))
    for kernel in kernels.iterdir():
        wait_for(lambda kernel=kernel: not Path("/proc", kernel.name).exists())
    assert finished(office) == set()
    assert left_over(office) == []
    assert not list((office / "reports").rglob("*.failure.json"))


def test_a_killed_run_leaves_no_process_and_nothing_that_looks_finished(office: Path) -> None:
    run = start(office)
    wait_for(lambda: bool(finished(office)))
    run.kill()
    run.communicate(timeout=SECONDS)
    wait_for(lambda: not of_session(run.pid))
    shutil.rmtree(office / "data" / "cache")
    run_again(office)
    assert len(finished(office)) == ALL
