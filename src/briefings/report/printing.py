"""Observations, targets and variances as printed figures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from briefings.facts.observation import Observation
from briefings.facts.pace import Pace
from briefings.facts.score import Score
from briefings.language import (
    NO_VALUE,
    format_number,
    format_percent,
    format_points,
    words,
)
from briefings.report.blocks import Inline, Status
from briefings.report.figures import Figure

# Before a figure that was estimated.
ABOUT = "≈"


def print_value(value: Fraction, unit_of_measure: str, language: str) -> str:
    """A count as a whole number, a rate as a percentage."""
    if unit_of_measure == "percent":
        return format_percent(value, language)
    return format_number(value, language)


def figure(observation: Observation, language: str) -> Figure:
    """An observation as a figure; where there is no value its text says why."""
    value = observation.value
    text = (
        words(language)["statuses"][observation.status]
        if value is None
        else print_value(value, observation.unit_of_measure, language)
    )
    printed = Figure(
        kpi=observation.kpi,
        period=observation.window,
        unit=observation.unit,
        value=_plain(value),
        text=text,
        status=observation.status,
        numerator=observation.numerator,
        denominator=observation.denominator,
        unit_of_measure=observation.unit_of_measure,
    )
    return marked(printed, estimate=observation.estimate)


def marked(printed: Figure, *, estimate: bool) -> Figure:
    """The figure with the mark of an estimate, if it is one; words for a number have none."""
    if not estimate or printed.value is None or not any(map(str.isdigit, printed.text)):
        return printed
    return replace(printed, text=f"{ABOUT}{printed.text}")


def target_figure(score: Score, language: str) -> Inline:
    """The target of a score, or a dash."""
    if score.target is None:
        return NO_VALUE
    unit_of_measure = score.observation.unit_of_measure
    return Figure(
        kpi=f"{score.observation.kpi}.target",
        period=score.observation.window,
        unit=score.observation.unit,
        value=_plain(score.target.value),
        text=print_target(score.target.value, unit_of_measure, language),
        status="verified" if score.target.verified else "unverified",
        unit_of_measure=unit_of_measure,
    )


def variance_figure(score: Score, language: str) -> Inline:
    """Actual minus target in percentage points, or a dash."""
    if score.variance is None:
        return NO_VALUE
    text = format_points(score.variance, language, visible=True)
    return _beside(score, "variance", float(score.variance), text, "points")


def shortfall_figure(score: Score, language: str) -> Inline:
    """How many are lacking to the target, or a dash."""
    if score.shortfall is None:
        return NO_VALUE
    return _beside(
        score, "shortfall", score.shortfall, format_number(score.shortfall, language), "count"
    )


def pace_figure(score: Score, pace: Pace | None, language: str) -> Inline:
    """What the rest of the year must reach, and what of the past must be made good, or words."""
    if pace is None:
        return NO_VALUE
    required, text = float(pace.required), words(language)["truthful"]
    if pace.outlook == "open":
        return _beside(
            score, "required", required, format_percent(pace.required, language), "percent"
        )
    if pace.outlook != "mend":
        return _beside(score, "required", required, text[pace.outlook], "percent")
    whole = format_percent(Fraction(pace.required > 1), language, decimals=0)
    count = format_number(pace.to_mend, language)
    before, _, after = text["mend"].partition("{count}")
    return (
        _beside(score, "required", required, whole, "percent"),
        before,
        _beside(score, "to_mend", pace.to_mend, count, "count"),
        after,
    )


def _beside(score: Score, name: str, value: float, text: str, unit_of_measure: str) -> Figure:
    observation = score.observation
    printed = Figure(
        kpi=f"{observation.kpi}.{name}",
        period=observation.window,
        unit=observation.unit,
        value=value,
        text=text,
        unit_of_measure=unit_of_measure,
    )
    return marked(printed, estimate=observation.estimate)


def count_figure(
    kpi: str, value: int | None, *, period: str, unit: str, language: str, of: str = "dossiers"
) -> Figure:
    """A plain count that is not in the registry, such as a cell of a form."""
    text = words(language)["statuses"]["not_measurable"] if value is None else None
    return Figure(
        kpi=kpi,
        period=period,
        unit=unit,
        value=value,
        text=text or format_number(value or 0, language),
        status="not_measurable" if value is None else "measured",
        numerator=value,
        unit_of_measure=of,
    )


def rate_figure(
    kpi: str, numerator: int, denominator: int, *, period: str, unit: str, language: str
) -> Figure:
    """A percentage that is not in the registry, such as the share on time of one procedure."""
    return Figure(
        kpi=kpi,
        period=period,
        unit=unit,
        value=_plain(Fraction(numerator, denominator)),
        text=format_percent(Fraction(numerator, denominator), language),
        numerator=numerator,
        denominator=denominator,
        unit_of_measure="percent",
    )


def _plain(value: Fraction | None) -> float | None:
    """A whole number stays one, so that equal counts are written equally."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def print_target(value: Fraction, unit_of_measure: str, language: str) -> str:
    """A target as short as it can be: whole percents without decimals."""
    if unit_of_measure == "percent" and (value * 100).denominator == 1:
        return format_percent(value, language, decimals=0)
    return print_value(value, unit_of_measure, language)


def status_chip(score: Score, language: str) -> Status:
    """The status of a score as a chip."""
    return Status(score.status, words(language)["statuses"][score.status])
