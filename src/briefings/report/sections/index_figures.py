"""The numbers of the service index as figures, and the marks that say how sure they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from briefings.facts.service_index import Bound, Indicator, IndicatorResult
from briefings.language import NO_VALUE, format_number, format_percent, words
from briefings.report.blocks import Inline
from briefings.report.figures import Figure
from briefings.report.material import Material
from briefings.report.printing import ABOUT, print_target

DECIMALS = 2
# What is at most a number loses at least the rest, and the other way round.
SIGNS: dict[Bound, str] = {"at_most": "≤\u00a0", "at_least": "≥\u00a0", "none": ""}
SIGNS_OF_LOST: dict[Bound, str] = {"at_most": "≥\u00a0", "at_least": "≤\u00a0", "none": ""}


def label(material: Material, indicator: Indicator) -> str:
    """Number and name of an indicator."""
    return f"{indicator.id} {indicator.names[material.language]}"


def points_figure(material: Material, name: str, item: str, value: Fraction) -> Figure:
    """Points reached or lost by an indicator, a group or all together."""
    text = format_number(value, material.language, DECIMALS)
    return _figure(material, f"index.{name}:{item}", value, text, "points")


def maximum_figure(material: Material, name: str, item: str, value: Fraction) -> Figure:
    """Points that can be reached, as short as they can be printed."""
    text = short_points(value, material.language)
    return _figure(material, f"index.{name}:{item}", value, text, "points")


def short_points(value: Fraction, language: str) -> str:
    """Whole points without decimals."""
    return format_number(value, language, 0 if value.denominator == 1 else DECIMALS)


def marked(figure: Figure, results: Iterable[IndicatorResult], *, sign: str = "") -> Figure:
    """A figure with a sign before it, and the mark of an estimate where it rests on one."""
    about = ABOUT if any(each.is_estimate for each in results) else ""
    return replace(figure, text=f"{sign}{about}{figure.text}")


def points_of(material: Material, result: IndicatorResult) -> Inline:
    """The points of an indicator with the sign of its bound, or a dash."""
    return _bounded(material, result, "points", result.points, SIGNS)


def lost_by(material: Material, result: IndicatorResult) -> Inline:
    """The points an indicator lacks with the sign of their bound, or a dash."""
    return _bounded(material, result, "lost", result.lost, SIGNS_OF_LOST)


def lost_to_factor(material: Material, result: IndicatorResult) -> Inline:
    """The points lacking because of the rate that multiplies the indicator's own, or a dash."""
    lost = result.lost_to_factor
    if lost is None:
        return NO_VALUE
    figure = points_figure(material, "lost_to_factor", result.indicator.id, lost)
    return marked(figure, [result])


def rate_of(material: Material, result: IndicatorResult) -> Inline:
    """The rate of an indicator with the sign of its bound, or why it has none."""
    rate, language = result.rate, material.language
    if rate is None:
        texts = words(language)
        nothing: str = texts["service_index"]["nothing"]
        reason: str = texts["statuses"][result.status]
        return nothing if result.status == "no_data" else reason
    text, (numerator, denominator) = format_percent(rate, language), result.parts
    figure = _figure(material, f"index.rate:{result.indicator.id}", rate, text, "percent")
    figure = replace(figure, numerator=numerator, denominator=denominator)
    return _signed(SIGNS, result, figure)


def full_at_figure(material: Material, indicator: Indicator) -> Figure:
    """The rate from which an indicator has full marks."""
    full_at = indicator.full_at or Fraction(1)
    text = print_target(full_at, "percent", material.language)
    return _figure(material, f"index.full_at:{indicator.id}", full_at, text, "percent")


def verified(
    material: Material, *, maximum: bool, full_at: bool = False, low_confidence: bool = False
) -> str:
    """What of an indicator or a group is verified, or that nothing is."""
    text = words(material.language)["service_index"]
    found = [text[name] for name, yes in (("of_maximum", maximum), ("of_full_at", full_at)) if yes]
    said: str = ", ".join(found) or text["not_verified"]
    return f"{said}; {text['low_confidence']}" if low_confidence else said


def _bounded(
    material: Material,
    result: IndicatorResult,
    name: str,
    value: Fraction | None,
    signs: dict[Bound, str],
) -> Inline:
    if value is None:
        return NO_VALUE
    figure = points_figure(material, name, result.indicator.id, value)
    return _signed(signs, result, figure)


def _signed(signs: dict[Bound, str], result: IndicatorResult, figure: Figure) -> Figure:
    return marked(figure, [result], sign=signs[result.indicator.bound])


def _figure(
    material: Material, kpi: str, value: Fraction, text: str, unit_of_measure: str
) -> Figure:
    return Figure(
        kpi=kpi,
        period=material.facts.year_to_date.name,
        unit=material.facts.unit.code,
        value=value.numerator if value.denominator == 1 else float(value),
        text=text,
        unit_of_measure=unit_of_measure,
    )
