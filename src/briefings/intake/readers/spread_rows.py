"""Long tables, with a row for each value: what names the values becomes headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefings.errors import InputError
from briefings.intake.cells import as_text
from briefings.intake.detectors import mask_strictly
from briefings.intake.layout import MISFIT, Spread
from briefings.intake.readers.headings import SHOWN_CHARACTERS, one_line, refuse_unusable
from briefings.intake.readers.limits import SPREAD_BYTES
from briefings.intake.readers.sheets import SHEET_HEADING
from briefings.intake.stated import listed

# What a reader writes itself goes with the row whatever the profile says.
OF_READERS = (SHEET_HEADING, MISFIT)
SHOWN_FAULTS = 5
Places = npt.NDArray[np.intp]
BYTES_OF_A_CELL = 8
CELL = ["row", "named"]


def spread_rows(
    file: Path, tables: Iterable[pd.DataFrame], spread: Spread, rows: int
) -> Iterator[pd.DataFrame]:
    """The wide table of a long one, `rows` rows at a time.

    One row for each combination of what tells rows apart, in the order and with the number of its
    first raw row. Rows without any cell are passed over; those of another width than the headings
    stay as they are. All is held at once. InputError where a row has no name, a combination one
    name twice, or a name is the heading of a column that stays.
    """
    table = _in_one_piece(file, tables)
    kept = _kept(file, list(table.columns), spread)
    aside = table[MISFIT].notna() if MISFIT in table else pd.Series(False, table.index)
    is_filled = table.drop(columns=list(OF_READERS), errors="ignore").notna().any(axis=1)
    long = table[~aside & is_filled]
    wide = _wide(file, long, kept, spread)
    if aside.any():
        wide = pd.concat([wide, table.loc[aside, kept]]).sort_index()
    for first in range(0, max(len(wide), 1), rows):
        yield wide.iloc[first : first + rows]


def _in_one_piece(file: Path, tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    held, size = [], 0
    for table in tables:
        held.append(table)
        size += int(table.memory_usage(deep=True).sum())
        SPREAD_BYTES.refuse(file, size)
    return pd.concat(held)


def _kept(file: Path, headings: list[str], spread: Spread) -> list[str]:
    """The headings that tell rows apart."""
    lacking = [repr(heading) for heading in spread.headings if heading not in headings]
    if lacking:
        raise InputError(
            f"{file}: headings of `spread` are missing: {', '.join(lacking)}.",
            "Correct the layout of the profile, or the file.",
        )
    if not spread.same:
        return [name for name in headings if name not in (spread.names, spread.values)]
    return [name for name in headings if name in spread.same or name in OF_READERS]


def _wide(file: Path, long: pd.DataFrame, kept: list[str], spread: Spread) -> pd.DataFrame:
    names = as_text(long[spread.names])
    _refuse_nameless(file, names, spread.names)
    names = names.map({name: one_line(name) for name in names.unique()})
    which, headings = pd.factorize(names)
    refuse_unusable(file, list(headings))
    refuse_unusable(file, [*kept, *headings], ours=True)
    row = _rows(long, kept)
    SPREAD_BYTES.refuse(file, (row.max() + 1 if len(row) else 0) * len(headings) * BYTES_OF_A_CELL)
    _refuse_doubled(file, long, spread, row, names)
    wide = long.loc[~pd.Series(row, long.index).duplicated(), kept]
    index, values = wide.index, long[spread.values]
    if not isinstance(values.dtype, pd.StringDtype):
        values = values.astype(object)  # a count beside an empty cell stays whole
    values = values.set_axis(index[row])
    parts = (cells.reindex(index) for _, cells in values.groupby(which, sort=False))
    columns = dict(zip(headings, parts, strict=True))
    return pd.concat([wide, pd.DataFrame(columns, index=index)], axis=1)


def _rows(long: pd.DataFrame, kept: list[str]) -> Places:
    """The place of each raw row's combination, counted from 0 in the order of the first ones."""
    if not kept:
        return pd.factorize(pd.Series(0, long.index))[0]
    texts = pd.DataFrame({name: as_text(long[name]) for name in kept})
    return pd.factorize(texts.groupby(kept, dropna=False, sort=False).ngroup())[0]


def _refuse_nameless(file: Path, names: pd.Series, heading: str) -> None:
    nameless = names.index[names.isna()]
    if len(nameless):
        raise InputError(
            f"{file}: no {heading!r} to name the value in row {listed(list(map(str, nameless)))}.",
            "Correct the file; rows below the table are left out by `footer` or `last_row`.",
        )


def _refuse_doubled(
    file: Path, long: pd.DataFrame, spread: Spread, row: Places, names: pd.Series
) -> None:
    """Raise InputError where one cell would hold two values, be they equal or not."""
    cells = pd.DataFrame({"row": row, "named": names, "value": as_text(long[spread.values])})
    again = cells[cells.duplicated(CELL)]
    if again.empty:
        return
    firsts = cells.drop_duplicates(CELL).rename_axis("number").reset_index()
    pairs = again.head(SHOWN_FAULTS).rename_axis("again").reset_index()
    pairs = pairs.merge(firsts, on=CELL, suffixes=("", "_first"))
    found = "; ".join(
        f"rows {each.number} and {each.again} ({mask_strictly(each.named)[:SHOWN_CHARACTERS]}, "
        f"{each.verdict})"
        for each in map(_Pair._make, pairs[list(_Pair._fields)].itertuples(index=False))
    )
    more = f", and {len(again) - SHOWN_FAULTS} more" if len(again) > SHOWN_FAULTS else ""
    raise InputError(
        f"{file}: one cell would hold two values: {found}{more}.",
        "Name under `same` all that tells rows apart, or deliver every value once.",
    )


class _Pair(NamedTuple):
    """Two raw rows with a value for the same cell."""

    number: int
    again: int
    named: str
    value: Any
    value_first: Any

    @property
    def verdict(self) -> str:
        """Whether the values are equal, as two empty ones are."""
        both_empty = pd.isna(self.value) and pd.isna(self.value_first)
        is_equal = both_empty or self.value == self.value_first
        return "doubled with equal values" if is_equal else "with different values"
