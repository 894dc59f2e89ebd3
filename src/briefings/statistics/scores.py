"""Measures of one unit against their targets, in the windows that a briefing shows."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from briefings.facts.facts import RATES, VOLUMES
from briefings.facts.kpi import Kpi
from briefings.facts.score import Score
from briefings.organisation import Unit
from briefings.periods import Window
from briefings.statistics.observations import Observations
from briefings.statistics.targets import Targets

# A window is judged by a target that held on at least this share of its days, so that a year that
# is cut by the 15th is judged by its target, and ten months are not by one of two. Own convention.
LEAST_HELD = Fraction(1, 2)


def score(
    observations: Observations, targets: Targets, kpi: str, window: Window, unit: Unit
) -> Score:
    """One measure in one window; the target is the one valid on the window's last day."""
    observation = observations.get(kpi, window.name, unit.code)
    in_force = targets.in_force(kpi, unit, window)
    if not in_force or in_force[-1].until < window.end:
        return Score(observation, None, in_force)
    *earlier, last = in_force
    days, held = ((window.end - first).days + 1 for first in (window.start, last.since))
    return Score(
        observation,
        last.target,
        tuple(earlier),
        since=last.since if last.since > window.start else None,
        until=targets.lasts_until(kpi, unit, window.end),
        partial=held < days * LEAST_HELD,
    )


def scores_of(
    observations: Observations,
    targets: Targets,
    kpis: Iterable[Kpi],
    unit: Unit,
    *,
    compared: Iterable[Window],
    charted: Iterable[Window],
) -> tuple[Score, ...]:
    """Every measure in the windows compared, those of the charts in the windows charted."""
    wanted = {
        (kpi.id, window.name): window for kpi in kpis for window in compared
    } | {
        (kpi, window.name): window for kpi in (*VOLUMES, *RATES) for window in charted
    }  # fmt: skip
    return tuple(
        score(observations, targets, kpi, window, unit) for (kpi, _), window in wanted.items()
    )
