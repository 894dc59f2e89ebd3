"""Charts by month: volumes, and each rate against its target."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from briefings.facts.facts import RATES, VOLUMES
from briefings.facts.kpi import Kpi
from briefings.facts.score import Score
from briefings.language import (
    format_month,
    format_number,
    format_short_percent,
    format_window,
    words,
)
from briefings.periods import Window
from briefings.report.blocks import Chart, Inline, Table
from briefings.report.blocks.inline import to_plain
from briefings.report.drawing import Line, draw_lines, line_scale
from briefings.report.figures import Figure
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import figure, target_figure
from briefings.report.sections.chart_limits import usual_of

NAMES = dict(zip(VOLUMES, ("received", "processed", "pending"), strict=True))


def volume_chart(material: Material) -> Chart:
    """Dossiers received, processed and pending by month."""
    text, language = words(material.language)["trends"], material.language
    figures = {name: _monthly(material, kpi) for kpi, name in NAMES.items()}
    lines = [Line(text[name], [f.value for f in values]) for name, values in figures.items()]
    caption = _dated(material, text["volumes"])
    return Chart(
        "chart-volumes",
        svg=draw_lines(
            _points(material), lines, lambda value: format_number(Fraction(value), language)
        ),
        alt=" ".join(_alt(material, text[name], each) for name, each in figures.items()),
        caption=caption,
        twin=_twin(
            material,
            "chart-volumes-table",
            caption,
            {text[name]: values for name, values in figures.items()},
        ),
        twin_label=text["twin"],
    )


def rate_charts(material: Material) -> tuple[Chart, ...]:
    """One chart for each rate that has a value in any of the months."""
    measured = (kpi for kpi in RATES if any(each.measured for each in _monthly(material, kpi)))
    return tuple(_rate_chart(material, material.facts.kpi(kpi)) for kpi in measured)


def _rate_chart(material: Material, kpi: Kpi) -> Chart:
    text, language = words(material.language)["trends"], material.language
    identifier = f"chart-{kpi.id.replace('_', '-')}"
    scores = _scores(material, kpi.id)
    actual = [figure(each.observation, language) for each in scores]
    columns: dict[str, Sequence[Inline]] = {text["actual"]: actual}
    lines = [Line(text["actual"], [_percent(point.value) for point in actual])]
    if any(each.target for each in scores):
        verified = all(each.target.verified for each in scores if each.target)
        name = text["target" if verified else "target_unverified"]
        columns[name] = [target_figure(each, language) for each in scores]
        values = [_percent(each.target.value if each.target else None) for each in scores]
        lines.append(Line(name, values, is_target=True))
    usual = usual_of(material, kpi)
    caption = _caption(material, kpi, line_scale(lines, usual.band).lowest)
    return Chart(
        identifier,
        svg=draw_lines(
            _points(material),
            lines,
            lambda percent: format_short_percent(percent / 100, language),
            usual.band,
        ),
        alt=_alt(material, caption, actual) + usual.words,
        caption=caption,
        twin=_twin(material, f"{identifier}-table", caption, columns),
        twin_label=text["twin"],
    )


def _caption(material: Material, kpi: Kpi, lowest: Fraction) -> str:
    """The measure, and where its scale begins if that is not at zero."""
    text, language = words(material.language), material.language
    caption = _dated(material, text["trends"]["rate"].format(measure=kpi.names[language]))
    if not lowest:
        return caption
    begins: str = text["signals"]["begins"]
    return begins.format(caption=caption, lowest=format_short_percent(lowest / 100, language))


def _dated(material: Material, caption: str) -> str:
    """With the days of the months where these do not begin on the first."""
    months, regime = material.facts.trend_months, material.facts.about.regime
    if not months or regime.month(months[0]).start.day == 1:
        return caption
    window = Window("", regime.month(months[0]).start, regime.month(months[-1]).end)
    dated: str = words(material.language)["trends"]["dated"]
    return dated.format(caption=caption, window=format_window(window, material.language))


def _scores(material: Material, kpi: str) -> list[Score]:
    months, regime = material.facts.trend_months, material.facts.about.regime
    return [material.facts.score(kpi, regime.month(month)) for month in months]


def _monthly(material: Material, kpi: str) -> list[Figure]:
    return [figure(each.observation, material.language) for each in _scores(material, kpi)]


def _points(material: Material) -> list[str]:
    return [f"{month.number:02d}/{month.year % 100:02d}" for month in material.facts.trend_months]


def _alt(material: Material, caption: str, figures: Sequence[Figure]) -> str:
    """The chart in words, from its own figures."""
    pairs = [
        (month, each)
        for month, each in zip(material.facts.trend_months, figures, strict=True)
        if each.value is not None
    ]
    (low_month, low), (high_month, high) = (
        choose(pairs, key=lambda pair: pair[1].value or 0) for choose in (min, max)
    )
    named = {
        name: Term(format_month(month, material.language))
        for name, month in (
            ("first", pairs[0][0]),
            ("last", pairs[-1][0]),
            ("low_month", low_month),
            ("high_month", high_month),
        )
    }
    values = named | {"caption": Term(caption), "low": low, "high": high, "value": pairs[-1][1]}
    return to_plain(sentences("chart_alt", material.language, values))


def _twin(
    material: Material, identifier: str, caption: str, columns: dict[str, Sequence[Inline]]
) -> Table:
    months = [format_month(month, material.language) for month in material.facts.trend_months]
    return listing(
        identifier,
        caption=caption,
        headings=[words(material.language)["trends"]["month"], *columns],
        rows=list(zip(months, *columns.values(), strict=True)),
    )


def _percent(value: Fraction | float | None) -> float | None:
    """In percent, so that the axis can keep to whole ones."""
    return None if value is None else float(value) * 100
