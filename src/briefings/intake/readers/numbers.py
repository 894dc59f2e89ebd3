"""Numbers and dates as workbooks write them."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta

USUAL_DAY_ZERO = date(1899, 12, 30)
LARGEST_WHOLE = 1e30  # beyond it a float is no count of anything
LAST_SERIAL = 2_958_465  # 9999-12-31, counted from the usual day zero
DIGITS = re.compile(r"-?[0-9]{1,30}")


class SerialNumber(float):
    """A number of a workbook that counts its days from another one than usual.

    It is a number like any other, until a profile takes it for a day.
    """

    def __new__(cls, number: float, day_zero: date) -> SerialNumber:
        """The number, with the day that would be written 0 in its workbook."""
        made = super().__new__(cls, number)
        made.days_late = (day_zero - USUAL_DAY_ZERO).days
        return made

    days_late: int


def number_of_book(number: int | float, day_zero: date) -> int | float:
    """A number as a cell, which knows its workbook's day zero where that is another than usual."""
    could_be_day = day_zero != USUAL_DAY_ZERO and 0 <= number <= LAST_SERIAL
    return SerialNumber(number, day_zero) if could_be_day else number


def number_like(cell: int | float, text: str) -> int | float | None:
    """The number of a text in place of a cell, which counts days as that does."""
    number = plain_number(text)
    if number is None or not isinstance(cell, SerialNumber):
        return number
    return number_of_book(number, USUAL_DAY_ZERO + timedelta(days=cell.days_late))


def plain_number(text: str) -> int | float | None:
    """A number as an integer where it is one; None where it is none or beyond all bounds."""
    if DIGITS.fullmatch(text):
        return int(text)
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < LARGEST_WHOLE else number


def local_moment(text: str) -> datetime | None:
    """A date in ISO 8601, with or without a time; None where it is none or has a zone."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None
