"""Where the unit or the province falls short: dossiers missing on the national portal."""

from __future__ import annotations

from briefings.language import format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure, figure
from briefings.statistics.observations import Observation

SHOWN = 12


def unsynchronised_table(material: Material) -> Table:
    """Units by the number of received dossiers that the national portal lacks, most first."""
    text, language = words(material.language)["limitations"], material.language
    window = material.year_to_date.name
    observed = [
        material.observations.get("sync", window, unit.code)
        for unit in (*material.organisation.units, *material.organisation.former)
        if unit != material.organisation.root
    ]
    short = [observation for observation in observed if _missing(observation) > 0]
    short.sort(key=_missing, reverse=True)
    return listing(
        "unsynchronised",
        caption=text["sync_caption"].format(window=format_window(material.year_to_date, language)),
        headings=[text[name] for name in ("unit", "received", "missing", "rate")],
        rows=[_row(material, observation) for observation in short[:SHOWN]],
        empty=_why_none_is_missing(material),
    )


def _missing(observation: Observation) -> int:
    return (observation.denominator or 0) - (observation.numerator or 0)


def _row(material: Material, observation: Observation) -> tuple[Inline, ...]:
    language = material.language
    received = material.observations.get("received_in_period", observation.window, observation.unit)
    return (
        material.organisation.unit(observation.unit).name(language),
        figure(received, language),
        count_figure(
            "unsynchronised",
            _missing(observation),
            period=observation.window,
            unit=observation.unit,
            language=language,
        ),
        figure(observation, language),
    )


def _why_none_is_missing(material: Material) -> str:
    text = words(material.language)
    if "portal_dossiers" not in material.snapshot.supplied:
        return str(text["limitations"]["not_supplied"])
    if not material.observations.covers(material.year_to_date.name, material.unit.code):
        return str(text["statuses"]["no_data"])
    return str(text["limitations"]["empty"])
