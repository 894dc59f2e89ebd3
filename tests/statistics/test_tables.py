"""Days put together where no window tells them apart, and an engine with little memory."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.engine import Engine
from briefings.errors import SettingsError
from briefings.intake.snapshot import Snapshot, TableIntake
from briefings.periods import Month, Window
from briefings.statistics.mentions import mention_components
from briefings.statistics.tables import (
    Tables,
    as_expression,
    edges_of,
    fetch,
    open_tables,
    stretch,
)
from tests.statistics.tables import FEBRUARY, TO_FEBRUARY

pytestmark = pytest.mark.slow

DAYS = st.dates(date(2024, 12, 1), date(2025, 4, 1))
WINDOWS = st.lists(
    st.tuples(DAYS, st.integers(0, 70)).map(
        lambda each: Window(str(each), each[0], each[0] + timedelta(days=each[1]))
    ),
    min_size=1,
    max_size=4,
)


def stretches(days: list[date | None], edges: list[date]) -> list[date | None]:
    table = as_expression(pa.table({"day": pa.array(days, pa.date32())}).to_pandas())
    table = table.mutate(day=table.day.cast("date"))
    found = fetch(table.select("day", found=stretch(table.day, edges)))
    by_day = dict(zip(found["day"], found["found"], strict=True))
    return [by_day[day] for day in days]


@given(windows=WINDOWS, days=st.lists(DAYS, min_size=1, max_size=6, unique=True))
def test_no_window_tells_a_day_from_its_stretch(windows: list[Window], days: list[date]) -> None:
    plain, with_last = edges_of(windows), edges_of(windows, last_days=True)
    for day, near, nearer in zip(days, stretches(days, plain), stretches(days, with_last),
                                 strict=True):  # fmt: skip
        for window in windows:
            assert (day >= window.start) == (near >= window.start)
            assert (day <= window.end) == (near <= window.end)
            assert (day >= window.end) == (nearer >= window.end)


def test_edges_are_the_first_days_of_windows_and_of_what_follows() -> None:
    months = [FEBRUARY, TO_FEBRUARY]
    assert edges_of(months) == [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)]
    assert date(2025, 2, 28) in edges_of(months, last_days=True)
    assert edges_of([]) == edges_of([])[:1]


ROWS = 400_000
LITTLE, TOO_LITTLE = Engine(megabytes=60, threads=2), Engine(megabytes=20, threads=2)


def many(folder: Path) -> Snapshot:
    """As many dossiers as rows on the portal, with keys that are long and in no common order."""
    numbers = range(ROWS)
    codes = [f"a-long-code-of-a-dossier-{number * 7919 % ROWS:09}" for number in numbers]
    when = pa.array([date(2025, 1 + number % 2, 1 + number % 28) for number in numbers])
    missing = {name: pa.nulls(ROWS, kind) for name, kind in [
        ("procedure_code", pa.string()), ("channel", pa.string()), ("due_at", pa.timestamp("us")),
        ("finished_at", pa.timestamp("us")), ("status", pa.int64()),
        ("supplement_requests", pa.int64()), ("waiting_days", pa.int64()),
    ]}  # fmt: skip
    dossiers = {"dossier_code": codes, "unit": [f"U{number % 50}" for number in numbers],
                "received_at": when.cast(pa.timestamp("us")), **missing}  # fmt: skip
    portal = {"dossier_code": sorted(codes, reverse=True),
              "synced_at": when.cast(pa.timestamp("us")), "status": missing["status"]}  # fmt: skip
    for name, columns in [("dossiers", dossiers), ("portal_dossiers", portal)]:
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    nothing = dict.fromkeys((each.name for each in fields(TableIntake)), 0)
    intake = [
        TableIntake(**{**nothing, "delivery": "all", "table": name})
        for name in ("dossiers", "portal_dossiers")
    ]
    return Snapshot({"all": folder}, tuple(intake), (Month(2025, 1), Month(2025, 2)))


def test_what_does_not_fit_into_memory_goes_to_disk_and_counts_the_same(tmp_path: Path) -> None:
    snapshot, overflow = many(tmp_path), tmp_path / "overflow"

    def counted(tables: Tables) -> list[list[object]]:
        expression = mention_components(tables, [FEBRUARY, TO_FEBRUARY])
        rows: list[list[object]] = sorted(fetch(expression).to_numpy().tolist())
        return rows

    plenty = open_tables(snapshot, Engine(threads=2), overflow)
    little = open_tables(snapshot, LITTLE, overflow)
    expected = counted(plenty)
    assert not overflow.exists()
    assert counted(little) == expected
    assert overflow.exists()
    with pytest.raises(SettingsError, match="ENGINE_MEMORY"):
        counted(open_tables(snapshot, TOO_LITTLE, overflow))
