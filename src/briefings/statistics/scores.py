"""Measures of one unit against their targets, in the windows that a briefing shows."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.facts.facts import RATES, VOLUMES
from briefings.facts.kpi import Kpi
from briefings.facts.score import Score
from briefings.organisation import Unit
from briefings.periods import Window
from briefings.statistics.observations import Observations
from briefings.statistics.targets import Targets


def score(
    observations: Observations, targets: Targets, kpi: str, window: Window, unit: Unit
) -> Score:
    """One measure in one window; the target is the one valid on the window's last day."""
    in_force = targets.in_force(kpi, unit, window)
    target = next((each.target for each in in_force if each.until == window.end), None)
    return Score(
        observation=observations.get(kpi, window.name, unit.code),
        target=target,
        earlier=tuple(each for each in in_force if each.target != target),
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
