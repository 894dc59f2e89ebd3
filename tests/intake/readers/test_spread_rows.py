"""Long tables, whose rows hold one value each, made wide."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from briefings.errors import InputError, SettingsError
from briefings.intake.layout import Layout, Spread
from briefings.intake.profiles import load_profile
from briefings.intake.readers import read_chunks
from tests import tiny
from tests.intake.inspected import inspect
from tests.intake.readers.raw_files import cells
from tests.whole import read_raw

LONG = """\
Council,Month,indicator,value,flag
North,2025-01,Received,10,
North,2025-01,Closed  cases,8,p
South,2025-01,Received,7,
North,2025-02,Closed cases,12,
South,2025-01,Closed cases,,c
"""
PLAIN = Spread("indicator", "value", ("Council", "Month"))
PROFILE = """
layout: { spread: { names: indicator, values: value, same: [Council, Month] } }
tables:
  unit_counts:
    columns:
      unit: Council
      period_from: { heading: Month, format: "%Y-%m" }
      period_to: { heading: Month, format: "%Y-%m", end_of: { months: 1 } }
      received: Received
      processed: Closed cases
"""


def read(folder: Path, content: str, spread: Spread = PLAIN, **layout: object) -> pd.DataFrame:
    file = tiny.write(folder / "long.csv", content)
    return read_raw(file, Layout(spread=spread, **layout))  # type: ignore[arg-type]


def test_names_become_headings_and_every_combination_one_row(tmp_path: Path) -> None:
    table = read(tmp_path, LONG)
    assert list(table.columns) == ["Council", "Month", "Received", "Closed cases"]
    assert list(table.index) == [2, 4, 5]
    assert cells(table) == [
        ["North", "2025-01", "10", "8"],
        ["South", "2025-01", "7", None],
        ["North", "2025-02", None, "12"],
    ]


def test_without_same_all_other_headings_tell_rows_apart(tmp_path: Path) -> None:
    table = read(tmp_path, LONG, Spread("indicator", "value"))
    assert list(table["flag"].fillna("")) == ["", "p", "", "", "c"]
    assert list(table.index) == [2, 3, 4, 5, 6]
    alone = read(tmp_path, "n,v\na,1\nb,2\n", Spread("n", "v"))
    assert cells(alone) == [["1", "2"]]


@pytest.mark.parametrize("rows", [1, 2, 50])
def test_chunks_give_the_same_table(tmp_path: Path, rows: int) -> None:
    file = tiny.write(tmp_path / "long.csv", LONG)
    chunks = list(read_chunks(file, Layout(spread=PLAIN), rows))
    assert all(1 <= len(chunk) <= rows for chunk in chunks)
    pd.testing.assert_frame_equal(pd.concat(chunks), read(tmp_path, LONG))


def test_a_name_twice_in_one_combination_is_refused_with_its_rows(tmp_path: Path) -> None:
    twice = LONG + "North,2025-01,Received,11,\nSouth,2025-01,Received,7,\n"
    with pytest.raises(InputError) as caught:
        read(tmp_path, twice)
    assert "rows 2 and 7 (Received, with different values)" in caught.value.message
    assert "rows 4 and 8 (Received, doubled with equal values)" in caught.value.message
    empty = LONG + "South,2025-01,Closed cases,,\n"
    with pytest.raises(InputError, match=r"rows 6 and 7 .*doubled with equal values"):
        read(tmp_path, empty)


def test_an_error_names_no_person(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"rows 2 and 3 \(\[…\], with different values\)"):
        read(tmp_path, "n,v\nNguyễn Văn An,1\nNguyễn Văn An,2\n", Spread("n", "v"))


def test_a_name_that_is_the_heading_of_a_column_that_stays_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="headings occur twice: Month"):
        read(tmp_path, LONG + "North,2025-01,Month,1,\n")
    assert "flag" in read(tmp_path, LONG + "North,2025-01,flag,1,\n").columns


def test_a_value_without_a_name_is_refused_and_a_blank_row_passed_over(tmp_path: Path) -> None:
    assert list(read(tmp_path, LONG.replace("South,", "\nSouth,", 1)).index) == [2, 5, 6]
    with pytest.raises(InputError, match=r"no 'indicator' to name the value in row 7, 8\."):
        read(tmp_path, LONG + "North,2025-01,,1,\n,,,,Source: us\n")


def test_headings_that_the_file_lacks_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="headings of `spread` are missing: 'unit'"):
        read(tmp_path, LONG, Spread("indicator", "value", ("unit",)))


def test_a_row_of_another_width_is_set_aside_as_ever(tmp_path: Path) -> None:
    table = read(tmp_path, LONG + "South\n", ragged="set_aside")
    assert list(table.index) == [2, 4, 5, 7]
    assert table.loc[7].dropna().to_dict() == {"(misfit)": "1"}


def test_sheets_stay_apart(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("2024", "2025"):
        sheet = book.create_sheet(name)
        for row in (["unit", "n", "v"], ["D1", "a", 1], [], ["D1", "b", 2.5]):
            sheet.append(row)
    book.save(tmp_path / "long.xlsx")
    layout = Layout(sheet="20*", spread=Spread("n", "v", ("unit",)))
    table = read_raw(tmp_path / "long.xlsx", layout)
    assert cells(table) == [["2024", "D1", 1, 2.5], ["2025", "D1", 1, 2.5]]


def test_whole_numbers_stay_whole_beside_empty_cells(tmp_path: Path) -> None:
    long = pa.table({"u": ["A", "A", "B"], "n": ["x", "y", "x"], "v": [2**53 + 1, 2, 3]})
    pq.write_table(long, tmp_path / "long.parquet")
    table = read_raw(tmp_path / "long.parquet", Layout(spread=Spread("n", "v")))
    assert cells(table) == [["A", 2**53 + 1, 2], ["B", 3, None]]


def test_names_and_what_tells_apart_may_be_numbers(tmp_path: Path) -> None:
    rows = [{"year": 2024, "code": 1, "v": 5}, {"year": 2024.0, "code": 2.0, "v": True}]
    file = tiny.write(tmp_path / "long.json", json.dumps(rows))
    table = read_raw(file, Layout(spread=Spread("code", "v")))
    assert (list(table.columns), cells(table)) == (["year", "1", "2"], [[2024, 5, True]])


def test_more_than_may_be_held_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second table is short, and would be wide and long at once."""
    monkeypatch.setenv("BRIEFINGS_MAX_SPREAD_BYTES", "300")
    with pytest.raises(InputError, match="more than 300 bytes in a table that is spread"):
        read(tmp_path, LONG)
    monkeypatch.setenv("BRIEFINGS_MAX_SPREAD_BYTES", "60000")
    many = "".join(f"u{n},i{n},1\n" for n in range(400))
    with pytest.raises(InputError, match="more than 60,000 bytes"):
        read(tmp_path, f"u,n,v\n{many}", Spread("n", "v"))


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("{ names: a }", r"spread\.values: expected a text"),
        ("{ names: a, values: b, by: c }", "unknown by"),
        ("{ names: a, values: a }", "a heading stands there twice"),
        ("{ names: a, values: b, same: [c, ' c'] }", "a heading stands there twice"),
        ("{ names: a, values: b }, turn: x", "a table is turned or spread"),
        ("indicator", "expected a mapping"),
    ],
)
def test_a_spread_that_cannot_be_is_refused(tmp_path: Path, stated: str, words: str) -> None:
    file = tiny.write(tmp_path / "p.yaml", f"layout: {{ spread: {stated} }}\ntables: {{}}\n")
    with pytest.raises(SettingsError, match=words):
        load_profile(file)


def test_a_long_table_is_counted_by_a_profile_alone(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "long.csv", LONG)
    found = inspect([file], load_profile(tiny.write(tmp_path / "p.yaml", PROFILE)))
    assert (found.read, found.rows_used, found.ignored_columns) == (3, 3, ())
    counts = found.used["unit_counts"].set_index(["unit", "period_from"])
    assert counts.loc[("North", datetime(2025, 1, 1)), ["received", "processed"]].to_list() == [
        10,
        8,
    ]
    assert counts["processed"].sum() == 20


def test_a_table_of_a_profile_may_add_to_the_layout_of_all(tmp_path: Path) -> None:
    text = PROFILE + "    layout: { empty: ['-'] }\n"
    layout = load_profile(tiny.write(tmp_path / "p.yaml", text))["unit_counts"].layout
    assert (layout.spread, layout.empty) == (PLAIN, ("-",))
