"""The service index of Decision 766/QĐ-TTg: its rules on a day, and the points of one unit.

Points are a reading for information. Nothing here is the official score, and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from briefings.facts.observation import DataStatus, Observation

WhenNothing = Literal["maximum", "zero", "none"]
# Whether the official rate can only be lower than ours (ours is at most), or only higher.
Bound = Literal["at_most", "at_least", "none"]


@dataclass(frozen=True)
class IndexGroup:
    """A group of indicators and its maximum; `parent` is empty for the decision's own groups.

    `listed` is what the maxima below it come to. `maximum_verified` says whether a second source
    has the same maximum.
    """

    id: str
    parent: str
    names: dict[str, str]
    maximum: Fraction
    maximum_verified: bool
    listed: Fraction

    @property
    def is_complete(self) -> bool:
        """Whether all of its points are on record."""
        return self.listed == self.maximum


@dataclass(frozen=True)
class Indicator:
    """One indicator: its maximum, and the rate from which there are full marks (None: at 100%).

    `when_nothing` are the points where nothing happened. `basis` says by language what is counted
    here, or why nothing is.
    """

    id: str
    group: str
    names: dict[str, str]
    basis: dict[str, str]
    maximum: Fraction
    maximum_verified: bool
    full_at: Fraction | None
    full_at_verified: bool
    low_confidence: bool
    when_nothing: WhenNothing
    bound: Bound


@dataclass(frozen=True)
class IndicatorResult:
    """What an indicator came to. Its rate is (measure − less) × times, never below zero.

    `measure` is None where our tables hold nothing of it.
    """

    indicator: Indicator
    measure: Observation | None
    less: Observation | None = None
    times: Observation | None = None

    @property
    def status(self) -> DataStatus:
        """`no_data` where nothing happened; one part that is not measurable makes all so."""
        parts = [part.status for part in (self.measure, self.less, self.times) if part]
        if self.measure is None or "not_measurable" in parts:
            return "not_measurable"
        return "no_data" if "no_data" in parts else "measured"

    @property
    def rate(self) -> Fraction | None:
        """The exact rate, if there is one."""
        before = self._rate_before_factor
        return None if before is None else before * _value(self.times, Fraction(1))

    @property
    def is_estimate(self) -> bool:
        """Whether it rests on dossiers that were divided among units by a share."""
        return any(part.estimate for part in (self.measure, self.less, self.times) if part)

    @property
    def parts(self) -> tuple[int | None, int | None]:
        """Numerator and denominator, where the rate is that of one measure alone."""
        if self.measure is None or self.less or self.times:
            return None, None
        return self.measure.numerator, self.measure.denominator

    @property
    def points(self) -> Fraction | None:
        """Points reached, exact; None where there are none to reach."""
        if self.status == "no_data":
            nothing = {"maximum": self.indicator.maximum, "zero": Fraction(0), "none": None}
            return nothing[self.indicator.when_nothing]
        return self._points_at(self.rate)

    @property
    def lost(self) -> Fraction | None:
        """Points lacking to the maximum."""
        return None if self.points is None else self.indicator.maximum - self.points

    @property
    def lost_to_factor(self) -> Fraction | None:
        """Points lacking only because of the rate it is multiplied by."""
        without = self._points_at(self._rate_before_factor)
        if self.times is None or without is None or self.points is None:
            return None
        return without - self.points

    @property
    def _rate_before_factor(self) -> Fraction | None:
        if self.status != "measured":
            return None
        return max(Fraction(0), _value(self.measure) - _value(self.less))

    def _points_at(self, rate: Fraction | None) -> Fraction | None:
        if rate is None:
            return None
        return self.indicator.maximum * min(Fraction(1), rate / (self.indicator.full_at or 1))


@dataclass(frozen=True)
class ServiceIndex:
    """The index of one unit in one window; no results where the data do not cover the window.

    `replaced` says whether other rules, or none, were on record for the window's first day.
    """

    groups: tuple[IndexGroup, ...]
    results: tuple[IndicatorResult, ...]
    replaced: bool

    @property
    def measured(self) -> tuple[IndicatorResult, ...]:
        """The results that have points, in the order of the index."""
        return tuple(each for each in self.results if each.points is not None)

    @property
    def losses(self) -> tuple[IndicatorResult, ...]:
        """The results that lack points, those that lack most first."""
        short = [each for each in self.measured if each.lost]
        return tuple(sorted(short, key=lambda each: each.lost or 0, reverse=True))

    @property
    def maximum(self) -> Fraction:
        """The points of the whole index."""
        return sum((each.maximum for each in self.groups if not each.parent), Fraction(0))

    def within(self, group: IndexGroup) -> tuple[IndicatorResult, ...]:
        """The results of a group and of the groups below it."""
        ids = {group.id, *(each.id for each in self.groups if each.parent == group.id)}
        return tuple(each for each in self.results if each.indicator.group in ids)

    def factor(self, result: IndicatorResult) -> IndicatorResult | None:
        """The result of the indicator whose rate multiplies another's."""
        times = result.times
        same = (each for each in self.results if each.less is None and each.times is None)
        return next((each for each in same if times and each.measure == times), None)


def reached(results: Iterable[IndicatorResult]) -> Fraction:
    """The points of some results together."""
    return sum((each.points for each in results if each.points is not None), Fraction(0))


def reachable(results: Iterable[IndicatorResult]) -> Fraction:
    """The maximum of those results that have points; what is not measured is never inferred."""
    return sum((each.indicator.maximum for each in results if each.points is not None), Fraction(0))


def _value(observation: Observation | None, otherwise: Fraction = Fraction(0)) -> Fraction:
    value = observation.value if observation else None
    return otherwise if value is None else value
