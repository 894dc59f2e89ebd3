"""Files with the same bytes on every run: CSV, Parquet and Excel without time stamps."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from openpyxl import Workbook

BYTE_ORDER_MARK = "\ufeff"
EXCEL_DATE = "DD/MM/YYYY"
# The earliest time a ZIP entry can hold, and a fixed stamp for Excel's own properties.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
EXCEL_TIME = b"2025-03-01T00:00:00Z"
EXCEL_STAMP = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?=</dcterms:)")


def write_table(path: Path, table: Any) -> Path:
    """A large table as CSV with a byte order mark; no value may need quoting."""
    options = pa_csv.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        file.write((BYTE_ORDER_MARK + ",".join(table.column_names) + "\n").encode())
        pa_csv.write_csv(table, file, options)
    return path


def write_rows(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A small table as CSV with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def write_parquet(path: Path, table: Any) -> Path:
    """A typed table as Parquet."""
    pq.write_table(table, path, compression="zstd")
    return path


def write_sheet(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A table as the only sheet of a workbook; dates become real Excel dates."""
    book = Workbook()
    sheet: Any = book.active
    for row in (headings, *rows):
        sheet.append(row)
    for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row):
        if isinstance(cell.value, date):
            cell.number_format = EXCEL_DATE
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(_without_time(content))
    return path


def _without_time(workbook: io.BytesIO) -> bytes:
    clean = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(clean, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, EXCEL_STAMP.sub(EXCEL_TIME, old.read(name)))
    return clean.getvalue()
