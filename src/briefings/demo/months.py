"""The months of the demonstration: how many dossiers arrive and how far digitisation has come."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from briefings.demo import calibration
from briefings.demo.workdays import day_number

# Dossiers received per month; dips at Tet (February 2024, January 2025) and in September 2024
# (typhoon Yagi) are plausible inventions, only the window is calibrated.
RECEIVED = {
    "2024-01": 77_400,
    "2024-02": 55_900,
    "2024-03": 79_600,
    "2024-04": 74_800,
    "2024-05": 80_900,
    "2024-06": 73_700,
    "2024-07": 84_300,
    "2024-08": 80_200,
    "2024-09": 69_800,
    "2024-10": 81_100,
    "2024-11": 76_500,
    "2024-12": 78_300,
    "2025-01": 55_100,
    "2025-02": 75_300,
}
# Simulated only to have dossiers open on 1 January 2024; finished ones are thrown away.
WARM_UP = {"2023-10": 74_000, "2023-11": 75_000, "2023-12": 76_000}

FIRST_MONTH = min(RECEIVED)
LAST_MONTH = max(RECEIVED)

# Shares drift from the first to the last month; the window's values are those published.
ONLINE_FROM, ONLINE_TO = 0.60, 0.72
SYNC_FROM, SYNC_TO = 0.45, calibration.SYNC_SHARE
PAID_ONLINE_FROM, PAID_ONLINE_TO = 0.35, calibration.ONLINE_PAYMENT_SHARE
LATE_FROM, LATE_TO = 0.0032, 0.0015


@dataclass(frozen=True)
class Month:
    """One month: `progress` runs from 0 (first month) to 1 (the calibrated window)."""

    name: str
    received: int
    progress: float

    @property
    def first(self) -> int:
        """Day number of the first day."""
        return day_number(date.fromisoformat(f"{self.name}-01"))

    @property
    def last(self) -> int:
        """Day number of the last day."""
        year, month = map(int, self.name.split("-"))
        return day_number(date(year, month, monthrange(year, month)[1]))

    def between(self, start: float, end: float) -> float:
        """A share on its way from start to end."""
        return start + (end - start) * self.progress


def months(divisor: int = 1) -> tuple[Month, ...]:
    """The exported months, in order, at 1/divisor of the volume."""
    before_window = list(RECEIVED).index(calibration.WINDOW_FROM)
    return tuple(
        Month(name, received // divisor, min(1.0, position / before_window))
        for position, (name, received) in enumerate(RECEIVED.items())
    )


def warm_up_months(divisor: int = 1) -> tuple[Month, ...]:
    """The months simulated before the first exported one."""
    return tuple(Month(name, received // divisor, 0.0) for name, received in WARM_UP.items())
