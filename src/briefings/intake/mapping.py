"""Raw cells to contract columns: headings chosen, labels coded, values typed, faults noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from briefings.errors import InputError
from briefings.intake.cells import are_numbers, as_text, matched
from briefings.intake.conditions import holds
from briefings.intake.contract import DTYPES, Column, Contract, Kind
from briefings.intake.detectors import mask_strictly
from briefings.intake.events import EXTREMES, extreme_of_case
from briefings.intake.labels import lookup
from briefings.intake.profiles import TableProfile, source_heading
from briefings.intake.quarantine_reasons import UNKNOWN_UNIT
from briefings.intake.shifts import CLOCK, LONGEST, WorkingDays, end_of_period, shifted
from briefings.intake.shifts import Kind as ShiftKind
from briefings.intake.source import Part, Source
from briefings.intake.stated import listed
from briefings.intake.written_dates import read_moments
from briefings.intake.written_numbers import NumberReading, read_numbers

# 150.000 may be 150 thousand; nine digits behind a zero are a phone or an ID number.
WHOLE_NUMBER = r"-?(?:0[0-9]{0,8}|[1-9][0-9]*)(?:\.0)?"
# So may 1.500 be, which is why three decimals alone need a profile that says what they are.
DECIMAL_NUMBER = r"[-+]?(?:[0-9]+|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|0?\.[0-9]+|[0-9]{4,}\.[0-9]+)"
FLAGS = {"true": True, "false": False, "1": True, "0": False}
OUTSIDE_LIST = "value outside the code list"
NO_SUCH_PART = "the text has no such part"
BEYOND_CALENDAR = "outside the years of the working-day calendar"
UNREADABLE: dict[Kind, str] = {
    "text": "unreadable text",
    "day": "unreadable date",
    "moment": "unreadable date",
    "whole": "not a whole number",
    "number": "not a number",
    "flag": "neither true nor false",
}
FAULT_COLUMNS = ["row", "column", "value", "reason"]


@dataclass(frozen=True)
class _Read:
    """A column's cells on the way: the values, and where and why a filled cell was lost."""

    values: pd.Series
    reasons: pd.Series


class Mapper:
    """Maps the chunks of one file in their order; a cell may be filled down from an earlier one."""

    def __init__(self, file: Path, contract: Contract, profile: TableProfile) -> None:
        self._file, self._contract, self._profile = file, contract, profile
        self._last: dict[str, Any] = {}

    def map(
        self, raw: pd.DataFrame, taken: pd.Series | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The typed contract columns of raw rows, or of those `taken`, and what is unreadable.

        Returns (table, faults): the table has the raw row numbers as index and exactly the
        contract's columns; faults has one row per unreadable cell: row, column, value, reason.
        InputError names headings that the profile expects and the file lacks.
        """
        refuse_missing_headings(self._file, raw.columns, self._contract, self._profile)
        columns, faults = {}, [pd.DataFrame(columns=FAULT_COLUMNS)]
        for column in self._contract.columns:
            source = self._profile.columns.get(column.name) or _constant(column, self._profile)
            # From all rows: an office's name may stand in a row that is left out.
            cells = self._cells(raw, column, source)
            cells, beside = (cells, raw) if taken is None else (cells[taken], raw[taken])
            read = _typed(_coded(_parted(cells, source), column, source), column, source)
            if source.shift is not None:
                read = _shifted(read, beside, source, self._profile.working)
            dtype: Any = DTYPES[column.kind]
            columns[column.name] = read.values.astype(dtype)
            if read.reasons.notna().any():
                faults.append(_faults(cells, read.reasons, column))
        return pd.DataFrame(columns), pd.concat(faults, ignore_index=True)

    def _cells(self, raw: pd.DataFrame, column: Column, source: Source) -> pd.Series:
        """The raw cells of a column, before anything is read out of them."""
        cells = _taken(self._file, raw, source)
        if source.fill_down:
            cells = self._filled_down(cells, column.name)
        if source.only_if and source.take not in EXTREMES:
            cells = cells.where(holds(source.only_if, raw))
        if not source.if_empty:
            return cells
        # A column of real dates or numbers takes no text in.
        mixed = cells if isinstance(cells.dtype, pd.StringDtype) else cells.astype(object)
        return mixed.fillna(source.if_empty)

    def _filled_down(self, cells: pd.Series, name: str) -> pd.Series:
        filled = cells.ffill()
        if name in self._last and filled.isna().any():
            filled = filled.fillna(self._last[name])
        if len(filled) and pd.notna(filled.iloc[-1]):
            self._last[name] = filled.iloc[-1]
        return filled


def refuse_missing_headings(
    file: Path, headings: Sequence[str] | pd.Index, contract: Contract, profile: TableProfile
) -> None:
    """InputError where the file lacks what the profile names, or the profile what is required."""
    missing = missing_headings(headings, profile)
    if missing:
        raise InputError(
            f"{file}: missing column {listed(missing)}.",
            f"The file has: {listed([mask_strictly(heading) for heading in headings])}. "
            "Correct the file or the profile.",
        )
    mapped = {*profile.columns, *profile.constants}
    unmapped = [column.name for column in contract.columns
                if column.required and column.name not in mapped]  # fmt: skip
    if unmapped:
        raise InputError(
            f"{file}: the profile maps nothing to {', '.join(unmapped)} of {contract.name}.",
            "Add these columns to the profile: the contract needs them.",
        )


def missing_headings(headings: Sequence[str] | pd.Index, profile: TableProfile) -> list[str]:
    """What the profile names and a file lacks, each with what it is for."""
    there = set(headings)
    missing = []
    for name, source in profile.columns.items():
        lacking = [repr(heading) for heading in source.needed if heading not in there]
        if source.take == "one" and not source_heading(source, there):
            lacking.append(" or ".join(map(repr, source.headings)))
        if lacking and not source.optional:
            missing += [f"{heading} (for {name})" for heading in lacking]
    for rule in profile.rules:
        lacking = [repr(heading) for heading in rule.headings if heading not in there]
        missing += [f"{heading} (for rows: {rule.reason})" for heading in lacking]
    return list(dict.fromkeys(missing))


def _constant(column: Column, profile: TableProfile) -> Source:
    return Source(if_empty=profile.constants.get(column.name, ""))


def _taken(file: Path, raw: pd.DataFrame, source: Source) -> pd.Series:
    if source.optional and any(heading not in raw.columns for heading in source.needed):
        return _nothing(raw)
    if source.take == "one":
        found = source_heading(source, set(raw.columns))
        return raw[found[0]] if found else _nothing(raw)
    if source.take == "file_name":
        return pd.Series(file.name, index=raw.index, dtype="str")
    if source.take == "cases":
        return _cases(raw, source)
    if source.take == "days_between":
        return _days_between(raw, source)
    if source.take == "first":
        return _first_filled(raw, source)
    if source.take == "earliest" or source.take == "latest":
        moments = raw[source.headings[0]].where(holds(source.only_if, raw))
        cases = [raw[heading] for heading in source.same]
        return extreme_of_case(moments, cases, source.take, source.dates)
    parts = [as_text(raw[heading]) for heading in source.headings]
    joined: pd.Series = parts[0].str.cat(pd.concat(parts[1:], axis=1), sep=source.glue)
    return joined


def _nothing(raw: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, index=raw.index, dtype="str")


def _first_filled(raw: pd.DataFrame, source: Source) -> pd.Series:
    found = raw[source.headings[0]].astype(object)
    for heading in source.headings[1:]:
        found = found.where(found.notna(), raw[heading].astype(object))
    return found


def _cases(raw: pd.DataFrame, source: Source) -> pd.Series:
    found, open_ = _nothing(raw), pd.Series(True, index=raw.index)
    for case in source.cases:
        chosen = open_ & holds(case.condition, raw)
        found = found.mask(chosen, case.code or None)
        open_ &= ~chosen
    return found


def _days_between(raw: pd.DataFrame, source: Source) -> pd.Series:
    """Whole days from one day to another, as text; what cannot be read stays readable as such."""
    start, end = (read_moments(raw[heading], source.dates) for heading in source.headings)
    days: pd.Series = (end.dt.normalize() - start.dt.normalize()).dt.days.astype("Int64")
    days = days.astype("str")
    filled = raw[list(source.headings)].notna().all(axis=1)
    written = as_text(raw[source.headings[0]]) + " … " + as_text(raw[source.headings[1]])
    return days.where(days.notna() | ~filled, written)


def _parted(cells: pd.Series, source: Source) -> _Read:
    none = pd.Series(pd.NA, index=cells.index, dtype="str")
    if source.part is None:
        return _Read(cells, none)
    values = _part_of(as_text(cells), source.part)
    return _Read(values, none.mask(cells.notna() & values.isna(), NO_SUCH_PART))


def _part_of(text: pd.Series, part: Part) -> pd.Series:
    if part.pattern:
        return matched(text, part.pattern)
    found: pd.Series
    if part.split:
        pieces: Any = text.str.split(part.split, regex=False)
        found = pieces.str.get(part.first - 1)
    else:
        found = text.str.slice(part.first - 1, part.last)
    found = found.astype("str").str.strip()
    return found.mask(found == "")


def _coded(read: _Read, column: Column, source: Source) -> _Read:
    if not source.codes or source.take == "cases":
        return read
    text = as_text(read.values)
    codes = lookup(source.codes, text.dropna().unique(), source.ignore)
    values = text.map(codes).astype("str")
    lost = text.notna() & values.isna()
    if source.others is not None:
        values, lost = values.mask(lost, source.others), lost & False
    is_unit = column.refers_to_unit and column.values is None
    reasons = read.reasons.mask(lost, UNKNOWN_UNIT if is_unit else OUTSIDE_LIST)
    return _Read(values.mask(values == ""), reasons)


def _typed(read: _Read, column: Column, source: Source) -> _Read:
    cells = read.values
    if column.kind in ("day", "moment"):
        moments = read_moments(cells, source.dates)
        values = moments.dt.normalize() if column.kind == "day" else moments
    elif column.kind == "whole":
        numbers = _numbers(cells, source.number, WHOLE_NUMBER)
        values = numbers.where(numbers % 1 == 0)
    elif column.kind == "number":
        values = _numbers(cells, source.number, DECIMAL_NUMBER)
    elif column.kind == "flag":
        values = as_text(cells).str.lower().map(FLAGS)
    else:
        values = as_text(cells)
    return _Read(values, _noting(read.reasons, cells, values, UNREADABLE[column.kind]))


def _noting(reasons: pd.Series, before: pd.Series, after: pd.Series, reason: str) -> pd.Series:
    """The reasons, with those added of cells that were filled before and are lost after."""
    return reasons.mask(reasons.isna() & before.notna() & after.isna(), reason)


def _numbers(cells: pd.Series, reading: NumberReading | None, plainly: str) -> pd.Series:
    if reading is not None:
        return read_numbers(cells, reading)
    plain = are_numbers(cells) | as_text(cells).str.fullmatch(plainly, na=True)
    cells = cells.where(plain.astype(bool))
    return pd.to_numeric(cells, errors="coerce").astype("Float64")


def _shifted(read: _Read, raw: pd.DataFrame, source: Source, working: WorkingDays) -> _Read:
    """Moments moved by what the profile says, or by what stands in another column."""
    moments, shift = read.values, source.shift
    assert shift is not None
    if shift.kind in ("start_of_months", "end_of_months"):
        assert isinstance(shift.by, int)
        return _Read(end_of_period(moments, shift.by, shift.kind), read.reasons)
    if isinstance(shift.by, int):
        by = cells = pd.Series(shift.by, index=raw.index, dtype="Float64")
    else:
        cells = raw[shift.by]
        by = _lengths(cells, source.number, shift.kind)
    known = moments.notna() & by.notna()
    moved = pd.Series(pd.NaT, index=moments.index, dtype="datetime64[us]")
    moved[known] = shifted(moments[known], by[known], shift.kind, working)
    unreadable = read.reasons.mask(moments.notna() & cells.notna() & by.isna(), UNREADABLE["whole"])
    return _Read(moved, unreadable.mask(known & moved.isna(), BEYOND_CALENDAR))


def _lengths(cells: pd.Series, reading: NumberReading | None, kind: ShiftKind) -> pd.Series:
    numbers = _numbers(cells, reading, DECIMAL_NUMBER if kind in CLOCK else WHOLE_NUMBER)
    fits = numbers.abs() <= LONGEST[kind]
    return numbers.where(fits if kind in CLOCK else fits & (numbers % 1 == 0))


def _faults(cells: pd.Series, reasons: pd.Series, column: Column) -> pd.DataFrame:
    lost = reasons.notna()
    faults = pd.DataFrame(
        {
            "row": cells.index[lost],
            "column": column.name,
            "value": as_text(cells[lost]).array,
            "reason": reasons[lost].array,
        }
    )
    return faults[FAULT_COLUMNS]
