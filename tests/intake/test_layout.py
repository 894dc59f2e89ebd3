from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from briefings.errors import InputError, SettingsError
from briefings.intake.layout import Layout
from tests import tiny
from tests.whole import read_raw

FORM = """\
BÁO CÁO THÁNG 02/2025,,
,,
Mã,Tiếp nhận,
,Trực tuyến,Trực tiếp
(1),(2),(3)
D1,3,4
D2,-,5
,,

Tổng cộng,3,9
Người lập biểu
"""
HEADINGS = ["Mã", "Tiếp nhận / Trực tuyến", "Tiếp nhận / Trực tiếp"]


def read(folder: Path, content: str, **layout: Any) -> pd.DataFrame:
    return read_raw(tiny.write(folder / "raw.csv", content), Layout(**layout))


def test_title_lines_heading_rows_and_a_footer_are_left_out(tmp_path: Path) -> None:
    table = read(tmp_path, FORM, header_rows=(3, 4), first_row=6, footer="Tổng cộng", empty=("-",))
    assert list(table.columns) == HEADINGS
    assert list(table.index) == [6, 7]
    assert table.loc[6].to_list() == ["D1", "3", "4"]
    assert table.loc[7].isna().to_list() == [False, True, False]


def test_data_end_at_the_last_row(tmp_path: Path) -> None:
    table = read(tmp_path, FORM, header_rows=(3, 4), first_row=6, last_row=7)
    assert list(table["Mã"]) == ["D1", "D2"]


def test_a_footer_is_the_whole_cell_or_its_beginning_before_a_star(tmp_path: Path) -> None:
    rows = "Đơn vị,Số\nTổng cục Thuế,1\nTỔNG  CỘNG,2\nNgười lập,3\n"
    assert list(read(tmp_path, rows, footer="Tổng cộng").index) == [2]
    assert list(read(tmp_path, rows, footer="người*").index) == [2, 3]


def test_a_footer_that_does_not_come_tells_of_a_file_cut_short(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"raw\.csv: the footer 'Tổng cộng' was not found"):
        read(tmp_path, "Mã\nD1\n", footer="Tổng cộng")


def test_headings_that_are_not_where_the_layout_says_are_missed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there are no headings in row 4"):
        read(tmp_path, "Mã\nD1\n", header_rows=(4,))


def test_without_heading_rows_columns_are_named_by_position(tmp_path: Path) -> None:
    table = read(tmp_path, "D1,3\nD2,4\n", header_rows=())
    assert list(table.columns) == ["(column 1)", "(column 2)"]
    assert list(table.index) == [1, 2]


def test_empty_markers_are_compared_as_cells_are(tmp_path: Path) -> None:
    table = read(tmp_path, "a,b\n Kho\u0302ng ,0\n", empty=("Không",))
    assert table.loc[2].isna().to_list() == [True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"header_rows": (2, 1)},
        {"header_rows": (0,)},
        {"header_rows": (3,), "first_row": 3},
        {"first_row": 5, "last_row": 4},
        {"delimiter": ";;"},
        {"delimiter": '"'},
        {"encoding": "utf-7"},
        {"footer": ""},
        {"footer": "*"},
    ],
)
def test_a_layout_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=f"The layout's {list(wrong)[-1]} is"):
        Layout(**wrong)


@pytest.mark.parametrize("name", ["raw.csv", "raw.jsonl", "raw.parquet", "raw.xlsx"])
def test_what_means_an_empty_cell_does_so_in_every_format(tmp_path: Path, name: str) -> None:
    days = pd.to_datetime(["2025-01-03", "1900-01-01"])
    table = pd.DataFrame({"Số": [7, 9999], "Giờ": [1.5, -9.5], "Ngày": days})
    file = tmp_path / name
    if name.endswith("csv"):
        table.to_csv(file, index=False)
    elif name.endswith("jsonl"):
        table.assign(Ngày=days.astype("str")).to_json(file, orient="records", lines=True)
    else:
        (table.to_parquet if name.endswith("parquet") else table.to_excel)(file, index=False)
    found = read_raw(file, Layout(empty=("9999", "-9.5", "1900-01-01")))
    assert found.isna().to_numpy().tolist() == [[False] * 3, [True] * 3]
