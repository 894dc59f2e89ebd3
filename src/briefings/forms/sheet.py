"""One sheet of the workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Any, TypeAlias

from openpyxl.cell.cell import TYPE_STRING, Cell
from openpyxl.utils import get_column_letter

from briefings.escaping import clean
from briefings.forms.header import COLUMNS, HEADER, HEIGHT
from briefings.forms.page import Line, Page
from briefings.forms.styles import style_of
from briefings.language import NO_VALUE

# The stubs say that a sheet may lack what a new one always has.
Sheet: TypeAlias = Any

A4 = 9
FIRST, LAST = COLUMNS[0], COLUMNS[-1]
# Widths in digits of the default font, heights in points, margins in inches.
NUMBER_WIDTH, LABEL_WIDTH, LEAST_CELL_WIDTH = 5, 40, 9.5
ROOM_BESIDE = 2.5
LINE_HEIGHT, TITLE_HEIGHT = 15.5, 22
HEADER_HEIGHTS = (18, 18, 48)
SIDE_MARGIN, EDGE_MARGIN = 0.4, 0.75
# Letters of the form's font that take the room of a digit; measured on its own texts it is 1.5.
LETTERS = 1.3
# What a spreadsheet would take for a formula if somebody edits the cell.
FORMULA_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Excel reads `_x0041_` as A; of the sign itself it must read `_x005F_`.
CODED_SIGN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def draw(sheet: Sheet, page: Page) -> None:
    """Write a page on an empty sheet. Texts stay texts, whatever sign they begin with."""
    sheet.title = page.name
    widths = _widths(page)
    row = _above(sheet, page, sum(widths))
    first = row - 1 if page.label else row
    row = _header(sheet, page, row)
    sheet.print_title_rows = f"{first}:{row - 1}"
    sheet.freeze_panes = sheet.cell(row, FIRST + 2)
    for line in page.lines:
        _line(sheet, row, line)
        row += 1
    for note in page.notes:
        row += 1
        _across(sheet, row, note, "form note", sum(widths))
    _set_up(sheet, widths)


def _above(sheet: Sheet, page: Page, width: float) -> int:
    """What stands above the header; the label of synthetic data is repeated with the header."""
    _text(sheet.cell(1, FIRST), page.number, "form number")
    sheet.merge_cells(start_row=1, end_row=1, start_column=FIRST, end_column=FIRST + 1)
    _text(sheet.cell(1, FIRST + 2), page.reporter, "form reporter")
    sheet.merge_cells(start_row=1, end_row=1, start_column=FIRST + 2, end_column=LAST)
    rows = [
        (page.title, "form title"),
        *((subtitle, "form subtitle") for subtitle in page.subtitles),
        (page.measure, "form measure"),
        *([(page.label, "form synthetic")] if page.label else []),
    ]
    for row, (text, style) in enumerate(rows, start=2):
        _across(sheet, row, text, style, width)
    sheet.row_dimensions[2].height = TITLE_HEIGHT
    return len(rows) + 2


def _header(sheet: Sheet, page: Page, top: int) -> int:
    for heading in HEADER:
        start, end = top + heading.top - 1, top + heading.bottom - 1
        for row in range(start, end + 1):
            for column in range(heading.first, heading.last + 1):
                sheet.cell(row, column).style = "form header"
        _text(sheet.cell(start, heading.first), page.headings[heading.word], "form header")
        sheet.merge_cells(
            start_row=start, end_row=end, start_column=heading.first, end_column=heading.last
        )
    for offset, height in enumerate(HEADER_HEIGHTS):
        sheet.row_dimensions[top + offset].height = height
    for column in COLUMNS:
        _text(sheet.cell(top + HEIGHT, column), f"({column})", "form column")
    return top + HEIGHT + 1


def _line(sheet: Sheet, row: int, line: Line) -> None:
    number, label, *cells = (sheet.cell(row, column) for column in COLUMNS)
    if isinstance(line.number, int):
        number.value, number.style = line.number, style_of(line.kind, "number")
    else:
        _text(number, line.number, style_of(line.kind, "number"))
    _text(label, line.label, style_of(line.kind, "label"))
    for cell in cells:
        cell.style = style_of(line.kind, "cell")
    for cell, value in zip(cells, line.cells, strict=False):
        cell.value = NO_VALUE if value is None else value
    sheet.row_dimensions[row].height = _height(line.label, LABEL_WIDTH)


def _across(sheet: Sheet, row: int, text: str, style: str, width: float) -> None:
    """A text over the whole width, in a row high enough for it."""
    _text(sheet.cell(row, FIRST), text, style)
    sheet.merge_cells(start_row=row, end_row=row, start_column=FIRST, end_column=LAST)
    sheet.row_dimensions[row].height = _height(text, width)


def _text(cell: Cell, text: str, style: str) -> None:
    """A text that no program reads as a formula, not even after somebody has edited it."""
    cell.style = style
    if cleaned := clean(text).strip():
        cell.value = CODED_SIGN.sub("_x005F_", cleaned)
        cell.data_type = TYPE_STRING
        cell.quotePrefix = cleaned.startswith(FORMULA_SIGNS)


def _height(text: str, width: float) -> float:
    lines = (ceil(len(part) / (width * LETTERS)) for part in text.split("\n"))
    return LINE_HEIGHT * sum(max(1, number) for number in lines)


def _widths(page: Page) -> tuple[float, ...]:
    numbers = (f"{value:,}" for line in page.lines for value in line.cells if value is not None)
    longest = max(map(len, numbers), default=0)
    cell = max(LEAST_CELL_WIDTH, longest + ROOM_BESIDE)
    return (NUMBER_WIDTH, LABEL_WIDTH, *[cell] * (LAST - FIRST - 1))


def _set_up(sheet: Sheet, widths: Sequence[float]) -> None:
    for column, width in zip(COLUMNS, widths, strict=True):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = SIDE_MARGIN
    sheet.page_margins.top = sheet.page_margins.bottom = EDGE_MARGIN
    sheet.oddFooter.center.text = "&P/&N"
