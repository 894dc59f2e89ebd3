"""The verdict on each charted measure of a unit in the last month."""

from __future__ import annotations

from dataclasses import replace

from briefings.facts.daily_volume import FLOWS
from briefings.facts.facts import RATES, VOLUMES
from briefings.facts.signal import Rebasing, Signal
from briefings.gathering.breaks import latest_break
from briefings.gathering.counted import Counted
from briefings.organisation import Unit
from briefings.periods import Month
from briefings.statistics.rebasings import later_of
from briefings.statistics.signals import Followed, signal_of


def signals(counted: Counted, unit: Unit) -> tuple[Signal, ...]:
    """The volumes, then the rates; without those that have no value in any month.

    Limits are those of the months of the charts.
    """
    broken = latest_break(counted, unit)
    found = (_signal(counted, unit, kpi, broken) for kpi in (*VOLUMES, *RATES))
    return tuple(signal for signal in found if signal is not None)


def _signal(counted: Counted, unit: Unit, kpi: str, broken: Rebasing | None) -> Signal | None:
    recorded = counted.rebasings.latest(kpi, unit, counted.month)
    series = [_followed(counted, unit, kpi, month) for month in counted.windows.followed]
    signal = signal_of(series, later_of(recorded, broken))
    charted = {window.name for window in counted.windows.charted}
    return signal and replace(
        signal, limits=tuple(each for each in signal.limits if each.window in charted)
    )


def _followed(counted: Counted, unit: Unit, kpi: str, month: Month) -> Followed:
    """A stock is not made by the day, so it is judged as it stands."""
    window = counted.regime.month(month)
    observation = counted.observations.get(kpi, window.name, unit.code)
    days = counted.working_days(window) if kpi in FLOWS else None
    return Followed(month, observation, days)
