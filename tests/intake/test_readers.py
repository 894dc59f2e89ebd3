from __future__ import annotations

import codecs
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from briefings.errors import InputError
from tests import tiny
from tests.intake.readers.raw_files import in_cp1258
from tests.whole import read_raw


def csv(folder: Path, content: str | bytes, name: str = "raw.csv") -> pd.DataFrame:
    return read_raw(tiny.write(folder / name, content))


def xlsx(folder: Path, *rows: Sequence[object]) -> pd.DataFrame:
    return read_raw(workbook(folder, *rows))


def workbook(folder: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "raw.xlsx")
    return folder / "raw.xlsx"


def parquet(folder: Path, **columns: object) -> pd.DataFrame:
    pq.write_table(pa.table(columns), folder / "raw.parquet")
    return read_raw(folder / "raw.parquet")


def cells(table: pd.DataFrame) -> list[list[object]]:
    plain = table.astype(object).where(table.notna(), None)
    return [list(row) for row in plain.itertuples(index=False)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_is_read_with_any_usual_delimiter(tmp_path: Path, delimiter: str) -> None:
    lines = (["Mã hồ sơ", "Đơn vị"], ["A1", "Sở Một"], ["A2", ""])
    table = csv(tmp_path, "\n".join(delimiter.join(line) for line in lines) + "\n")
    assert list(table.columns) == ["Mã hồ sơ", "Đơn vị"]
    assert cells(table) == [["A1", "Sở Một"], ["A2", None]]


def test_a_csv_may_have_one_column_only(tmp_path: Path) -> None:
    assert cells(csv(tmp_path, "Mã\nA1\nA2\n")) == [["A1"], ["A2"]]


def test_rows_carry_their_number_in_the_file(tmp_path: Path) -> None:
    assert list(csv(tmp_path, "a,b\n1,2\n3,4\n").index) == [2, 3]


def test_a_blank_line_is_a_row_so_that_numbers_stay_true(tmp_path: Path) -> None:
    table = csv(tmp_path, "a,b\n1,2\n\n3,4\n")
    assert cells(table) == [["1", "2"], [None, None], ["3", "4"]]
    assert list(table.index) == [2, 3, 4]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-with-mark", "utf-16-be-with-mark"]
)
def test_unicode_files_are_read_with_or_without_a_mark(tmp_path: Path, encoding: str) -> None:
    text = "Mã hồ sơ;Người nộp\nA1;Nguyễn Văn Ất\n"
    content = {
        "utf-16-le-with-mark": codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        "utf-16-be-with-mark": codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    }.get(encoding) or text.encode(encoding)
    table = csv(tmp_path, content)
    assert list(table.columns) == ["Mã hồ sơ", "Người nộp"]
    assert cells(table) == [["A1", "Nguyễn Văn Ất"]]


def test_the_old_vietnamese_code_page_is_read_and_composed(tmp_path: Path) -> None:
    text = "Mã hồ sơ,Cơ quan\nA1,Sở Kế hoạch và Đầu tư\nA2,Huyện Gia Lộc\n"
    table = csv(tmp_path, in_cp1258(text))
    assert list(table.columns) == ["Mã hồ sơ", "Cơ quan"]
    assert list(table["Cơ quan"]) == ["Sở Kế hoạch và Đầu tư", "Huyện Gia Lộc"]
    assert all(unicodedata.is_normalized("NFC", text) for text in table["Cơ quan"])


def test_text_is_composed_and_trimmed_in_headings_and_cells(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "  Mã   hồ sơ ,Cơ quan\n Sở Một\u00a0,  \n")
    table = csv(tmp_path, decomposed)
    assert list(table.columns) == ["Mã hồ sơ", "Cơ quan"]
    assert cells(table) == [["Sở Một", None]]


def test_only_an_empty_cell_is_missing(tmp_path: Path) -> None:
    table = csv(tmp_path, 'a,b,c,d,e\nNA,null,None,"",n/a\n')
    assert cells(table) == [["NA", "null", "None", None, "n/a"]]
    table = xlsx(tmp_path, ["a", "b", "c", "d", "e"], ["NA", "null", "None", None, "n/a"])
    assert cells(table) == [["NA", "null", "None", None, "n/a"]]


def test_quotes_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    assert cells(csv(tmp_path, 'a,b\n"1, 2","x\ny"\n')) == [["1, 2", "x\ny"]]


@pytest.mark.parametrize("content", [b"", b"\n", codecs.BOM_UTF8])
def test_an_empty_csv_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match=r"raw\.csv: the file is empty"):
        csv(tmp_path, content)


@pytest.mark.parametrize("name", ["raw.xlsx", "raw.ods", "raw.parquet", "raw.jsonl", "raw.xls"])
def test_a_file_without_a_byte_is_empty_whatever_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="the file is empty"):
        csv(tmp_path, b"", name)


def test_headings_alone_are_a_table_without_rows(tmp_path: Path) -> None:
    assert csv(tmp_path, "a,b\n").shape == (0, 2)
    assert xlsx(tmp_path, ["a", "b"]).shape == (0, 2)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the file is empty"):
        xlsx(tmp_path)


@pytest.mark.parametrize("headings", ["a,b,a", "a,b,a ", "Mã,b,M\u0061\u0303"])
def test_a_heading_that_occurs_twice_is_refused(tmp_path: Path, headings: str) -> None:
    with pytest.raises(InputError, match=r"headings occur twice: (a|Mã)"):
        csv(tmp_path, f"{headings}\n1,2,3\n")


def test_a_heading_that_occurs_twice_in_a_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="headings occur twice: a"):
        xlsx(tmp_path, ["a", "b", "a"], [1, 2, 3])


@pytest.mark.parametrize(
    "rows",
    [
        "1,2,3\n4,5,6\n",  # every row too long: pandas would move each cell one heading left
        "1,2,3\n4,5\n",
        "1,2\n4,5,6\n",
        "1,2\n4\n",  # a row cut short would lose its last cells in silence
        '1,2\n4,"5\n',
    ],
)
def test_a_row_with_more_or_fewer_cells_than_headings_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(InputError, match=r"raw\.csv: not a regular table"):
        csv(tmp_path, "a,b\n" + rows)


@pytest.mark.parametrize("rows", [1, 20_000])
def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path, rows: int) -> None:
    """Also far beyond the part of the file that is looked at for its delimiter."""
    with pytest.raises(InputError, match="neither UTF-8, UTF-16 nor cp1258"):
        csv(tmp_path, b"a,b\n" + b"1,2\n" * rows + b"\xff\x8f,3\n")


@pytest.mark.parametrize("rows", [1, 20_000])
def test_a_truncated_utf_16_file_is_refused(tmp_path: Path, rows: int) -> None:
    with pytest.raises(InputError, match="neither UTF-8, UTF-16 nor cp1258"):
        csv(tmp_path, ("a,b\n" + "1,2\n" * rows).encode("utf-16")[:-1])


@pytest.mark.parametrize("name", ["raw.doc", "raw"])
def test_other_file_types_are_refused_with_the_readable_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read") as caught:
        csv(tmp_path, "a,b\n1,2\n", name)
    assert ".csv" in caught.value.advice
    assert ".xlsx" in caught.value.advice


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert cells(csv(tmp_path, "a,b\n1,2\n", "RAW.CSV")) == [["1", "2"]]


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv: there is no such file"):
        read_raw(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("name", "words"), [("raw.xlsx", "Excel workbook"), ("raw.parquet", "Parquet file")]
)
def test_a_csv_under_another_name_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(InputError, match=f"not a readable {words}"):
        csv(tmp_path, b"a,b\n1,2\n", name)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_parquet_file_is_refused(tmp_path: Path, share: float) -> None:
    parquet(tmp_path, a=["x", "y"])
    content = (tmp_path / "raw.parquet").read_bytes()
    with pytest.raises(InputError, match="not a readable Parquet file"):
        csv(tmp_path, content[: int(len(content) * share)], "raw.parquet")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    content = workbook(tmp_path, ["a", "b"], [1, 2]).read_bytes()
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        csv(tmp_path, content[: int(len(content) * share)], "raw.xlsx")


def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path: Path) -> None:
    whole, broken = workbook(tmp_path, ["a", "b"], [1, 2]).read_bytes(), BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as book, zipfile.ZipFile(broken, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            copy.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        csv(tmp_path, broken.getvalue(), "raw.xlsx")


def test_a_workbook_with_damaged_bytes_is_refused(tmp_path: Path) -> None:
    content = bytearray(workbook(tmp_path, ["a", "b"], *([n, "x"] for n in range(20))).read_bytes())
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.getinfo("xl/worksheets/sheet1.xml")
    start = sheet.header_offset + 30 + len(sheet.filename)
    content[start : start + 10] = b"\xff" * 10
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        csv(tmp_path, bytes(content), "raw.xlsx")


def test_a_workbook_keeps_dates_numbers_and_text(tmp_path: Path) -> None:
    moment = datetime(2025, 2, 3, 16, 30)
    table = xlsx(
        tmp_path,
        ["Ngày", "Lúc", "Số", "Chữ", "Trống"],
        [date(2025, 2, 3), moment, 12, " Sở\u00a0", None],
        ["05/02/2025", 45_691, "12", "x", "y"],
    )
    assert cells(table) == [
        [datetime(2025, 2, 3), moment, 12, "Sở", None],
        ["05/02/2025", 45_691, "12", "x", "y"],
    ]
    assert list(table.index) == [2, 3]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    table = parquet(
        tmp_path,
        code=[" A1", None],
        day=[date(2025, 2, 3), None],
        moment=[datetime(2025, 2, 3, 16, 30), None],
        number=[1, 2],
    )
    assert cells(table) == [
        ["A1", date(2025, 2, 3), pd.Timestamp(2025, 2, 3, 16, 30), 1],
        [None, None, None, 2],
    ]


words = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='",'), min_size=1)


@pytest.mark.slow
@given(st.lists(st.tuples(words, words), max_size=5))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    table = csv(folder, "a,b\n" + "".join(f'"{x}","{y}"\n' for x, y in rows))
    composed = [[unicodedata.normalize("NFC", text) for text in row] for row in rows]
    assert cells(table) == composed
