"""Where the unit or the province falls short: dossiers missing on the national portal."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.language import format_window, words
from briefings.report.blocks import Inline, Table
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure, figure
from briefings.statistics.observations import Observation

SHOWN = 12


def unsynchronised_table(material: Material) -> Table:
    """Units by the number of received dossiers that the national portal lacks, most first.

    The missing add up: the units shown, all others that lack any, and the total.
    """
    text, language = words(material.language)["limitations"], material.language
    rows = _rows(material, text)
    return listing(
        "unsynchronised",
        caption=text["sync_caption"].format(window=format_window(material.year_to_date, language)),
        headings=[text[name] for name in ("unit", "received", "missing", "rate")],
        rows=rows,
        total=True,
        empty=_why_none_is_missing(material),
    )


def _rows(material: Material, text: dict[str, str]) -> list[tuple[Inline, ...]]:
    organisation, root = material.organisation, material.organisation.root
    codes = [code for code in organisation.codes if code != root.code]
    missing = {code: _missing(material, [code]) for code in codes}
    short = sorted((code for code in codes if missing[code]), key=lambda code: -missing[code])
    if not short:
        return []
    shown = [
        _row(material, organisation.unit(code).name(material.language), code, [code])
        for code in short[:SHOWN]
    ]
    others = short[SHOWN:]
    rest = [_row(material, text["other"], "group:others", others)] if others else []
    return [*shown, *rest, _row(material, text["total"], root.code, [root.code])]


def _missing(material: Material, units: Sequence[str]) -> int:
    sync = material.observations.together("sync", material.year_to_date.name, units, "")
    return (sync.denominator or 0) - (sync.numerator or 0)


def _row(material: Material, label: str, identity: str, units: Sequence[str]) -> tuple[Inline, ...]:
    window, language = material.year_to_date.name, material.language

    def observed(kpi: str) -> Observation:
        return material.observations.together(kpi, window, units, identity)

    return (
        label,
        figure(observed("received_in_period"), language),
        count_figure(
            "unsynchronised",
            _missing(material, units),
            period=window,
            unit=identity,
            language=language,
        ),
        figure(observed("sync"), language),
    )


def _why_none_is_missing(material: Material) -> str:
    text = words(material.language)
    if "portal_dossiers" not in material.snapshot.supplied:
        return str(text["limitations"]["not_supplied"])
    if not material.observations.covers(material.year_to_date.name, material.unit.code):
        return str(text["statuses"]["no_data"])
    return str(text["limitations"]["empty"])
