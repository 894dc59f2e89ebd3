"""How far chance may have carried the rates that rest on few cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from briefings.facts.interval import CONFIDENCE, SMALL_DENOMINATOR, Interval, RateInterval
from briefings.language import format_number, format_percent
from briefings.report.blocks import Prose
from briefings.report.figures import Figure
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import count_figure, figure


def interval_note(material: Material) -> Prose:
    """The interval of each rate of the period with a small denominator."""
    facts, language = material.facts, material.language
    rates = [row.period.observation for row in facts.scorecard() if row.kpi.kind == "rate"]
    values = {
        "rates": [_said(material, each) for each in facts.intervals],
        "some_measured": any(each.value is not None for each in rates),
        "some_estimated": any(each.estimate for each in rates),
        "confidence": Term(format_percent(CONFIDENCE, language, 0)),
        "small": Term(format_number(SMALL_DENOMINATOR, language)),
    }
    return Prose(sentences("intervals", language, values))


def interval_figures(
    kpi: str, interval: Interval, *, period: str, unit: str, language: str
) -> tuple[Figure, Figure]:
    """The lower and the upper bound of a share."""
    lower, upper = (
        Figure(
            kpi=f"{kpi}.{name}_bound",
            period=period,
            unit=unit,
            value=value,
            text=format_percent(Fraction(value), language),
            unit_of_measure="percent",
        )
        for name, value in (("lower", interval.lower), ("upper", interval.upper))
    )
    return lower, upper


def _said(material: Material, rate: RateInterval) -> dict[str, Any]:
    """What the note says of one rate."""
    facts, language = material.facts, material.language
    observation = facts.observation(rate.kpi, facts.period)
    place = {"period": facts.period.name, "unit": facts.unit.code, "language": language}
    lower, upper = interval_figures(rate.kpi, rate.interval, **place)
    return {
        "measure": Term(facts.kpi(rate.kpi).short_names[language]),
        "rate": figure(observation, language),
        "denominator": count_figure(
            f"{rate.kpi}.denominator", observation.denominator, of="cases", **place
        ),
        "lower": lower,
        "upper": upper,
    }
