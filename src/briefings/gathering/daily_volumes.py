"""The flows of a unit by the working day, in the period and in those it is compared with."""

from __future__ import annotations

from briefings.facts.daily_volume import FLOWS, DailyVolumes, Place
from briefings.gathering.counted import Counted
from briefings.organisation import Unit
from briefings.periods import MONTHS_IN, Month


def daily_volumes(counted: Counted, unit: Unit) -> tuple[DailyVolumes, ...]:
    """The period, the one before, the same one last year, and the month of the same place to Tết.

    The last only for reports of a month, and where it is another month than the same one.
    """
    return tuple(_volumes(counted, unit, place, month) for place, month in _months(counted).items())


def _months(counted: Counted) -> dict[Place, Month]:
    """The months that end what is compared."""
    regime, month = counted.regime, counted.month
    months: dict[Place, Month] = {
        "period": month,
        "before": month - MONTHS_IN[regime.kind],
        "year_before": month - 12,
    }
    if months["before"] == months["year_before"]:  # a year is compared with the last one once
        del months["before"]
    same_tet = counted.lunar_years.same_place_last_year(month, regime)
    if regime.kind == "month" and same_tet != months["year_before"]:
        months["same_tet"] = same_tet
    return months


def _volumes(counted: Counted, unit: Unit, place: Place, month: Month) -> DailyVolumes:
    window = counted.regime.period(month)
    return DailyVolumes(
        place=place,
        month=month,
        window=window,
        working_days=counted.working_days(window),
        flows=tuple(counted.observations.get(kpi, window.name, unit.code) for kpi in FLOWS),
    )
