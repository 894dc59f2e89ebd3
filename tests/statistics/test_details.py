"""The rows behind the measures, at the edges of their bands and windows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from briefings.errors import SettingsError
from briefings.facts.overdue import AGE_BANDS
from briefings.periods import Month, Regime
from briefings.statistics.announcements import (
    LONGEST_WAIT,
    PUBLISH_WITHIN_WORKING_DAYS,
    changes_with_dates,
)
from briefings.statistics.details import (
    decisions_in,
    overdue_by_age,
    overdue_dossiers,
    processed_by_procedure,
    published_late,
    received_dossiers,
    unsynced_dossiers,
)
from briefings.statistics.tables import fetch
from tests.statistics.tables import (
    CALENDAR,
    FEBRUARY,
    TO_FEBRUARY,
    A,
    B,
    Row,
    change,
    count,
    count_dossiers,
    decision,
    dossier,
    not_zero,
    publication,
    tables_of,
)

NAMES: list[Row] = [
    {"procedure_code": "P1", "name_vi": "Thủ tục một", "name_en": "Procedure one"},
    {"procedure_code": "P2", "name_vi": "Thủ tục hai"},
]


def codes(expression, column: str = "dossier_code") -> list[str]:
    return fetch(expression)[column].tolist()


def test_the_bands_hold_their_last_day_and_not_the_next():
    ages = [0, 1, *(age for last in AGE_BANDS for age in (last, last + 1))]
    rows = [
        dossier(f"{age}", "2024-06-03", due=(FEBRUARY.end - timedelta(days=age)).isoformat())
        for age in ages
    ]
    tables = tables_of(dossiers=rows, procedures=NAMES)
    found = fetch(overdue_by_age(tables["dossiers"], tables["procedures"], FEBRUARY))
    by_band = found.set_index("band").sort_index()
    assert by_band["dossiers"].to_dict() == {0: 3, 1: 2, 2: 2, 3: 2, 4: 1}
    assert by_band["oldest_days"].to_dict() == {0: 5, 1: 10, 2: 30, 3: 90, 4: 91}
    assert by_band["name_vi"].unique().tolist() == ["Thủ tục một"]


def test_overdue_groups_keep_unknown_procedures_and_multiply_nothing():
    rows = [
        dossier("1", "2025-01-06", due="2025-02-01", procedure=None),
        dossier("2", "2025-01-06", due="2025-02-01", procedure="P9"),
        dossier("3", "2025-01-06", due="2025-02-01", procedure="P1"),
        dossier("4", "2025-01-06", due="2025-02-01", procedure="P1", unit=B),
    ]
    tables = tables_of(dossiers=rows, procedures=NAMES)
    found = fetch(overdue_by_age(tables["dossiers"], tables["procedures"], FEBRUARY))
    assert found["dossiers"].sum() == len(found) == 4


EDGES = [
    dossier("due on the last day", "2025-01-06", due="2025-02-28 17:00"),
    dossier("due the day after", "2025-01-06", due="2025-03-01 00:00"),
    dossier("finished on the last day", "2025-01-06", due="2025-02-01", finished="2025-02-28"),
    dossier("finished the day after", "2025-01-06", due="2025-02-01", finished="2025-03-01"),
    dossier("received after", "2025-03-01", due="2025-02-01"),
    dossier("refused", "2025-01-06", due="2025-02-01", status=3),
    dossier("no due date", "2025-01-06"),
]


def test_overdue_dossiers_are_those_the_form_counts():
    tables = tables_of(dossiers=EDGES)
    listed = codes(overdue_dossiers(tables["dossiers"], FEBRUARY))
    assert listed == ["finished the day after", "due on the last day"]
    counted = not_zero(count_dossiers(FEBRUARY, dossiers=EDGES), FEBRUARY)
    assert counted["pending_overdue"] == len(listed)


def test_received_dossiers_are_newest_first_and_within_the_window():
    rows = [
        dossier("before", "2025-01-31 23:59"),
        dossier("first", "2025-02-01 00:00"),
        dossier("last", "2025-02-28 23:59"),
        dossier("after", "2025-03-01 00:00"),
        dossier("registered only", "2025-02-10", status=1),
    ]
    assert codes(received_dossiers(tables_of(dossiers=rows)["dossiers"], FEBRUARY)) == [
        "last", "first",
    ]  # fmt: skip


def test_unsynchronised_dossiers_are_the_complement_of_the_synchronised_ones():
    rows = [dossier(f"{number}", f"2025-02-{number:02d}") for number in range(1, 6)]
    rows += [dossier("january", "2025-01-31"), dossier("refused", "2025-02-03", status=3)]
    portal = [
        {"dossier_code": "1", "synced_at": "2025-02-01"},
        {"dossier_code": "2", "synced_at": "2025-02-28 23:59"},
        {"dossier_code": "3", "synced_at": "2025-03-01 00:00"},  # too late for February
        {"dossier_code": "known to nobody", "synced_at": "2025-02-01"},
    ]
    tables = tables_of(dossiers=rows, portal_dossiers=portal)
    listed = codes(unsynced_dossiers(tables["dossiers"], tables["portal_dossiers"], FEBRUARY))
    assert listed == ["3", "4", "5"]
    counted = not_zero(count_dossiers(FEBRUARY, dossiers=rows, portal=portal), FEBRUARY)
    assert counted["received_online"] - counted["received_synced"] == len(listed)


def test_processed_dossiers_by_unit_and_procedure():
    rows = [
        dossier("in time", "2025-01-06", due="2025-02-10", finished="2025-02-10"),
        dossier("late", "2025-01-06", due="2025-02-10", finished="2025-02-11"),
        dossier("of B", "2025-01-06", due="2025-02-10", finished="2025-02-10", unit=B),
        dossier("undated", "2025-01-06", finished="2025-02-11"),
        dossier("in March", "2025-01-06", due="2025-02-10", finished="2025-03-01"),
        dossier("in January", "2025-01-06", due="2025-02-10", finished="2025-01-31"),
        dossier("refused", "2025-01-06", due="2025-02-10", finished="2025-02-10", status=3),
    ]
    tables = tables_of(dossiers=rows, procedures=NAMES)
    found = fetch(processed_by_procedure(tables["dossiers"], tables["procedures"], FEBRUARY))
    counted = found.sort_values("unit")[["unit", "name_en", "processed", "on_time"]]
    assert counted.values.tolist() == [[A, "Procedure one", 2, 1], [B, "Procedure one", 1, 1]]


def test_a_procedure_counts_whole_days_like_the_form():
    rows = [dossier("1", "2025-01-06", due="2025-02-10 08:00", finished="2025-02-10 17:00")]
    tables = tables_of(dossiers=rows)
    found = fetch(processed_by_procedure(tables["dossiers"], tables["procedures"], FEBRUARY))
    assert found["on_time"].tolist() == [1]


def test_decisions_of_the_window_with_what_each_changed():
    tables = tables_of(
        decisions=[
            decision("before", "2024-12-31"),
            decision("b", "2025-01-01"),
            decision("a", "2025-01-01", unit=B),
            decision("without changes", "2025-02-28"),
            decision("after", "2025-03-01"),
        ],
        procedure_changes=[
            change("a", "P1", "new"),
            change("a", "P2", "amended"),
            change("b", "P1", "abolished"),
            change("b", "P2", "abolished"),
            change("before", "P1", "new"),
        ],
    )
    found = fetch(decisions_in(tables["decisions"], tables["procedure_changes"], TO_FEBRUARY))
    assert found[["decision_no", "unit", "new", "amended", "abolished"]].values.tolist() == [
        ["a", B, 1, 1, 0],
        ["b", A, 0, 0, 2],
        ["without changes", A, 0, 0, 0],
    ]
    assert found["issued"].tolist()[0] == date(2025, 1, 1)


def late(*publications: Row, decisions: list[Row], changes: list[Row]) -> list[list[object]]:
    tables = tables_of(
        decisions=decisions, procedure_changes=changes, publications=list(publications)
    )
    dated = changes_with_dates(tables, [TO_FEBRUARY], CALENDAR)
    found = fetch(published_late(dated, TO_FEBRUARY))
    found = found.astype(object).where(found.notna(), None)
    columns = ["decision_no", "publish_by", "procedures", "missing", "last_published"]
    return found[columns].values.tolist()


def both(number: str, procedure: str, national: str, provincial: str) -> tuple[Row, Row]:
    return (
        publication(number, procedure, national, "national_db"),
        publication(number, procedure, provincial, "provincial"),
    )


def test_a_decision_is_listed_with_its_late_and_its_missing_procedures():
    # Due on 5 February: P1 in time, P2 late on one system, P3 on one system only, P4 nowhere.
    found = late(
        *both("1", "P1", "2025-01-24", "2025-02-05"),
        *both("1", "P2", "2025-01-24", "2025-02-06"),
        publication("1", "P3", "2025-01-24", "national_db"),
        decisions=[decision("1", "2025-01-22")],
        changes=[change("1", f"P{number}") for number in range(1, 5)],
    )
    assert found == [["1", date(2025, 2, 5), 3, 2, date(2025, 2, 6)]]


def test_what_is_published_after_the_window_is_still_missing_at_its_end():
    found = late(
        *both("1", "P1", "2025-02-03", "2025-03-03"),
        decisions=[decision("1", "2025-01-22")],
        changes=[change("1", "P1")],
    )
    assert found == [["1", date(2025, 2, 5), 1, 1, None]]


@pytest.mark.parametrize(
    ("issued", "listed"), [("2025-02-21", True), ("2025-02-24", False), ("2024-12-20", False)]
)
def test_only_deadlines_that_have_passed_and_decisions_of_the_window_are_listed(issued, listed):
    found = late(decisions=[decision("1", issued)], changes=[change("1", "P1")])
    assert bool(found) == listed


@pytest.mark.slow
def test_a_decision_from_before_the_calendar_stops_nothing_and_counts_nowhere():
    """Nobody has checked the days off of 2022; published now, it was due long ago."""
    old, due_in_it = decision("old", "2022-06-30"), decision("1", "2025-01-22")
    published = both("old", "P1", "2025-02-03", "2025-02-03")
    changes = [change("old", "P1"), change("1", "P1")]
    assert [row[0] for row in late(*published, decisions=[old, due_in_it], changes=changes)] == [
        "1"
    ]
    counted = count(
        TO_FEBRUARY,
        decisions=[old, due_in_it],
        procedure_changes=changes,
        publications=list(published),
    )
    assert counted.loc[(TO_FEBRUARY.name, A), ["changes_due", "changes_published"]].tolist() == [
        1,
        0,
    ]


def test_a_decision_that_can_be_due_in_a_window_still_asks_for_its_calendar():
    tables = tables_of(decisions=[decision("1", "2022-12-30")], procedure_changes=[])
    january = Regime().month(Month(2023, 1))
    with pytest.raises(SettingsError, match="does not cover 2022-12-31"):
        changes_with_dates(tables, [january], CALENDAR)
    changes_with_dates(tables, [Regime().month(Month(2023, 3))], CALENDAR)


def test_no_deadline_is_farther_off_than_what_is_taken_for_the_longest():
    days = [date(2023, 1, 1) + timedelta(days=step) for step in range(4 * 365 - 30)]
    waits = [CALENDAR.add(day, PUBLISH_WITHIN_WORKING_DAYS) - day for day in days]
    assert max(waits) < LONGEST_WAIT


def test_the_list_holds_what_the_rate_counts_as_late():
    """A decision of December due on 6 January and public nowhere is part of January's rate."""
    found = late(decisions=[decision("1", "2024-12-27")], changes=[change("1", "P1")])
    assert found == [["1", date(2025, 1, 6), 1, 1, None]]
