"""Units of one level beside each other, by how many cases they have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from briefings.facts.interval import Interval
from briefings.organisation import Level, Unit

# The measures compared, for the year to date.
COMPARED_RATES = ("on_time", "index_on_time", "sync", "online_filing", "online_payment")

# The limits hold so many of the units that differ by chance and as usual. Beyond the outer ones a
# unit is named, between the two it is not. Source: Spiegelhalter, Funnel plots for comparing
# institutional performance, Statistics in Medicine 24, 2005.
OUTER, INNER = Fraction(998, 1000), Fraction(95, 100)

Side = Literal["above", "below"]


@dataclass(frozen=True)
class Standing:
    """The parts of a rate of one unit, or of all together; the denominator is not zero."""

    numerator: int
    denominator: int

    @property
    def rate(self) -> Fraction:
        """The exact rate."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True)
class Outlier:
    """A unit that chance and the usual differences between units do not explain.

    `place` is its place among the units of its funnel.
    """

    unit: Unit
    place: int
    side: Side
    interval: Interval


@dataclass(frozen=True)
class FunnelLimits:
    """Between what a rate may lie with so many cases: the inner and the outer limits."""

    denominator: int
    inner: Interval
    outer: Interval


@dataclass(frozen=True)
class Funnel:
    """One rate of the units of one level.

    `units` are those compared; `whole` is what they come to together. `limits` are those of the
    units that are no outliers, and empty where there is none, for then no funnel is drawn.
    `within` counts the units between the inner limits. `estimated` are units whose figures rest
    on a share: they are shown, but compared with nobody and no part of all that.
    """

    kpi: str
    level: Level
    window: str
    whole: Standing
    within: int
    units: tuple[Standing, ...]
    limits: tuple[FunnelLimits, ...]
    outliers: tuple[Outlier, ...]
    estimated: tuple[Standing, ...] = ()
