"""Who reports, about whom, for which time, and what to know first."""

from __future__ import annotations

from briefings.language import NO_VALUE, format_day, format_month, format_window, page_title, words
from briefings.report.blocks import Inline, Masthead, Notice
from briefings.report.material import Material


def masthead(material: Material) -> Masthead:
    """The head of a briefing with its only first-level heading."""
    language, project = material.language, material.project
    return Masthead(
        organisation=project.name[language],
        title=page_title(material.unit.name(language), language),
        subtitle=format_month(material.month, language).capitalize(),
        notices=_notices(material),
        facts=_facts(material),
    )


def _notices(material: Material) -> tuple[Notice, ...]:
    project, language = material.project, material.language
    notices = []
    if project.is_synthetic:
        notices.append(Notice("synthetic", project.synthetic[language]))
    if project.notes:
        notices.append(Notice("info", project.notes[language]))
    return tuple(notices)


def _latest(material: Material) -> str:
    day = material.latest_day
    return NO_VALUE if day is None else format_day(day, material.language)


def _facts(material: Material) -> tuple[tuple[str, Inline], ...]:
    text = words(material.language)["masthead"]
    code = material.unit.code
    if material.unit.code_status != "official":
        code = text[f"code_{material.unit.code_status}"].format(code=code)
    return (
        (text["window"], format_window(material.month_window, material.language)),
        (text["year_to_date"], format_window(material.year_to_date, material.language)),
        (text["scope"], text["scope_root"] if material.is_root else text["scope_unit"]),
        (text["code"], code),
        (text["data"], _latest(material)),
    )
