"""The workbook as a clerk finds it: read back from its file, cell by cell."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from briefings.errors import ReportError
from briefings.facts.form import FormRow
from briefings.facts.form_book import FormBlock, FormBook, FormTable, to_bytes
from briefings.forms.workbook import NO_TIME, workbook
from briefings.organisation import Unit
from briefings.project import REPOSITORY
from tests import form_province as province
from tests.forms.conftest import read_back

pytestmark = pytest.mark.slow

ABOVE = 5  # rows above the header: form and reporter, title, rows, period, unit of measure
FIRST_LINE = ABOVE + 4  # after three rows of headings and one of numbers, counted from 0

SHEETS = {
    "06a kỳ báo cáo": province.BY_UNIT[province.MONTH],
    "06a lũy kế từ đầu năm": province.BY_UNIT[province.TO_DATE],
    "06 lĩnh vực, kỳ báo cáo": province.BY_FIELD[province.MONTH],
    "06 lĩnh vực, lũy kế": province.BY_FIELD[province.TO_DATE],
}
NAMES = {
    "D1": "Sở Một",
    "D2": "Sở Hai",
    "Q1": "Huyện Một",
    "Q2": "Huyện Hai",
    "X1": "Xã Một, Huyện Một",  # two have this name
    "X0": "Xã Một, Huyện Hai (đã kết thúc hoạt động)",
    "T1": "Tỉnh Thử",
    province.NONE: "Không rõ lĩnh vực",
}
BLOCKS = ("Sở, ban, ngành", "Huyện, thị xã, thành phố", "Xã, phường, thị trấn", "Cấp tỉnh")
ROMAN = ("I", "II", "III", "IV")


@pytest.fixture(scope="module")
def read(facts: bytes) -> Workbook:
    return read_back(facts)


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def as_expected(filled_in: list[tuple[str, province.Cells]]) -> list[tuple[Any, ...]]:
    """The lines of a sheet, from what was filled in by hand."""
    lines: list[tuple[Any, ...]] = []
    block, number = -1, 0
    for identity, cells in filled_in:
        if number == 0 and identity != "total":
            block += 1
            lines.append((ROMAN[block], BLOCKS[block], *[None] * 11))
        if identity.startswith("level:"):
            lines.append((None, f"Cộng mục {ROMAN[block]}", *cells))
            number = 0
        elif identity == "total":
            lines.append((None, "Tổng cộng", *cells))
        else:
            number += 1
            lines.append((number, NAMES.get(identity, identity), *cells))
    return lines


def test_the_sheets_are_the_two_forms_for_the_period_and_the_year(read: Workbook):
    assert read.sheetnames == list(SHEETS)


@pytest.mark.parametrize("name", SHEETS)
def test_every_line_is_the_one_filled_in_by_hand(read: Workbook, name: str):
    expected = as_expected(SHEETS[name])
    found = values(read[name])[FIRST_LINE : FIRST_LINE + len(expected)]
    assert found == expected
    assert all(isinstance(value, int) for row in found for value in row[2:] if value is not None)


@pytest.mark.parametrize(
    ("name", "number", "rows", "days"),
    [
        (
            "06a kỳ báo cáo",
            "Biểu số II.06a/VPCP/KSTT",
            "Theo đơn vị",
            "Kỳ báo cáo: tháng 2 năm 2025, 01/02/2025 – 28/02/2025 (theo tháng dương lịch)",
        ),
        (
            "06a lũy kế từ đầu năm",
            "Biểu số II.06a/VPCP/KSTT",
            "Theo đơn vị",
            "Lũy kế từ đầu năm: 01/01/2025 – 28/02/2025 (theo tháng dương lịch)",
        ),
        (
            "06 lĩnh vực, lũy kế",
            "Biểu số 06/VPCP/KSTT",
            "Theo lĩnh vực và cấp giải quyết",
            "Lũy kế từ đầu năm: 01/01/2025 – 28/02/2025 (theo tháng dương lịch)",
        ),
    ],
)
def test_what_stands_above_the_table(read: Workbook, name: str, number, rows, days):
    assert [[value for value in row if value] for row in values(read[name])[:ABOVE]] == [
        [number, "Đơn vị báo cáo: Tỉnh Thử"],
        ["TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"],
        [rows],
        [days],
        ["Đơn vị tính: số hồ sơ"],
    ]


HEADER = {
    "A6:A8": "STT",
    "B6:B8": "Đơn vị",
    "C6:F6": "Số hồ sơ nhận giải quyết",
    "C7:C8": "Tổng số",
    "D7:E7": "Trong kỳ",
    "D8": "Trực tuyến",
    "E8": "Trực tiếp, dịch vụ bưu chính",
    "F7:F8": "Từ kỳ trước",
    "G6:J6": "Số hồ sơ đã giải quyết",
    "G7:G8": "Tổng số",
    "H7:H8": "Trước hạn",
    "I7:I8": "Đúng hạn",
    "J7:J8": "Quá hạn",
    "K6:M6": "Số hồ sơ đang giải quyết",
    "K7:K8": "Tổng số",
    "L7:L8": "Trong hạn",
    "M7:M8": "Quá hạn",
}


def test_the_header_is_merged_as_in_the_form_and_numbers_its_columns(read: Workbook):
    sheet = read["06a kỳ báo cáo"]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    for place, text in HEADER.items():
        assert sheet[place.partition(":")[0]].value == text
        assert ":" not in place or place in merged
    in_header = {place for place in merged if place[1] in "678" and len(place) == 5}
    assert in_header == {place for place in HEADER if ":" in place}
    assert values(sheet)[FIRST_LINE - 1] == tuple(f"({number})" for number in range(1, 14))
    assert read["06 lĩnh vực, lũy kế"]["B6"].value == "Lĩnh vực, công việc giải quyết theo cấp"


@pytest.mark.parametrize("name", SHEETS)
def test_it_is_ready_for_the_screen_and_for_a4(read: Workbook, name: str):
    sheet = read[name]
    assert sheet.freeze_panes == f"C{FIRST_LINE + 1}"
    assert sheet.print_title_rows == f"${ABOVE + 1}:${FIRST_LINE}"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    cells = [cell for row in sheet.iter_rows(min_row=FIRST_LINE + 1, min_col=3) for cell in row]
    assert {cell.number_format for cell in cells if isinstance(cell.value, int)} == {"#,##0"}


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_cut(read: Workbook, name: str):
    """Every text has lines enough for its length, every number fits into its column.

    A column's width counts digits of the default font; of Times New Roman's letters, four stand
    where three digits do (half as many more, when measured).
    """
    sheet = read[name]
    widths = {
        column: sheet.column_dimensions[get_column_letter(column)].width for column in range(1, 14)
    }
    spans = {each.coord.partition(":")[0]: each for each in sheet.merged_cells.ranges}
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
        span = spans.get(cell.coordinate)
        columns = range(span.min_col, span.max_col + 1) if span else [cell.column]
        rows = range(span.min_row, span.max_row + 1) if span else [cell.row]
        width = sum(widths[column] for column in columns)
        height = sum(sheet.row_dimensions[row].height or 15 for row in rows)
        letters = len(str(cell.value)) if isinstance(cell.value, str) else len(f"{cell.value:,}")
        assert letters <= width * 4 / 3 * (height // 15), cell.coordinate
        assert cell.alignment.wrap_text


def test_a_large_number_widens_its_columns_instead_of_being_cut(book: FormBook):
    cells = {3: 300, 4: 100, 5: 100, 6: 100, 7: 200, 8: 100, 9: 100, 10: 0, 11: 100, 12: 100, 13: 0}
    row = FormRow({number: value * 10**6 for number, value in cells.items()}, 0, 0)
    for sheet in read_back(to_bytes(only_total(book, row))):
        assert sheet.column_dimensions["C"].width >= len("300,000,000") + 2


def test_a_project_of_real_data_says_nothing_of_synthetic_ones(read: Workbook):
    assert not any("giả lập" in str(row) for sheet in read for row in values(sheet))


LABEL = {"vi": "Dữ liệu giả lập. Không phải số liệu chính thức.", "en": "Synthetic data."}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_synthetic_data_are_called_so_on_every_sheet_and_every_printed_page(
    book: FormBook, language: str
):
    synthetic = replace(book, about=replace(book.about, synthetic=LABEL))
    for sheet in read_back(to_bytes(synthetic), language):
        cell = sheet.cell(ABOVE + 1, 1)
        assert cell.value == LABEL[language]
        assert cell.font.bold
        assert cell.fill.fgColor.rgb.endswith("FFF3CD")
        assert f"A{ABOVE + 1}:M{ABOVE + 1}" in {str(each) for each in sheet.merged_cells.ranges}
        assert sheet.print_title_rows == f"${ABOVE + 1}:${FIRST_LINE + 1}"
        assert sheet.freeze_panes == f"C{FIRST_LINE + 2}"


def test_in_english_the_same_figures_stand_in_the_same_places(facts: bytes, read: Workbook):
    english = read_back(facts, "en")
    assert english.sheetnames == [
        "06a period", "06a year to date", "06 fields, period", "06 fields, year to date",
    ]  # fmt: skip
    for ours, theirs in zip(english, read, strict=True):
        numbers = [[v for v in row if isinstance(v, int)] for row in values(ours)]
        assert numbers == [[v for v in row if isinstance(v, int)] for row in values(theirs)]
    sheet = english["06a period"]
    assert sheet["A2"].value == "STATUS AND RESULTS OF SETTLING ADMINISTRATIVE PROCEDURES"
    assert sheet["B11"].value == "Department One"


def only_total(book: FormBook, row: FormRow) -> FormBook:
    """The book with one unit and one field of one row each."""

    def table(of: FormTable) -> FormTable:
        block = of.blocks[0]
        entry = replace(block.entries[0], row=row)
        return replace(of, blocks=(FormBlock(block.level, (entry,), row),), total=row)

    return replace(
        book,
        by_unit=tuple(map(table, book.by_unit)),
        by_field=tuple(map(table, book.by_field)),
    )


def notes(sheet: Any) -> str:
    """What stands below the total."""
    texts = [row[0] for row in values(sheet)]
    labels = [str(row[1]) for row in values(sheet)]
    last = max(number for number, label in enumerate(labels) if label.startswith("Tổng cộng"))
    return "\n".join(text for text in texts[last + 1 :] if text)


def test_a_gap_is_a_dash_with_a_note_and_never_a_zero(book: FormBook):
    row = FormRow(
        {3: 4, 4: None, 5: None, 6: 0, 7: 3, 8: 2, 9: 0, 10: 1, 11: 1, 12: 0, 13: 1}, 0, 0
    )
    for sheet in read_back(to_bytes(only_total(book, row))):
        lines = values(sheet)[FIRST_LINE + 1 :]
        assert lines[0][2:] == (4, "–", "–", 0, 3, 2, 0, 1, 1, 0, 1)
        assert "– không đo được" in notes(sheet)


def test_dossiers_without_a_return_date_are_told_below(book: FormBook):
    row = FormRow(
        {3: 1500, 4: 1500, 5: 0, 6: 0, 7: 1400, 8: 1398, 9: 0, 10: 0, 11: 100, 12: 99, 13: 0}, 2, 1
    )
    for sheet in read_back(to_bytes(only_total(book, row))):
        assert "3 hồ sơ không có ngày hẹn trả chỉ nằm ở cột (7) và (11)." in notes(sheet)


def test_the_notes_say_what_was_checked_where_it_comes_from_and_what_was_not(read: Workbook):
    for name in SHEETS:
        text = notes(read[name])
        assert "(3) = (7) + (11)" in text
        assert "Dữ liệu đến 11/02/2025." in text
        assert "Dữ liệu thử." in text
        assert "chưa xác minh" in text
        assert "không đo được" not in text
        assert "không có ngày hẹn trả" not in text
        assert ("danh mục TTHC" in text) == name.startswith("06 ")


def test_what_was_divided_among_units_is_marked_as_an_estimate(book: FormBook, read: Workbook):
    row = replace(book.by_unit[0].blocks[0].entries[0].row, estimate=True)
    for sheet in read_back(to_bytes(only_total(book, row))):
        labels = [line[1] for line in values(sheet)[FIRST_LINE:] if line[1]]
        assert [label.endswith(" ≈") for label in labels] == [False, True, True, True]
        assert "≈ là có phần ước tính" in notes(sheet)
    assert not any("≈" in str(line) for sheet in read for line in values(sheet))


def test_units_whose_dossiers_stand_with_others_are_told(book: FormBook, read: Workbook):
    told = "2 đơn vị đã kết thúc hoạt động (sáp nhập, giải thể…) có hồ sơ trong năm"
    sheets = read_back(to_bytes(replace(book, taken_over=2))).worksheets
    assert [told in notes(sheet) for sheet in sheets] == [True, True, False, False]
    assert not any("đơn vị tiếp nhận" in notes(sheet) for sheet in read)


DANGEROUS = (
    "=1+1", '=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "TRUE", "1",
)  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_name_ever_becomes_a_formula(book: FormBook, text: str):
    unit = Unit("D1", text, text, "department", "T1")

    def renamed(table: FormTable) -> FormTable:
        block = table.blocks[0]
        of = unit if isinstance(block.entries[0].of, Unit) else text
        entries = (replace(block.entries[0], of=of), *block.entries[1:])
        return replace(table, blocks=(replace(block, entries=entries), *table.blocks[1:]))

    about = replace(book.about, project={"vi": text}, synthetic={"vi": text}, notes={"vi": text})
    named = FormBook(about, tuple(map(renamed, book.by_unit)), tuple(map(renamed, book.by_field)))
    content = workbook(to_bytes(named), "vi")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in (name for name in archive.namelist() if "worksheets" in name):
            assert b"<f>" not in archive.read(entry)
    found = 0
    for sheet in read_back(to_bytes(named)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n")
            if cell.value == text.strip():
                found += 1
                assert cell.data_type == "s"
                assert bool(cell.quotePrefix) == (text.strip()[0] in "=+-@")
    assert found == 4 * 3  # a row, the label and the note of every sheet


def test_control_characters_are_left_out(book: FormBook):
    about = replace(book.about, project={"vi": "Tỉnh\x00 \x0bThử\u202e"})
    sheet = read_back(to_bytes(replace(book, about=about))).worksheets[0]
    assert sheet["C1"].value == "Đơn vị báo cáo: Tỉnh Thử"


def test_facts_that_do_not_add_up_are_refused_when_they_are_read(facts: bytes):
    """The check of the count is made again here: a kept file is no proof."""
    broken = facts.replace(b'"13":2}', b'"13":1}', 1)
    assert broken != facts
    with pytest.raises(ReportError, match=r"06a, 2025-02, total: \(11\) = \(12\) \+ \(13\)"):
        workbook(broken, "vi")


def test_no_entry_tells_when_or_by_whom_it_was_written(facts: bytes):
    content = workbook(facts, "vi")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            assert (entry.date_time, entry.create_system) == (NO_TIME, 3)
            assert entry.external_attr == 0o600 << 16
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2025-02-28T00:00:00Z") == 2  # the last day of the period, not today
    assert content == workbook(facts, "vi")


@pytest.mark.parametrize(
    ("zone", "umask", "seed"), [("Pacific/Kiritimati", 0o077, "1"), ("UTC", 0, "2")]
)
def test_another_process_zone_mask_and_folder_give_the_same_bytes(
    facts: bytes, tmp_path: Path, zone: str, umask: int, seed: str
):
    (tmp_path / "facts.json").write_bytes(facts)
    script = """
from pathlib import Path
from briefings.forms.workbook import workbook
Path("form.xlsx").write_bytes(workbook(Path("facts.json").read_bytes(), "vi"))
"""
    surroundings = {
        **os.environ,
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        "LC_ALL": "C",
        "USER": "nobody",
        "PYTHONPATH": str(REPOSITORY / "src"),
    }
    command = [sys.executable, "-c", script]
    subprocess.run(command, check=True, cwd=tmp_path, umask=umask, env=surroundings)
    assert (tmp_path / "form.xlsx").read_bytes() == workbook(facts, "vi")
