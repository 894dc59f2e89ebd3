from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from briefings.errors import InputError
from tests import tiny
from tests.intake.readers.raw_files import ODS_TYPE, archive, ods, ods_row, ods_sheet, ods_text
from tests.whole import read_raw

PAGE = "<html><head><meta charset='utf-8'></head><table><tr><td>Mã</td></tr></table></html>"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def workbook(file: Path) -> Path:
    book = Workbook()
    book.active.append(["Mã"])  # type: ignore[union-attr]
    book.save(file.with_suffix(".xlsx"))
    return file.with_suffix(".xlsx").rename(file)


def parquet(file: Path) -> Path:
    pq.write_table(pa.table({"a": [1]}), file)
    return file


def array(file: Path) -> Path:
    return tiny.write(file, '\ufeff\n[\n {"a": 1}]')


def spreadsheet(file: Path) -> Path:
    return ods(file.parent, ods_sheet(ods_row(ods_text("Mã")))).rename(file)


@pytest.mark.parametrize(
    ("name", "write", "words"),
    [
        ("raw.csv", workbook, r"named \.csv, but is an Excel workbook .*\nName it \.xlsx"),
        ("raw.xls", workbook, r"named \.xls, but is an Excel workbook \(\.xlsx\)"),
        ("raw.ods", workbook, r"named \.ods, but is an Excel workbook"),
        ("raw.xlsx", spreadsheet, r"named \.xlsx, but is an OpenDocument spreadsheet \(\.ods\)"),
        ("raw.csv", parquet, r"named \.csv, but is a Parquet file\.\nName it \.parquet"),
        ("raw.jsonl", parquet, r"named \.jsonl, but is a Parquet file"),
        ("raw.json", workbook, r"named \.json, but is an Excel workbook"),
        ("raw.csv", array, r"named \.csv, but is JSON\.\nName it \.json"),
        ("raw.jsonl", array, r"named \.jsonl, but is JSON"),
        ("raw.xlsx", array, r"named \.xlsx, but is text"),
    ],
)  # fmt: skip
def test_a_table_under_the_name_of_another_is_told_apart(tmp_path, name, write, words) -> None:
    with pytest.raises(InputError, match=words):
        read_raw(write(tmp_path / name))


@pytest.mark.parametrize("name", ["raw.xlsx", "raw.ods", "raw.parquet", "raw.xls"])
def test_text_under_the_name_of_a_workbook_is_told_apart(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"named {Path(name).suffix}, but is text"):
        read_raw(tiny.write(tmp_path / name, "Mã,Tên\nA1,x\n"))


@pytest.mark.parametrize("name", ["raw.xls", "raw.xlsx", "raw.csv"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PAGE, r"a web page \(HTML\)"),
        ("\ufeff\n <!DOCTYPE html>\n" + PAGE, r"a web page \(HTML\)"),
        (PAGE.encode("utf-16"), r"a web page \(HTML\)"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "a workbook in the XML of Excel 2003"),
        ("MIME-Version: 1.0\n", "a web archive"),
        (OLE2, "a workbook of Excel 97-2003"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08", "packed with gzip"),
        (b"PK\x03\x04" + bytes(50), "not a readable Excel workbook"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_advice(tmp_path, name, content, words) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_raw(tiny.write(tmp_path / name, content))
    assert caught.value.advice


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl/workbook.bin": b""}, r"a binary Excel workbook \(\.xlsb\)"),
        ({"word/document.xml": b""}, "an archive without a workbook"),
        ({"content.xml": b"", "mimetype": ODS_TYPE.replace("sheet", "x")}, "without a workbook"),
        ({}, "an archive without a workbook"),
        ({"xl/styles.xml": b""}, "not a readable Excel workbook"),
    ],
)
def test_an_archive_is_not_always_a_workbook(tmp_path, parts, words) -> None:
    with pytest.raises(InputError, match=words):
        read_raw(archive(tmp_path / "raw.xlsx", parts))
