"""Checks across deliveries: what no single file can show."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from briefings.errors import InputError
from briefings.intake.contracts import CONTRACTS
from briefings.intake.row_keys import ADVICE
from briefings.intake.snapshot import Snapshot
from briefings.store import let_read

SHOWN = 5
DELIVER_ONCE = (
    "Deliver every row in one month only, or it would be counted twice. If each export repeats "
    'what was still open, set in the project file: [intake] repeated = "latest".'
)


def check_consistency(snapshot: Snapshot, by_rows: Collection[str] = ()) -> None:
    """Refuse a snapshot that would count something twice or lose it.

    `by_rows` are the tables whose key is made of row numbers. InputError when a key stands in two
    deliveries and neither row supersedes the other, or nobody can tell whether it does, or a
    change names a decision that no delivery holds.
    """
    with duckdb.connect() as connection:
        for table in sorted(snapshot.supplied):
            if table in by_rows:
                _refuse_repeated_keys(connection, snapshot, table, ADVICE)
            elif snapshot.superseded is None:
                _refuse_repeated_keys(connection, snapshot, table, DELIVER_ONCE)
        if {"procedure_changes", "decisions"} <= snapshot.supplied:
            _refuse_lost_changes(connection, snapshot)


def _refuse_repeated_keys(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: str, advice: str
) -> None:
    files = snapshot.files(table)
    if len(files) < 2:
        return
    key = ", ".join(CONTRACTS[table].key)
    let_read(connection, files)
    relation = connection.read_parquet(files)
    repeated = relation.aggregate(f"{key}, count(*) AS times", key).filter("times > 1")
    found = repeated.order(key).limit(SHOWN).fetchall()
    if found:
        listed = "; ".join(" ".join(map(str, row[:-1])) for row in found)
        raise InputError(
            f"{table}: the same {key} stands in more than one delivery: {listed}.",
            advice,
        )


def _refuse_lost_changes(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
    let_read(connection, snapshot.files("procedure_changes"))
    changes = connection.read_parquet(snapshot.files("procedure_changes"))
    decisions = connection.read_parquet(snapshot.files("decisions"))
    lost = changes.set_alias("c").join(decisions.set_alias("d"), "decision_no", how="anti")
    found = lost.project("decision_no").distinct().order("decision_no").limit(SHOWN).fetchall()
    if found:
        raise InputError(
            "procedure_changes names decisions that are in no delivery: "
            + "; ".join(row[0] for row in found)
            + ".",
            "Deliver these decisions, or correct their numbers.",
        )
