"""Components read on the units of one day: every total stays, nothing is counted twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.lineage import Lineage
from briefings.periods import Month, Regime, Window
from briefings.statistics.series import read_series
from tests.lineage.histories import ROOT, History, histories, load, step, unit_row

JANUARY, FEBRUARY, MARCH = (Regime().month(Month(2025, number)) for number in (1, 2, 3))
TO_MARCH = Regime().year_to_date(Month(2025, 3))
LAST_DAY = date(2025, 3, 31)


def table(received: dict[Window, dict[str, int]], units: list[str]) -> pd.DataFrame:
    """One component per window and unit, zero if not named, with the total as root."""
    rows = [
        (window.name, unit, counts.get(unit, 0))
        for window, counts in received.items()
        for unit in units
    ]
    totals = [(window.name, ROOT, sum(counts.values())) for window, counts in received.items()]
    named = pd.DataFrame([*totals, *rows], columns=["window", "unit", "received_online"])
    return named.set_index(["window", "unit"])


def read(
    received: dict[Window, dict[str, int]], lineage: Lineage, day: date = LAST_DAY
) -> tuple[dict[tuple[str, str], int], object]:
    units = [unit for unit in lineage.tenures if unit != ROOT]
    components, caveats = read_series(table(received, units), list(received), lineage, day, ROOT)
    return components["received_online"].to_dict(), caveats


def test_a_merged_department_is_compared_with_its_parts_together(tmp_path: Path):
    """A and B end in February and are C from 1 March on."""
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2025-02-28"),
            unit_row("B", last="2025-02-28"),
            unit_row("C", "2025-03-01"),
        ],
        [step("2025-03-01", "merge", "A", "C"), step("2025-03-01", "merge", "B", "C")],
    )
    counts = {
        FEBRUARY: {"A": 5, "B": 7},
        MARCH: {"C": 11},
        TO_MARCH: {"A": 9, "B": 8, "C": 11},
    }
    found, caveats = read(counts, lineage)
    assert found == {
        ("2025-02", ROOT): 12, ("2025-02", "A"): 0, ("2025-02", "B"): 0, ("2025-02", "C"): 12,
        ("2025-03", ROOT): 11, ("2025-03", "A"): 0, ("2025-03", "B"): 0, ("2025-03", "C"): 11,
        (TO_MARCH.name, ROOT): 28, (TO_MARCH.name, "A"): 0, (TO_MARCH.name, "B"): 0,
        (TO_MARCH.name, "C"): 28,
    }  # fmt: skip
    assert not caveats.is_estimate("2025-02", ["C"])
    assert not caveats.is_absent("2025-02", "C")
    then, caveats = read(counts, lineage.as_then())
    assert (then["2025-02", "A"], then["2025-02", "C"], then[TO_MARCH.name, "C"]) == (5, 0, 11)
    assert caveats.is_absent("2025-02", "C")
    assert not caveats.is_absent("2025-03", "C")


def test_before_the_event_nothing_is_moved(tmp_path: Path):
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-02-28"), unit_row("C", "2025-03-01")],
        [step("2025-03-01", "rename", "A", "C")],
    )
    found, _ = read({FEBRUARY: {"A": 5}}, lineage, date(2025, 2, 28))
    assert (found["2025-02", "A"], found["2025-02", "C"]) == (5, 0)


def test_five_dossiers_of_a_unit_split_sixty_to_forty_are_three_and_two(tmp_path: Path):
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2025-02-28"),
            unit_row("B", "2025-03-01"),
            unit_row("C", "2025-03-01"),
            unit_row("D"),
        ],
        [
            step("2025-03-01", "split", "A", "B", "0.6"),
            step("2025-03-01", "split", "A", "C", "0.4"),
        ],
    )
    found, caveats = read({FEBRUARY: {"A": 5, "D": 1}, MARCH: {"B": 2}}, lineage)
    assert [found["2025-02", unit] for unit in "ABCD"] == [0, 3, 2, 1]
    assert caveats.is_estimate("2025-02", ["B"])
    assert caveats.is_estimate("2025-02", ["C", "D"])
    assert not caveats.is_estimate("2025-02", ["B", "C"])  # together they are A
    assert not caveats.is_estimate("2025-02", ["D"])
    assert not caveats.is_estimate("2025-03", ["B"])


def test_a_merger_and_a_later_split_in_one_chain(tmp_path: Path):
    """A (4) and B (6) become C in February; in March C is split 50/30/20 into D, E and F."""
    lineage = load(
        tmp_path,
        [
            unit_row("A", last="2025-01-31"),
            unit_row("B", last="2025-01-31"),
            unit_row("C", "2025-02-01", "2025-02-28"),
            *(unit_row(code, "2025-03-01") for code in "DEF"),
        ],
        [
            step("2025-02-01", "merge", "A", "C"),
            step("2025-02-01", "merge", "B", "C"),
            step("2025-03-01", "split", "C", "D", "0.5"),
            step("2025-03-01", "split", "C", "E", "0.3"),
            step("2025-03-01", "split", "C", "F", "0.2"),
        ],
    )
    found, _ = read({JANUARY: {"A": 4, "B": 6}, FEBRUARY: {"C": 20}}, lineage)
    # A alone gives 2, 1 and 1; B gives 3, 2 and 1.
    assert [found["2025-01", unit] for unit in "ABCDEF"] == [0, 0, 0, 5, 3, 2]
    assert [found["2025-02", unit] for unit in "CDEF"] == [0, 10, 6, 4]


def test_a_unit_that_only_changed_its_name_keeps_its_figures(tmp_path: Path):
    lineage = load(
        tmp_path,
        [unit_row("A", last="2025-02-28", name="cũ"), unit_row("A", "2025-03-01", name="mới")],
        [step("2025-03-01", "rename", "A", "A")],
    )
    found, _ = read({FEBRUARY: {"A": 5}, MARCH: {"A": 6}}, lineage)
    assert (found["2025-02", "A"], found["2025-03", "A"]) == (5, 6)


def test_what_nobody_is_known_to_have_taken_over_stays_with_the_unit_that_ended(tmp_path: Path):
    lineage = load(
        tmp_path, [unit_row("A", last="2025-02-28"), unit_row("B")],
        [step("2025-03-01", "merge", "A")],
    )  # fmt: skip
    found, _ = read({FEBRUARY: {"A": 5, "B": 1}}, lineage)
    assert (found["2025-02", "A"], found["2025-02", "B"]) == (5, 1)


def test_what_went_to_the_province_itself_stands_in_the_total_once(tmp_path: Path):
    lineage = load(
        tmp_path, [unit_row("A", last="2025-02-28"), unit_row("B")],
        [step("2025-03-01", "abolish", "A", ROOT)],
    )  # fmt: skip
    found, _ = read({FEBRUARY: {"A": 5, "B": 1}}, lineage)
    assert found == {("2025-02", ROOT): 6, ("2025-02", "A"): 0, ("2025-02", "B"): 1}


@pytest.mark.parametrize(("dossiers", "absent"), [(0, True), (1, False)])
def test_a_unit_has_no_data_before_it_began_unless_rows_say_otherwise(
    tmp_path: Path, dossiers: int, absent: bool
):
    lineage = load(tmp_path, [unit_row("A"), unit_row("C", "2025-03-01")], [])
    _, caveats = read({FEBRUARY: {"C": dossiers}}, lineage)
    assert caveats.is_absent("2025-02", "C") is absent
    assert not caveats.is_absent("2025-02", "A")


def test_a_province_where_nothing_happened_is_there_all_the_same(tmp_path: Path):
    _, caveats = read({FEBRUARY: {}}, load(tmp_path, [unit_row("A")], []))
    assert not caveats.is_absent("2025-02", ROOT)
    assert not caveats.is_absent("2025-02", "A")


MONTHS = [Regime().month(Month(2024, number)) for number in range(1, 9)]
counts = st.lists(st.integers(0, 50), min_size=40, max_size=40)


@pytest.mark.slow
@given(histories(), counts, st.integers(0, 7))
def test_totals_stay_to_the_dossier_across_every_chain_of_events(
    history: History, numbers: list[int], last: int
):
    """Each unit has its counts in the months in which it was there, for every component."""
    lineage, day = history.lineage, MONTHS[last].end
    windows = MONTHS[: last + 1]
    units = [unit for unit in lineage.tenures if (lineage.began(unit) or day) <= day]
    rows = [
        (window.name, unit, *(_count(lineage, unit, window, numbers, part) for part in (0, 1)))
        for window in windows
        for unit in units
    ]
    names = ["received_online", "payments"]
    own = pd.DataFrame(rows, columns=["window", "unit", *names]).set_index(["window", "unit"])
    totals = own.groupby("window").sum()
    totals.index = pd.MultiIndex.from_product([totals.index, [ROOT]], names=own.index.names)
    given_table = pd.concat([totals, own])

    found, _ = read_series(given_table, windows, lineage, day, ROOT)

    assert found.index.equals(given_table.index)
    assert (found >= 0).all(axis=None)
    kept = found.drop(index=ROOT, level="unit").groupby("window").sum()
    pd.testing.assert_frame_equal(kept, own.groupby("window").sum(), check_dtype=False)
    pd.testing.assert_frame_equal(found.xs(ROOT, level="unit"), totals.droplevel("unit"))
    for unit in units:
        gone = lineage.unit_on(unit, day) is None and unit not in lineage.as_now(unit, day)
        assert not gone or (found.xs(unit, level="unit") == 0).all(axis=None)


def _count(lineage: Lineage, unit: str, window: Window, numbers: list[int], part: int) -> int:
    there = lineage.unit_on(unit, window.end) is not None
    place = sum(map(ord, unit + window.name)) + part
    return numbers[place % len(numbers)] if there else 0
