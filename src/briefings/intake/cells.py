"""Raw cells as text, whatever type the file gave them."""

from __future__ import annotations

from datetime import datetime, time

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def as_text(cells: pd.Series) -> pd.Series:
    """The cells as a person would write them: 288, not 288.0, true, not True, a day without 00:00.

    Each by itself, so that none is written otherwise for what stands beside it in the column.
    """
    dtype = cells.dtype
    if isinstance(dtype, pd.StringDtype) or dtype.kind in "iu":
        return cells.astype("str")
    return cells.astype(object).map(cell_text, na_action="ignore").astype("str")


def cell_text(cell: object) -> str:
    """One cell that is not empty."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime):
        return moment_text(cell)
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def moment_text(moment: datetime) -> str:
    """A moment, or its day at midnight of nobody's zone."""
    is_day = moment.tzinfo is None and moment.time() == time.min
    return str(moment.date() if is_day else moment)


def kept_where(cells: pd.Series, condition: pd.Series) -> pd.Series:
    """The cells of rows that meet a condition, the others empty; long numbers keep their digits."""
    mixed = cells if cells.dtype.kind in "OM" else cells.astype(object)
    return mixed.where(condition)


def are_numbers(cells: pd.Series) -> pd.Series:
    """Whether each cell is a number by its type, as in a workbook."""
    if cells.dtype != object:
        return pd.Series(cells.dtype.kind in "iuf", index=cells.index)
    found = [isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells]
    return pd.Series(found, index=cells.index, dtype=bool)


def matching(cells: pd.Series, pattern: str) -> pd.Series:
    """Whether a pattern occurs in each text; in linear time, whatever the pattern."""
    found = pc.match_substring_regex(_arrow(cells), pattern)
    return pd.Series(found.to_numpy(zero_copy_only=False), cells.index).fillna(False).astype(bool)


def matched(cells: pd.Series, pattern: str) -> pd.Series:
    """What the first match of a pattern holds, in its group if it has one; else missing."""
    texts = _arrow(cells)
    try:
        parts = pc.replace_substring_regex(texts, rf"(?s)^.*?(?:{pattern}).*$", r"\1")
    except pa.ArrowInvalid:  # it has no group: only RE2 itself knows what is one
        parts = pc.replace_substring_regex(texts, rf"(?s)^.*?({pattern}).*$", r"\1")
    text = pd.Series(parts.to_pandas().array, cells.index, dtype="str").str.strip()
    return text.where(matching(cells, pattern) & (text != ""))


def _arrow(cells: pd.Series) -> pa.Array:
    return pa.array(cells.astype(object).where(cells.notna(), None), pa.string())
