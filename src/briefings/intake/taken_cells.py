"""The raw cells that a source takes from a row: of one column, of several, of conditions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from briefings.intake.cell_numbers import decimal_numbers
from briefings.intake.cells import as_text
from briefings.intake.conditions import holds
from briefings.intake.source import Source, source_heading
from briefings.intake.written_dates import read_moments


def taken_cells(file: Path, raw: pd.DataFrame, source: Source) -> pd.Series:
    """The cells of a source in every raw row of a chunk of the file; empty where there is none."""
    if source.take == "one":
        found = source_heading(source, set(raw.columns))
        return raw[found[0]] if found else _nothing(raw)
    if source.take == "file_name":
        return pd.Series(file.name, index=raw.index, dtype="str")
    if source.take == "cases":
        return _cases(raw, source)
    if source.take == "days_between":
        return _days_between(raw, source)
    if source.take == "sum":
        return _sum(raw, source)
    if source.take == "first":
        return _first_filled(raw, source)
    parts = [as_text(raw[heading]) for heading in source.headings]
    joined: pd.Series = parts[0].str.cat(pd.concat(parts[1:], axis=1), sep=source.glue)
    return joined


def _nothing(raw: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, index=raw.index, dtype="str")


def _first_filled(raw: pd.DataFrame, source: Source) -> pd.Series:
    found = _nothing(raw).astype(object)
    for heading in source.headings:
        if heading in raw.columns:
            found = found.where(found.notna(), raw[heading].astype(object))
    return found


def _sum(raw: pd.DataFrame, source: Source) -> pd.Series:
    """The sums of numbers; as text what cannot be read, so that it stays unreadable."""
    cells = [raw[heading].astype(object) for heading in (*source.headings, *source.minus)]
    cells = [each.fillna(source.if_empty) if source.if_empty else each for each in cells]
    signs = [1] * len(source.headings) + [-1] * len(source.minus)
    numbers = [
        sign * decimal_numbers(each, source.number) for sign, each in zip(signs, cells, strict=True)
    ]
    sums = pd.concat(numbers, axis="columns").sum(axis="columns", skipna=False).astype(object)
    lost = [each.notna() & number.isna() for each, number in zip(cells, numbers, strict=True)]
    first, *rest = (as_text(each).fillna("") for each in cells)
    written = first
    for each in rest:
        written = written + " … " + each
    return sums.mask(pd.concat(lost, axis="columns").any(axis="columns"), written.astype(object))


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
