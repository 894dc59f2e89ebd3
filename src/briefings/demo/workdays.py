"""Working days as sorted day numbers, for whole columns at once.

numpy's business days cannot add a make-up Saturday, hence the explicit list of worked days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from briefings.demo.arrays import Bools, Ints

EPOCH = date(1970, 1, 1)
SATURDAY = 5

# The demonstration needs due dates from autumn 2023 (open at the start) to summer 2025.
FIRST_DAY = date(2023, 9, 1)
LAST_DAY = date(2025, 12, 31)


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(number))


@dataclass(frozen=True)
class WorkDays:
    """The worked days in ascending order, as day numbers."""

    days: Ints

    def after(self, day: Ints) -> Ints:
        """Position of the first worked day strictly after each day."""
        position: Ints = np.searchsorted(self.days, day, side="right").astype(np.int64)
        return position

    def at(self, position: Ints) -> Ints:
        """The day numbers at these positions; beyond the last known day, the last one."""
        return self.days[np.minimum(position, len(self.days) - 1)]

    def add(self, day: Ints, count: Ints | int) -> Ints:
        """The day `count` working days later, counting from the next working day."""
        return self.at(self.after(day) + count - 1)

    def worked(self, day: Ints) -> Bools:
        """Whether each day is a working day."""
        worked: Bools = np.isin(day, self.days)
        return worked

    def between(self, first: int, last: int) -> Ints:
        """The worked days from first to last, both included."""
        return self.days[(self.days >= first) & (self.days <= last)]


def work_days(exceptions: dict[date, bool]) -> WorkDays:
    """Monday to Friday, except where the calendar file says otherwise."""
    span = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    worked = [day for day in span if exceptions.get(day, day.weekday() < SATURDAY)]
    return WorkDays(np.array([day_number(day) for day in worked], dtype=np.int64))
