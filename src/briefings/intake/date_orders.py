"""Whether days or months stand first in a file: a column that does not tell, asks the others."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.written_dates import DateReading, read_moments

ORDERS = ("day-first", "month-first")
# 2025/1/31 tells its order by itself.
EITHER = r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}"
LOOKED_AT = 2_000
# Of dates that come as they come six in ten tell their order: where fewer than this do, it is they
# that are wrong. Our own convention.
LEAST_TELLING = 0.05


def orders_of(cells: pd.Series) -> tuple[str, ...] | None:
    """The orders that read every cell with a day and a month in figures.

    None where there is no such cell; no order where some cells fit only one, others only the
    other, or where hardly a cell tells.
    """
    text = as_text(cells.dropna())
    if not text.head(LOOKED_AT).str.match(EITHER, na=False).any():
        return None
    written = text[text.str.match(EITHER, na=False)].drop_duplicates()
    read = {order: read_moments(written, DateReading((order,))).notna() for order in ORDERS}
    dates = read[ORDERS[0]] | read[ORDERS[1]]
    if not dates.any():
        return None
    telling = read[ORDERS[0]] != read[ORDERS[1]]
    if 0 < telling.sum() < LEAST_TELLING * dates.sum():
        return ()
    return tuple(order for order in ORDERS if read[order][dates].all())


@dataclass(frozen=True)
class FileOrder:
    """The order of the dates of a file, and a heading that tells it; empty where none does."""

    order: str = ""
    told_by: str = ""


UNKNOWN_ORDER = FileOrder()


def order_of_file(raw: pd.DataFrame) -> FileOrder:
    """The order of the columns that fit only one; none where there is none, or they differ."""
    found = {
        FileOrder(orders[0], name)
        for name in map(str, raw.columns)
        if len(orders := orders_of(raw[name]) or ()) == 1
    }
    if len({each.order for each in found}) != 1:
        return UNKNOWN_ORDER
    return min(found, key=lambda each: each.told_by)
