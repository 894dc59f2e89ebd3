"""The index pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from briefings.errors import ParameterError
from briefings.files import write_file
from briefings.language import format_month, words
from briefings.periods import Month
from briefings.press.exporters.font_faces import font_faces
from briefings.press.exporters.templates import TEMPLATES, page_style
from briefings.project import Project
from briefings.reference import load_organisation
from briefings.site.accountability import month_accountability
from briefings.site.entries import HEADLINES, entries_by_level
from briefings.site.forms import month_form
from briefings.site.pages import page_name
from briefings.statistics.kpis import load_kpis


def write_site(project: Project) -> dict[Path, str]:
    """Write the index pages from what lies in the reports folder; each page's file and digest."""
    pages = {
        project.reports / page_name(project, language): _render(project, language).encode()
        for language in project.languages
    }
    for file, content in pages.items():
        write_file(file, content)
    return {file: hashlib.sha256(content).hexdigest() for file, content in pages.items()}


def _render(project: Project, language: str) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "html"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("index.html.j2").render(
        language=language,
        text={
            **words(language)["index"],
            "form": words(language)["form_book"]["file"],
            "accountability": words(language)["accountability"]["file"],
        },
        organisation=project.name[language],
        synthetic=project.synthetic.get(language, ""),
        others=[
            (words(other)["index"]["language"], other, page_name(project, other))
            for other in project.languages
            if other != language
        ],
        headings=[load_kpis()[kpi].short_names[language] for kpi in HEADLINES],
        months=list(_months(project, _own_first(project, language))),
        fonts=font_faces(),
        style=page_style(),
    )


def _own_first(project: Project, language: str) -> list[str]:
    return [language, *(other for other in project.languages if other != language)]


def _months(project: Project, languages: Sequence[str]) -> Iterable[dict[str, Any]]:
    for folder in sorted(project.reports.iterdir(), reverse=True):
        month = _month(folder)
        if month is not None:
            organisation = load_organisation(project.units, month, project.regime)
            yield {
                "identifier": str(month),
                "name": format_month(month, languages[0]).capitalize(),
                "form": month_form(folder, languages),
                "accountability": month_accountability(folder, languages),
                "levels": list(entries_by_level(folder, organisation, languages)),
            }


def _month(folder: Path) -> Month | None:
    try:
        return Month.parse(folder.name) if folder.is_dir() else None
    except ParameterError:  # some other folder
        return None
