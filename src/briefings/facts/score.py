"""A measure against its target, and beside other periods."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from briefings.facts.kpi import Kpi
from briefings.facts.observation import Observation
from briefings.facts.target import Target

Verdict = Literal["met", "missed", "unverified", "no_target", "no_data", "not_measurable"]


@dataclass(frozen=True)
class Score:
    """One measure in one window against its target. Variance is actual minus target."""

    observation: Observation
    target: Target | None

    @property
    def variance(self) -> Fraction | None:
        """Actual minus target, unrounded; for a rate in units of one (0.01 = one point)."""
        if self.observation.value is None or self.target is None:
            return None
        return self.observation.value - self.target.value

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
        return "met" if self.target.is_met_by(value) else "missed"


@dataclass(frozen=True)
class ScorecardRow:
    """One measure of one unit: the month, the year to date, and two months to compare with."""

    kpi: Kpi
    month: Score
    year_to_date: Score
    previous_month: Observation
    same_month_last_year: Observation
