"""Who reports, about whom, for which time, and what to know first."""

from __future__ import annotations

from briefings.language import (
    NO_VALUE,
    format_day,
    format_period,
    format_window,
    page_title,
    sentence_case,
    words,
)
from briefings.report.blocks import Inline, Masthead, Notice
from briefings.report.material import Material
from briefings.report.sections.gates import acceptance_notices, draft_notices
from briefings.report.sections.reorganisations import reorganisation_notices


def masthead(material: Material) -> Masthead:
    """The head of a briefing with its only first-level heading."""
    facts, language = material.facts, material.language
    return Masthead(
        organisation=facts.about.project[language],
        title=page_title(facts.unit.name(language), language),
        subtitle=sentence_case(format_period(facts.about.regime, facts.month, language)),
        notices=_notices(material),
        facts=_facts(material),
    )


def _notices(material: Material) -> tuple[Notice, ...]:
    about, language = material.facts.about, material.language
    notices = [*draft_notices(material)]
    if about.synthetic:
        notices.append(Notice("synthetic", about.synthetic[language]))
    if about.notes:
        notices.append(Notice("info", about.notes[language]))
    return (*notices, *acceptance_notices(material), *reorganisation_notices(material))


def _latest(material: Material) -> str:
    day = material.facts.about.data_until
    return NO_VALUE if day is None else format_day(day, material.language)


def _window(material: Material) -> str:
    facts, language = material.facts, material.language
    text: str = words(language)["periods"][facts.about.regime.cut]
    return text.format(window=format_window(facts.period, language))


def _year_to_date(material: Material) -> str:
    facts, language = material.facts, material.language
    days = format_window(facts.year_to_date, language)
    if not facts.about.regime.is_to_date(facts.month):
        return days
    return str(words(language)["truthful"]["same_days"]).format(window=days)


def _facts(material: Material) -> tuple[tuple[str, Inline], ...]:
    text, facts = words(material.language)["masthead"], material.facts
    code = facts.unit.code
    if facts.unit.code_status != "official":
        code = text[f"code_{facts.unit.code_status}"].format(code=code)
    return (
        (text["window"], _window(material)),
        (text["year_to_date"], _year_to_date(material)),
        (text["scope"], text["scope_root"] if facts.is_root else text["scope_unit"]),
        (text["code"], code),
        (text["data"], _latest(material)),
    )
