"""Excel workbooks: one pass over a sheet's XML, cells with their types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.utils.datetime import from_excel

from briefings.intake.detectors import mask_strictly
from briefings.intake.layout import Layout
from briefings.intake.readers.faults import NO_DATE, NO_VALUE, NOT_CALCULATED, CellFault
from briefings.intake.readers.limits import CELL_CHARACTERS, COLUMNS, MEBIBYTE
from briefings.intake.readers.markup import Listener, listen, local
from briefings.intake.readers.numbers import local_moment, number_of_book, plain_number
from briefings.intake.readers.sheet_rows import Merge, SheetRow, address, put
from briefings.intake.readers.sheets import Sheet, choose, tables_of_sheets
from briefings.intake.readers.unpacking import Archive, damaged, unpacked
from briefings.intake.readers.xlsx_book import Book, read_book, unescaped

ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=["\']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["\']'
)
LONGEST_MERGE_TAG = 300


def read_xlsx(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a workbook in chunks; numbers, dates, truth values and text keep their types.

    Formulas give the value that the spreadsheet program calculated. Hidden rows and columns are
    read. InputError names sheet and cell of an error value and of a formula never calculated.
    """
    with unpacked(file) as archive:
        book = read_book(archive)

        def open_rows(sheet: Sheet) -> Iterator[SheetRow]:
            return _rows(archive, book, sheet)

        def is_filled(sheet: Sheet) -> bool:
            return any(row.cells for row in open_rows(sheet))

        if not book.sheets:
            raise damaged(file)
        chosen = choose(file, book.sheets, layout, is_filled)
        yield from tables_of_sheets(file, chosen, open_rows, layout, rows)


def _rows(archive: Archive, book: Book, sheet: Sheet) -> Iterator[SheetRow]:
    yield SheetRow(0, [], tuple(_merges(archive, sheet)))
    listener = _SheetListener(archive.file, book, sheet)
    with archive.open(sheet.place) as stream:
        for _ in listen(archive.file, stream, listener):
            yield from listener.take()


def _merges(archive: Archive, sheet: Sheet) -> Iterator[Merge]:
    """Merges stand behind the cells: the bytes are searched for them first."""
    rest = b""
    with archive.open(sheet.place) as stream:
        while block := stream.read(MEBIBYTE):
            text, done = rest + block, 0
            for match in MERGE.finditer(text):
                done = match.end()
                left, top, right, bottom = (part.decode() for part in match.groups())
                yield Merge(int(top), int(bottom), column_number(left), column_number(right))
            rest = text[max(done, len(text) - LONGEST_MERGE_TAG) :]


def column_number(letters: str) -> int:
    """The number of a column by its letters: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _SheetListener(Listener):
    """Hears the tags of a sheet and gives finished rows."""

    def __init__(self, file: Path, book: Book, sheet: Sheet) -> None:
        self._place = f"{file}: sheet {sheet.shown!r}"
        self._file, self._book = file, book
        self._widest, self._longest = COLUMNS.value, CELL_CHARACTERS.value
        self._done: list[SheetRow] = []
        self._row = self._column = 0
        self._cells: list[Any] = []
        self._cell: dict[str, str] | None = None
        self._pieces: list[str] = []
        self._size = 0
        self._hears = self._spoken = self._has_value = self._has_formula = False

    def take(self) -> list[SheetRow]:
        """The rows that were finished since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell or a part of a cell begins."""
        tag = local(name)
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "row":
            self._begin_row(attributes.get("r"))
        elif self._cell is not None:
            if tag in ("v", "is"):
                self._has_value = True
            self._spoken = self._spoken or tag == "rPh"
            self._has_formula = self._has_formula or tag == "f"
            self._hears = tag == "v" or (tag == "t" and not self._spoken)

    def text(self, text: str) -> None:
        """A piece of a value."""
        if self._hears:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > self._longest:
                CELL_CHARACTERS.refuse(f"{self._place}: {self._address}", self._size)

    def end(self, name: str) -> None:
        """A row, a cell or a part of a cell is complete."""
        tag = local(name)
        if tag == "c" and self._cell is not None:
            value = self._value(self._cell, "".join(self._pieces))
            if value is not None:
                if self._column > self._widest:
                    COLUMNS.refuse(f"{self._place}: row {self._row}", self._column)
                put(self._cells, self._column, value)
            self._cell = None
        elif tag == "row":
            self._done.append(SheetRow(self._row, self._cells))
        elif tag in ("v", "t"):
            self._hears = False
        elif tag == "rPh":
            self._spoken = False

    @property
    def _address(self) -> str:
        return address(self._column, self._row)

    def _begin_row(self, number: str | None) -> None:
        row = self._row + 1
        if number is not None:
            row = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
        if row <= self._row:  # out of order
            raise damaged(self._file)
        self._row, self._column, self._cells = row, 0, []

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        address = attributes.get("r")
        if address is not None:
            match = ADDRESS.fullmatch(address)
            if match is None or int(match[2]) != self._row:
                raise damaged(self._file)
            self._column = column_number(match[1])
        self._cell, self._pieces, self._size = attributes, [], 0
        self._hears = self._spoken = self._has_value = self._has_formula = False

    def _value(self, cell: dict[str, str], text: str) -> Any:
        kind = cell.get("t", "n")
        if not self._has_value or (not text and kind != "str"):
            return self._fault(NOT_CALCULATED) if self._has_formula else None
        if kind in ("str", "inlineStr"):
            return unescaped(text) or None
        if kind == "s":
            return self._shared(text)
        if kind == "b":
            return {"1": True, "0": False}.get(text.strip(), self._fault(NO_VALUE))
        if kind == "e":
            return CellFault(self._address, text, f"the error {mask_strictly(text[:20])}")
        if kind == "d":
            return local_moment(text) or self._fault(NO_DATE)
        return self._number(cell.get("s", "0"), text)

    def _shared(self, text: str) -> str | None:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
        if not 0 <= number < len(self._book.texts):
            raise damaged(self._file)
        shared = self._book.texts[number]
        if len(shared) > self._longest:
            CELL_CHARACTERS.refuse(f"{self._place}: {self._address}", len(shared))
        return shared or None

    def _number(self, style: str, text: str) -> Any:
        number = plain_number(text.strip())
        if number is None:
            return self._fault(NO_VALUE)
        key = int(style) if style.isascii() and style.isdigit() and len(style) < 9 else 0
        if key not in self._book.dates and key not in self._book.durations:
            return number_of_book(number, self._book.epoch.date())
        if number < 0 and key not in self._book.durations:
            return self._fault(NO_DATE)
        try:
            return from_excel(number, self._book.epoch, timedelta=key in self._book.durations)
        except (ValueError, OverflowError):
            return self._fault(NO_DATE)

    def _fault(self, reason: str) -> CellFault:
        return CellFault(self._address, "", reason)
