"""Two states of a table side by side, by DuckDB, which goes to disk where memory ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import duckdb

from briefings.files import Place
from briefings.intake.contracts import CONTRACTS
from briefings.intake.table_change import TableChange
from briefings.store import let_read

# Delivery, table, its file before, its file now.
Pair: TypeAlias = tuple[str, str, Place, Place]

MEMORY = "1GB"
KINDS = ("new", "changed", "gone")
# As `escaping.FORMULA`, for DuckDB: what a spreadsheet would take for a formula.
FORMULA = "(^|[;\\t\\r\\n])([=+\\-@\uff1d\uff0b\uff0d\uff20''])"


def compare(pairs: Sequence[Pair], file: Path) -> tuple[TableChange, ...]:
    """Write every row that differs into a CSV file and count them by delivery and table."""
    with TemporaryDirectory(dir=file.parent) as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = ?", [spill])
        connection.execute(
            'CREATE TABLE changes (delivery TEXT, "table" TEXT, kind TEXT, key TEXT, columns TEXT)'
        )
        let_read(connection, [str(now) for *_, now in pairs])
        for delivery, table, before, now in pairs:
            _note(connection, delivery, table, before, now)
        connection.execute(
            'COPY (FROM changes ORDER BY delivery, "table", kind, key) TO $file (HEADER)',
            {"file": str(file)},
        )
        return tuple(_counted(connection))


def _note(
    connection: duckdb.DuckDBPyConnection, delivery: str, table: str, before: Place, now: Place
) -> None:
    key = CONTRACTS[table].key
    old, new = (connection.read_parquet(str(file)) for file in (before, now))
    rest = [name for name in new.columns if name in old.columns and name not in key]
    differs = [f"CASE WHEN o.{n} IS DISTINCT FROM n.{n} THEN '{n}' END" for n in rest]
    same_key = " AND ".join(f"o.{name} = n.{name}" for name in key)
    parts = ", ".join(f"coalesce(n.{name}, o.{name})" for name in key)
    connection.execute(
        f"""
        INSERT INTO changes
        SELECT ?, ?, kind, regexp_replace(key, '{FORMULA}', '\\1''\\2', 'g'), columns
        FROM (
            SELECT
                CASE WHEN o.{key[0]} IS NULL THEN 'new' WHEN n.{key[0]} IS NULL THEN 'gone'
                ELSE 'changed' END AS kind,
                concat_ws(' ', {parts}) AS key,
                CASE WHEN kind = 'changed' THEN concat_ws('+', {", ".join(differs)}) ELSE ''
                END AS columns
            FROM old AS o FULL OUTER JOIN new AS n ON {same_key}
        )
        WHERE kind <> 'changed' OR columns <> ''
        """,
        [delivery, table],
    )


def _counted(connection: duckdb.DuckDBPyConnection) -> Iterator[TableChange]:
    counts = ", ".join(f"count(*) FILTER (kind = '{kind}')" for kind in KINDS)
    rows = connection.execute(
        f'SELECT delivery, "table", {counts} FROM changes GROUP BY ALL ORDER BY ALL'
    ).fetchall()
    for row in rows:
        yield TableChange(*row)
