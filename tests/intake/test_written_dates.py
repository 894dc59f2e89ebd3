from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.intake.parts_of_year import PARTS
from briefings.intake.written_dates import (
    FIRST_SECOND,
    LAST_SECOND,
    DateReading,
    parse_formats,
    read_moments,
)

HANOI, BOSTON = "Asia/Ho_Chi_Minh", "America/New_York"


def read(*cells: object, formats: tuple[str, ...] = (), written: str = "", local: str = "") -> Any:
    dtype: Any = "str" if all(isinstance(cell, str) for cell in cells) else object
    moments = read_moments(
        pd.Series(cells, dtype=dtype), DateReading(formats, written or local, local)
    )
    found = [None if pd.isna(each) else each.to_pydatetime() for each in moments]
    return found if len(cells) > 1 else found[0]


@pytest.mark.parametrize(
    ("form", "cell", "expected"),
    [
        ("day-first", "3/2/2025", datetime(2025, 2, 3)),
        ("day-first", "03-02-2025 16:30", datetime(2025, 2, 3, 16, 30)),
        ("day-first", "03.02.25 16:30:05", datetime(2025, 2, 3, 16, 30, 5)),
        ("day-first", "03/02/2025 04:30 CH", datetime(2025, 2, 3, 16, 30)),
        ("day-first", "03/02/2025 12:05 SA", datetime(2025, 2, 3, 0, 5)),
        ("month-first", "2/3/2025", datetime(2025, 2, 3)),
        ("month-first", "02/03/2025 04:30:00 PM", datetime(2025, 2, 3, 16, 30)),
        ("month-first", "02/03/2025 12:00:00 AM", datetime(2025, 2, 3)),
        ("month-first", "02/03/2025 12:15:00 p.m.", datetime(2025, 2, 3, 12, 15)),
        ("year-first", "2025/2/3 7:05", datetime(2025, 2, 3, 7, 5)),
        ("month-first", "1/31/69", datetime(1969, 1, 31)),
        ("month-first", "1/31/68", datetime(2068, 1, 31)),
        ("excel", "45691", datetime(2025, 2, 3)),
        ("excel", "45691.6875", datetime(2025, 2, 3, 16, 30)),
        ("excel 1904", "44229", datetime(2025, 2, 3)),
        ("excel 1904", 44229, datetime(2025, 2, 3)),
        ("quarter", "2024-Q3", datetime(2024, 7, 1)),
        ("quarter", "Q1 2024", datetime(2024, 1, 1)),
        ("quarter", "Quý IV/2024", datetime(2024, 10, 1)),
        ("quarter", "Quarter 2 2024", datetime(2024, 4, 1)),
        ("quarter", "3Q2024", datetime(2024, 7, 1)),
        ("quarter", "Q5 2024", None),
        ("quarter", "Q3 24", None),
        ("quarter", "H1 2024", None),
        ("half-year", "2024-H1", datetime(2024, 1, 1)),
        ("half-year", "2024H2", datetime(2024, 7, 1)),
        ("half-year", "H1 2024", datetime(2024, 1, 1)),
        ("half-year", "H2/2024", datetime(2024, 7, 1)),
        ("half-year", "1H 2024", datetime(2024, 1, 1)),
        ("half-year", "2H2024", datetime(2024, 7, 1)),
        ("half-year", "2024 S1", datetime(2024, 1, 1)),
        ("half-year", "S2-2024", datetime(2024, 7, 1)),
        ("half-year", "Semestre 2/2024", datetime(2024, 7, 1)),
        ("half-year", "H3 2024", None),
        ("half-year", "H12024", None),
        ("half-year", "H1 24", None),
        ("half-year", "2024-Q1", None),
        ("iso", "2025-02-03T16:30:00.000", datetime(2025, 2, 3, 16, 30)),
        ("%d-%b-%y", "03-Feb-25", datetime(2025, 2, 3)),
    ],
)
def test_a_word_stands_for_the_usual_ways_to_write_an_order(
    form: str, cell: str, expected: datetime
) -> None:
    assert read(cell, formats=(form,)) == expected


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("day-first", "02/13/2025"),
        ("month-first", "13/02/2025"),
        ("day-first", "30/02/2025"),
        ("day-first", "03/02-2025"),
        ("day-first", "03/02/2025 13:00 PM"),
        ("day-first", "03/02/2025 00:30 AM"),
        ("day-first", "03/02/2025 24:30"),
        ("day-first", "2025-02-03"),
        ("excel", "03/02/2025"),
        ("excel", "0"),
        ("epoch seconds", "45691"),
        ("epoch seconds", "2025-02-03"),
    ],
)
def test_what_does_not_keep_to_the_order_is_no_date(form: str, cell: str) -> None:
    assert read(cell, formats=(form,), local=HANOI) is None


def test_several_formats_are_tried_in_order() -> None:
    cells = ("2025-02-03 16:30:00", "03/02/2025 16:30:00", "03/02/2025", "hôm qua")
    same = datetime(2025, 2, 3, 16, 30)
    found = read(*cells, formats=("iso", "day-first"))
    assert found == [same, same, datetime(2025, 2, 3), None]


def test_a_cell_that_two_formats_read_differently_is_lost() -> None:
    """5 June or 6 May: nobody can tell, and the order of the formats is no evidence."""
    cells = ("05/06/2025", "06/06/2025", "25/06/2025")
    found = read(*cells, formats=("day-first", "month-first"))
    assert found == [None, datetime(2025, 6, 6), datetime(2025, 6, 25)]


def test_an_offset_becomes_the_clock_time_of_the_office() -> None:
    cells = ("2025-02-28T20:00:00Z", "2025-03-01T03:00:00+07:00", "2025-03-01 03:00:00")
    assert read(*cells, local=HANOI) == [datetime(2025, 3, 1, 3)] * 3
    assert read("2022-01-01T00:30:00+00:00", local=BOSTON) == datetime(2021, 12, 31, 19, 30)
    assert read("2022-01-01 00:30:00 UTC", local=BOSTON) == datetime(2021, 12, 31, 19, 30)
    pattern = ("%d/%m/%Y %H:%M %z",)
    assert read("28/02/2025 20:00 +0000", formats=pattern, local=HANOI) == datetime(2025, 3, 1, 3)


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("year-first", "2025/02/28 20:00:00+00"),
        ("year-first", "2025.2.28 20:00 UTC"),
        ("day-first", "01/03/2025 03:00 +0700"),
        ("day-first", "28-02-25 20:00Z"),
        ("day-first", "28/02/2025 08:00 PM +00:00"),
        ("month-first", "2/28/2025, 14:30 -05:30"),
    ],
)
def test_an_offset_stands_behind_the_clock_of_any_order(form: str, cell: str) -> None:
    assert read(cell, formats=(form,), written="UTC", local=HANOI) == datetime(2025, 3, 1, 3)
    assert read(cell, formats=(form,)) is None


@pytest.mark.parametrize("cell", ["28/02/2025+07", "28/02/2025 20:00+7", "28/02/2025 20:00+99"])
def test_what_is_no_offset_makes_no_date(cell: str) -> None:
    assert read(cell, formats=("day-first",), local=HANOI) is None


def test_an_offset_without_a_stated_zone_is_lost() -> None:
    assert read("2025-02-28T20:00:00Z") is None
    assert read("28/02/2025 20:00 +0000", formats=("%d/%m/%Y %H:%M %z",)) is None
    assert read_moments(
        pd.Series(pd.to_datetime(["2025-02-28T20:00Z"])), DateReading()
    ).isna().all()  # fmt: skip


def test_clock_times_written_in_utc_become_local_ones() -> None:
    found = read("2025-02-28 20:00:00", written="UTC", local=HANOI)
    assert found == datetime(2025, 3, 1, 3)


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("iso", "2025-03-01"),
        ("iso", "20250301"),
        ("iso", date(2025, 3, 1)),
        ("day-first", "01/03/2025"),
        ("%d.%m.%Y", "01.03.2025"),
        ("excel", "45717"),
        ("excel 1904", "44255"),
        ("iso", 45_717),
        ("quarter", "Q1 2025"),
        ("half-year", "1H 2025"),
    ],
)
def test_a_day_without_a_clock_is_the_same_day_in_every_zone(form: str, cell: object) -> None:
    day = datetime(2025, 1, 1) if form in PARTS else datetime(2025, 3, 1)
    assert read(cell, formats=(form,), written="UTC", local=BOSTON) == day


@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("iso", "2025-03-01 00:00:00"),
        ("iso", datetime(2025, 3, 1)),
        ("day-first", "01/03/2025 0:00"),
        ("%d.%m.%Y %H:%M", "01.03.2025 00:00"),
        ("%d.%m.%Y %I %p", "01.03.2025 12 AM"),
    ],
)
def test_a_midnight_that_is_written_or_typed_is_a_moment(form: str, cell: object) -> None:
    found = read(cell, formats=(form,), written="UTC", local=BOSTON)
    assert found == datetime(2025, 2, 28, 19)


def test_days_and_moments_stand_in_one_column() -> None:
    cells = ("2025-03-01", "2025-03-01 12:00", "2025-03-01T12:00Z", "?")
    noon = datetime(2025, 3, 1, 7)
    assert read(*cells, written="UTC", local=BOSTON) == [datetime(2025, 3, 1), noon, noon, None]
    typed = (date(2025, 3, 1), datetime(2025, 3, 1, 12), 45_717, 45_717.5, None)
    assert read(*typed, written="UTC", local=BOSTON) == [
        *[datetime(2025, 3, 1), noon] * 2,
        None,
    ]


def test_a_day_whose_midnight_clocks_leave_out_is_still_a_day() -> None:
    """In Havana clocks went from 0:00 to 1:00 on 9 March 2025."""
    day, midnight = "2025-03-09", "2025-03-09 00:00"
    found = read(day, midnight, written="America/Havana", local="UTC")
    assert found == [datetime(2025, 3, 9), None]


def test_an_hour_that_occurs_twice_or_never_is_lost_if_it_must_be_converted() -> None:
    twice, never = "2024-11-03 01:30:00", "2024-03-10 02:30:00"
    assert read(twice, never, written=BOSTON, local="UTC") == [None, None]
    assert read(twice, local=BOSTON) == datetime(2024, 11, 3, 1, 30)  # nothing to convert


def test_seconds_since_1970_are_counted_in_utc() -> None:
    assert read("1740772800", formats=("epoch seconds",), local=HANOI) == datetime(2025, 3, 1, 3)
    assert read(1740772800000, formats=("epoch milliseconds",), local=HANOI) == datetime(
        2025, 3, 1, 3
    )
    assert read(1740772800, formats=("epoch seconds",)) is None


def test_typed_cells_stand_beside_texts() -> None:
    cells = (date(2025, 2, 3), datetime(2025, 2, 3, 16, 30), 45_691, "03/02/2025", None, "?")
    found = read(*cells, formats=("day-first",))
    day = datetime(2025, 2, 3)
    assert found == [day, datetime(2025, 2, 3, 16, 30), day, day, None, None]


def test_a_column_of_dates_with_and_without_a_zone() -> None:
    cells = pd.Series(pd.to_datetime(["2025-02-28T20:00Z"]))
    assert read_moments(cells, DateReading((), HANOI, HANOI)).tolist() == [
        pd.Timestamp(2025, 3, 1, 3)
    ]
    naive = pd.Series(pd.to_datetime(["2025-02-28T20:00"]))
    assert read_moments(naive, DateReading((), "UTC", HANOI)).tolist() == [
        pd.Timestamp(2025, 3, 1, 3)
    ]


@pytest.mark.slow
@given(st.datetimes(datetime(1990, 1, 2), datetime(2068, 12, 31)), st.sampled_from("/-. "))
def test_every_moment_is_read_back_from_every_order(moment: datetime, sign: str) -> None:
    moment = moment.replace(microsecond=0)
    for order, parts in (("day-first", "dmY"), ("month-first", "mdY"), ("year-first", "Ymd")):
        written = sign.join(f"%{part}" for part in parts)
        assert read(moment.strftime(f"{written} %H:%M:%S"), formats=(order,)) == moment
        assert read(moment.strftime(f"{written} %I:%M:%S %p"), formats=(order,)) == moment


@pytest.mark.slow
@given(st.integers(FIRST_SECOND, LAST_SECOND))
def test_every_second_of_an_epoch_is_read(second: int) -> None:
    expected = datetime(1970, 1, 1) + timedelta(seconds=second)
    assert read(str(second), formats=("epoch seconds",), local="UTC") == expected


@pytest.mark.slow
@given(st.text(max_size=30), st.sampled_from(["day-first", "month-first", "iso", "excel"]))
def test_any_text_is_a_date_or_none(text: str, form: str) -> None:
    found = read(text, formats=(form,), local=HANOI)
    assert found is None or isinstance(found, datetime)


def test_a_format_is_a_pattern_or_a_known_word() -> None:
    assert parse_formats("p", ["%d/%m/%Y", "iso"]) == ("%d/%m/%Y", "iso")
    with pytest.raises(SettingsError, match=r"'dmy' is no format of dates"):
        parse_formats("p", "dmy")
