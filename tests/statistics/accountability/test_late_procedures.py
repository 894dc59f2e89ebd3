"""Announced late and published late, at the edges of their deadlines (Tet: 27 to 31 January)."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.statistics.accountability.late_procedures import (
    announced_late,
    procedures_published_late,
)
from briefings.statistics.announcements import changes_with_dates
from tests.statistics.tables import CALENDAR, TO_FEBRUARY, A, tables_of


def of(issued, effective=None, published=()):
    tables = tables_of(
        decisions=[{"decision_no": "Q1", "issued_on": issued, "submitted_by": A,
                    "legal_effective_on": effective}],
        procedure_changes=[{"decision_no": "Q1", "procedure_code": "P1", "change": "new"}],
        publications=[
            {"procedure_code": "P1", "decision_no": "Q1", "system": system, "published_on": day}
            for system, day in zip(("national_db", "provincial"), published, strict=False)
        ],
    )  # fmt: skip
    return tables, changes_with_dates(tables, [TO_FEBRUARY], CALENDAR)


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("issued", "days"), [("2025-02-21", None), ("2025-02-24", None), ("2025-02-25", 1)]
)
def test_a_decision_is_due_five_working_days_before_the_text_takes_effect(issued, days):
    """Five working days before Saturday 1 March is Monday 24 February."""
    tables, changes = of(day(issued), date(2025, 3, 1))
    found = announced_late(
        changes, tables["decisions"], tables["procedures"], TO_FEBRUARY, CALENDAR
    )
    assert [(each["days"], each["due"]) for each in found] == (
        [] if days is None else [(days, date(2025, 2, 24))]
    )


@pytest.mark.parametrize("effective", [date(2014, 7, 1), date(2023, 1, 3)])
def test_how_late_is_unknown_where_no_calendar_reaches_back(effective):
    """A text long in force, and one of the first days of the calendar."""
    tables, changes = of(date(2025, 2, 24), effective)
    (found,) = announced_late(
        changes, tables["decisions"], tables["procedures"], TO_FEBRUARY, CALENDAR
    )
    assert (found["due"], found["days"], found["done"]) == (None, None, date(2025, 2, 24))


def test_without_a_day_of_effect_nothing_is_announced_late():
    tables, changes = of(date(2025, 2, 3))
    assert not announced_late(
        changes, tables["decisions"], tables["procedures"], TO_FEBRUARY, CALENDAR
    )


@pytest.mark.parametrize(
    ("second", "days"),
    [("2025-02-06", None), ("2025-02-07", None), ("2025-02-10", 1), (None, 15), ("2025-03-03", 15)],
)
def test_published_is_when_both_systems_have_it(second, days):
    """Decided on 24 January: due on 7 February, because Tet does not count."""
    shown = [date(2025, 1, 24), *([day(second)] if second else [])]
    tables, changes = of(date(2025, 1, 24), published=shown)
    found = procedures_published_late(changes, tables["procedures"], TO_FEBRUARY, CALENDAR)
    assert [(each["days"], each["due"]) for each in found] == (
        [] if days is None else [(days, date(2025, 2, 7))]
    )
