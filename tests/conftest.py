"""Temporary copies of the project, and real runs over them as the office would start them."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from briefings.demo import generate
from briefings.lock import locked
from tests.screen import Screen

# How long an example takes is a matter of the machine and of what else it does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A shell in the background lets its commands ignore Ctrl-C, and so would all that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[1]
SMALLER_BY = 200
NEED_FULL_OFFICE = ("tests/backtests/test_golden_", "tests/demo/")


class BySetup(LoadFileScheduling):
    """A file at a time, but what needs the whole demonstration together: it is made once then."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "full office" if file.startswith(NEED_FULL_OFFICE) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    """The order of `briefings test`; other orders of xdist stay as they are."""
    return BySetup(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow ones first, so that at the end no worker is alone with one of them."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@dataclass(frozen=True)
class Run:
    """What a person sees after a command: exit code and screen."""

    code: int
    screen: str


@dataclass(frozen=True)
class Office:
    """A project folder in which commands are run as a person would."""

    folder: Path
    units: tuple[str, ...] = ("H23", "X-STNMT", "X-TTR")

    def run(self, *arguments: str, **variables: str) -> Run:
        environment = {k: v for k, v in os.environ.items() if k != "BRIEFINGS_PROJECT"}
        done = subprocess.run(
            [sys.executable, "-m", "briefings", *arguments],
            cwd=self.folder,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        return Run(done.returncode, done.stdout + done.stderr)

    def page(self, unit: str, language: str, month: str = "2025-02") -> str:
        return self.file(unit, f"briefing.{language}.html", month).read_text(encoding="utf-8")

    def file(self, unit: str, name: str, month: str = "2025-02") -> Path:
        return self.folder / "reports" / month / unit / name


def copy_of_project(folder: Path, *, smaller_by: int) -> Office:
    shutil.copy(ROOT / "briefings.toml", folder)
    for part in ("reference", "profiles"):
        shutil.copytree(ROOT / "data" / part, folder / "data" / part)
    generate(folder, divisor=smaller_by)
    return Office(folder)


@pytest.fixture(scope="session")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The small demonstration after its first run, made by the worker that needs it first.

    Tests have copies.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "made-office"
    screen = folder / "first-run.json"
    with locked(folder):
        if not screen.exists():
            office = copy_of_project(folder, smaller_by=SMALLER_BY)
            run = office.run("report", "--month", "2025-02", "--unit", ",".join(office.units))
            screen.write_text(json.dumps(asdict(run)), encoding="utf-8")
    return Office(folder)


@pytest.fixture(scope="session")
def office(made_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small demonstration: the shape of the real one, a fraction of its rows."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(made_office.folder, folder, dirs_exist_ok=True)
    return Office(folder)


@pytest.fixture(scope="session")
def full_office(tmp_path_factory) -> Office:
    """The whole demonstration, which gives the published totals."""
    return copy_of_project(tmp_path_factory.mktemp("full-office"), smaller_by=1)


@pytest.fixture(scope="session")
def first_run(made_office: Office) -> Run:
    """That of the province, a large department and one without any dossier."""
    return Run(**json.loads((made_office.folder / "first-run.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def figures_of(office: Office, first_run: Run) -> Callable[[str], dict[str, dict[str, str]]]:
    def read(unit: str) -> dict[str, dict[str, str]]:
        with office.file(unit, "figures.csv").open(encoding="utf-8", newline="") as stream:
            return {row["figure"]: row for row in csv.DictReader(stream)}

    return read


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Screen:
    """Commands in this process, and what they print."""
    monkeypatch.setenv("COLUMNS", "200")
    return Screen(monkeypatch, capsys)
