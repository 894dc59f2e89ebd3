"""Published figures beside the computed ones, with a verdict."""

from __future__ import annotations

from briefings.facts.published import Comparison, Published
from briefings.language import format_number, format_percent, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import figure
from briefings.report.sections.all_units import all_units

PERCENT_DIGITS = 2  # a share is kept as a fraction, so two of its decimals precede the percent's


def reconciliation_table(material: Material) -> Table:
    """What was published for the year to date, what our data give, and whether they agree.

    ParameterError for a briefing of a single unit.
    """
    text, facts = words(material.language)["reconciliation"], material.facts
    found = all_units(facts).published
    sources = "; ".join(dict.fromkeys(comparison.published.source for comparison in found))
    return listing(
        "reconciliation",
        caption=text["caption"].format(
            unit=facts.unit.name(material.language),
            window=format_window(facts.year_to_date, material.language),
        ),
        headings=[text[name] for name in ("measure", "published", "computed", "verdict")],
        rows=[_row(material, comparison) for comparison in found],
        align=("left", "right", "right", "left"),
        note=text["note"].format(source=sources) if sources else "",
        empty=text["empty"],
    )


def _row(material: Material, comparison: Comparison) -> tuple[Inline, ...]:
    language = material.language
    return (
        material.facts.kpi(comparison.published.kpi).names[language],
        _printed(comparison, language),
        figure(comparison.computed, language),
        words(language)["verdicts"][comparison.verdict],
    )


def _printed(comparison: Comparison, language: str) -> str:
    published: Published = comparison.published
    if comparison.computed.unit_of_measure != "percent":
        return format_number(published.value, language)
    decimals = max(published.decimals - PERCENT_DIGITS, 0)
    printed = format_percent(published.value, language, decimals)
    over = words(language)["reconciliation"]["over"].format(value=printed)
    return over if published.relation == "between" else printed
