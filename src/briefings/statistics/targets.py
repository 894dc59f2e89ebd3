"""Targets with scope, validity, tolerance and legal source; one at most applies at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from briefings.errors import SettingsError
from briefings.facts.target import Direction, EarlierTarget, Target
from briefings.organisation import LEVELS, Unit
from briefings.periods import Window
from briefings.reference import is_valid
from briefings.reference_file import MOST_FAULTS, Day, Flag, Number, OpenDay, read_numbered
from briefings.statistics.kpis import load_kpis

EVERYWHERE = "all"
SHARE = "share"  # a value is written as a share of one
ONE_DAY = timedelta(days=1)


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
    """The targets of a project.

    SettingsError names every row that contradicts the registry of measures or the list of units,
    that is no share, or that would judge nothing or everything.
    """

    def __init__(self, file: Path | None, units: Collection[str]) -> None:
        self._file = file
        rows = read_numbered(file, TargetRow) if file else {}
        if faults := list(_faults(rows, units)):
            raise SettingsError(f"{file}:\n" + "\n".join(faults[:MOST_FAULTS]))
        self._rows: dict[str, dict[int, TargetRow]] = {}
        for number, row in rows.items():
            self._rows.setdefault(row.kpi, {})[number] = row

    def in_force(self, kpi: str, unit: Unit, window: Window) -> tuple[EarlierTarget, ...]:
        """Every target in force in a window, the oldest first, with its first and last day there.

        Days without a target make no entry of their own, but part the same target in two.
        SettingsError when two of one scope are valid on any of its days.
        """
        days = [window.start, *self._changes(kpi, window.start, window.end), window.end + ONE_DAY]
        found: list[EarlierTarget] = []
        for day, following in pairwise(days):
            target, until = self.find(kpi, unit, day), following - ONE_DAY
            if target is None:
                continue
            last = found[-1] if found else None
            if last and last.target == target and last.until == day - ONE_DAY:
                found[-1] = replace(last, until=until)
            else:
                found.append(EarlierTarget(target, day, until))
        return tuple(found)

    def lasts_until(self, kpi: str, unit: Unit, day: date) -> date | None:
        """The last day on which the target of a day is in force without a break; None: open."""
        target = self.find(kpi, unit, day)
        for change in self._changes(kpi, day, date.max):
            if self.find(kpi, unit, change) != target:
                return change - ONE_DAY
        return None

    def find(self, kpi: str, unit: Unit, day: date) -> Target | None:
        """The target of the narrowest scope valid on a day: unit before level before all.

        SettingsError when two of one scope are valid on that day, also where a narrower one hides
        them.
        """
        scopes = (unit.code, unit.level, EVERYWHERE)
        found = [target for scope in scopes if (target := self._only(kpi, scope, day))]
        return found[0] if found else None

    def _only(self, kpi: str, scope: str, day: date) -> Target | None:
        rows = {
            number: row
            for number, row in self._rows.get(kpi, {}).items()
            if row.scope == scope and is_valid(row, day)
        }
        if len(rows) > 1:
            raise SettingsError(
                f"{self._file}, rows {' and '.join(map(str, rows))}: {len(rows)} targets for "
                f"{kpi}, scope {scope}, are valid on {day.isoformat()}.",
                "End one of them with valid_to.",
            )
        return next((row.target for row in rows.values()), None)

    def _changes(self, kpi: str, after: date, until: date) -> list[date]:
        """The days after one, up to another, on which a target begins or is no longer valid."""
        days = {
            day
            for row in self._rows.get(kpi, {}).values()
            for day in (row.valid_from, row.valid_to and row.valid_to + ONE_DAY)
            if day and after < day <= until
        }
        return sorted(days)


def _faults(rows: Mapping[int, TargetRow], units: Collection[str]) -> Iterator[str]:
    """What is wrong with single rows."""
    kpis = load_kpis()
    for number, row in rows.items():
        kpi = kpis.get(row.kpi)
        if kpi is None or kpi.kind != "rate":
            what = "unknown measure" if kpi is None else "a count, and only rates have targets"
            yield _fault(number, "kpi", row.kpi, what)
        elif row.direction != kpi.direction:
            yield _fault(number, "direction", row.direction, f"the registry has {kpi.direction}")
        if row.scope not in (EVERYWHERE, *LEVELS, *units):
            yield _fault(number, "scope", row.scope, "neither a unit code nor a level nor all")
        if row.unit_of_measure != SHARE:
            yield _fault(number, "unit_of_measure", row.unit_of_measure, f"write {SHARE}")
        yield from _faults_of_numbers(number, row)
        if row.valid_to is not None and row.valid_to < row.valid_from:
            yield _fault(number, "valid_to", row.valid_to, "lies before valid_from")


def _faults_of_numbers(number: int, row: TargetRow) -> Iterator[str]:
    target = row.target
    if target.value > 1:
        yield _fault(number, "value", row.value, "no share between 0 and 1: write 95 % as 0.95")
    elif target.tolerance and target.tolerates(Fraction(target.direction == "lower")):
        advice = "would tolerate any rate: write one percentage point as 0.01"
        yield _fault(number, "tolerance", row.tolerance, advice)


def _fault(number: int, column: str, value: object, reason: str) -> str:
    return f"  row {number}, {column}: {str(value)!r} ({reason})"
