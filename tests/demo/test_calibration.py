"""The published totals, counted straight from the raw files without any code of the package."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from briefings.demo.calibration import (
    DECISIONS,
    PROCEDURES_ABOLISHED,
    PROCEDURES_AMENDED,
    PROCEDURES_NEW,
)
from briefings.demo.decisions import WINDOW

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
START, END = "2025-01-01", "2025-02-28"
IN_WINDOW = f"between date '{START}' and date '{END}'"
CARRIED_OVER = f"received < '{START}' and (finished is null or finished >= '{START}')"
PENDING = "finished is null"


def value(database: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = database.execute(query).fetchone()
    assert row is not None
    return row[0]


def sheets(raw: Path, name: str) -> pd.DataFrame:
    files = sorted(raw.glob(f"*/{name}"))
    parts = [pd.read_excel(file).assign(folder=file.parent.name) for file in files]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def published() -> dict[str, str]:
    with (PROJECT / "data" / "reference" / "published.csv").open(encoding="utf-8") as file:
        return {row["kpi"]: row["value"] for row in csv.DictReader(file)}


def test_received_total_is_column_3_of_form_06a(
    database: duckdb.DuckDBPyConnection, published: dict[str, str]
) -> None:
    carried = value(database, f"select count(*) from accepted where {CARRIED_OVER}")
    received = value(database, f"select count(*) from accepted where received::date {IN_WINDOW}")
    assert carried + received == int(published["received_total"])


def test_processed_and_on_time(
    database: duckdb.DuckDBPyConnection, published: dict[str, str]
) -> None:
    processed = f"select count(*) from accepted where finished::date {IN_WINDOW}"
    assert value(database, processed) == int(published["processed"])
    on_time = value(database, processed + " and finished::date <= due::date")
    assert on_time == int(published["processed_on_time"])


def test_pending_closes_the_balance_and_hides_several_hundred_overdue(
    database: duckdb.DuckDBPyConnection,
) -> None:
    pending = f"select count(*) from accepted where {PENDING}"
    assert value(database, pending) == 143_269 - 127_110
    assert 200 < value(database, pending + f" and due::date <= '{END}'") < 900


def test_overdue_work_is_spread_unevenly(database: duckdb.DuckDBPyConnection) -> None:
    by_unit = database.execute(
        f"select unit, count(*) from accepted where {PENDING} and due <= '{END} 23:59' group by 1"
    ).fetchall()
    counts = dict(by_unit)
    assert counts["X-STNMT"] > 10 * counts.get("X-SKHDT", 0)


def test_every_month_balances(database: duckdb.DuckDBPyConnection) -> None:
    months = pd.period_range("2024-01", "2025-02", freq="M")
    for month in months:
        first, last = month.start_time.date(), month.end_time.date()
        carried, received, processed, pending = database.execute(
            f"""select
                count(*) filter (received::date < '{first}'
                    and (finished is null or finished::date >= '{first}')),
                count(*) filter (received::date between '{first}' and '{last}'),
                count(*) filter (finished::date between '{first}' and '{last}'),
                count(*) filter (received::date <= '{last}'
                    and (finished is null or finished::date > '{last}'))
            from accepted"""
        ).fetchall()[0]
        assert carried + received == processed + pending
        assert 9_000 < pending < 17_000


def test_sync_is_over_76_percent_with_strong_differences(
    database: duckdb.DuckDBPyConnection,
) -> None:
    by_unit = database.execute(
        f"""select unit, avg((synced is not null and synced < date '{END}' + 1)::int), count(*)
        from accepted left join portal using (code)
        where received::date {IN_WINDOW} group by unit"""
    ).fetchall()
    shares = {unit: share for unit, share, _ in by_unit}
    total = sum(count for *_, count in by_unit)
    assert 0.76 <= sum(share * count for _, share, count in by_unit) / total < 0.77
    assert shares["X-SKHDT"] > 0.98
    assert shares["X-SXD"] < 0.65
    assert shares["294"] < 0.65


def test_online_payment_rounds_to_the_published_share(
    database: duckdb.DuckDBPyConnection, published: dict[str, str]
) -> None:
    online, everything = database.execute(
        f"""select count(*) filter (method in ('Cổng DVCQG', 'Cổng thanh toán tỉnh')), count(*)
        from payment where paid_at::date {IN_WINDOW}"""
    ).fetchall()[0]
    share = (Decimal(online) / Decimal(everything)).quantize(Decimal("0.001"), ROUND_HALF_UP)
    assert share == Decimal(published["online_payment"])


def test_decisions_and_changes_of_the_window(full_raw: Path, published: dict[str, str]) -> None:
    decisions = sheets(full_raw, "quyet_dinh.xlsx")
    issued = decisions["Ngày ban hành"].between(START, END)
    assert issued.sum() == int(published["decisions"]) == DECISIONS == len(WINDOW)
    assert (decisions["Ngày ban hành"].dt.strftime("%Y-%m") == decisions["folder"]).all()
    changes = sheets(full_raw, "thu_tuc_thay_doi.xlsx")
    numbers = decisions.loc[issued, "Số quyết định"]
    kinds = changes[changes["Số quyết định"].isin(numbers)]["Hình thức"].value_counts()
    assert kinds["Ban hành mới"] == int(published["procedures_new"]) == PROCEDURES_NEW
    amended = kinds["Sửa đổi, bổ sung"] + kinds["Thay thế"]
    assert amended == int(published["procedures_amended"]) == PROCEDURES_AMENDED
    assert kinds["Bãi bỏ"] == int(published["procedures_abolished"]) == PROCEDURES_ABOLISHED
    assert set(changes["Số quyết định"]) <= set(decisions["Số quyết định"])
    assert not changes.duplicated(["Số quyết định", "Mã TTHC"]).any()


def test_everything_is_published_but_not_everything_on_time(full_raw: Path) -> None:
    changes = sheets(full_raw, "thu_tuc_thay_doi.xlsx").query("folder >= '2025'")
    decisions = sheets(full_raw, "quyet_dinh.xlsx")[["Số quyết định", "Ngày ban hành"]]
    days = (
        sheets(full_raw, "cong_khai.xlsx")
        .pivot(index=["Số quyết định", "Mã TTHC"], columns="Hệ thống", values="Ngày công khai")
        .max(axis="columns", skipna=False)
        .rename("both")
        .reset_index()
    )
    table = changes.merge(days, how="left").merge(decisions)
    assert len(table) == 191
    assert (table["both"] <= pd.Timestamp(END)).all()
    # No make-up Saturday falls into these months, so numpy's business days will do.
    calendar = pd.read_csv(PROJECT / "data" / "reference" / "calendar.csv", dtype=str)
    days_off = calendar.loc[calendar["working"] == "false", "date"].to_list()
    issued = table["Ngày ban hành"].to_numpy().astype("datetime64[D]")
    late = table["both"].to_numpy() > np.busday_offset(issued, 5, holidays=days_off)
    assert late.sum() == 30
    assert table.loc[late, "Số quyết định"].nunique() == 3


def test_codes_are_unique_and_references_hold(database: duckdb.DuckDBPyConnection) -> None:
    assert value(database, "select count(*) = count(distinct code) from dossier")
    assert value(database, "select count(*) = count(distinct transaction_id) from raw_payment")
    strangers = "select count(*) from {} where {} not in (select code from accepted)"
    assert value(database, strangers.format("portal", "code")) == 0
    assert value(database, strangers.format("raw_payment", "dossier_code")) == 0
    assert value(database, "select count(*) from accepted where due is null") == 0


def test_each_month_holds_five_faulty_dossiers_and_one_payment(
    database: duckdb.DuckDBPyConnection,
) -> None:
    faults = database.execute(
        """select folder, count(*) - (select count(*) from dossier d where d.folder = r.folder)
        from raw_dossier r group by folder"""
    ).fetchall()
    assert len(faults) == 14
    assert {count for _, count in faults} == {5}
    assert value(database, "select count(*) from raw_payment where amount_vnd < 0") == 14


def test_dossiers_lie_in_the_folder_of_their_receipt(database: duckdb.DuckDBPyConnection) -> None:
    elsewhere = value(
        database,
        "select count(*) from dossier where folder <> strftime(received, '%Y-%m')"
        " and not (folder = '2024-01' and received < '2024-01-01')",
    )
    assert elsewhere == 0
    opening = value(database, "select count(*) from dossier where received < '2024-01-01'")
    assert 12_000 <= opening <= 14_000


def test_counters_are_closed_on_days_off(database: duckdb.DuckDBPyConnection) -> None:
    tet = "received::date between date '2025-01-25' and date '2025-02-02'"
    counter = f"select count(*) from accepted where {tet} and channel <> 'Trực tuyến'"
    assert value(database, counter) == 0
    assert value(database, f"select count(*) from accepted where {tet}") > 0
    finished = f"select count(*) from accepted where {tet.replace('received', 'finished')}"
    assert value(database, finished) == 0


def test_the_inspectorate_receives_nothing(database: duckdb.DuckDBPyConnection) -> None:
    assert value(database, "select count(*) from dossier where unit = 'X-TTR'") == 0
    assert value(database, "select count(distinct unit) from accepted") == 236
