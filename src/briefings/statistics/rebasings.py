"""From which month on a measure of a unit is compared with itself only: for recorded reasons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import StringConstraints

from briefings.errors import SettingsError
from briefings.facts.facts import RATES, VOLUMES
from briefings.facts.signal import Rebasing
from briefings.organisation import LEVELS, Unit
from briefings.periods import MONTH_PATTERN, Month
from briefings.reference_file import read_reference

EVERY = "all"

MonthName: TypeAlias = Annotated[str, StringConstraints(pattern=f"^{MONTH_PATTERN.pattern}$")]


@dataclass(frozen=True)
class RebasingRow:
    """One reason. `kpi` is a charted measure or `all`; `scope` a unit code, a level or `all`."""

    kpi: str
    scope: str
    from_month: MonthName
    reason_vi: str
    reason_en: str
    source: str

    @property
    def rebasing(self) -> Rebasing:
        """The month and the reason."""
        reasons = {"vi": self.reason_vi, "en": self.reason_en}
        return Rebasing(Month.parse(self.from_month), reasons)


class Rebasings:
    """The reasons on record. SettingsError for a measure or scope that does not exist."""

    def __init__(self, file: Path | None, units: Collection[str]) -> None:
        self._rows = read_reference(file, RebasingRow) if file else []
        for row in self._rows:
            if row.kpi not in (EVERY, *VOLUMES, *RATES):
                raise SettingsError(f"{file}: {row.kpi} is not charted, so it has no baseline.")
            if row.scope not in (EVERY, *LEVELS, *units):
                raise SettingsError(f"{file}: the scope {row.scope} is neither unit nor level.")

    def latest(self, kpi: str, unit: Unit, month: Month) -> Rebasing | None:
        """The last one up to a month, of whatever scope."""
        found = (
            row.rebasing
            for row in self._rows
            if row.kpi in (kpi, EVERY) and row.scope in (unit.code, unit.level, EVERY)
        )
        past = (each for each in found if each.since <= month)
        return max(past, key=lambda each: each.since, default=None)


def later_of(first: Rebasing | None, second: Rebasing | None) -> Rebasing | None:
    """The later one; both reasons where they are of the same month."""
    if first is None or second is None:
        return first or second
    if first.since == second.since:
        return Rebasing(
            first.since, first.reasons | second.reasons, (*first.changes, *second.changes)
        )
    return max(first, second, key=lambda each: each.since)
