"""How far chance may have carried a rate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

CONFIDENCE = Fraction(95, 100)
# Below this denominator a rate is printed with its interval. Our own convention.
SMALL_DENOMINATOR = 100


@dataclass(frozen=True)
class Interval:
    """The bounds of a rate at CONFIDENCE."""

    lower: float
    upper: float


@dataclass(frozen=True)
class RateInterval:
    """The interval of one rate of the period."""

    kpi: str
    interval: Interval
