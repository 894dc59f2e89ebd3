"""The index is written when something it shows has changed, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings.lock import locked
from briefings.press.failure import Failure, write_failure
from briefings.project import Project
from briefings.site import refresh_site
from briefings.site.index import write_site
from tests import tiny
from tests.waiting import SECONDS, needs_proc_locks, until_it_waits

FIGURES = "figure,value,status,unit_of_measure,numerator,denominator\nprocessed@2025-02/D1,{},,,,\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = tiny.write_project(tmp_path)
    tiny.write(unit_folder(project) / "figures.csv", FIGURES.format(41))
    refresh_site(project)
    return project


def unit_folder(project: Project) -> Path:
    return project.reports / "2025-02" / "D1"


def page(project: Project) -> str:
    return (project.reports / "index.html").read_text(encoding="utf-8")


def written(project: Project) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in project.reports.glob("*.html")}


def age(project: Project) -> None:
    for file in project.reports.glob("*.html"):
        os.utime(file, (1, 1))


def test_what_has_not_changed_is_not_written(project: Project) -> None:
    age(project)
    before = written(project)
    assert refresh_site(project) == project.reports / "index.html"
    assert written(project) == before


def another_figure(project: Project) -> None:
    tiny.write(unit_folder(project) / "figures.csv", FIGURES.format(42))


def another_file(project: Project) -> None:
    tiny.write(unit_folder(project) / "briefing.vi.html", "page")


def a_failure(project: Project) -> None:
    write_failure(Failure("it broke", "", "now"), b"", unit_folder(project), "briefing.vi")


def a_form(project: Project) -> None:
    tiny.write(project.reports / "2025-02" / "form-II.06a.xlsx", "workbook")


def a_form_that_failed(project: Project) -> None:
    failure = Failure("D1 does not add up", "", "now")
    write_failure(failure, b"", project.reports / "2025-02", "form-II.06a")


def another_name(project: Project) -> None:
    tiny.write(project.units, tiny.UNITS.replace("Sở Một", "Sở Đổi Tên"))


def a_damaged_page(project: Project) -> None:
    tiny.write(project.reports / "index.en.html", "damaged")


def a_lost_page(project: Project) -> None:
    (project.reports / "index.html").unlink()


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (another_figure, ">42<"),
        (another_file, "briefing.vi.html"),
        (a_failure, "it broke"),
        (a_form, 'href="2025-02/form-II.06a.xlsx"'),
        (a_form_that_failed, "D1 does not add up"),
        (another_name, "Sở Đổi Tên"),
        (a_damaged_page, ">41<"),
        (a_lost_page, ">41<"),
    ],
)
def test_what_has_changed_is_shown(
    project: Project, change: Callable[[Project], None], shown: str
) -> None:
    change(project)
    refresh_site(project)
    assert shown in page(project)
    assert "damaged" not in (project.reports / "index.en.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_form_is_called_older_until_a_run_vouches_for_it(project: Project) -> None:
    a_form(project)
    refresh_site(project)
    assert "Biểu II.06a, Tháng 2 năm 2025, Tiếng Việt (XLSX)" in page(project)
    assert "Tiếng Việt (XLSX) (số liệu cũ hơn)</a>" in page(project)
    tiny.write(project.reports / "2025-02" / ".form-II.06a.json", "{}")
    refresh_site(project)
    assert "số liệu cũ hơn" not in page(project)
    (project.reports / "2025-02" / ".form-II.06a.json").unlink()
    refresh_site(project)
    assert "Tiếng Việt (XLSX) (số liệu cũ hơn)</a>" in page(project)


@pytest.mark.slow
def test_an_idle_look_loads_no_fonts_and_no_templates(project: Project) -> None:
    script = f"""
import sys
from pathlib import Path
from briefings.project import load_project
from briefings.site import refresh_site
refresh_site(load_project(Path({str(project.file)!r})))
print(*sys.modules)
"""
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    assert not {"fontTools", "jinja2", "pandas", "matplotlib"} & set(loaded)


A_REFRESH = """
import sys
from pathlib import Path
from briefings.project import load_project
from briefings.site import refresh_site
refresh_site(load_project(Path(sys.argv[1])))
"""


@pytest.mark.slow
@needs_proc_locks
def test_of_two_runs_the_later_look_is_the_later_page(project: Project) -> None:
    with locked(project.reports):  # as another run does, which is about to write its pages
        another_figure(project)
        run = subprocess.Popen([sys.executable, "-c", A_REFRESH, str(project.file)])
        until_it_waits(run)
        tiny.write(unit_folder(project) / "figures.csv", FIGURES.format(43))
    assert run.wait(SECONDS) == 0
    assert ">43<" in page(project)


def test_an_older_page_that_arrives_late_is_replaced(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a lock it may come before the note, which must not say that it is ours."""
    older = {file: file.read_bytes() for file in project.reports.glob("*.html")}

    def then_the_other_run_writes(project: Project) -> dict[Path, str]:
        written = write_site(project)
        for file, content in older.items():
            file.write_bytes(content)
        return written

    another_figure(project)
    with monkeypatch.context() as patch:
        patch.setattr("briefings.site.index.write_site", then_the_other_run_writes)
        refresh_site(project)
    refresh_site(project)
    assert ">42<" in page(project)
