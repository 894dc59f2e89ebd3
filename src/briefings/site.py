"""The index of what was made: months, units and their headline figures, one page a language."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from briefings.errors import ParameterError
from briefings.files import write_file
from briefings.language import format_month, format_number, format_percent, words
from briefings.organisation import LEVELS
from briefings.periods import Month
from briefings.press.exporters.fonts import font_faces
from briefings.press.exporters.templates import TEMPLATES
from briefings.press.job import FIGURES_NAME
from briefings.press.outcome import Outcome
from briefings.project import Project
from briefings.reference import load_organisation
from briefings.statistics.kpis import load_kpis

RECORD = "build.json"
HEADLINES = ("received_in_period", "processed", "on_time", "sync", "online_payment")


Links: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Entry:
    """One unit in one month: links to its files, headline figures, and failures if any."""

    code: str
    name: str
    links: Links
    figures: tuple[str, ...]
    failures: tuple[str, ...]


def write_site(project: Project, month: Month, outcomes: Sequence[Outcome]) -> Path:
    """Record how the month's briefings ended and write the index pages; the first one's path."""
    _record(project.reports / str(month), outcomes)
    pages = {language: _page_name(project, language) for language in project.languages}
    for language, name in pages.items():
        write_file(project.reports / name, _render(project, language, pages).encode())
    return project.reports / pages[project.languages[0]]


def _page_name(project: Project, language: str) -> str:
    return "index.html" if language == project.languages[0] else f"index.{language}.html"


def _record(folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Remember the last result of every briefing of a month; None is success."""
    record = _read_record(folder)
    for outcome in outcomes:
        key = f"{outcome.job.folder.name}/{outcome.job.language}"
        record[key] = None if outcome.error is None else outcome.error.message
    write_file(folder / RECORD, json.dumps(record, ensure_ascii=False, indent=1).encode())


def _read_record(folder: Path) -> dict[str, str | None]:
    file = folder / RECORD
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _render(project: Project, language: str, pages: dict[str, str]) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "html"), autoescape=True, undefined=StrictUndefined
    )
    kpis = load_kpis()
    return environment.get_template("index.html.j2").render(
        language=language,
        text=words(language)["index"],
        organisation=project.name[language],
        synthetic=project.synthetic.get(language, ""),
        others=[(words(other)["index"]["language"], other, name)
                for other, name in pages.items() if other != language],
        headings=[kpis[kpi].short_names[language] for kpi in HEADLINES],
        months=list(_months(project, language)),
        fonts=font_faces(),
        style=(TEMPLATES / "html" / "briefing" / "style.css").read_text(encoding="utf-8"),
    )  # fmt: skip


def _months(project: Project, language: str) -> Iterable[dict[str, Any]]:
    for folder in sorted(project.reports.iterdir(), reverse=True):
        month = _month(folder)
        if month is not None:
            yield {
                "identifier": str(month),
                "name": format_month(month, language).capitalize(),
                "levels": list(_levels(project, folder, month, language)),
            }


def _month(folder: Path) -> Month | None:
    try:
        return Month.parse(folder.name) if folder.is_dir() else None
    except ParameterError:  # some other folder
        return None


def _levels(
    project: Project, folder: Path, month: Month, language: str
) -> Iterable[tuple[str, list[Entry]]]:
    organisation, record = load_organisation(project.units, month), _read_record(folder)
    for level in LEVELS:
        entries = [
            _entry(folder, unit.code, unit.name(language), record, language)
            for unit in organisation.at_level(level)
            if any(key.startswith(f"{unit.code}/") for key in record)
        ]
        if entries:
            yield words(language)["levels"][level], entries


def _entry(
    folder: Path, code: str, name: str, record: dict[str, str | None], language: str
) -> Entry:
    failures = [message for key, message in record.items()
                if key.startswith(f"{code}/") and message is not None]  # fmt: skip
    return Entry(
        code=code,
        name=name,
        links=_links(folder / code, language),
        figures=_headline_figures(folder / code / FIGURES_NAME, code, folder.name, language),
        failures=tuple(failures),
    )


def _links(folder: Path, language: str) -> Links:
    """The files by language, the page's own first: language name, then text and address."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(folder.glob("briefing.*.*")):
        _, of, suffix = file.name.split(".")
        address = f"{folder.parent.name}/{folder.name}/{file.name}"
        groups.setdefault(of, []).append((suffix.upper(), address))
    own_first = sorted(groups, key=lambda of: (of != language, of))
    return tuple((words(of)["index"]["language"], tuple(groups[of])) for of in own_first)


def _headline_figures(file: Path, unit: str, month: str, language: str) -> tuple[str, ...]:
    if not file.exists():
        return ("",) * len(HEADLINES)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = {row["figure"]: row for row in csv.DictReader(stream)}
    return tuple(_figure(rows.get(f"{kpi}@{month}/{unit}"), language) for kpi in HEADLINES)


def _figure(row: dict[str, str] | None, language: str) -> str:
    if row is None:
        return ""
    if not row["value"]:
        return str(words(language)["statuses"][row["status"]])
    if row["unit_of_measure"] == "percent":
        ratio = Fraction(int(row["numerator"]), int(row["denominator"]))
        return format_percent(ratio, language)
    return format_number(Fraction(row["value"]), language)
