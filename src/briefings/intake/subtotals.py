"""Subtotals that a source prints among its rows, against the sums of the rows themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from briefings.intake.cells import as_text
from briefings.intake.detectors import mask_strictly
from briefings.intake.row_rules import RowRule, SubtotalCheck

EQUAL, DIFFERS, NO_ROWS, NO_SUBTOTAL = "equal", "differs", "no rows", "no subtotal"
# A stated total and a sum of halves and whole numbers are exact; the rest is of the machine.
ROUNDING = 1e-6
MIDNIGHT = " 00:00:00"
RESULT_COLUMNS = ["period", "group", "column", "stated", "summed", "rows", "verdict"]


def verdicts_of(raw: pd.DataFrame, reasons: pd.Series, rules: Sequence[RowRule]) -> pd.DataFrame:
    """The verdicts of all rules that say what their rows are the sums of; see reconcile.

    What looks personal in the name of a group or a period is masked.
    """
    found = [reconcile(raw, reasons, rule) for rule in rules if rule.sums]
    filled = [table for table in found if len(table)]
    empty = pd.DataFrame(columns=RESULT_COLUMNS)
    verdicts = pd.concat(filled, ignore_index=True) if filled else empty
    return verdicts.assign(
        **{name: verdicts[name].map(mask_strictly) for name in ("period", "group")}
    )


def reconcile(raw: pd.DataFrame, reasons: pd.Series, rule: RowRule) -> pd.DataFrame:
    """Each subtotal beside its sum.

    `reasons` says which rows are not used and why: the subtotals are those that `rule` left
    out, their parts all rows that are used. Grain: one cell of a subtotal. Columns: period (the
    cells of `by`), group, column, stated, summed, rows (how many were summed), verdict: equal,
    differs, no rows, or no subtotal for rows that belong to none.
    """
    check = rule.sums
    if check is None:
        return pd.DataFrame(columns=RESULT_COLUMNS)
    groups = _group_of(check)
    totals = _long(raw[(reasons == rule.reason).fillna(False).astype(bool)], check, check.group)
    parts = _long(raw[reasons.isna()], check, check.of)
    parts["group"] = parts["group"].map(lambda name: groups.get(name, name))
    key = ["period", "group", "column"]
    stated = totals.groupby(key, dropna=False)["number"].sum().rename("stated")
    summed = parts.groupby(key, dropna=False)["number"].agg(summed="sum", rows="size")
    both = pd.concat([stated, summed], axis=1).reset_index()
    both["rows"] = both["rows"].fillna(0).astype("int64")
    both["verdict"] = [_verdict(*row) for row in both[["stated", "summed"]].to_numpy()]
    return both[RESULT_COLUMNS].sort_values(key, ignore_index=True)


def _group_of(check: SubtotalCheck) -> dict[str, str]:
    return {part: name for name, parts in check.names for part in parts}


def _long(rows: pd.DataFrame, check: SubtotalCheck, group: str) -> pd.DataFrame:
    """Grain: row × column that is summed."""
    numbers = rows[list(check.columns)].apply(pd.to_numeric, errors="coerce").astype("float64")
    first, *rest = (
        as_text(rows[heading]).fillna("").str.removesuffix(MIDNIGHT) for heading in check.by
    )
    for by in rest:
        first = first + " " + by
    numbers["period"] = first
    numbers["group"] = as_text(rows[group]).fillna("")
    long: pd.DataFrame = numbers.melt(["period", "group"], var_name="column", value_name="number")
    return long.fillna({"number": 0.0})


def _verdict(stated: float, summed: float) -> str:
    if pd.isna(stated):
        return NO_SUBTOTAL
    if pd.isna(summed):
        return NO_ROWS
    return EQUAL if abs(stated - summed) <= ROUNDING else DIFFERS
