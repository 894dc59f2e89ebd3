from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from briefings.errors import InputError
from briefings.intake.cells import as_text
from briefings.intake.layout import Layout
from briefings.intake.written_dates import DateReading, read_moments
from briefings.intake.written_numbers import NumberReading, read_numbers
from tests.intake.readers.raw_files import (
    DATE_STYLE,
    DURATION_STYLE,
    MOMENT_STYLE,
    cells,
    xlsx,
)
from tests.whole import read_raw

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Mã</t></is></c></row>'


def column(folder: Path, *values: str, about: str = "") -> list[object]:
    """Cells of one column, each given as the inside of its tag: attributes>content."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" {value}</c></row>' for n, value in enumerate(values, 2)
    )
    return [row[0] for row in cells(read_raw(xlsx(folder, HEAD + rows, about=about)))]


def test_cells_keep_their_types(tmp_path: Path) -> None:
    assert column(
        tmp_path,
        "><v>12</v>",
        "><v>12.0</v>",
        "><v>1.5</v>",
        "><v>1E3</v>",
        't="b"><v>1</v>',
        't="b"><v>0</v>',
        't="inlineStr"><is><t>0012</t></is>',
        't="d"><v>2025-02-03T16:30:00</v>',
    ) == [12, 12, 1.5, 1000, True, False, "0012", datetime(2025, 2, 3, 16, 30)]


def test_numbers_with_a_date_format_are_dates(tmp_path: Path) -> None:
    assert column(
        tmp_path,
        f's="{DATE_STYLE}"><v>45691</v>',
        f's="{MOMENT_STYLE}"><v>45691.6875</v>',
        f's="{MOMENT_STYLE}"><v>0.6875</v>',
        f's="{DURATION_STYLE}"><v>1.5</v>',
        "><v>45691</v>",
    ) == [
        datetime(2025, 2, 3),
        datetime(2025, 2, 3, 16, 30),
        time(16, 30),
        timedelta(days=1.5),
        45691,
    ]


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    since_1904 = '<workbookPr date1904="1"/>'
    value = f's="{DATE_STYLE}"><v>{45691 - 1462}</v>'
    assert column(tmp_path, value, about=since_1904) == [datetime(2025, 2, 3)]


def test_a_bare_number_under_a_date_counts_from_the_day_zero_of_its_workbook(
    tmp_path: Path,
) -> None:
    """It was read four years early: nothing said so."""
    since_1904 = '<workbookPr date1904="1"/>'
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{44228 + n * 0.5}</v></c></row>' for n in (2, 3))
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Ngày</t></is></c></row>'
    raw = read_raw(xlsx(tmp_path, head + rows, about=since_1904))["Ngày"]
    assert list(read_moments(raw, DateReading())) == [
        datetime(2025, 2, 3),
        datetime(2025, 2, 3, 12),
    ]
    assert list(read_numbers(raw, NumberReading())) == [44229, 44229.5]
    assert list(as_text(raw)) == ["44229", "44229.5"]
    usual = read_raw(xlsx(tmp_path, head + rows))["Ngày"]
    assert read_moments(usual, DateReading()).iloc[0] == datetime(2021, 2, 2)


def test_formulas_give_the_value_that_was_calculated(tmp_path: Path) -> None:
    assert column(
        tmp_path,
        "><f>1+1</f><v>2</v>",
        't="str"><f>"D"&amp;1</f><v>D1</v>',
        't="str"><f>""</f><v></v>',
        't="b"><f>1=1</f><v>1</v>',
        "><v>0</v>",
    ) == [2, "D1", None, True, 0]


def test_a_formula_that_was_never_calculated_is_no_empty_cell(tmp_path: Path) -> None:
    """As programs write them that do not calculate, openpyxl among them."""
    book = Workbook()
    for row in [["Mã", "Số"], ["A1", "=1+1"], ["A2", "=2+2"]]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "raw.xlsx")
    with pytest.raises(InputError, match=r"B2 \(Số\) holds a formula without .*; B3 \(Số\)"):
        read_raw(tmp_path / "raw.xlsx")


def test_an_error_value_names_its_cell(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sheet 'Dữ liệu': A2 \(Mã\) holds the error #REF!"):
        column(tmp_path, 't="e"><v>#REF!</v>')


def test_an_error_value_can_be_declared_empty(tmp_path: Path) -> None:
    file = xlsx(tmp_path, HEAD + '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>')
    assert cells(read_raw(file, Layout(empty=("#N/A",)))) == [[None]]


def test_only_the_first_faults_are_listed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"A11 \(Mã\) holds the error #N/A, and 2 more"):
        column(tmp_path, *['t="e"><v>#N/A</v>'] * 12)


def test_faults_outside_the_table_do_no_harm(tmp_path: Path) -> None:
    title = '<row r="1"><c r="A1"><f>TODAY()</f></c></row>'
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in [(2, "Mã"), (3, "D1")]
    )
    total = '<row r="4"><c r="A4"><f>SUM(A3)</f></c></row>'
    file = xlsx(tmp_path, title + rows + total)
    assert cells(read_raw(file, Layout(header_rows=(2,), last_row=3))) == [["D1"]]


@pytest.mark.parametrize("value", ["nan", "1e999", "0x10", "1_000", "x"])
def test_what_is_no_number_is_a_fault(tmp_path: Path, value: str) -> None:
    with pytest.raises(InputError, match=r"A2 .* holds no value of its type"):
        column(tmp_path, f"><v>{value}</v>")


@pytest.mark.parametrize("serial", ["-5", "1e300", "99999999"])
def test_a_date_that_does_not_exist_is_a_fault(tmp_path: Path, serial: str) -> None:
    with pytest.raises(InputError, match=r"A2 .* holds a date that does not exist"):
        column(tmp_path, f's="{DATE_STYLE}"><v>{serial}</v>')


def test_shared_texts_are_read_without_how_to_pronounce_them(tmp_path: Path) -> None:
    texts = (
        "<si><t>Mã</t></si><si><r><t>Sở </t></r><r><rPr><b/></rPr><t>Một</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
        "<si><t>a_x000D_b</t></si>"
    )
    rows = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(4))
    table = read_raw(xlsx(tmp_path, rows, texts=texts))
    assert list(table.columns) == ["Mã"]
    assert cells(table) == [["Sở Một"], ["東京"], ["a\rb"]]


def test_rows_and_columns_that_are_left_out_are_empty(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="B1"><v>1</v></c><c r="XFD1" s="1"/></row>'
        '<row r="4" hidden="1"><c r="C4"><v>3</v></c></row><row r="1048576"><c s="1"/></row>'
    )
    table = read_raw(xlsx(tmp_path, rows))
    assert list(table.columns) == ["(column 1)", "1", "(column 3)"]
    assert list(table.index) == [2, 3, 4]
    assert cells(table)[2] == [None, None, 3]


def book(folder: Path, **sheets: list[list[object]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(folder / "raw.xlsx")
    return folder / "raw.xlsx"


JANUARY, FEBRUARY = [["Mã", "Số"], ["A1", 1]], [["Số", "Mã"], [2, "B1"], [3, "B2"]]


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    file = book(tmp_path, T1=JANUARY, T2=FEBRUARY)
    assert cells(read_raw(file, Layout(sheet="T2"))) == [[2, "B1"], [3, "B2"]]


def test_a_sheet_that_is_not_there_lists_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no sheet 'T3'\.\nThe workbook has: T1, T2\."):
        read_raw(book(tmp_path, T1=JANUARY, T2=FEBRUARY), Layout(sheet="T3"))


def test_which_of_several_filled_sheets_is_meant_must_be_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"2 sheets are filled\.\n.*The workbook has: T1, T2\."):
        read_raw(book(tmp_path, T1=JANUARY, T2=FEBRUARY, Sheet3=[]))


def test_empty_and_hidden_sheets_need_not_be_told_apart(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = book(tmp_path, Sheet1=[], T1=JANUARY, List=FEBRUARY)
    workbook = load_workbook(file)
    workbook["List"].sheet_state = "hidden"
    workbook.save(file)
    assert cells(read_raw(file)) == [["A1", 1]]
    assert len(read_raw(file, Layout(sheet="List"))) == 2


def test_several_sheets_are_one_table_that_names_them(tmp_path: Path) -> None:
    table = read_raw(book(tmp_path, T1=JANUARY, T2=FEBRUARY, Note=[["x"]]), Layout(sheet="T*"))
    assert cells(table) == [["T1", "A1", 1], ["T2", "B1", 2], ["T2", "B2", 3]]
    assert list(table.columns) == ["(sheet)", "Mã", "Số"]
    assert list(table.index) == [2, 10_000_002, 10_000_003]


def test_several_sheets_must_have_the_same_headings(tmp_path: Path) -> None:
    file = book(tmp_path, T1=JANUARY, Note=[["Mã", "Ghi chú"], ["x", "y"]])
    with pytest.raises(InputError, match=r"sheet 'Note': other headings .*'T1': Ghi chú, Số"):
        read_raw(file, Layout(sheet="*"))


def merged(folder: Path, rows: list[list[object]], *ranges: str) -> Path:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)  # type: ignore[union-attr]
    for each in ranges:
        workbook.active.merge_cells(each)  # type: ignore[union-attr]
    workbook.save(folder / "raw.xlsx")
    return folder / "raw.xlsx"


def test_merged_headings_stand_over_all_their_columns(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["BÁO CÁO", None, None, None],
        ["Mã", "Tiếp nhận", None, "Ghi chú"],
        [None, "Trực tuyến", "Trực tiếp", None],
        ["D1", 3, 4, "x"],
    ]
    file = merged(tmp_path, rows, "A1:D1", "A2:A3", "B2:C2", "D2:D3")
    table = read_raw(file, Layout(header_rows=(2, 3)))
    assert list(table.columns) == [
        "Mã",
        "Tiếp nhận / Trực tuyến",
        "Tiếp nhận / Trực tiếp",
        "Ghi chú",
    ]
    assert cells(table) == [["D1", 3, 4, "x"]]


def test_a_merged_text_stands_for_every_row_it_covers(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Sở", "Mã"], ["Sở Một", "A1"], [None, "A2"], ["Sở Hai", "A3"]]
    table = read_raw(merged(tmp_path, rows, "A2:A3"))
    assert cells(table) == [["Sở Một", "A1"], ["Sở Một", "A2"], ["Sở Hai", "A3"]]


def test_a_merged_number_would_be_counted_twice(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Mã", "Số"], ["A1", 12], ["A2", None]]
    with pytest.raises(InputError, match=r"column 2 has one number merged over the rows 2 to 3"):
        read_raw(merged(tmp_path, rows, "B2:B3"))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="A7"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="1"><c t="s"><v>99</v></c></row>',
        '<row r="1"><c t="s"><v>-1</v></c></row>',
        '<row r="1"><c>',
    ],
)
def test_xml_that_is_no_sheet_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(InputError, match="not a readable Excel workbook"):
        read_raw(xlsx(tmp_path, rows))


def test_a_sheet_named_after_a_person_is_not_named_in_an_error(tmp_path: Path) -> None:
    file = book(tmp_path, **{"Trần Văn Kín": [["Mã"], [1]], "Dữ liệu": [["Mã"], [1]]})
    for layout in (Layout(), Layout(sheet="khác"), Layout(sheet="*", header_rows=(9,))):
        with pytest.raises(InputError) as caught:
            read_raw(file, layout)
        assert "Kín" not in str(caught.value)
        assert "Dữ liệu" in str(caught.value) or "'[…]'" in str(caught.value)
