"""A small reviewed CSV file read as rows of a dataclass, every cell checked on the way in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BeforeValidator, StringConstraints, TypeAdapter, ValidationError

from briefings.errors import SettingsError

MOST_FAULTS = 10
FLAGS = {"true": True, "false": False}

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
