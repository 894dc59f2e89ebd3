from __future__ import annotations

from datetime import datetime

import pandas as pd

from briefings.rows import rows_of


def test_each_row_is_a_dictionary_by_column_name() -> None:
    table = pd.DataFrame({"code": ["D1", "D2"], "count": [1, 2]}, index=[7, 9])
    assert rows_of(table) == [{"code": "D1", "count": 1}, {"code": "D2", "count": 2}]


def test_every_kind_of_empty_cell_is_none() -> None:
    table = pd.DataFrame(
        {
            "text": pd.Series(["a", None], dtype="str"),
            "moment": pd.to_datetime(pd.Series(["2025-01-02 08:00", None])),
            "whole": pd.Series([1, None], dtype="Int64"),
            "flag": pd.Series([True, None], dtype="boolean"),
            "share": [0.5, float("nan")],
        }
    )
    full, empty = rows_of(table)
    assert full == {
        "text": "a",
        "moment": datetime(2025, 1, 2, 8),
        "whole": 1,
        "flag": True,
        "share": 0.5,
    }
    assert set(empty.values()) == {None}


def test_a_whole_number_stays_whole_beside_an_empty_cell() -> None:
    (first, _) = rows_of(pd.DataFrame({"n": pd.Series([10, None], dtype="Int64")}))
    assert isinstance(first["n"], int)


def test_a_table_without_rows_has_none() -> None:
    assert rows_of(pd.DataFrame({"code": []})) == []
