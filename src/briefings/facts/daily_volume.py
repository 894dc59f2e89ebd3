"""Volumes by the working day, so that months of unequal length can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from briefings.facts.observation import Observation
from briefings.periods import Month, Window

FLOWS = ("received_in_period", "processed")

# `same_tet` is the month that lay as far from the lunar new year a year ago.
Place = Literal["period", "before", "year_before", "same_tet"]


@dataclass(frozen=True)
class DailyVolume:
    """A count and the working days of its window; no value where one of them is unknown."""

    observation: Observation
    working_days: int | None

    @property
    def value(self) -> Fraction | None:
        """The count by the working day."""
        count = self.observation.numerator
        if count is None or not self.working_days:
            return None
        return Fraction(count, self.working_days)


@dataclass(frozen=True)
class DailyVolumes:
    """The flows of the period that a month ends, in the order of FLOWS.

    `working_days` of its window are None where no calendar covers them.
    """

    place: Place
    month: Month
    window: Window
    working_days: int | None
    flows: tuple[Observation, ...]

    @property
    def volumes(self) -> tuple[DailyVolume, ...]:
        """The flows by the working day."""
        return tuple(DailyVolume(flow, self.working_days) for flow in self.flows)
