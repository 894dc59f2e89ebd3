from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import ParameterError
from briefings.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_IN,
    Cut,
    Month,
    Regime,
    Window,
    months_between,
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


@pytest.mark.slow
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
    assert Regime().month(february) == Window("2025-02", date(2025, 2, 1), date(2025, 2, 28))
    assert Regime().year_to_date(february) == Window(
        "2025-01..2025-02", date(2025, 1, 1), date(2025, 2, 28)
    )
    assert Regime().year_to_date(Month(2025, 1)).name == "2025-01..2025-01"


LEGAL = Regime("legal_month")


def test_a_legal_month_runs_from_the_15th_to_the_14th() -> None:
    assert LEGAL.month(Month(2025, 2)) == Window("2025-02", date(2025, 1, 15), date(2025, 2, 14))
    assert LEGAL.month(Month(2025, 1)) == Window("2025-01", date(2024, 12, 15), date(2025, 1, 14))
    to_date = LEGAL.year_to_date(Month(2025, 2))
    assert (to_date.start, to_date.end) == (date(2024, 12, 15), date(2025, 2, 14))


@pytest.mark.parametrize(
    ("kind", "month", "name", "start", "end"),
    [
        ("quarter", Month(2025, 3), "2025-01..2025-03", date(2024, 12, 15), date(2025, 3, 14)),
        ("quarter", Month(2025, 2), "2025-01..2025-02", date(2024, 12, 15), date(2025, 2, 14)),
        ("quarter", Month(2025, 4), "2025-04", date(2025, 3, 15), date(2025, 4, 14)),
        ("half_year", Month(2025, 6), "2025-01..2025-06", date(2024, 12, 15), date(2025, 6, 14)),
        ("year", Month(2025, 12), "2025-01..2025-12", date(2024, 12, 15), date(2025, 12, 14)),
    ],
)
def test_a_period_is_whole_months_up_to_the_one_asked_for(kind, month, name, start, end) -> None:
    assert Regime("legal_month", kind).period(month) == Window(name, start, end)


def test_a_period_is_compared_with_as_many_months_before_and_a_year_before() -> None:
    quarters = Regime(kind="quarter")
    assert quarters.before(Month(2025, 2)).name == "2024-10..2024-11"
    assert quarters.year_before(Month(2025, 2)).name == "2024-01..2024-02"
    assert Regime().before(Month(2025, 1)).name == "2024-12"


@pytest.mark.parametrize("cut", ["calendar_month", "legal_month"])
@given(month=months)
def test_months_follow_one_another_without_gap_or_overlap(cut: Cut, month: Month) -> None:
    regime = Regime(cut)
    assert regime.month(month + 1).start == regime.month(month).end + timedelta(days=1)
    assert regime.period(month) == regime.month(month)
    for kind, length in MONTHS_IN.items():
        period = Regime(cut, kind).period(month)
        first = month - (month.number - 1) % length
        assert (period.start, period.end) == (regime.month(first).start, regime.month(month).end)


def test_months_between_include_both_ends() -> None:
    assert [str(m) for m in months_between(Month(2024, 11), Month(2025, 2))] == [
        "2024-11",
        "2024-12",
        "2025-01",
        "2025-02",
    ]
    assert months_between(Month(2025, 1), Month(2025, 1)) == (Month(2025, 1),)
    assert months_between(Month(2025, 2), Month(2025, 1)) == ()
