from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import SettingsError
from briefings.intake.written_numbers import NumberReading, parse_numbers, read_numbers

VIETNAMESE = NumberReading(decimal=",", thousands=".")
AMERICAN = NumberReading(thousands=",", without=("$",))
INDIAN = NumberReading(thousands=",", grouping="indian", without=("₹",))


def read(cell: object, reading: NumberReading) -> float | None:
    dtype: Any = "str" if isinstance(cell, str) else object
    (found,) = read_numbers(pd.Series([cell], dtype=dtype), reading)
    return None if pd.isna(found) else float(found)


@pytest.mark.parametrize(
    ("cell", "reading", "number"),
    [
        ("150.000", VIETNAMESE, 150_000),
        ("1.234.567,5", VIETNAMESE, 1_234_567.5),
        ("67,5", VIETNAMESE, 67.5),
        ("0,125", VIETNAMESE, 0.125),
        ("-100.000", VIETNAMESE, -100_000),
        ("-3", VIETNAMESE, -3),
        ("$1,234.50", AMERICAN, 1_234.5),
        ("1234.5", AMERICAN, 1_234.5),
        ("1\u00a0234", NumberReading(thousands=" "), 1_234),
        ("150.000 đ", NumberReading(decimal=",", thousands=".", without=("đ", "VNĐ")), 150_000),
        ("87,5 %", NumberReading(decimal=",", percent=True), 0.875),
        ("87.5", NumberReading(percent=True), 0.875),
        (67.5, VIETNAMESE, 67.5),
        (0.875, NumberReading(percent=True), 0.875),
        (12, AMERICAN, 12),
        ("1,23,456.50", INDIAN, 123_456.5),
        ("₹12,34,56,789", INDIAN, 123_456_789),
        ("-12,345", INDIAN, -12_345),
        ("1,234", INDIAN, 1_234),
        ("123456", INDIAN, 123_456),
    ],
)
def test_a_number_is_read_as_the_profile_says(
    cell: object, reading: NumberReading, number: float
) -> None:
    assert read(cell, reading) == number


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        ("1.50", VIETNAMESE),
        ("1.2345", VIETNAMESE),
        (".500", VIETNAMESE),
        ("0.125", VIETNAMESE),
        ("-0.125", VIETNAMESE),
        ("012.500", VIETNAMESE),
        ("0,125,000", AMERICAN),
        ("1,23", AMERICAN),
        ("1,234,56", AMERICAN),
        ("1,23,456", AMERICAN),
        ("123,456", INDIAN),
        ("1,234,567", INDIAN),
        ("1,23,45", INDIAN),
        ("0,12,345", INDIAN),
        ("12,34", INDIAN),
        ("12 đồng", AMERICAN),
        ("€5", AMERICAN),
        ("1e3", AMERICAN),
        ("nan", AMERICAN),
        ("", AMERICAN),
        ("87%", AMERICAN),
        (True, AMERICAN),
    ],
)
def test_what_does_not_keep_to_its_signs_is_no_number(cell: object, reading: NumberReading) -> None:
    assert read(cell, reading) is None


@pytest.mark.slow
@given(st.integers(-(10**12), 10**12))
def test_every_whole_number_is_read_back(number: int) -> None:
    assert read(f"{number:,}".replace(",", "."), VIETNAMESE) == number
    assert read(f"${number:,}", AMERICAN) == number


@pytest.mark.slow
@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 999))
def test_every_number_in_lakh_and_crore_is_read_back(
    crore_lakh: int, thousand: int, rest: int
) -> None:
    lakh = f"{crore_lakh // 100},{crore_lakh % 100:02}" if crore_lakh > 99 else str(crore_lakh)
    number = (crore_lakh * 100 + thousand) * 1_000 + rest
    assert read(f"{lakh},{thousand:02},{rest:03}", INDIAN) == number


@pytest.mark.parametrize(
    "around", ["-", "−", "–", "+", "--", " - ", "€-", "-€", "5", "5 kg", "-5", ",", ".", ",5"]
)
def test_what_is_part_of_a_number_cannot_stand_around_it(around: str) -> None:
    with pytest.raises(SettingsError, match=r"p\.without: .* may be part of a number"):
        parse_numbers("p", {"without": ["$", around]})


@pytest.mark.parametrize(
    ("cell", "around"),
    [("150,-", ",-"), ("150 m2", "m2"), ("Fr. 150", "Fr."), ("(150)", ["(", ")"])],
)
def test_other_signs_may_stand_around_a_number(cell: str, around: object) -> None:
    assert read(cell, parse_numbers("p", {"decimal": ",", "without": around})) == 150


def test_how_numbers_are_written_is_checked() -> None:
    assert parse_numbers("p", {"decimal": ",", "thousands": "."}) == VIETNAMESE
    indian = {"thousands": ",", "grouping": "indian", "without": "₹"}
    assert parse_numbers("p", indian) == INDIAN
    for wrong in (
        {"decimal": ";"},
        {"decimal": ".", "thousands": "."},
        {"thousands": "x"},
        {"thousands": ",", "grouping": "chinese"},
        {"thousands": ",", "grouping": ["indian"]},
        {"grouping": "indian"},
        {"percent": "yes"},
        {"without": 5},
        {"comma": True},
    ):
        with pytest.raises(SettingsError, match=r"^p"):
            parse_numbers("p", wrong)
