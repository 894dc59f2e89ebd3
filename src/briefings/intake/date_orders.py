"""Whether days or months stand first in a file: a column that does not tell, asks the others."""

from __future__ import annotations

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.written_dates import DateReading, read_moments

ORDERS = ("day-first", "month-first")
# 2025/1/31 tells its order by itself.
EITHER = r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}"
LOOKED_AT = 2_000


def orders_of(cells: pd.Series) -> tuple[str, ...] | None:
    """The orders that read every cell with a day and a month in figures.

    None where there is no such cell; no order where some cells fit only one, others only the other.
    """
    text = as_text(cells.dropna())
    if not text.head(LOOKED_AT).str.match(EITHER, na=False).any():
        return None
    written = text[text.str.match(EITHER, na=False)].drop_duplicates()
    read = {order: read_moments(written, DateReading((order,))).notna() for order in ORDERS}
    dates = read[ORDERS[0]] | read[ORDERS[1]]
    if not dates.any():
        return None
    return tuple(order for order in ORDERS if read[order][dates].all())


def order_of_file(raw: pd.DataFrame) -> str:
    """The order of the columns that fit only one; empty where there is none, or they differ."""
    found = {orders for name in raw.columns if len(orders := orders_of(raw[name]) or ()) == 1}
    return found.pop()[0] if len(found) == 1 else ""
