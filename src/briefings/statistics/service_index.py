"""The service index of Decision 766/QĐ-TTg: dated rules from a file, and what a unit came to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Literal

from briefings.errors import SettingsError
from briefings.facts.observation import Observation
from briefings.facts.service_index import (
    Bound,
    IndexGroup,
    Indicator,
    IndicatorResult,
    ServiceIndex,
    WhenNothing,
)
from briefings.periods import Window
from briefings.reference import is_valid
from briefings.reference_file import Day, Flag, Number, OpenDay, read_reference
from briefings.statistics.kpis import index_kpis
from briefings.statistics.observations import Observations


@dataclass(frozen=True)
class IndexRow:
    """A group or an indicator of the index over one span of time.

    An indicator's rate is (measure − less) × times, three ids of rates.
    """

    kind: Literal["group", "indicator"]
    id: str
    group: str | None
    name_vi: str
    name_en: str
    maximum: Number
    maximum_verified: Flag
    full_at: Number | None
    full_at_verified: Flag
    low_confidence: Flag
    when_nothing: WhenNothing
    measure: str | None
    less: str | None
    times: str | None
    bound: Bound
    per_unit: Flag
    note_vi: str | None
    note_en: str | None
    valid_from: Day
    valid_to: OpenDay
    source: str

    @property
    def names(self) -> dict[str, str]:
        """The name by language."""
        return {"vi": self.name_vi, "en": self.name_en}

    @property
    def rates(self) -> tuple[str, ...]:
        """The ids of the rates it is made of."""
        return tuple(filter(None, (self.measure, self.less, self.times)))


class IndexRules:
    """The groups and indicators of a project's file; SettingsError where they contradict."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._rows = read_reference(file, IndexRow) if file else []
        self._kpis = index_kpis()
        for fault in (*self._overlaps(), *self._strange_rates(), *self._strange_groups()):
            raise SettingsError(f"{file}: {fault}")

    def on(self, day: date) -> tuple[IndexRow, ...]:
        """The rows valid on a day, in file order; SettingsError where a group is missing then."""
        rows = tuple(row for row in self._rows if is_valid(row, day))
        groups = {row.id for row in rows if row.kind == "group"}
        for row in rows:
            if row.group is not None and row.group not in groups:
                raise SettingsError(
                    f"{self._file}: {row.id} belongs to group {row.group}, which is not valid on "
                    f"{day.isoformat()}."
                )
        return rows

    def groups(self, rows: Sequence[IndexRow]) -> tuple[IndexGroup, ...]:
        """The groups among some rows, each with what the maxima below it come to."""
        return tuple(
            IndexGroup(
                id=row.id,
                parent=row.group or "",
                names=row.names,
                maximum=Fraction(row.maximum),
                maximum_verified=row.maximum_verified,
                listed=sum(
                    (Fraction(each.maximum) for each in rows if each.group == row.id), Fraction(0)
                ),
            )
            for row in rows
            if row.kind == "group"
        )

    def indicator(self, row: IndexRow, *, of_root: bool) -> Indicator:
        """An indicator; what it gives where nothing happened is a rule for the root only."""
        return Indicator(
            id=row.id,
            group=row.group or "",
            names=row.names,
            basis=self._basis(row),
            maximum=Fraction(row.maximum),
            maximum_verified=row.maximum_verified,
            full_at=Fraction(row.full_at) if row.full_at else None,
            full_at_verified=row.full_at_verified,
            low_confidence=row.low_confidence,
            when_nothing=row.when_nothing if of_root else "none",
            bound=row.bound,
        )

    def _basis(self, row: IndexRow) -> dict[str, str]:
        counted = self._kpis[row.measure].definitions if row.measure else {}
        notes = {"vi": row.note_vi, "en": row.note_en}
        return {
            language: " ".join(
                filter(None, [f"{counted[language]}." if counted else "", notes[language]])
            )
            for language in notes
        }

    def _overlaps(self) -> Iterator[str]:
        for one, other in pairwise(sorted(self._rows, key=lambda row: (row.id, row.valid_from))):
            if one.id == other.id and is_valid(one, other.valid_from):
                yield (
                    f"two rows for {one.id} are valid on {other.valid_from.isoformat()}; end the "
                    "earlier one with valid_to."
                )

    def _strange_rates(self) -> Iterator[str]:
        for row in self._rows:
            for name in row.rates:
                if name not in self._kpis or self._kpis[name].kind != "rate":
                    yield f"{row.id} is made of {name}, which is no rate of the registry."
            if row.full_at is not None and not 0 < Fraction(row.full_at) <= 1:
                yield f"{row.id} has full marks at {row.full_at}; give a share above 0 and up to 1."

    def _strange_groups(self) -> Iterator[str]:
        inner = {row.id for row in self._rows if row.kind == "group" and row.group}
        for row in self._rows:
            if row.kind == "indicator" and row.group is None:
                yield f"{row.id} belongs to no group."
            if row.kind == "group" and row.group in inner:
                yield f"group {row.id} lies three levels deep; two are possible."


def service_index(
    rules: IndexRules, observations: Observations, window: Window, unit: str, *, is_root: bool
) -> ServiceIndex | None:
    """The index of a unit by the rules of a window's last day; None where none are on record.

    A single unit has only those indicators that make sense for one and are measured at all.
    """
    rows = rules.on(window.end)
    indicators = [row for row in rows if row.kind == "indicator"]
    if not indicators:
        return None
    shown = indicators if observations.covers(window.name, unit) else []

    def observed(kpi: str | None) -> Observation | None:
        return observations.get(kpi, window.name, unit) if kpi else None

    return ServiceIndex(
        groups=rules.groups(rows),
        results=tuple(
            IndicatorResult(
                indicator=rules.indicator(row, of_root=is_root),
                measure=observed(row.measure),
                less=observed(row.less),
                times=observed(row.times),
            )
            for row in shown
            if is_root or row.per_unit
        ),
        replaced=rules.on(window.start) != rows,
    )
