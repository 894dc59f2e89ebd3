from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.errors import InputError, ParameterError
from briefings.intake.profiles import load_profile
from briefings.intake.take_in import take_in
from tests import tiny
from tests.intake.inspected import Inspected, inspect

PROFILE = """
units: {units}
format: day-first
tables:
  dossiers:
    columns:
      dossier_code: Mã hồ sơ
      unit: Đơn vị
      received_at: Ngày nhận
    rows:
      - {{leave_out: subtotal, where: {{Mã hồ sơ: {{starts_with: Cộng}}}}}}
  feedback:
    columns:
      feedback_id: Mã PAKN
      unit: Đơn vị
      received_on: Ngày nhận
"""
DOSSIERS = """\
Mã hồ sơ,Đơn vị,Ngày nhận,Số điện thoại,Ghi chú
A1,D1,03/02/2025,0912345678,x
A2,D2,04/02/2025,0912345679,
Cộng D1,,,,
A3,D1,hôm qua,,
A1,D1,03/02/2025,,y
"""


def look(
    folder: Path,
    *files: str,
    units: str = "as they stand",
    table: str = "",
    project_units: Collection[str] | None = None,
) -> Inspected:
    profile = load_profile(tiny.write(folder / "profile.yaml", PROFILE.format(units=units)))
    paths = [tiny.write(folder / f"{n}.csv", text) for n, text in enumerate(files)]
    return inspect(paths, profile, table, project_units)


def test_every_row_is_used_or_set_aside_with_its_reason(tmp_path: Path) -> None:
    found = look(tmp_path, DOSSIERS)
    assert (found.read, found.rows_used) == (5, 2)
    assert found.quarantined == {"repeats an earlier row": 1, "subtotal": 1, "unreadable date": 1}
    assert list(found.used["dossiers"]["dossier_code"]) == ["A1", "A2"]


def test_a_rule_that_leaves_no_row_out_is_named(tmp_path: Path) -> None:
    assert look(tmp_path, DOSSIERS).idle_rules == ()
    found = look(tmp_path, DOSSIERS.replace("Cộng D1", "Tổng D1"))
    assert found.idle_rules == ("subtotal",)
    assert "subtotal" not in found.quarantined


def test_a_fault_names_its_file_and_row(tmp_path: Path) -> None:
    found = look(tmp_path, "Mã hồ sơ,Đơn vị,Ngày nhận\nB1,D1,03/02/2025\n", DOSSIERS)
    faults = found.quarantine[["file", "row", "reason"]].itertuples(index=False, name=None)
    assert [(Path(file).name, row, reason) for file, row, reason in faults] == [
        ("1.csv", 4, "subtotal"),
        ("1.csv", 5, "unreadable date"),
        ("1.csv", 6, "repeats an earlier row"),
    ]
    assert [(each.read, each.used) for each in found.files] == [(1, 1), (5, 2)]


def test_a_row_delivered_in_two_files_counts_once(tmp_path: Path) -> None:
    found = look(tmp_path, DOSSIERS, DOSSIERS)
    assert (found.read, found.rows_used) == (10, 2)
    assert found.quarantined["repeats an earlier row"] == 4
    assert sum(found.quarantined.values()) == 8


def test_every_heading_is_read_ignored_or_dropped_as_personal(tmp_path: Path) -> None:
    found = look(tmp_path, DOSSIERS)
    assert found.ignored_columns == ("Ghi chú",)
    assert found.dropped_personal_columns == ("Số điện thoại",)


@pytest.mark.slow
def test_an_intake_lists_the_same_columns_under_the_same_words(tmp_path: Path) -> None:
    headings, *rows = tiny.DOSSIERS_JANUARY.splitlines()
    text = "\n".join([f"{headings},Ghi chú", *(f"{row},x" for row in rows)]) + "\n"
    project = tiny.write_project(tmp_path, only=("dossiers",), dossiers={"2025-01": text})
    (taken,) = take_in(project).intake
    file = tmp_path / "raw" / "2025-01" / "dossiers.csv"
    found = inspect([file], load_profile(project.profile), "dossiers")
    assert found.ignored_columns == taken.ignored_columns == ("Ghi chú",)
    assert found.dropped_personal_columns == taken.dropped_personal_columns == ("Người nộp",)


@pytest.mark.slow
def test_case_numbers_like_phone_numbers_can_be_read_without_an_exemption(tmp_path: Path) -> None:
    rows = [f"09123450{n:02},D1,03/02/2025" for n in range(20)]
    text = "\n".join(["Mã hồ sơ,Đơn vị,Ngày nhận", *rows, "0Trần Văn Kín,D1,03/02/2025"]) + "\n"
    with pytest.raises(InputError, match="looks like one of persons"):
        look(tmp_path, text)
    part = '{heading: Mã hồ sơ, part: "^0(.*)$"}'
    profile = PROFILE.format(units="as they stand").replace("Mã hồ sơ\n", f"{part}\n", 1)
    file = tiny.write(tmp_path / "profile.yaml", profile)
    found = inspect([tmp_path / "0.csv"], load_profile(file), "dossiers")
    assert found.rows_used == 20
    assert found.quarantined == {"looks like personal data": 1}


@pytest.mark.slow
def test_units_are_checked_where_a_list_of_them_is_known(tmp_path: Path) -> None:
    assert look(tmp_path, DOSSIERS).rows_used == 2
    by_profile = look(tmp_path, DOSSIERS, units="[D1]")
    assert by_profile.quarantined["unknown unit"] == 1
    by_project = look(tmp_path, DOSSIERS, units="[D9]", project_units=["D1"])
    assert by_project.quarantined["unknown unit"] == 1


@pytest.mark.slow
def test_the_table_is_known_by_its_headings(tmp_path: Path) -> None:
    feedback = "Mã PAKN,Đơn vị,Ngày nhận\nP1,D1,03/02/2025\n"
    found = look(tmp_path, DOSSIERS, feedback)
    assert [each.table for each in found.files] == ["dossiers", "feedback"]


def test_a_table_has_to_be_named_where_headings_do_not_tell(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="fit no table") as caught:
        look(tmp_path, "a,b\n1,2\n")
    assert "--table: dossiers, feedback" in caught.value.advice
    both = "Mã PAKN,Mã hồ sơ,Đơn vị,Ngày nhận\n1,2,3,03/02/2025\n"
    with pytest.raises(ParameterError, match="fit several tables"):
        look(tmp_path, both)
    assert look(tmp_path, both, table="feedback").rows_used == 1
    with pytest.raises(InputError, match="missing column 'Mã PAKN'"):
        look(tmp_path, DOSSIERS, table="feedback")
    with pytest.raises(ParameterError, match="maps no table 'payments'"):
        look(tmp_path, DOSSIERS, table="payments")


CELLS = st.sampled_from(["", "A1", "A2", "Cộng", "03/02/2025", "3/2/25", "?", "D1", "0"])


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), min_size=1, max_size=3))
def test_read_is_used_and_quarantined_whatever_stands_in_the_files(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[str, str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    heading = "Mã hồ sơ,Đơn vị,Ngày nhận"
    texts = ["\n".join([heading, *map(",".join, rows)]) + "\n" for rows in files]
    found = look(folder, *texts)
    assert found.read == found.rows_used + sum(found.quarantined.values())
    assert all(each.read == each.used + each.quarantined for each in found.files)
