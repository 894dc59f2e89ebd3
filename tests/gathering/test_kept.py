"""Facts are counted once, and again when anything they were counted from has changed."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefings.errors import BriefingsError, ReportError
from briefings.facts.files import to_files
from briefings.gathering.gather import gather_facts
from briefings.gathering.kept import FORM_BOOK, facts_of_units
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import REPOSITORY, Project
from tests import tiny
from tests.lineage.histories import LINEAGE_HEADINGS
from tests.program import copy_of_program

pytestmark = pytest.mark.slow

FEBRUARY = Month(2025, 2)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the facts of every unit are kept."""
    project = tiny.write_project(tmp_path_factory.mktemp("counted"))
    kept(project)
    return project.file.parent


@pytest.fixture
def project(counted: Path, tmp_path: Path) -> Project:
    """The same in a folder of the test's own."""
    return tiny.copy_project(counted, tmp_path)


@pytest.fixture
def uncounted(project: Project) -> Project:
    """The data are taken in, and no facts are kept."""
    for file in project.cache.rglob("*.json"):
        file.unlink()
    return project


def kept(project: Project, *units: str) -> dict[str, dict[str, bytes] | BriefingsError]:
    return facts_of_units(project, take_in(project), FEBRUARY, units or tiny.CODES)


def files(project: Project) -> dict[str, int]:
    """What is kept, with the time it was written."""
    found = project.cache.rglob("*.json")
    return {str(file.relative_to(project.cache)): file.stat().st_mtime_ns for file in found}


def test_they_are_the_facts_of_a_unit_counted_now(project: Project):
    found = kept(project)
    assert list(found) == list(tiny.CODES)
    for unit, inputs in found.items():
        assert inputs == to_files(gather_facts(tiny.FEBRUARY, unit, project))


def test_nothing_is_counted_twice(project: Project):
    first = kept(project)
    before = files(project)
    assert kept(project) == first
    assert files(project) == before


def test_a_unit_that_joins_is_counted_and_the_others_stay(uncounted: Project):
    kept(uncounted, "D1")
    before = files(uncounted)
    assert len(before) == 1
    kept(uncounted, "D1", "D2")
    assert before.items() <= files(uncounted).items()
    assert len(files(uncounted)) == 2


def test_the_form_of_all_units_is_counted_once_whichever_units_are_asked_for(project: Project):
    first = kept(project, "D1", FORM_BOOK)[FORM_BOOK]
    before = files(project)
    assert kept(project, "D2", FORM_BOOK)[FORM_BOOK] == first
    assert before.items() <= files(project).items()
    assert not isinstance(first, BriefingsError)
    assert all(code.encode() in first[FORM_BOOK] for code in tiny.CODES)


@pytest.mark.parametrize("harm", [b"", b"{}", b"\xff\xfe"])
def test_what_was_damaged_is_counted_again(project: Project, harm: bytes):
    first = kept(project)
    for file in project.cache.rglob("D1.json"):
        file.write_bytes(harm)
    assert kept(project) == first


def test_one_altered_figure_is_noticed(project: Project):
    first = kept(project, "D1")
    (file,) = project.cache.rglob("D1.json")
    text = file.read_text(encoding="utf-8")
    altered = text.replace('numerator\\":2', 'numerator\\":3', 1)
    assert altered != text
    file.write_text(altered, encoding="utf-8")
    assert kept(project, "D1") == first


def change_row(project: Project) -> Project:
    january = tiny.DOSSIERS_JANUARY.replace("31/01/2025 16:30", "30/01/2025 16:30")
    tiny.deliver(project.file.parent, "dossiers", {tiny.JANUARY: january})
    return project


def change_name(project: Project) -> Project:
    tiny.write(project.units, tiny.UNITS.replace("Sở Một", "Sở Đổi Tên"))
    return project


def change_calendar(project: Project) -> Project:
    line = "2025-02-03,false,Nghỉ,Day off,test,true\n"
    tiny.write(project.file.parent / "calendar.csv", tiny.CALENDAR + line)
    return project


def change_lunar_year(project: Project) -> Project:
    rows = "day,source,verified\n2024-02-10,test,true\n2025-01-29,test,false\n"
    file = tiny.write(project.file.parent / "lunar.csv", rows)
    return dataclasses.replace(project, lunar_new_year=file)


def change_baselines(project: Project) -> Project:
    rows = "kpi,scope,from_month,reason_vi,reason_en,source\nall,D1,2025-02,Lý do,Reason,test\n"
    file = tiny.write(project.file.parent / "baselines.csv", rows)
    return dataclasses.replace(project, baselines=file)


def change_replies(project: Project) -> Project:
    rows = "month,unit,rule,reply_vi,reply_en,date,office\n2025-02,D1,,Có,Yes,2025-03-05,Sở Một\n"
    file = tiny.write(project.file.parent / "replies.csv", rows)
    return dataclasses.replace(project, replies=file)


def change_note(project: Project) -> Project:
    return dataclasses.replace(project, notes={"vi": "Khác.", "en": "Other."})


def change_index(project: Project) -> Project:
    return dataclasses.replace(project, index=REPOSITORY / "data" / "reference" / "index_766.csv")


def change_lineage(project: Project) -> Project:
    file = tiny.write(project.file.parent / "lineage.csv", LINEAGE_HEADINGS + "\n")
    return dataclasses.replace(project, lineage=file)


def change_series(project: Project) -> Project:
    return dataclasses.replace(project, series="as_then")


@pytest.mark.parametrize(
    "change",
    [
        change_row,
        change_name,
        change_calendar,
        change_lunar_year,
        change_baselines,
        change_replies,
        change_note,
        change_lineage,
        change_series,
        change_index,
    ],
)
def test_whatever_they_were_counted_from_is_seen(project: Project, change):
    before = files(project)
    other = change(project)
    changed = kept(other)
    assert len(changed) == len(before) == len(files(project))
    assert not files(project).keys() & before.keys()
    assert changed["D1"] == to_files(gather_facts(tiny.FEBRUARY, "D1", other))


def test_where_all_is_kept_no_library_that_counts_is_loaded(project: Project):
    script = f"""
import sys
from pathlib import Path
from briefings.gathering.kept import facts_of_units
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import load_project
project = load_project(Path({str(project.file)!r}))
found = facts_of_units(project, take_in(project), Month(2025, 2), ["T1", "D1"])
assert found["D1"]
print(*sys.modules)
"""
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    heavy = {"pandas", "numpy", "scipy", "pyarrow", "ibis", "duckdb", "pandera", "matplotlib"}
    assert not heavy & set(loaded)


TARGETS = """\
kpi,scope,value,unit_of_measure,denominator,direction,legal_source,valid_from,valid_to,verified
sync,D1,1.0,share,,higher,Law,2025-01-01,,true
sync,D1,0.9,share,,higher,Law,2025-02-01,,true
"""


def test_a_unit_whose_facts_contradict_each_other_does_not_stop_the_others(project: Project):
    file = tiny.write(project.file.parent / "targets.csv", TARGETS)
    found = kept(dataclasses.replace(project, targets=file))
    assert {unit for unit, each in found.items() if isinstance(each, BriefingsError)} == {"D1"}
    assert "2 targets for sync, scope D1" in str(found["D1"])
    assert not list(project.cache.rglob("D1.json"))


def test_where_nothing_can_be_written_they_are_counted_all_the_same(project: Project):
    shutil.rmtree(project.facts)
    tiny.write(project.facts, "a file where the folder would be")
    assert kept(project, "D1")["D1"] == to_files(gather_facts(tiny.FEBRUARY, "D1", project))


def test_what_concerns_all_units_is_raised(project: Project):
    file = tiny.write(project.file.parent / "targets.csv", TARGETS.replace("sync", "snyc"))
    with pytest.raises(BriefingsError, match=r"'snyc' \(unknown measure\)"):
        kept(dataclasses.replace(project, targets=file))


TYPO = tiny.UNITS.replace("Sở Một", "Sở Mọt")


class AskedLate(tuple[str, ...]):
    """Units that are asked for after the key was made and before anything is counted."""

    meanwhile: Callable[[], object]

    def __iter__(self) -> Iterator[str]:
        self.meanwhile()
        return super().__iter__()


def save_a_typo(file: Path) -> None:
    tiny.write(file, TYPO)


def save_a_typo_and_correct_it(file: Path) -> None:
    for content in (TYPO, tiny.UNITS):
        tiny.write(file, content)
    later = file.stat().st_mtime_ns + 1  # a clock may be slower than two writes
    os.utime(file, ns=(later, later))


@pytest.mark.parametrize("save", [save_a_typo, save_a_typo_and_correct_it])
def test_what_is_saved_while_facts_are_counted_is_not_kept(
    project: Project, save: Callable[[Path], None]
):
    expected = kept(project, "D1")
    for file in project.cache.rglob("*.json"):
        file.unlink()
    units = AskedLate(["D1"])
    units.meanwhile = lambda: save(project.units)
    with pytest.raises(ReportError, match=r"units.csv was written to while facts were counted"):
        facts_of_units(project, take_in(project), FEBRUARY, units)
    assert not files(project)
    tiny.write(project.units, tiny.UNITS)
    assert kept(project, "D1") == expected


A_RUN = """
import json, sys
from pathlib import Path
import briefings.commands.report  # as the command does: much of the code is loaded now
from briefings.gathering.kept import facts_of_units
from briefings.intake.take_in import take_in
from briefings.periods import Month
from briefings.project import load_project
project = load_project(Path("office/briefings.toml"))
snapshot = take_in(project)
if "save" in sys.argv:
    file = Path("src/briefings/statistics/kpis.py")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"en": self.name_en}', '"en": self.name_en.upper()}'), "utf-8")
inputs = facts_of_units(project, snapshot, Month(2025, 2), ["D1"])["D1"]
print(json.loads(inputs["kpis.json"])["content"][0]["names"]["en"])
"""


@pytest.mark.slow
def test_code_that_is_saved_after_it_was_loaded_is_not_taken_for_the_new(tmp_path: Path):
    """The process goes on with the old module, and the digest would be of the new file."""
    copy_of_program(tmp_path)
    tiny.write_project(tmp_path / "office", only=["dossiers"])
    tiny.write(tmp_path / "run.py", A_RUN)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "run.py", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
            capture_output=True,
            text=True,
            check=False,
        )

    assert "kpis.py was written to while facts were counted" in run("save").stderr
    name = run().stdout.strip()
    assert name
    assert name == name.upper()
