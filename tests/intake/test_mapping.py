from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from briefings.errors import InputError
from briefings.intake.contract import DTYPES, Column, Contract
from briefings.intake.mapping import Mapper
from briefings.intake.profiles import TableProfile
from briefings.intake.source import Source
from briefings.intake.written_dates import DateReading, read_moments
from tests import tiny
from tests.whole import read_raw

CONTRACT = Contract(
    name="things",
    key=("code",),
    columns=(
        Column("code", required=True),
        Column("day", "day"),
        Column("moment", "moment"),
        Column("number", "whole"),
        Column("paid", "flag"),
        Column("channel", values=("online", "counter")),
    ),
)
PLAIN = {"code": Source(("Mã",))}


def mapped(
    raw: pd.DataFrame, columns: Mapping[str, Source], constants: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, list[tuple[Any, ...]]]:
    """The typed table, and the faults as (row, column, value, reason)."""
    profile = TableProfile({**PLAIN, **columns}, constants or {})
    table, faults = Mapper(Path("raw.csv"), CONTRACT, profile).map(raw)
    return table, list(faults.itertuples(index=False, name=None))


def csv(folder: Path, heading: str, *cells: str) -> pd.DataFrame:
    """A file with a code and one more column."""
    rows = [f"A{number},{cell}" for number, cell in enumerate(cells, 1)]
    return read_raw(tiny.write(folder / "raw.csv", "\n".join([f"Mã,{heading}", *rows]) + "\n"))


def xlsx(folder: Path, heading: str, *cells: object) -> pd.DataFrame:
    book = Workbook()
    for row in (["Mã", heading], *([f"A{n}", cell] for n, cell in enumerate(cells, 1))):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "raw.xlsx")
    return read_raw(folder / "raw.xlsx")


def parquet(folder: Path, cells: object) -> pd.DataFrame:
    array = pa.array(cells)
    codes = [f"A{number}" for number in range(1, len(array) + 1)]
    pq.write_table(pa.table({"Mã": codes, "x": array}), folder / "raw.parquet")
    return read_raw(folder / "raw.parquet")


def formats(*each: str) -> DateReading:
    return DateReading(tuple(filter(None, each)))


def plain(column: pd.Series[Any]) -> list[Any]:
    return [None if pd.isna(value) else value for value in column]


def test_a_table_has_exactly_the_columns_of_its_contract_in_their_types(tmp_path: Path) -> None:
    table, faults = mapped(csv(tmp_path, "Người nộp", "Nguyễn Thị Bí Mật"), {})
    assert tuple(table.columns) == CONTRACT.column_names
    for column in CONTRACT.columns:
        assert table[column.name].dtype == pd.Series(dtype=DTYPES[column.kind]).dtype
    assert not faults


def test_rows_keep_their_number_in_the_file(tmp_path: Path) -> None:
    table, _ = mapped(csv(tmp_path, "x", "1", "2"), {})
    assert list(table.index) == [2, 3]


@pytest.mark.parametrize(
    ("date_format", "cell", "expected"),
    [
        ("%d/%m/%Y %H:%M", "03/02/2025 16:30", datetime(2025, 2, 3, 16, 30)),
        ("%d/%m/%Y", "03/02/2025", datetime(2025, 2, 3)),
        ("%H:%M %d-%m-%y", "08:15 03-02-25", datetime(2025, 2, 3, 8, 15)),
        ("", "2025-02-03", datetime(2025, 2, 3)),
        ("", "2025-02-03 16:30", datetime(2025, 2, 3, 16, 30)),
        ("", "2025-02-03T16:30:59", datetime(2025, 2, 3, 16, 30, 59)),
        ("", "9999-12-31", datetime(9999, 12, 31)),
    ],
)
def test_dates_are_read_by_the_format_of_the_profile(
    tmp_path: Path, date_format: str, cell: str, expected: datetime
) -> None:
    source = {"moment": Source(("x",), dates=formats(date_format))}
    for raw in (csv(tmp_path, "x", cell), xlsx(tmp_path, "x", cell)):
        table, faults = mapped(raw, source)
        assert plain(table["moment"]) == [expected]
        assert not faults


@pytest.mark.parametrize(
    ("date_format", "cell"),
    [
        ("%d/%m/%Y", "30/02/2025"),
        ("%d/%m/%Y", "02/13/2025"),
        ("%d/%m/%Y", "2025-02-03"),
        ("%d/%m/%Y %H:%M", "03/02/2025"),
        ("", "03/02/2025"),
        ("", "2025-02-30"),
        ("", "hôm qua"),
        ("", "45691"),
        ("", "2025"),  # a year is no day
        ("", "2025-02"),
    ],
)
def test_a_date_that_cannot_be_read_becomes_a_fault(
    tmp_path: Path, date_format: str, cell: str
) -> None:
    source = {"day": Source(("x",), dates=formats(date_format))}
    for raw in (csv(tmp_path, "x", "", cell), xlsx(tmp_path, "x", None, cell)):
        table, faults = mapped(raw, source)
        assert plain(table["day"]) == [None, None]
        assert faults == [(3, "day", cell, "unreadable date")]


def test_a_time_with_its_zone_is_local_time_or_a_fault_but_no_crash(tmp_path: Path) -> None:
    cells = ("2025-02-03T16:30:00+07:00", "2025-02-03T16:30:00", "2025-02-03T09:30:00Z")
    for raw in (csv(tmp_path, "x", *cells), xlsx(tmp_path, "x", *cells)):
        table, faults = mapped(raw, {"moment": Source(("x",))})
        local = datetime(2025, 2, 3, 16, 30)
        faulty = {row for row, _, _, _ in faults}
        assert all(table["moment"][row] == local for row in {2, 3} - faulty)
        assert 3 not in faulty


def test_a_day_loses_its_hour_and_a_moment_keeps_it(tmp_path: Path) -> None:
    source = Source(("x",), dates=formats("%d/%m/%Y %H:%M"))
    raw = csv(tmp_path, "x", "03/02/2025 16:30")
    table, _ = mapped(raw, {"day": source, "moment": source})
    assert plain(table["day"]) == [datetime(2025, 2, 3)]
    assert plain(table["moment"]) == [datetime(2025, 2, 3, 16, 30)]


def test_a_workbook_gives_real_dates_serial_numbers_and_text(tmp_path: Path) -> None:
    raw = xlsx(
        tmp_path, "x", date(2025, 2, 3), datetime(2025, 2, 3, 16, 30), 45_691, 45_691.6875,
        "03/02/2025", None,
    )  # fmt: skip
    table, faults = mapped(raw, {"moment": Source(("x",), dates=formats("%d/%m/%Y"))})
    assert plain(table["moment"]) == [
        datetime(2025, 2, 3),
        datetime(2025, 2, 3, 16, 30),
        datetime(2025, 2, 3),
        datetime(2025, 2, 3, 16, 30),
        datetime(2025, 2, 3),
        None,
    ]
    assert not faults


@pytest.mark.parametrize("date_format", ["", "%d/%m/%Y"])
@pytest.mark.parametrize("cells", [(45_691, 45_692), (45_691, None), (45_691.0, 45_692.25)])
def test_a_column_of_serial_numbers_alone_is_read_as_dates(
    tmp_path: Path, cells: tuple[object, ...], date_format: str
) -> None:
    table, faults = mapped(
        xlsx(tmp_path, "x", *cells), {"day": Source(("x",), dates=formats(date_format))}
    )
    days = [datetime(2025, 2, 3), datetime(2025, 2, 4) if cells[1] else None]
    assert plain(table["day"]) == days
    assert not faults


@pytest.mark.parametrize("cell", [0, -1, 20_250_203, 10**12])
def test_a_number_that_is_no_serial_date_becomes_a_fault(tmp_path: Path, cell: int) -> None:
    """`20250203` typed as a number is not the year 57342."""
    table, faults = mapped(xlsx(tmp_path, "x", date(2025, 2, 3), cell), {"day": Source(("x",))})
    assert plain(table["day"]) == [datetime(2025, 2, 3), None]
    assert faults == [(3, "day", str(cell), "unreadable date")]


def test_parquet_gives_days_and_moments(tmp_path: Path) -> None:
    moment = datetime(2025, 1, 31, 18)
    for cells in ([date(2025, 1, 31), None], pa.array([moment, None], pa.timestamp("ns"))):
        table, faults = mapped(parquet(tmp_path, cells), {"day": Source(("x",))})
        assert plain(table["day"]) == [datetime(2025, 1, 31), None]
        assert not faults


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0", 0), ("12", 12), ("-3", -3), ("007", 7), ("12.0", 12), ("1000000000000000", 10**15)],
)
def test_whole_numbers_are_read(tmp_path: Path, cell: str, number: int) -> None:
    for raw in (csv(tmp_path, "x", cell), xlsx(tmp_path, "x", cell), xlsx(tmp_path, "x", number)):
        table, faults = mapped(raw, {"number": Source(("x",))})
        assert plain(table["number"]) == [number]
        assert not faults


@pytest.mark.parametrize("cell", ["2.5", "mười", "inf", "1 000", "1_000", "0x10", "--1"])
def test_anything_but_a_whole_number_becomes_a_fault(tmp_path: Path, cell: str) -> None:
    table, faults = mapped(csv(tmp_path, "x", cell, ""), {"number": Source(("x",))})
    assert plain(table["number"]) == [None, None]
    assert faults == [(2, "number", cell, "not a whole number")]


@pytest.mark.parametrize("cell", ["150.000", "1.000", "1e3"])
def test_a_vietnamese_thousand_is_never_read_as_a_small_number(tmp_path: Path, cell: str) -> None:
    """`150.000` is a hundred and fifty thousand đồng, or a fault; never 150."""
    table, faults = mapped(csv(tmp_path, "x", cell), {"number": Source(("x",))})
    assert plain(table["number"]) == [None]
    assert faults == [(2, "number", cell, "not a whole number")]


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("true", True), ("TRUE", True), ("1", True), ("false", False), ("False", False), ("0", False)],
)
def test_flags_are_true_or_false(tmp_path: Path, cell: str, flag: bool) -> None:
    for raw in (csv(tmp_path, "x", cell), xlsx(tmp_path, "x", cell), xlsx(tmp_path, "x", flag)):
        table, faults = mapped(raw, {"paid": Source(("x",))})
        assert plain(table["paid"]) == [flag]
        assert not faults


def test_any_other_flag_becomes_a_fault(tmp_path: Path) -> None:
    table, faults = mapped(csv(tmp_path, "x", "có lẽ", "2"), {"paid": Source(("x",))})
    assert plain(table["paid"]) == [None, None]
    assert faults == [
        (2, "paid", "có lẽ", "neither true nor false"),
        (3, "paid", "2", "neither true nor false"),
    ]


def test_labels_become_codes_and_an_unknown_label_a_fault(tmp_path: Path) -> None:
    source = Source(("x",), codes={"Trực tuyến": "online", "Trực tiếp": "counter"})
    raw = csv(tmp_path, "x", "Trực tuyến", "Trực tiếp ", "", "Qua điện thoại")
    table, faults = mapped(raw, {"channel": source})
    assert plain(table["channel"]) == ["online", "counter", None, None]
    assert faults == [(5, "channel", "Qua điện thoại", "value outside the code list")]


def test_an_unknown_label_of_a_coded_number_is_outside_the_code_list(tmp_path: Path) -> None:
    source = Source(("x",), codes={"Đang xử lý": "4"})
    table, faults = mapped(csv(tmp_path, "x", "Đang xử lý", "Đang chờ"), {"number": source})
    assert plain(table["number"]) == [4, None]
    assert faults == [(3, "number", "Đang chờ", "value outside the code list")]


def test_numbers_of_a_workbook_are_coded_as_they_are_written(tmp_path: Path) -> None:
    source = Source(("x",), codes={"1": "online", "2": "counter"})
    for cells in ((1, 2, None), (1.0, "2", None), ("1", "2", None)):
        table, faults = mapped(xlsx(tmp_path, "x", *cells), {"channel": source})
        assert plain(table["channel"]) == ["online", "counter", None]
        assert not faults


def test_a_numeric_code_stays_whole_beside_an_empty_cell(tmp_path: Path) -> None:
    """District 288 must not become `288.0`, which is no unit."""
    for raw in (xlsx(tmp_path, "x", 288, None), parquet(tmp_path, [288, None])):
        table, _ = mapped(raw, {"code": Source(("x",))})
        assert plain(table["code"]) == ["288", None]


def test_a_long_numeric_code_keeps_every_digit_beside_an_empty_cell(tmp_path: Path) -> None:
    long = 2**53 + 1
    table, _ = mapped(parquet(tmp_path, [long, None]), {"code": Source(("x",))})
    assert plain(table["code"]) == [str(long), None]


def test_a_text_code_keeps_its_zeros(tmp_path: Path) -> None:
    for raw in (csv(tmp_path, "x", "007"), xlsx(tmp_path, "x", "007"), parquet(tmp_path, ["007"])):
        table, _ = mapped(raw, {"code": Source(("x",))})
        assert plain(table["code"]) == ["007"]


def test_several_headings_are_joined_into_one_column(tmp_path: Path) -> None:
    raw = csv(tmp_path, "Số", "1", "")
    table, faults = mapped(raw, {"code": Source(("Mã", "Số"), take="join", glue="/")})
    assert plain(table["code"]) == ["A1/1", None]
    assert not faults


def test_a_date_and_a_time_are_joined_into_a_moment(tmp_path: Path) -> None:
    raw = read_raw(tiny.write(tmp_path / "raw.csv", "Mã,Ngày,Giờ\nA1,03/02/2025,16:30\n"))
    source = Source(("Ngày", "Giờ"), take="join", glue=" ", dates=formats("%d/%m/%Y %H:%M"))
    table, _ = mapped(raw, {"moment": source})
    assert plain(table["moment"]) == [datetime(2025, 2, 3, 16, 30)]


def test_constants_fill_a_column(tmp_path: Path) -> None:
    raw = csv(tmp_path, "x", "1", "2")
    table, _ = mapped(raw, {}, {"channel": "online", "number": "7", "paid": "True"})
    assert plain(table["channel"]) == ["online", "online"]
    assert plain(table["number"]) == [7, 7]
    assert plain(table["paid"]) == [True, True]


def test_a_missing_heading_is_refused_and_the_headings_of_the_file_are_listed(
    tmp_path: Path,
) -> None:
    raw = csv(tmp_path, "Ngay tiep nhan", "1")
    with pytest.raises(InputError) as caught:
        mapped(raw, {"day": Source(("Ngày tiếp nhận",)), "number": Source(("Số",))})
    assert "raw.csv: missing column 'Ngày tiếp nhận' (for day), 'Số' (for number)" in str(
        caught.value
    )
    assert "The file has: Mã, Ngay tiep nhan" in caught.value.advice


@pytest.mark.parametrize("headings", [("Huyện", "Mã"), ("Mã", "Huyện"), ("Huyện", "Xã")])
def test_every_missing_heading_of_a_join_is_named(
    tmp_path: Path, headings: tuple[str, ...]
) -> None:
    with pytest.raises(InputError, match="missing column") as caught:
        mapped(csv(tmp_path, "x", "1"), {"code": Source(headings, take="join")})
    for heading in set(headings) - {"Mã"}:
        assert f"'{heading}' (for code)" in caught.value.message


def test_a_required_column_that_the_profile_forgets_is_refused(tmp_path: Path) -> None:
    raw = csv(tmp_path, "x", "1")
    with pytest.raises(InputError, match="maps nothing to code of things"):
        Mapper(Path("raw.csv"), CONTRACT, TableProfile({"number": Source(("x",))}, {})).map(raw)


@pytest.mark.slow
def test_a_table_without_rows_is_mapped(tmp_path: Path) -> None:
    for raw in (csv(tmp_path, "x"), xlsx(tmp_path, "x")):
        for name in ("day", "number", "paid", "channel"):
            table, faults = mapped(raw, {name: Source(("x",), codes={"a": "b"})})
            assert tuple(table.columns) == CONTRACT.column_names
            assert (len(table), faults) == (0, [])


def test_a_time_with_a_zone_is_not_taken_for_local_time() -> None:
    """20:00 UTC on 28 February is 1 March in Vietnam: which day it is, nobody has said."""
    moments = pd.Series(pd.to_datetime(["2025-02-28T20:00Z"]), index=[2])
    assert read_moments(moments, DateReading()).isna().all()
