"""Dates of three numbers in a stated order: 31/1/2025, 1-31-25 04:30 PM, 2025.1.31 16:30+07."""

from __future__ import annotations

import pandas as pd

from briefings.intake.halves_of_day import HALF, in_24_hours

ORDERS = {"day-first": "dmy", "month-first": "mdy", "year-first": "ymd"}
SIZES = {"d": r"(?P<d>[0-9]{1,2})", "m": r"(?P<m>[0-9]{1,2})", "y": r"(?P<y>[0-9]{4}|[0-9]{2})"}
CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}(?:\.[0-9]+)?))?"
    rf"(?:\s?(?P<half>{HALF}))?"
)
PIVOT = 69  # strptime's own: 69 is 1969, 68 is 2068


def as_iso(text: pd.Series, order: str, offset: str) -> pd.Series:
    """The dates as ISO 8601 writes them; missing where the numbers do not keep to the order.

    Any usual sign stands between them. A clock is of 24 or of twice 12 hours, and may have what
    the pattern `offset` matches behind it; a date without one stays a day.
    """
    first, second, third = (SIZES[part] for part in ORDERS[order])
    day = f"{first}(?P<sign>[-/. ]){second}(?P=sign){third}"
    parts = text.str.extract(rf"^{day}(?:[\sT,]+{CLOCK}(?P<offset>{offset})?)?$")
    days = _years(parts["y"]) + "-" + parts["m"].str.zfill(2) + "-" + parts["d"].str.zfill(2)
    hours = in_24_hours(parts["hour"], parts["half"])
    clocks = "T" + hours + ":" + parts["minute"] + ":" + parts["second"].fillna("00")
    return days + (clocks + parts["offset"].fillna("")).fillna("")


def _years(years: pd.Series) -> pd.Series:
    late = pd.to_numeric(years, errors="coerce") >= PIVOT
    full = ("19" + years).where(late, "20" + years)
    return years.where(years.str.len() != 2, full)
