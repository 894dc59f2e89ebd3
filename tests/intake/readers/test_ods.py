from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from briefings.errors import InputError
from briefings.intake.layout import Layout
from briefings.intake.written_dates import DateReading, read_moments
from tests.intake.readers.raw_files import (
    archive,
    cells,
    ods,
    ods_parts,
    ods_row,
    ods_sheet,
    ods_text,
)
from tests.whole import read_raw

HEAD = ods_row(ods_text("Mã"), ods_text("Số"))


def typed(kind: str, value: str, more: str = "") -> str:
    name = {"float": "value"}.get(kind, f"{kind}-value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" {more}>'
        "<text:p>as shown</text:p></table:table-cell>"
    )


def test_cells_keep_their_types(tmp_path: Path) -> None:
    values = [
        typed("float", "12"),
        typed("float", "1.5"),
        typed("date", "2025-02-03"),
        typed("date", "2025-02-03T16:30:00"),
        typed("time", "PT16H30M00S"),
        typed("time", "PT30H00M00S"),
        typed("boolean", "true"),
        ods_text("0012"),
    ]
    file = ods(tmp_path, ods_sheet(ods_row(ods_text("Mã")) + "".join(map(ods_row, values))))
    assert [row[0] for row in cells(read_raw(file))] == [
        12,
        1.5,
        datetime(2025, 2, 3),
        datetime(2025, 2, 3, 16, 30),
        time(16, 30),
        timedelta(hours=30),
        True,
        "0012",
    ]


def test_a_bare_number_under_a_date_counts_from_the_day_zero_of_its_document(
    tmp_path: Path,
) -> None:
    rows = ods_sheet(HEAD + ods_row(ods_text("A1"), typed("float", "44230")))
    for day_zero, expected in [
        ("1904-01-01", datetime(2025, 2, 4)),
        ("1900-01-01", datetime(2021, 2, 5)),
        ("1899-12-30", datetime(2021, 2, 3)),
        ("no day", datetime(2021, 2, 3)),
    ]:
        settings = f'<table:null-date table:date-value="{day_zero}"/>'
        stated = f"<table:calculation-settings>{settings}</table:calculation-settings>"
        raw = read_raw(ods(tmp_path, stated + rows))["Số"]
        assert list(read_moments(raw, DateReading())) == [expected]


def test_spaces_breaks_and_paragraphs_are_kept_and_comments_left_out(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>bí mật</text:p>'
        '</office:annotation><text:p>a<text:s text:c="2"/><text:span>b</text:span>'
        "<text:line-break/>c</text:p><text:p>d</text:p></table:table-cell>"
    )
    file = ods(tmp_path, ods_sheet(ods_row(ods_text("Mã")) + ods_row(cell)))
    assert cells(read_raw(file)) == [["a  b\nc\nd"]]


def test_rows_and_cells_that_are_repeated_stand_as_often(tmp_path: Path) -> None:
    rows = (
        HEAD
        + ods_row(ods_text("x", 'table:number-columns-repeated="2"'), times=2)
        + ods_row('<table:table-cell table:number-columns-repeated="16384"/>', times=3)
        + ods_row("<table:table-cell/>", ods_text("y"))
        + ods_row('<table:table-cell table:number-columns-repeated="16384"/>', times=1_048_569)
    )
    table = read_raw(ods(tmp_path, ods_sheet(rows)))
    assert cells(table) == [["x", "x"], ["x", "x"], *[[None, None]] * 3, [None, "y"]]
    assert list(table.index) == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (ods_row(ods_text("x"), times=2_000_000_000), "more than 1,048,576 rows in one sheet"),
        (
            ods_row(ods_text("x", 'table:number-columns-repeated="2000000000"')),
            "more than 2,000 columns",
        ),
        (
            ods_row(ods_text('<text:s text:c="2000000000"/>')),
            "A2: more than 131,072 characters in one cell",
        ),
    ],
)
def test_what_is_repeated_beyond_all_measure_is_refused(
    tmp_path: Path, rows: str, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        read_raw(ods(tmp_path, ods_sheet(HEAD + rows)))


def test_formulas_give_their_value_and_never_an_empty_cell(tmp_path: Path) -> None:
    formula = 'table:formula="of:=1+1"'
    rows = HEAD + ods_row(ods_text("A1"), typed("float", "2", formula))
    assert cells(read_raw(ods(tmp_path, ods_sheet(rows)))) == [["A1", 2]]
    rows += ods_row(ods_text("A2"), f"<table:table-cell {formula}/>")
    with pytest.raises(InputError, match=r"B3 \(Số\) holds a formula without a calculated value"):
        read_raw(ods(tmp_path, ods_sheet(rows)))


def test_a_program_that_calculates_leaves_only_empty_texts_without_type(tmp_path: Path) -> None:
    """LibreOffice 7.4 writes ="" as a cell with a formula and nothing else."""
    about = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>'
        "<meta:generator>LibreOffice/7.4.7.2$Linux_X86_64</meta:generator></office:meta>"
        "</office:document-meta>"
    )
    rows = HEAD + ods_row(ods_text("A1"), '<table:table-cell table:formula="of:=&quot;&quot;"/>')
    parts = ods_parts(ods_sheet(rows)) | {"meta.xml": about}
    assert cells(read_raw(archive(tmp_path / "raw.ods", parts))) == [["A1", None]]


def test_text_without_a_type_is_text(tmp_path: Path) -> None:
    untyped = "<table:table-cell><text:p>A1</text:p></table:table-cell>"
    file = ods(
        tmp_path, ods_sheet("", "T1") + ods_sheet(ods_row(untyped, untyped.replace("1", "2")))
    )
    assert list(read_raw(file).columns) == ["A1", "A2"]


def test_an_error_value_names_its_cell(tmp_path: Path) -> None:
    rows = HEAD + ods_row(ods_text("A1"), ods_text("#REF!", 'calcext:value-type="error"'))
    with pytest.raises(InputError, match=r"sheet 'Dữ liệu': B2 \(Số\) holds the error #REF!"):
        read_raw(ods(tmp_path, ods_sheet(rows)))


def test_merged_headings_and_texts_are_filled(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    rows = (
        ods_row(
            ods_text("Sở", 'table:number-rows-spanned="2"'),
            ods_text("Nhận", 'table:number-columns-spanned="2"'),
            covered,
        )
        + ods_row(covered, ods_text("Mạng"), ods_text("Quầy"))
        + ods_row(ods_text("Một", 'table:number-rows-spanned="2"'), typed("float", "1"))
        + ods_row(covered, typed("float", "2"))
    )
    table = read_raw(ods(tmp_path, ods_sheet(rows)), Layout(header_rows=(1, 2)))
    assert list(table.columns) == ["Sở", "Nhận / Mạng", "Nhận / Quầy"]
    assert cells(table) == [["Một", 1, None], ["Một", 2, None]]


def test_sheets_are_chosen_as_in_a_workbook(tmp_path: Path) -> None:
    hidden = (
        '<office:automatic-styles><style:style style:name="h"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles>'
    )
    one, two = (HEAD + ods_row(ods_text(text)) for text in ("A1", "B1"))
    content = ods_sheet(one, "T1") + ods_sheet(two, "T2") + ods_sheet("", "T3")
    linked = f"<table:dde-links>{ods_sheet(two, 'T9')}</table:dde-links>"
    file = ods(tmp_path, content + linked)
    with pytest.raises(InputError, match=r"2 sheets are filled\.\n.*The workbook has: T1, T2\."):
        read_raw(file)
    with pytest.raises(InputError, match=r"no sheet 'T9'\.\nThe workbook has: T1, T2, T3\."):
        read_raw(file, Layout(sheet="T9"))
    assert cells(read_raw(file, Layout(sheet="T2"))) == [["B1", None]]
    file = ods(tmp_path, ods_sheet(one, "T1") + ods_sheet(two, "T2", "h"), before=hidden)
    assert cells(read_raw(file)) == [["A1", None]]


def test_a_table_within_a_cell_is_not_the_table(tmp_path: Path) -> None:
    inner = f"<table:table-cell>{ods_sheet(ods_row(ods_text('x')))}</table:table-cell>"
    rows = HEAD + ods_row(inner, ods_text("y"))
    assert cells(read_raw(ods(tmp_path, ods_sheet(rows)))) == [[None, "y"]]


@pytest.mark.parametrize("value", ["2025-02-30", "2025-02-03T00:00:00Z", "hôm qua", ""])
def test_a_date_that_does_not_exist_is_a_fault(tmp_path: Path, value: str) -> None:
    rows = HEAD + ods_row(typed("date", value))
    with pytest.raises(InputError, match=r"A2 .* holds a date that does not exist"):
        read_raw(ods(tmp_path, ods_sheet(rows)))
