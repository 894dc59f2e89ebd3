from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.reference import load_unit_codes
from tests import tiny
from tests.intake.readers.raw_files import in_cp1258
from tests.whole import read_raw

ROOT = Path(__file__).parents[3]
# TCVN 5712:1993, the third set (VN3), as the ABC fonts have it.
TCVN3 = dict(
    zip(
        "ăâêôơưđĂÂÊÔƠƯĐàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "a8a9aaabacadaea1a2a3a4a5a6a7b5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6"
            "d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        strict=True,
    )
)
HEADINGS = "Mã hồ sơ,Tên thủ tục,Cơ quan,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái"
SHORT = ["Mã hồ sơ,Số", "Đơn vị,Số", "Tên,Mã", HEADINGS]


def in_tcvn3(text: str) -> bytes:
    """Capitals with a tone are small in this set; the fonts for capitals show them as capitals."""
    parts = (TCVN3.get(sign) or TCVN3.get(sign.lower()) or ord(sign) for sign in text)
    return bytes(parts)


def names() -> list[str]:
    """Every unit of the province: 12 districts and 207 communes among them."""
    with (ROOT / "data" / "reference" / "units.csv").open(encoding="utf-8") as stream:
        return [name.replace("–", "-") for name in pd.read_csv(stream)["name_vi"]]


def read(folder: Path, content: bytes, encoding: str | None = None) -> pd.DataFrame:
    return read_raw(tiny.write(folder / "raw.csv", content), Layout(encoding=encoding))


def test_the_units_are_there_to_be_tried() -> None:
    assert len(names()) >= len(load_unit_codes(ROOT / "data" / "reference" / "units.csv")) > 200


@pytest.mark.parametrize("headings", SHORT)
def test_tcvn3_is_refused_with_advice_even_if_short(tmp_path: Path, headings: str) -> None:
    rows = "".join(f"{n},x\n" for n in range(3))
    with pytest.raises(InputError, match=r"an old ABC font \(TCVN3\)") as caught:
        read(tmp_path, in_tcvn3(f"{headings}\n{rows}"))
    assert "Convert it to Unicode" in caught.value.advice


@pytest.mark.parametrize("headings", SHORT)
def test_the_same_headings_in_cp1258_are_read(tmp_path: Path, headings: str) -> None:
    assert list(read(tmp_path, in_cp1258(f"{headings}\n")).columns) == headings.split(",")


@pytest.mark.slow
def test_every_name_of_a_unit_is_told_apart_by_itself(tmp_path: Path) -> None:
    for name in names():
        assert list(read(tmp_path, in_cp1258(f"Mã;Tên\nA1;{name}\n"))["Tên"]) == [name]
        with pytest.raises(InputError, match="TCVN3"):
            read(tmp_path, in_tcvn3(f"Mã số;Tên đơn vị\nA1;{name}\n"))


@pytest.mark.parametrize(
    "text", ["«Sở Một»", "Diện tích (m²), 25°C", "±½ ¼ § 5 © 2025", "®Chợ™", "Giá: 5£ ¥"]
)
def test_signs_among_words_are_no_tcvn3(tmp_path: Path, text: str) -> None:
    table = read(tmp_path, in_cp1258(f"Mã;Tên\nA1;{text}\n"))
    assert list(table["Tên"]) == [unicodedata.normalize("NFC", text)]


@pytest.mark.parametrize(
    "text", ["Fundação; Regiões", "però; può", "lunedì; CIÒ", "sõna; öö", "Það; Þór"]
)
def test_other_old_encodings_are_not_taken_for_vietnamese(tmp_path: Path, text: str) -> None:
    content = f"a;b\n{text}\n".encode("cp1252")
    with pytest.raises(InputError, match="an old encoding, and nothing in it says which") as caught:
        read(tmp_path, content)
    assert "`encoding: cp1252`" in caught.value.advice
    assert list(read(tmp_path, content, "cp1252").iloc[0]) == text.split("; ")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Đurić", "cp1250"), ("Łódź", "cp1250"), ("Это отдел", "cp1251"), ("서울", "euc-kr"),
     ("臺北市", "big5"), ("Işıklı Şube", "cp1254")],
)  # fmt: skip
def test_nor_are_those_of_other_parts_of_the_world(
    tmp_path: Path, text: str, encoding: str
) -> None:
    content = f"a;b\n1;{text}\n".encode(encoding)
    with pytest.raises(InputError, match="an old encoding, and nothing in it says which"):
        read(tmp_path, content)
    assert list(read(tmp_path, content, encoding)["b"]) == [text]


@pytest.mark.parametrize("text", ["Dịch", "Trương", "Lương Sơn", "Ngoại vụ ngành bảo hiểm"])
def test_a_little_vietnamese_is_enough(tmp_path: Path, text: str) -> None:
    assert list(read(tmp_path, in_cp1258(f"a;b\n1;{text}\n"))["b"]) == [text]


def test_what_reads_the_same_in_both_needs_no_word(tmp_path: Path) -> None:
    table = read(tmp_path, "a;b\ncafé;Größe œuvre\n".encode("cp1252"))
    assert list(table.iloc[0]) == ["café", "Größe œuvre"]


def test_a_declared_encoding_is_not_doubted(tmp_path: Path) -> None:
    table = read(tmp_path, "Nom;col·lecció l·l\nx;y\n".encode("cp1252"), "cp1252")
    assert list(table.columns) == ["Nom", "col·lecció l·l"]


def test_headings_in_an_abc_font_within_a_workbook_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([in_tcvn3(name).decode("latin-1") for name in HEADINGS.split(",")])  # type: ignore[union-attr]
    book.save(tmp_path / "raw.xlsx")
    with pytest.raises(InputError, match=r"headings in an old Vietnamese ABC font \(TCVN3\)"):
        read_raw(tmp_path / "raw.xlsx")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_must_be_declared(tmp_path: Path, encoding: str) -> None:
    content = f"{HEADINGS}\n".encode(encoding)
    assert list(read(tmp_path, content, encoding).columns) == HEADINGS.split(",")
    with pytest.raises(InputError) as caught:
        read(tmp_path, "Ma,Ten\n".encode(encoding))
    assert "declare its encoding" in caught.value.advice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_mark_is_never_part_of_the_first_heading(tmp_path: Path, encoding: str) -> None:
    mark = codecs.BOM_UTF8 if encoding == "utf-8" else codecs.BOM_UTF16_LE
    text = f"{HEADINGS}\n".encode("utf-8" if encoding == "utf-8" else "utf-16-le")
    assert list(read(tmp_path, mark + text, encoding).columns) == HEADINGS.split(",")


def test_bytes_that_a_declared_encoding_does_not_know_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the text is not utf-8 as the layout says"):
        read(tmp_path, in_cp1258(f"{HEADINGS}\n"), "utf-8")
