"""Targets with scope, validity, direction and legal source; one at most applies at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from briefings.errors import SettingsError
from briefings.facts.target import Target
from briefings.organisation import Unit
from briefings.reference import Day, Flag, Number, OpenDay, is_valid, read_reference
from briefings.statistics.kpis import load_kpis

EVERYWHERE = "all"


@dataclass(frozen=True)
class TargetRow:
    """One target. `scope` is a unit code, a level, or `all`."""

    kpi: str
    scope: str
    value: Number
    unit_of_measure: str
    denominator: str | None
    direction: Literal["higher", "lower"]
    legal_source: str
    valid_from: Day
    valid_to: OpenDay
    verified: Flag

    @property
    def target(self) -> Target:
        """What is to be reached."""
        return Target(
            self.kpi, Fraction(self.value), self.direction, self.legal_source, self.verified
        )


class Targets:
    """The targets of a project. SettingsError where one contradicts the registry of measures."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._rows: dict[str, list[TargetRow]] = {}
        kpis = load_kpis()
        for row in read_reference(file, TargetRow) if file else []:
            if row.kpi not in kpis:
                raise SettingsError(f"{file}: unknown measure {row.kpi}.")
            if row.direction != kpis[row.kpi].direction:
                raise SettingsError(
                    f"{file}: the direction of {row.kpi} is {row.direction}, in the "
                    f"registry {kpis[row.kpi].direction}."
                )
            self._rows.setdefault(row.kpi, []).append(row)

    def find(self, kpi: str, unit: Unit, day: date) -> Target | None:
        """The target of the narrowest scope valid on a day: unit before level before all.

        SettingsError when two of one scope are valid on that day.
        """
        valid = [row for row in self._rows.get(kpi, []) if is_valid(row, day)]
        for scope in (unit.code, unit.level, EVERYWHERE):
            rows = [row for row in valid if row.scope == scope]
            if len(rows) > 1:
                raise SettingsError(
                    f"{self._file}: {len(rows)} targets for {kpi}, scope {scope}, are valid on "
                    f"{day.isoformat()}.",
                    "End one of them with valid_to.",
                )
            if rows:
                return rows[0].target
        return None
