"""Values out of raw cells: a part of the text, its code, its type, a moment moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from briefings.intake.cell_numbers import (
    NOT_A_NUMBER,
    NOT_WHOLE,
    decimal_numbers,
    whole_numbers,
)
from briefings.intake.cells import as_text, matched
from briefings.intake.contract import Column, Kind
from briefings.intake.labels import lookup
from briefings.intake.quarantine_reasons import UNKNOWN_UNIT
from briefings.intake.shifts import LONGEST, SPANS, WorkingDays, end_of_period, shifted
from briefings.intake.shifts import Kind as ShiftKind
from briefings.intake.source import AS_THEY_STAND, Part, Shift, Source
from briefings.intake.written_dates import read_moments

FLAGS = {"true": True, "false": False, "1": True, "0": False}
OUTSIDE_LIST = "value outside the code list"
NO_SUCH_PART = "the text has no such part"
BEYOND_CALENDAR = "outside the years of the working-day calendar"
UNREADABLE: dict[Kind, str] = {
    "text": "unreadable text",
    "day": "unreadable date",
    "moment": "unreadable date",
    "whole": NOT_WHOLE,
    "number": NOT_A_NUMBER,
    "flag": "neither true nor false",
}


@dataclass(frozen=True)
class Values:
    """A column's cells on the way: the values, and where and why a filled cell was lost."""

    values: pd.Series
    reasons: pd.Series


def read_values(
    cells: pd.Series,
    column: Column,
    source: Source,
    working: WorkingDays,
    *,
    moments: pd.Series | None = None,
    lengths: Values | None = None,
) -> Values:
    """What stands in the cells of a column, as its contract has it.

    `moments` are those of the cells, where they were read before; `lengths` by how much each is
    moved, where that is no constant.
    """
    read = _typed(_coded(_parted(cells, source), column, source), column, source, moments)
    if source.shift is not None:
        read = _shifted(read, source.shift, working, lengths)
    return Values(read.values.dt.normalize(), read.reasons) if column.kind == "day" else read


def read_lengths(cells: pd.Series, source: Source, kind: ShiftKind, working: WorkingDays) -> Values:
    """By how much moments are to be moved, as a source says; none that is beyond all reason."""
    read = read_values(cells, length_column(kind), source, working)
    values = read.values.where(read.values.abs() <= LONGEST[kind])
    return Values(
        values, _noting(read.reasons, cells, values, UNREADABLE[length_column(kind).kind])
    )


def length_column(kind: ShiftKind) -> Column:
    """A length as if it were a column: whole, or a number where moments move by the clock."""
    return Column(kind, "number" if kind in SPANS else "whole")


def _parted(cells: pd.Series, source: Source) -> Values:
    none = pd.Series(pd.NA, index=cells.index, dtype="str")
    if source.part is None:
        return Values(cells, none)
    values = _part_of(as_text(cells), source.part)
    return Values(values, none.mask(cells.notna() & values.isna(), NO_SUCH_PART))


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


def _coded(read: Values, column: Column, source: Source) -> Values:
    if not source.codes or source.take == "cases":
        return read
    text = as_text(read.values)
    codes = lookup(source.codes, text.dropna().unique(), source.ignore)
    values = text.map(codes).astype("str")
    lost = text.notna() & values.isna()
    if source.others == AS_THEY_STAND:
        kept = read.values.astype(object).where(lost, values.astype(object))
        return Values(kept.where(kept != ""), read.reasons)
    if source.others is not None:
        values, lost = values.mask(lost, source.others), lost & False
    is_unit = column.refers_to_unit and column.values is None
    reasons = read.reasons.mask(lost, UNKNOWN_UNIT if is_unit else OUTSIDE_LIST)
    return Values(values.mask(values == ""), reasons)


def _typed(read: Values, column: Column, source: Source, moments: pd.Series | None) -> Values:
    cells = read.values
    if column.kind in ("day", "moment"):
        values = read_moments(cells, source.dates) if moments is None else moments
    elif column.kind == "whole":
        values = whole_numbers(cells, source.number)
    elif column.kind == "number":
        values = decimal_numbers(cells, source.number)
    elif column.kind == "flag":
        values = as_text(cells).str.lower().map(FLAGS)
    else:
        values = as_text(cells)
    return Values(values, _noting(read.reasons, cells, values, UNREADABLE[column.kind]))


def _noting(reasons: pd.Series, before: pd.Series, after: pd.Series, reason: str) -> pd.Series:
    """The reasons, with those added of cells that were filled before and are lost after."""
    return reasons.mask(reasons.isna() & before.notna() & after.isna(), reason)


def _shifted(read: Values, shift: Shift, working: WorkingDays, lengths: Values | None) -> Values:
    """Moments moved by what the profile says, or by what each row says."""
    moments = read.values
    if shift.kind in ("start_of_months", "end_of_months"):
        assert isinstance(shift.by, int)
        return Values(end_of_period(moments, shift.by, shift.kind), read.reasons)
    if lengths is None:
        by, unread = pd.Series(shift.by, index=moments.index, dtype="Float64"), read.reasons
    else:
        by, unread = lengths.values, read.reasons.fillna(lengths.reasons.where(moments.notna()))
    known = moments.notna() & by.notna()
    moved = pd.Series(pd.NaT, index=moments.index, dtype="datetime64[us]")
    moved[known] = shifted(moments[known], by[known], shift.kind, working)
    return Values(moved, unread.mask(known & moved.isna(), BEYOND_CALENDAR))
