"""Raw cells as text, whatever type the file gave them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def as_text(cells: pd.Series) -> pd.Series:
    """The cells as a person would write them: 288, not 288.0, and true, not True.

    Each by itself: pandas would write a day in one way beside days and in another beside times.
    """
    dtype = cells.dtype
    if isinstance(dtype, pd.StringDtype) or dtype.kind in "iu":
        return cells.astype("str")
    text = moment_text if isinstance(dtype, np.dtype) and dtype.kind == "M" else cell_text
    return cells.astype(object).map(text, na_action="ignore").astype("str")


def cell_text(cell: object) -> str:
    """One cell that is not empty."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def moment_text(moment: pd.Timestamp) -> str:
    """A moment, or its day at midnight."""
    return str(moment.date() if moment == moment.normalize() else moment)


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
