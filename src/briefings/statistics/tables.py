"""The tables of a snapshot as Ibis expressions; a table not delivered has no rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from briefings.engine import DUCKDB, Engine
from briefings.errors import SettingsError
from briefings.files import Place
from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import Snapshot
from briefings.periods import Window
from briefings.statistics.engines import Reader, reader_of

NEVER_RECEIVED = (1, 3)  # registered only; refused
ANY_DAY = date(2000, 1, 1)  # where no window asks, one edge is as good as another


def open_tables(
    snapshot: Snapshot, engine: Engine = DUCKDB, overflow: Path | None = None
) -> dict[str, ir.Table]:
    """Every contract table by name, reading the snapshot's Parquet in place.

    Of a key that several deliveries have, the row of the latest. `overflow` is the folder for
    what does not fit into the engine's memory. Errors as reader_of.
    """
    read = reader_of(engine, overflow)
    return {name: _open(read, snapshot, name) for name in CONTRACTS}


def _open(read: Reader, snapshot: Snapshot, name: str) -> ir.Table:
    files = snapshot.files(name)
    if not files:
        return as_expression(CONTRACTS[name].empty())
    file = snapshot.superseded_file(name)
    return read(files, name) if file is None else _standing(read, snapshot, name, file)


def superseded_rows(snapshot: Snapshot) -> dict[str, int]:
    """How many rows of each table later deliveries have replaced."""
    read = reader_of(DUCKDB)
    found = {name: snapshot.superseded_file(name) for name in CONTRACTS}
    return {
        name: int(_superseded(read, snapshot, name, file).count().to_pyarrow().as_py())
        for name, file in found.items()
        if file is not None
    }


def _standing(read: Reader, snapshot: Snapshot, name: str, file: Place) -> ir.Table:
    """The rows that no delivery of the snapshot replaces."""
    replaced, key = _superseded(read, snapshot, name, file), list(CONTRACTS[name].key)
    parts = [
        read([str(part)], f"{name}_{number}").anti_join(
            replaced.filter(replaced.delivery == delivery), key
        )
        for number, (delivery, part) in enumerate(snapshot.files_by_delivery(name).items())
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _superseded(read: Reader, snapshot: Snapshot, name: str, file: Place) -> ir.Table:
    """The rows replaced by a delivery of the snapshot: what came later is not known to it."""
    replaced = read([str(file)], f"{name}_superseded")
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
    """The rows of an expression; SettingsError where the engine has too little memory for it."""
    try:
        rows: pd.DataFrame = expression.to_pyarrow().to_pandas()
    except duckdb.OutOfMemoryException as error:
        raise SettingsError(
            "What is counted does not fit into the memory of the engine, with the disk's help.",
            "Give it more with `memory` of [engine] in the project file, or with ENGINE_MEMORY.",
        ) from error
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


def edges_of(windows: Iterable[Window], *, last_days: bool = False) -> list[date]:
    """The first day of every window and the first day after it, in order.

    With its last day as well, where that is a day of its own for what is asked.
    """
    found = [(each.start, each.end + timedelta(days=1), each.end) for each in windows]
    return sorted({day for days in found for day in (days if last_days else days[:2])}) or [ANY_DAY]


def stretch(day: ir.DateValue, edges: Sequence[date]) -> ir.DateValue:
    """The last of some edges that is not after a day; the eve of the first for any day before.

    Whether a day is before, in or after a window is the same for its stretch, so rows can be
    counted by it first, and windows be asked of the few groups. An empty day stays empty.
    """
    eve = edges[0] - timedelta(days=1)
    return ibis.ifelse(day.isnull(), ibis.null("date"), _halved(day, edges, eve))


def _halved(day: ir.DateValue, edges: Sequence[date], before: date) -> ir.DateValue:
    """A tree of questions: as many as it takes to halve the edges down to one."""
    if not edges:
        return ibis.literal(before)
    middle = len(edges) // 2
    edge = edges[middle]
    return ibis.ifelse(
        day < ibis.literal(edge),
        _halved(day, edges[:middle], before),
        _halved(day, edges[middle + 1 :], edge),
    )
