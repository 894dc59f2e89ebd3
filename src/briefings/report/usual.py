"""What is usual for a measure, and volumes by the working day, as printed figures."""

from __future__ import annotations

from fractions import Fraction

from briefings.facts.daily_volume import DailyVolume
from briefings.facts.kpi import Kpi
from briefings.facts.signal import RUN, Limits, Signal
from briefings.language import format_number, format_percent, words
from briefings.report.figures import Figure

DECIMALS = 1  # of means of counts
BY_DAY = "dossiers per working day"


def daily_figure(daily: DailyVolume, language: str) -> Figure:
    """A volume by the working day; where there is no value its text says why."""
    observation, value = daily.observation, daily.value
    measured = observation.status == "measured"
    status = "not_measurable" if measured and value is None else observation.status
    return Figure(
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


def limit_figures(
    kpi: Kpi, signal: Signal, limits: Limits, unit: str, language: str
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
            text=(
                format_percent(Fraction(value), language)
                if kpi.kind == "rate"
                else format_number(Fraction(value), language, DECIMALS)
            ),
            unit_of_measure=BY_DAY if daily else kpi.unit_of_measure,
        )
        for name, value in parts.items()
    )
    return lower, centre, upper


def verdict_text(signal: Signal, language: str) -> str:
    """The verdict in words, with the rule that fired."""
    text = words(language)["signals"]
    verdict: str = text["verdicts"][signal.verdict]
    if signal.rule is None:
        return verdict
    rule = text["rules"][signal.rule].format(run=format_number(RUN, language))
    return f"{verdict} ({rule})"
