"""Reference data of a project: its units over time and its working days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Protocol, TypeAlias

from pydantic import AfterValidator, StringConstraints

from briefings.errors import SettingsError
from briefings.organisation import (
    DEFAULT_SELECTION,
    EVERY_UNIT,
    LEVELS,
    ROOT_LEVEL,
    CodeStatus,
    Level,
    Organisation,
    Unit,
)
from briefings.periods import Month, Regime
from briefings.reference_file import Day, Flag, OpenDay, read_reference
from briefings.working_days import WorkingCalendar

DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10)
}
# What UNIT takes besides codes, and how the files of all units begin that lie beside the folders.
WORDS_FOR_UNITS = frozenset({DEFAULT_SELECTION, EVERY_UNIT, "accountability", *LEVELS})
FILES_BESIDE = ("accountability.", "form-II.06a")


def _folder_name(code: str) -> str:
    """A unit's code names its folder, and must be told from what else UNIT may be."""
    if code.partition(".")[0].casefold() in DEVICES:
        raise ValueError("the name of a device on Windows, where it can be no folder")
    if code in WORDS_FOR_UNITS or code.startswith(FILES_BESIDE):
        raise ValueError("a word or a file name of this program")
    return code


UnitCode: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", max_length=64),
    AfterValidator(_folder_name),
]


@dataclass(frozen=True)
class UnitRow:
    """One unit over one span of time. Empty days are open ends, both ends are included."""

    code: UnitCode
    name_vi: str
    name_en: str
    level: Level
    parent: str | None
    valid_from: OpenDay
    valid_to: OpenDay
    code_status: CodeStatus
    source: str

    @property
    def unit(self) -> Unit:
        """The unit, whenever it is valid."""
        return Unit(
            self.code, self.name_vi, self.name_en, self.level, self.parent or "", self.code_status
        )


@dataclass(frozen=True)
class CalendarRow:
    """One day that is not what its weekday says, or is named although it is."""

    date: Day
    working: Flag
    reason_vi: str
    reason_en: str
    source: str
    verified: Flag


class Dated(Protocol):
    """A row with a validity."""

    @property
    def valid_from(self) -> date | None:
        """The first day; None is an open beginning."""

    @property
    def valid_to(self) -> date | None:
        """The last day; None is an open end."""


def is_valid(row: Dated, day: date) -> bool:
    """Whether valid_from..valid_to (both included, empty = open) contains the day."""
    return (row.valid_from is None or row.valid_from <= day) and (
        row.valid_to is None or day <= row.valid_to
    )


def load_unit_codes(file: Path) -> frozenset[str]:
    """Every code that was ever valid: what an export may name."""
    return frozenset(row.code for row in read_reference(file, UnitRow))


def load_organisation(file: Path, month: Month, regime: Regime | None = None) -> Organisation:
    """The units valid on the last day of a month, in calendar months if no regime is named.

    `former` are those that ended before.
    """
    rows, end = read_reference(file, UnitRow), (regime or Regime()).month(month).end
    units = tuple(row.unit for row in rows if is_valid(row, end))
    _refuse_ended(file, rows, end, units)
    codes = {unit.code for unit in units}
    ended = {row.code: row.unit for row in rows if row.valid_to is not None and row.valid_to < end}
    return Organisation(units, former=tuple(u for code, u in ended.items() if code not in codes))


def _refuse_ended(file: Path, rows: Iterable[UnitRow], day: date, units: Iterable[Unit]) -> None:
    """Refuse a month after the end of the whole organisation."""
    if any(unit.level == ROOT_LEVEL for unit in units):
        return
    for row in rows:
        if row.level == ROOT_LEVEL and row.valid_to is not None and row.valid_to < day:
            raise SettingsError(
                f"{file}: {row.name_en} ({row.code}) ended on {row.valid_to.isoformat()}, and no "
                f"unit of level {ROOT_LEVEL} is valid on {day.isoformat()}.",
                "Ask for an earlier month, or make a project with the units that followed.",
            )


def load_calendar(file: Path) -> WorkingCalendar:
    """The working-day calendar; it covers the years that occur in its file."""
    rows = read_reference(file, CalendarRow, unique="date")
    if not rows:
        raise SettingsError(f"{file} holds no day, so that it covers no year.")
    return WorkingCalendar(
        exceptions={row.date: row.working for row in rows},
        first_year=min(row.date.year for row in rows),
        last_year=max(row.date.year for row in rows),
        unverified=tuple(row.date for row in rows if not row.verified),
    )
