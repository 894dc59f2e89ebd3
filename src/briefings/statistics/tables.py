"""The tables of a snapshot as Ibis expressions on DuckDB; a table not delivered has no rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend

from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import Snapshot
from briefings.periods import Window

NEVER_RECEIVED = (1, 3)  # registered only; refused


def open_tables(snapshot: Snapshot) -> dict[str, ir.Table]:
    """Every contract table by name, reading the snapshot's Parquet in place.

    Of a key that several deliveries have, the row of the latest.
    """
    connection = ibis.duckdb.connect()
    tables = {}
    for name, contract in CONTRACTS.items():
        files = snapshot.files(name)
        if not files:
            tables[name] = connection.create_table(name, as_expression(contract.empty()), temp=True)
        elif snapshot.superseded_file(name) is None:
            tables[name] = connection.read_parquet(files, table_name=name)
        else:
            tables[name] = _standing(connection, snapshot, name)
    return tables


def superseded_rows(snapshot: Snapshot) -> dict[str, int]:
    """How many rows of each table later deliveries have replaced."""
    connection = ibis.duckdb.connect()
    found = {name: snapshot.superseded_file(name) for name in CONTRACTS}
    return {
        name: int(_superseded(connection, snapshot, file).count().to_pyarrow().as_py())
        for name, file in found.items()
        if file is not None
    }


def _standing(connection: Backend, snapshot: Snapshot, name: str) -> ir.Table:
    """The rows that no delivery of the snapshot replaces."""
    file, key = snapshot.superseded_file(name), list(CONTRACTS[name].key)
    replaced = _superseded(connection, snapshot, file)
    parts = [
        connection.read_parquet(str(part)).anti_join(
            replaced.filter(replaced.delivery == delivery), key
        )
        for delivery, part in snapshot.files_by_delivery(name).items()
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _superseded(connection: Backend, snapshot: Snapshot, file: Path | None) -> ir.Table:
    """The rows replaced by a delivery of the snapshot: what came later is not known to it."""
    replaced = connection.read_parquet(str(file))
    return replaced.filter(replaced.replaced_by.isin(list(snapshot.folders)))


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
