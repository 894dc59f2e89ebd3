"""Moves a few finish days so that the window shows exactly the published totals.

Every step moves dossiers across one boundary and leaves what the earlier steps settled alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from briefings.demo.arrays import Bools, Ints
from briefings.demo.calibration import Totals, some
from briefings.demo.dossiers import Dossiers
from briefings.demo.receipts import DAY
from briefings.demo.workdays import WorkDays

# Dossiers are moved only if they were to finish within this many days of the boundary.
NEAR = 21
LONGEST_FITTED_DELAY = 3


@dataclass(frozen=True)
class Window:
    """First and last day number of the calibrated window, with the calendar."""

    first: int
    last: int
    calendar: WorkDays

    @property
    def last_worked_before(self) -> int:
        """The last working day before the window."""
        return int(self.calendar.days[self.calendar.days < self.first][-1])

    @property
    def first_worked(self) -> int:
        """The first working day of the window."""
        return int(self.calendar.days[self.calendar.days >= self.first][0])

    @property
    def first_worked_after(self) -> int:
        """The first working day after the window."""
        return int(self.calendar.days[self.calendar.days > self.last][0])

    def holds(self, day: Ints) -> Bools:
        """Whether days lie in the window."""
        return (day >= self.first) & (day <= self.last)


Move = Callable[[Dossiers, Window, int, np.random.Generator], Dossiers]


def fit(dossiers: Dossiers, window: Window, totals: Totals, rng: np.random.Generator) -> Dossiers:
    """Dossiers whose late, carried over and processed counts equal the published totals."""
    received = int((dossiers.accepted & window.holds(dossiers.received // DAY)).sum())
    dossiers = _fit_late(dossiers, window, totals.late, rng)
    dossiers = _fit_carried_over(dossiers, window, totals.received_total - received, rng)
    return _fit_processed(dossiers, window, totals.processed, rng)


def processed(dossiers: Dossiers, window: Window) -> Bools:
    """Accepted dossiers finished in the window."""
    return dossiers.accepted & window.holds(dossiers.finished // DAY)


def carried_over(dossiers: Dossiers, window: Window) -> Bools:
    """Accepted dossiers received before the window and not finished before it."""
    before = dossiers.received // DAY < window.first
    return dossiers.accepted & before & (dossiers.finished // DAY >= window.first)


def _fit_late(
    dossiers: Dossiers, window: Window, target: int, rng: np.random.Generator
) -> Dossiers:
    late = processed(dossiers, window) & dossiers.late
    surplus = int(late.sum()) - target
    due = dossiers.due // DAY
    if surplus > 0:
        rows = some(late & window.holds(due), surplus, rng)
        return dossiers.with_finish(rows, due[rows])
    early_enough = (due >= window.first) & (due <= window.last - 2 * LONGEST_FITTED_DELAY)
    rows = some(processed(dossiers, window) & ~late & early_enough, -surplus, rng)
    delay = rng.integers(1, LONGEST_FITTED_DELAY + 1, len(rows))
    return dossiers.with_finish(rows, window.calendar.add(due[rows], delay))


def _fit_carried_over(
    dossiers: Dossiers, window: Window, target: int, rng: np.random.Generator
) -> Dossiers:
    surplus = int(carried_over(dossiers, window).sum()) - target
    punctual = dossiers.accepted & ~dossiers.late
    received, due = dossiers.received // DAY, dossiers.due // DAY
    finished = dossiers.finished // DAY
    if surplus > 0:
        soon = window.holds(finished) & (finished < window.first + NEAR)
        rows = some(punctual & soon & (received < window.last_worked_before), surplus, rng)
        return dossiers.with_finish(rows, np.full(len(rows), window.last_worked_before))
    just = (finished < window.first) & (finished >= window.first - NEAR)
    rows = some(punctual & just & (due >= window.first_worked), -surplus, rng)
    return dossiers.with_finish(rows, np.full(len(rows), window.first_worked))


def _fit_processed(
    dossiers: Dossiers, window: Window, target: int, rng: np.random.Generator
) -> Dossiers:
    surplus = int(processed(dossiers, window).sum()) - target
    punctual = dossiers.accepted & ~dossiers.late
    received, due = dossiers.received // DAY, dossiers.due // DAY
    finished = dossiers.finished // DAY
    if surplus > 0:
        just = window.holds(finished) & (finished > window.last - NEAR)
        rows = some(punctual & just & (due > window.last), surplus, rng)
        return dossiers.with_finish(rows, np.full(len(rows), window.first_worked_after))
    soon = (finished > window.last) & (received < window.last)
    rows = some(punctual & soon, -surplus, rng)
    worked = window.calendar.between(window.last - NEAR, window.last)
    first = np.searchsorted(worked, received[rows], side="right")
    drawn = first + (rng.random(len(rows)) * (len(worked) - first)).astype(np.int64)
    return dossiers.with_finish(rows, worked[drawn])
