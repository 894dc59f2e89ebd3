"""From one moment to another: later by days, hours or months, or an end of some months."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from briefings.periods import FIRST_YEAR, LAST_YEAR
from briefings.working_days import WorkingCalendar

Kind: TypeAlias = Literal[
    "days", "working_days", "hours", "minutes", "months", "start_of_months", "end_of_months"
]
LATER: tuple[Kind, ...] = ("days", "working_days", "hours", "minutes", "months")
# What may be a fraction, because one is as long as another, and how long that is.
SPANS = {
    "days": pd.Timedelta(days=1),
    "hours": pd.Timedelta(hours=1),
    "minutes": pd.Timedelta(minutes=1),
}
LONGEST_DAYS = 36_600  # a hundred years
LONGEST: dict[Kind, int] = {
    "days": LONGEST_DAYS,
    "working_days": LONGEST_DAYS,
    "hours": LONGEST_DAYS * 24,
    "minutes": LONGEST_DAYS * 24 * 60,
    "months": 1_200,
}
EVERY_DAY = "1111111"


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday, without `off` and with `made_up`, the days worked in their place.

    `years` are the first and last that somebody has checked; None where nobody says so.
    """

    off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()
    years: tuple[int, int] | None = None

    def by_calendar(self, calendar: WorkingCalendar) -> WorkingDays:
        """Those of a project's calendar, without the days that are off here as well."""
        worked = {day for day, working in calendar.exceptions.items() if working}
        return WorkingDays(
            off=self.off | (calendar.exceptions.keys() - worked),
            made_up=frozenset(worked - self.off),
            years=(calendar.first_year, calendar.last_year),
        )

    def knows(self, moments: pd.Series) -> pd.Series:
        """Whether somebody has checked the years of the moments."""
        first, last = self.years or (FIRST_YEAR, LAST_YEAR)
        known: pd.Series = moments.dt.year.between(first, last)
        return known


def shifted(moments: pd.Series, by: pd.Series, kind: Kind, working: WorkingDays) -> pd.Series:
    """Moments moved by so many days, hours or months each; none of them may be missing.

    The clock time stays with months and whole days; a fraction of a day moves it, by the second.
    Working days are counted from the next one on, and back from the last one before; none from a
    day off is the next one. A day that lies in years that nobody has checked is missing.
    """
    if kind in SPANS:
        seconds = (by.astype("float64") * SPANS[kind].total_seconds()).round()
        return _as_moments(moments + pd.to_timedelta(seconds, unit="s"))
    whole = by.astype("int64")
    if kind == "months":
        return _months_later(moments, whole)
    return _working_days_later(moments, whole, working)


def end_of_period(moments: pd.Series, months: int, kind: Kind) -> pd.Series:
    """The first day of the months that end in a moment's, or the last of those that begin there."""
    first = moments.dt.to_period("M")
    if kind == "start_of_months":
        return _as_moments((first - (months - 1)).dt.to_timestamp())
    return _as_moments((first + months).dt.to_timestamp() - pd.Timedelta(days=1))


def _months_later(moments: pd.Series, by: pd.Series) -> pd.Series:
    """The same day of a later month, or its last day where that has none such."""
    numbers = moments.dt.year * 12 + moments.dt.month - 1 + by
    months = pd.Series(
        (numbers - 1970 * 12).to_numpy().astype("datetime64[M]").astype("datetime64[us]"),
        moments.index,
    )
    day = moments.dt.day.clip(upper=months.dt.days_in_month)
    return _as_moments(
        months + pd.to_timedelta(day - 1, unit="D") + (moments - moments.dt.normalize())
    )


def _working_days_later(moments: pd.Series, by: pd.Series, working: WorkingDays) -> pd.Series:
    """Counted from the next working day on, so a weekend is no day of its own."""
    days = moments.dt.normalize()
    calendar = _calendar(working.off, working.made_up)
    later, earlier = (
        np.busday_offset(
            days.to_numpy(dtype="datetime64[D]"), by.to_numpy(), roll=roll, busdaycal=calendar
        )
        for roll in ("backward", "forward")
    )
    found = np.where(by > 0, later, earlier).astype("datetime64[us]")
    moved = _as_moments(pd.Series(found, moments.index) + (moments - days))
    return moved.where(working.knows(moments) & working.knows(moved))


@cache
def _calendar(off: Collection[date], made_up: Collection[date]) -> np.busdaycalendar:
    """numpy knows no worked Saturday: so every day is worked that is not listed."""
    first, last = f"{FIRST_YEAR - 101}-01-01", f"{LAST_YEAR + 101}-12-31"
    every = np.arange(np.datetime64(first), np.datetime64(last))
    weekend = every[~np.is_busday(every)]
    free = np.union1d(weekend, np.array(sorted(off), dtype="datetime64[D]"))
    idle = np.setdiff1d(free, np.array(sorted(made_up), dtype="datetime64[D]"))
    return np.busdaycalendar(weekmask=EVERY_DAY, holidays=idle)


def _as_moments(moments: pd.Series) -> pd.Series:
    return moments.astype("datetime64[us]")
