"""Rows by the month in which they begin, and those that are dated later than some day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis.expr.types as ir

from briefings.periods import Month
from briefings.statistics.tables import fetch

MONTHS_A_YEAR = 12


def rows_by_month(table: ir.Table, column: str) -> dict[Month, int]:
    """How many rows have their day or moment of a column in each month."""
    day = table[column]
    numbers = table.select(number=day.year() * MONTHS_A_YEAR + day.month() - 1)
    counted = fetch(numbers.group_by("number").aggregate(rows=numbers.count()))
    pairs = zip(counted["number"].astype(int), counted["rows"].astype(int), strict=True)
    return {Month(n // MONTHS_A_YEAR, n % MONTHS_A_YEAR + 1): rows for n, rows in pairs}


def rows_from(table: ir.Table, days: Mapping[str, date]) -> int:
    """How many rows have the day of one of some columns on or after the day named for it."""
    late = [(table[column].date() >= day).fill_null(False) for column, day in days.items()]
    if not late:
        return 0
    either = late[0]
    for other in late[1:]:
        either = either | other
    found = table.filter(either)
    return int(fetch(found.aggregate(rows=found.count()))["rows"].iloc[0])
