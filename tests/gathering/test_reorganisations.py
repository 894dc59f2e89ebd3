"""A merged department in its first month: what it is compared with, and what the page says."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from briefings.errors import SettingsError
from briefings.exploration import explore
from briefings.facts import Facts
from briefings.facts.files import from_files, to_files
from briefings.facts.reorganisation import EndOfUnits
from briefings.gathering.counted import open_month
from briefings.gathering.gather import gather
from briefings.periods import Month, Regime
from briefings.project import REPOSITORY, Project
from tests.gathering.reorganised import MARCH, STEPS, UNITS, reorganised
from tests.lineage.histories import step

pytestmark = pytest.mark.slow

REGIME = Regime()
MONTHS = [REGIME.month(Month(2025, number)) for number in (1, 2, 3)]
TO_MARCH = REGIME.year_to_date(Month(2025, 3))


def facts_of(project: Project, month: str = MARCH) -> dict[str, Facts]:
    counted = open_month(project, Month.parse(month))
    return {each.unit.code: each for each in gather(counted, counted.organisation.units)}


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Facts]:
    return facts_of(reorganised(tmp_path_factory.mktemp("now")))


@pytest.fixture(scope="module")
def then(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Facts]:
    return facts_of(reorganised(tmp_path_factory.mktemp("then"), series="as_then"))


def received(facts: Facts) -> list[int | None]:
    return [
        facts.observation("received_in_period", window).numerator for window in (*MONTHS, TO_MARCH)
    ]


def test_january_and_february_are_those_of_both_departments_together(now):
    assert received(now["D3"]) == [5, 3, 1, 9]
    assert received(now["T1"]) == [5, 3, 1, 9]
    assert received(now["D4"]) == [0, 0, 0, 0]


def test_read_as_then_the_new_department_has_no_earlier_figures_and_not_zero(then):
    assert received(then["D3"]) == [None, None, 1, 1]
    assert then["D3"].observation("received_in_period", MONTHS[0]).status == "no_data"
    assert received(then["T1"]) == [5, 3, 1, 9]


@pytest.mark.parametrize(("series", "parts"), [("as_now", (7, 9)), ("as_then", (1, 1))])
def test_the_index_is_read_on_the_same_units_as_everything_else(tmp_path, series, parts):
    """Filed online: 3 of 5 in January and 3 of 3 in February of D1 and D2, 1 of 1 of D3."""
    project = reorganised(tmp_path, series=series)
    rules = REPOSITORY / "data" / "reference" / "index_766.csv"
    index = facts_of(dataclasses.replace(project, index=rules))["D3"].index
    assert index is not None
    (filed,) = (each.measure for each in index.results if each.indicator.id == "3.3")
    assert filed is not None
    assert (filed.numerator, filed.denominator) == parts


def test_open_dossiers_of_the_old_departments_are_the_new_ones(now, then):
    """A5 and B3 of D2 are open at the end of March, past their return dates."""
    assert now["D3"].observation("pending", MONTHS[2]).numerator == 2
    assert now["D3"].form.period[-1].row.cells[6] == 2
    (*_, total) = now["D3"].overdue
    assert sum(total.bands) == 2
    assert [group.of.code for group in now["T1"].overdue[:-1]] == ["D3"]
    assert then["D3"].observation("pending", MONTHS[2]).numerator == 0
    assert then["D3"].overdue == ()
    assert [group.of.code for group in then["T1"].overdue[:-1]] == ["D2"]


def test_decisions_of_the_old_departments_stand_under_their_names_of_then(now, then):
    def listed(facts: Facts) -> list[tuple[str, str]]:
        return [(each.number, each.unit.code) for each in facts.announcements.decisions]

    whole = [("1/QĐ", "D1"), ("2/QĐ", "D2"), ("3/QĐ", "D3")]
    assert listed(now["D3"]) == listed(now["T1"]) == listed(then["T1"]) == whole
    assert now["D3"].observation("decisions", TO_MARCH).numerator == 3
    assert listed(then["D3"]) == [("3/QĐ", "D3")]


def test_units_side_by_side_add_up_and_show_who_ended_only_where_nobody_followed(now, then):
    def table(facts: Facts) -> dict[str, int | None]:
        assert facts.all_units is not None
        rows = facts.all_units.side_by_side
        return {row.unit.code if row.unit else row.group: row.observations[0].numerator
                for row in rows}  # fmt: skip

    assert table(now["T1"]) == {"D3": 9, "D4": 0, "communes": 0, "T1": 9}
    assert table(then["T1"]) == {"D3": 1, "D4": 0, "communes": 0, "former": 8, "T1": 9}


def test_each_page_names_the_changes_that_touch_it(now):
    def told(unit: str) -> list[tuple[date, str, list[str], list[str], bool]]:
        return [
            (each.on, each.kind, [old.name_en for old in each.old],
             [new.name_en for new in each.new], each.verified)
            for each in now[unit].reorganisations.changes
        ]  # fmt: skip

    first_of_march, first_of_february = date(2025, 3, 1), date(2025, 2, 1)
    gone = (first_of_march, "transferred", ["Department One"], ["Department Four"], False)
    assert told("D3") == [
        (
            first_of_march,
            "merged",
            ["Department One", "Department Two"],
            ["Department Three"],
            True,
        ),
        gone,
    ]
    assert told("D4") == [gone]
    assert told("C0") == [
        (first_of_february, "renamed", ["Old Commune"], ["New Commune"], True),
        (first_of_february, "unknown", ["Lost Commune"], [], True),
    ]
    assert told("T1") == []


def test_the_province_is_told_how_many_ended(now, then):
    expected = (EndOfUnits(date(2025, 2, 1), 1, 1), EndOfUnits(date(2025, 3, 1), 2, 0))
    assert now["T1"].reorganisations.ends == then["T1"].reorganisations.ends == expected
    assert now["D3"].reorganisations.ends == ()
    assert (now["T1"].reorganisations.series, then["T1"].reorganisations.series) == (
        "as_now",
        "as_then",
    )


def test_a_change_after_the_month_is_not_told(tmp_path: Path):
    february = facts_of(reorganised(tmp_path), "2025-02")
    assert february["D1"].reorganisations.changes == ()
    assert [each.on for each in february["T1"].reorganisations.ends] == [date(2025, 2, 1)]


def test_facts_come_back_from_their_files(now):
    assert from_files(to_files(now["D3"])) == now["D3"]


def test_a_unit_that_goes_on_is_among_those_merged_into_it(tmp_path: Path):
    """D1 takes over D2 and keeps its code."""
    units = UNITS.replace("D1,Sở Một,Department One,department,T1,,2025-02-28",
                          "D1,Sở Một,Department One,department,T1,,")  # fmt: skip
    steps = [step("2025-03-01", "merge", "D2", "D1"), *STEPS[:2]]
    facts = facts_of(reorganised(tmp_path, units=units, steps=steps))
    (change,) = facts["D1"].reorganisations.changes
    assert [old.code for old in change.old] == ["D1", "D2"]
    assert received(facts["D1"]) == [5, 3, 0, 8]


def test_a_former_name_is_not_told_of_the_unit_that_it_later_went_into(tmp_path: Path):
    """C0 is renamed in February and goes into C9 in March."""
    units = UNITS.replace(
        "C0,Xã Mới,New Commune,commune,T1,2025-02-01,,",
        "C9,Xã Chín,Commune Nine,commune,T1,,,synthetic,test\n"
        "C0,Xã Mới,New Commune,commune,T1,2025-02-01,2025-02-28,",
    )
    steps = [*STEPS[:1], step("2025-02-01", "abolish", "C1"), *STEPS[2:4],
             step("2025-03-01", "merge", "C0", "C9")]  # fmt: skip
    facts = facts_of(reorganised(tmp_path, units=units, steps=steps))
    (change,) = facts["C9"].reorganisations.changes
    assert [old.name_en for old in change.old] == ["Commune Nine", "New Commune"]


def test_the_rows_behind_a_merged_department_can_be_explored(tmp_path: Path):
    explored = explore(MARCH, "D3", project=reorganised(tmp_path))
    assert sorted(explored.overdue()["dossier_code"]) == ["A5", "B3"]
    assert list(explored.received()["dossier_code"]) == ["C1"]


def test_parts_of_a_split_are_estimates_and_not_judged(tmp_path: Path):
    """D2 is divided 60/40 between D3 and D4: of its three dossiers of January two and one."""
    steps = [
        *STEPS[:3],
        step("2025-03-01", "split", "D2", "D3", "0.6"),
        step("2025-03-01", "split", "D2", "D4", "0.4"),
    ]
    facts = facts_of(reorganised(tmp_path, steps=steps))
    assert [received(facts[code])[0] for code in ("D3", "D4", "T1")] == [2 + 2, 1, 5]
    january = facts["D4"].observation("received_in_period", MONTHS[0])
    assert january.estimate
    assert not facts["T1"].observation("received_in_period", MONTHS[0]).estimate
    assert facts["D4"].form.to_date[-1].row.estimate
    assert not facts["T1"].form.to_date[-1].row.estimate
    (change,) = facts["D4"].reorganisations.changes
    assert (change.kind, [old.code for old in change.old]) == ("split", ["D2"])
    assert [new.code for new in change.new] == ["D3", "D4"]
    assert [each.kind for each in facts["D3"].reorganisations.changes] == ["merged", "split"]


def test_an_unsound_lineage_stops_every_briefing(tmp_path: Path):
    project = reorganised(tmp_path, steps=STEPS[:3])
    with pytest.raises(SettingsError, match="D2 ended on 2025-02-28, and nothing says"):
        facts_of(project)
