"""Statuses are decided on exact numbers, and never where something is uncertain."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from briefings.periods import Month, month_window
from briefings.statistics.kpis import load_kpis
from briefings.statistics.observations import Observation
from briefings.statistics.scorecard import Score, scorecard, windows_of
from briefings.statistics.targets import Target, Targets
from tests.statistics.tables import DEPARTMENT_A, FEBRUARY, TO_FEBRUARY, Row, dossier, observe


def of(numerator: int, denominator: int | None) -> Observation:
    return Observation("sync", "2025-02", "A", numerator, denominator, "measured")


NO_DATA = Observation("sync", "2025-02", "A", None, None, "no_data")
NOT_MEASURABLE = Observation("sync", "2025-02", "A", None, None, "not_measurable")


def target(value: Fraction, direction: str = "higher", *, verified: bool = True) -> Target:
    return Target("sync", value, direction, "Law", verified)  # type: ignore[arg-type]


NINETY = Fraction(9, 10)


@pytest.mark.parametrize(
    ("direction", "numerator", "status"),
    [
        ("higher", 89_999, "missed"),
        ("higher", 90_000, "met"),
        ("higher", 90_001, "met"),
        ("lower", 89_999, "met"),
        ("lower", 90_000, "met"),
        ("lower", 90_001, "missed"),
    ],
)
def test_below_on_and_above_the_target(direction, numerator, status):
    assert Score(of(numerator, 100_000), target(NINETY, direction)).status == status


def test_what_prints_as_the_target_may_still_miss_it():
    score = Score(of(99_999, 100_000), target(Fraction(1)))
    assert score.status == "missed"
    assert score.variance == Fraction(-1, 100_000)


def test_a_third_is_not_met_by_a_rounded_third():
    assert Score(of(1, 3), target(Fraction("0.3333"))).status == "met"
    assert Score(of(3333, 10_000), target(Fraction(1, 3))).status == "missed"


@pytest.mark.parametrize("numerator", [0, 90, 100])
def test_an_unverified_target_is_never_met_or_missed(numerator):
    score = Score(of(numerator, 100), target(NINETY, verified=False))
    assert score.status == "unverified"
    assert score.variance == Fraction(numerator, 100) - NINETY


@pytest.mark.parametrize("verified", [True, False])
def test_no_value_is_no_verdict_and_no_variance(verified):
    for observation, status in ((NO_DATA, "no_data"), (NOT_MEASURABLE, "not_measurable")):
        for aim in (target(NINETY, verified=verified), target(Fraction(0), "lower"), None):
            score = Score(observation, aim)
            assert (score.status, score.variance) == (status, None)


def test_without_a_target_there_is_a_value_and_nothing_else():
    score = Score(of(9, 10), None)
    assert (score.status, score.variance) == ("no_target", None)


def test_variance_is_actual_minus_target_for_counts_too():
    assert Score(of(3, None), target(Fraction(0), "lower")).variance == 3
    assert Score(of(3, None), target(Fraction(0), "lower")).status == "missed"
    assert Score(of(0, None), target(Fraction(0), "lower")).status == "met"


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (Month(2025, 2), ["2025-02", "2025-01..2025-02", "2025-01", "2024-02"]),
        (Month(2025, 1), ["2025-01", "2025-01..2025-01", "2024-12", "2024-01"]),
        (Month(2024, 12), ["2024-12", "2024-01..2024-12", "2024-11", "2023-12"]),
    ],
)
def test_a_scorecard_reads_the_month_the_year_and_two_months_to_compare(month, names):
    assert [window.name for window in windows_of(month)] == names


def test_each_period_of_a_row_is_its_own(tmp_path: Path):
    def late(code: str, finished: str) -> Row:
        return dossier(code, "2024-01-02", due="2024-01-31", finished=finished)

    rows = [late("last year", "2024-02-29")]
    rows += [late(f"jan{n}", "2025-01-31") for n in range(2)]
    rows += [late(f"feb{n}", "2025-02-01") for n in range(4)]
    file = tmp_path / "targets.csv"
    file.write_text(
        "kpi,scope,value,unit_of_measure,denominator,direction,legal_source,valid_from,valid_to,"
        "verified\nprocessed_late,all,5,dossiers,,lower,Law,2025-02-01,2025-02-28,true\n",
        encoding="utf-8",
    )
    kpis = load_kpis()
    seen = observe(*windows_of(Month(2025, 2)), dossiers=rows)
    card = scorecard(seen, Targets(file), kpis.values(), Month(2025, 2), DEPARTMENT_A)
    row = next(row for row in card if row.kpi.id == "processed_late")
    assert row.month.observation.value == 4
    assert row.year_to_date.observation.value == 6
    assert row.previous_month.value == 2
    assert row.same_month_last_year.value == 1
    assert (row.month.status, row.month.variance) == ("met", -1)
    assert (row.year_to_date.status, row.year_to_date.variance) == ("missed", 1)
    assert [row.kpi.id for row in card] == [kpi.id for kpi in kpis.values() if kpi.scorecard]


def test_periods_are_named_by_their_own_window():
    seen = observe(FEBRUARY, TO_FEBRUARY, dossiers=[])
    assert seen.get("processed", month_window(Month(2025, 2)).name, "A").window == "2025-02"
