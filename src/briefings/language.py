"""Numbers, dates and fixed words in Vietnamese and English."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import count
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from briefings.periods import MONTHS_IN, Month, Regime, Window
from briefings.project import REPOSITORY

WORDS = REPOSITORY / "templates" / "narrative"
LOCALES = {"vi": "vi_VN", "en": "en_GB"}
PERCENT_DECIMALS = 2
NO_VALUE = "–"
MINUS = "−"
HALF = Fraction(1, 2)
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
NO_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


@cache
def words(language: str) -> dict[str, Any]:
    """The fixed words of a language, by group and key."""
    text = (WORDS / language / "words.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def page_title(unit_name: str, language: str) -> str:
    """The title of a briefing, without its month."""
    title: str = words(language)["title"]
    return title.format(unit=unit_name)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """The value rounded half up (away from zero), once and from the exact ratio."""
    whole = int(abs(value) * 10**decimals + HALF)
    return Decimal(-whole if value < 0 else whole).scaleb(-decimals)


def format_number(value: Fraction | int, language: str, decimals: int = 0) -> str:
    """`1.234.567` in Vietnamese, `1,234,567` in English."""
    text = _pattern(decimals).apply(rounded(Fraction(value), decimals), _locale(language))
    return str(text).replace("-", MINUS)


def format_percent(value: Fraction, language: str, decimals: int = PERCENT_DECIMALS) -> str:
    """`99,85%` in Vietnamese, `99.85%` in English."""
    return format_number(value * 100, language, decimals) + "%"


def format_short_percent(value: Fraction, language: str) -> str:
    """With no more decimals than it needs: `100%`, `99,8%`. Only for values that have an end."""
    decimals = next(n for n in count() if (value * 100 * 10**n).denominator == 1)
    return format_percent(value, language, decimals)


def format_limit(limit: float, language: str) -> str:
    """A share as a percentage, a factor above one as a number; both as short as they can be."""
    exactly = Fraction(str(limit))
    if exactly <= 1:
        return format_short_percent(exactly, language)
    return format_number(exactly, language, 0 if exactly.denominator == 1 else 1)


def format_points(value: Fraction, language: str, *, visible: bool = False) -> str:
    """A difference of two percentages in percentage points, always with its sign.

    A `visible` one is printed with as many decimals as it takes not to look like none.
    """
    decimals = PERCENT_DECIMALS
    while visible and value and not rounded(value * 100, decimals):
        decimals += 1
    sign = "+" if rounded(value * 100, decimals) > 0 else ""
    return sign + format_number(value * 100, language, decimals)


def format_day(day: date, language: str) -> str:
    """`28/02/2025` in Vietnamese, `28 Feb 2025` in English."""
    return str(format_date(day, "dd/MM/y" if language == "vi" else "d MMM y", _locale(language)))


def format_month(month: Month, language: str) -> str:
    """`tháng 2 năm 2025` or `February 2025`."""
    pattern = "'tháng' M 'năm' y" if language == "vi" else "MMMM y"
    return str(format_date(month.first_day, pattern, _locale(language)))


def format_period(regime: Regime, month: Month, language: str) -> str:
    """The period that a month ends, by name: `quý I năm 2025, đến hết ngày 28/02/2025`."""
    text, length = words(language)["periods"], MONTHS_IN[regime.kind]
    number, passed = divmod(month.number - 1, length)
    this_month = format_month(month, language)
    name: str = text[regime.kind].format(
        month=this_month,
        quarter=text["quarters"][number % len(text["quarters"])],
        half=text["halves"][number % len(text["halves"])],
        year=month.year,
    )
    if passed + 1 == length:
        return name
    last_day = format_day(regime.period(month).end, language)
    return str(text["unfinished"].format(period=name, day=last_day))


def sentence_case(text: str) -> str:
    """With a capital first letter, and the others as they are."""
    return text[:1].upper() + text[1:]


def alphabetical(text: str) -> tuple[list[int], str]:
    """A key that sorts by the Vietnamese alphabet; tones decide only where all letters agree."""
    letters = unicodedata.normalize("NFD", text.lower()).translate(NO_TONES)
    return [ALPHABET.find(each) for each in unicodedata.normalize("NFC", letters)], text


def format_window(window: Window, language: str) -> str:
    """The first and the last day of a window."""
    return f"{format_day(window.start, language)} – {format_day(window.end, language)}"


def with_days(name: str, window: Window, language: str) -> str:
    """The name of a window, with its days where it does not begin on the first of a month."""
    return name if window.start.day == 1 else f"{name} ({format_window(window, language)})"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))
