"""Which units differ from their like in the year to date: one funnel for each rate and level."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from briefings.facts.funnel import (
    COMPARED_RATES,
    INNER,
    OUTER,
    Funnel,
    FunnelLimits,
    Outlier,
    Standing,
)
from briefings.facts.observation import Observation
from briefings.gathering.counted import Counted
from briefings.organisation import LEVELS, Level, Unit
from briefings.statistics.funnel import Judged, judge_units
from briefings.statistics.intervals import wilson_interval
from briefings.statistics.usual_share import limits_of

LEAST_UNITS = 2  # of one level, to be compared
PLACES = 16  # at which the limits are known, along the number of cases


def funnels(counted: Counted) -> tuple[Funnel, ...]:
    """By rate, then by level; none where fewer than two units have a value that is no estimate."""
    found = (_funnel(counted, kpi, level) for kpi in COMPARED_RATES for level in LEVELS[1:])
    return tuple(funnel for funnel in found if funnel is not None)


def _standings(observed: Mapping[Unit, Observation], *, estimate: bool) -> dict[Unit, Standing]:
    return {
        unit: Standing(each.numerator, each.denominator)
        for unit, each in observed.items()
        if each.estimate == estimate and each.numerator is not None and each.denominator is not None
    }


def _funnel(counted: Counted, kpi: str, level: Level) -> Funnel | None:
    window = counted.windows.year_to_date.name
    observed = {
        unit: counted.observations.get(kpi, window, unit.code)
        for unit in counted.organisation.at_level(level)
    }
    units = _standings(observed, estimate=False)
    if len(units) < LEAST_UNITS:
        return None
    judged = judge_units([(each.numerator, each.denominator) for each in units.values()])
    return Funnel(
        kpi=kpi,
        level=level,
        window=window,
        whole=Standing(
            sum(each.numerator for each in units.values()),
            sum(each.denominator for each in units.values()),
        ),
        within=judged.within,
        units=tuple(units.values()),
        limits=_limits([each.denominator for each in units.values()], judged),
        outliers=tuple(
            Outlier(unit, place, side, wilson_interval(each.numerator, each.denominator))
            for place, ((unit, each), side) in enumerate(
                zip(units.items(), judged.sides, strict=True)
            )
            if side is not None
        ),
        estimated=tuple(_standings(observed, estimate=True).values()),
    )


def _limits(denominators: list[int], judged: Judged) -> tuple[FunnelLimits, ...]:
    """From the smallest unit to the largest, by equal factors; none without an outlier."""
    if not any(judged.sides):
        return ()
    steps = np.geomspace(min(denominators), max(denominators), PLACES)
    places = np.unique(np.rint(steps).astype(np.int64))
    inner, outer = (limits_of(places, judged.usual, level) for level in (INNER, OUTER))
    return tuple(map(FunnelLimits, places.tolist(), inner, outer))
