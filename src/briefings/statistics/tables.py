"""The tables of a snapshot as Ibis expressions on DuckDB; a table not delivered has no rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import Snapshot
from briefings.periods import Window

NEVER_RECEIVED = (1, 3)  # registered only; refused


def open_tables(snapshot: Snapshot) -> dict[str, ir.Table]:
    """Every contract table by name, reading the snapshot's Parquet in place."""
    connection = ibis.duckdb.connect()
    tables = {}
    for name, contract in CONTRACTS.items():
        files = snapshot.files(name)
        tables[name] = (
            connection.read_parquet(files, table_name=name)
            if files
            else connection.create_table(name, as_expression(contract.empty()), temp=True)
        )
    return tables


def accepted(dossiers: ir.Table) -> ir.Table:
    """Dossiers that an office received: portal status neither registered only nor refused.

    Grain: one dossier. A missing status counts as received.
    """
    return dossiers.filter(dossiers.status.isnull() | dossiers.status.notin(NEVER_RECEIVED))


def of_units(table: ir.Table, units: Collection[str] | None) -> ir.Table:
    """The rows of some units, or all rows where no units are named."""
    return table if units is None else table.filter(table.unit.isin(list(units)))


def as_expression(table: pd.DataFrame) -> ir.Table:
    """A small pandas table as an expression; through Arrow, whose types need no guessing."""
    return ibis.memtable(pa.Table.from_pandas(table, preserve_index=False))


def fetch(expression: ir.Table) -> pd.DataFrame:
    """The rows of an expression."""
    rows: pd.DataFrame = expression.to_pyarrow().to_pandas()
    return rows


def span_of(windows: Iterable[Window]) -> ir.Table:
    """Windows as an expression. Grain: one window; columns window, start, end."""
    columns = pa.schema({"window": pa.string(), "start": pa.date32(), "end": pa.date32()})
    rows = [{"window": w.name, "start": w.start, "end": w.end} for w in windows]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=columns))


def within(table: ir.Table, day: str, span: ir.Table) -> ir.Table:
    """Each row once per window of `span` (window, start, end) that its day lies in."""
    pairs = table.cross_join(span)
    return pairs.filter(pairs[day] >= pairs.start, pairs[day] <= pairs.end)


def decided_within(table: ir.Table, done: str, due: str, span: ir.Table) -> ir.Table:
    """Each row in the windows of its decisive day: that of `done` if it was in time, else `due`.

    What is neither done nor due counts nowhere yet.
    """
    return within(table.mutate(decisive=ibis.least(table[done], table[due])), "decisive", span)
