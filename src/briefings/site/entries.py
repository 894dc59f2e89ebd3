"""The lines of the index: one unit in one month, with its files and headline figures."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from briefings.language import format_number, format_percent, words
from briefings.organisation import LEVELS, Organisation, Unit
from briefings.press.job import FIGURES_NAME
from briefings.site.record import Result, read_record

HEADLINES = ("received_in_period", "processed", "on_time", "sync", "online_payment")

Links: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


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
    folder: Path, organisation: Organisation, language: str
) -> Iterable[tuple[str, list[Entry]]]:
    """The units of a month's folder that were ever made, by level."""
    results = read_record(folder)
    for level in LEVELS:
        entries = [
            _entry(folder, unit, language, own)
            for unit in organisation.at_level(level)
            if (own := {of: each for (code, of), each in results.items() if code == unit.code})
        ]
        if entries:
            yield words(language)["levels"][level], entries


def _entry(folder: Path, unit: Unit, language: str, results: dict[str, Result]) -> Entry:
    of_language = results.get(language) or next(iter(results.values()))
    return Entry(
        name=unit.name(language),
        links=_links(folder / unit.code, language),
        figures=_headline_figures(folder, unit.code, language),
        label=of_language.label,
        failures=tuple(result.error for result in results.values() if result.error),
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


def _headline_figures(folder: Path, unit: str, language: str) -> tuple[str, ...]:
    file = folder / unit / FIGURES_NAME
    if not file.exists():
        return ("",) * len(HEADLINES)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = {row["figure"]: row for row in csv.DictReader(stream)}
    return tuple(_figure(rows.get(f"{kpi}@{folder.name}/{unit}"), language) for kpi in HEADLINES)


def _figure(row: dict[str, str] | None, language: str) -> str:
    if row is None:
        return ""
    if not row["value"]:
        return str(words(language)["statuses"][row["status"]])
    if row["unit_of_measure"] == "percent":
        return format_percent(Fraction(int(row["numerator"]), int(row["denominator"])), language)
    return format_number(Fraction(row["value"]), language)
