"""The units side by side; the rows add up to the province."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.language import format_number, format_window, words
from briefings.organisation import Level
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import figure
from briefings.statistics.kpis import load_kpis

SUMMED_LEVEL: Level = "commune"
COUNTS = ("received_in_period", "processed", "processed_late", "pending_overdue")
RATES = ("on_time", "sync", "online_filing", "online_payment")


def league_table(material: Material) -> Table:
    """Counts and rates of each department and district, of all communes together, and in total."""
    text, language = words(material.language)["league"], material.language
    kpis = load_kpis()
    units = [unit for unit in material.organisation.units
             if unit.level != SUMMED_LEVEL and unit != material.organisation.root]  # fmt: skip
    rows = [_row(material, unit.name(language), unit.code) for unit in units]
    communes = [unit.code for unit in material.organisation.at_level(SUMMED_LEVEL)]
    former = [unit.code for unit in material.organisation.former]
    for name, codes in (("communes", communes), ("former", former)):
        if codes:
            label = text[name].format(count=format_number(len(codes), language))
            rows.append(_summed(material, name, label, codes))
    rows.append(_row(material, text["total"], material.organisation.root.code))
    return listing(
        "league",
        caption=text["caption"].format(window=format_window(material.year_to_date, language)),
        headings=[text["unit"], *(kpis[kpi].short_names[language] for kpi in (*COUNTS, *RATES))],
        rows=rows,
        total=True,
        note=text["note"],
    )


def _row(material: Material, label: str, unit: str) -> tuple[Inline, ...]:
    window = material.year_to_date.name
    observed = (material.observations.get(kpi, window, unit) for kpi in (*COUNTS, *RATES))
    return (label, *(figure(observation, material.language) for observation in observed))


def _summed(material: Material, name: str, label: str, units: Sequence[str]) -> tuple[Inline, ...]:
    window = material.year_to_date.name
    observed = (
        material.observations.together(kpi, window, units, f"group:{name}")
        for kpi in (*COUNTS, *RATES)
    )
    return (label, *(figure(observation, material.language) for observation in observed))
