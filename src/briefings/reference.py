"""Reference data of a project, read from small reviewed CSV files and checked on the way in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

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
from briefings.working_days import WorkingCalendar

MOST_FAULTS = 10
FLAGS = {"true": True, "false": False}
DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10)
}
# What UNIT takes besides codes, and how the files of all units begin that lie beside the folders.
WORDS_FOR_UNITS = frozenset({DEFAULT_SELECTION, EVERY_UNIT, "accountability", *LEVELS})
FILES_BESIDE = ("accountability.", "form-II.06a")

Cells: TypeAlias = dict[str, str | None]
T = TypeVar("T")


def _day(text: object) -> date:
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError("not a day as 2025-02-28")
    return day


def _flag(text: object) -> bool:
    if text not in FLAGS:
        raise ValueError("neither true nor false")
    return FLAGS[str(text)]


Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
OpenDay: TypeAlias = Annotated[
    date | None, BeforeValidator(lambda text: None if text is None else _day(text))
]
Flag: TypeAlias = Annotated[bool, BeforeValidator(_flag)]
Number: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")]


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


def read_reference(file: Path, kind: type[T], *, unique: str = "") -> list[T]:
    """A reference table as rows of a dataclass whose fields are the columns, in file order.

    A column whose field has a default may be missing. SettingsError names every faulty cell by
    row and column; a value of the column `unique` may stand only once.
    """
    return list(read_numbered(file, kind, unique=unique).values())


def read_numbered(file: Path, kind: type[T], *, unique: str = "") -> dict[int, T]:
    """The same rows by their number in the file, as a spreadsheet counts: headings are row 1."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream, strict=True))
        rows = _cells(lines)
    except (OSError, ValueError, csv.Error) as error:
        raise SettingsError(f"Cannot read the reference file {file}: {error}.") from error
    return _sound(file, rows, kind, unique)


def checked_lines(file: Path, lines: Sequence[Sequence[str]], kind: type[T]) -> dict[int, T]:
    """The same for lines that were read from a file by other means; the first has the headings."""
    try:
        rows = _cells(lines)
    except ValueError as error:
        raise SettingsError(f"Cannot read {file}: {error}.") from error
    return _sound(file, rows, kind)


def _sound(file: Path, rows: Mapping[int, Cells], kind: type[T], unique: str = "") -> dict[int, T]:
    found: dict[int, T] = {}
    faults = _faults_of_headings(rows, kind) or [
        *_repeated(rows, unique),
        *_check(rows, TypeAdapter(kind), found),
    ]
    if faults:
        raise SettingsError(f"{file} breaks its contract:\n" + "\n".join(faults[:MOST_FAULTS]))
    return found


def _cells(lines: Sequence[Sequence[str]]) -> dict[int, Cells]:
    """The cells by row number as a spreadsheet counts; row 1 holds the headings, twice."""
    headings = lines[0] if lines else []
    if not headings:
        raise ValueError("it has no headings")
    if any(len(line) > len(headings) for line in lines):
        raise ValueError("rows have more cells than there are headings")
    return {
        number: dict(zip(headings, [*map(_cell, line), *[None] * len(headings)], strict=False))
        for number, line in enumerate(lines, start=1)
        if any(line)
    }


def _cell(text: str) -> str | None:
    return text or None


def _faults_of_headings(rows: Mapping[int, Cells], kind: type[Any]) -> list[str]:
    given, known = set(rows[1]), {field.name for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    return [
        *(f"  the headings: {name} is missing" for name in sorted(needed - given)),
        *(f"  the headings: {name} is unknown" for name in sorted(given - known)),
    ]


def _repeated(rows: Mapping[int, Cells], column: str) -> Iterable[str]:
    seen: set[str | None] = set()
    for number, cells in rows.items() if column else ():
        if cells[column] in seen:
            yield _fault(number, column, cells[column], "stands in an earlier row")
        seen.add(cells[column])


def _check(
    rows: Mapping[int, Cells], adapter: TypeAdapter[T], found: dict[int, T]
) -> Iterable[str]:
    for number, cells in rows.items():
        if number == 1:
            continue
        try:
            found[number] = adapter.validate_python(cells)
        except ValidationError as error:
            for fault in error.errors():
                yield _fault(number, str(fault["loc"][0]), fault["input"], fault["msg"])


def _fault(number: int, column: str, value: object, reason: str) -> str:
    return f"  row {number}, {column}: {value!r} ({reason})"


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
