"""From the months of a measure to the verdict on the last of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from briefings.facts.observation import Observation
from briefings.facts.signal import LEAST_VOLUME, Limits, Rebasing, Signal
from briefings.periods import Month
from briefings.statistics.control_charts.chart import Point, months_in_baseline
from briefings.statistics.control_charts.p_prime import p_prime_chart
from briefings.statistics.control_charts.rules import judge, months_of
from briefings.statistics.control_charts.xmr import xmr_chart


@dataclass(frozen=True)
class Followed:
    """A measure in one month, and the month's working days where it is judged by them."""

    month: Month
    observation: Observation
    working_days: int | None = None


def signal_of(series: Sequence[Followed], rebased: Rebasing | None = None) -> Signal | None:
    """The verdict on the last month of a series, the oldest first; None if it has no value at all.

    Rates go on a P′ chart, counts on an XmR chart. Nothing is compared with what lies before a
    re-basing, nor with an estimate or what lies before it. Months without a value are passed over
    where limits are made; no rule reaches over them.
    """
    last = series[-1].observation
    if all(each.observation.value is None for each in series):
        return None
    if last.value is None:
        return Signal(last.kpi, last.window, "no_data", rebased=rebased)
    if last.estimate:
        return Signal(last.kpi, last.window, "estimated", rebased=rebased)
    measured = _of_one_basis(_comparable(series, rebased))
    baseline = months_in_baseline(len(measured))
    if baseline is None or _is_small(measured[:baseline]):
        return Signal(last.kpi, last.window, "too_few", rebased=rebased)
    chart = _chart(measured, baseline)
    if chart is None:
        return Signal(last.kpi, last.window, "no_variation", rebased=rebased)
    distances = [point.distance for point in chart][-_successive(measured) :]
    verdict, rule = judge(distances)
    return Signal(
        kpi=last.kpi,
        window=last.window,
        verdict=verdict,
        rule=rule,
        months=months_of(distances, rule),
        baseline=(measured[0].month, measured[baseline - 1].month),
        limits=tuple(map(_limits, measured, chart)),
        working_days=measured[-1].working_days,
        rebased=rebased,
    )


def _comparable(series: Sequence[Followed], rebased: Rebasing | None) -> list[Followed]:
    """The months with a value since the last re-basing and after the last estimate."""
    first = 1 + max(
        (place for place, each in enumerate(series) if each.observation.estimate), default=-1
    )
    return [
        each
        for each in series[first:]
        if each.observation.value is not None and (not rebased or each.month >= rebased.since)
    ]


def _successive(series: Sequence[Followed]) -> int:
    """How many months at the end follow each other without a gap."""
    gaps = [place for place, (a, b) in enumerate(pairwise(series), 1) if b.month != a.month + 1]
    return len(series) - max(gaps, default=0)


def _of_one_basis(series: Sequence[Followed]) -> Sequence[Followed]:
    """Only months that can be judged by the working day, if the last one can; else none of them."""
    if series and series[-1].working_days:
        return [each for each in series if each.working_days]
    return [replace(each, working_days=None) for each in series]


def _is_small(baseline: Sequence[Followed]) -> bool:
    """Whether a count is mostly so small that one case more or less makes the difference."""
    counts = [each.observation.numerator or 0 for each in baseline]
    return _is_count(baseline[0]) and fmean(counts) < LEAST_VOLUME


def _is_count(followed: Followed) -> bool:
    return followed.observation.denominator is None


def _chart(series: Sequence[Followed], baseline: int) -> tuple[Point, ...] | None:
    if _is_count(series[0]):
        return xmr_chart([_volume(each) for each in series], baseline)
    parts = [(each.observation.numerator, each.observation.denominator) for each in series]
    return p_prime_chart([(int(part or 0), int(whole or 0)) for part, whole in parts], baseline)


def _volume(followed: Followed) -> float:
    """The count, by the working day where the days are there."""
    return (followed.observation.numerator or 0) / (followed.working_days or 1)


def _limits(followed: Followed, point: Point) -> Limits:
    """Nothing that is counted falls below zero."""
    lower = max(point.lower, 0.0)
    return Limits(followed.observation.window, lower, point.centre, point.upper)
