"""The lunar new year (Tết), and which month of last year lay as far from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefings.periods import Month, Regime
from briefings.reference_file import Day, Flag, read_reference

LAST_MONTH = 4  # after which work no longer follows Tết: our own convention


@dataclass(frozen=True)
class TetRow:
    """The first day of one lunar year."""

    day: Day
    source: str
    verified: Flag


@dataclass(frozen=True)
class LunarYears:
    """The first days on record, by year, and those without a source that was seen."""

    first_days: dict[int, date]
    unverified: tuple[date, ...] = ()

    def same_place_last_year(self, month: Month, regime: Regime) -> Month:
        """The month that lay as many months from the month of Tết, one year ago.

        From May on, and where a year is not on record, the same month of last year.
        """
        now, then = (self._tet_month(year, regime) for year in (month.year, month.year - 1))
        if month.number > LAST_MONTH or now is None or then is None:
            return month - 12
        return then + (month.number - now.number)

    def _tet_month(self, year: int, regime: Regime) -> Month | None:
        day = self.first_days.get(year)
        if day is None:
            return None
        month = Month.containing(day)
        return month if day <= regime.month(month).end else month + 1


def load_lunar_years(file: Path | None) -> LunarYears:
    """The lunar new years of a project; none without a file."""
    rows = read_reference(file, TetRow, unique="day") if file else []
    return LunarYears(
        {row.day.year: row.day for row in rows}, tuple(row.day for row in rows if not row.verified)
    )
