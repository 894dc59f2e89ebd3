"""A row that was set aside is corrected on record and taken in again; nothing in silence."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from briefings.errors import SettingsError
from briefings.intake.correcting import GONE, NOT_TAKEN_IN, OTHER_VALUE
from briefings.intake.correction_book import workbook
from briefings.intake.set_aside_rows import RowSetAside, rows_set_aside, template_headings
from briefings.intake.snapshot import Snapshot, TableIntake
from briefings.intake.take_in import take_in
from briefings.project import Project, load_project
from tests import tiny
from tests.intake.conftest import MakeProject

pytestmark = pytest.mark.slow

# A2 names a unit that there is not, A5 a channel; the third row has no code.
FAULTY = (
    tiny.DOSSIERS_JANUARY.replace("A2,P1,D1", "A2,P1,D9")
    .replace("31/01/2025 16:30,Trực tiếp", "31/01/2025 16:30,Bưu điện")
    .replace("A3,P2,D2", ",P2,D2")
)


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    file = make_project(dossiers={"2025-01": FAULTY}).file
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[intake]", '[intake]\ncorrections = "corrections"'), "utf-8")
    return load_project(file)


def record(
    project: Project, *lines: list[str], name: str = "march.csv", delimiter: str = ","
) -> Path:
    """Put a corrections file into the project's folder."""
    assert project.corrections is not None
    project.corrections.mkdir(exist_ok=True)
    file = project.corrections / name
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([template_headings(), *lines])
    return file


def line(**cells: str) -> list[str]:
    """A line about A2, with some cells changed."""
    usual = {
        "delivery": "2025-01", "table": "dossiers", "row": "3", "key": "A2",
        "column": "Mã đơn vị", "found": "D9", "value": "D1", "reason": "mistyped",
        "corrected_on": "2025-03-05", "office": "Department One",
    }  # fmt: skip
    return [{**usual, **cells}.get(name, "") for name in template_headings()]


def taken(project: Project) -> tuple[TableIntake, Snapshot]:
    snapshot = take_in(project)
    (row,) = snapshot.intake
    return row, snapshot


def set_aside(project: Project) -> dict[str, RowSetAside]:
    return {row.key: row for row in rows_set_aside(take_in(project))}


def test_a_row_set_aside_is_kept_whole_but_not_what_is_not_taken_in(project: Project) -> None:
    row = set_aside(project)["A2"]
    assert (row.row, row.fault) == ("3", "unit: unknown unit")
    assert row.cells == {
        "Mã hồ sơ": "A2", "Mã TTHC": "P1", "Mã đơn vị": "D9",
        "Ngày tiếp nhận": "03/01/2025 08:00", "Kênh": "Trực tiếp",
        "Ngày hẹn trả": "10/01/2025 17:00", "Ngày hoàn thành": "10/01/2025 16:59",
        "Trạng thái": "Đã trả kết quả",
    }  # fmt: skip
    kept = (file for file in project.snapshots.rglob("*") if file.is_file())
    assert not [file for file in kept if tiny.CANARY.encode() in file.read_bytes()]


def test_a_corrected_row_is_used_and_counted(project: Project) -> None:
    before, _ = taken(project)
    record(project, line())
    after, snapshot = taken(project)
    assert (before.used, before.quarantined, before.corrected) == (2, 3, 0)
    assert (after.used, after.quarantined, after.corrected) == (3, 2, 1)
    assert after.read == after.used + after.quarantined
    assert "A2" not in {row.key for row in rows_set_aside(snapshot)}


def test_a_correction_is_written_as_the_source_writes(project: Project) -> None:
    record(project, line(key="A5", column="Kênh", found="Bưu điện", value="Trực tuyến"))
    assert taken(project)[0].reasons == {"empty cell": 1, "unknown unit": 1}


def test_a_row_without_its_key_is_found_by_its_content(project: Project) -> None:
    (key,) = (key for key in set_aside(project) if key.startswith("#"))
    record(project, line(key=key, column="Mã hồ sơ", found="", value="A3"))
    assert taken(project)[0].reasons == {"unknown unit": 1, "value outside the code list": 1}
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": FAULTY.replace("08/01", "07/01")})
    row, _ = taken(project)
    assert row.unfit_corrections == (f"march.csv, row 2: {GONE}",)


def test_the_order_of_the_rows_does_not_matter(project: Project) -> None:
    record(project, line())
    heading, *rows = FAULTY.splitlines(keepends=True)
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": heading + "".join(reversed(rows))})
    assert taken(project)[0].corrected == 1


def test_a_total_among_the_rows_is_compared_with_the_rows_as_corrected(project: Project) -> None:
    tiny.write(project.profile, SUMMED)
    rows = "Mã,Mã đơn vị,Số,Quý\nA1,D1,1,I\nA2,D9,2,I\nCộng D1,,3,I\n"
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": rows})
    assert taken(project)[0].subtotals == {"differs": 1}
    record(project, line())
    assert taken(project)[0].subtotals == {"equal": 1}


def test_what_a_total_states_is_not_made_equal_by_a_correction(project: Project) -> None:
    tiny.write(project.profile, SUMMED)
    rows = "Mã,Mã đơn vị,Số,Quý\nA1,D1,1,I\nA2,D1,2,I\nCộng D1,,99,I\n"
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": rows})
    record(project, line(key="Cộng D1", column="Số", found="99", value="3"))
    assert taken(project)[0].subtotals == {"differs": 1}


def test_a_correction_leaves_all_other_rows_as_they_were(project: Project, tmp_path: Path) -> None:
    """A column of days becomes one of any cells; what the days say stays the same."""
    file = project.file.parent / "raw" / "2025-01" / "dossiers.parquet"
    days = pd.to_datetime(["2025-01-03", "2025-01-04", "2025-01-05"])
    pd.DataFrame({"Mã": ["A1", "A2", "A3"], "Ngày": days}).to_parquet(file)
    settings = project.file.read_text(encoding="utf-8").replace("dossiers.csv", "dossiers.parquet")
    tiny.write(project.file, settings)
    tiny.write(project.profile, DAYS)
    project = load_project(project.file)

    def channels() -> dict[str, str]:
        (folder,) = take_in(project).folders.values()
        table = pd.read_parquet(folder / "dossiers.parquet")  # type: ignore[operator]
        return dict(zip(table["dossier_code"], table["channel"], strict=True))

    others = {"A1/2025-01-03": "counter", "A2/2025-01-04": "online"}
    assert channels() == {**others, "A3/2025-01-05": "counter"}
    record(
        project,
        line(
            key="A3 2025-01-05 00:00:00",
            column="Ngày",
            found="2025-01-05 00:00:00",
            value="2025-01-06",
        ),
    )
    assert channels() == {**others, "A3/2025-01-06": "counter"}


SUMMED = """
tables:
  dossiers:
    columns: {dossier_code: Mã, unit: Mã đơn vị}
    constants: {received_at: 2025-01-02}
    rows:
      - leave_out: total
        where: {Mã: {starts_with: Cộng}}
        sums: {by: Quý, group: Mã, of: Mã đơn vị, columns: Số, names: {Cộng D1: [D1]}}
"""


DAYS = """
tables:
  dossiers:
    columns:
      dossier_code: {join: [Mã, Ngày], with: /}
      received_at: Ngày
      channel: {cases: [{if: {Ngày: "2025-01-04"}, then: online}], otherwise: counter}
    constants: {unit: D1}
"""


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"found": "D8"}, OTHER_VALUE),
        ({"key": "A77"}, GONE),
        ({"column": "Người nộp"}, NOT_TAKEN_IN),
        ({"column": "Mã"}, NOT_TAKEN_IN),
    ],
)
def test_a_correction_that_does_not_fit_is_reported_and_not_applied(
    project: Project, cells: dict[str, str], why: str
) -> None:
    record(project, line(**cells))
    row, _ = taken(project)
    assert row.unfit_corrections == (f"march.csv, row 2: {why}",)
    assert (row.corrected, row.quarantined) == (0, 3)


def test_what_the_source_has_corrected_itself_needs_no_correction(project: Project) -> None:
    record(project, line())
    text = FAULTY.replace("A2,P1,D9", "A2,P1,D1")
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": text})
    row, _ = taken(project)
    assert (row.corrected, row.unfit_corrections, row.quarantined) == (0, (), 2)


def test_a_cell_can_be_emptied(project: Project) -> None:
    record(project, line(key="A5", column="Kênh", found="Bưu điện", value=""))
    assert taken(project)[0].quarantined == 2


def test_a_row_that_is_still_faulty_is_corrected_and_set_aside(project: Project) -> None:
    record(project, line(value="D8"))
    row, snapshot = taken(project)
    assert (row.corrected, row.quarantined) == (1, 3)
    # As delivered: what stands there is corrected by mending the correction.
    assert (
        next(each for each in rows_set_aside(snapshot) if each.key == "A2").cells["Mã đơn vị"]
        == "D9"
    )


def test_the_template_is_a_corrections_file_in_which_nothing_is_filled_in(project: Project) -> None:
    lines = [cells for row in set_aside(project).values() for cells in row.template()]
    assert len(lines) == 3 * 8
    record(project, *lines)
    assert taken(project)[0].corrected == 0


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_of_a_spreadsheet_is_read(project: Project, delimiter: str) -> None:
    record(project, line(), delimiter=delimiter)
    assert taken(project)[0].corrected == 1


def test_the_same_correction_may_be_said_twice(project: Project) -> None:
    """The list has every row, and of rows that are the same a person fills in all."""
    record(project, line(), line(row="4"))
    assert taken(project)[0].corrected == 1


def test_a_workbook_is_read_as_well(project: Project) -> None:
    file = record(project, line())
    file.unlink()
    lines = [template_headings(), line(), line(key="=1+1", value="", reason="")]
    file.with_suffix(".xlsx").write_bytes(workbook(lines))
    assert taken(project)[0].corrected == 1


def test_only_the_month_that_is_corrected_is_read_again(project: Project) -> None:
    tiny.deliver(project.file.parent, "dossiers", {"2025-02": tiny.DOSSIERS_FEBRUARY})
    before = take_in(project).folders
    record(project, line())
    after = take_in(project).folders
    assert {name for name in before if before[name] != after[name]} == {"2025-01"}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([line(delivery="2031-01")], "row 2: there is no delivery '2031-01'"),
        ([line(table="payments")], "row 2: 2025-01 has no table 'payments'"),
        ([line(office="", reason="")], "row 2: reason, office must be filled in"),
        ([line(key="")], "row 2: key must be filled in"),
        ([line(), line(value="D2")], "row 3: corrects the cell that march.csv, row 2 corrects"),
        ([line(corrected_on="5/3/2025")], "not a day as 2025-02-28"),
    ],
)
def test_a_correction_that_says_too_little_or_too_much_is_refused(
    project: Project, lines: list[list[str]], words: str
) -> None:
    record(project, *lines)
    with pytest.raises(SettingsError, match=words) as caught:
        take_in(project)
    assert "march.csv" in caught.value.message


def test_a_file_of_another_kind_is_refused(project: Project) -> None:
    file = record(project, line())
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"Cannot read .*march\.csv"):
        take_in(project)
    file.rename(file.with_suffix(".xlsx"))
    with pytest.raises(SettingsError, match="no readable workbook"):
        take_in(project)


def test_what_looks_like_a_formula_is_shown_harmless_and_found_again(project: Project) -> None:
    formula = FAULTY.replace("A2,P1,D9", "A2,P1,=cmd()")
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": formula})
    assert set_aside(project)["A2"].cells["Mã đơn vị"] == "'=cmd()"
    quarantine = next(project.snapshots.rglob("quarantine.csv")).read_text(encoding="utf-8")
    assert ",'=cmd()," in quarantine
    record(project, line(found="'=cmd()"))
    assert taken(project)[0].corrected == 1


def test_a_key_that_can_not_be_shown_as_it_is_is_not_what_its_row_is_found_by(
    project: Project,
) -> None:
    text = FAULTY.replace("A2,P1", "=A2,P1")
    tiny.deliver(project.file.parent, "dossiers", {"2025-01": text})
    (row,) = (row for row in set_aside(project).values() if row.cells["Mã hồ sơ"] == "'=A2")
    assert row.key.startswith("#")
    record(project, line(key=row.key))
    assert taken(project)[0].corrected == 1
