"""Rows that a later delivery replaces, for projects whose exports repeat what was still open."""

from __future__ import annotations

from pathlib import Path

import duckdb

from briefings.files import Place, file_digest, new_folder
from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import DIGESTS, Snapshot, as_json
from briefings.store import let_read


def note_superseded(snapshot: Snapshot, folder: Place) -> None:
    """Write the rows that a later delivery replaces, one file for each table that has any.

    Grain: one row of one delivery. Columns: the key, `delivery` (whose row it is) and
    `replaced_by` (the next delivery that has the key). So it can be said for any month what stood
    by then.
    """
    with new_folder(folder, last=DIGESTS) as aside, duckdb.connect() as connection:
        for table in sorted(snapshot.supplied):
            _note(connection, snapshot, table, aside)
        digests = {file.name: file_digest(file) for file in aside.glob("*.parquet")}
        (aside / DIGESTS).write_bytes(as_json(digests))


def _note(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: str, folder: Path
) -> None:
    files = snapshot.files_by_delivery(table)
    if len(files) < 2:
        return
    let_read(connection, snapshot.files(table))
    key = ", ".join(CONTRACTS[table].key)
    rows = " UNION ALL ".join(
        f"SELECT {key}, '{delivery}' AS delivery FROM read_parquet($f{number})"
        for number, delivery in enumerate(files)
    )
    values = {f"f{number}": str(file) for number, file in enumerate(files.values())}
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE superseded AS
        WITH rows AS ({rows}),
        repeated AS (SELECT {key} FROM rows GROUP BY {key} HAVING count(*) > 1)
        SELECT
            {key}, delivery,
            lead(delivery) OVER (PARTITION BY {key} ORDER BY delivery) AS replaced_by
        FROM rows SEMI JOIN repeated USING ({key}) QUALIFY replaced_by IS NOT NULL
        """,
        values,
    )
    if connection.table("superseded").count("*").fetchall() != [(0,)]:
        connection.execute(
            f"COPY (FROM superseded ORDER BY {key}, delivery) TO $file (FORMAT parquet)",
            {"file": str(folder / f"{table}.parquet")},
        )
