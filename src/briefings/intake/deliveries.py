"""What an office delivered: one set of tables per month, and tables that cover all months."""

from __future__ import annotations

import glob
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefings.errors import InputError
from briefings.intake.parts import Part
from briefings.periods import MONTH_PATTERN, Month, months_between
from briefings.project import MONTH_PLACEHOLDER, Project

ALL_MONTHS = "all"


@dataclass(frozen=True)
class Delivery:
    """The raw file of each table, for one month (`YYYY-MM`) or for all months (`all`).

    `parts` names the tables whose file comes from elsewhere and is brought when it is needed.
    """

    name: str
    files: dict[str, Path]
    parts: dict[str, Part] = field(default_factory=dict)


def find_deliveries(project: Project, parts: Sequence[Part] = ()) -> tuple[Delivery, ...]:
    """Every delivery of a project, `all` first, then by month; `parts` come from elsewhere.

    InputError names the project's files when there is none, and the tables that a month lacks:
    a table that is silently absent would be counted as zero. A table elsewhere is one thing, of
    which no month can be forgotten: where it has no rows, there were none.
    """
    monthly = {
        table: file for table, file in project.tables.items() if MONTH_PLACEHOLDER in str(file)
    }
    whole = {table: file for table, file in project.tables.items() if table not in monthly}
    found = {table: _files_by_month(file) for table, file in monthly.items()}
    for part in parts:
        if part.is_file and part.delivery != ALL_MONTHS:
            found.setdefault(part.table, {})[part.delivery] = part.file
    if monthly and not any(found.values()):
        raise InputError(
            f"No data: there is no file like {next(iter(monthly.values()))}.",
            "Put the exports there, or make the demonstration data with: make data",
        )
    brought = {part.delivery for part in parts}
    months = sorted({month for files in found.values() for month in files} | brought - {ALL_MONTHS})
    _refuse_gaps(found, months)
    files = {m: {table: files[m] for table, files in found.items()} for m in months}
    if whole or ALL_MONTHS in brought:
        files = {ALL_MONTHS: whole, **files}
    return tuple(_with_parts(name, here, parts) for name, here in files.items())


def delivered_months(project: Project) -> tuple[Month, ...] | None:
    """The months of which dossiers were delivered; None where they are not files by month."""
    if "dossiers" not in project.tables or not project.has_monthly_files:
        return None
    names = (delivery.name for delivery in find_deliveries(project))
    return tuple(Month.parse(name) for name in names if name != ALL_MONTHS)


def _with_parts(name: str, files: dict[str, Path], parts: Sequence[Part]) -> Delivery:
    brought = {part.table: part for part in parts if part.delivery == name}
    return Delivery(name, files | {table: part.file for table, part in brought.items()}, brought)


def _files_by_month(pattern: Path) -> dict[str, Path]:
    anchor = next(part for part in pattern.parents if MONTH_PLACEHOLDER not in str(part))
    relative = str(pattern.relative_to(anchor))
    files = sorted(anchor.glob(any_month(relative)))
    months = ((month_in(relative, str(file.relative_to(anchor))), file) for file in files)
    return {month: file for month, file in months if month}


def any_month(pattern: str) -> str:
    """What `glob` finds the files of a pattern by, and others that month_in tells apart."""
    fixed = (glob.escape(part) for part in pattern.split(MONTH_PLACEHOLDER))
    return "*".join(fixed).replace("**", "*")


def month_in(pattern: str, name: str) -> str | None:
    """The month that stands in a name where the pattern has `{month}`, the same everywhere."""
    expected = (
        re.escape(pattern)
        .replace(re.escape(MONTH_PLACEHOLDER), f"({MONTH_PATTERN.pattern})", 1)
        .replace(re.escape(MONTH_PLACEHOLDER), r"\1")
    )
    match = re.fullmatch(expected, name)
    return match[1] if match else None


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
