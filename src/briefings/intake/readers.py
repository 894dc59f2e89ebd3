"""Raw files as tables of raw cells: CSV, XLSX and Parquet, with the line each row stands on."""

from __future__ import annotations

import codecs
import csv
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    table.columns = pd.Index([_heading(name) for name in table.columns])
    _refuse_double_headings(file, table)
    table.index = pd.RangeIndex(FIRST_DATA_ROW, FIRST_DATA_ROW + len(table))
    return table.apply(_clean_text)


def _read_csv(file: Path) -> pd.DataFrame:
    encoding = _encoding(file)
    try:
        return pd.read_csv(
            file,
            sep=_delimiter(file, encoding),
            encoding=encoding,
            dtype="str",
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
        )
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except pd.errors.ParserError as error:
        raise InputError(
            f"{file}: not a regular table: {error}.", "Every row needs as many cells as headings."
        ) from error


def _read_xlsx(file: Path) -> pd.DataFrame:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl on styles it does not know
            return pd.read_excel(file, dtype=object, engine="openpyxl", na_values=[""])
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(
            f"{file}: not a readable Excel workbook.", "Save it again as .xlsx."
        ) from error


def _read_parquet(file: Path) -> pd.DataFrame:
    try:
        table: pd.DataFrame = pq.ParquetFile(file).read().to_pandas()
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
    except UnicodeDecodeError as error:
        raise InputError(
            f"{file}: the text is neither UTF-8, UTF-16 nor {LEGACY_ENCODING}.",
            "Export it again as UTF-8.",
        ) from error


def _heading(name: object) -> str:
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
        return column.map(_clean_cell, na_action="ignore")
    return column


def _clean_cell(cell: object) -> object:
    return unicodedata.normalize("NFC", cell).strip() or None if isinstance(cell, str) else cell
