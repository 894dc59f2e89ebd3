from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.intake import quarantine_reasons as quarantine
from briefings.intake import read_values
from briefings.intake.contracts import CONTRACTS
from briefings.language import (
    alphabetical,
    format_day,
    format_month,
    format_number,
    format_percent,
    format_period,
    format_points,
    format_window,
    rounded,
    words,
)
from briefings.organisation import LEVELS
from briefings.periods import Month, Regime
from briefings.project import LANGUAGES

FEBRUARY = Month(2025, 2)
VALUES = st.fractions(-(10**15), 10**15)


def leaves(tree: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{key}/")
        else:
            yield f"{path}{key}", str(value)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (143_269, 0, "143.269", "143,269"),
        (1_000_000, 0, "1.000.000", "1,000,000"),
        (999, 0, "999", "999"),
        (0, 0, "0", "0"),
        (-1234, 0, "−1.234", "−1,234"),
        (Fraction(12345, 10), 2, "1.234,50", "1,234.50"),
        (Fraction(-1, 3), 2, "−0,33", "−0.33"),
    ],
)
def test_numbers_are_written_as_each_language_does(
    value: Fraction | int, decimals: int, vietnamese: str, english: str
) -> None:
    assert format_number(value, "vi", decimals) == vietnamese
    assert format_number(value, "en", decimals) == english


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(5, 10), 0, "1"),
        (Fraction(4999, 10000), 0, "0"),
        (Fraction(15, 10), 0, "2"),
        (Fraction(25, 10), 0, "3"),  # a banker would say 2
        (Fraction(-5, 10), 0, "-1"),
        (Fraction(-25, 10), 0, "-3"),
        (Fraction(1005, 1000), 2, "1.01"),  # a float would say 1.00
        (Fraction(2675, 1000), 2, "2.68"),
        (Fraction(-2675, 1000), 2, "-2.68"),
        (Fraction(99995, 1000), 2, "100.00"),
        (Fraction(99994, 1000), 2, "99.99"),
    ],
)
def test_exactly_on_the_half_is_rounded_away_from_zero(
    value: Fraction, decimals: int, expected: str
) -> None:
    assert rounded(value, decimals) == Decimal(expected)


@given(VALUES, st.integers(0, 6))
def test_rounding_moves_a_value_by_half_a_unit_at_most(value: Fraction, decimals: int) -> None:
    assert abs(Fraction(rounded(value, decimals)) - value) <= Fraction(1, 2 * 10**decimals)


@given(VALUES, st.integers(0, 6))
def test_rounding_is_symmetric_and_settled(value: Fraction, decimals: int) -> None:
    once = rounded(value, decimals)
    assert rounded(-value, decimals) == -once
    assert rounded(Fraction(once), decimals) == once


@given(st.integers(-(10**18), 10**18))
def test_a_whole_number_loses_nothing_when_written(number: int) -> None:
    for language in LANGUAGES:
        digits = re.sub(r"[.,]", "", format_number(number, language))
        assert int(digits.replace("−", "-")) == number


@pytest.mark.parametrize(
    ("ratio", "vietnamese", "english"),
    [
        (Fraction(126_920, 127_110), "99,85%", "99.85%"),  # the published report
        (Fraction(1, 1), "100,00%", "100.00%"),
        (Fraction(0, 1), "0,00%", "0.00%"),
        (Fraction(2, 3), "66,67%", "66.67%"),
        (Fraction(99_995, 100_000), "100,00%", "100.00%"),
        (Fraction(99_994, 100_000), "99,99%", "99.99%"),
    ],
)
def test_percentages_have_two_decimals(ratio: Fraction, vietnamese: str, english: str) -> None:
    assert format_percent(ratio, "vi") == vietnamese
    assert format_percent(ratio, "en") == english


@pytest.mark.parametrize(
    ("difference", "vietnamese"),
    [
        (Fraction(1, 100), "+1,00"),
        (Fraction(-1, 100), "−1,00"),
        (Fraction(0), "0,00"),
        (Fraction(5, 100_000), "+0,01"),
        (Fraction(-5, 100_000), "−0,01"),
    ],
)
def test_a_difference_in_points_shows_its_sign(difference: Fraction, vietnamese: str) -> None:
    assert format_points(difference, "vi") == vietnamese


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    tiny = Fraction(4, 100_000)
    assert format_points(tiny, "en") == format_points(-tiny, "en") == format_points(0 * tiny, "en")


def test_days_months_and_windows_are_written_as_each_language_does() -> None:
    assert format_day(date(2025, 2, 8), "vi") == "08/02/2025"
    assert format_day(date(2025, 2, 8), "en") == "8 Feb 2025"
    assert format_month(FEBRUARY, "vi") == "tháng 2 năm 2025"
    assert format_month(FEBRUARY, "en") == "February 2025"
    assert format_window(Regime().year_to_date(FEBRUARY), "vi") == "01/01/2025 – 28/02/2025"
    assert format_window(Regime().year_to_date(FEBRUARY), "en") == "1 Jan 2025 – 28 Feb 2025"


@pytest.mark.parametrize(
    ("kind", "month", "vi", "en"),
    [
        ("month", 2, "tháng 2 năm 2025", "February 2025"),
        ("quarter", 6, "quý II năm 2025", "second quarter of 2025"),
        (
            "quarter",
            11,
            "quý IV năm 2025, đến hết ngày 30/11/2025",
            "fourth quarter of 2025, up to 30 Nov 2025",
        ),
        ("half_year", 6, "sáu tháng đầu năm 2025", "first half of 2025"),
        ("half_year", 12, "sáu tháng cuối năm 2025", "second half of 2025"),
        ("year", 12, "năm 2025", "2025"),
        ("year", 2, "năm 2025, đến hết ngày 28/02/2025", "2025, up to 28 Feb 2025"),
    ],
)
def test_a_period_has_a_name_and_says_when_it_is_unfinished(kind, month, vi, en) -> None:
    regime = Regime(kind=kind)
    assert format_period(regime, Month(2025, month), "vi") == vi
    assert format_period(regime, Month(2025, month), "en") == en


def test_an_unfinished_legal_period_ends_on_the_14th_and_not_with_the_month() -> None:
    quarter = Regime("legal_month", "quarter")
    assert format_period(quarter, FEBRUARY, "vi") == "quý I năm 2025, đến hết ngày 14/02/2025"
    assert format_period(quarter, FEBRUARY, "en") == "first quarter of 2025, up to 14 Feb 2025"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(-1, 10**4), "−0.01"),
        (Fraction(-4, 10**5), "−0.004"),
        (Fraction(4, 10**7), "+0.00004"),
        (Fraction(0), "0.00"),
    ],
)
def test_a_difference_that_is_one_never_looks_like_none(value, text) -> None:
    assert format_points(value, "en", visible=True) == text


def test_both_languages_have_the_same_words() -> None:
    vietnamese, english = (dict(leaves(words(language))) for language in LANGUAGES)
    assert vietnamese.keys() == english.keys()


def test_both_languages_fill_the_same_placeholders() -> None:
    vietnamese, english = (dict(leaves(words(language))) for language in LANGUAGES)
    differing = {
        key: (vietnamese[key], english[key])
        for key in vietnamese.keys() & english.keys()
        if placeholders(vietnamese[key]) != placeholders(english[key])
    }
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_empty(language: str) -> None:
    assert not [key for key, text in leaves(words(language)) if text.strip() in ("", "None")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_level_table_and_code(language: str) -> None:
    assert set(LEVELS) <= words(language)["levels"].keys()
    assert CONTRACTS.keys() <= words(language)["tables"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_the_quarantine_has_its_words(language: str) -> None:
    reasons = {
        quarantine.EMPTY_CELL,
        quarantine.UNKNOWN_UNIT,
        quarantine.REPEATED,
        quarantine.CONFLICTING,
        *read_values.UNREADABLE.values(),
        *(reason for contract in CONTRACTS.values() for reason, _ in contract.rules),
        *(
            str(check.error)
            for contract in CONTRACTS.values()
            for column in contract.columns
            for check in column.schema().checks
        ),
    }
    assert reasons - {"unreadable text"} <= words(language)["reasons"].keys()


@pytest.mark.parametrize(
    "ordered",
    [
        ["Dân tộc", "Đất đai", "Hộ tịch"],  # Đ after D, not after Z
        ["An", "Ăn", "Ân"],
        ["Lao động", "Lâm nghiệp", "Luật sư"],
        ["Báo chí", "Bảo trợ", "Bảo trợ xã hội"],  # tones do not part words
        ["ba", "bà", "bạ", "bác"],  # but decide between equal letters
        ["Người có công", "Nhà ở", "Nông nghiệp"],
    ],
)
def test_vietnamese_words_are_in_the_order_of_their_alphabet(ordered: list[str]):
    backwards = ordered[::-1]
    assert sorted(backwards, key=alphabetical) == ordered
