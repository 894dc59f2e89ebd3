"""A measure against its target, and beside other periods."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from briefings.facts.kpi import Kpi
from briefings.facts.observation import Observation
from briefings.facts.target import EarlierTarget, Target

Verdict = Literal[
    "met",
    "within_tolerance",
    "missed",
    "unverified",
    "estimated",
    "partial",
    "no_target",
    "no_data",
    "not_measurable",
]


@dataclass(frozen=True)
class Score:
    """One measure in one window against its target. Variance is actual minus target.

    `target` is the one in force on the window's last day; those before it are `earlier`, the
    oldest first. `since` is its first day where the window began before it, `until` its last one,
    in the window or after it (None: open). A `partial` one held on too few of the window's days.
    """

    observation: Observation
    target: Target | None
    earlier: tuple[EarlierTarget, ...] = ()
    since: date | None = None
    until: date | None = None
    partial: bool = False

    def is_of_year(self, year_end: date) -> bool:
        """Whether the target is that of the whole year: no other before it, none after."""
        lasts = self.until is None or self.until >= year_end
        return lasts and not self.partial and not self.earlier

    @property
    def variance(self) -> Fraction | None:
        """Actual minus target, unrounded; for a rate in units of one (0.01 = one point)."""
        if self.observation.value is None or self.target is None:
            return None
        return self.observation.value - self.target.value

    @property
    def shortfall(self) -> int | None:
        """How many more (fewer, where lower is better) of the denominator would meet the target.

        In whole dossiers, procedures, transactions or petitions; None where nothing is shared.
        """
        target, whole = self.target, self.observation.denominator
        if target is None or whole is None or self.observation.numerator is None:
            return None
        if target.direction == "higher":
            return max(0, math.ceil(target.value * whole) - self.observation.numerator)
        return max(0, self.observation.numerator - math.floor(target.value * whole))

    @property
    def status(self) -> Verdict:
        """Decided on unrounded numbers; anything uncertain is a status of its own."""
        value = self.observation.value
        if value is None:
            return "no_data" if self.observation.status == "no_data" else "not_measurable"
        if self.target is None:
            return "no_target"
        if not self.target.verified:
            return "unverified"
        if self.observation.estimate:
            return "estimated"
        if self.partial:
            return "partial"
        if self.target.is_met_by(value):
            return "met"
        return "within_tolerance" if self.target.tolerates(value) else "missed"


@dataclass(frozen=True)
class ScorecardRow:
    """One measure of one unit: the period, the year to date, and two periods to compare with."""

    kpi: Kpi
    period: Score
    year_to_date: Score
    before: Observation
    year_before: Observation
