"""Excel workbooks."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pandas as pd

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers.records import Grid, Record, tables

UNREADABLE_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    OSError,
    NotImplementedError,
)


def read_xlsx(file: Path, layout: Layout, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a sheet in chunks; cells keep their types."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl on styles it does not know
            cells = pd.read_excel(
                file,
                sheet_name=layout.sheet or 0,
                header=None,
                dtype=object,
                engine="openpyxl",
                keep_default_na=False,
                na_values=[""],
            )
    except UNREADABLE_WORKBOOK as error:
        raise InputError(
            f"{file}: not a readable Excel workbook.", "Save it again as .xlsx."
        ) from error
    yield from tables(Grid(file, _records(cells), is_text=False), layout, rows)


def _records(cells: pd.DataFrame) -> Iterator[Record]:
    plain = cells.astype(object).where(cells.notna(), None)
    for row, values in enumerate(plain.itertuples(index=False), 1):
        filled = [n for n, value in enumerate(values, 1) if value is not None]
        yield Record(row, row, list(values)[: filled[-1]] if filled else ())
