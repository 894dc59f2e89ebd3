from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import ParameterError
from briefings.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    Month,
    Window,
    month_window,
    months_between,
    year_to_date,
)

months = st.builds(Month, st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-02", Month(2025, 2)),
        ("2024-12", Month(2024, 12)),
        ("1990-01", Month(1990, 1)),
        ("2100-12", Month(2100, 12)),
    ],
)
def test_a_month_is_read_as_a_person_writes_it(text: str, month: Month) -> None:
    assert Month.parse(text) == month
    assert str(month) == text


@pytest.mark.parametrize(
    "text",
    ["2025-00", "2025-13", "2025-2", "25-02", "2025-02-01", "2025/02", "02-2025", "2025-02 ",
     "2025-02\n", "", "-", "1989-12", "2101-01", "0000-01", "२०२५-०२", "2025-02; rm -rf", "../.."],
)  # fmt: skip
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ParameterError) as caught:
        Month.parse(text)
    assert repr(text) in caught.value.message
    assert "2025-02" in caught.value.advice


@pytest.mark.parametrize(
    ("month", "days"),
    [(Month(2024, 2), 29), (Month(2025, 2), 28), (Month(2025, 1), 31), (Month(2025, 4), 30)],
)
def test_a_month_ends_on_its_last_day(month: Month, days: int) -> None:
    assert month.first_day == date(month.year, month.number, 1)
    assert month.last_day == date(month.year, month.number, days)


def test_months_are_counted_across_the_new_year() -> None:
    assert Month(2024, 12) + 1 == Month(2025, 1)
    assert Month(2025, 1) - 1 == Month(2024, 12)
    assert Month(2025, 2) - 12 == Month(2024, 2)
    assert Month(2024, 12) < Month(2025, 1)


@given(months, st.integers(-600, 600))
def test_going_forward_and_back_comes_home(month: Month, steps: int) -> None:
    assert month + steps - steps == month


@given(months)
def test_writing_and_reading_are_inverse(month: Month) -> None:
    assert Month.parse(str(month)) == month


@given(months)
def test_months_cover_every_day_once(month: Month) -> None:
    assert month.last_day + timedelta(days=1) == (month + 1).first_day


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_a_day_lies_in_its_month(day: date) -> None:
    month = Month.containing(day)
    assert month.first_day <= day <= month.last_day


def test_a_window_is_the_calendar_month_or_the_year_so_far() -> None:
    february = Month(2025, 2)
    assert month_window(february) == Window("2025-02", date(2025, 2, 1), date(2025, 2, 28))
    assert year_to_date(february) == Window("2025-01..2025-02", date(2025, 1, 1), date(2025, 2, 28))
    assert year_to_date(Month(2025, 1)).name == "2025-01..2025-01"


def test_months_between_include_both_ends() -> None:
    assert [str(m) for m in months_between(Month(2024, 11), Month(2025, 2))] == [
        "2024-11",
        "2024-12",
        "2025-01",
        "2025-02",
    ]
    assert months_between(Month(2025, 1), Month(2025, 1)) == (Month(2025, 1),)
    assert months_between(Month(2025, 2), Month(2025, 1)) == ()
