"""Equal inputs give equal bytes, wherever, whenever and by whomever the report is made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefings.project import REPOSITORY
from tests import tiny
from tests.program import copy_of_program

pytestmark = pytest.mark.slow

KINDS = {".html", ".pdf", ".csv", ".xlsx"}


def make(folder: Path, program: Path, workers: int, umask: int, **environment: str) -> Path:
    """The reports of the tiny province, made by a program in surroundings of its own."""
    tiny.write_project(folder)
    command = [sys.executable, "-m", "briefings", "report", "--month", tiny.FEBRUARY]
    done = subprocess.run(
        [*command, "--workers", str(workers)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(program / "src"), **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "reports"


def content(reports: Path) -> dict[str, bytes]:
    files = (path for path in reports.rglob("*") if path.suffix in KINDS)
    return {str(file.relative_to(reports)): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("here")
    return content(make(folder, REPOSITORY, workers=1, umask=0o022, TZ="UTC", PYTHONHASHSEED="0"))


def test_all_kinds_of_files_are_compared(here: dict[str, bytes]) -> None:
    assert {Path(name).suffix for name in here} == KINDS
    # units × (languages × formats + figures) + the index and the form in each language
    assert len(here) == 3 * (2 * 2 + 1) + 2 + 2


def test_another_place_user_clock_and_order_give_the_same_bytes(
    here: dict[str, bytes], tmp_path: Path
) -> None:
    """Another checkout, home, matplotlibrc, start of Python, zone, locale, mask, seed and order."""
    program = copy_of_program(tmp_path / "a program elsewhere")
    settings = tmp_path / "home/.config/matplotlib/matplotlibrc"
    tiny.write(settings, "lines.linewidth: 9\nsvg.fonttype: path\nfont.size: 20\n")
    startup = tmp_path / "home/startup.py"
    tiny.write(startup, "import briefings.language\nbriefings.language.rounded = lambda *_: 7\n")
    there = make(
        tmp_path / "văn phòng",
        program,
        workers=3,
        umask=0o077,
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        LANG="vi_VN.UTF-8",
        HOME=str(tmp_path / "home"),
        MPLCONFIGDIR=str(settings.parent),
        USER="nobody",
        LOGNAME="nobody",
        PYTHONHASHSEED="4711",
        PYTHONSTARTUP=str(startup),
        PYTHONOPTIMIZE="1",
        COLUMNS="40",
    )
    found = content(there)
    assert found.keys() == here.keys()
    assert [name for name in here if found[name] != here[name]] == []
