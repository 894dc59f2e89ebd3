"""The head and the summary of the accountability briefing."""

from __future__ import annotations

from dataclasses import replace

from briefings.facts.accountability import AGE_CLASSES, AgeGroup
from briefings.language import format_day, format_number, format_window, words
from briefings.report.blocks import Masthead, Prose
from briefings.report.material import Material
from briefings.report.narrative import Term, sentences
from briefings.report.printing import count_figure
from briefings.report.sections.headlines import begin_of_data
from briefings.report.sections.masthead import masthead


def accountability_masthead(material: Material) -> Masthead:
    """The head of the usual briefing under another title."""
    unit, language = material.facts.unit.name(material.language), material.language
    title = words(language)["accountability"]["title"].format(unit=unit)
    return replace(masthead(material), title=title)


def accountability_headlines(material: Material) -> Prose:
    """How much went late, is missing or was complained about, and how many units are named."""
    facts, language = material.facts, material.language
    found = facts.accountability
    counts = {
        "late": (len(found.late) + found.more_late, "cases"),
        "unsynchronised": (_total(found.unsynchronised), "dossiers"),
        "unsynchronised_old": (_oldest(found.unsynchronised), "dossiers"),
        "overdue": (_total(found.overdue), "dossiers"),
        "overdue_old": (_oldest(found.overdue), "dossiers"),
        "petitions": (found.petitions[-1].badly if found.petitions else 0, "petitions"),
        "inspection": (len(found.inspection), "units"),
        "commendation": (len(found.commendation), "units"),
    }
    figures = {
        name: count_figure(
            f"accountability.{name}",
            value,
            period=facts.year_to_date.name,
            unit=facts.unit.code,
            language=language,
            of=of,
        )
        for name, (value, of) in counts.items()
    }
    values = {
        **figures,
        "begin": begin_of_data(material),
        "days": Term(format_number(AGE_CLASSES[-1], language)),
        "year_to_date": Term(format_window(facts.year_to_date, language)),
        "end": Term(format_day(facts.period.end, language)),
        "supplied": facts.about.supplied,
    }
    return Prose(sentences("accountability", language, values), style="list")


def _total(groups: tuple[AgeGroup, ...]) -> int:
    return sum(groups[-1].ages) if groups else 0


def _oldest(groups: tuple[AgeGroup, ...]) -> int:
    return groups[-1].ages[-1] if groups else 0
