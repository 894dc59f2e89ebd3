"""Equal inputs give equal bytes, wherever, whenever and by whomever the report is made."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefings.lock import LOCK_NAME
from briefings.press.cache import find_results
from briefings.project import REPOSITORY, load_project
from tests import tiny
from tests.another_year import YEARS, another_year, years_of
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


def executed(reports: Path) -> dict[str, bytes | None]:
    """What the notebooks gave, by the name of all it depends on; an .ipynb holds no more."""
    cache = load_project(reports.parent / "briefings.toml").executed
    keys = (path.name for path in cache.iterdir() if path.name != LOCK_NAME)
    return {key: find_results(cache, key) for key in keys}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("here")
    return make(folder, REPOSITORY, workers=1, umask=0o022, TZ="UTC", PYTHONHASHSEED="0")


def test_all_kinds_of_files_are_compared(here: Path) -> None:
    assert {Path(name).suffix for name in content(here)} == KINDS
    # three units and accountability, each in two languages and formats with its figures, then
    # the index and the form in each language
    assert len(content(here)) == (3 + 1) * (2 * 2 + 1) + 2 + 2
    assert len(executed(here)) == (3 + 1) * 2
    assert all(executed(here).values())


def test_another_place_user_clock_and_order_give_the_same_bytes(here: Path, tmp_path: Path) -> None:
    """Another checkout, home, matplotlibrc, start of Python, zone, locale, mask, seed and order.

    And another year.
    """
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
        **another_year(tmp_path / "later", str(program / "src")),
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
    for read in (content, executed):
        found, expected = read(there), read(here)
        assert found.keys() == expected.keys()
        assert [name for name in expected if found[name] != expected[name]] == []
    now = datetime.now(UTC).year
    assert set(years_of(tmp_path / "later", "-m briefings")) == {f"{now + YEARS} {now}"}
    for program in ("multiprocessing.forkserver", "forkserver.zygote"):
        assert set(years_of(tmp_path / "later", program)) == {f"{now + YEARS} {now + YEARS}"}
