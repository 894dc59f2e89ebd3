"""Volumes by the working day, beside periods that can be compared."""

from __future__ import annotations

from briefings.facts.daily_volume import FLOWS, DailyVolumes
from briefings.language import format_period, with_days, words
from briefings.report.blocks import Inline, Table
from briefings.report.figures import Figure
from briefings.report.listing import listing
from briefings.report.material import Material
from briefings.report.printing import count_figure
from briefings.report.usual import daily_figure


def daily_volumes_table(material: Material) -> Table:
    """Working days and flows by the working day: period, the one before, last year, same to Tết."""
    text, facts, language = words(material.language)["signals"], material.facts, material.language
    shown = facts.daily_volumes  # the period comes first
    is_known = bool(shown[0].working_days)
    has_tet = any(each.place == "same_tet" for each in shown)
    days = [_working_days(material, each) for each in shown]
    rows: list[tuple[Inline, ...]] = [(text["working_days"], *days)]
    for place, kpi in enumerate(FLOWS):
        figures = [daily_figure(each.volumes[place], language) for each in shown]
        rows.append((facts.kpi(kpi).names[language], *figures))
    return listing(
        "daily-volumes",
        caption=text["by_day_caption"],
        headings=[text["measure"], *(_heading(material, each) for each in shown)],
        rows=rows if is_known else [],
        note=text["tet_note"] if is_known and has_tet else "",
        empty=text["no_days"],
    )


def _heading(material: Material, volumes: DailyVolumes) -> str:
    text: str = words(material.language)["signals"][volumes.place]
    regime, language = material.facts.about.regime, material.language
    period = format_period(regime, volumes.month, language)
    return text.format(period=with_days(period, volumes.window, language))


def _working_days(material: Material, volumes: DailyVolumes) -> Figure:
    return count_figure(
        "working_days",
        volumes.working_days,
        period=volumes.window.name,
        unit=material.facts.unit.code,
        language=material.language,
        of="days",
    )
