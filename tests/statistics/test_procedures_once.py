"""Announced procedures counted once each: in time, late once, and by whom."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.periods import Window
from briefings.statistics.announcements import PUBLISH_WITHIN_WORKING_DAYS, changes_with_dates
from briefings.statistics.procedures_once import (
    ANNOUNCE_AHEAD_WORKING_DAYS,
    announced_once,
    last_day_of_notice,
    published_once,
)
from briefings.statistics.tables import span_of
from briefings.working_days import WorkingCalendar
from tests.statistics.tables import (
    CALENDAR,
    FEBRUARY,
    TO_FEBRUARY,
    A,
    B,
    Row,
    by_unit,
    change,
    decision,
    not_zero,
    publication,
    tables_of,
)

ANNOUNCED = ["announced", "announced_judged", "announced_in_time"]
PUBLISHED = ["published_or_due", "published_in_time"]
BOTH = ("national_db", "provincial")


def announced(
    *decisions: Row,
    unit: str = A,
    window: Window = FEBRUARY,
    calendar: WorkingCalendar | None = CALENDAR,
) -> list[int]:
    """Announced, judged and in time, where every decision changes procedure P1."""
    changes = [change(row["decision_no"], "P1", "amended") for row in decisions]
    tables = tables_of(decisions=decisions, procedure_changes=changes)
    dated = changes_with_dates(tables, [window], calendar)
    found = by_unit(announced_once(dated, tables["decisions"], window, calendar))
    return row_of(found, window, unit, ANNOUNCED)


def test_a_decision_from_before_the_calendar_is_of_no_window():
    assert announced(
        decision("old", "2022-06-30", effective="2022-08-01"),
        decision("1", "2025-02-03", effective="2025-03-03"),
    ) == [1, 1, 1]


def row_of(counted: pd.DataFrame, window: Window, unit: str, names: list[str]) -> list[int]:
    counts = not_zero(counted, window, unit)
    return [counts.get(name, 0) for name in names]


IN_TIME, LATE, UNKNOWN = [1, 1, 1], [1, 1, 0], [1, 0, 0]


# Five working days before Saturday 1 March are Monday 24 to Friday 28 February.
@pytest.mark.parametrize(
    ("issued", "effective", "expected"),
    [
        ("2025-02-21", "2025-03-01", IN_TIME),
        ("2025-02-24", "2025-03-01", IN_TIME),
        ("2025-02-25", "2025-03-01", LATE),
        ("2025-02-22", "2025-03-01", IN_TIME),  # a Saturday
        ("2025-02-28", "2025-02-28", LATE),
        ("2025-02-24", "2014-07-01", LATE),  # long in force, before any calendar
        ("2025-02-24", "2031-01-01", IN_TIME),  # far ahead, beyond any calendar
        ("2025-02-24", None, UNKNOWN),
    ],
)
def test_a_decision_comes_five_working_days_before_the_text_takes_effect(
    issued, effective, expected
):
    assert announced(decision("1", issued, effective=effective)) == expected


@pytest.mark.parametrize(("issued", "expected"), [("2025-01-20", IN_TIME), ("2025-01-21", LATE)])
def test_the_days_of_tet_are_no_days_of_notice(issued, expected):
    row = decision("1", issued, effective="2025-02-01")
    assert announced(row, window=TO_FEBRUARY) == expected


@given(
    st.dates(date(2024, 1, 1), date(2025, 6, 30)),
    st.integers(-20, 60).map(timedelta),
)
def test_notice_counted_forwards_is_the_deadline_counted_backwards(issued, ahead):
    effective = issued + ahead
    backwards = issued <= CALENDAR.subtract(effective, ANNOUNCE_AHEAD_WORKING_DAYS)
    assert (effective > last_day_of_notice(issued, CALENDAR)) == backwards


def test_several_amendments_count_once_and_late_once_is_late():
    early = decision("1", "2025-02-03", effective="2025-03-01")
    late = decision("2", "2025-02-26", effective="2025-03-01")
    assert announced(early, decision("3", "2025-02-04", effective="2025-03-01")) == IN_TIME
    for rows in ((early, late), (late, early)):
        assert announced(*rows) == LATE


def test_what_is_unknown_of_one_decision_leaves_the_procedure_unjudged_unless_another_is_late():
    unknown = decision("1", "2025-02-03")
    in_time = decision("2", "2025-02-04", effective="2025-03-01")
    late = decision("3", "2025-02-26", effective="2025-03-01")
    assert announced(unknown, in_time) == UNKNOWN
    assert announced(unknown, in_time, late) == LATE


@pytest.mark.slow
def test_a_procedure_of_two_units_counts_for_the_one_that_was_late():
    late_a = decision("1", "2025-02-26", unit=A, effective="2025-03-01")
    in_time_b = decision("2", "2025-02-27", unit=B, effective="2025-04-01")
    for rows in ((late_a, in_time_b), (in_time_b, late_a)):
        assert {unit: announced(*rows, unit=unit) for unit in (A, B)} == {A: LATE, B: [0, 0, 0]}


def test_a_procedure_of_two_units_that_were_both_in_time_counts_for_the_last():
    rows = [decision("1", "2025-02-03", unit=A, effective="2025-03-01"),
            decision("2", "2025-02-04", unit=B, effective="2025-03-01")]  # fmt: skip
    assert [announced(*rows, unit=unit) for unit in (A, B)] == [[0, 0, 0], IN_TIME]


def test_without_a_calendar_nothing_is_judged():
    row = decision("1", "2025-02-03", effective="2025-03-01")
    assert announced(row, calendar=None) == UNKNOWN


def published(*days: tuple[str, str | None]) -> list[int]:
    """Published or due and in time in January and February, of decisions that change P1.

    Each of them with its day of issue and the day on which both systems showed it.
    """
    numbers = range(len(days))
    tables = tables_of(
        decisions=[decision(f"{n}", days[n][0]) for n in numbers],
        procedure_changes=[change(f"{n}", "P1", "amended") for n in numbers],
        publications=[
            publication(f"{n}", "P1", day, system)
            for n in numbers
            if (day := days[n][1])
            for system in BOTH
        ],
    )
    dated = changes_with_dates(tables, [TO_FEBRUARY], CALENDAR)
    found = by_unit(published_once(dated, span_of([TO_FEBRUARY])))
    return row_of(found, TO_FEBRUARY, A, PUBLISHED)


# Due five working days after Monday 3 February: Monday 10 February.
@pytest.mark.parametrize(
    ("day", "in_time"), [("2025-02-07", 1), ("2025-02-10", 1), ("2025-02-11", 0), (None, 0)]
)
def test_a_procedure_is_published_in_time_up_to_its_deadline(day, in_time):
    assert PUBLISH_WITHIN_WORKING_DAYS == 5
    assert published(("2025-02-03", day)) == [1, in_time]


def test_a_procedure_published_late_once_is_late_for_the_period():
    in_time, late = ("2025-02-03", "2025-02-04"), ("2025-01-06", "2025-02-04")
    assert published(in_time, in_time) == [1, 1]
    assert published(in_time, late) == published(late, in_time) == [1, 0]


def test_what_is_neither_published_nor_due_counts_nowhere_yet():
    assert published(("2025-02-26", None)) == [0, 0]
    assert published(("2025-02-03", "2025-02-04"), ("2025-02-26", None)) == [1, 1]
