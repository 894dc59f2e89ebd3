"""The month of last year that lay as far from Tết."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.periods import Month, Regime
from briefings.project import REPOSITORY
from briefings.statistics.lunar_year import LunarYears, load_lunar_years
from tests import tiny

YEARS = load_lunar_years(REPOSITORY / "data" / "reference" / "lunar_new_year.csv")
CALENDAR, LEGAL = Regime("calendar_month"), Regime("legal_month")


def same_place(month: str, regime: Regime = CALENDAR, years: LunarYears = YEARS) -> str:
    return str(years.same_place_last_year(Month.parse(month), regime))


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        # Tết 2025 was on 29 January, Tết 2024 on 10 February.
        ("2025-01", "2024-02"),
        ("2025-02", "2024-03"),
        ("2025-04", "2024-05"),
        ("2025-05", "2024-05"),
        ("2025-12", "2024-12"),
        # Tết 2023 was on 22 January.
        ("2024-01", "2022-12"),
        ("2024-02", "2023-01"),
        ("2024-03", "2023-02"),
        # Tết 2026 is on 17 February.
        ("2026-02", "2025-01"),
    ],
)
def test_months_are_counted_from_the_month_of_tet(month, expected):
    assert same_place(month) == expected


def test_legal_months_count_from_the_legal_month_of_tet():
    """29 January 2025 and 10 February 2024 both lie in the legal month of February."""
    assert same_place("2025-02", LEGAL) == "2024-02"
    # 22 January 2023 lies in the legal February too, 17 February 2026 in the legal March.
    assert same_place("2026-03", LEGAL) == "2025-02"


def test_a_year_that_is_not_on_record_gives_the_same_month():
    assert same_place("2030-02") == "2029-02"
    assert same_place("2022-02") == "2021-02"
    assert same_place("2025-02", years=load_lunar_years(None)) == "2024-02"


@given(months=st.integers(0, 11), year=st.integers(2023, 2027))
def test_it_is_never_further_than_the_charts_reach(months, year):
    month = Month(year, 1) + months
    for regime in (CALENDAR, LEGAL):
        assert month - 13 <= YEARS.same_place_last_year(month, regime) <= month - 11


def test_days_without_a_source_that_was_seen_are_told(tmp_path: Path):
    rows = "day,source,verified\n2024-02-10,a,true\n2025-01-29,b,false\n"
    found = load_lunar_years(tiny.write(tmp_path / "tet.csv", rows))
    assert found.unverified == (date(2025, 1, 29),)


def test_a_day_twice_is_refused(tmp_path: Path):
    rows = "day,source,verified\n2024-02-10,a,true\n2024-02-10,b,true\n"
    with pytest.raises(SettingsError, match="stands in an earlier row"):
        load_lunar_years(tiny.write(tmp_path / "tet.csv", rows))
