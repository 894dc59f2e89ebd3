"""Corrections as a workbook whose cells are all text: no spreadsheet turns a code into a day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from briefings.errors import SettingsError
from briefings.intake.shown import raw_text

TEXT = "@"
FAULTY = (zipfile.BadZipFile, ParseError, InvalidFileException, KeyError, ValueError, OSError)


def read_lines(file: Path, content: bytes) -> list[list[str]]:
    """The first sheet as lines of text; SettingsError where it is no workbook."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [[raw_text(cell) for cell in row] for row in rows]
    except FAULTY as error:
        raise SettingsError(
            f"Cannot read {file}: no readable workbook.", "Save it again as .xlsx."
        ) from error


def workbook(lines: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is text, and stays so when it is edited."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for cells in lines:
        sheet.append([_text(sheet, text) for text in cells])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.number_format = TYPE_STRING, TEXT  # also of what looks like a formula
    return cell
