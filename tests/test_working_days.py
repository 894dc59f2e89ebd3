"""The working-day counts and test vectors of the domain notes, on the calendar of the project."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.project import REPOSITORY
from briefings.reference import load_calendar
from briefings.working_days import WorkingCalendar

CALENDAR = load_calendar(REPOSITORY / "data" / "reference" / "calendar.csv")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2025, 1, 1), date(2025, 1, 31), 17),
        (date(2025, 2, 1), date(2025, 2, 28), 20),
        (date(2025, 1, 1), date(2025, 2, 28), 37),
        (date(2024, 12, 15), date(2025, 1, 14), 21),
        (date(2025, 1, 15), date(2025, 2, 14), 18),
        (date(2024, 12, 15), date(2025, 2, 14), 39),
        (date(2024, 12, 15), date(2025, 3, 14), 59),
        (date(2024, 1, 1), date(2024, 12, 31), 251),
        (date(2025, 1, 1), date(2025, 12, 31), 250),
        (date(2023, 1, 1), date(2023, 12, 31), 249),
        (date(2026, 1, 1), date(2026, 12, 31), 249),
        (date(2026, 2, 1), date(2026, 2, 28), 15),  # Tết takes the whole week from the 16th
    ],
)
def test_windows_hold_the_published_number_of_working_days(
    start: date, end: date, days: int
) -> None:
    assert CALENDAR.count(start, end) == days


@pytest.mark.parametrize(
    ("day", "working_days", "deadline"),
    [
        (date(2025, 1, 24), 1, date(2025, 2, 3)),
        (date(2025, 1, 22), 5, date(2025, 2, 5)),
        (date(2025, 1, 24), 5, date(2025, 2, 7)),
        (date(2025, 1, 23), 15, date(2025, 2, 20)),
        (date(2025, 2, 28), 5, date(2025, 3, 7)),
    ],
)
def test_a_deadline_counts_from_the_next_working_day(
    day: date, working_days: int, deadline: date
) -> None:
    assert CALENDAR.add(day, working_days) == deadline


@pytest.mark.parametrize(
    ("fifth_day_back", "limit"),
    [(date(2025, 2, 24), date(2025, 3, 1)), (date(2025, 1, 20), date(2025, 2, 1))],
)
def test_five_working_days_before_a_day(fifth_day_back: date, limit: date) -> None:
    assert CALENDAR.subtract(limit, 5) == fifth_day_back


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 1, 24), True),  # the last Friday before Tết
        (date(2025, 1, 27), False),  # Tết
        (date(2025, 1, 31), False),
        (date(2025, 2, 1), False),  # Saturday after Tết, no make-up day
        (date(2025, 2, 3), True),
        (date(2025, 4, 26), True),  # Saturday worked for 2 May
        (date(2025, 5, 2), False),
        (date(2025, 5, 3), False),  # an ordinary Saturday
        (date(2024, 5, 4), True),  # Saturday worked for 29 April
        (date(2024, 4, 29), False),
        (date(2023, 1, 20), False),  # Tết began on a Friday
        (date(2023, 5, 3), False),  # in lieu: both 29 and 30 April fell on a weekend
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),  # Saturday worked for 2 January
        (date(2026, 11, 24), False),  # a day off for the first time
        (date(2026, 11, 23), True),  # its swap was proposed; no decision was found
    ],
)
def test_swapped_days_are_swapped(day: date, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


def test_an_empty_range_has_no_working_day() -> None:
    assert CALENDAR.count(date(2025, 2, 4), date(2025, 2, 3)) == 0
    assert CALENDAR.count(date(2025, 2, 3), date(2025, 2, 3)) == 1


@pytest.mark.parametrize("day", [date(2023, 1, 1), date(2026, 12, 31)])
def test_the_first_and_the_last_covered_day_are_answered(day: date) -> None:
    assert CALENDAR.is_working(day) is (day.year == 2026)


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2027, 1, 1)])
def test_a_year_nobody_checked_is_refused_rather_than_guessed(day: date) -> None:
    with pytest.raises(SettingsError, match=day.isoformat()) as caught:
        CALENDAR.is_working(day)
    assert "2023 to 2026" in caught.value.advice


def test_a_deadline_or_count_that_runs_out_of_the_calendar_is_refused() -> None:
    with pytest.raises(SettingsError, match="2027-01-01"):
        CALENDAR.add(date(2026, 12, 31), 1)
    with pytest.raises(SettingsError, match="2027-01-01"):
        CALENDAR.count(date(2026, 12, 1), date(2027, 1, 31))


@given(st.dates(date(2023, 1, 1), date(2026, 9, 30)), st.integers(1, 40))
def test_between_a_day_and_its_deadline_lie_as_many_working_days(
    day: date, working_days: int
) -> None:
    deadline = CALENDAR.add(day, working_days)
    assert CALENDAR.is_working(deadline)
    assert CALENDAR.count(date.fromordinal(day.toordinal() + 1), deadline) == working_days


@given(st.dates(date(2023, 3, 1), date(2026, 9, 30)), st.integers(1, 40))
def test_going_back_from_a_deadline_reaches_the_day_it_was_counted_from(
    day: date, working_days: int
) -> None:
    deadline = CALENDAR.add(day, working_days)
    earliest = CALENDAR.subtract(deadline, working_days)
    assert earliest <= day
    assert CALENDAR.add(earliest, working_days) == deadline


def test_without_exceptions_a_week_has_five_working_days() -> None:
    plain = WorkingCalendar(exceptions={}, first_year=2025, last_year=2025)
    assert plain.count(date(2025, 6, 2), date(2025, 6, 8)) == 5
