"""Rows laid aside come back, in any order, also where memory does not hold them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from briefings.errors import SettingsError
from briefings.intake.spool import LEAST_MEGABYTES, USUAL_ROOM, Room, Spool

MILLION = 1_000_000


def test_batches_have_the_size_that_is_asked_for_and_one_comes_of_nothing() -> None:
    with Spool(USUAL_ROOM) as spool:
        for first in (0, 3, 6):
            spool.put("rows", pa.table({"row": range(first, first + 3)}))
        found = [batch["row"].to_pylist() for batch in spool.batches("FROM rows ORDER BY row", 4)]
        nothing = list(spool.batches("SELECT row FROM rows WHERE row < 0", 4))
    assert found == [[0, 1, 2, 3], [4, 5, 6, 7], [8]]
    assert [(batch.num_rows, batch.column_names) for batch in nothing] == [(0, ["row"])]


def test_a_statement_does_not_end_the_batches_of_another() -> None:
    with Spool(USUAL_ROOM) as spool:
        spool.put("rows", pa.table({"row": range(5)}))
        seen = []
        for batch in spool.batches("FROM rows ORDER BY row", 2):
            spool.put("others", batch)
            seen += batch["row"].to_pylist()
        assert spool.rows("SELECT count(*) FROM others") == [(5,)]
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.slow
def test_more_than_the_memory_holds_is_sorted_with_the_disk(tmp_path: Path) -> None:
    """Four hundred megabytes of rows in a quarter of it; nothing of them stays."""
    count = 3 * MILLION
    with Spool(Room(LEAST_MEGABYTES, threads=1, folder=tmp_path)) as spool:
        for start in range(0, count, MILLION):
            rows = np.arange(start, start + MILLION)
            code = pa.array(rows * 2_654_435_761 % (count + 7)).cast(pa.string())
            spool.put("rows", pa.table({"code": code} | {f"n{n}": rows * n for n in range(6)}))
        last = ""
        for batch in spool.batches("FROM rows ORDER BY code", 100_000):
            codes = batch["code"].to_pylist()
            assert codes == sorted(codes)
            assert last <= codes[0]
            last = codes[-1]
        assert any(tmp_path.rglob("*.tmp"))
    assert list(tmp_path.iterdir()) == []


def too_much(spool: Spool) -> None:
    with spool:
        spool.run("SET max_temp_directory_size = '0MB'")
        spool.run("CREATE TABLE rows AS SELECT hash(i) AS h, hash(-i) FROM range(9000000) t(i)")


@pytest.mark.slow
def test_too_little_of_both_is_said_in_words(tmp_path: Path) -> None:
    spool = Spool(Room(1, threads=1, folder=tmp_path))
    with pytest.raises(SettingsError, match="does not fit into the memory that intake may use"):
        too_much(spool)
