"""Subtotals that a source prints among its rows, against the sums of the rows themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa

from briefings.intake.cell_numbers import decimal_numbers
from briefings.intake.cells import as_text
from briefings.intake.detectors import mask_strictly
from briefings.intake.row_rules import LEFT_OUT, RowRule, SubtotalCheck
from briefings.intake.spool import Spool
from briefings.intake.written_numbers import NumberReading

EQUAL, DIFFERS, UNREADABLE = "equal", "differs", "not a number"
NO_ROWS, NO_SUBTOTAL = "no rows", "no subtotal"
# A stated total and a sum of halves and whole numbers are exact; the rest is of the machine.
ROUNDING = 1e-6
AT_ONCE = 10_000
BETWEEN = "\x1f"  # no cell has it: readers keep control characters out
ALL = "(all)"  # the group of a total of all rows
# Period, group and column.
Cell: TypeAlias = tuple[str, str, str]
RESULT_COLUMNS = ["period", "group", "column", "stated", "summed", "rows", "verdict"]


class Subtotals:
    """The subtotals that one rule leaves out, and the rows that they are said to be the sums of."""

    def __init__(self, spool: Spool, number: int, rule: RowRule, check: SubtotalCheck) -> None:
        self._spool, self._rule, self._check = spool, rule, check
        self._table = f"sums_{number}"
        self._groups = {part: name for name, parts in check.names for part in parts}

    def add(self, corrected: pd.DataFrame, delivered: pd.DataFrame, offset: int) -> None:
        """The next raw rows, numbered from `offset` on: parts as corrected, totals as delivered."""
        if corrected is delivered:
            self._put(corrected, offset, None)
        else:
            self._put(corrected, offset, False)
            self._put(delivered, offset, True)

    def _put(self, raw: pd.DataFrame, offset: int, is_stated: bool | None) -> None:
        """Rows for one side, or for both."""
        check = self._check
        first, *rest = (as_text(raw[heading]).fillna("") for heading in check.by)
        for by in rest:
            first = first + BETWEEN + by
        whole, part = (
            as_text(raw[heading]).fillna("") if heading else pd.Series(ALL, raw.index)
            for heading in (check.group, check.of)
        )
        texts = {"period": first, "whole": whole, "part": part}
        columns = {"row": pa.array(raw.index + offset, pa.int64())}
        columns |= {name: pa.array(cells, pa.string()) for name, cells in texts.items()}
        columns["is_stated"] = pa.array([is_stated] * len(raw), pa.bool_())
        for place, heading in enumerate(check.columns):
            numbers = _summable(raw[heading], self._rule.numbers[heading])
            columns[f"n{place}"] = pa.array(numbers.to_numpy())  # keeps NaN apart from nothing
        self._spool.put(self._table, pa.table(columns))

    def reconcile(self, first: int, last: int) -> pd.DataFrame:
        """Each subtotal among the rows of these numbers beside its sum; after the table is settled.

        Parts are all rows that are used. Grain: one cell of a subtotal. Columns: period (the
        cells of `by`), group, column, stated, summed, rows (how many were summed), verdict:
        equal, differs, no rows, no subtotal for rows that belong to none, or not a number where
        a cell of either side can not be read.
        """
        stated, summed = dict[Cell, Sum](), dict[Cell, Sum]()
        for row in self._rows(first, last):
            group = row["whole"] if row["reason"] else self._groups.get(row["part"], row["part"])
            for place, heading in enumerate(self._check.columns):
                sums = stated if row["reason"] else summed
                sums.setdefault((row["period"], group, heading), Sum()).add(row[f"n{place}"])
        lines = []
        for cell in sorted(stated.keys() | summed.keys()):
            total, parts = stated.get(cell), summed.get(cell)
            values = (total or NOTHING).value, (parts or NOTHING).value
            period, *of = cell
            shown = (period.replace(BETWEEN, " "), *of)
            lines.append((*shown, *values, (parts or NOTHING).count, _verdict(total, parts)))
        return pd.DataFrame(lines, columns=RESULT_COLUMNS)

    def _rows(self, first: int, last: int) -> Iterator[dict[str, Any]]:
        """Rows that are used, without a reason, and subtotals, with one."""
        query = f"""
            SELECT {self._table}.*, reason FROM {self._table} LEFT JOIN first_faults USING (row)
            WHERE row BETWEEN {first} AND {last} AND (
                reason IS NULL AND is_stated IS NOT true
                OR reason = $reason AND "column" = '{LEFT_OUT}' AND is_stated IS NOT false
            )
            ORDER BY row
        """
        for batch in self._spool.batches(query, AT_ONCE, {"reason": self._rule.reason}):
            yield from batch.to_pylist()


class Sum:
    """A sum that hardly depends on what was added first (Kahan), and of how many numbers."""

    def __init__(self, value: float = 0.0) -> None:
        self.value, self.count, self._lost = value, 0, 0.0

    def add(self, number: float) -> None:
        """One more number."""
        exact = number - self._lost
        total = self.value + exact
        lost = (total - self.value) - exact
        self._lost = lost if math.isfinite(lost) else 0.0
        self.value, self.count = total, self.count + 1


NOTHING = Sum(math.nan)


def verdicts_of(checks: Sequence[Subtotals], first: int, last: int) -> pd.DataFrame:
    """What all checks found of the rows with these numbers; see Subtotals.reconcile.

    What looks personal in the name of a group or a period is masked.
    """
    found = [check.reconcile(first, last) for check in checks]
    filled = [table for table in found if len(table)]
    empty = pd.DataFrame(columns=RESULT_COLUMNS)
    verdicts = pd.concat(filled, ignore_index=True) if filled else empty
    return verdicts.assign(
        **{name: verdicts[name].map(mask_strictly) for name in ("period", "group")}
    )


def subtotals_of(spool: Spool, rules: Sequence[RowRule]) -> list[Subtotals]:
    """The checks of a profile's rules."""
    return [
        Subtotals(spool, number, rule, rule.sums)
        for number, rule in enumerate(rules)
        if rule.sums is not None
    ]


def _summable(cells: pd.Series, reading: NumberReading | None) -> pd.Series:
    """The numbers of cells: zero where a cell is empty, NaN where it is filled with no number."""
    numbers = decimal_numbers(cells, reading).mask(cells.isna(), 0.0)
    return numbers.astype("float64")


def _verdict(stated: Sum | None, summed: Sum | None) -> str:
    if stated is None:
        return NO_SUBTOTAL
    if summed is None:
        return NO_ROWS
    difference = abs(stated.value - summed.value)
    if math.isnan(difference):
        return UNREADABLE
    return EQUAL if difference <= ROUNDING else DIFFERS
