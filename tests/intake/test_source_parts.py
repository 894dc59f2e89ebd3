"""Every form in which a profile says where a column comes from, from YAML to typed cells."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from briefings.errors import InputError, SettingsError
from briefings.intake.conditions import comparison_faults
from briefings.intake.contracts import CONTRACTS
from briefings.intake.mapping import Mapper
from briefings.intake.profiles import load_profile
from tests import tiny
from tests.whole import read_raw

BASE = """
{top}
tables:
  dossiers:
    columns:
      dossier_code: Mã
      {column}: {form}
    constants: {constants}
"""
REQUIRED = {"unit": "D1", "received_at": "2025-01-01"}


def read(
    folder: Path, column: str, form: str, csv: str, *, top: str = "", name: str = "raw.csv"
) -> tuple[list[Any], list[str]]:
    """The cells of a column and the reasons of those that were lost."""
    constants = {key: value for key, value in REQUIRED.items() if key != column}
    text = BASE.format(top=top, column=column, form=form, constants=constants)
    profile = load_profile(tiny.write(folder / "profile.yaml", text))["dossiers"]
    raw = read_raw(tiny.write(folder / name, csv), profile.layout)
    table, faults = Mapper(folder / name, CONTRACTS["dossiers"], profile).map(raw)
    cells = [None if pd.isna(each) else each for each in table[column]]
    return cells, list(faults["reason"])


def refused(folder: Path, column: str, form: str, top: str = "") -> str:
    with pytest.raises(SettingsError) as caught:
        read(folder, column, form, "Mã\na\n", top=top)
    return str(caught.value)


def test_the_first_heading_that_the_file_has_is_taken(tmp_path: Path) -> None:
    form = "[Closed Date, closed_dt]"
    assert read(tmp_path, "unit", form, "Mã,closed_dt\na,X\n") == (["X"], [])
    assert read(tmp_path, "unit", form, "Mã,closed_dt,Closed Date\na,X,Y\n") == (["Y"], [])
    with pytest.raises(InputError, match="'Closed Date' or 'closed_dt'"):
        read(tmp_path, "unit", form, "Mã,closed\na,X\n")


@pytest.mark.parametrize(
    "form",
    [
        "{heading: Đơn vị, optional: true}",
        "{heading: Mã, only_if: {Nhóm: A}, optional: true}",
        "{join: [Mã, Nhóm], optional: true}",
        "{first: [Nhóm, Đơn vị], optional: true}",
        "{cases: [{if: {Nhóm: A}, then: x}], otherwise: y, optional: true}",
    ],
)
def test_an_optional_column_may_be_missing(tmp_path: Path, form: str) -> None:
    assert read(tmp_path, "procedure_code", form, "Mã\na\n") == ([None], [])


def test_an_optional_column_is_taken_where_it_is(tmp_path: Path) -> None:
    form = "{heading: Đơn vị, optional: true}"
    assert read(tmp_path, "procedure_code", form, "Mã,Đơn vị\na,X\n") == (["X"], [])


def test_an_optional_moment_may_lack_what_it_is_moved_by(tmp_path: Path) -> None:
    form = "{heading: Ngày, plus: {days: Hạn}, optional: true}"
    assert read(tmp_path, "due_at", form, "Mã,Ngày\na,2025-01-02\n") == ([None], [])


def test_of_several_headings_an_optional_column_takes_those_that_are_there(tmp_path: Path) -> None:
    form = "{first: [Trả lần hai, Trả], optional: true}"
    assert read(tmp_path, "procedure_code", form, "Mã,Trả\na,x\n") == (["x"], [])
    with pytest.raises(InputError, match="Trả lần hai"):
        read(tmp_path, "procedure_code", "{first: [Trả lần hai, Trả]}", "Mã,Trả\na,x\n")


def test_what_an_empty_cell_means_is_said_as_a_label_or_as_a_code(tmp_path: Path) -> None:
    codes, csv = "codes: {Mạng: online}, others: postal", "Mã,Kênh\na,Mạng\nb,\nc,Thư\n"
    for meaning in ("Mạng", "online"):
        form = f"{{heading: Kênh, {codes}, if_empty: {meaning}}}"
        assert read(tmp_path, "channel", form, csv) == (["online", "online", "postal"], [])
    form = f"{{heading: Kênh, {codes}, if_empty: counter}}"
    assert "'counter' is neither among the labels" in refused(tmp_path, "channel", form)


def test_a_sum_is_empty_or_unreadable_where_one_of_its_cells_is(tmp_path: Path) -> None:
    csv = "Mã,A,B\na,1,2\nb,1,\nc,1,x\n"
    cells = read(tmp_path, "supplement_requests", "{sum: [A, B]}", csv)
    assert cells == ([3, None, None], ["not a whole number"])
    cells = read(tmp_path, "supplement_requests", "{sum: [A], minus: B, if_empty: 0}", csv)
    assert cells == ([-1, 1, None], ["not a whole number"])
    cells = read(tmp_path, "supplement_requests", "{sum: [A, B]}", "Mã,A,B\na,x,\nb,,x\nc,,1\n")
    assert cells == ([None] * 3, ["not a whole number"] * 2)


def test_an_optional_sum_is_of_the_parts_that_are_there(tmp_path: Path) -> None:
    form = "{sum: [A, B], optional: true%s}"
    for more, expected in ((", if_empty: 0", 10), ("", None)):
        cells, _ = read(tmp_path, "supplement_requests", form % more, "Mã,A\na,10\n")
        assert cells == [expected]


TERMS = """\
Mã,Ngày,Loại,Hạn
a,2025-02-03,Hố,5 ngày làm việc
b,2025-02-03,Sơn,2 ngày làm việc
c,2025-02-03,Khác,ba ngày
d,,Khác,
"""


@pytest.mark.parametrize(
    ("length", "reason"),
    [
        ("{heading: Loại, codes: {Hố: 5, Sơn: 2}}", "value outside the code list"),
        ('{heading: Hạn, part: "^[0-9]+"}', "the text has no such part"),
        ("{cases: [{if: {Loại: Hố}, then: 5}, {if: {Loại: Sơn}, then: 2}], otherwise: x}",
         "not a whole number"),
    ],
)  # fmt: skip
def test_a_term_may_depend_on_what_the_case_is(tmp_path: Path, length: str, reason: str) -> None:
    form = f"{{heading: Ngày, plus: {{working_days: {length}}}}}"
    days, reasons = read(tmp_path, "due_at", form, TERMS)
    assert days == [datetime(2025, 2, 10), datetime(2025, 2, 5), None, None]
    assert reasons == [reason]


def test_conditions_of_a_term_are_asked_for_their_numbers(tmp_path: Path) -> None:
    length = "{cases: [{if: {Phí: {more_than: 5}}, then: 9}], otherwise: 1}"
    form = f"{{heading: Ngày, plus: {{days: {length}}}}}"
    text = BASE.format(top="", column="due_at", form=form, constants=REQUIRED)
    profile = load_profile(tiny.write(tmp_path / "profile.yaml", text))["dossiers"]
    raw = read_raw(tiny.write(tmp_path / "raw.csv", "Mã,Ngày,Phí\na,2025-02-03,miễn\n"))
    assert list(comparison_faults(profile.conditions, raw)["value"]) == ["miễn"]


def test_the_quarantine_shows_the_term_that_can_not_be_read(tmp_path: Path) -> None:
    text = BASE.format(top="", column="due_at", constants=REQUIRED,
                       form="{heading: Ngày, plus: {days: Hạn}}")  # fmt: skip
    profile = load_profile(tiny.write(tmp_path / "profile.yaml", text))["dossiers"]
    raw = read_raw(tiny.write(tmp_path / "raw.csv", TERMS))
    _, faults = Mapper(tmp_path / "raw.csv", CONTRACTS["dossiers"], profile).map(raw)
    assert list(faults["value"]) == ["5 ngày làm việc", "2 ngày làm việc", "ba ngày"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{value: x, codes: {x: y}}", "`codes` is for the labels of a heading"),
        ("{sum: [A, B]}", "`sum` is for numbers"),
        ("{heading: A, minus: B}", "`minus` belongs to `sum`"),
        ("{heading: A, part: {split: /, take: 1, from: 2}}", "unknown from"),
        ("{heading: A, part: {pattern: x, split: /}}", "unknown split"),
        ("{heading: A, part: {take: 2}}", "unknown take"),
    ],
)
def test_what_would_be_passed_over_is_refused(tmp_path: Path, form: str, words: str) -> None:
    assert words in refused(tmp_path, "procedure_code", form)


def test_the_first_filled_of_several_columns(tmp_path: Path) -> None:
    csv = "Mã,A,B\na,1,2\nb,,3\nc,,\n"
    assert read(tmp_path, "unit", "{first: [A, B]}", csv) == (["1", "3", None], [])


def test_part_of_a_text_by_pattern_by_place_and_by_position(tmp_path: Path) -> None:
    csv = "Mã,x\na,HS-2025/D7/001\nb,kho\n"
    lost = ["the text has no such part"]
    assert read(tmp_path, "unit", '{heading: x, part: "/(D[0-9]+)/"}', csv) == (["D7", None], lost)
    assert read(tmp_path, "unit", '{heading: x, part: "D[0-9]+"}', csv) == (["D7", None], lost)
    assert read(tmp_path, "unit", '{heading: x, part: {split: "/", take: 2}}', csv) == (
        ["D7", None],
        lost,
    )
    assert read(tmp_path, "unit", "{heading: x, part: {from: 4, to: 7}}", csv) == (
        ["2025", None],
        lost,
    )


def test_a_part_of_the_name_of_the_file(tmp_path: Path) -> None:
    form = '{file_name: "([0-9]{4}-[0-9]{2}-[0-9]{2})"}'
    found = read(tmp_path, "received_at", form, "Mã\na\n", name="ho so 2025-02-28.csv")
    assert found == ([datetime(2025, 2, 28)], [])


def test_an_empty_cell_may_have_a_meaning(tmp_path: Path) -> None:
    form = "{heading: x, codes: {C: counter, O: online}, if_empty: O}"
    assert read(tmp_path, "channel", form, "Mã,x\na,\nb,C\n") == (["online", "counter"], [])


def test_an_empty_cell_has_its_meaning_beside_real_dates_and_numbers(tmp_path: Path) -> None:
    raw = pd.DataFrame(
        {"Mã": [7, None], "Nhận": pd.to_datetime(["2025-02-03", None])}, index=[2, 3]
    ).convert_dtypes()
    text = """
tables:
  dossiers:
    columns:
      dossier_code: {heading: Mã, if_empty: none}
      received_at: {heading: Nhận, if_empty: 2025-01-01}
    constants: {unit: D1}
"""
    profile = load_profile(tiny.write(tmp_path / "profile.yaml", text))["dossiers"]
    table, faults = Mapper(tmp_path / "raw.parquet", CONTRACTS["dossiers"], profile).map(raw)
    assert list(table["dossier_code"]) == ["7", "none"]
    assert list(table["received_at"]) == [datetime(2025, 2, 3), datetime(2025, 1, 1)]
    assert faults.empty


def test_a_name_that_stands_once_for_several_rows_is_filled_down(tmp_path: Path) -> None:
    csv = "Mã,x\na,D1\nb,\nc,D2\n"
    assert read(tmp_path, "unit", "{heading: x, fill_down: true}", csv) == (["D1", "D1", "D2"], [])


def test_yes_and_no_are_labels_like_any_other(tmp_path: Path) -> None:
    csv = "Mã,x\na,Yes\nb,No\nc,Y\n"
    form = "{heading: x, codes: {Yes: online, No: counter, Y: null}}"
    assert read(tmp_path, "channel", form, csv) == (["online", "counter", None], [])


def test_other_labels_have_a_code_only_if_the_profile_gives_one(tmp_path: Path) -> None:
    csv = "Mã,x\na,Web\nb,Fax\n"
    codes = "{heading: x, codes: {Web: online}"
    assert read(tmp_path, "channel", codes + "}", csv) == (
        ["online", None],
        ["value outside the code list"],
    )
    assert read(tmp_path, "channel", codes + ", others: counter}", csv)[0] == ["online", "counter"]
    assert read(tmp_path, "channel", codes + ", others: null}", csv) == (["online", None], [])


@pytest.mark.slow
def test_labels_are_compared_loosely_only_where_the_profile_says_so(tmp_path: Path) -> None:
    csv = "Mã,x\na,TRUC TUYEN\n"
    form = "{heading: x, codes: {Trực tuyến: online}"
    assert read(tmp_path, "channel", form + "}", csv)[0] == [None]
    assert read(tmp_path, "channel", form + ", ignore: [case, accents]}", csv)[0] == ["online"]
    top = "ignore: [case, accents]"
    assert read(tmp_path, "channel", form + "}", csv, top=top)[0] == ["online"]


def test_names_of_offices_become_unit_codes(tmp_path: Path) -> None:
    csv = "Mã,x\na,Sở Nội vụ\nb,Sở Lạ\n"
    found = read(tmp_path, "unit", "x", csv, top="units: {Sở Nội vụ: D7}")
    assert found == (["D7", None], ["unknown unit"])


def test_a_status_follows_from_a_condition(tmp_path: Path) -> None:
    form = (
        "{cases: [{if: {Đóng: filled, Lý do: {contains: rút}}, then: 7},"
        " {if: {Đóng: filled}, then: 9}], otherwise: 4}"
    )
    csv = "Mã,Đóng,Lý do\na,x,công dân rút\nb,x,\nc,,rút\n"
    assert read(tmp_path, "status", form, csv) == ([7, 9, 4], [])


def test_a_cell_counts_only_if_a_condition_holds(tmp_path: Path) -> None:
    """A case that was opened again still has the date on which it was closed first."""
    form = "{heading: Đóng, only_if: {Trạng thái: Closed}}"
    csv = "Mã,Đóng,Trạng thái\na,2025-02-03,Closed\nb,2025-02-03,Reopened\n"
    found = read(tmp_path, "finished_at", form, csv)
    assert found == ([datetime(2025, 2, 3), None], [])


def test_a_value_for_every_row(tmp_path: Path) -> None:
    assert read(tmp_path, "channel", "{value: online}", "Mã\na\n") == (["online"], [])


@pytest.mark.parametrize(
    ("plus", "expected"),
    [
        ("{days: 5}", datetime(2025, 2, 12, 9)),
        ("{days: -7}", datetime(2025, 1, 31, 9)),
        ("{days: Hạn}", datetime(2025, 2, 10, 9)),
        ("{working_days: 1}", datetime(2025, 2, 11, 9)),  # 7 February is a Friday
        ("{working_days: Hạn}", datetime(2025, 2, 13, 9)),
        ("{hours: 36}", datetime(2025, 2, 8, 21)),
        ("{hours: Hạn}", datetime(2025, 2, 7, 12)),
        ("{minutes: 90}", datetime(2025, 2, 7, 10, 30)),
        ("{months: 3}", datetime(2025, 5, 7, 9)),
        ("{months: -2}", datetime(2024, 12, 7, 9)),
    ],
)
def test_a_due_date_counts_from_another_day(tmp_path: Path, plus: str, expected: datetime) -> None:
    form = f'{{heading: Nhận, format: "day-first", plus: {plus}}}'
    csv = "Mã,Nhận,Hạn\na,07/02/2025 09:00,3\nb,,3\n"
    found = read(tmp_path, "due_at", form, csv, top="days_off: [2025-02-10]")
    assert found == ([expected, None], [])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("hours", datetime(2025, 2, 7, 10, 30)),
        ("days", datetime(2025, 2, 8, 21)),
        ("working_days", None),
        ("months", None),
    ],
)
def test_hours_and_days_may_be_a_fraction_and_what_differs_in_length_may_not(
    tmp_path: Path, kind: str, expected: datetime | None
) -> None:
    later = f"{{heading: Nhận, plus: {{{kind}: Hạn}}}}"
    found = read(tmp_path, "due_at", later, "Mã,Nhận,Hạn\na,2025-02-07 09:00,1.5\n")
    assert found == ([expected], [] if expected else ["not a whole number"])


def test_a_day_some_days_later_is_counted_from_the_clock_and_has_none(tmp_path: Path) -> None:
    """A morning and 6.7 days end in the night of the seventh day; a midnight, on the sixth."""
    profile = """
tables:
  decisions:
    columns:
      decision_no: Số
      issued_on: {heading: Nhận, plus: {days: Ngày}}
    constants: {submitted_by: D1}
"""
    csv = "Số,Nhận,Ngày\na,2025-02-07 09:00,6.7\nb,2025-02-07,6.7\nc,2025-02-07 09:00,6\n"
    decisions = load_profile(tiny.write(tmp_path / "profile.yaml", profile))["decisions"]
    raw = read_raw(tiny.write(tmp_path / "raw.csv", csv), decisions.layout)
    table, _ = Mapper(tmp_path / "raw.csv", CONTRACTS["decisions"], decisions).map(raw)
    assert [day.to_pydatetime() for day in table["issued_on"]] == [
        datetime(2025, 2, 14), datetime(2025, 2, 13), datetime(2025, 2, 13),
    ]  # fmt: skip


def test_a_fiscal_year_is_said_by_its_first_year(tmp_path: Path) -> None:
    csv = "Mã,Năm\na,2023-24\n"
    year = 'heading: Năm, part: "^([0-9]{4})-", format: "%Y"'
    first = read(tmp_path, "received_at", f"{{{year}, plus: {{months: 3}}}}", csv)
    last = read(tmp_path, "due_at", f"{{{year}, end_of: {{months: 15}}}}", csv)
    assert (first, last) == (([datetime(2023, 4, 1)], []), ([datetime(2024, 3, 31)], []))


def test_working_days_from_a_weekend_begin_on_monday(tmp_path: Path) -> None:
    form = "{heading: Nhận, plus: {working_days: 1}}"
    found = read(tmp_path, "due_at", form, "Mã,Nhận\na,2025-02-08\n")
    assert found == ([datetime(2025, 2, 10)], [])


def test_a_limit_that_is_no_number_is_a_fault(tmp_path: Path) -> None:
    form = "{heading: Nhận, plus: {days: Hạn}}"
    csv = "Mã,Nhận,Hạn\na,2025-02-07,ba ngày\nb,2025-02-07,\nc,?,3\n"
    found = read(tmp_path, "due_at", form, csv)
    assert found == ([None] * 3, ["not a number", "unreadable date"])


def test_days_between_two_columns(tmp_path: Path) -> None:
    form = "{days_between: [Nhận, Trả], format: day-first}"
    csv = "Mã,Nhận,Trả\na,07/02/2025 23:00,10/02/2025 01:00\nb,07/02/2025,\nc,hôm qua,01/01/2025\n"
    found = read(tmp_path, "waiting_days", form, csv)
    assert found == ([3, None, None], ["not a whole number"])


def test_the_first_day_of_a_half_year_from_its_last_and_the_last_from_its_first(
    tmp_path: Path,
) -> None:
    csv = "Mã,x\na,2016-06-30\n"
    first = read(tmp_path, "received_at", "{heading: x, start_of: {months: 6}}", csv)
    assert first == ([datetime(2016, 1, 1)], [])
    csv = "Mã,x\na,2016-01-01\n"
    last = read(tmp_path, "received_at", "{heading: x, end_of: {months: 6}}", csv)
    assert last == ([datetime(2016, 6, 30)], [])


def test_numbers_are_written_as_the_profile_says(tmp_path: Path) -> None:
    csv = 'Mã;x\na;1.500\nb;"12"\nc;1.5\n'
    vietnamese = '{heading: x, number: {decimal: ",", thousands: "."}}'
    lost = ["not a whole number"]
    assert read(tmp_path, "waiting_days", vietnamese, csv) == ([1500, 12, None], lost)
    assert read(tmp_path, "waiting_days", "x", csv) == ([None, 12, None], lost * 2)


def test_formats_and_zones_are_stated_once_for_all_columns(tmp_path: Path) -> None:
    top = "zone: {written: UTC, local: Asia/Ho_Chi_Minh}\nformat: [month-first, epoch seconds]"
    csv = "Mã,x\na,02/28/2025 08:00 PM\nb,1740772800\n"
    assert read(tmp_path, "due_at", "x", csv, top=top)[0] == [datetime(2025, 3, 1, 3)] * 2


def test_a_column_may_be_written_in_another_zone(tmp_path: Path) -> None:
    form = "{heading: x, zone: UTC}"
    csv = "Mã,x\na,2025-02-28 20:00\n"
    top = "zone: Asia/Ho_Chi_Minh"
    assert read(tmp_path, "due_at", form, csv, top=top)[0] == [datetime(2025, 3, 1, 3)]
    assert read(tmp_path, "due_at", form, csv)[0] == [datetime(2025, 2, 28, 20)]


@pytest.mark.parametrize(
    ("column", "form", "words"),
    [
        ("unit", "{}", "needs `heading: text`"),
        ("unit", "{heading: a, join: [b, c]}", "heading and join cannot stand together"),
        ("unit", "{join: [a]}", "at least 2"),
        ("unit", "{heading: a, with: x}", "`with` belongs to `join`"),
        ("unit", "{heading: a, otherwise: x}", "`otherwise` belongs to `cases`"),
        ("unit", "{heading: a, others: x}", "`others` belongs to `codes`"),
        ("unit", "{heading: a, optional: Yes}", "expected true or false"),
        ("unit", "{heading: a, format: iso}", "`format` is for days and moments"),
        ("unit", "{heading: a, zone: UTC}", "`zone` is for days and moments"),
        ("unit", "{heading: a, number: {}}", "`number` is for numbers"),
        ("unit", "{heading: a, ignore: colour}", "Known are accents, case"),
        ("unit", '{heading: a, part: "("}', "no usable pattern"),
        ("unit", "{heading: a, part: {from: 5, to: 4}}", "from 5 on"),
        ("unit", "{heading: a, part: {split: ''}}", "split: expected a text"),
        ("unit", "{heading: a, codes: {x: [1]}}", "expected a single value"),
        ("unit", "{heading: a, ignore: case, codes: {x: 1, X: 2}}", "'X' has two codes"),
        ("unit", "{cases: []}", "expected a list"),
        ("unit", "{cases: [{if: {}, then: a}]}", "cases[1].if: a condition needs"),
        ("unit", "{file_name: '(a)(b)'}", "one group"),
        ("due_at", "{heading: a, format: dmy}", "'dmy' is no format of dates"),
        ("due_at", "{heading: a, format: epoch seconds}", "need a time zone"),
        ("due_at", "{heading: a, zone: Hanoi}", "no time zone 'Hanoi'"),
        ("due_at", "{heading: a, zone: ../../etc/passwd}", "no time zone"),
        ("due_at", "{heading: a, plus: 5}", "expected a mapping"),
        ("due_at", "{heading: a, plus: {days: 40000}}", "at most 36,600 days"),
        ("due_at", "{heading: a, plus: {weeks: 1}}", "unknown weeks"),
        ("due_at", "{heading: a, plus: {days: 1}, start_of: {months: 1}}", "one of plus"),
        ("due_at", "{heading: a, start_of: {months: 0}}", "from 1 on"),
        ("due_at", "{heading: a, start_of: {months: 121}}", "at most 120 months"),
        ("waiting_days", "{heading: a, plus: {days: 1}}", "`plus` is for days and moments"),
        ("waiting_days", "{days_between: [a, b, c]}", "expected two headings"),
        ("waiting_days", "{heading: a, number: {decimal: x}}", "'x' is not known"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(
    tmp_path: Path, column: str, form: str, words: str
) -> None:
    message = refused(tmp_path, column, form)
    assert words.replace("no usable", "not a usable") in message
    assert f"profile.yaml: dossiers.{column}" in message


@pytest.mark.parametrize(
    ("top", "words"),
    [
        ("tittle: x", "unknown tittle"),
        ("zone: Mars", "no time zone 'Mars'"),
        ("units: 5", "expected office names"),
        ("units: {}", "expected office names"),
        ("days_off: [Tết]", "is no day such as 2025-01-31"),
        ("layout: {sheets: x}", "unknown sheets"),
        ("layout: {delimiter: ab}", "one character"),
        ("layout: {encoding: klingon}", "one of utf-8"),
        ("layout: {header_rows: [2, 1]}", "ascending"),
        ("layout: {ragged: drop}", "one of refuse, set_aside"),
        ("description: 5", "description: expected a text"),
        ("format: dmy", "no format of dates"),
    ],
)
def test_what_stands_above_the_tables_is_checked_too(tmp_path: Path, top: str, words: str) -> None:
    assert words in refused(tmp_path, "unit", "x", top)


def test_a_column_is_not_a_constant_at_once(tmp_path: Path) -> None:
    text = "tables: {dossiers: {columns: {unit: a}, constants: {unit: D1}}}"
    with pytest.raises(SettingsError, match="unit is both a column and a constant"):
        load_profile(tiny.write(tmp_path / "profile.yaml", text))


def test_a_layout_is_stated_for_all_tables_and_refined_for_one(tmp_path: Path) -> None:
    text = """
layout: {header_rows: [3, 4], empty: [N/A, NULL, "-", null]}
tables:
  dossiers: {layout: {footer: "Nguồn*"}}
  feedback: {layout: {header_rows: 1}}
"""
    profile = load_profile(tiny.write(tmp_path / "profile.yaml", text))
    dossiers, feedback = profile["dossiers"].layout, profile["feedback"].layout
    assert (dossiers.header_rows, dossiers.footer) == ((3, 4), "Nguồn*")
    assert (feedback.header_rows, feedback.footer) == ((1,), None)
    assert dossiers.empty == feedback.empty == ("N/A", "NULL", "-", "null")
