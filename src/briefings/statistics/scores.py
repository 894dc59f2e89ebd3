"""Measures of one unit against their targets, in the windows that a briefing shows."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.facts.facts import RATES, VOLUMES, windows_of
from briefings.facts.kpi import Kpi
from briefings.facts.score import Score
from briefings.organisation import Unit
from briefings.periods import Month, Window, month_window
from briefings.statistics.observations import Observations
from briefings.statistics.targets import Targets


def score(
    observations: Observations, targets: Targets, kpi: str, window: Window, unit: Unit
) -> Score:
    """One measure in one window; the target is the one valid on the window's last day."""
    return Score(
        observation=observations.get(kpi, window.name, unit.code),
        target=targets.find(kpi, unit, window.end),
    )


def scores_of(
    observations: Observations,
    targets: Targets,
    kpis: Iterable[Kpi],
    unit: Unit,
    *,
    month: Month,
    trend: Iterable[Month],
) -> tuple[Score, ...]:
    """Every measure in the windows of the scorecard, the charted ones in every month of `trend`."""
    wanted = {
        (kpi.id, window.name): window for kpi in kpis for window in windows_of(month)
    } | {
        (kpi, str(each)): month_window(each) for kpi in (*VOLUMES, *RATES) for each in trend
    }  # fmt: skip
    return tuple(
        score(observations, targets, kpi, window, unit) for (kpi, _), window in wanted.items()
    )
