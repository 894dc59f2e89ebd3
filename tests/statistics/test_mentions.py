"""Wherever portal rows and payments lie, cut into batches they find the same dossiers."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.intake.take_in import take_in
from briefings.project import load_project
from briefings.statistics.mentions import mention_components
from briefings.statistics.tables import Tables, fetch, open_tables
from tests import tiny
from tests.statistics.tables import (
    FEBRUARY,
    JANUARY,
    TO_FEBRUARY,
    A,
    B,
    Row,
    by_unit,
    dossier,
    not_zero,
    payment,
    tables_of,
)

WINDOWS = [JANUARY, FEBRUARY, TO_FEBRUARY]
Batch = dict[str, list[Row]]


def counted(tables: Tables) -> pd.DataFrame:
    return by_unit(mention_components(tables, WINDOWS)).sort_index()


def cut(*batches: Batch) -> Tables:
    """Some rows by table, and the batches they lie in."""
    names = ("dossiers", "portal_dossiers", "payments")
    whole = {name: [row for batch in batches for row in batch.get(name, [])] for name in names}
    return Tables(tables_of(**whole), [tables_of(**batch) for batch in batches])


def portal(code: str, synced: str) -> Row:
    return {"dossier_code": code, "synced_at": synced}


def test_what_names_a_dossier_of_another_delivery_finds_it() -> None:
    tables = cut(
        {"dossiers": [dossier("a", "2025-01-31"), dossier("c", "2025-01-30")],
         "portal_dossiers": [portal("b", "2025-01-31"), portal("c", "2025-01-30")],
         "payments": [payment("T1", "b", "2025-01-31")]},
        {"dossiers": [dossier("b", "2025-02-03", unit=B)],
         "portal_dossiers": [portal("a", "2025-02-01"), portal("known to nobody", "2025-02-01")],
         "payments": [payment("T2", "a", "2025-02-01", "cash"), payment("T3", "a", "2025-02-01"),
                      payment("T4", "known to nobody", "2025-02-01")]},
    )  # fmt: skip
    found = counted(tables)
    assert not_zero(found, JANUARY) == {"received_synced": 1}
    assert not_zero(found, FEBRUARY) == {"payments": 2, "payments_online": 1}
    assert not_zero(found, TO_FEBRUARY) == {
        "received_synced": 2, "payments": 2, "payments_online": 1,
    }  # fmt: skip
    assert not_zero(found, JANUARY, B) == {"payments": 1, "payments_online": 1}
    assert not_zero(found, FEBRUARY, B) == {"received_synced": 1}


MOMENTS = st.integers(0, 24 * 120).map(
    lambda hour: (datetime(2024, 12, 1) + timedelta(hours=hour)).isoformat()
)
CODES = st.integers(0, 5).map(str)
METHODS = st.sampled_from(["national_portal", "provincial_gateway", "cash"])


@st.composite
def batches(draw: st.DrawFn) -> list[Batch]:
    """Up to three, of the same few dossiers, each of which lies in one of them."""
    found: list[Batch] = [
        {"dossiers": [], "portal_dossiers": [], "payments": []}
        for _ in range(draw(st.integers(2, 3)))
    ]
    place = st.sampled_from(found)
    for code in draw(st.sets(CODES)):
        status, unit = draw(st.sampled_from([None, 3, 4])), draw(st.sampled_from([A, B]))
        draw(place)["dossiers"].append(dossier(code, draw(MOMENTS), unit=unit, status=status))
    for code in draw(st.sets(CODES)):
        draw(place)["portal_dossiers"].append(portal(code, draw(MOMENTS)))
    for number, code in enumerate(draw(st.lists(CODES, max_size=6))):
        row = payment(f"T{number}", code, draw(MOMENTS), draw(METHODS))
        draw(place)["payments"].append(row)
    return found


@pytest.mark.slow
@settings(max_examples=20)
@given(found=batches())
def test_batches_count_what_all_rows_together_count(found: list[Batch]) -> None:
    tables = cut(*found)
    pd.testing.assert_frame_equal(counted(tables), counted(Tables(tables)))


@pytest.mark.slow
def test_deliveries_are_read_together_as_long_as_they_have_few_dossiers(tmp_path: Path) -> None:
    snapshot = take_in(tiny.write_project(tmp_path))
    sizes = {most: len(open_tables(snapshot, most=most).batches) for most in (1, 7, 8)}
    assert sizes == {1: 2, 7: 2, 8: 1}
    assert fetch(open_tables(snapshot, most=1).batches[0]["dossiers"]).shape[0] == 5


@pytest.mark.slow
def test_a_row_that_was_replaced_counts_in_no_batch(tmp_path: Path) -> None:
    """A4, which January's portal names, is delivered again in February by another unit."""
    again = tiny.DOSSIERS_JANUARY.splitlines(keepends=True)[4].replace("D2", "D1")
    dossiers = {tiny.JANUARY: tiny.DOSSIERS_JANUARY, tiny.FEBRUARY: tiny.DOSSIERS_FEBRUARY + again}
    file = tiny.write_project(tmp_path, dossiers=dossiers).file
    text = file.read_text(encoding="utf-8")
    tiny.write(file, text.replace("[intake]", '[intake]\nrepeated = "latest"'))
    tiny.deliver(tmp_path, "portal_dossiers", {tiny.JANUARY: PORTAL})
    snapshot = take_in(load_project(file))
    whole, in_two = open_tables(snapshot), open_tables(snapshot, most=1)
    assert (len(whole.batches), len(in_two.batches)) == (1, 2)
    assert not_zero(counted(in_two), JANUARY, "D1")["received_synced"] == 2
    pd.testing.assert_frame_equal(counted(in_two), counted(whole))
    codes = [sorted(fetch(batch["dossiers"])["dossier_code"]) for batch in in_two.batches]
    assert codes == [["A1", "A2", "A3", "A5"], ["A4", "B1", "B2", "B3"]]


PORTAL = """\
Mã hồ sơ,Thời điểm đồng bộ,Mã trạng thái
A1,2025-01-02 09:00:00,10
A4,2025-01-07 09:00:00,10
"""
