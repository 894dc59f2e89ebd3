"""The scorecard: each measure of a unit against its target and against other periods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from briefings.organisation import Unit
from briefings.periods import Month, Window, month_window, year_to_date
from briefings.statistics.kpis import Kpi
from briefings.statistics.observations import Observation, Observations
from briefings.statistics.targets import Target, Targets

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


def windows_of(month: Month) -> tuple[Window, ...]:
    """The windows a scorecard of this month reads."""
    return (
        month_window(month),
        year_to_date(month),
        month_window(month - 1),
        month_window(month - 12),
    )


def score(
    observations: Observations, targets: Targets, kpi: str, window: Window, unit: Unit
) -> Score:
    """One measure in one window; the target is the one valid on the window's last day."""
    return Score(
        observation=observations.get(kpi, window.name, unit.code),
        target=targets.find(kpi, unit, window.end),
    )


def scorecard(
    observations: Observations, targets: Targets, kpis: Iterable[Kpi], month: Month, unit: Unit
) -> tuple[ScorecardRow, ...]:
    """Every measure of the scorecard for one unit and month, in registry order."""
    current, to_date, previous, last_year = windows_of(month)
    return tuple(
        ScorecardRow(
            kpi=kpi,
            month=score(observations, targets, kpi.id, current, unit),
            year_to_date=score(observations, targets, kpi.id, to_date, unit),
            previous_month=observations.get(kpi.id, previous.name, unit.code),
            same_month_last_year=observations.get(kpi.id, last_year.name, unit.code),
        )
        for kpi in kpis
        if kpi.scorecard
    )
