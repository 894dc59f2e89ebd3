"""Raw files as tables of raw cells: CSV, XLSX and Parquet, with the line each row stands on."""

from __future__ import annotations

import codecs
import csv
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from briefings.errors import InputError

DELIMITERS = ",;\t|"
FIRST_DATA_ROW = 2
SNIFFED_CHARACTERS = 8_192
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LEGACY_ENCODING = "cp1258"
UNREADABLE_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    OSError,
    NotImplementedError,
)


def read_raw(file: Path) -> pd.DataFrame:
    """The file's cells under its own headings; the index is the row's number in the file.

    Text is NFC and trimmed, empty cells are missing. CSV cells are text; XLSX and Parquet cells
    keep their types. InputError names a file that is missing, empty, unreadable or unknown.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise InputError(
            f"{file}: files of type {file.suffix or '(none)'} cannot be read.",
            f"Deliver one of {', '.join(READERS)}.",
        )
    if not file.is_file():
        raise InputError(f"{file}: there is no such file.", "Deliver it, or correct its path.")
    table = reader(file)
    if table.columns.empty:
        raise InputError(f"{file}: the file is empty.", "It needs a row of headings.")
    table.columns = pd.Index([one_line(name) for name in table.columns])
    _refuse_double_headings(file, table)
    table.index = pd.RangeIndex(FIRST_DATA_ROW, FIRST_DATA_ROW + len(table))
    return table.apply(_clean_text)


def _read_csv(file: Path) -> pd.DataFrame:
    encoding = _encoding(file)
    try:
        delimiter = _delimiter(file, encoding)
        _refuse_ragged_rows(file, encoding, delimiter)
        cells = pd.read_csv(
            file,
            sep=delimiter,
            encoding=encoding,
            header=None,
            dtype="str",
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
        )
        return _under_headings(cells)
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except UnicodeDecodeError as error:
        raise InputError(
            f"{file}: the text is neither UTF-8, UTF-16 nor {LEGACY_ENCODING}.",
            "Export it again as UTF-8.",
        ) from error
    except (pd.errors.ParserError, csv.Error) as error:
        raise InputError(
            f"{file}: not a regular table: {error}.", "Every row needs as many cells as headings."
        ) from error


def _read_xlsx(file: Path) -> pd.DataFrame:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl on styles it does not know
            cells = pd.read_excel(
                file,
                header=None,
                dtype=object,
                engine="openpyxl",
                keep_default_na=False,
                na_values=[""],
            )
            return _under_headings(cells)
    except UNREADABLE_WORKBOOK as error:
        raise InputError(
            f"{file}: not a readable Excel workbook.", "Save it again as .xlsx."
        ) from error


def _read_parquet(file: Path) -> pd.DataFrame:
    try:
        table: pd.DataFrame = pq.ParquetFile(file).read().to_pandas(integer_object_nulls=True)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(
            f"{file}: not a readable Parquet file: {error}.", "Export it again."
        ) from error
    return table


READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".xlsx": _read_xlsx,
    ".parquet": _read_parquet,
}


def _encoding(file: Path) -> str:
    content = file.read_bytes()
    if content.startswith(UTF16_MARKS):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return LEGACY_ENCODING
    return "utf-8-sig"


def _delimiter(file: Path, encoding: str) -> str:
    try:
        with file.open(encoding=encoding, newline="") as stream:
            heading = stream.readline(SNIFFED_CHARACTERS)
        return csv.Sniffer().sniff(heading, DELIMITERS).delimiter
    except csv.Error:  # one column only
        return ","


def _refuse_ragged_rows(file: Path, encoding: str, delimiter: str) -> None:
    """Pandas fills a short row and shifts a long one in silence; a blank line is a row."""
    with file.open(encoding=encoding, newline="") as stream:
        rows = csv.reader(stream, delimiter=delimiter)
        width = len(next(rows, ()))
        for row in rows:
            if row and len(row) != width:
                raise csv.Error(f"{width} headings, but {len(row)} cells in line {rows.line_num}")


def _under_headings(cells: pd.DataFrame) -> pd.DataFrame:
    """The first row as headings: pandas itself would rename those that occur twice."""
    if cells.empty or cells.iloc[0].isna().all():
        return pd.DataFrame()
    table = cells.iloc[1:].copy()
    names = enumerate(cells.iloc[0], 1)
    table.columns = pd.Index([f"(column {n})" if pd.isna(name) else name for n, name in names])
    return table


def one_line(name: object) -> str:
    """A heading as it is compared: NFC, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", str(name)).split())


def _refuse_double_headings(file: Path, table: pd.DataFrame) -> None:
    doubles = table.columns[table.columns.duplicated()].unique()
    if len(doubles):
        raise InputError(
            f"{file}: headings occur twice: {', '.join(doubles)}.", "Every heading must be unique."
        )


def _clean_text(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.StringDtype):
        # Through Arrow: pandas would call Python once per cell.
        composed = pc.utf8_normalize(pa.array(column), form="NFC")
        clean: pd.Series[Any] = pc.utf8_trim_whitespace(composed).to_pandas().set_axis(column.index)
        return clean.mask(clean == "")
    if column.dtype == object:
        # Not `map`, which would make floats of whole numbers beside an empty cell.
        return pd.Series([_clean_cell(cell) for cell in column], column.index, dtype=object)
    return column


def _clean_cell(cell: object) -> object:
    return unicodedata.normalize("NFC", cell).strip() or None if isinstance(cell, str) else cell
