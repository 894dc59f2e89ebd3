"""One report that cannot be made: the others are finished and everybody is told."""

from __future__ import annotations

import shutil

import pytest

pytestmark = pytest.mark.slow

SECOND_TARGET = "sync,X-STNMT,0.9,share,dossiers received in the period,higher,made up,{},,true\n"


@pytest.fixture(scope="module")
def broken(office, first_run, tmp_path_factory):
    """A copy in which two targets contradict each other for one unit only: it cannot be counted."""
    folder = tmp_path_factory.mktemp("broken") / "office"
    shutil.copytree(office.folder, folder)
    with (folder / "data/reference/targets.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(SECOND_TARGET.format(start) for start in ("2025-01-01", "2025-02-01"))
    return type(office)(folder)


@pytest.fixture(scope="module")
def before(broken):
    return broken.file("X-STNMT", "briefing.vi.html").read_bytes()


@pytest.fixture(scope="module")
def run(broken, before):
    units = "X-STNMT,X-TTR"
    return broken.run("report", "--month", "2025-02", "--unit", units, "--language", "vi")


def test_the_exit_code_is_that_of_a_failed_report(run):
    assert run.code == 5


def test_the_screen_names_report_cause_and_cure(run):
    assert "2025-02/X-STNMT/vi" in run.screen
    assert "2 targets for sync, scope X-STNMT" in run.screen
    assert "1 of 2 briefings failed" in run.screen
    assert "Traceback" not in run.screen


def test_the_good_briefing_of_before_stays_whole(broken, before, run):
    assert broken.file("X-STNMT", "briefing.vi.html").read_bytes() == before


def test_the_other_unit_is_finished_and_nothing_is_half_written(broken, run):
    folder = broken.folder / "reports/2025-02"
    assert (folder / "X-TTR/briefing.vi.html").exists()
    assert sorted(path.name for path in folder.rglob(".*")) == [".form-II.06a.json", ".lock"]


def test_the_index_shows_the_failure(broken, run):
    index = (broken.folder / "reports/index.html").read_text(encoding="utf-8")
    assert 'class="failed"' in index
    assert "Không tạo được" in index


def test_the_plan_names_the_failure_of_last_time(broken, run):
    planned = broken.run("plan", "--month", "2025-02", "--unit", "X-STNMT", "--json")
    assert "can not be made: " in planned.screen


def test_both_are_gone_when_it_succeeds(broken, run):
    targets = broken.folder / "data/reference/targets.csv"
    lines = targets.read_text(encoding="utf-8").splitlines(keepends=True)
    targets.write_text("".join(lines[:-2]), encoding="utf-8")
    units = "X-STNMT,X-TTR"
    again = broken.run("report", "--month", "2025-02", "--unit", units, "--language", "vi")
    assert again.code == 0, again.screen
    assert not list((broken.folder / "reports/2025-02").rglob("*.fail*"))
