"""One dossier at a time across the edges of a month, then many against a plain counter."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.organisation import Organisation
from briefings.periods import Month, Regime, Window
from tests.statistics.tables import (
    DEPARTMENT_A,
    DEPARTMENT_B,
    FEBRUARY,
    JANUARY,
    PROVINCE,
    ROOT,
    TO_FEBRUARY,
    A,
    B,
    Row,
    change,
    count,
    count_dossiers,
    decision,
    dossier,
    happened,
    not_zero,
    of_dossiers,
    payment,
    petition,
    publication,
)

STOCK = {"pending_undated": 1}
RECEIVED = {"received_online": 1, "received_channel_known": 1}


@pytest.mark.parametrize(
    ("received", "counted"),
    [
        ("2025-01-31 23:59", {"carried_over": 1} | STOCK),
        ("2025-02-01 00:00", RECEIVED | STOCK),
        ("2025-02-28 23:59:59", RECEIVED | STOCK),
        ("2025-03-01 00:00", {}),
    ],
)
def test_a_dossier_is_received_from_the_first_midnight_to_the_last_minute(received, counted):
    assert of_dossiers(dossier("1", received)) == counted


@pytest.mark.parametrize(
    ("finished", "counted"),
    [
        ("2025-01-31 23:59", {}),
        ("2025-02-01 00:00", {"carried_over": 1, "processed_undated": 1}),
        ("2025-02-28 23:59:59", {"carried_over": 1, "processed_undated": 1}),
        ("2025-03-01 00:00", {"carried_over": 1} | STOCK),
        (None, {"carried_over": 1} | STOCK),
    ],
)
def test_a_dossier_is_processed_in_the_month_of_its_last_day(finished, counted):
    assert of_dossiers(dossier("1", "2025-01-10", finished=finished)) == counted


def test_a_dossier_received_and_finished_within_the_month_is_in_no_stock():
    day = dossier("1", "2025-02-28 08:00", due="2025-02-28", finished="2025-02-28 17:00")
    assert of_dossiers(day) == RECEIVED | {"processed_on_day": 1, "processed_dated": 1}


@pytest.mark.parametrize(
    ("finished", "component"),
    [
        ("2025-02-09 23:59", "processed_early"),
        ("2025-02-10 00:00", "processed_on_day"),
        ("2025-02-10 23:59", "processed_on_day"),  # after the hour of the appointment
        ("2025-02-11 00:00", "processed_late"),
    ],
)
def test_on_time_is_a_matter_of_whole_days(finished, component):
    row = dossier("1", "2025-01-10", due="2025-02-10 09:00", finished=finished)
    assert of_dossiers(row) == {"carried_over": 1, component: 1, "processed_dated": 1}


@pytest.mark.parametrize(
    ("due", "counted"),
    [
        ("2025-02-27 23:59", {"pending_overdue": 1, "pending_dated": 1}),
        ("2025-02-28 00:00", {"pending_overdue": 1, "pending_dated": 1}),
        ("2025-02-28 23:59", {"pending_overdue": 1, "pending_dated": 1}),
        ("2025-03-01 00:00", {"pending_in_time": 1, "pending_dated": 1}),
        (None, {"pending_undated": 1}),
    ],
)
def test_a_pending_dossier_is_overdue_once_its_last_day_has_passed(due, counted):
    row = dossier("1", "2025-01-10", due=due)
    assert of_dossiers(row) == {"carried_over": 1} | counted


@pytest.mark.parametrize(
    ("due", "finished", "supplements", "on_time"),
    [
        ("2025-02-10", "2025-02-10 23:59", 0, True),
        ("2025-02-10", "2025-02-11", 0, False),
        ("2025-02-10", "2025-02-10", 1, True),  # one request is forgiven
        ("2025-02-10", "2025-02-10", 2, False),  # the second makes it late
        ("2025-02-27", None, 0, False),
        ("2025-02-28", None, 0, True),  # as if it were finished on the last day
        ("2025-03-01", None, 0, True),
        ("2025-03-01", None, 2, False),
        ("2025-02-27", "2025-03-01", 0, False),  # still open at the month's end
        ("2025-03-01", "2025-04-01", 0, True),
    ],
)
def test_index_766_judges_open_dossiers_and_repeated_requests(due, finished, supplements, on_time):
    row = dossier("1", "2025-01-10", due=due, finished=finished, supplements=supplements)
    counted = of_dossiers(row)
    assert counted["index_judged"] == 1
    assert counted.get("index_on_time", 0) == on_time


@pytest.mark.slow
@pytest.mark.parametrize(("due", "supplements"), [(None, 0), ("2025-02-10", None), (None, None)])
def test_index_766_judges_nothing_it_lacks_an_input_for(due, supplements):
    for finished in ("2025-02-05", None):
        row = dossier("1", "2025-01-10", due=due, finished=finished, supplements=supplements)
        assert "index_judged" not in of_dossiers(row)
        assert "index_on_time" not in of_dossiers(row)


def test_a_dossier_finished_after_the_month_is_judged_by_the_month_not_by_hindsight():
    row = dossier("1", "2025-01-10", due="2025-03-05", finished="2025-03-20")
    assert of_dossiers(row) == {
        "carried_over": 1, "pending_in_time": 1, "pending_dated": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "counted"),
    [
        ("online", RECEIVED | STOCK),
        ("counter", {"received_other": 1, "received_channel_known": 1} | STOCK),
        ("postal", {"received_other": 1, "received_channel_known": 1} | STOCK),
        (None, {"received_other": 1} | STOCK),
    ],
)
def test_only_online_is_online_and_an_unknown_channel_is_not_a_known_one(channel, counted):
    assert of_dossiers(dossier("1", "2025-02-03", channel=channel)) == counted


@pytest.mark.parametrize(
    ("status", "counts"), [(None, True), (1, False), (3, False)]
    + [(status, True) for status in (2, 4, 5, 6, 7, 8, 9, 10)],
)  # fmt: skip
def test_registered_only_and_refused_dossiers_were_never_received(status, counts):
    counted = of_dossiers(dossier("1", "2025-02-03", status=status))
    assert counted == (RECEIVED | STOCK if counts else {})


@pytest.mark.parametrize(
    ("synced", "present"),
    [
        ("2025-02-03 08:00", True),
        ("2025-02-28 23:59:59", True),
        ("2025-03-01 00:00", False),
        ("2025-01-30", True),  # the portal had it before the office did
    ],
)
def test_a_dossier_is_synchronised_if_the_portal_has_it_on_the_last_day(synced, present):
    counted = of_dossiers(
        dossier("1", "2025-02-03"), portal=[{"dossier_code": "1", "synced_at": synced}]
    )
    assert counted.get("received_synced", 0) == present


def test_the_portal_adds_no_dossier_and_saves_no_refused_one():
    counted = of_dossiers(
        dossier("refused", "2025-02-03", status=3),
        dossier("old", "2025-01-31"),
        portal=[
            {"dossier_code": code, "synced_at": "2025-02-04"}
            for code in ("refused", "old", "known to nobody")
        ],
    )
    assert counted == {"carried_over": 1} | STOCK


@pytest.mark.slow
def test_each_transaction_counts_once_with_the_unit_of_its_dossier():
    dossiers = [dossier("a", "2024-11-01"), dossier("b", "2025-02-03", unit=B)]
    payments = [
        payment("T0", "a", "2025-01-31 23:59"),
        payment("T1", "a", "2025-02-01 00:00", "national_portal"),
        payment("T2", "a", "2025-02-28 23:59", "provincial_gateway"),
        payment("T3", "a", "2025-02-10", "cash"),
        payment("T4", "b", "2025-02-10", "transfer"),
        payment("T5", "b", "2025-03-01 00:00"),
        payment("T6", "known to nobody", "2025-02-10"),
    ]
    counted = count(dossiers=dossiers, payments=payments)[["payments", "payments_online"]]
    assert counted.loc[("2025-02", A)].tolist() == [3, 2]
    assert counted.loc[("2025-02", B)].tolist() == [1, 0]
    assert counted.loc[("2025-02", ROOT)].tolist() == [4, 2]


@pytest.mark.slow
def test_a_dossier_paid_twice_is_still_received_once():
    counted = happened(
        dossiers=[dossier("1", "2025-02-03")],
        payments=[payment("T1", "1", "2025-02-04"), payment("T2", "1", "2025-02-04")],
    )
    assert counted == RECEIVED | STOCK | {"payments": 2, "payments_online": 2}


def test_decisions_count_by_their_day_and_changes_with_their_decision():
    counted = happened(
        decisions=[
            decision("before", "2025-01-31"),
            decision("first", "2025-02-01"),
            decision("last", "2025-02-28"),
            decision("after", "2025-03-01"),
            decision("of B", "2025-02-03", unit=B),
        ],
        procedure_changes=[
            change("before", "P1"),
            change("first", "P1", "new"),
            change("first", "P2", "amended"),
            change("last", "P1", "abolished"),
            change("last", "P2", "amended"),
            change("of B", "P1"),
            change("of nobody", "P1"),
        ],
    )
    assert {name: n for name, n in counted.items() if not name.startswith("changes_")} == {
        "decisions": 2,
        "procedures_new": 1,
        "procedures_amended": 2,
        "procedures_abolished": 1,
    }


BOTH = ("national_db", "provincial")


def published(issued: str, *days: str | None, window: Window = TO_FEBRUARY) -> dict[str, int]:
    """Publication of one procedure, which the two systems showed on the given days."""
    counted = happened(
        window,
        decisions=[decision("1", issued)],
        procedure_changes=[change("1", "P1")],
        publications=[
            publication("1", "P1", day, system)
            for day, system in zip(days, BOTH, strict=True)
            if day
        ],
    )
    return {name: value for name, value in counted.items() if name.startswith("changes_")}


DUE = {"changes_due": 1, "changes_dated": 1}
LATE = DUE | {"changes_published": 1}
IN_TIME = LATE | {"changes_published_on_time": 1}


# Issued on Wednesday 22 January: 23 and 24 January, 3, 4 and 5 February are the five days.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("national", "provincial", "counted"),
    [
        ("2025-01-24", "2025-01-24", IN_TIME),
        ("2025-02-05", "2025-02-05", IN_TIME),
        ("2025-01-24", "2025-02-05", IN_TIME),
        ("2025-01-24", "2025-02-06", LATE),
        ("2025-02-06", "2025-01-24", LATE),
        ("2025-01-24", None, DUE),
        (None, "2025-01-24", DUE),
        (None, None, DUE),
        ("2025-01-24", "2025-03-01", DUE),  # published when the window was over
    ],
)
def test_a_procedure_is_public_once_the_second_system_shows_it(national, provincial, counted):
    assert published("2025-01-22", national, provincial) == counted


@pytest.mark.slow
def test_what_is_not_yet_due_counts_only_if_it_is_already_public():
    assert published("2025-01-22", None, None, window=JANUARY) == {}
    assert published("2025-01-22", "2025-01-24", None, window=JANUARY) == {}
    assert published("2025-01-22", "2025-01-24", "2025-02-05", window=JANUARY) == {}
    assert published("2025-01-22", "2025-01-24", "2025-01-31", window=JANUARY) == IN_TIME


@pytest.mark.parametrize(
    ("issued", "counted"),
    [("2025-02-20", DUE), ("2025-02-21", DUE), ("2025-02-24", {})],  # due on 27, 28 Feb, 3 March
)
def test_the_last_day_of_the_window_can_still_be_the_deadline(issued, counted):
    assert published(issued, None, None) == counted


@pytest.mark.slow
def test_a_procedure_counts_in_one_month_only():
    """In that of a publication in time, else in that of its deadline, 5 February."""
    in_january, in_february = ("2025-01-24", "2025-01-31"), ("2025-01-24", "2025-02-05")
    for days, counted in (
        (in_january, [IN_TIME, {}]),
        (in_february, [{}, IN_TIME]),
        (("2025-01-24", "2025-02-06"), [{}, LATE]),
        (("2025-01-24", "2025-03-03"), [{}, DUE]),
    ):
        assert [published("2025-01-22", *days, window=w) for w in (JANUARY, FEBRUARY)] == counted


@pytest.mark.slow
def test_a_deadline_in_january_counts_although_the_decision_is_of_december():
    # Friday 27 December: 30 and 31 December, 2, 3 and 6 January.
    assert published("2024-12-27", None, None) == DUE
    assert published("2024-12-27", "2024-12-30", "2025-01-07") == LATE
    assert published("2024-12-27", "2024-12-30", "2024-12-30") == {}


@pytest.mark.slow
def test_a_decision_of_a_holiday_has_five_working_days_from_the_first_one():
    assert published("2025-01-28", "2025-02-07", "2025-02-07") == IN_TIME
    assert published("2025-01-28", "2025-02-10", "2025-02-07") == LATE


@pytest.mark.slow
def test_a_procedure_of_two_decisions_is_published_for_each_of_them():
    counted = happened(
        decisions=[decision("1", "2025-02-03"), decision("2", "2025-02-04")],
        procedure_changes=[change("1", "P1", "new"), change("2", "P1", "amended")],
        publications=[publication("1", "P1", "2025-02-05", system) for system in BOTH],
    )
    assert (counted["changes_due"], counted["changes_published"]) == (2, 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("received", "due", "answered", "in_due", "on_time"),
    [
        ("2025-02-01", "2025-02-10", "2025-02-10", 1, 1),
        ("2025-02-28", "2025-03-20", "2025-02-28", 1, 1),
        ("2025-02-03", "2025-02-10", "2025-02-11", 1, 0),
        ("2025-02-03", "2025-02-28", None, 1, 0),
        ("2025-02-03", "2025-03-01", None, 0, 0),
        ("2025-02-03", "2025-03-01", "2025-03-01", 0, 0),  # answered when the window was over
        ("2025-02-03", "2025-02-28", "2025-03-01", 1, 0),
        ("2025-02-03", None, None, 0, 0),
        ("2025-02-03", None, "2025-02-04", 1, 0),  # not dated, see test_observations.py
        ("2025-01-31", "2025-02-10", "2025-02-10", 1, 1),
        ("2025-01-10", "2025-01-31", "2025-02-03", 0, 0),  # January's: its deadline
        ("2025-01-10", "2025-02-10", "2025-01-31", 0, 0),  # January's: its answer
        ("2025-03-01", "2025-03-10", "2025-03-01", 0, 0),
    ],
)
def test_a_petition_is_judged_once_answered_or_due(received, due, answered, in_due, on_time):
    counted = happened(feedback=[petition("1", received, due, answered)])
    found = (counted.get("feedback_due", 0), counted.get("feedback_answered_on_time", 0))
    assert found == (in_due, on_time)


def test_dossiers_of_the_province_itself_stand_in_the_total_once():
    rows = [dossier("own", "2025-02-03", unit=ROOT), dossier("a", "2025-02-03")]
    counted = count(dossiers=rows)
    assert counted.index.is_unique
    assert counted.loc[("2025-02", ROOT), "received_online"] == 2


ENDED = Organisation((PROVINCE.root, DEPARTMENT_B), former=(DEPARTMENT_A,))


@pytest.mark.slow
def test_a_merged_unit_does_not_take_its_rows_out_of_the_total():
    """Nine departments end on 2025-02-28: what they did until then is still the province's."""
    counted = count(
        TO_FEBRUARY,
        organisation=ENDED,
        dossiers=[dossier("of A", "2025-01-10"), dossier("of B", "2025-02-10", unit=B)],
        payments=[payment("T", "of A", "2025-01-10")],
        decisions=[decision("1", "2025-01-10")],
        procedure_changes=[change("1", "P1")],
    ).loc[TO_FEBRUARY.name]
    names = ["received_online", "payments", "decisions", "procedures_new"]
    assert counted.loc[ROOT, names].tolist() == [2, 1, 1, 1]
    assert counted.loc[A, names].tolist() == [1, 1, 1, 1]


def test_rows_of_a_unit_that_nobody_knows_are_refused_not_dropped():
    unknown = Organisation((PROVINCE.root, DEPARTMENT_B))
    with pytest.raises(SettingsError, match=r"units that the organisation lacks: \['A'\]"):
        count(organisation=unknown, dossiers=[dossier("of A", "2025-02-10")])


# Many dossiers over four months, against a counter that only knows Python.

FIRST = date(2024, 11, 1)
MONTHS = [Month(2024, 12) + step for step in range(4)]
CALENDAR_MONTHS = [Regime().month(month) for month in MONTHS]
TO_DATE = [Regime().year_to_date(month) for month in MONTHS[1:]]  # January, to February, to March
WINDOWS = [*CALENDAR_MONTHS, *TO_DATE]

moments = st.integers(0, 150 * 24 * 60 - 1).map(
    lambda minute: datetime.combine(FIRST, datetime.min.time()) + timedelta(minutes=minute)
)
# Midnights around the ends of months are where mistakes live.
edges = st.sampled_from(
    [
        datetime.combine(month.first_day, datetime.min.time()) + timedelta(minutes=minutes)
        for month in MONTHS
        for minutes in (-1, 0, 1)
    ]
)
days = st.one_of(moments, edges)


@st.composite
def dossier_lists(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(0, 12))):
        received = draw(days)
        finished = draw(st.one_of(st.none(), days))
        rows.append(
            dossier(
                f"{number}",
                received.isoformat(),
                due=draw(st.one_of(st.none(), days.map(datetime.isoformat))),
                finished=max(received, finished).isoformat() if finished else None,
                unit=draw(st.sampled_from([A, B])),
                channel=draw(st.sampled_from(["online", "counter", "postal", None])),
                status=draw(st.sampled_from([None, 1, 2, 3, 4, 9])),
                supplements=draw(st.sampled_from([None, 0, 1, 2])),
            )
        )
    return rows


def day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).date() if text else None


def counted_by_hand(rows: list[Row], portal: dict[str, date], window: Window) -> dict[str, int]:
    """The rows of one unit in one window, one at a time."""
    found: dict[str, int] = {}

    def add(name: str) -> None:
        found[name] = found.get(name, 0) + 1

    for row in rows:
        received, due, finished = (
            day(row[name]) for name in ("received_at", "due_at", "finished_at")
        )
        if row["status"] in (1, 3) or received > window.end:
            continue
        if finished and finished < window.start:
            continue
        if received >= window.start:
            add("received_online" if row["channel"] == "online" else "received_other")
            if row["channel"]:
                add("received_channel_known")
            if row["dossier_code"] in portal and portal[row["dossier_code"]] <= window.end:
                add("received_synced")
        else:
            add("carried_over")
        done = finished is not None and finished <= window.end
        prefix = "processed" if done else "pending"
        if due is None:
            add(f"{prefix}_undated")
            continue
        add(f"{prefix}_dated")
        if done:
            judged = "early" if finished < due else "on_day" if finished == due else "late"
        else:
            judged = "overdue" if due <= window.end else "in_time"
        add(f"{prefix}_{judged}")
        requests = row["supplement_requests"]
        if requests is not None:
            add("index_judged")
            if (finished if done else window.end) <= due and requests <= 1:
                add("index_on_time")
    return found


few = settings(max_examples=20)


@pytest.mark.slow
@few
@given(rows=dossier_lists(), synced=st.dictionaries(st.integers(0, 14), days, max_size=6))
def test_components_equal_a_count_by_hand(rows: list[Row], synced: dict[int, datetime]):
    portal = [
        {"dossier_code": f"{number}", "synced_at": moment} for number, moment in synced.items()
    ]
    on_portal = {f"{number}": moment.date() for number, moment in synced.items()}
    counted = count_dossiers(*WINDOWS, dossiers=rows, portal=portal)
    for window in WINDOWS:
        for unit in (A, B):
            own = [row for row in rows if row["unit"] == unit]
            assert not_zero(counted, window, unit) == counted_by_hand(own, on_portal, window)


def form(found: dict[str, int]) -> dict[int, int]:
    """Some columns of Form II.06a, from components."""
    parts = {
        3: ("received_online", "received_other", "carried_over"),
        6: ("carried_over",),
        7: ("processed_early", "processed_on_day", "processed_late", "processed_undated"),
        11: ("pending_in_time", "pending_overdue", "pending_undated"),
    }
    return {number: sum(found.get(name, 0) for name in names) for number, names in parts.items()}


FLOWS = (
    "received_online", "received_other", "received_channel_known", "processed_early",
    "processed_on_day", "processed_late", "processed_undated", "processed_dated",
)  # fmt: skip


@pytest.mark.slow
@few
@given(rows=dossier_lists())
def test_months_link_up_and_add_up_to_the_year_to_date(rows: list[Row]):
    counted = count_dossiers(*WINDOWS, dossiers=rows)
    for unit in (A, B):
        december, *months = (not_zero(counted, month, unit) for month in CALENDAR_MONTHS)
        for row in (december, *months):
            assert form(row)[3] == form(row)[7] + form(row)[11]
            assert form(row)[11] == row.get("pending_dated", 0) + row.get("pending_undated", 0)
            assert form(row)[7] == row.get("processed_dated", 0) + row.get("processed_undated", 0)
        for before, after in itertools.pairwise((december, *months)):
            assert form(after)[6] == form(before)[11]
        for number, window in enumerate(TO_DATE, start=1):
            to_date = not_zero(counted, window, unit)
            for name in FLOWS:
                assert to_date.get(name, 0) == sum(row.get(name, 0) for row in months[:number])
            assert form(to_date)[6] == form(months[0])[6]
            assert form(to_date)[11] == form(months[number - 1])[11]


@pytest.mark.slow
@settings(max_examples=5)
@given(rows=dossier_lists(), order=st.randoms(use_true_random=False))
def test_the_total_is_the_sum_of_the_units_in_any_order_of_rows(rows: list[Row], order: Any):
    order.shuffle(shuffled := rows.copy())
    counted = count(FEBRUARY, TO_FEBRUARY, dossiers=rows)
    pd.testing.assert_frame_equal(counted, count(FEBRUARY, TO_FEBRUARY, dossiers=shuffled))
    own = counted.drop(index=ROOT, level="unit").groupby("window").sum()
    pd.testing.assert_frame_equal(counted.xs(ROOT, level="unit").loc[own.index], own)
