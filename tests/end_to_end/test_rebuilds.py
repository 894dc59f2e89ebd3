"""One edit at a time in the data of the tiny province, and exactly the briefings it makes again.

Everything is run as an office would: a copy of the program, a project beside it, real files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from tests import tiny
from tests.another_year import YEARS, another_year, years_of
from tests.program import copy_of_program
from tests.screen import Screen

pytestmark = pytest.mark.slow

TARGETS = """\
kpi,scope,value,unit_of_measure,denominator,direction,legal_source,valid_from,valid_to,verified
sync,all,1.0,share,,higher,Law,2025-01-01,2025-12-31,true
on_time,D1,0.9,share,,higher,Law,2025-01-01,2025-12-31,true
"""
PUBLISHED = """\
id,period_from,period_to,unit,kpi,relation,value,upper,decimals,source,note
1,2025-01,2025-02,T1,processed,equal,6,,0,Press,
"""
# Unit → report → reasons, of every report that would be executed.
Planned: TypeAlias = dict[str, dict[str, list[str]]]
# The accountability briefing reads the facts of the province.
PROVINCE = {"T1", "accountability"}
EVERY = PROVINCE | {"D1", "D2"}


@dataclass(frozen=True)
class Place:
    """A copy of the program and a project, in one folder."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "office"

    def file(self, name: str) -> Path:
        return self.folder / name

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.file(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        self.file(name).write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "briefings", *arguments, "--month", tiny.FEBRUARY],
            cwd=self.project,
            env={**os.environ, "PYTHONPATH": str(self.folder / "src"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def planned(self, **environment: str) -> Planned:
        """What a process with the program beside the project would execute."""
        return executed(self.run("plan", "--json", **environment))

    def planned_here(self, screen: Screen) -> Planned:
        """What this process would execute, whose program is the same and loaded already."""
        settings = self.project / "briefings.toml"
        code, printed = screen.run(
            "plan", "--json", "--month", tiny.FEBRUARY, "--project", settings
        )
        assert code == 0, printed
        return executed(printed)


def executed(printed: str) -> Planned:
    """Of the plan that a screen begins with."""
    found: Planned = {}
    for step in json.JSONDecoder().raw_decode(printed)[0]:
        if step["action"] != "nothing":
            _, unit, language = step["report"].split("/")
            assert step["action"] == "execute", step
            found.setdefault(unit, {})[language] = step["reasons"]
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The province with all its briefings made."""
    place = Place(copy_of_program(tmp_path_factory.mktemp("made")))
    tiny.write_project(place.project)
    settings = place.project / "briefings.toml"
    named = '[reference]\ntargets = "targets.csv"\npublished = "published.csv"\n'
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[reference]\n", named), encoding="utf-8")
    tiny.write(place.project / "targets.csv", TARGETS)
    tiny.write(place.project / "published.csv", PUBLISHED)
    place.run("report")
    return place


@pytest.fixture
def place(made: Place, tmp_path: Path) -> Place:
    """A copy in which a test may edit what it likes."""
    shutil.copytree(made.folder, tmp_path / "copy", symlinks=True)
    return Place(tmp_path / "copy")


def test_with_nothing_changed_nothing_is_made(place: Place):
    assert place.planned() == {}


# What changes, where, and whose briefings show something of it.
EDITS: dict[str, tuple[str, str, str, set[str]]] = {
    "one dossier is settled": (
        "office/raw/2025-01/dossiers.csv",
        "14/02/2025 17:00,,Đang xử lý",
        "14/02/2025 17:00,13/02/2025 08:00,Đã trả kết quả",
        PROVINCE | {"D2"},
    ),
    "one dossier of last year's window changes its channel": (
        "office/raw/2025-02/dossiers.csv",
        "B1,P1,D1,03/02/2025 08:00,Trực tuyến",
        "B1,P1,D1,03/02/2025 08:00,Trực tiếp",
        PROVINCE | {"D1"},
    ),
    "a clock time within the day, which nothing counts": (
        "office/raw/2025-02/dossiers.csv",
        "B1,P1,D1,03/02/2025 08:00",
        "B1,P1,D1,03/02/2025 09:30",
        set(),
    ),
    "an applicant's name, which is never taken in": (
        "office/raw/2025-02/dossiers.csv",
        f"B1,P1,D1,03/02/2025 08:00,Trực tuyến,10/02/2025 17:00,10/02/2025 09:00,Đã trả kết quả,"
        f"{tiny.CANARY}",
        "B1,P1,D1,03/02/2025 08:00,Trực tuyến,10/02/2025 17:00,10/02/2025 09:00,Đã trả kết quả,"
        "Somebody Else",
        set(),
    ),
    "one more dossier, which every page counts among its rows": (
        "office/raw/2025-02/dossiers.csv",
        "B2,P1,D1",
        "B9,P1,D1,05/02/2025 08:00,Trực tuyến,,,Đang xử lý,x\nB2,P1,D1",
        EVERY,
    ),
    "a target of one unit": (
        "office/targets.csv", "on_time,D1,0.9", "on_time,D1,0.95", {"D1"},
    ),
    "a target of all units": (
        "office/targets.csv", "sync,all,1.0", "sync,all,0.95", EVERY,
    ),
    "a target that is not valid in any window": (
        "office/targets.csv",
        "sync,all,1.0,share,,higher,Law,2025-01-01,2025-12-31,true",
        "sync,all,1.0,share,,higher,Law,2025-01-01,2025-12-31,true\n"
        "sync,all,0.5,share,,higher,Law,2026-01-01,,true",
        set(),
    ),
    "a unit's name": ("office/units.csv", "Department One", "Department First", PROVINCE | {"D1"}),
    "a published figure": ("office/published.csv", "equal,6,", "equal,7,", PROVINCE),
    "a day that moves a deadline": (
        "office/calendar.csv",
        "2025-01-01,false",
        "2025-02-12,false,Nghỉ,Day off,test,true\n2025-01-01,false",
        EVERY,  # every page says what came in on a working day
    ),
    "a day that moves no deadline": (
        "office/calendar.csv",
        "2025-01-01,false",
        "2024-07-01,false,Nghỉ,Day off,test,true\n2025-01-01,false",
        set(),
    ),
    "a note on every page": (
        "office/briefings.toml", 'en = "Test data."', 'en = "Other data."', EVERY,
    ),
    "a helper of the only measure of petitions, same result": (
        "src/briefings/statistics/components.py",
        "on_time = (t.answered <= t.due).fill_null(False)",
        "on_time = (t.due >= t.answered).fill_null(False)",
        set(),
    ),
    "the same helper, another result": (
        "src/briefings/statistics/components.py",
        "on_time = (t.answered <= t.due).fill_null(False)",
        "on_time = (t.answered <= t.due).fill_null(True)",
        PROVINCE | {"D2"},
    ),
    "the definition of one measure, printed by all": (
        "data/reference/kpis.csv", "Processed on time (local basis)", "Settled on time", EVERY,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_exactly_the_briefings_that_show_it_are_made_again(place: Place, screen: Screen, name: str):
    file, old, new, expected = EDITS[name]
    place.edit(file, old, new)
    of_the_project = file.startswith("office/")
    planned = place.planned_here(screen) if of_the_project else place.planned()
    assert set(planned) == expected
    for reports in planned.values():
        assert set(reports) == {"vi", "en"}
        for reasons in reports.values():
            assert reasons
            assert all(reason.startswith(("data: ", "title: ")) for reason in reasons), reasons


def test_the_reason_names_what_changed(place: Place, screen: Screen):
    file, old, new, _ = EDITS["one dossier is settled"]
    place.edit(file, old, new)
    assert place.planned_here(screen)["D2"]["vi"] == [
        "data: scores changed",
        "data: signals changed",
        "data: daily_volumes changed",
        "data: intervals changed",
        "data: form changed",
        "data: overdue changed",
        "data: accountability changed",
    ]


def test_the_order_of_rows_is_no_content(place: Place, screen: Screen):
    file = place.project / "raw/2025-02/dossiers.csv"
    heading, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([heading, *reversed(rows)]) + "\n", encoding="utf-8")
    assert place.planned_here(screen) == {}


def test_touched_files_are_no_change(place: Place):
    for file in (path for path in place.folder.rglob("*") if path.is_file()):
        os.utime(file, (1, 1))
    assert place.planned() == {}


def test_neither_zone_locale_nor_seed_is_a_dependency(place: Place):
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "LANGUAGE": "fr"}
    assert place.planned(**elsewhere) == {}


def test_nor_is_the_clock_by_which_a_later_run_finds_nothing_to_make(place: Place, tmp_path: Path):
    later = another_year(tmp_path / "later", str(place.file("src")))
    pages = {file: file.stat().st_mtime_ns for file in place.project.rglob("briefing.*")}
    assert place.planned(**later) == {}
    place.run("report", **later)
    assert {file: file.stat().st_mtime_ns for file in pages} == pages
    now = datetime.now(UTC).year
    assert set(years_of(tmp_path / "later", "-m briefings")) == {f"{now + YEARS} {now}"}


def test_what_is_planned_is_made_and_then_there_is_nothing_to_do(place: Place):
    file, old, new, expected = EDITS["one dossier is settled"]
    untouched = (place.project / "reports/2025-02/D1/briefing.vi.html").stat().st_mtime_ns
    place.edit(file, old, new)
    place.run("report")
    assert place.planned() == {}
    assert (place.project / "reports/2025-02/D1/briefing.vi.html").stat().st_mtime_ns == untouched
    for unit in expected:
        stem = "accountability" if unit == "accountability" else f"{unit}/briefing"
        record = place.project / f"reports/2025-02/{stem}.vi.build.json"
        assert json.loads(record.read_text(encoding="utf-8"))["report"] == f"2025-02/{unit}/vi"
