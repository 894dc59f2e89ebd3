"""What is usual for a measure, and volumes by the working day, as printed figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count

from briefings.facts.daily_volume import DailyVolume
from briefings.facts.kpi import Kpi
from briefings.facts.observation import Observation
from briefings.facts.signal import RUN, Limits, Signal
from briefings.language import PERCENT_DECIMALS, format_number, format_percent, rounded, words
from briefings.report.figures import Figure
from briefings.report.printing import figure, marked

DECIMALS = 1  # of means of counts
BY_DAY = "dossiers per working day"


@dataclass(frozen=True)
class Judged:
    """The last month of a measure, and what is usual for it; None where that is not known."""

    value: Figure
    lower: Figure | None = None
    centre: Figure | None = None
    upper: Figure | None = None


def judged(kpi: Kpi, signal: Signal, observation: Observation, language: str) -> Judged:
    """The figures of a signal, with so many decimals that they say the same as its verdict."""
    daily = DailyVolume(observation, signal.working_days) if signal.working_days else None
    printed = daily_figure(daily, language) if daily else figure(observation, language)
    value = daily.value if daily else observation.value
    if signal.usual is None or value is None:
        return Judged(printed)
    decimals = _decimals(kpi, signal, signal.usual, value)
    lower, centre, upper = _limits(kpi, signal, signal.usual, observation.unit, decimals, language)
    if daily or kpi.kind == "rate":
        printed = replace(printed, text=_text(kpi, value, decimals, language))
    return Judged(printed, lower, centre, upper)


def daily_figure(daily: DailyVolume, language: str) -> Figure:
    """A volume by the working day; where there is no value its text says why."""
    observation, value = daily.observation, daily.value
    measured = observation.status == "measured"
    status = "not_measurable" if measured and value is None else observation.status
    printed = Figure(
        kpi=f"{observation.kpi}.daily",
        period=observation.window,
        unit=observation.unit,
        value=None if value is None else float(value),
        text=(
            words(language)["statuses"][status]
            if value is None
            else format_number(value, language, DECIMALS)
        ),
        status=status,
        numerator=observation.numerator,
        denominator=daily.working_days,
        unit_of_measure=BY_DAY,
    )
    return marked(printed, estimate=observation.estimate)


def decimals_apart(value: Fraction, others: Iterable[Fraction], least: int) -> int:
    """The fewest decimals with which a value is told apart from all others that it differs from."""
    different = [other for other in others if other != value]
    return next(
        decimals
        for decimals in count(least)
        if all(rounded(value, decimals) != rounded(other, decimals) for other in different)
    )


def verdict_text(signal: Signal, language: str) -> str:
    """The verdict in words, with the rule that fired."""
    text = words(language)["signals"]
    verdict: str = text["verdicts"][signal.verdict]
    if signal.rule is None:
        return verdict
    rule = text["rules"][signal.rule].format(run=format_number(RUN, language))
    return f"{verdict} ({rule})"


def _decimals(kpi: Kpi, signal: Signal, limits: Limits, value: Fraction) -> int:
    """A signal is told apart from the centre too, which most rules ask about."""
    bounds = [limits.lower, limits.upper, *([limits.centre] if signal.rule else [])]
    if kpi.kind == "rate":
        in_percent = [100 * Fraction(bound) for bound in bounds]
        return decimals_apart(100 * value, in_percent, PERCENT_DECIMALS)
    return decimals_apart(value, map(Fraction, bounds), DECIMALS)


def _limits(
    kpi: Kpi, signal: Signal, limits: Limits, unit: str, decimals: int, language: str
) -> tuple[Figure, Figure, Figure]:
    """The lower limit, the centre and the upper limit of one month."""
    daily = signal.working_days is not None
    parts = {"lower": limits.lower, "centre": limits.centre, "upper": limits.upper}
    lower, centre, upper = (
        Figure(
            kpi=f"{kpi.id}{'.daily' if daily else ''}.{name}",
            period=limits.window,
            unit=unit,
            value=value,
            text=_text(kpi, Fraction(value), decimals, language),
            unit_of_measure=BY_DAY if daily else kpi.unit_of_measure,
        )
        for name, value in parts.items()
    )
    return lower, centre, upper


def _text(kpi: Kpi, value: Fraction, decimals: int, language: str) -> str:
    printed = format_percent if kpi.kind == "rate" else format_number
    return printed(value, language, decimals)
