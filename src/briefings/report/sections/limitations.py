"""Where the province falls short: dossiers missing on the national portal."""

from __future__ import annotations

from briefings.facts.comparison import Missing
from briefings.language import format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure, figure, marked
from briefings.report.sections.all_units import all_units


def unsynchronised_table(material: Material) -> Table:
    """Units by the number of received dossiers that the national portal lacks, most first.

    The missing add up: the units shown, all others that lack any, and the total. ParameterError
    for a briefing of a single unit.
    """
    text, facts = words(material.language)["limitations"], material.facts
    return listing(
        "unsynchronised",
        caption=text["sync_caption"].format(
            window=format_window(facts.year_to_date, material.language)
        ),
        headings=[text[name] for name in ("unit", "received", "missing", "rate")],
        rows=[_row(material, each) for each in all_units(facts).unsynchronised],
        total=True,
        empty=_why_none_is_missing(material),
    )


def _row(material: Material, missing: Missing) -> tuple[Inline, ...]:
    language = material.language
    return (
        _label(material, missing),
        figure(missing.received, language),
        marked(
            count_figure(
                "unsynchronised",
                missing.dossiers,
                period=missing.sync.window,
                unit=missing.sync.unit,
                language=language,
            ),
            estimate=missing.sync.estimate,
        ),
        figure(missing.sync, language),
    )


def _label(material: Material, missing: Missing) -> str:
    text = words(material.language)["limitations"]
    if missing.unit is None:
        return str(text["other"])
    if missing.unit == material.facts.about.root:
        return str(text["total"])
    return missing.unit.name(material.language)


def _why_none_is_missing(material: Material) -> str:
    text, facts = words(material.language), material.facts
    if "portal_dossiers" not in facts.about.supplied:
        return str(text["limitations"]["not_supplied"])
    if facts.observation("sync", facts.year_to_date).status == "no_data":
        return str(text["statuses"]["no_data"])
    return str(text["limitations"]["empty"])
