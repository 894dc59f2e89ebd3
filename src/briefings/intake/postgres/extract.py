"""Rows of a database table as Parquet files, one for each delivery, streamed in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import ibis.backends.postgres as ibis_postgres
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from briefings.files import digest
from briefings.intake.deliveries import ALL_MONTHS
from briefings.intake.postgres.selection import DELIVERY, Selection, fingerprints, rows_of

# Bounds the memory, whatever the size of the table.
ROWS_AT_ONCE = 20_000
CURSOR = "briefings"


def content_digests(database: ibis_postgres.Backend, selection: Selection) -> dict[str, str]:
    """Delivery → the digest of its rows, worked out by the database; `all` for an empty table."""
    found = [
        row for batch in _stream(database, fingerprints(selection)) for row in batch.to_pylist()
    ]
    sums = {row[DELIVERY]: f"{row['rows']} {row['one']} {row['other']}" for row in found}
    return {
        delivery: digest(selection.described, content.encode())
        for delivery, content in sorted((sums or {ALL_MONTHS: "0"}).items())
    }


def write_deliveries(
    database: ibis_postgres.Backend, selection: Selection, files: Mapping[str, Path]
) -> None:
    """Write the rows of some deliveries, each to its file, under the headings of the table.

    Columns that the profile does not map have their heading and no cell: they are named in the
    manifest like those of a file, and never leave the database.
    """
    asked = rows_of(selection, files)
    schema = _schema(selection, asked.schema().to_pyarrow())
    with ExitStack() as stack:
        writers = {
            delivery: stack.enter_context(pq.ParquetWriter(file, schema, compression="zstd"))
            for delivery, file in files.items()
        }
        for batch in _stream(database, asked):
            for delivery, rows in _by_delivery(batch):
                empty = [pa.nulls(len(rows))] * len(selection.others)
                writers[delivery].write_batch(
                    pa.RecordBatch.from_arrays([*rows.columns, *empty], schema=schema)
                )


def _stream(database: ibis_postgres.Backend, asked: ir.Table) -> Iterator[pa.RecordBatch]:
    """The rows of an expression, which stay with the server until their batch.

    Ibis streams as well, but closes its cursor after its transaction: where the server fails,
    that hides the reason.
    """
    kind = pa.struct(asked.schema().to_pyarrow())
    with database.con.cursor(name=CURSOR) as cursor:
        cursor.execute(database.compile(asked))
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield pa.RecordBatch.from_struct_array(pa.array(rows, type=kind))


def _by_delivery(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    deliveries = batch.column(DELIVERY)
    for delivery in pc.unique(deliveries).to_pylist():
        yield delivery, batch.filter(pc.equal(deliveries, delivery)).drop_columns([DELIVERY])


def _schema(selection: Selection, asked: pa.Schema) -> pa.Schema:
    read = zip(selection.columns, list(asked)[1:], strict=True)
    return pa.schema(
        [
            *(pa.field(name, field.type) for name, field in read),
            *(pa.field(name, pa.null()) for name in selection.others),
        ]
    )
