"""The tables of a snapshot as Ibis expressions; a table not delivered has no rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.util import gen_name

from briefings.engine import DUCKDB, Engine
from briefings.errors import SettingsError
from briefings.files import Place
from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import Snapshot
from briefings.periods import Window
from briefings.statistics.engines import Reader, reader_of

NEVER_RECEIVED = (1, 3)  # registered only; refused
ANY_DAY = date(2000, 1, 1)  # where no window asks, one edge is as good as another
# Dossiers among which rows that name one are looked up at once: about 1 GB of memory.
MOST_AT_ONCE = 10_000_000
LOOKED_UP = ("dossiers", "portal_dossiers", "payments")


class Tables(dict[str, ir.Table]):
    """Every contract table by name.

    `batches` hold the rows of LOOKED_UP once more, cut by deliveries. What names a dossier lies
    in its batch as a rule and not always; there is one batch where there are few dossiers.
    """

    def __init__(
        self, tables: Mapping[str, ir.Table], batches: Sequence[Mapping[str, ir.Table]] = ()
    ) -> None:
        super().__init__(tables)
        self.batches = batches or (self,)


def open_tables(
    snapshot: Snapshot,
    engine: Engine = DUCKDB,
    overflow: Path | None = None,
    most: int = MOST_AT_ONCE,
) -> Tables:
    """Every contract table by name, reading the snapshot's Parquet in place.

    Of a key that several deliveries have, the row of the latest. `overflow` is the folder for
    what does not fit into the engine's memory; DuckDB looks up among `most` dossiers at once where
    deliveries allow it, while Spark cuts by itself. Errors as reader_of.
    """
    read = reader_of(engine, overflow)
    tables = {name: _open(read, snapshot, name) for name in CONTRACTS}
    cut = _batches(snapshot, most) if engine.name == "duckdb" else []
    batches = [
        {name: _open(read, snapshot, name, f"_of_{number}", batch) for name in LOOKED_UP}
        for number, batch in enumerate(cut)
    ]
    return Tables(tables, batches if len(batches) > 1 else ())


def _batches(snapshot: Snapshot, most: int) -> list[list[str]]:
    """The deliveries in order, together as long as they have no more dossiers than `most`."""
    dossiers = {row.delivery: row.used for row in snapshot.intake if row.table == "dossiers"}
    batches: list[list[str]] = []
    room = 0
    for delivery in snapshot.folders:
        more = dossiers.get(delivery, 0)
        if not batches or more > max(room, 0):
            batches.append([])
            room = most
        batches[-1].append(delivery)
        room -= more
    return batches


def _open(
    read: Reader,
    snapshot: Snapshot,
    name: str,
    mark: str = "",
    deliveries: Collection[str] | None = None,
) -> ir.Table:
    """A table of some deliveries, or of all; `mark` tells views of one table apart."""
    found = snapshot.files_by_delivery(name)
    files = {each: found[each] for each in found if deliveries is None or each in deliveries}
    if not files:
        return as_expression(CONTRACTS[name].empty())
    file = snapshot.superseded_file(name)
    if file is None:
        return read([str(each) for each in files.values()], f"{name}{mark}")
    replaced = _superseded(read, snapshot, name, file)
    parts = {each: read([str(files[each])], f"{name}{mark}_{n}") for n, each in enumerate(files)}
    return _standing(parts, replaced, CONTRACTS[name].key)


def superseded_rows(snapshot: Snapshot) -> dict[str, int]:
    """How many rows of each table later deliveries have replaced."""
    read = reader_of(DUCKDB)
    found = {name: snapshot.superseded_file(name) for name in CONTRACTS}
    return {
        name: int(_superseded(read, snapshot, name, file).count().to_pyarrow().as_py())
        for name, file in found.items()
        if file is not None
    }


def _standing(parts: Mapping[str, ir.Table], replaced: ir.Table, key: Sequence[str]) -> ir.Table:
    """The rows of some deliveries that none of the snapshot replaces."""
    standing = [
        part.anti_join(replaced.filter(replaced.delivery == delivery), key)
        for delivery, part in parts.items()
    ]
    return ibis.union(*standing) if len(standing) > 1 else standing[0]


def _superseded(read: Reader, snapshot: Snapshot, name: str, file: Place) -> ir.Table:
    """The rows replaced by a delivery of the snapshot: what came later is not known to it."""
    replaced = read([str(file)], f"{name}_superseded")
    return replaced.filter(replaced.replaced_by.isin(list(snapshot.folders)))


def accepted(dossiers: ir.Table) -> ir.Table:
    """Dossiers that an office received: portal status neither registered only nor refused.

    Grain: one dossier. A missing status counts as received.
    """
    return dossiers.filter(is_accepted(dossiers))


def is_accepted(dossiers: ir.Table) -> ir.BooleanValue:
    """The same as a question to each dossier."""
    return dossiers.status.isnull() | dossiers.status.notin(NEVER_RECEIVED)


def of_units(table: ir.Table, units: Collection[str] | None) -> ir.Table:
    """The rows of some units, or all rows where no units are named."""
    return table if units is None else table.filter(table.unit.isin(list(units)))


def as_expression(table: pd.DataFrame) -> ir.Table:
    """A small pandas table as an expression; through Arrow, whose types need no guessing."""
    return ibis.memtable(pa.Table.from_pandas(table, preserve_index=False))


def fetch(expression: ir.Table) -> pd.DataFrame:
    """The rows of an expression; SettingsError where the engine has too little memory for it."""
    with _enough_memory():
        rows: pd.DataFrame = expression.to_pyarrow().to_pandas()
    return rows


def kept(expression: ir.Table) -> ir.Table:
    """The same rows, worked out now and left with the engine; SettingsError as fetch."""
    with _enough_memory():
        name = gen_name("kept")
        return expression.get_backend().create_table(name, expression, temp=True)


@contextmanager
def _enough_memory() -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise SettingsError(
            "What is counted does not fit into the memory of the engine, with the disk's help.",
            "Give it more with `memory` of [engine] in the project file, or with ENGINE_MEMORY.",
        ) from error


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


def midnight(day: date) -> ir.TimestampValue:
    """The moment in which a day begins."""
    return ibis.literal(day).cast("timestamp")


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
