"""Working days from an explicit calendar, because government swaps of days are in no library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from briefings.errors import SettingsError

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday, except where the calendar file says otherwise.

    `exceptions` maps a day to whether it is worked. `first_year` and `last_year` bound the years
    somebody has checked: asking beyond them raises SettingsError instead of guessing.
    `unverified` days have no source that was seen.
    """

    exceptions: Mapping[date, bool]
    first_year: int
    last_year: int
    unverified: tuple[date, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether civil servants work on this day."""
        if not self.first_year <= day.year <= self.last_year:
            raise SettingsError(
                f"The working-day calendar does not cover {day.isoformat()}.",
                f"It covers {self.first_year} to {self.last_year}: add the year's days off "
                "and make-up days to the calendar file of the project.",
            )
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def covers(self, start: date, end: date) -> bool:
        """Whether somebody has checked the years from start to end."""
        return self.first_year <= start.year and end.year <= self.last_year

    def add(self, day: date, working_days: int) -> date:
        """The day a deadline falls on, counting from the next working day."""
        return next(islice(self._working_days_from(day, ONE_DAY), working_days - 1, None))

    def subtract(self, day: date, working_days: int) -> date:
        """The last day that lies so many working days before another, counting backwards."""
        return next(islice(self._working_days_from(day, -ONE_DAY), working_days - 1, None))

    def count(self, start: date, end: date) -> int:
        """Working days from start to end, both included."""
        span = (end - start).days + 1
        return sum(self.is_working(start + timedelta(days=step)) for step in range(span))

    def _working_days_from(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            day += step
            if self.is_working(day):
                yield day
