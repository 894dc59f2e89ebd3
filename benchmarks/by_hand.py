"""The components of dossiers and payments as a person would write them: DuckDB SQL, and pandas.

Both count by the month of each day first and cumulate small tables, as they know that all windows
are months and the year to date. Columns and rows are those of count_components.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from briefings.intake.snapshot import Snapshot
from briefings.periods import Window

COMPONENTS = (
    "received_online", "received_other", "received_channel_known", "received_synced",
    "carried_over", "processed_early", "processed_on_day", "processed_late", "processed_undated",
    "processed_dated", "pending_in_time", "pending_overdue", "pending_undated", "pending_dated",
    "index_judged", "index_on_time", "payments", "payments_online",
)  # fmt: skip

ALIKE = """
CREATE TEMP TABLE alike AS
SELECT unit, channel, date_trunc('month', received_at)::DATE AS received,
  date_trunc('month', due_at)::DATE AS due,
  due_at::DATE = last_day(due_at) AS due_on_last_day,
  date_trunc('month', finished_at)::DATE AS finished,
  date_trunc('month', synced_at)::DATE AS synced,
  sign(datediff('day', due_at, finished_at))::TINYINT AS ended,
  least(supplement_requests, CASE WHEN supplement_requests IS NOT NULL THEN 2 END)::TINYINT
    AS supplements,
  count(*) AS n
FROM read_parquet($dossiers) LEFT JOIN read_parquet($portal) USING (dossier_code)
WHERE status_of_dossier
GROUP BY ALL
"""
COUNTED = """
SELECT w.name AS window, unit,
  sum(n) FILTER (new AND channel = 'online') AS received_online,
  sum(n) FILTER (new AND channel IS DISTINCT FROM 'online') AS received_other,
  sum(n) FILTER (new AND channel IS NOT NULL) AS received_channel_known,
  sum(n) FILTER (new AND synced <= w.last) AS received_synced,
  sum(n) FILTER (NOT new) AS carried_over,
  sum(n) FILTER (done AND ended = -1) AS processed_early,
  sum(n) FILTER (done AND ended = 0) AS processed_on_day,
  sum(n) FILTER (done AND ended = 1) AS processed_late,
  sum(n) FILTER (done AND due IS NULL) AS processed_undated,
  sum(n) FILTER (done AND due IS NOT NULL) AS processed_dated,
  sum(n) FILTER (NOT done AND due > w.last) AS pending_in_time,
  sum(n) FILTER (NOT done AND due <= w.last) AS pending_overdue,
  sum(n) FILTER (NOT done AND due IS NULL) AS pending_undated,
  sum(n) FILTER (NOT done AND due IS NOT NULL) AS pending_dated,
  sum(n) FILTER (due IS NOT NULL AND supplements IS NOT NULL) AS index_judged,
  sum(n) FILTER (supplements <= 1 AND CASE WHEN done THEN ended <= 0
    ELSE due > w.last OR due_on_last_day AND due = date_trunc('month', w.last) END)
    AS index_on_time
FROM (SELECT a.*, w, received >= w.first AS new, coalesce(finished <= w.last, false) AS done
  FROM alike a JOIN windows w
  ON received <= w.last AND (finished IS NULL OR finished >= w.first))
GROUP BY ALL
"""
PAID = """
WITH paid AS (
  SELECT unit, date_trunc('month', paid_at)::DATE AS paid, count(*) AS n,
    count(*) FILTER (method IN ('national_portal', 'provincial_gateway')) AS online
  FROM read_parquet($payments) JOIN read_parquet($dossiers) USING (dossier_code) GROUP BY ALL)
SELECT w.name AS window, unit, sum(n) AS payments, sum(online) AS payments_online
FROM paid JOIN windows w ON paid BETWEEN w.first AND w.last GROUP BY ALL
"""
RECEIVED = "(d.status IS NULL OR d.status NOT IN (1, 3))"


def in_sql(snapshot: Snapshot, windows: Sequence[Window], memory: str, place: Path) -> pd.DataFrame:
    """One pass over the dossiers and one over the payments, in SQL."""
    config = {"memory_limit": memory, "temp_directory": str(place), "threads": 2,
              "preserve_insertion_order": False}  # fmt: skip
    with duckdb.connect(config=config) as connection:
        rows = [[w.name, w.start, w.end] for w in windows]
        connection.execute("CREATE TEMP TABLE windows (name TEXT, first DATE, last DATE)")
        connection.executemany("INSERT INTO windows VALUES (?, ?, ?)", rows)
        query = ALIKE.replace("read_parquet($dossiers)", "read_parquet($dossiers) d")
        files = {name: snapshot.files(name) for name in ("dossiers", "portal_dossiers", "payments")}
        of = {"dossiers": files["dossiers"], "portal": files["portal_dossiers"]}
        connection.execute(query.replace("status_of_dossier", RECEIVED), of)
        counted = connection.execute(COUNTED).df()
        of = {"dossiers": files["dossiers"], "payments": files["payments"]}
        paid = connection.execute(PAID, of).df()
    return _together(counted, paid)


def in_pandas(snapshot: Snapshot, windows: Sequence[Window]) -> pd.DataFrame:
    """Everything in memory, one window after the other."""
    columns = ["dossier_code", "unit", "channel", "received_at", "due_at", "finished_at",
               "status", "supplement_requests"]  # fmt: skip
    d = _read(snapshot, "dossiers", columns)
    portal = _read(snapshot, "portal_dossiers", ["dossier_code", "synced_at"])
    payments = _read(snapshot, "payments", ["dossier_code", "paid_at", "method"])
    payments = payments.merge(d[["dossier_code", "unit"]], on="dossier_code")
    d = d[~d["status"].isin([1, 3])].merge(portal, on="dossier_code", how="left")
    for name in ("received", "due", "finished", "synced"):
        d[name] = d[f"{name}_at"].dt.normalize()
    counted = pd.concat([_in_window(d, window) for window in windows])
    paid = pd.concat([_paid_in(payments, window) for window in windows])
    return _together(counted, paid)


def _in_window(d: pd.DataFrame, window: Window) -> pd.DataFrame:
    first, last = pd.Timestamp(window.start), pd.Timestamp(window.end)
    d = d[(d["received"] <= last) & (d["finished"].isna() | (d["finished"] >= first))]
    new, done = d["received"] >= first, d["finished"] <= last
    dated, online = d["due"].notna(), d["channel"] == "online"
    judged = dated & d["supplement_requests"].notna()
    judged_on = d["finished"].where(done, last)
    flags = {
        "received_online": new & online,
        "received_other": new & ~online,
        "received_channel_known": new & d["channel"].notna(),
        "received_synced": new & (d["synced"] <= last),
        "carried_over": ~new,
        "processed_early": done & (d["finished"] < d["due"]),
        "processed_on_day": done & (d["finished"] == d["due"]),
        "processed_late": done & (d["finished"] > d["due"]),
        "processed_undated": done & ~dated,
        "processed_dated": done & dated,
        "pending_in_time": ~done & (d["due"] > last),
        "pending_overdue": ~done & (d["due"] <= last),
        "pending_undated": ~done & ~dated,
        "pending_dated": ~done & dated,
        "index_judged": judged,
        "index_on_time": judged & (judged_on <= d["due"]) & (d["supplement_requests"] <= 1),
    }
    counted = pd.DataFrame(flags).groupby(d["unit"]).sum()
    return counted.assign(window=window.name).reset_index()


def _paid_in(payments: pd.DataFrame, window: Window) -> pd.DataFrame:
    day = payments["paid_at"].dt.normalize()
    within = payments[(day >= pd.Timestamp(window.start)) & (day <= pd.Timestamp(window.end))]
    online = within["method"].isin(["national_portal", "provincial_gateway"])
    groups = online.groupby(within["unit"])
    paid = pd.DataFrame({"payments": groups.size(), "payments_online": groups.sum()})
    return paid.assign(window=window.name).reset_index()


def _read(snapshot: Snapshot, table: str, columns: list[str]) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(file, columns=columns) for file in snapshot.files(table)])


def _together(counted: pd.DataFrame, paid: pd.DataFrame) -> pd.DataFrame:
    keys = ["window", "unit"]
    table = pd.concat([counted.set_index(keys), paid.set_index(keys)], axis=1)
    return table.fillna(0).astype("int64").sort_index()[list(COMPONENTS)]
