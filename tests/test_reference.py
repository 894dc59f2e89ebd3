from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.periods import Month, Regime
from briefings.project import REPOSITORY
from briefings.reference import (
    CalendarRow,
    UnitRow,
    load_calendar,
    load_organisation,
    load_unit_codes,
)
from briefings.reference_file import read_reference
from briefings.working_days import WorkingCalendar
from tests import tiny

FEBRUARY = Month(2025, 2)
HEADINGS = tiny.UNITS.splitlines()[0]
PROVINCE = "T1,Tỉnh Thử,Test Province,province,,,,synthetic,test"


def units(folder: Path, *rows: str) -> Path:
    return tiny.write(folder / "units.csv", "\n".join([HEADINGS, PROVINCE, *rows]) + "\n")


def department(code: str, valid_from: str = "", valid_to: str = "") -> str:
    return (
        f"{code},Sở {code},Department {code},department,T1,{valid_from},{valid_to},synthetic,test"
    )


def calendar(folder: Path, *days: str) -> Path:
    heading = tiny.CALENDAR.splitlines()[0]
    rows = [f"{day},Tết,New Year,test,true" for day in days]
    return tiny.write(folder / "calendar.csv", "\n".join([heading, *rows]) + "\n")


def codes(file: Path, month: str) -> list[str]:
    return [unit.code for unit in load_organisation(file, Month.parse(month)).units]


def test_the_reference_files_of_the_project_obey_their_contracts() -> None:
    folder = REPOSITORY / "data" / "reference"
    assert len(read_reference(folder / "units.csv", UnitRow)) > 200
    assert len(read_reference(folder / "calendar.csv", CalendarRow)) > 20


def test_units_keep_the_order_of_the_file(tmp_path: Path) -> None:
    file = units(tmp_path, department("D2"), department("D1"))
    assert codes(file, "2025-02") == ["T1", "D2", "D1"]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2025-01", ["T1", "OLD"]),
        ("2025-02", ["T1", "OLD", "NEW"]),  # both on 28 February
        ("2025-03", ["T1", "NEW"]),
    ],
)
def test_a_unit_counts_in_the_months_whose_last_day_it_is_valid_on(
    tmp_path: Path, month: str, expected: list[str]
) -> None:
    file = units(tmp_path, department("OLD", "", "2025-02-28"), department("NEW", "2025-02-28"))
    assert codes(file, month) == expected


@pytest.mark.parametrize(
    ("valid_to", "expected"),
    [("2025-02-27", []), ("2025-02-28", ["D1"]), ("2025-03-01", ["D1"])],
)
def test_validity_ends_below_on_and_above_the_last_day(
    tmp_path: Path, valid_to: str, expected: list[str]
) -> None:
    file = units(tmp_path, department("D1", "2024-01-01", valid_to))
    assert codes(file, "2025-02")[1:] == expected


@pytest.mark.parametrize(
    ("valid_from", "expected"),
    [("2025-02-27", ["D1"]), ("2025-02-28", ["D1"]), ("2025-03-01", [])],
)
def test_validity_begins_below_on_and_above_the_last_day(
    tmp_path: Path, valid_from: str, expected: list[str]
) -> None:
    file = units(tmp_path, department("D1", valid_from))
    assert codes(file, "2025-02")[1:] == expected


@pytest.mark.parametrize(
    ("valid_to", "expected"),
    [("2025-02-13", []), ("2025-02-14", ["D1"]), ("2025-02-27", ["D1"])],
)
def test_the_last_day_is_that_of_the_month_as_the_project_cuts_it(
    tmp_path: Path, valid_to: str, expected: list[str]
) -> None:
    file = units(tmp_path, department("D1", "2024-01-01", valid_to))
    found = load_organisation(file, FEBRUARY, Regime("legal_month"))
    assert [unit.code for unit in found.units][1:] == expected


def test_a_unit_that_changes_its_name_keeps_its_code(tmp_path: Path) -> None:
    file = units(tmp_path, department("D1", "", "2025-02-28"), department("D1", "2025-03-01"))
    assert codes(file, "2025-02") == codes(file, "2025-03") == ["T1", "D1"]


def test_a_unit_that_ended_is_a_former_one_and_one_to_come_is_none(tmp_path: Path) -> None:
    file = units(
        tmp_path,
        department("OLD", "", "2025-01-31"),
        department("D1", "", "2025-01-31"),
        department("D1", "2025-02-01"),
        department("NEW", "2025-03-01"),
    )
    organisation = load_organisation(file, FEBRUARY)
    assert [unit.code for unit in organisation.units] == ["T1", "D1"]
    assert [unit.code for unit in organisation.former] == ["OLD"]
    assert load_unit_codes(file) == {"T1", "OLD", "D1", "NEW"}


def test_a_code_that_is_valid_twice_in_one_month_is_refused(tmp_path: Path) -> None:
    file = units(tmp_path, department("D1", "", "2025-02-28"), department("D1", "2025-02-28"))
    with pytest.raises(SettingsError, match="twice in one month: D1"):
        codes(file, "2025-02")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("D 1,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'D 1'"),
        ("CON,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'CON'"),
        ("com1.x,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'com1.x'"),
        ("all,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'all'"),
        ("form-II.06a.xlsx,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'form-"),
        ("D1.,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'D1.'"),
        (".D1,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: '.D1'"),
        ("D\u200b1,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'D\\u200b1'"),
        (f"{'D' * 65},Sở,Dept,department,T1,,,synthetic,t", "row 3, code: 'DDD"),
        ("../x,Sở,Dept,department,T1,,,synthetic,t", "row 3, code: '../x'"),
        ("D1,Sở,Dept,ward,T1,,,synthetic,t", "row 3, level: 'ward'"),
        ("D1,Sở,Dept,department,T1,,,yes,t", "row 3, code_status: 'yes'"),
        ("D1,,Dept,department,T1,,,synthetic,t", "row 3, name_vi: None"),
    ],
)
def test_a_faulty_cell_is_named_with_row_and_column(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_organisation(units(tmp_path, row), FEBRUARY)
    assert words in caught.value.message
    assert "units.csv breaks its contract" in caught.value.message


def test_every_faulty_cell_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_organisation(
            units(tmp_path, "D 1,a,b,ward,T1,,,synthetic,t", "D2,a,b,town,T1,,,synthetic,t"),
            FEBRUARY,
        )
    for words in ("row 3, code", "row 3, level: 'ward'", "row 4, level: 'town'"):
        assert words in caught.value.message


def test_a_calendar_covers_the_years_of_its_days(tmp_path: Path) -> None:
    file = calendar(tmp_path, "2024-12-31,true", "2025-01-01,false", "2025-01-04,true")
    assert load_calendar(file) == WorkingCalendar(
        exceptions={
            date(2024, 12, 31): True,
            date(2025, 1, 1): False,
            date(2025, 1, 4): True,
        },
        first_year=2024,
        last_year=2025,
    )


def test_days_without_a_source_are_remembered(tmp_path: Path) -> None:
    text = tiny.CALENDAR.replace("2024-01-01,false,Tết Dương lịch,New Year's Day,test,true",
                                 "2024-05-04,true,Làm bù,Make-up day,test,false")  # fmt: skip
    calendar = load_calendar(tiny.write(tmp_path / "calendar.csv", text))
    assert calendar.unverified == (date(2024, 5, 4),)
    assert calendar.is_working(date(2024, 5, 4))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["01/01/2025,false"], "row 2, date: '01/01/2025'"),
        (["2025-01-01,false", "2025-01-01,true"], "row 3, date: '2025-01-01'"),
    ],
)
def test_a_faulty_day_is_named(tmp_path: Path, days: list[str], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_calendar(calendar(tmp_path, *days))
    assert words in caught.value.message


def test_a_unit_valid_to_a_day_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="2025-02-30"):
        load_organisation(units(tmp_path, department("D1", "", "2025-02-30")), FEBRUARY)


def test_a_calendar_without_days_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"calendar\.csv"):
        load_calendar(calendar(tmp_path))
