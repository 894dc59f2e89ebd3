"""Months and the windows of time that figures are counted in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

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


Cut: TypeAlias = Literal["calendar_month", "legal_month"]
CUTS: tuple[Cut, ...] = get_args(Cut)
PeriodKind: TypeAlias = Literal["month", "quarter", "half_year", "year"]
MONTHS_IN: Mapping[PeriodKind, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
# The first day of a legal reporting month, in the calendar month before. Known from one
# province's rule under Decree 09/2019 and another's published quarter; Circular 01/2020 itself
# was not read (unverified).
LEGAL_FIRST_DAY = 15


@dataclass(frozen=True)
class Regime:
    """How a project cuts time: where its months begin, and which period its reports are about.

    A legal month is named after the calendar month it ends in: `2025-02` runs from 15 January to
    14 February. Longer periods are whole months, so a legal year begins on 15 December.
    """

    cut: Cut = "calendar_month"
    kind: PeriodKind = "month"

    def month(self, month: Month) -> Window:
        """One month, named `YYYY-MM`."""
        return self._span(month, month)

    def year_to_date(self, month: Month) -> Window:
        """The months of the year up to this one, named `YYYY-01..YYYY-MM`."""
        return self._span(Month(month.year, 1), month, always_both=True)

    def period(self, month: Month) -> Window:
        """The period reported on, up to the end of a month: a quarter may be unfinished."""
        length = MONTHS_IN[self.kind]
        return self._span(month - (month.number - 1) % length, month)

    def before(self, month: Month) -> Window:
        """The period before that one, cut after as many months."""
        return self.period(month - MONTHS_IN[self.kind])

    def year_before(self, month: Month) -> Window:
        """The period reported on, one year earlier."""
        return self.period(month - 12)

    def year_end(self, month: Month) -> date:
        """The last day of the year that a month belongs to."""
        return self.year_to_date(Month(month.year, 12)).end

    def is_unfinished(self, month: Month) -> bool:
        """Whether the period goes on after the month."""
        return month.number % MONTHS_IN[self.kind] != 0

    def is_to_date(self, month: Month) -> bool:
        """Whether the period is the whole year to date."""
        return self.period(month).start == self.year_to_date(month).start

    def _span(self, first: Month, last: Month, *, always_both: bool = False) -> Window:
        name = str(last) if first == last and not always_both else f"{first}..{last}"
        return Window(name, self._first_day(first), self._first_day(last + 1) - timedelta(days=1))

    def _first_day(self, month: Month) -> date:
        if self.cut == "calendar_month":
            return month.first_day
        return (month - 1).first_day.replace(day=LEGAL_FIRST_DAY)


def require_data(month: Month, months: Sequence[Month], regime: Regime) -> None:
    """Refuse a month without data; ParameterError names the months there are.

    A month that began before the data did is refused as well. InputError where there are no
    months at all.
    """
    if not months:
        raise InputError(
            "The dossiers hold no data.", "Deliver rows, or correct the path of dossiers."
        )
    if month not in months:
        raise ParameterError(
            f"MONTH={month} has no data.", f"The data cover {months[0]} to {months[-1]}."
        )
    if (window := regime.month(month)).start < months[0].first_day:
        raise ParameterError(
            f"MONTH={month} begins on {window.start.isoformat()}, before the data do.",
            f"The first month that lies inside the data is {month + 1}.",
        )


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from the first to the last, both included."""
    count = (last.year - first.year) * 12 + last.number - first.number
    return tuple(first + step for step in range(count + 1))
