"""Over what change of the organisation a month is not compared: fourteen months, by hand.

D1 has 20 or 21 dossiers a month in 2024 and 45 or 46 from January 2025 on: with those of D2, which
then has none.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from briefings.facts.signal import Signal
from briefings.gathering.breaks import is_break
from briefings.gathering.counted import open_month
from briefings.gathering.gather import gather
from briefings.intake.take_in import take_in
from briefings.lineage.succession import Succession
from briefings.periods import Month, Regime, months_between
from briefings.project import Project, Series
from tests import tiny
from tests.lineage.histories import LINEAGE_HEADINGS, step

pytestmark = pytest.mark.slow

MONTHS = months_between(Month(2024, 1), Month(2025, 2))
LAST = MONTHS[-1]
FIRST_OF_JANUARY = "2025-01-01"


def dossiers_of(month: Month, unit: str, count: int) -> str:
    day, due = f"02/{month.number:02d}/{month.year}", f"09/{month.number:02d}/{month.year}"
    return "".join(
        f"{unit}-{month}-{n},P1,{unit},{day} 08:00,Trực tuyến,{due} 17:00,{day} 16:00,"
        "Đã trả kết quả,x\n"
        for n in range(count)
    )


def export(month: Month) -> str:
    after, odd = month.year == 2025, month.number % 2
    numbers = {"D1": 45 + odd, "D2": 0} if after else {"D1": 20 + odd, "D2": 25}
    rows = (dossiers_of(month, unit, count) for unit, count in numbers.items())
    return f"{tiny.DOSSIER_HEADINGS}\n{''.join(rows)}"


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = tiny.write_project(
        tmp_path_factory.mktemp("delivered"),
        only=["procedures", "dossiers"],
        dossiers={str(month): export(month) for month in MONTHS},
    )
    take_in(project)
    return dataclasses.replace(project, calendar=None)


@pytest.fixture
def changed(delivered: Project, tmp_path: Path):
    """The same months, with what is on record of D2 and how figures are read."""

    def change(*steps: str, series: Series = "as_now", ends: str = "") -> Project:
        units = tiny.UNITS.replace("Department Two,department,T1,,",
                                   f"Department Two,department,T1,,{ends}")  # fmt: skip
        lineage = "\n".join([LINEAGE_HEADINGS, *steps]) + "\n"
        return dataclasses.replace(
            delivered,
            units=tiny.write(tmp_path / "units.csv", units),
            lineage=tiny.write(tmp_path / "lineage.csv", lineage),
            series=series,
        )

    return change


def received(project: Project, unit: str, month: Month = LAST) -> Signal:
    counted = open_month(project, month)
    (facts,) = gather(counted, [counted.organisation.unit(unit)])
    found = facts.signal("received_in_period")
    assert found is not None
    return found


def verdict(project: Project, unit: str = "D1") -> tuple[str, str | None, list[str]]:
    """The verdict on received dossiers, since when they are compared, and the changes named."""
    signal = received(project, unit)
    rebased = signal.rebased
    if rebased is None:
        return signal.verdict, None, []
    return signal.verdict, str(rebased.since), [change.kind for change in rebased.changes]


MERGER = step(FIRST_OF_JANUARY, "merge", "D2", "D1")
TRANSFER = step(FIRST_OF_JANUARY, "transfer", "D2", "D1")


def test_without_a_record_of_the_change_it_is_a_signal(changed):
    assert verdict(changed(), "D1") == ("above", None, [])
    assert verdict(changed(), "D2") == ("no_variation", None, [])


def test_after_a_merger_read_as_then_the_unit_is_another_office(changed):
    project = changed(MERGER, series="as_then", ends="2024-12-31")
    assert verdict(project, "D1") == ("too_few", "2025-01", ["merged"])
    assert verdict(project, "T1") == ("no_clear_change", None, [])


def test_read_as_now_it_was_one_office_all_along(changed):
    assert verdict(changed(MERGER, ends="2024-12-31")) == ("no_clear_change", None, [])


@pytest.mark.parametrize("series", ["as_now", "as_then"])
@pytest.mark.parametrize("unit", ["D1", "D2"])
def test_a_transfer_of_unknown_size_makes_other_offices_of_both(changed, series, unit):
    expected = ("too_few", "2025-01", ["transferred"])
    assert verdict(changed(TRANSFER, series=series), unit) == expected


def test_the_change_is_named_with_its_units(changed):
    rebased = received(changed(TRANSFER), "D1").rebased
    assert rebased is not None
    (change,) = rebased.changes
    assert [unit.code for unit in (*change.old, *change.new)] == ["D2", "D1"]
    assert change.verified


def test_months_after_a_division_are_not_compared_with_the_estimates_before_it(changed):
    division = step(FIRST_OF_JANUARY, "transfer", "D2", "D1", "0.5")
    assert verdict(changed(division)) == ("too_few", "2025-01", ["split"])


def test_an_estimated_month_is_not_judged(changed):
    """D2 ended on 14 December; of all that it did, in December as well, half is read as D1's."""
    steps = [step("2024-12-15", "split", "D2", unit, "0.5") for unit in ("D1", "D3")]
    project = changed(*steps, ends="2024-12-14")
    with_d3 = project.units.read_text(encoding="utf-8") + (
        "D3,Sở Ba,Department Three,department,T1,,,synthetic,test\n"
    )
    tiny.write(project.units, with_d3)
    assert received(project, "D1", Month(2024, 12)).verdict == "estimated"
    assert received(project, "T1", Month(2024, 12)).verdict == "no_clear_change"


@pytest.mark.parametrize(
    ("on", "since"),
    [
        ("2025-01-01", "2025-01"),
        ("2025-01-02", "2025-02"),
        ("2025-02-01", "2025-02"),
        ("2025-02-02", "2025-02"),  # no month lies wholly after it yet
    ],
)
def test_the_series_begins_with_the_first_month_wholly_after_the_change(changed, on, since):
    found = verdict(changed(step(on, "transfer", "D2", "D1")))
    assert found == ("too_few", since, ["transferred"])


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-02-14", ("too_few", "2025-02")), ("2025-02-15", ("above", None))]
)
def test_a_change_after_the_last_day_reported_on_breaks_nothing(changed, on, expected):
    """The legal month of February ends on the 14th."""
    project = changed(step(on, "transfer", "D2", "D1"))
    legal = dataclasses.replace(project, regime=Regime("legal_month"))
    assert verdict(legal)[:2] == expected


@pytest.mark.parametrize(
    ("event", "new", "share", "as_now", "as_then"),
    [
        ("merge", "B", None, False, True),
        ("merge", "", None, True, True),
        ("rename", "A", None, False, False),
        ("rename", "B", None, False, True),
        ("split", "B", "0.5", True, True),
        ("transfer", "B", None, True, True),
        ("transfer", "B", "0.5", True, True),
        ("abolish", "B", None, False, True),
    ],
)
def test_which_steps_make_another_office(event, new, share, as_now, as_then):
    found = Succession(LAST.first_day, event, "A", new, Fraction(share) if share else None)
    assert (is_break(found, "as_now"), is_break(found, "as_then")) == (as_now, as_then)
