"""The headline sentences: what a reader with one minute should know."""

from __future__ import annotations

from briefings.language import format_month, format_window
from briefings.periods import Window
from briefings.report.blocks import Prose
from briefings.report.figures import Figure
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import figure, target_figure, variance_figure
from briefings.statistics.kpis import load_kpis
from briefings.statistics.scorecard import score


def headlines(material: Material) -> Prose:
    """The sentences for the province (year to date first) or for one unit (the month)."""
    window = material.year_to_date if material.is_root else material.month_window
    sync = score(material.observations, material.targets, "sync", window, material.unit)
    judged = sync.target is not None and sync.target.verified
    values = {
        "unit": Term(material.unit.name(material.language)),
        "year_to_date": Term(format_window(material.year_to_date, material.language)),
        "month_name": Term(format_month(material.month, material.language)),
        "m": _figures(material, material.month_window),
        "y": _figures(material, material.year_to_date),
        "sync_target": target_figure(sync, material.language) if judged else None,
        "sync_variance": variance_figure(sync, material.language) if judged else None,
    }
    template = "province_headlines" if material.is_root else "unit_headlines"
    return Prose(sentences(template, material.language, values), style="list")


def _figures(material: Material, window: Window) -> dict[str, Figure]:
    return {
        kpi: figure(
            material.observations.get(kpi, window.name, material.unit.code), material.language
        )
        for kpi in load_kpis()
    }
