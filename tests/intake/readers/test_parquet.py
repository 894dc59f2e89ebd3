from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.readers import read_chunks
from tests.intake.readers.raw_files import cells
from tests.whole import read_raw


def read(folder: Path, values: list[Any], kind: pa.DataType, **layout: Any) -> pd.DataFrame:
    pq.write_table(pa.table({"a": pa.array(values, kind)}), folder / "raw.parquet")
    return read_raw(folder / "raw.parquet", Layout(**layout))


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (pa.string(), [" x\u0301 ", None, ""], ["x\u0301", None, None]),
        (pa.large_string(), ["x", "-"], ["x", None]),
        (pa.dictionary(pa.int8(), pa.string()), ["x ", None, "x"], ["x", None, "x"]),
        (pa.dictionary(pa.int8(), pa.int64()), [7, None], [7, None]),
        (pa.binary(), ["Sở".encode(), None], ["Sở", None]),
        (pa.int64(), [2**62 + 1, None], [2**62 + 1, None]),
        (pa.uint8(), [255, 0], [255, 0]),
        (pa.float32(), [1.5, None], [1.5, None]),
        (pa.bool_(), [True, None, False], [True, None, False]),
        (pa.decimal128(12, 2), [Decimal("5.00"), Decimal("5.2"), None], [5, Decimal("5.2"), None]),
        (pa.date32(), [date(2025, 2, 3), None], [date(2025, 2, 3), None]),
        (pa.timestamp("us"), [datetime(2025, 2, 3, 16, 30)], [pd.Timestamp(2025, 2, 3, 16, 30)]),
        (pa.timestamp("s"), [datetime(1, 1, 1), datetime(9999, 12, 31)],
         [datetime(1, 1, 1), datetime(9999, 12, 31)]),
        (pa.time64("us"), [time(16, 30)], [time(16, 30)]),
        (pa.duration("s"), [timedelta(hours=30)], [pd.Timedelta(hours=30)]),
        (pa.list_(pa.int64()), [[1, 2], None, []], ["[1, 2]", None, "[]"]),
        (pa.list_(pa.struct([("tên", pa.string())])), [[{"tên": "x"}]], ['[{"tên": "x"}]']),
        (pa.map_(pa.string(), pa.int8()), [[("x", 1)], None], ['[["x", 1]]', None]),
        (pa.null(), [None, None], [None, None]),
    ],
)  # fmt: skip
def test_every_type_gives_cells_of_its_kind(
    tmp_path: Path, kind: pa.DataType, values: list[Any], expected: list[Any]
) -> None:
    table = read(tmp_path, values, kind, empty=("-",))
    assert [row[0] for row in cells(table)] == expected
    assert list(table.index) == list(range(2, 2 + len(values)))


def test_a_struct_is_taken_apart_as_an_object_in_json_lines_is(tmp_path: Path) -> None:
    place = {"city": "Hà Nội", "at": {"lat": 21.0, "seen": date(2025, 2, 3)}}
    rows = [{"id": 1, "place": place}, {"id": 2, "place": {"city": " ", "at": None}}, {"id": 3}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "raw.parquet")
    table = read_raw(tmp_path / "raw.parquet")
    assert list(table.columns) == ["id", "place / city", "place / at / lat", "place / at / seen"]
    assert cells(table) == [
        [1, "Hà Nội", 21.0, date(2025, 2, 3)],
        [2, None, None, None],
        [3, None, None, None],
    ]


def test_a_struct_whose_field_has_the_name_of_a_column_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [{"b": 1}], "a / b": [2]}), tmp_path / "raw.parquet")
    with pytest.raises(InputError, match="a / b"):
        read_raw(tmp_path / "raw.parquet")


def test_a_time_zone_is_kept_so_that_nobody_takes_it_for_local(tmp_path: Path) -> None:
    moment = pd.Timestamp("2025-02-03 16:30", tz="Asia/Ho_Chi_Minh")
    # By way of a series: `pa.array([moment])` forgets the zone once pandera has been imported.
    pq.write_table(pa.table({"a": pd.Series([moment])}), tmp_path / "raw.parquet")
    table = read_raw(tmp_path / "raw.parquet")
    assert isinstance(table["a"].dtype, pd.DatetimeTZDtype)
    assert list(table["a"]) == [moment]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a readable Parquet file"):
        read(tmp_path, [b"\xff\xfe"], pa.binary())


def test_columns_without_rows_are_a_table(tmp_path: Path) -> None:
    table = read(tmp_path, [], pa.string())
    assert (list(table.columns), len(table)) == (["a"], 0)


def test_a_file_without_columns_is_empty(tmp_path: Path) -> None:
    pq.write_table(pa.table({}), tmp_path / "raw.parquet")
    with pytest.raises(InputError, match="the file is empty"):
        read_raw(tmp_path / "raw.parquet")


def test_chunks_follow_each_other(tmp_path: Path) -> None:
    read(tmp_path, list("abcde"), pa.string())
    chunks = list(read_chunks(tmp_path / "raw.parquet", rows=2))
    assert [list(chunk["a"]) for chunk in chunks] == [["a", "b"], ["c", "d"], ["e"]]
    assert list(chunks[2].index) == [6]


def test_a_text_that_is_kept_once_and_repeated_is_measured_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFINGS_MAX_CHUNK_BYTES", "1000000")
    pq.write_table(pa.table({"a": ["x" * 1_000] * 2_000}), tmp_path / "raw.parquet")
    assert (tmp_path / "raw.parquet").stat().st_size < 5_000
    with pytest.raises(InputError, match="more than 1,000,000 bytes of text in one chunk"):
        read_raw(tmp_path / "raw.parquet")
