"""Targets with scope, validity, tolerance and legal source; one at most applies at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from pathlib import Path

from briefings.errors import SettingsError
from briefings.facts.target import Direction, EarlierTarget, Target
from briefings.organisation import Unit
from briefings.periods import Window
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
    direction: Direction
    legal_source: str
    valid_from: Day
    valid_to: OpenDay
    verified: Flag
    tolerance: Number | None = None

    @property
    def target(self) -> Target:
        """What is to be reached."""
        return Target(
            kpi=self.kpi,
            value=Fraction(self.value),
            direction=self.direction,
            legal_source=self.legal_source,
            verified=self.verified,
            tolerance=Fraction(self.tolerance or 0),
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

    def in_force(self, kpi: str, unit: Unit, window: Window) -> tuple[EarlierTarget, ...]:
        """Every target in force in a window, the oldest first, each with its last day there.

        Days without a target, and the same target twice, make no entry of their own.
        SettingsError when two of one scope are valid on any of its days.
        """
        starts = {window.start} | {
            day
            for row in self._rows.get(kpi, [])
            for day in (row.valid_from, row.valid_to and row.valid_to + timedelta(days=1))
            if day and window.start < day <= window.end
        }
        days = [*sorted(starts), window.end + timedelta(days=1)]
        found = [
            EarlierTarget(target, following - timedelta(days=1))
            for day, following in pairwise(days)
            if (target := self.find(kpi, unit, day))
        ]
        return tuple(list(same)[-1] for _, same in groupby(found, key=lambda each: each.target))

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
