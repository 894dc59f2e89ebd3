"""Raw cells to contract columns: headings chosen, labels coded, values typed, faults noted."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.typing import NaTType

from briefings.errors import InputError
from briefings.intake.contract import DTYPES, Column, Contract, Kind
from briefings.intake.profiles import Source, TableProfile

# ISO 8601 also allows a bare year or month, and a zone: none of them is a day in local time.
LOCAL_ISO = re.compile(r"(?:[0-9]{8}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:[ T][0-9:.]+)?")
WHOLE_NUMBER = re.compile(r"-?[0-9]+(?:\.0)?")  # 150.000 may be 150 thousand
LAST_SERIAL = 2_958_465  # 9999-12-31
EXCEL_EPOCH = pd.Timestamp("1899-12-30")
FLAGS = {"true": True, "false": False, "1": True, "0": False}
UNREADABLE: dict[Kind, str] = {
    "text": "unreadable text",
    "day": "unreadable date",
    "moment": "unreadable date",
    "whole": "not a whole number",
    "flag": "neither true nor false",
}
FAULT_COLUMNS = ["row", "column", "value", "reason"]


def map_table(
    file: Path, raw: pd.DataFrame, contract: Contract, profile: TableProfile
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The typed contract columns of a raw table, and the cells that could not be read.

    Returns (table, faults): the table has the raw row numbers as index and exactly the
    contract's columns; faults has one row per unreadable cell: row, column, value, reason.
    InputError names headings that the profile expects and the file lacks.
    """
    _refuse_missing_headings(file, raw, contract, profile)
    columns, faults = {}, []
    for column in contract.columns:
        cells = _cells(raw, column, profile)
        columns[column.name] = _typed(cells, column, profile.columns.get(column.name))
        lost = cells.notna() & columns[column.name].isna()
        faults.append(_faults(cells[lost], column, profile.columns.get(column.name)))
    return pd.DataFrame(columns), pd.concat(faults, ignore_index=True)


def _refuse_missing_headings(
    file: Path, raw: pd.DataFrame, contract: Contract, profile: TableProfile
) -> None:
    expected = [
        (name, head) for name, source in profile.columns.items() for head in source.headings
    ]
    missing = [f"{heading!r} (for {name})" for name, heading in expected
               if heading not in raw.columns]  # fmt: skip
    if missing:
        raise InputError(
            f"{file}: missing column {', '.join(missing)}.",
            f"The file has: {', '.join(raw.columns)}. Correct the file or the profile.",
        )
    mapped = {*profile.columns, *profile.constants}
    unmapped = [column.name for column in contract.columns
                if column.required and column.name not in mapped]  # fmt: skip
    if unmapped:
        raise InputError(
            f"{file}: the profile maps nothing to {', '.join(unmapped)} of {contract.name}.",
            "Add these columns to the profile: the contract needs them.",
        )


def _cells(raw: pd.DataFrame, column: Column, profile: TableProfile) -> pd.Series:
    source = profile.columns.get(column.name)
    if source is None:
        constant = profile.constants.get(column.name)
        return pd.Series(constant, index=raw.index, dtype="str")
    if len(source.headings) == 1:
        return raw[source.headings[0]]
    parts = [_text(raw[heading]) for heading in source.headings]
    return parts[0].str.cat(pd.concat(parts[1:], axis=1), sep=source.glue)


def _typed(cells: pd.Series, column: Column, source: Source | None) -> pd.Series:
    if source is not None and source.codes:
        cells = _text(cells).map(source.codes).astype("str")
    if column.kind in ("day", "moment"):
        moments = _moments(cells, source.date_format if source else "")
        typed = moments.dt.normalize() if column.kind == "day" else moments
    elif column.kind == "whole":
        typed = _whole(cells)
    elif column.kind == "flag":
        typed = _text(cells).str.lower().map(FLAGS)
    else:
        typed = _text(cells)
    dtype: Any = DTYPES[column.kind]
    return typed.astype(dtype)


def _text(cells: pd.Series) -> pd.Series:
    if cells.dtype != object:
        return cells.astype("str")
    return cells.map(_cell_text, na_action="ignore").astype("str")


def _cell_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _moments(cells: pd.Series, date_format: str) -> pd.Series:
    if isinstance(cells.dtype, pd.DatetimeTZDtype):  # which day it is here, nobody has said
        return pd.Series(pd.NaT, index=cells.index)
    if pd.api.types.is_datetime64_any_dtype(cells):
        return cells
    if cells.dtype == object:
        return pd.to_datetime(cells.map(lambda cell: _moment(cell, date_format)))
    if pd.api.types.is_numeric_dtype(cells):
        return _moments(cells.astype(object), date_format)
    if not date_format:
        cells = cells.where(cells.str.fullmatch(LOCAL_ISO, na=False))
    return pd.to_datetime(cells, format=date_format or "ISO8601", errors="coerce")


def _moment(cell: object, date_format: str) -> pd.Timestamp | NaTType:
    if isinstance(cell, datetime | date):
        return pd.Timestamp(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        is_serial = 0 < cell < LAST_SERIAL + 1
        return EXCEL_EPOCH + pd.to_timedelta(cell, unit="D").round("s") if is_serial else pd.NaT
    if not date_format and not LOCAL_ISO.fullmatch(str(cell)):
        return pd.NaT
    return pd.to_datetime(str(cell), format=date_format or "ISO8601", errors="coerce")


def _whole(cells: pd.Series) -> pd.Series:
    if cells.dtype == object or isinstance(cells.dtype, pd.StringDtype):
        written_plainly = _text(cells).str.fullmatch(WHOLE_NUMBER, na=True)
        cells = cells.where(written_plainly)
    numbers = pd.to_numeric(cells, errors="coerce").astype("Float64")
    return numbers.where(numbers % 1 == 0)


def _faults(lost: pd.Series, column: Column, source: Source | None) -> pd.DataFrame:
    coded = source is not None and bool(source.codes)
    reason = "value outside the code list" if coded else UNREADABLE[column.kind]
    faults = pd.DataFrame({"row": lost.index, "column": column.name, "value": _text(lost).array})
    return faults.assign(reason=reason)[FAULT_COLUMNS]
