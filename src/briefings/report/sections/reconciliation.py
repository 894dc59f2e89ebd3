"""Published figures beside the computed ones, with a verdict."""

from __future__ import annotations

from briefings.language import format_number, format_percent, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import figure
from briefings.statistics.kpis import load_kpis
from briefings.statistics.published import Comparison, Published, compare

PERCENT_DIGITS = 2  # a share is kept as a fraction, so two of its decimals precede the percent's


def reconciliation_table(material: Material) -> Table:
    """What was published for the year to date, what our data give, and whether they agree."""
    text, root = words(material.language)["reconciliation"], material.organisation.root
    found = compare(material.project.published, material.observations, material.month, root.code)
    sources = "; ".join(dict.fromkeys(comparison.published.source for comparison in found))
    return listing(
        "reconciliation",
        caption=text["caption"].format(
            unit=root.name(material.language),
            window=format_window(material.year_to_date, material.language),
        ),
        headings=[text[name] for name in ("measure", "published", "computed", "verdict")],
        rows=[_row(comparison, material.language) for comparison in found],
        align=("left", "right", "right", "left"),
        note=text["note"].format(source=sources) if sources else "",
        empty=text["empty"],
    )


def _row(comparison: Comparison, language: str) -> tuple[Inline, ...]:
    return (
        load_kpis()[comparison.published.kpi].names[language],
        _printed(comparison.published, language),
        figure(comparison.computed, language),
        words(language)["verdicts"][comparison.verdict],
    )


def _printed(published: Published, language: str) -> str:
    if load_kpis()[published.kpi].unit_of_measure != "percent":
        return format_number(published.value, language)
    decimals = max(published.decimals - PERCENT_DIGITS, 0)
    printed = format_percent(published.value, language, decimals)
    over = words(language)["reconciliation"]["over"].format(value=printed)
    return over if published.relation == "between" else printed
