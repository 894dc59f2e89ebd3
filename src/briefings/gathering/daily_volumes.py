"""The flows of a unit by the working day, in the period and in those it is compared with."""

from __future__ import annotations

from briefings.facts.daily_volume import FLOWS, DailyVolumes, Place
from briefings.gathering.counted import Counted
from briefings.organisation import Unit
from briefings.periods import Window


def daily_volumes(counted: Counted, unit: Unit) -> tuple[DailyVolumes, ...]:
    """The period, the one before, the same one last year, and the month of the same place to Tết.

    The last only for reports of a month, and where it is another month than the same one.
    """
    return tuple(
        DailyVolumes(
            place=place,
            window=window,
            working_days=counted.working_days(window),
            flows=tuple(counted.observations.get(kpi, window.name, unit.code) for kpi in FLOWS),
        )
        for place, window in _windows(counted).items()
    )


def _windows(counted: Counted) -> dict[Place, Window]:
    regime, month = counted.regime, counted.month
    windows: dict[Place, Window] = {
        "period": counted.period,
        "before": regime.before(month),
        "year_before": regime.year_before(month),
    }
    same_tet = regime.month(counted.lunar_years.same_place_last_year(month, regime))
    if regime.kind == "month" and same_tet != windows["year_before"]:
        windows["same_tet"] = same_tet
    return windows
