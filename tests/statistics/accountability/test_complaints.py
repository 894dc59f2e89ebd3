"""Petitions about delay, harassment and attitude, at the edges of late."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.rows import rows_of
from briefings.statistics.accountability.complaints import complaints
from briefings.statistics.tables import fetch
from tests.statistics.tables import TO_FEBRUARY, A, tables_of

NAMES = ("petitions", "late", "open_late", "unsatisfied", "badly")


def counted(**petition):
    row = {"feedback_id": "F1", "unit": A, "received_on": date(2025, 1, 6), "category": "delay",
           "due_on": date(2025, 2, 10), "answered_on": None, "outcome": None}  # fmt: skip
    table = tables_of(feedback=[row | petition])["feedback"]
    found = rows_of(fetch(complaints(table, TO_FEBRUARY)))
    return tuple(found[0][name] for name in NAMES) if found else None


@pytest.mark.parametrize(
    ("answered", "late"),
    [(date(2025, 2, 9), 0), (date(2025, 2, 10), 0), (date(2025, 2, 11), 1)],
)
def test_an_answer_is_late_after_its_due_date(answered, late):
    assert counted(answered_on=answered) == (1, late, 0, 0, late)


@pytest.mark.parametrize(
    ("due", "late"), [(date(2025, 2, 27), 1), (date(2025, 2, 28), 0), (date(2025, 3, 1), 0)]
)
def test_open_is_late_if_the_due_date_is_over_at_the_end(due, late):
    assert counted(due_on=due) == (1, 0, late, 0, late)


def test_late_and_unsatisfied_is_one_petition():
    answered = {"answered_on": date(2025, 2, 11), "outcome": "unsatisfied"}
    assert counted(**answered) == (1, 1, 0, 1, 1)
    assert counted(answered_on=date(2025, 2, 10), outcome="unsatisfied") == (1, 0, 0, 1, 1)


def test_an_answer_after_the_end_is_none_yet():
    answered = {"answered_on": date(2025, 3, 3), "outcome": "unsatisfied"}
    assert counted(**answered) == (1, 0, 1, 0, 1)


@pytest.mark.parametrize("category", ["regulation", "other", None])
def test_other_subjects_are_not_about_what_people_did(category):
    assert counted(category=category) is None


def test_answered_before_the_year_is_over():
    assert counted(received_on=date(2024, 12, 2), answered_on=date(2024, 12, 31)) is None


def test_without_a_due_date_nothing_is_late():
    assert counted(due_on=None) == (1, 0, 0, 0, 0)
