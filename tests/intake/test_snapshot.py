from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from briefings.errors import BriefingsError, InputError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import Snapshot, TableIntake, open_snapshot
from briefings.intake.take_in import take_in
from briefings.lock import LOCK_NAME
from briefings.periods import Month
from tests import tiny
from tests.intake.conftest import MakeProject

pytestmark = pytest.mark.slow

ROWS = tiny.DOSSIERS_JANUARY.splitlines()
HEADING = tiny.DOSSIER_HEADINGS
FAULTY = (
    f"{ROWS[1]}\n"  # repeats A1
    f"A9,P1,D9,02/01/2025 08:00,Trực tuyến,,,Đang xử lý,{tiny.CANARY}\n"
    f"A8,P1,D9,hôm qua,Qua điện thoại,,,Đang xử lý,{tiny.CANARY}\n"
)
SOME_FAULTY = {"2025-01": tiny.DOSSIERS_JANUARY + FAULTY, "2025-02": tiny.DOSSIERS_FEBRUARY}


def row(snapshot: Snapshot, delivery: str, table: str = "dossiers") -> TableIntake:
    return next(r for r in snapshot.intake if (r.delivery, r.table) == (delivery, table))


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def read(snapshot: Snapshot, table: str = "dossiers") -> pd.DataFrame:
    return pd.concat([pd.read_parquet(file) for file in snapshot.files(table)])


def test_every_table_of_every_month_is_taken_in(make_project: MakeProject) -> None:
    snapshot = take_in(make_project(*tiny.TABLES))
    assert snapshot.supplied == set(tiny.TABLES)
    assert snapshot.months == (Month(2025, 1), Month(2025, 2))
    assert list(read(snapshot)["dossier_code"]) == ["A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3"]
    assert sum(row.quarantined for row in snapshot.intake) == 0
    assert open_snapshot(make_project(*tiny.TABLES)) == snapshot


def test_the_manifest_adds_up(make_project: MakeProject) -> None:
    snapshot = take_in(make_project(dossiers=SOME_FAULTY))
    january = row(snapshot, "2025-01")
    assert (january.read, january.used, january.quarantined) == (8, 5, 3)
    assert january.reasons == {
        "repeats an earlier row": 1,
        "unknown unit": 1,
        "value outside the code list": 1,  # the first of the three faults of A8
    }
    for each in snapshot.intake:
        assert each.read == each.used + each.quarantined
        assert each.quarantined == sum(each.reasons.values())
        assert each.file == f"raw/{each.delivery}/dossiers.csv"
    assert len(read(snapshot)) == sum(each.used for each in snapshot.intake)


def test_the_quarantine_names_row_column_value_and_reason(make_project: MakeProject) -> None:
    snapshot = take_in(make_project(dossiers=SOME_FAULTY))
    quarantine = (snapshot.folders["2025-01"] / "quarantine.csv").read_text(encoding="utf-8")
    assert quarantine.splitlines() == [
        "table,file,row,column,value,reason",
        "dossiers,raw/2025-01/dossiers.csv,7,dossier_code,A1,repeats an earlier row",
        "dossiers,raw/2025-01/dossiers.csv,8,unit,D9,unknown unit",
        "dossiers,raw/2025-01/dossiers.csv,9,channel,Qua điện thoại,value outside the code list",
        "dossiers,raw/2025-01/dossiers.csv,9,received_at,hôm qua,unreadable date",
        "dossiers,raw/2025-01/dossiers.csv,9,unit,D9,unknown unit",
    ]


def test_what_is_outside_the_contract_never_leaves_the_raw_files(
    make_project: MakeProject, tmp_path: Path
) -> None:
    snapshot = take_in(make_project(dossiers=SOME_FAULTY))
    assert row(snapshot, "2025-01").ignored_columns == ()
    assert row(snapshot, "2025-01").dropped_personal_columns == ("Người nộp",)
    assert tuple(read(snapshot).columns) == CONTRACTS["dossiers"].column_names
    assert "Người nộp" not in read(snapshot).columns
    for name, found in content(tmp_path / "snapshots").items():
        assert tiny.CANARY.encode() not in found, name
    assert not read(snapshot).astype("str").isin([tiny.CANARY]).any(axis=None)


def test_unchanged_files_are_not_read_again(make_project: MakeProject, tmp_path: Path) -> None:
    project = make_project()
    first = take_in(project)
    kept = first.folders["2025-01"] / "dossiers.parquet"
    written = kept.stat().st_mtime_ns
    assert take_in(project) == first
    assert kept.stat().st_mtime_ns == written


@pytest.mark.parametrize("harm", ["gone", "altered"])
def test_a_table_that_is_not_what_was_written_is_refused_and_made_again(
    make_project: MakeProject, harm: str
) -> None:
    """Fewer rows under the same hash would be a wrong report that looks right."""
    project = make_project()
    first = take_in(project)
    kept = first.folders["2025-01"] / "dossiers.parquet"
    whole = kept.read_bytes()
    if harm == "gone":
        kept.unlink()
    else:
        pd.read_parquet(kept).head(1).to_parquet(kept)
    with pytest.raises(InputError, match="2025-01"):
        open_snapshot(project)
    assert take_in(project) == first
    assert kept.read_bytes() == whole


def test_a_damaged_manifest_is_made_again(make_project: MakeProject) -> None:
    project = make_project()
    first = take_in(project)
    (first.folders["2025-01"] / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="make intake"):
        open_snapshot(project)
    assert take_in(project) == first


def test_a_changed_file_makes_a_new_folder_and_the_old_one_stays(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    first = take_in(project)
    before = content(first.folders["2025-02"])
    more = f"B4,P1,D1,05/02/2025 08:00,Trực tuyến,,,Đang xử lý,{tiny.CANARY}\n"
    tiny.deliver(tmp_path, "dossiers", {"2025-02": tiny.DOSSIERS_FEBRUARY + more})
    second = take_in(project)
    assert second.folders["2025-01"] == first.folders["2025-01"]
    assert second.folders["2025-02"] != first.folders["2025-02"]
    assert content(first.folders["2025-02"]) == before
    assert row(second, "2025-02").used == row(first, "2025-02").used + 1
    assert second.identity != first.identity


def test_taking_back_a_change_leads_back_to_the_first_snapshot(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    first = take_in(project)
    tiny.deliver(tmp_path, "dossiers", {"2025-02": f"{HEADING}\n"})
    assert take_in(project).identity != first.identity
    tiny.deliver(tmp_path, "dossiers", {"2025-02": tiny.DOSSIERS_FEBRUARY})
    assert take_in(project) == first


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("profile.yaml", "Trực tiếp: counter", "Trực tiếp: postal"), ("units.csv", "D2,", "D3,")],
)
def test_a_changed_profile_or_list_of_units_makes_new_folders(
    make_project: MakeProject, tmp_path: Path, file: str, old: str, new: str
) -> None:
    project = make_project()
    first = take_in(project)
    text = (tmp_path / file).read_text(encoding="utf-8")
    tiny.write(tmp_path / file, text.replace(old, new))
    second = take_in(project)
    assert not set(first.folders.values()) & set(second.folders.values())


def test_names_of_units_do_not_matter_to_the_snapshot(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    first = take_in(project)
    tiny.write(tmp_path / "units.csv", tiny.UNITS.replace("Sở Một", "Sở Đổi Tên"))
    assert take_in(project).identity == first.identity


def test_the_snapshot_is_the_same_in_another_place(tmp_path: Path) -> None:
    here, there = (
        take_in(tiny.write_project(tmp_path / name, dossiers=SOME_FAULTY))
        for name in ("here", "there")
    )
    assert here.identity == there.identity
    for name in here.folders:
        assert content(here.folders[name]) == content(there.folders[name])


def test_the_order_of_the_rows_does_not_change_the_parquet_bytes(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    first = take_in(project)
    upside_down = "\n".join([HEADING, *reversed(ROWS[1:])]) + "\n"
    tiny.deliver(tmp_path, "dossiers", {"2025-01": upside_down})
    second = take_in(project)
    assert second.folders["2025-01"] != first.folders["2025-01"]
    one, other = ((s.folders["2025-01"] / "dossiers.parquet") for s in (first, second))
    assert one.read_bytes() == other.read_bytes()


def test_as_of_a_month_hides_what_came_later(make_project: MakeProject) -> None:
    snapshot = take_in(make_project("procedures", "dossiers", "payments"))
    january = snapshot.as_of(Month(2025, 1))
    assert january.folders.keys() == {"all", "2025-01"}
    assert january.months == (Month(2025, 1),)
    assert {each.delivery for each in january.intake} == {"all", "2025-01"}
    assert list(read(january)["dossier_code"]) == ["A1", "A2", "A3", "A4", "A5"]
    assert january.identity != snapshot.identity
    assert snapshot.as_of(Month(2025, 2)) == snapshot
    assert snapshot.as_of(Month(2024, 12)).months == ()


def test_one_file_for_all_months_covers_those_it_is_active_in(make_project: MakeProject) -> None:
    dossiers = (
        f"{HEADING}\n"
        "A1,P1,D1,30/11/2024 08:00,Trực tuyến,,03/02/2025 08:00,Đã trả kết quả,x\n"
        "A2,P1,D1,02/12/2024 08:00,Trực tuyến,,,Đang xử lý,x\n"
    )
    snapshot = take_in(make_project(dossiers=dossiers))
    assert [str(m) for m in snapshot.months] == ["2024-11", "2024-12", "2025-01", "2025-02"]


def test_a_file_with_headings_alone_covers_its_month(make_project: MakeProject) -> None:
    dossiers = {"2025-01": tiny.DOSSIERS_JANUARY, "2025-02": f"{HEADING}\n"}
    snapshot = take_in(make_project(dossiers=dossiers))
    assert Month(2025, 2) in snapshot.months
    assert row(snapshot, "2025-02").read == 0
    assert len(read(snapshot)) == 5


def test_one_file_with_headings_alone_covers_no_month(make_project: MakeProject) -> None:
    assert take_in(make_project(dossiers=f"{HEADING}\n")).months == ()


@pytest.mark.parametrize("year", [205, 1925, 2205])
def test_a_date_of_another_century_is_no_question_of_the_command_line(
    make_project: MakeProject, year: int
) -> None:
    """A mistyped year in one row must not stop the intake with `MONTH=… is not a month`."""
    dossiers = (
        f"{HEADING}\n"
        "A1,P1,D1,02/01/2025 08:00,Trực tuyến,,,Đang xử lý,x\n"
        f"A2,P1,D1,02/01/{year:04d} 08:00,Trực tuyến,,,Đang xử lý,x\n"
    )
    snapshot = take_in(make_project(dossiers=dossiers))
    assert snapshot.months == (Month(2025, 1),)
    assert row(snapshot, "all").quarantined == 1


def test_a_unit_that_changed_its_name_is_taken_in_under_its_code(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    old = "D1,Sở Một,Department One,department,T1,,,synthetic,test"
    renamed = (
        "D1,Sở Một,Department One,department,T1,,2025-01-31,synthetic,test\n"
        "D1,Sở Mới,New Department,department,T1,2025-02-01,,synthetic,test"
    )
    tiny.write(tmp_path / "units.csv", tiny.UNITS.replace(old, renamed))
    assert row(take_in(project), "2025-02").used == 3


def test_before_the_first_intake_the_next_step_is_named(make_project: MakeProject) -> None:
    with pytest.raises(InputError, match="not been taken in") as caught:
        open_snapshot(make_project())
    assert "make intake" in caught.value.advice


def test_a_snapshot_whose_folder_was_deleted_asks_for_the_intake(
    make_project: MakeProject,
) -> None:
    project = make_project()
    for file in (folder := take_in(project).folders["2025-01"]).iterdir():
        file.unlink()
    folder.rmdir()
    with pytest.raises(InputError) as caught:
        open_snapshot(project)
    assert "make intake" in caught.value.advice
    assert row(take_in(project), "2025-01").used == 5


def test_a_folder_without_its_manifest_is_made_again(make_project: MakeProject) -> None:
    project = make_project()
    (take_in(project).folders["2025-01"] / "manifest.json").unlink()
    assert row(take_in(project), "2025-01").used == 5


def test_a_failed_intake_leaves_the_last_snapshot_as_it_was(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    before = take_in(project)
    tiny.deliver(tmp_path, "dossiers", {"2025-02": "Sai,Tiêu đề\n1,2\n"})
    with pytest.raises(InputError, match="missing column"):
        take_in(project)
    assert open_snapshot(project) == before
    assert [file.name for file in (tmp_path / "snapshots").rglob(".*")] == [LOCK_NAME]


def test_a_table_without_contract_or_profile_is_refused(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    file = project.file.read_text(encoding="utf-8")
    tiny.write(project.file, file + 'complaints = "raw/complaints.csv"\n')
    tiny.write(tmp_path / "raw" / "complaints.csv", "a,b\n1,2\n")
    with pytest.raises(BriefingsError, match="complaints") as caught:
        take_in(tiny.load_project(project.file))
    assert "dossiers" in caught.value.advice


def test_the_pointer_names_one_folder_per_delivery(
    make_project: MakeProject, tmp_path: Path
) -> None:
    snapshot = take_in(make_project("procedures", "dossiers"))
    pointer = json.loads((tmp_path / "snapshots" / "current.json").read_text(encoding="utf-8"))
    assert pointer == {name: folder.name for name, folder in snapshot.folders.items()}


@pytest.mark.slow
@pytest.mark.slow
def test_two_workers_leave_the_same_snapshot_as_one(tmp_path: Path) -> None:
    alone = take_in(tiny.write_project(tmp_path / "alone"))
    together = take_in(tiny.write_project(tmp_path / "together"), workers=2)
    assert alone.identity == together.identity
    assert alone.intake == together.intake


@pytest.mark.slow
def test_a_fault_met_by_a_worker_reaches_the_person(tmp_path: Path) -> None:
    broken = dict.fromkeys(tiny.MONTHS, "Sai,Tiêu đề\n1,2\n")
    project = tiny.write_project(tmp_path, only=["dossiers"], dossiers=broken)
    with pytest.raises(InputError, match="missing column") as caught:
        take_in(project, workers=2)
    assert "The file has: Sai, Tiêu đề" in caught.value.advice


def test_rows_that_the_profile_leaves_out_are_counted_under_its_reason(
    make_project: MakeProject,
) -> None:
    total = f"Cộng,,D1,,,,,,{tiny.CANARY}\n"
    torn = "A7,P1,D1,02/01/2025 08:00,Trực\ttuyến,Trực tuyến,,,Đang xử lý,x\n"
    project = make_project(dossiers={"2025-01": tiny.DOSSIERS_JANUARY + total + torn})
    rules = (
        "  dossiers:\n"
        "    layout: {ragged: set_aside}\n"
        "    rows: [{leave_out: subtotal, where: {Mã hồ sơ: Cộng}}]\n"
    )
    tiny.write(project.profile, tiny.PROFILE.replace("  dossiers:\n", rules))
    january = row(take_in(project), "2025-01")
    assert (january.read, january.used, january.quarantined, january.left_out) == (7, 5, 2, 1)
    assert january.reasons == {"more or fewer cells than headings": 1, "subtotal": 1}
    assert january.dropped_personal_columns == ("Người nộp",)


def test_working_days_are_those_of_the_projects_calendar(
    make_project: MakeProject, tmp_path: Path
) -> None:
    """Friday, 3 January 2025: its weekend was worked, and Monday off."""
    project = make_project(dossiers={"2025-01": f"{HEADING}\n{ROWS[2]}\n"})
    due = (
        '      due_at: {heading: Ngày tiếp nhận, format: "%d/%m/%Y %H:%M", plus: {working_days: 1}}'
    )
    lines = [due if "due_at" in line else line for line in tiny.PROFILE.splitlines()]
    tiny.write(project.profile, "\n".join(lines))
    assert read(take_in(project))["due_at"][0] == pd.Timestamp(2025, 1, 6, 8)
    moved = "2025-01-06,false,Nghỉ bù,moved,test,true\n2025-01-04,true,Làm bù,make-up,test,true\n"
    tiny.write(tmp_path / "calendar.csv", tiny.CALENDAR + moved)
    assert read(take_in(project))["due_at"][0] == pd.Timestamp(2025, 1, 4, 8)
    tiny.write(tmp_path / "calendar.csv", tiny.CALENDAR.replace("2025-01-01", "2024-12-25"))
    unknown = row(take_in(project), "2025-01")
    assert unknown.reasons == {"outside the years of the working-day calendar": 1}


def test_a_day_off_is_no_news_to_who_counts_no_working_days(
    make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project()
    first = take_in(project)
    tiny.write(tmp_path / "calendar.csv", tiny.CALENDAR + "2025-02-03,false,a,b,test,true\n")
    assert take_in(project) == first


def test_subtotals_are_compared_with_their_rows_in_a_project_too(
    make_project: MakeProject, tmp_path: Path
) -> None:
    rows = "A1,D1,1,x\nA2,D1,2,x\nA3,D2,3,x\nTổng D1,,3,x\nTổng Trần Văn Kín,,9,x\n"
    project = make_project(dossiers={"2025-01": f"Mã,Nhóm,Số,Loại\n{rows}"})
    tiny.write(project.profile, SUBTOTALS)
    january = row(take_in(project), "2025-01")
    assert (january.used, january.left_out) == (3, 2)
    assert january.subtotals == {"equal": 1, "no rows": 1, "no subtotal": 1}
    (file,) = project.snapshots.rglob("subtotals/dossiers.csv")
    text = file.read_text(encoding="utf-8-sig")
    assert "Tổng D1,Số,3.0,3.0,2,equal" in text
    assert "Kín" not in text


SUBTOTALS = """
tables:
  dossiers:
    columns: {dossier_code: Mã}
    constants: {unit: D1, received_at: 2025-01-02}
    rows:
      - leave_out: total
        where: {Mã: {starts_with: Tổng}}
        sums: {by: Loại, group: Mã, of: Nhóm, columns: Số, names: {Tổng D1: [D1]}}
"""
