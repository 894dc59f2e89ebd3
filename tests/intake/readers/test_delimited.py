from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from briefings.errors import InputError
from briefings.intake.layout import MISFIT, Layout
from briefings.intake.readers import read_chunks
from tests import tiny
from tests.intake.readers.raw_files import cells
from tests.whole import read_raw


def read(folder: Path, content: str | bytes, layout: Layout | None = None) -> pd.DataFrame:
    return read_raw(tiny.write(folder / "raw.csv", content), layout or Layout())


@pytest.mark.parametrize("name", ["raw.csv", "raw.tsv", "raw.txt", "RAW.TXT"])
def test_text_is_told_by_its_cells_not_by_its_ending(tmp_path: Path, name: str) -> None:
    file = tiny.write(tmp_path / name, "Mã\tTên, họ\nA1\tx\n")
    assert cells(read_raw(file)) == [["A1", "x"]]


def test_the_delimiter_that_gives_regular_rows_is_taken(tmp_path: Path) -> None:
    assert list(read(tmp_path, "Mã;Tên, họ;Số\nA1;x;1,5\nA2;y;2\n").columns) == [
        "Mã",
        "Tên, họ",
        "Số",
    ]
    assert list(read(tmp_path, "Mã, số;Tên\nA1;x\n").columns) == ["Mã, số", "Tên"]


def test_a_heading_in_quotes_may_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    table = read(tmp_path, '"Mã;số\nhồ sơ",Tên\nA1,x\n')
    assert list(table.columns) == ["Mã;số hồ sơ", "Tên"]


@pytest.mark.parametrize("heading", ["(misfit)", "(row)", "(sheet)", "(key)", "(fault)"])
def test_a_heading_that_readers_write_is_refused(tmp_path: Path, heading: str) -> None:
    with pytest.raises(InputError, match="which means something else here"):
        read(tmp_path, f"Mã,{heading}\nA1,x\n")


def test_a_declared_delimiter_holds(tmp_path: Path) -> None:
    table = read(tmp_path, "Ghi chú, nếu có\nA1, A2\n", Layout(delimiter=";"))
    assert cells(table) == [["A1, A2"]]


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_the_line_that_names_the_delimiter_is_no_row(tmp_path: Path, line: str) -> None:
    table = read(tmp_path, f"{line}a,b;c\n1,2;3\n")
    assert list(table.columns) == ["a,b", "c"]
    assert list(table.index) == [2]
    with pytest.raises(InputError, match="2 headings, but 1 cells in line 4"):
        read(tmp_path, f"{line}a;b\n1;2\n3\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_and_mixed(tmp_path: Path, end: str) -> None:
    table = read(tmp_path, f"a,b\n1,2{end}3,4\r\n5,6")
    assert cells(table) == [["1", "2"], ["3", "4"], ["5", "6"]]


def test_blank_lines_at_the_end_are_no_rows_and_empty_cells_are(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "a,b\n1,2\n,\n\n\n")) == [["1", "2"], [None, None]]


def test_a_ragged_row_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2 headings, but 3 cells in line 5"):
        read(tmp_path, 'a,b\n"x\ny",2\n3,4\n5,6,7\n')


@pytest.mark.parametrize("row", ['"a"b,2', '1,"2'])
def test_a_quote_that_is_not_doubled_or_closed_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(InputError, match=r"not a regular table: .*\(line 3\)"):
        read(tmp_path, f"a,b\n1,2\n{row}\n")


def test_a_zero_byte_is_refused_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 3 holds a zero byte"):
        read(tmp_path, b"a,b\n1,2\n3,\x00\n")


def test_long_cells_are_data(tmp_path: Path) -> None:
    text = "x" * 10_000
    assert cells(read(tmp_path, f"a,b\n{text},2\n")) == [[text, "2"]]


def test_a_file_that_is_one_endless_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 1: more than 4,000,000 characters in one line"):
        read(tmp_path, "x" * 4_000_001)


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="field larger than field limit"):
        read(tmp_path, 'a,b\n"' + "x" * 140_000 + '",2\n')
    with pytest.raises(InputError, match="a quote is never closed: more than 10,000 lines"):
        read(tmp_path, 'a,b\n1,"' + "\n" * 100_000)


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 2,000 columns"):
        read(tmp_path, ",".join(map(str, range(2_001))) + "\n")


@pytest.mark.slow
def test_a_limit_can_be_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFINGS_MAX_COLUMNS", "3000")
    assert read(tmp_path, ",".join(map(str, range(2_001))) + "\n").shape == (0, 2_001)


def test_a_heading_as_long_as_a_text_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column 2: more than 1,000 characters in one heading"):
        read(tmp_path, f"a,{'x' * 1_001}\n1,2\n")


def test_chunks_have_at_most_the_rows_asked_for(tmp_path: Path) -> None:
    file = tiny.write(tmp_path / "raw.csv", "a\n" + "x\n" * 5)
    chunks = list(read_chunks(file, rows=2))
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]
    assert [row for chunk in chunks for row in chunk.index] == [2, 3, 4, 5, 6]


def test_a_row_of_another_width_is_set_aside_only_where_the_layout_says_so(tmp_path: Path) -> None:
    text = "Mã,Tên\nA1,x\nA2,x,y\n\nA3\nA4,z\n"
    with pytest.raises(InputError, match="2 headings, but 3 cells in line 3"):
        read(tmp_path, text)
    table = read(tmp_path, text, Layout(ragged="set_aside"))
    assert table[MISFIT].dropna().to_dict() == {3: "3", 5: "1"}
    assert table[["Mã", "Tên"]].dropna().to_numpy().tolist() == [["A1", "x"], ["A4", "z"]]
    assert list(table.index) == [2, 3, 4, 5, 6]


def test_without_headings_the_first_row_says_how_wide_the_others_are(tmp_path: Path) -> None:
    """The first column was taken for what says that a row has another width."""
    layout = Layout(header_rows=(), ragged="set_aside")
    table = read(tmp_path, "\nA1,x\nA2\nA3,y\n", layout)
    assert list(table.columns) == ["(column 1)", "(column 2)", "(misfit)"]
    assert table.loc[2].to_list()[:2] == ["A1", "x"]
    assert table["(misfit)"].dropna().to_dict() == {3: "1"}
