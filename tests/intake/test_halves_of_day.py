"""People and programs write the halves of a day with dots and with spaces that nobody sees."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from briefings.intake.written_dates import DateReading, read_moments

PATTERN = "%d/%m/%Y %I:%M %p"


def read(cell: str, form: str, language: str = "") -> datetime | None:
    reading = DateReading((form,), language=language)
    (found,) = read_moments(pd.Series([cell], dtype="str"), reading)
    return None if pd.isna(found) else found.to_pydatetime()


@pytest.mark.parametrize("form", ["day-first", PATTERN])
@pytest.mark.parametrize(
    ("clock", "hour"),
    [
        ("4:30 p. m.", 16),
        ("4:30 p.m.", 16),
        ("4:30 PM.", 16),
        ("4:30\u202fp.\u00a0m.", 16),  # so browsers write it in Spanish
        ("4:30 P. M.", 16),
        ("4:30 a. m.", 4),
        ("12:30 a.m.", 0),
        ("12:30 p. m.", 12),
    ],
)
def test_halves_with_dots_are_read(form: str, clock: str, hour: int) -> None:
    assert read(f"03/02/2025 {clock}", form) == datetime(2025, 2, 3, hour, 30)


@pytest.mark.parametrize("form", ["day-first", PATTERN])
@pytest.mark.parametrize("clock", ["4:30 q. m.", "4:30 p. n.", "13:30 p. m.", "0:30 a. m."])
def test_what_is_no_half_of_a_day_makes_no_date(form: str, clock: str) -> None:
    assert read(f"03/02/2025 {clock}", form) is None


def test_vietnamese_halves_are_read_in_any_order_of_numbers() -> None:
    assert read("03/02/2025 04:30 CH", "day-first") == datetime(2025, 2, 3, 16, 30)
    assert read("2025/2/3 12:30 SA", "year-first") == datetime(2025, 2, 3, 0, 30)


def test_a_dot_that_the_pattern_has_stays() -> None:
    for cell in ("03/02/2025 04:30PM.", "03/02/2025 04:30p.m."):
        assert read(cell, "%d/%m/%Y %I:%M%p.") == datetime(2025, 2, 3, 16, 30)


def test_a_half_stands_beside_a_month_of_its_language() -> None:
    found = read("3 feb. 2025 4:30 p. m.", "%d %b %Y %I:%M %p", "es")
    assert found == datetime(2025, 2, 3, 16, 30)
