"""Rows that are dated later than a delivery of all months can know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import ibis.expr.types as ir

from briefings.intake.deliveries import ALL_MONTHS
from briefings.intake.future import BEGINS, HAPPENS, LONGEST_AFTER
from briefings.intake.snapshot import TableIntake
from briefings.periods import Month
from briefings.statistics.dated_late import rows_by_month, rows_from

# Nothing says until when an export of all months reaches. From the month of its middle row on, a
# gap of more months than these without any row is its end. Our own convention.
LONGEST_GAP = 12


def with_futures(
    intake: Iterable[TableIntake], tables: Mapping[str, ir.Table]
) -> list[TableIntake]:
    """What became of raw tables; of those of all months, with how many rows are dated too late.

    A table whose rows do not begin on a day reaches as far as the others.
    """
    rows = list(intake)
    whole = {row.table for row in rows} - {row.table for row in rows if row.delivery != ALL_MONTHS}
    ends = {
        table: last_month(rows_by_month(tables[table], column))
        for table, column in BEGINS.items()
        if table in whole
    }
    latest = max((end for end in ends.values() if end is not None), default=None)
    return [
        replace(row, future=_future(tables[row.table], row.table, end))
        if row.table in whole and (end := ends.get(row.table) or latest)
        else row
        for row in rows
    ]


def last_month(counts: Mapping[Month, int]) -> Month | None:
    """The month with which an export ends; None where it has no rows."""
    total, seen, last = sum(counts.values()), 0, None
    for month in sorted(counts):
        if last is not None and 2 * seen >= total and last + LONGEST_GAP < month:
            break
        seen, last = seen + counts[month], month
    return last


def _future(table: ir.Table, name: str, end: Month) -> int:
    """How many rows begin after a month, or happen a year after it."""
    after = (end + 1).first_day
    days = {BEGINS[name]: after} if name in BEGINS else {}
    if name in HAPPENS:
        days[HAPPENS[name]] = after + LONGEST_AFTER
    return rows_from(table, days)
