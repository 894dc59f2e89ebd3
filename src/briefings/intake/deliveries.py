"""What an office delivered: one set of files per month, and files that cover all months."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass
from pathlib import Path

from briefings.errors import InputError
from briefings.periods import MONTH_PATTERN, Month, months_between
from briefings.project import MONTH_PLACEHOLDER, Project

ALL_MONTHS = "all"


@dataclass(frozen=True)
class Delivery:
    """The raw file of each table, for one month (`YYYY-MM`) or for all months (`all`)."""

    name: str
    files: dict[str, Path]


def find_deliveries(project: Project) -> tuple[Delivery, ...]:
    """Every delivery of a project, `all` first, then by month.

    InputError names the project's files when there is none, and the tables that a month lacks:
    a table that is silently absent would be counted as zero.
    """
    monthly = {
        table: file for table, file in project.tables.items() if MONTH_PLACEHOLDER in str(file)
    }
    whole = {table: file for table, file in project.tables.items() if table not in monthly}
    found = {table: _files_by_month(file) for table, file in monthly.items()}
    months = sorted({month for files in found.values() for month in files})
    if monthly and not months:
        raise InputError(
            f"No data: there is no file like {next(iter(monthly.values()))}.",
            "Put the exports there, or make the demonstration data with: make data",
        )
    _refuse_gaps(found, months)
    by_month = [Delivery(m, {table: files[m] for table, files in found.items()}) for m in months]
    return (*([Delivery(ALL_MONTHS, whole)] if whole else []), *by_month)


def delivered_months(project: Project) -> tuple[Month, ...] | None:
    """The months of which dossiers were delivered; None where one file covers all months."""
    if MONTH_PLACEHOLDER not in str(project.tables["dossiers"]):
        return None
    names = (delivery.name for delivery in find_deliveries(project))
    return tuple(Month.parse(name) for name in names if name != ALL_MONTHS)


def _files_by_month(pattern: Path) -> dict[str, Path]:
    anchor = next(part for part in pattern.parents if MONTH_PLACEHOLDER not in str(part))
    relative = str(pattern.relative_to(anchor))
    expected = re.compile(
        re.escape(relative)
        .replace(re.escape(MONTH_PLACEHOLDER), f"({MONTH_PATTERN.pattern})", 1)
        .replace(re.escape(MONTH_PLACEHOLDER), r"\1")
    )
    fixed = (glob.escape(part) for part in relative.split(MONTH_PLACEHOLDER))
    files = sorted(anchor.glob("*".join(fixed).replace("**", "*")))
    matches = ((expected.fullmatch(str(file.relative_to(anchor))), file) for file in files)
    return {match[1]: file for match, file in matches if match}


def _without_gaps(months: list[str]) -> list[str]:
    if not months:
        return []
    return list(map(str, months_between(Month.parse(months[0]), Month.parse(months[-1]))))


def _refuse_gaps(found: dict[str, dict[str, Path]], months: list[str]) -> None:
    gaps = [
        f"{month}: {table}" for month in _without_gaps(months) for table, files in found.items()
        if month not in files
    ]  # fmt: skip
    if gaps:
        raise InputError(
            f"Files are missing for {'; '.join(gaps[:20])}.",
            "Every month needs every monthly table; deliver an empty one with its headings "
            "where nothing happened.",
        )
