"""A raw cell as a person may see it: in a list of rows set aside, or in a spreadsheet."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd

from briefings.escaping import spreadsheet_text, visible


def raw_text(cell: object) -> str:
    """A raw cell as text: empty where it is missing, a day or moment in ISO 8601."""
    if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def shown(text: str) -> str:
    """The text without power over a spreadsheet or a terminal; what nobody sees is named."""
    return spreadsheet_text(visible(text))


def raw_texts(cells: pd.Series) -> pd.Series:
    """The same of a whole column; of text, whole numbers and yes or no without a look at each."""
    dtype = cells.dtype
    if isinstance(dtype, pd.StringDtype):
        return cells.fillna("")
    if isinstance(dtype, np.dtype) and dtype.kind in "iub":
        return cells.astype("str")
    if dtype == "datetime64[us]" and not (cells.dt.microsecond != 0).any():
        written = pd.Series(np.datetime_as_string(cells, unit="s"), cells.index, dtype="str")
        return written.str.replace("T", " ").mask(cells.isna(), "")
    return cells.map(raw_text).astype("str")
