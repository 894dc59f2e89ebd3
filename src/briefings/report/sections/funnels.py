"""Units that differ from their like by more than chance and the usual differences."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.facts.funnel import INNER, OUTER, Funnel, Outlier
from briefings.facts.interval import CONFIDENCE, Interval
from briefings.language import format_number, format_short_percent, format_window, words
from briefings.report.blocks import Chart, Inline, Table
from briefings.report.blocks.inline import to_plain
from briefings.report.figures import Figure
from briefings.report.funnel_drawing import Curve, Dot, FunnelDrawing, Names, draw_funnel
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import ABOUT, count_figure, rate_figure
from briefings.report.sections.all_units import all_units
from briefings.report.sections.intervals import interval_figures

MOST_DRAWN = 3  # so that a page stays light enough for a phone; the table names every unit


def outliers_table(material: Material) -> Table:
    """Unit, measure, both parts, rate, interval and side; ParameterError for a single unit."""
    text, facts, language = words(material.language)["signals"], material.facts, material.language
    headings = ("unit", "measure", "numerator", "denominator", "rate", "interval", "side")
    shares = {"outer": OUTER, "confidence": CONFIDENCE}
    note: str = text["outliers_note"].format(
        **{name: format_short_percent(share, language) for name, share in shares.items()}
    )
    if any(funnel.estimated for funnel in all_units(facts).funnels):
        note += f" {text['outliers_estimated']}"
    return listing(
        "outliers",
        caption=text["outliers"].format(window=format_window(facts.year_to_date, language)),
        headings=[text[name] for name in headings],
        rows=[
            _row(material, funnel, outlier)
            for funnel in all_units(facts).funnels
            for outlier in funnel.outliers
        ],
        align=("left", "left", *("right",) * 4, "left"),
        note=note,
        empty=text["no_outliers"],
    )


def funnel_charts(material: Material) -> tuple[Chart, ...]:
    """The funnels in which most units are named, if any are."""
    found = [funnel for funnel in all_units(material.facts).funnels if funnel.outliers]
    found.sort(key=lambda funnel: -len(funnel.outliers))
    return tuple(_chart(material, funnel) for funnel in found[:MOST_DRAWN])


def _row(material: Material, funnel: Funnel, outlier: Outlier) -> tuple[Inline, ...]:
    text, language = words(material.language)["signals"], material.language
    place = {"period": funnel.window, "unit": outlier.unit.code, "language": language}
    standing, kpi = funnel.units[outlier.place], funnel.kpi
    lower, upper = interval_figures(kpi, outlier.interval, **place)
    return (
        outlier.unit.name(language),
        material.facts.kpi(kpi).short_names[language],
        count_figure(f"{kpi}.numerator", standing.numerator, of="cases", **place),
        count_figure(f"{kpi}.denominator", standing.denominator, of="cases", **place),
        rate_figure(kpi, standing.numerator, standing.denominator, **place),
        (lower, " – ", upper),
        (text["sides"][outlier.side], " ", _centre(funnel, language)),
    )


def _centre(funnel: Funnel, language: str) -> Figure:
    """The rate of all units of the level together."""
    return rate_figure(
        funnel.kpi,
        funnel.whole.numerator,
        funnel.whole.denominator,
        period=funnel.window,
        unit=f"level:{funnel.level}",
        language=language,
    )


def _chart(material: Material, funnel: Funnel) -> Chart:
    text, language = words(material.language), material.language
    identifier = f"funnel-{funnel.kpi.replace('_', '-')}-{funnel.level}"
    caption: str = text["signals"]["funnel"].format(
        measure=material.facts.kpi(funnel.kpi).names[language], level=text["levels"][funnel.level]
    )
    return Chart(
        identifier,
        svg=draw_funnel(
            _drawing(funnel),
            _names(text["signals"], language),
            lambda percent: format_short_percent(percent / 100, language),
            lambda cases: format_number(cases, language),
        ),
        alt=_alt(funnel, caption, language),
        caption=caption,
        twin=_twin(funnel, f"{identifier}-table", caption, language),
        twin_label=text["trends"]["twin"],
    )


def _drawing(funnel: Funnel) -> FunnelDrawing:
    named = {outlier.place for outlier in funnel.outliers}
    cases = [limits.denominator for limits in funnel.limits]
    inner, outer = (
        _curves(cases, bounds)
        for bounds in zip(*((each.inner, each.outer) for each in funnel.limits), strict=True)
    )
    return FunnelDrawing(
        dots=[
            Dot(unit.denominator, 100 * float(unit.rate), place in named)
            for place, unit in enumerate(funnel.units)
        ],
        estimated=[Dot(unit.denominator, 100 * float(unit.rate)) for unit in funnel.estimated],
        centre=100 * float(funnel.whole.rate),
        inner=inner,
        outer=outer,
    )


def _curves(cases: Sequence[int], bounds: Sequence[Interval]) -> tuple[Curve, Curve]:
    return (
        Curve(cases, [100 * each.lower for each in bounds]),
        Curve(cases, [100 * each.upper for each in bounds]),
    )


def _names(text: dict[str, str], language: str) -> Names:
    inner, outer = (format_short_percent(share, language) for share in (INNER, OUTER))
    return Names(text["units"], text["named"], ABOUT, inner=inner, outer=outer)


def _zones(funnel: Funnel, language: str) -> dict[str, Figure]:
    """How many units there are, lie within the inner limits, and are named on each side."""
    sides = [outlier.side for outlier in funnel.outliers]
    counts = {
        "units": len(funnel.units),
        "within": funnel.within,
        "named_above": sides.count("above"),
        "named_below": sides.count("below"),
    }
    if funnel.estimated:
        counts["estimated"] = len(funnel.estimated)
    return {
        name: count_figure(
            f"{funnel.kpi}.{name}",
            count,
            period=funnel.window,
            unit=f"level:{funnel.level}",
            language=language,
            of="units",
        )
        for name, count in counts.items()
    }


def _alt(funnel: Funnel, caption: str, language: str) -> str:
    values = {"caption": Term(caption), "centre": _centre(funnel, language), "estimated": None}
    return to_plain(sentences("funnel_alt", language, values | _zones(funnel, language)))


def _twin(funnel: Funnel, identifier: str, caption: str, language: str) -> Table:
    text = words(language)["signals"]
    inner = format_short_percent(INNER, language)
    rows = {"rate": _centre(funnel, language)} | _zones(funnel, language)
    return listing(
        identifier,
        caption=caption,
        headings=[text["item"], text["value"]],
        rows=[(text["zones"][name].format(inner=inner), figure) for name, figure in rows.items()],
    )
