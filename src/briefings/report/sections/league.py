"""The units side by side; the rows add up to the province."""

from __future__ import annotations

from briefings.facts.comparison import COUNTS, RATES, UnitRow
from briefings.language import format_number, format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import figure
from briefings.report.sections.all_units import all_units


def league_table(material: Material) -> Table:
    """Counts and rates of each department and district, of all communes together, and in total.

    ParameterError for a briefing of a single unit.
    """
    facts, language = material.facts, material.language
    text = words(language)["league"]
    shown = (facts.kpi(kpi).short_names[language] for kpi in (*COUNTS, *RATES))
    return listing(
        "league",
        caption=text["caption"].format(window=format_window(facts.year_to_date, language)),
        headings=[text["unit"], *shown],
        rows=[_row(material, row) for row in all_units(facts).side_by_side],
        total=True,
        note=text["note"],
    )


def _row(material: Material, row: UnitRow) -> tuple[Inline, ...]:
    observed = (figure(observation, material.language) for observation in row.observations)
    return (_label(material, row), *observed)


def _label(material: Material, row: UnitRow) -> str:
    text, language = words(material.language)["league"], material.language
    if row.unit == material.facts.about.root:
        return str(text["total"])
    if row.unit is not None:
        return row.unit.name(language)
    return str(text[row.group].format(count=format_number(row.members, language)))
