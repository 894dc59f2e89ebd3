"""OpenDocument spreadsheets: two passes over their XML, cells with their types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from briefings.intake.layout import Layout
from briefings.intake.readers.limits import SHEET_ROWS
from briefings.intake.readers.markup import hear, listen
from briefings.intake.readers.ods_book import SheetNames, always_calculates
from briefings.intake.readers.ods_rows import TableListener
from briefings.intake.readers.sheet_rows import SheetRow
from briefings.intake.readers.sheets import Sheet, choose, tables_of_sheets
from briefings.intake.readers.unpacking import Archive, unpacked

CONTENT = "content.xml"


def read_ods(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a spreadsheet in chunks; what holds for Excel workbooks holds here.

    A row or cell that is written once and repeated is not multiplied before it is counted.
    """
    with unpacked(file) as archive:
        book, calculated = SheetNames(), always_calculates(archive)
        hear(archive, CONTENT, book)
        found = _sheets(book)
        sheets = [sheet for sheet, _ in found]
        filled = {sheet.place for sheet, is_filled in found if is_filled}
        chosen = choose(file, sheets, layout, lambda sheet: sheet.place in filled)

        def open_rows(sheet: Sheet) -> Iterator[SheetRow]:
            place = f"{file}: sheet {sheet.shown!r}"
            listener = TableListener(place, int(sheet.place), calculated, book.day_zero)
            return _rows(archive, place, listener)

        yield from tables_of_sheets(file, chosen, open_rows, layout, rows)


def _sheets(book: SheetNames) -> list[tuple[Sheet, bool]]:
    """Every sheet with whether any of its cells is filled."""
    return [
        (Sheet(name, str(number), style in book.hiding), number in book.filled)
        for number, (name, style) in enumerate(book.found)
    ]


def _rows(archive: Archive, place: str, listener: TableListener) -> Iterator[SheetRow]:
    with archive.open(CONTENT) as stream:
        for _ in listen(archive.file, stream, listener):
            for row, times in listener.take():
                if row.cells:
                    SHEET_ROWS.refuse(place, row.number + times - 1)
                    yield row
                    for number in range(row.number + 1, row.number + times):
                        yield SheetRow(number, row.cells)
