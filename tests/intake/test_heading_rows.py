from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from briefings.intake.heading_rows import find_headings, numbers_columns, starts
from briefings.intake.layout import Layout
from tests import tiny


def found(file: Path) -> Layout:
    """Where the headings are, of a file in which no heading is known."""
    return find_headings(file, Layout(), lambda _: False)


def test_titles_of_one_cell_are_stepped_over_whatever_their_commas(tmp_path: Path) -> None:
    csv = "Bericht, Stand: Mai\n\nVorgang;Amt;Eingang;Ende;Art\n1;A;2024-03-03;;x\n"
    assert found(tiny.write(tmp_path / "raw.csv", csv)).header_rows == (3,)


def test_a_first_row_of_data_that_is_all_words_is_no_second_row_of_headings(tmp_path: Path) -> None:
    csv = "geo,time,indicator\nEE,first,RECEIVED\nEE,first,DECIDED\n"
    assert found(tiny.write(tmp_path / "raw.csv", csv)).header_rows == (1,)


def test_years_as_headings_are_headings(tmp_path: Path) -> None:
    csv = "Amt,2022,2023,2024\nBauamt,1,2,3\n"
    assert found(tiny.write(tmp_path / "raw.csv", csv)).header_rows == (1,)


def test_headings_under_merged_ones_are_read_with_them_and_column_numbers_are_no_data(
    tmp_path: Path,
) -> None:
    """The shape of Form II.06a: titles, three merged rows of headings, then (1), (2), (3)."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Biểu số II.06a"],
        ["Kỳ báo cáo: Quý II/2025"],
        ["STT", "Lĩnh vực", "Tiếp nhận", None, None, "Giải quyết", None],
        [None, None, "Tổng số", "Trong kỳ", None, "Tổng số", "Quá hạn"],
        [None, None, None, "Trực tuyến", "Trực tiếp", None, None],
        [f"({number})" for number in range(1, 8)],
        [1, "Hộ tịch", 30, 20, 10, 25, 5],
    ):
        sheet.append(row)
    for merged in ("A3:A5", "B3:B5", "C3:E3", "C4:C5", "D4:E4", "F3:G3", "F4:F5", "G4:G5"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "raw.xlsx")
    layout = found(tmp_path / "raw.xlsx")
    assert (layout.header_rows, layout.first_row) == ((3, 4, 5), 7)


def test_periods_over_headings_that_repeat_are_headings_too(tmp_path: Path) -> None:
    csv = ",Jan 2025,,Feb 2025,\nOffice,Received,Closed,Received,Closed\nA,1,2,3,4\n"
    assert found(tiny.write(tmp_path / "raw.csv", csv)).header_rows == (1, 2)


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (("(1)", "(2)", "(3)"), True),
        (("A", "B", "1", "2", "3=1+2"), True),
        (("1", "2"), False),
        (("1", "Hộ tịch", "2", "3"), False),
        (("10", "20", "30"), False),
    ],
)
def test_a_row_that_only_counts_columns(row: tuple[str, ...], counts: bool) -> None:
    assert numbers_columns(row) == counts


def test_rows_of_numbers_are_headings_only_where_nothing_else_is() -> None:
    assert starts([("a", "b", "c"), ("1", "2", "3")]) == [1]
    assert starts([("1", "2", "3"), ("4", "5", "6")]) == [1]
    assert starts([]) == []
