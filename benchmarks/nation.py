"""Millions of made-up dossiers, straight as a snapshot: seeded, skewed, in monthly deliveries."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from briefings.intake.contracts import CONTRACTS
from briefings.intake.snapshot import Snapshot, TableIntake
from briefings.organisation import Organisation, Unit
from briefings.periods import Month, months_between

FIRST, LAST = Month(2025, 1), Month(2025, 12)
MONTHS = months_between(FIRST, LAST)
PROCEDURES = 1_900
# Level → units; together 240 below the province.
UNITS = {"department": 20, "district": 12, "commune": 208}
UNIT_COUNT = sum(UNITS.values())
ROOT = Unit("R", "Tỉnh", "Province", "province", "")
SKEW = 2.2  # of the units, a fifth gets half of the dossiers
ROWS_PER_GROUP = 122_880
BYTES = 45  # on disk, of a dossier and what belongs to it, with room to spare

# What each column is drawn from; `i` numbers the dossiers of a month by the day. Nothing depends
# on the machine: a number is a hash of place and salt.
DOSSIERS = """
CREATE OR REPLACE TEMP MACRO draw(i, salt) AS
  (hash(i * 64 + salt + {seed}) >> 11) / 9007199254740992.0;
CREATE OR REPLACE TEMP VIEW drawn AS
SELECT i,
  'U' || lpad((1 + floor({units} * pow(draw(i, 1), {skew})))::INT::VARCHAR, 3, '0') AS unit,
  TIMESTAMP '{first}' + to_seconds(i * {days} // {count} * 86400 + 25200
    + floor(draw(i, 3) * 36000)::BIGINT) AS received_at,
  CASE WHEN draw(i, 4) < 0.03 THEN NULL
    ELSE date_trunc('day', received_at) + to_days((1 + floor(pow(draw(i, 5), 2) * 45))::INT)
      + INTERVAL 17 HOUR END AS due_at,
  date_trunc('day', coalesce(due_at, received_at + INTERVAL 10 DAY)) - INTERVAL 2 DAY
    + to_days(CASE WHEN draw(i, 6) < 0.04 THEN (2 + floor(draw(i, 7) * 40))::INT
        ELSE floor(draw(i, 7) * 3)::INT END) + to_seconds(28800 + floor(draw(i, 8) * 28800)::BIGINT)
    AS planned,
  CASE WHEN planned < received_at THEN received_at + INTERVAL 1 HOUR ELSE planned END AS ended,
  CASE WHEN ended >= TIMESTAMP '{now}' OR draw(i, 9) < 0.004 THEN NULL ELSE ended END AS finished_at
FROM range({count}) t(i);
CREATE OR REPLACE TEMP VIEW made AS
SELECT unit || '-' || strftime(received_at, '%y%m%d') || '-' || lpad(i::VARCHAR, 8, '0')
    AS dossier_code,
  'P' || lpad(floor(pow(draw(i, 10), 3) * {procedures})::INT::VARCHAR, 4, '0') AS procedure_code,
  unit, received_at,
  CASE WHEN draw(i, 11) < 0.72 THEN 'online' WHEN draw(i, 11) < 0.96 THEN 'counter'
    WHEN draw(i, 11) < 0.99 THEN 'postal' END AS channel,
  due_at, finished_at,
  CASE WHEN draw(i, 12) < 0.01 THEN 3 WHEN finished_at IS NULL THEN 4 ELSE 10 END::BIGINT AS status,
  CASE WHEN draw(i, 13) < 0.9 THEN 0 WHEN draw(i, 13) < 0.97 THEN 1 ELSE 2 END::BIGINT
    AS supplement_requests,
  CASE WHEN draw(i, 13) < 0.9 THEN 0 ELSE floor(draw(i, 14) * 9) END::BIGINT AS waiting_days,
  i
FROM drawn;
"""
PORTAL = """SELECT dossier_code,
  received_at + to_minutes((pow(draw(i, 15), 6) * 50000)::BIGINT) AS synced_at, status
FROM made WHERE draw(i, 16) < 0.94"""
PAYMENTS = """SELECT 'T' || dossier_code AS transaction_id, dossier_code,
  received_at + to_minutes((draw(i, 17) * 4000)::BIGINT) AS paid_at,
  (10000 + floor(draw(i, 18) * 90) * 5000)::BIGINT AS amount_vnd,
  CASE WHEN draw(i, 19) < 0.4 THEN 'national_portal' WHEN draw(i, 19) < 0.5
    THEN 'provincial_gateway' WHEN draw(i, 19) < 0.8 THEN 'cash' ELSE 'transfer' END AS method
FROM made WHERE draw(i, 20) < 0.35"""


@dataclass(frozen=True)
class Nation:
    """A snapshot of twelve months and the units in it."""

    snapshot: Snapshot
    organisation: Organisation

    @property
    def bytes(self) -> int:
        """What its files take on disk."""
        return sum(file.stat().st_size for folder in self.snapshot.folders.values()
                   for file in folder.iterdir())  # fmt: skip


def organisation() -> Organisation:
    levels = [level for level, count in UNITS.items() for _ in range(count)]
    units = (
        Unit(f"U{number:03}", f"Đơn vị {number}", f"Unit {number}", level, ROOT.code)  # type: ignore[arg-type]
        for number, level in enumerate(levels, start=1)
    )
    return Organisation((ROOT, *units))


def make_nation(folder: Path, dossiers: int) -> Nation:
    """A nation of so many dossiers; what lies there from a run before is taken as it is."""
    folders = {str(month): folder / str(month) for month in MONTHS}
    for number, month in enumerate(MONTHS):
        _make_month(folder / str(month), month, dossiers // len(MONTHS), number)
    _make_catalogue(folder / "all")
    tables = ("dossiers", "portal_dossiers", "payments")
    intake = [_row(place, table) for place in folders.values() for table in tables]
    folders["all"] = folder / "all"
    intake.append(_row(folders["all"], "procedures"))
    return Nation(Snapshot(folders, tuple(intake), MONTHS), organisation())


def _make_month(folder: Path, month: Month, count: int, seed: int) -> None:
    if folder.exists():
        return
    aside = folder.with_suffix(".partial")
    aside.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(aside / "tmp")}) as c:
        c.execute(
            DOSSIERS.format(
                seed=seed * 1_000_000_007,
                units=UNIT_COUNT,
                skew=SKEW,
                first=month.first_day,
                days=((month + 1).first_day - month.first_day).days,
                now=(LAST + 1).first_day,
                count=count,
                procedures=PROCEDURES,
            )
        )
        columns = ", ".join(CONTRACTS["dossiers"].column_names)
        _copy(c, f"SELECT {columns} FROM made", aside / "dossiers")
        _copy(c, PORTAL, aside / "portal_dossiers")
        _copy(c, PAYMENTS, aside / "payments")
    aside.rename(folder)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    connection.execute(
        f"COPY ({query}) TO '{file}.parquet' "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_PER_GROUP})"
    )


def _make_catalogue(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'P' || lpad(i::VARCHAR, 4, '0') AS procedure_code, 'TT' AS name_vi, "
            f"NULL::VARCHAR AS name_en, 'F' || i % 40 AS field, NULL::VARCHAR AS unit, "
            f"NULL::VARCHAR AS level, 5::BIGINT AS time_limit_days, 'full' AS online_service, "
            f"i % 3 = 0 AS fee_due FROM range({PROCEDURES}) t(i)) "
            f"TO '{folder / 'procedures.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
        )


def _row(folder: Path, table: str) -> TableIntake:
    rows = pq.read_metadata(folder / f"{table}.parquet").num_rows
    nothing = dict.fromkeys((each.name for each in fields(TableIntake)), 0)
    return TableIntake(**{**nothing, "delivery": folder.name, "table": table, "used": rows})
