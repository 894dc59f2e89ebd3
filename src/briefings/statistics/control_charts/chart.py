"""What every control chart says of a month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from briefings.facts.signal import BASELINE_MONTHS, LEAST_MONTHS

SIGMAS = 3  # from the centre to a limit
BEYOND = math.nextafter(SIGMAS, math.inf)
# The mean range of two values in standard deviations. 3 / 1.128 is the 2.66 of the XmR chart.
RANGE_OF_TWO = 1.128
DECIMALS = 9  # of limits: what is printed and what decides are the same number on every machine


@dataclass(frozen=True)
class Point:
    """One month of a chart: its limits, and how many sigmas it lies from the centre, signed.

    The month lies more than three from the centre exactly where it lies outside the limits.
    """

    lower: float
    centre: float
    upper: float
    distance: float


def point_at(value: float, limits: tuple[float, float, float], distance: float) -> Point:
    """The point of a value; where a distance and the limits would differ, the limits decide."""
    lower, centre, upper = (round(limit, DECIMALS) for limit in limits)
    size = abs(distance)
    size = min(size, SIGMAS) if lower <= value <= upper else max(size, BEYOND)
    return Point(lower, centre, upper, math.copysign(size, distance))


def months_in_baseline(months: int) -> int | None:
    """How many of the first months make the limits; None where there are too few."""
    return min(months, BASELINE_MONTHS) if months >= LEAST_MONTHS else None


def sigma_of(values: Sequence[float]) -> float:
    """The standard deviation, judged by the mean range from each value to the next."""
    return fmean(abs(after - before) for before, after in pairwise(values)) / RANGE_OF_TWO
