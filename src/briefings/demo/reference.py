"""The reference data the demonstration starts from: units, procedures, calendar."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefings.demo.workdays import WorkDays, work_days
from briefings.errors import InputError

# Every month is drawn on the units of the last day of the demonstration.
UNITS_OF = "2025-02-28"


@dataclass(frozen=True)
class Unit:
    """One unit that receives dossiers."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Procedure:
    """One procedure: `unit` is the responsible department, `days` its limit in working days."""

    code: str
    title: str
    field: str
    level: str
    unit: str
    days: int
    online: str
    fee: bool
    weight: int


@dataclass(frozen=True)
class Reference:
    """Everything read from data/reference."""

    units: tuple[Unit, ...]
    procedures: tuple[Procedure, ...]
    calendar: WorkDays


def read_reference(folder: Path) -> Reference:
    """Read units.csv, demo_procedures.csv and calendar.csv; InputError when one is missing."""
    return Reference(
        units=tuple(
            Unit(row["code"], row["name_vi"], row["level"], row["parent"])
            for row in _rows(folder / "units.csv")
            if row["level"] != "province" and _is_valid(row)
        ),
        procedures=tuple(_procedure(row) for row in _rows(folder / "demo_procedures.csv")),
        calendar=work_days(
            {
                date.fromisoformat(row["date"]): row["working"] == "true"
                for row in _rows(folder / "calendar.csv")
            }
        ),
    )


def _is_valid(row: dict[str, str]) -> bool:
    return row["valid_from"] <= UNITS_OF <= (row["valid_to"] or UNITS_OF)


def _procedure(row: dict[str, str]) -> Procedure:
    return Procedure(
        code=row["code"],
        title=row["title"],
        field=row["field"],
        level=row["level"],
        unit=row["unit"],
        days=int(row["days"]),
        online=row["online"],
        fee=row["fee"] == "true",
        weight=int(row["weight"]),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise InputError(
            f"The demonstration data need {path}.",
            "Restore data/reference from the repository, then run the command again.",
        )
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
