"""The verdict on each charted measure of a unit in the last month."""

from __future__ import annotations

from dataclasses import replace

from briefings.facts.daily_volume import FLOWS
from briefings.facts.facts import RATES, TREND_MONTHS, VOLUMES
from briefings.facts.signal import Signal
from briefings.gathering.counted import Counted
from briefings.organisation import Unit
from briefings.periods import Month
from briefings.statistics.signals import Followed, signal_of


def signals(counted: Counted, unit: Unit) -> tuple[Signal, ...]:
    """The volumes, then the rates; without those that have no value in any month."""
    found = (_signal(counted, unit, kpi) for kpi in (*VOLUMES, *RATES))
    return tuple(signal for signal in found if signal is not None)


def _signal(counted: Counted, unit: Unit, kpi: str) -> Signal | None:
    rebased = counted.rebasings.latest(kpi, unit, counted.month)
    months = [m for m in counted.followed if rebased is None or m >= rebased.since]
    signal = signal_of([_followed(counted, unit, kpi, month) for month in months], rebased)
    # No page shows the limits of months before those of its charts.
    return signal and replace(signal, limits=signal.limits[-TREND_MONTHS:])


def _followed(counted: Counted, unit: Unit, kpi: str, month: Month) -> Followed:
    """A stock is not made by the day, so it is judged as it stands."""
    window = counted.regime.month(month)
    observation = counted.observations.get(kpi, window.name, unit.code)
    days = counted.working_days(window) if kpi in FLOWS else None
    return Followed(month, observation, days)
