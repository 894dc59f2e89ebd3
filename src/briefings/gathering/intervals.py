"""The intervals of rates with few cases."""

from __future__ import annotations

from briefings.facts.interval import SMALL_DENOMINATOR, RateInterval
from briefings.gathering.counted import Counted
from briefings.organisation import Unit
from briefings.statistics.intervals import wilson_interval


def rate_intervals(counted: Counted, unit: Unit) -> tuple[RateInterval, ...]:
    """One for each rate of the period whose denominator is small, in the registry's order.

    None for an estimate: an interval tells of chance, not of what a share may be wrong by.
    """
    observed = (
        counted.observations.get(kpi.id, counted.windows.period.name, unit.code)
        for kpi in counted.kpis
        if kpi.scorecard and kpi.kind == "rate"
    )
    return tuple(
        RateInterval(each.kpi, wilson_interval(each.numerator, each.denominator))
        for each in observed
        if not each.estimate
        and each.numerator is not None
        and each.denominator is not None
        and each.denominator < SMALL_DENOMINATOR
    )
