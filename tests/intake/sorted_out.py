"""Rows sorted out in chunks of any size, without a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from briefings.intake.contract import Column, Contract
from briefings.intake.mapping import FAULT_COLUMNS, Mapper
from briefings.intake.profiles import TableProfile
from briefings.intake.row_rules import RowRule
from briefings.intake.screening import Screen
from briefings.intake.spool import USUAL_ROOM, Spool
from briefings.intake.taking import Taking

# One column that may be empty, and is: rows without a key are no doubles.
NOTES = Contract("notes", key=("note",), columns=(Column("note"),))


def chunks(table: pd.DataFrame, size: int | None) -> Iterator[pd.DataFrame]:
    """Pieces of a table; one at the least."""
    step = size or max(len(table), 1)
    return (table.iloc[start : start + step] for start in range(0, max(len(table), 1), step))


def sort_out(
    mapped: pd.DataFrame,
    faults: pd.DataFrame,
    contract: Contract,
    units: Collection[str] | None,
    size: int | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The used rows by their number, and the faults."""
    with Spool(USUAL_ROOM) as spool:
        taking = Taking(Screen(contract, TableProfile({})), units, spool)
        for rows in chunks(mapped, size):
            taking.put_mapped(rows, faults[faults["row"].isin(rows.index)])
        taking.settle()
        numbers = spool.rows("SELECT row FROM rows WHERE row NOT IN (SELECT row FROM faults)")
        used = pd.concat(taking.used(["row"]))
        found = pd.concat(taking.faults())[FAULT_COLUMNS]
    return used.set_axis(pd.Index(sorted(row for (row,) in numbers), dtype="int64")), found


@contextmanager
def _ruled(raw: pd.DataFrame, rules: tuple[RowRule, ...], size: int | None) -> Iterator[Taking]:
    """Raw rows of which nothing is taken in, settled by some rules."""
    profile = TableProfile({}, rules=rules)
    with Spool(USUAL_ROOM) as spool:
        taking = Taking(Screen(NOTES, profile), None, spool)
        mapper = Mapper(Path("raw.csv"), NOTES, profile)
        for rows in chunks(raw, size):
            taking.put(rows, mapper, 0)
            for check in taking.subtotals:
                check.add(rows, rows, 0)
        taking.settle()
        yield taking


def leave_out(raw: pd.DataFrame, rules: tuple[RowRule, ...], size: int | None) -> dict[int, str]:
    """The reason of each row that is left out."""
    with _ruled(raw, rules, size) as taking:
        found = pd.concat(taking.faults())
    return dict(zip(found["row"].tolist(), found["reason"], strict=True))


def reconcile(raw: pd.DataFrame, rules: tuple[RowRule, ...], size: int | None) -> pd.DataFrame:
    """The subtotals of the first rule that has any beside their sums."""
    with _ruled(raw, rules, size) as taking:
        return taking.subtotals[0].reconcile(int(raw.index.min()), int(raw.index.max()))
