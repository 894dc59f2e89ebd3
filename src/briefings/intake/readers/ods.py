"""OpenDocument spreadsheets: two passes over their XML, cells with their types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from briefings.errors import InputError
from briefings.intake.detectors import mask_strictly
from briefings.intake.layout import Layout
from briefings.intake.readers.faults import NO_DATE, NO_VALUE, NOT_CALCULATED, CellFault
from briefings.intake.readers.limits import CELL_CHARACTERS, COLUMNS, SHEET_ROWS
from briefings.intake.readers.markup import BETWEEN, Listener, hear, listen
from briefings.intake.readers.numbers import (
    USUAL_DAY_ZERO,
    local_moment,
    number_of_book,
    plain_number,
)
from briefings.intake.readers.sheet_rows import Merge, SheetRow, address, put
from briefings.intake.readers.sheets import Sheet, choose, tables_of_sheets
from briefings.intake.readers.unpacking import Archive, unpacked

CONTENT, ABOUT = "content.xml", "meta.xml"
# These calculate whatever they save. They write no type for a formula whose result is no text.
CALCULATING = ("LibreOffice", "Collabora", "OpenOffice")
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, STYLE, TEXT, DRAWING = (
    f"{NAMESPACE}{name}:1.0{BETWEEN}" for name in ("table", "office", "style", "text", "drawing")
)
CONTAINERS = (f"{OFFICE}spreadsheet", f"{TABLE}table", f"{TABLE}dde-links")
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
GENERATOR = f"{NAMESPACE}meta:1.0{BETWEEN}generator"
REPEATED = f"{TABLE}number-columns-repeated"
BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
ERROR_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
NUMBERS = ("float", "percentage", "currency")
DURATION = re.compile(r"P(?:([0-9]{1,6})D)?T([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]*)?S")
ONE_DAY = timedelta(days=1)
NO_COUNT = 10**9  # beyond every sheet


def read_ods(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a spreadsheet in chunks; what holds for Excel workbooks holds here.

    A row or cell that is written once and repeated is not multiplied before it is counted.
    """
    with unpacked(file) as archive:
        book, calculated = _SheetNames(), _always_calculates(archive)
        hear(archive, CONTENT, book)
        found = _sheets(book)
        sheets = [sheet for sheet, _ in found]
        filled = {sheet.place for sheet, is_filled in found if is_filled}
        chosen = choose(file, sheets, layout, lambda sheet: sheet.place in filled)

        def open_rows(sheet: Sheet) -> Iterator[SheetRow]:
            place = f"{file}: sheet {sheet.shown!r}"
            listener = _TableListener(place, int(sheet.place), calculated, book.day_zero)
            return _rows(archive, place, listener)

        yield from tables_of_sheets(file, chosen, open_rows, layout, rows)


def _sheets(book: _SheetNames) -> list[tuple[Sheet, bool]]:
    """Every sheet with whether any of its cells is filled."""
    return [
        (Sheet(name, str(number), style in book.hiding), number in book.filled)
        for number, (name, style) in enumerate(book.found)
    ]


def _rows(archive: Archive, place: str, listener: _TableListener) -> Iterator[SheetRow]:
    with archive.open(CONTENT) as stream:
        for _ in listen(archive.file, stream, listener):
            for row, times in listener.take():
                if row.cells:
                    SHEET_ROWS.refuse(place, row.number + times - 1)
                    yield row
                    for number in range(row.number + 1, row.number + times):
                        yield SheetRow(number, row.cells)


def _always_calculates(archive: Archive) -> bool:
    """Whether the program that wrote the file leaves out the type of an empty text only."""
    listener = _Generator()
    if ABOUT in archive:
        hear(archive, ABOUT, listener)
    return "".join(listener.pieces[:1]).startswith(CALCULATING)


class _Generator(Listener):
    """The name of the program that wrote the file."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._hears = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self._hears = name == GENERATOR

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._hears:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        """A tag closes."""
        self._hears = False


class _Tables:
    """Counts the sheets of a document: tables that stand directly in its spreadsheet."""

    def __init__(self) -> None:
        self.number = -1
        self._path: list[str] = []

    @property
    def in_sheet(self) -> bool:
        """Whether a sheet is open, and in it no table within a table."""
        return self._path == [f"{OFFICE}spreadsheet", f"{TABLE}table"]

    def start(self, name: str) -> bool:
        """Whether a sheet begins."""
        if name not in CONTAINERS:
            return False
        self._path.append(name)
        begins = name == f"{TABLE}table" and self.in_sheet
        self.number += begins
        return begins

    def end(self, name: str) -> None:
        """A container closes."""
        if name in CONTAINERS:
            self._path.pop()


class _SheetNames(Listener):
    """The sheets in order with their styles, the styles that hide, the sheets with content.

    `day_zero` is the day from which numbers count, if they are taken for days.
    """

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.hiding: set[str] = set()
        self.filled: set[int] = set()
        self.day_zero = USUAL_DAY_ZERO
        self._tables = _Tables()
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet, a style or a cell begins."""
        if self._tables.start(name):
            style = attributes.get(f"{TABLE}style-name", "")
            self.found.append((attributes.get(f"{TABLE}name", ""), style))
        elif name == f"{STYLE}style":
            self._style = attributes.get(f"{STYLE}name", "")
        elif name == f"{STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.hiding.add(self._style)
        elif name == f"{TABLE}null-date":
            stated = local_moment(attributes.get(f"{TABLE}date-value", ""))
            self.day_zero = stated.date() if stated else self.day_zero
        elif name in CELLS and f"{OFFICE}value-type" in attributes and self._tables.in_sheet:
            self.filled.add(self._tables.number)

    def text(self, text: str) -> None:
        """Text fills a cell even if it has no type."""
        if self._tables.in_sheet and text.strip():
            self.filled.add(self._tables.number)

    def end(self, name: str) -> None:
        """A tag closes."""
        self._tables.end(name)


class _Cell(NamedTuple):
    attributes: dict[str, str]
    times: int


class _TableListener(Listener):
    """Hears the tags of one sheet and gives its finished rows with how often each stands."""

    def __init__(self, place: str, sheet: int, calculated: bool, day_zero: date) -> None:
        self._place, self._sheet, self._calculated = place, sheet, calculated
        self._day_zero = day_zero
        self._widest, self._longest = COLUMNS.value, CELL_CHARACTERS.value
        self._tables = _Tables()
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
