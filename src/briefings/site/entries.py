"""The lines of the index: one unit in one month, with its files and headline figures."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from briefings.language import format_number, format_percent, words
from briefings.organisation import LEVELS, Organisation, Unit
from briefings.press.job import FIGURES_NAME
from briefings.site.record import Result, figures_hash, read_record

HEADLINES = ("received_in_period", "processed", "on_time", "sync", "online_payment")

FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Link:
    """One file: what it is called, where it is, and whether it shows the unit's figures of now."""

    text: str
    address: str
    is_current: bool


Links: TypeAlias = tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True)
class Entry:
    """One unit in one month. `label` is what its pages say of their data, `failures` what the
    last run could not make."""

    name: str
    links: Links
    figures: tuple[str, ...]
    label: str
    failures: tuple[str, ...]


def entries_by_level(
    folder: Path, organisation: Organisation, languages: Sequence[str]
) -> Iterable[tuple[str, list[Entry]]]:
    """The units of a month's folder that were ever made, by level; the page's language first."""
    results = read_record(folder)
    for level in LEVELS:
        entries = [
            _entry(folder / unit.code, unit, languages, results)
            for unit in organisation.at_level(level)
            if (folder / unit.code).is_dir() or any(code == unit.code for code, _ in results)
        ]
        if entries:
            yield words(languages[0])["levels"][level], entries


def _entry(
    folder: Path, unit: Unit, languages: Sequence[str], results: dict[tuple[str, str], Result]
) -> Entry:
    own = {of: results[unit.code, of] for of in languages if (unit.code, of) in results}
    return Entry(
        name=unit.name(languages[0]),
        links=_links(folder, languages, own),
        figures=_headline_figures(folder, languages[0]),
        label=next((result.label for result in own.values()), ""),
        failures=tuple(result.error for result in own.values() if result.error),
    )


def _links(folder: Path, languages: Sequence[str], results: dict[str, Result]) -> Links:
    """The files by language: its name and its links."""
    now = figures_hash(folder)
    groups = []
    for language in languages:
        made = results[language].files if language in results else {}
        names = {form: f"briefing.{language}.{form}" for form in FORMATS}
        links = tuple(
            Link(form.upper(), f"{folder.parent.name}/{folder.name}/{name}", made.get(name) == now)
            for form, name in names.items()
            if (folder / name).exists()
        )
        if links:
            groups.append((str(words(language)["index"]["language"]), links))
    return tuple(groups)


def _headline_figures(folder: Path, language: str) -> tuple[str, ...]:
    file = folder / FIGURES_NAME
    if not file.exists():
        return ("",) * len(HEADLINES)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = {row["figure"]: row for row in csv.DictReader(stream)}
    place = f"{folder.parent.name}/{folder.name}"
    return tuple(_figure(rows.get(f"{kpi}@{place}"), language) for kpi in HEADLINES)


def _figure(row: dict[str, str] | None, language: str) -> str:
    if row is None:
        return ""
    if not row["value"]:
        return str(words(language)["statuses"][row["status"]])
    if row["unit_of_measure"] == "percent":
        return format_percent(Fraction(int(row["numerator"]), int(row["denominator"])), language)
    return format_number(Fraction(row["value"]), language)
