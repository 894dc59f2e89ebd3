"""Targets with scope, validity, direction and legal source; one at most applies at a time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandera.pandas as pa

from briefings.errors import SettingsError
from briefings.facts.target import Target
from briefings.organisation import Unit
from briefings.reference import DAY, FLAG, read_reference
from briefings.rows import rows_of
from briefings.statistics.kpis import load_kpis

EVERYWHERE = "all"

SCHEMA = pa.DataFrameSchema(
    {
        "kpi": pa.Column(str),
        "scope": pa.Column(str),
        "value": pa.Column(str, pa.Check.str_matches(r"^\d+(\.\d+)?$")),
        "unit_of_measure": pa.Column(str),
        "denominator": pa.Column(str, nullable=True),
        "direction": pa.Column(str, pa.Check.isin(("higher", "lower"))),
        "legal_source": pa.Column(str),
        "valid_from": pa.Column(str, DAY),
        "valid_to": pa.Column(str, DAY, nullable=True),
        "verified": pa.Column(str, FLAG),
    },
    strict=True,
)


class Targets:
    """The targets of a project. SettingsError where one contradicts the registry of measures."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._rows: dict[str, list[dict[str, Any]]] = {}
        kpis = load_kpis()
        for row in rows_of(read_reference(file, SCHEMA)) if file else []:
            if row["kpi"] not in kpis:
                raise SettingsError(f"{file}: unknown measure {row['kpi']}.")
            if row["direction"] != kpis[row["kpi"]].direction:
                raise SettingsError(
                    f"{file}: the direction of {row['kpi']} is {row['direction']}, in the "
                    f"registry {kpis[row['kpi']].direction}."
                )
            self._rows.setdefault(row["kpi"], []).append(row)

    def find(self, kpi: str, unit: Unit, day: date) -> Target | None:
        """The target of the narrowest scope valid on a day: unit before level before all.

        SettingsError when two of one scope are valid on that day.
        """
        valid = [row for row in self._rows.get(kpi, []) if _is_valid(row, day.isoformat())]
        for scope in (unit.code, unit.level, EVERYWHERE):
            rows = [row for row in valid if row["scope"] == scope]
            if len(rows) > 1:
                raise SettingsError(
                    f"{self._file}: {len(rows)} targets for {kpi}, scope {scope}, are valid on "
                    f"{day.isoformat()}.",
                    "End one of them with valid_to.",
                )
            if rows:
                return _target(rows[0])
        return None


def _is_valid(row: dict[str, Any], day: str) -> bool:
    return row["valid_from"] <= day and (row["valid_to"] is None or day <= row["valid_to"])


def _target(row: dict[str, Any]) -> Target:
    return Target(
        kpi=row["kpi"],
        value=Fraction(row["value"]),
        direction=row["direction"],
        legal_source=row["legal_source"],
        verified=row["verified"] == "true",
    )
