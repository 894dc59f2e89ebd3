"""The lines of the index: one unit in one month, with its files and headline figures."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from briefings.files import file_digest
from briefings.language import format_number, format_percent, words
from briefings.organisation import LEVELS, Organisation, Unit
from briefings.press.failure import evidence_file, read_failure
from briefings.press.job import FIGURES_NAME
from briefings.press.record import Output, Record, read_record, record_file

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
class Fault:
    """Why the last run could not make a briefing in some languages: for each its name and the
    address of the notebook as far as it ran, empty where there is none."""

    message: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entry:
    """One unit in one month. `label` is what its pages say of their data, `failures` what the
    last run could not make."""

    name: str
    links: Links
    figures: tuple[str, ...]
    label: str
    failures: tuple[Fault, ...]


@dataclass(frozen=True)
class Kept:
    """Where the files of a briefing lie; `depth` is how many folders below the index."""

    folder: Path
    name: str
    figures: str = FIGURES_NAME
    depth: int = 2

    def stem(self, language: str) -> str:
        """What its files of a language are called."""
        return f"{self.name}.{language}"

    def records(self, languages: Sequence[str]) -> dict[str, Record | None]:
        """What the last run that made it noted, by language."""
        return {of: read_record(record_file(self.folder, self.stem(of))) for of in languages}

    def address(self, file: Path) -> str:
        """Where a file lies, seen from the index."""
        return "/".join(file.parts[-self.depth - 1 :])


def entries_by_level(
    folder: Path, organisation: Organisation, languages: Sequence[str]
) -> Iterable[tuple[str, list[Entry]]]:
    """The units of a month's folder that were ever made, by level; the page's language first."""
    for level in LEVELS:
        entries = [
            _entry(folder / unit.code, unit, languages)
            for unit in organisation.at_level(level)
            if (folder / unit.code).is_dir()
        ]
        if entries:
            yield words(languages[0])["levels"][level], entries


def _entry(folder: Path, unit: Unit, languages: Sequence[str]) -> Entry:
    kept = Kept(folder, "briefing")
    records = kept.records(languages)
    return Entry(
        name=unit.name(languages[0]),
        links=links_of(kept, records),
        figures=_headline_figures(folder, languages[0]),
        label=next((record.label for record in records.values() if record), ""),
        failures=faults_of(kept, languages),
    )


def faults_of(kept: Kept, languages: Sequence[str]) -> tuple[Fault, ...]:
    """What went wrong; languages that failed for one reason stand together."""
    found: dict[str, list[tuple[str, str]]] = {}
    for language in languages:
        failure = read_failure(kept.folder, kept.stem(language))
        if failure is not None:
            evidence = evidence_file(kept.folder, kept.stem(language))
            address = kept.address(evidence) if evidence.exists() else ""
            found.setdefault(failure.message, []).append((_name(language), address))
    return tuple(Fault(message, tuple(evidence)) for message, evidence in found.items())


def links_of(kept: Kept, records: Mapping[str, Record | None]) -> Links:
    """The files by language: its name and its links."""
    now = _figures_hash(kept.folder / kept.figures)
    groups = []
    for language, record in records.items():
        outputs = record.outputs if record else {}
        files = {form: kept.folder / f"{kept.stem(language)}.{form}" for form in FORMATS}
        links = tuple(
            Link(form.upper(), kept.address(file), _shows(outputs.get(file.name), now))
            for form, file in files.items()
            if file.exists()
        )
        if links:
            groups.append((_name(language), links))
    return tuple(groups)


def _name(language: str) -> str:
    return str(words(language)["index"]["language"])


def _shows(output: Output | None, figures: str) -> bool:
    return output is not None and output.figures == figures


def _figures_hash(file: Path) -> str:
    return file_digest(file) if file.exists() else ""


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
