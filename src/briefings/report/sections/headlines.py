"""The headline sentences: what a reader with one minute should know."""

from __future__ import annotations

from datetime import date

from briefings.language import format_day, format_period, format_window, with_days, words
from briefings.periods import Window
from briefings.report.blocks import Prose
from briefings.report.figures import Figure
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import figure, target_figure, variance_figure
from briefings.report.sections.signals import signal_sentences


def headlines(material: Material) -> Prose:
    """The sentences for the province (year to date first) or for one unit (the period)."""
    facts, language = material.facts, material.language
    sync = facts.score("sync", facts.year_to_date if facts.is_root else facts.period)
    judged = sync.target is not None and sync.target.verified and not sync.partial
    regime = facts.about.regime
    in_sentence: str = words(language)["truthful"]["in_sentence"][regime.kind]
    name = in_sentence.format(period=format_period(regime, facts.month, language))
    values = {
        "unit": Term(facts.unit.name(language)),
        "begin": begin_of_data(material),
        "no_stock": _day(facts.begin_without_stock, language),
        "since": Term(format_day(facts.year_to_date.start, language)),
        "year_to_date": Term(format_window(facts.year_to_date, language)),
        "period_name": Term(with_days(name, facts.period, language)),
        "is_to_date": regime.is_to_date(facts.month),
        "index": Term(words(language)["documents"]["index"]),
        "m": _figures(material, facts.period),
        "y": _figures(material, facts.year_to_date),
        "sync_target": target_figure(sync, language) if judged else None,
        "sync_variance": variance_figure(sync, language) if judged else None,
    }
    template = "province_headlines" if facts.is_root else "unit_headlines"
    said = sentences(template, language, values)
    return Prose((*said, *signal_sentences(material)), style="list")


def begin_of_data(material: Material) -> Term | None:
    """The day on which the data begin, where the year began before it."""
    return _day(material.facts.late_begin, material.language)


def _day(day: date | None, language: str) -> Term | None:
    return Term(format_day(day, language)) if day else None


def _figures(material: Material, window: Window) -> dict[str, Figure]:
    return {
        kpi.id: figure(material.facts.observation(kpi.id, window), material.language)
        for kpi in material.facts.kpis
    }
