"""Targets with scope, validity, direction and legal source; one at most applies at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pandera.pandas as pa

from briefings.errors import SettingsError
from briefings.organisation import Unit
from briefings.reference import DAY, FLAG, read_reference, valid_on
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


@dataclass(frozen=True)
class Target:
    """What a measure should reach; an unverified one is shown but never judged against."""

    kpi: str
    value: Fraction
    direction: Literal["higher", "lower"]
    legal_source: str
    verified: bool

    def is_met_by(self, actual: Fraction) -> bool:
        """Whether the unrounded value reaches the target; exactly on it is met."""
        return actual >= self.value if self.direction == "higher" else actual <= self.value


class Targets:
    """The targets of a project. SettingsError where one contradicts the registry of measures."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._table = read_reference(file, SCHEMA) if file else pd.DataFrame(columns=["kpi"])
        kpis = load_kpis()
        for row in rows_of(self._table):
            if row["kpi"] not in kpis:
                raise SettingsError(f"{file}: unknown measure {row['kpi']}.")
            if row["direction"] != kpis[row["kpi"]].direction:
                raise SettingsError(
                    f"{file}: the direction of {row['kpi']} is {row['direction']}, in the "
                    f"registry {kpis[row['kpi']].direction}."
                )

    def find(self, kpi: str, unit: Unit, day: date) -> Target | None:
        """The target of the narrowest scope valid on a day: unit before level before all.

        SettingsError when two of one scope are valid on that day.
        """
        of_kpi = self._table[self._table["kpi"] == kpi]
        if of_kpi.empty:
            return None
        valid = valid_on(of_kpi, day)
        for scope in (unit.code, unit.level, EVERYWHERE):
            rows = valid[valid["scope"] == scope]
            if len(rows) > 1:
                raise SettingsError(
                    f"{self._file}: {len(rows)} targets for {kpi}, scope {scope}, are valid on "
                    f"{day.isoformat()}.",
                    "End one of them with valid_to.",
                )
            if len(rows) == 1:
                return _target(rows_of(rows)[0])
        return None


def _target(row: dict[str, Any]) -> Target:
    return Target(
        kpi=row["kpi"],
        value=Fraction(row["value"]),
        direction=row["direction"],
        legal_source=row["legal_source"],
        verified=row["verified"] == "true",
    )
