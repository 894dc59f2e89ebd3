"""The rows of one sheet of an OpenDocument spreadsheet, as its tags are heard."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly
from briefings.intake.readers.faults import NO_DATE, NO_VALUE, NOT_CALCULATED, CellFault
from briefings.intake.readers.limits import CELL_CHARACTERS, COLUMNS
from briefings.intake.readers.markup import Listener
from briefings.intake.readers.numbers import local_moment, number_of_book, plain_number
from briefings.intake.readers.ods_tags import CELLS, DRAWING, OFFICE, TABLE, TEXT, Tables
from briefings.intake.readers.sheet_rows import Merge, SheetRow, address, put

REPEATED = f"{TABLE}number-columns-repeated"
BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
ERROR_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
NUMBERS = ("float", "percentage", "currency")
DURATION = re.compile(r"P(?:([0-9]{1,6})D)?T([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]*)?S")
ONE_DAY = timedelta(days=1)
NO_COUNT = 10**9  # beyond every sheet


class _Cell(NamedTuple):
    attributes: dict[str, str]
    times: int


class TableListener(Listener):
    """Hears the tags of one sheet and gives its finished rows with how often each stands."""

    def __init__(self, place: str, sheet: int, calculated: bool, day_zero: date) -> None:
        self._place, self._sheet, self._calculated = place, sheet, calculated
        self._day_zero = day_zero
        self._widest, self._longest = COLUMNS.value, CELL_CHARACTERS.value
        self._tables = Tables()
        self._done: list[tuple[SheetRow, int]] = []
        self._row, self._times, self._column = 1, 1, 0
        self._cells: list[Any] = []
        self._merges: list[Merge] = []
        self._cell: _Cell | None = None
        self._pieces: list[str] = []
        self._size = self._paragraphs = self._notes = 0
        self._in_paragraph = False

    def take(self) -> list[tuple[SheetRow, int]]:
        """The rows that were finished since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell or a part of a cell begins."""
        self._tables.start(name)
        if not self._listens:
            return
        if name == f"{TABLE}table-row":
            self._times = self._count(attributes, f"{TABLE}number-rows-repeated")
            self._column, self._cells, self._merges = 0, [], []
        elif name in CELLS:
            self._cell = _Cell(attributes, self._count(attributes, REPEATED))
            self._pieces, self._size, self._paragraphs = [], 0, 0
        elif _is_aside(name):
            self._notes += 1
        elif self._cell is not None and not self._notes:
            self._begin_text(name, attributes)

    def text(self, text: str) -> None:
        """A piece of a text."""
        if self._in_paragraph and not self._notes and self._listens:
            self._add(text)

    def end(self, name: str) -> None:
        """A row, a cell or a part of a cell is complete."""
        if self._listens:
            if name == f"{TABLE}table-row":
                self._done.append((self._finished_row(), self._times))
                self._row += self._times
            elif name in CELLS and self._cell is not None:
                self._end_cell(self._cell)
                self._cell = None
            elif _is_aside(name):
                self._notes -= 1
            elif name == f"{TEXT}p":
                self._in_paragraph = False
        self._tables.end(name)

    @property
    def _listens(self) -> bool:
        return self._tables.number == self._sheet and self._tables.in_sheet

    @property
    def _address(self) -> str:
        return address(self._column + 1, self._row)

    def _finished_row(self) -> SheetRow:
        return SheetRow(self._row, self._cells, tuple(self._merges))

    def _begin_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TEXT}p":
            self._add("\n" if self._paragraphs else "")
            self._paragraphs += 1
            self._in_paragraph = True
        elif name == f"{TEXT}s":
            self._add(" " * min(self._count(attributes, f"{TEXT}c"), self._longest + 1))
        elif name in BREAKS:
            self._add(BREAKS[name])

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text)
        if self._size > self._longest:
            CELL_CHARACTERS.refuse(f"{self._place}: {self._address}", self._size)

    def _end_cell(self, cell: _Cell) -> None:
        value = self._value(cell.attributes)
        if value is not None:
            if self._column + cell.times > self._widest:
                COLUMNS.refuse(f"{self._place}: row {self._row}", self._column + cell.times)
            for column in range(self._column + 1, self._column + cell.times + 1):
                put(self._cells, column, value)
            self._note_merge(cell.attributes)
        self._column += cell.times

    def _note_merge(self, attributes: dict[str, str]) -> None:
        down = self._count(attributes, f"{TABLE}number-rows-spanned")
        right = self._count(attributes, f"{TABLE}number-columns-spanned")
        if down > 1 or right > 1:
            row, column = self._row, self._column + 1
            self._merges.append(Merge(row, row + down - 1, column, column + right - 1))

    def _value(self, attributes: dict[str, str]) -> Any:
        kind = attributes.get(f"{OFFICE}value-type", "")
        text = "".join(self._pieces)
        if attributes.get(ERROR_TYPE) == "error":
            return CellFault(self._address, text, f"the error {mask_strictly(text[:20])}")
        if not kind:
            is_open = f"{TABLE}formula" in attributes and not text and not self._calculated
            return CellFault(self._address, "", NOT_CALCULATED) if is_open else text or None
        if kind == "string":
            return attributes.get(f"{OFFICE}string-value") or text or None
        value = _typed(kind, attributes, self._day_zero)
        reason = NO_DATE if kind == "date" else NO_VALUE
        return CellFault(self._address, "", reason) if value is None else value

    def _count(self, attributes: dict[str, str], name: str) -> int:
        text = attributes.get(name, "1")
        if not (text.isascii() and text.isdigit()):
            raise InputError(f"{self._place}: {name} is no number.", "Save the file again.")
        return max(1, min(int(text[:10]), NO_COUNT))


def _is_aside(name: str) -> bool:
    """Comments and drawings: what they say is not the cell's."""
    return name == f"{OFFICE}annotation" or name.startswith(DRAWING)


def _typed(kind: str, attributes: dict[str, str], day_zero: date) -> Any:
    """The value of a cell that is no text; None where it is not of its kind."""
    if kind in NUMBERS:
        number = plain_number(attributes.get(f"{OFFICE}value", ""))
        return None if number is None else number_of_book(number, day_zero)
    if kind == "date":
        return local_moment(attributes.get(f"{OFFICE}date-value", ""))
    if kind == "boolean":
        truth = attributes.get(f"{OFFICE}boolean-value", "")
        return {"true": True, "false": False}.get(truth)
    if kind == "time":
        return _duration(attributes.get(f"{OFFICE}time-value", ""))
    return None


def _duration(text: str) -> time | timedelta | None:
    """A time of day; a duration where it is a day or more, as Excel has it."""
    match = DURATION.fullmatch(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return length if length >= ONE_DAY else (datetime.min + length).time()
