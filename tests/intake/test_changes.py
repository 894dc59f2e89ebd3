"""What an intake did to the rows: new, changed or gone, against the data before."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from briefings.errors import InputError
from briefings.escaping import spreadsheet_text
from briefings.intake.changes import CHANGES, Changes, read_changes
from briefings.intake.table_change import TableChange
from briefings.intake.take_in import take_in
from briefings.project import Project
from tests import tiny
from tests.intake.conftest import MakeProject

pytestmark = pytest.mark.slow


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    project = make_project("procedures", "dossiers")
    take_in(project)
    return project


def deliver(project: Project, month: str, text: str) -> Changes:
    tiny.deliver(project.file.parent, "dossiers", {month: text})
    snapshot = take_in(project)
    changes = read_changes(project.snapshots)
    assert changes.identity == snapshot.identity
    return changes


def listed(project: Project) -> list[tuple[str, ...]]:
    with (project.snapshots / CHANGES).open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream)]


def january(old: str = "", new: str = "") -> str:
    return tiny.DOSSIERS_JANUARY.replace(old, new) if old else tiny.DOSSIERS_JANUARY


FINISHED_LATER = january(
    "14/02/2025 17:00,,Đang xử lý", "14/02/2025 17:00,05/02/2025 09:00,Đã trả kết quả"
)


def test_the_first_intake_has_nothing_to_compare_with(project: Project) -> None:
    with pytest.raises(InputError, match="since the first one"):
        read_changes(project.snapshots)


def test_a_delivery_that_comes_again_says_which_rows_differ_and_in_what(project: Project) -> None:
    gone = "".join(line for line in FINISHED_LATER.splitlines(keepends=True) if "A2," not in line)
    new = "A6,P2,D2,31/01/2025 16:45,Trực tiếp,,,Đang xử lý,x\n"
    changes = deliver(project, "2025-01", gone + new)
    assert changes.tables == (TableChange("2025-01", "dossiers", new=1, changed=1, gone=1),)
    assert listed(project) == [
        ("delivery", "table", "kind", "key", "columns"),
        ("2025-01", "dossiers", "changed", "A5", "finished_at+status"),
        ("2025-01", "dossiers", "gone", "A2", ""),
        ("2025-01", "dossiers", "new", "A6", ""),
    ]


def test_what_is_not_taken_in_changes_nothing(project: Project) -> None:
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": january(tiny.CANARY, "Khác")})
    take_in(project)
    with pytest.raises(InputError):
        read_changes(project.snapshots)


def test_no_value_of_a_row_is_listed_but_its_key(project: Project) -> None:
    deliver(project, "2025-01", january("02/01/2025 08:00", "02/01/2025 10:11"))
    text = (project.snapshots / CHANGES).read_text(encoding="utf-8")
    assert "received_at" in text
    assert "10:11" not in text


def test_a_new_month_is_counted_as_a_whole(project: Project) -> None:
    march = f"{tiny.DOSSIER_HEADINGS}\nC1,P1,D1,03/03/2025 08:00,Trực tuyến,,,Đang xử lý,x\n"
    changes = deliver(project, "2025-03", march)
    assert changes.tables == (TableChange("2025-03", "dossiers", new=1, changed=0, gone=0),)
    assert len(listed(project)) == 1


def test_a_month_that_is_taken_back_is_counted_as_gone(project: Project) -> None:
    for file in (project.file.parent / "raw").glob("2025-02/*"):
        file.unlink()
    take_in(project)
    (change,) = read_changes(project.snapshots).tables
    assert change == TableChange("2025-02", "dossiers", new=0, changed=0, gone=3)


def test_the_way_back_is_a_change_too(project: Project) -> None:
    deliver(project, "2025-01", FINISHED_LATER)
    assert deliver(project, "2025-01", january()).tables[0].changed == 1


def test_what_was_noted_stays_until_rows_change_again(project: Project) -> None:
    changes = deliver(project, "2025-01", FINISHED_LATER)
    take_in(project)
    assert read_changes(project.snapshots) == changes


def test_data_that_are_gone_are_not_compared(project: Project) -> None:
    shutil.rmtree(project.snapshots / "2025-01")
    changes = deliver(project, "2025-01", FINISHED_LATER)
    assert changes.not_compared == ("2025-01",)


def test_a_key_that_looks_like_a_formula_is_harmless(project: Project) -> None:
    row = "=1+1;@x,P2,D2,31/01/2025 16:45,Trực tiếp,,,Đang xử lý,x\n"
    deliver(project, "2025-01", january() + row)
    assert listed(project)[1][3] == "'=1+1;'@x" == spreadsheet_text("=1+1;@x")


def test_nothing_is_left_aside(project: Project, tmp_path: Path) -> None:
    deliver(project, "2025-01", FINISHED_LATER)
    names = {file.name for file in project.snapshots.iterdir()}
    assert names == {
        "2025-01", "2025-02", "all", ".lock",
        "current.json", "checked.json", "changes.csv", "changes.json",
    }  # fmt: skip
