from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.intake.shifts import WorkingDays, shifted
from briefings.working_days import WorkingCalendar

# 26 April 2025 was a Saturday worked for Friday, 2 May; 30 April and 1 May were days off.
CALENDAR = WorkingCalendar(
    {
        date(2025, 4, 26): True,
        date(2025, 4, 30): False,
        date(2025, 5, 1): False,
        date(2025, 5, 2): False,
    },
    first_year=2025,
    last_year=2025,
)
OURS = WorkingDays().by_calendar(CALENDAR)


def moved(
    day: datetime, by: float, kind: str = "working_days", working: WorkingDays = OURS
) -> object:
    moments = pd.Series([day], dtype="datetime64[us]")
    found = shifted(moments, pd.Series([by], dtype="Float64"), kind, working)[0]  # type: ignore[arg-type]
    return None if pd.isna(found) else found.to_pydatetime()


@pytest.mark.parametrize(
    ("by", "kind", "expected"),
    [
        (6, "days", datetime(2025, 3, 7, 9, 30)),
        (6.75, "days", datetime(2025, 3, 8, 3, 30)),
        (-0.5, "days", datetime(2025, 2, 28, 21, 30)),
        (6.7, "days", datetime(2025, 3, 8, 2, 18)),
        (1.5, "hours", datetime(2025, 3, 1, 11)),
        (0.1, "minutes", datetime(2025, 3, 1, 9, 30, 6)),
    ],
)
def test_a_fraction_of_a_day_moves_the_clock_as_one_of_an_hour_does(
    by: float, kind: str, expected: datetime
) -> None:
    assert moved(datetime(2025, 3, 1, 9, 30), by, kind) == expected


def test_a_make_up_day_is_worked_and_a_day_off_is_not() -> None:
    assert moved(datetime(2025, 4, 25, 9), 1) == datetime(2025, 4, 26, 9)
    assert moved(datetime(2025, 4, 29, 9), 1) == datetime(2025, 5, 5, 9)
    assert moved(datetime(2025, 4, 25, 9), 1, working=WorkingDays()) == datetime(2025, 4, 28, 9)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (2, datetime(2025, 3, 4, 9)),
        (1, datetime(2025, 3, 3, 9)),
        (0, datetime(2025, 3, 3, 9)),
        (-1, datetime(2025, 2, 28, 9)),
        (-2, datetime(2025, 2, 27, 9)),
    ],
)
def test_from_a_saturday_the_next_working_day_is_the_first_and_the_last_is_the_first_back(
    by: int, expected: datetime
) -> None:
    assert moved(datetime(2025, 3, 1, 9), by) == expected


def test_no_working_day_later_is_the_same_working_day() -> None:
    assert moved(datetime(2025, 3, 3, 9), 0) == datetime(2025, 3, 3, 9)
    assert moved(datetime(2025, 4, 30, 9), 0) == datetime(2025, 5, 5, 9)


def test_a_profile_may_name_further_days_off() -> None:
    working = WorkingDays(off=frozenset([date(2025, 4, 26)])).by_calendar(CALENDAR)
    assert moved(datetime(2025, 4, 25), 1, working=working) == datetime(2025, 4, 28)


def test_years_that_nobody_has_checked_are_not_guessed() -> None:
    assert moved(datetime(2025, 12, 31), 1) is None
    assert moved(datetime(2024, 12, 31), 1) is None
    assert moved(datetime(2024, 12, 31), 1, working=WorkingDays()) == datetime(2025, 1, 1)


@pytest.mark.slow
@given(
    st.dates(date(2025, 2, 1), date(2025, 9, 30)),
    st.integers(1, 60),
    st.sampled_from([True, False]),
)
def test_working_days_are_those_that_the_calendar_counts(day: date, by: int, is_ours: bool) -> None:
    calendar = CALENDAR if is_ours else WorkingCalendar({}, 2025, 2025)
    working = WorkingDays().by_calendar(calendar)
    expected = calendar.add(day, by)
    assert moved(datetime(day.year, day.month, day.day), by, working=working) == datetime(
        expected.year, expected.month, expected.day
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (datetime(2024, 1, 31, 8), 1, datetime(2024, 2, 29, 8)),
        (datetime(2023, 12, 31), 2, datetime(2024, 2, 29)),
        (datetime(2024, 2, 29), 12, datetime(2025, 2, 28)),
        (datetime(2024, 1, 15), -13, datetime(2022, 12, 15)),
        (datetime(1969, 11, 30), 3, datetime(1970, 2, 28)),
    ],
)
def test_a_day_that_a_month_lacks_is_its_last(
    day: datetime, months: int, expected: datetime
) -> None:
    assert moved(day, months, "months") == expected
