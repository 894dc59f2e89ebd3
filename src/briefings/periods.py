"""Months and the windows of time that figures are counted in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefings.errors import InputError, ParameterError

MONTH_PATTERN = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, written `YYYY-MM`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month a person wrote; raises ParameterError for anything but `YYYY-MM`."""
        match = MONTH_PATTERN.fullmatch(text)
        if match is None or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
            raise ParameterError(
                f"MONTH={text!r} is not a month.", "Write year and month as 2025-02 (YYYY-MM)."
            )
        return cls(int(match["year"]), int(match["month"]))

    @classmethod
    def containing(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __add__(self, months: int) -> Month:
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __sub__(self, months: int) -> Month:
        return self + -months

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return (self + 1).first_day - timedelta(days=1)


@dataclass(frozen=True, order=True)
class Window:
    """A closed range of whole days [start, end] in which figures are counted, with its name."""

    name: str
    start: date
    end: date


def month_window(month: Month) -> Window:
    """The calendar month, named `YYYY-MM`."""
    return Window(str(month), month.first_day, month.last_day)


def year_to_date(month: Month) -> Window:
    """From 1 January to the end of the month, named `YYYY-01..YYYY-MM`."""
    january = Month(month.year, 1)
    return Window(f"{january}..{month}", january.first_day, month.last_day)


def require_data(month: Month, months: Sequence[Month]) -> None:
    """Refuse a month without data; ParameterError names the months there are.

    InputError where there are none at all.
    """
    if not months:
        raise InputError(
            "The dossiers hold no data.", "Deliver rows, or correct the path of dossiers."
        )
    if month not in months:
        raise ParameterError(
            f"MONTH={month} has no data.", f"The data cover {months[0]} to {months[-1]}."
        )


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from the first to the last, both included."""
    count = (last.year - first.year) * 12 + last.number - first.number
    return tuple(first + step for step in range(count + 1))
