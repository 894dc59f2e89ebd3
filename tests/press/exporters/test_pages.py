"""The HTML page and the PDF of one executed notebook, without a kernel."""

from __future__ import annotations

import io
import re
import unicodedata

import nbformat
import pytest
from nbconvert.exporters.exporter import Exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from briefings.mime import HTML, TYPST
from briefings.press.exporters.cells import OutputError
from briefings.press.exporters.html import BriefingHTMLExporter, css_string
from briefings.press.exporters.pdf import BriefingPDFExporter
from briefings.press.exporters.templates import STYLE, page_style
from briefings.press.stamp import Stamp
from briefings.report.blocks import Chart, HeaderCell, Masthead, Notice, Prose, Status, Table
from briefings.report.blocks.block import Block
from briefings.report.blocks.header import header_row
from briefings.report.figures import Figure

HOSTILE = '<script>alert(1)</script> #let x = 1 *đậm* "); panic() \u202e$a$ \\'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">Đồ thị</text></svg>'
RATE = Figure("sync", "2025-02", "H23", 0.7634, "76,34%")


def cell(block: Block) -> nbformat.NotebookNode:
    return new_code_cell("show", outputs=[new_output("display_data", block._repr_mimebundle_())])


def briefing(*extra: Block, language: str = "vi") -> nbformat.NotebookNode:
    notice = Notice("synthetic", "Dữ liệu mô phỏng")
    data = Table("twin", "Số liệu", header_row("Tháng", "Tỷ lệ"), (("1", RATE),), ("left", "right"))
    form = (
        (HeaderCell("Lĩnh vực", rowspan=2), HeaderCell("Tiếp nhận", colspan=2)),
        (HeaderCell("Trực tuyến"), HeaderCell("Trực tiếp")),
    )
    rows = tuple((f"Lĩnh vực {n}", str(n), Status("met", "Đạt")) for n in range(60))
    blocks = [
        Masthead("UBND tỉnh", "Báo cáo nhanh", notices=(notice,), facts=(("Đơn vị", "H23"),)),
        Prose((("Đạt ", RATE, "."),), style="list"),
        Chart("trend", SVG, alt="Tăng", caption="Hình", twin=data, twin_label="Xem bảng"),
        Table("form", "Mẫu II.06a", form, rows, ("left", "right", "left"), note="Ghi chú."),
        Table("none", "Quá hạn", header_row("A"), (), ("left",), empty="Không có hồ sơ."),
        *extra,
    ]
    notebook = new_notebook(cells=[new_markdown_cell("## Kết quả"), *map(cell, blocks)])
    Stamp(language, "Báo cáo tháng 02", "MÔ PHỎNG", {}).put_on(notebook)
    return notebook


def page(notebook: nbformat.NotebookNode) -> str:
    return str(BriefingHTMLExporter().from_notebook_node(notebook)[0])


def pdf(notebook: nbformat.NotebookNode) -> PdfReader:
    return PdfReader(io.BytesIO(BriefingPDFExporter().from_notebook_node(notebook)[0]))


def test_the_style_sheet_says_the_same_without_what_only_its_editor_reads():
    written = STYLE.read_text(encoding="utf-8")
    style = page_style()
    assert style in page(briefing())
    assert "/*" in written
    assert "/*" not in style
    assert "\n" not in style
    assert style.count("{") == written.count("{") == style.count("}")
    for kept in (
        "@media print{",
        "padding: 2.5rem 1.5rem 3rem",
        "ul.prose li + li{",
        "1.3rem + 2vw",
    ):
        assert kept in style


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def test_the_page_is_one_file_without_script() -> None:
    html = page(briefing())
    assert html.startswith('<!doctype html>\n<html lang="vi">')
    assert "<title>Báo cáo tháng 02</title>" in html
    assert html.count("<h1>") == 1
    assert "<script" not in html
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", html)
    assert len(html.encode()) < 90_000


def test_the_page_speaks_its_language() -> None:
    assert '<html lang="en">' in page(briefing(language="en"))
    assert "Skip to main content" in page(briefing(language="en"))


def test_the_pdf_reads_as_vietnamese_text() -> None:
    reader = pdf(briefing())
    text = text_of(reader)
    for words in ("Báo cáo nhanh", "Đạt 76,34%.", "Dữ liệu mô phỏng", "Không có hồ sơ.", "Kết quả"):
        assert unicodedata.normalize("NFC", words) in text
    assert "show" not in text


@pytest.mark.slow
def test_the_pdf_names_itself_and_every_page_carries_the_label() -> None:
    reader = pdf(briefing())
    assert reader.metadata is not None
    assert reader.metadata.title == "Báo cáo tháng 02"
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(reader.pages) > 1
    assert all("MÔ PHỎNG" in sheet.extract_text() for sheet in reader.pages)


def test_the_head_of_a_long_table_is_repeated() -> None:
    tables = [s.extract_text() for s in pdf(briefing()).pages if "Lĩnh vực 5" in s.extract_text()]
    assert len(tables) > 1
    assert all("Trực tuyến" in sheet for sheet in tables)


def test_hostile_text_is_printed_as_it_is() -> None:
    rows = ((HOSTILE, Status("missed", HOSTILE)),)
    header = header_row(HOSTILE, "B")
    blocks = (
        Prose((HOSTILE,)),
        Masthead(HOSTILE, HOSTILE, HOSTILE, facts=((HOSTILE, HOSTILE),)),
        Table("hostile", HOSTILE, header, rows, ("left", "left"), note=HOSTILE),
    )
    html = page(briefing(*blocks))
    assert "<script" not in html
    assert "\u202e" not in html
    assert '#let x = 1 *đậm* "); panic() $a$ \\' in text_of(pdf(briefing(*blocks)))


def test_a_hostile_label_can_not_leave_the_style_sheet() -> None:
    assert css_string('</style>"\\') == r"\3c \2f style\3e \22 \5c "


@pytest.mark.parametrize("exporter", [BriefingHTMLExporter, BriefingPDFExporter])
def test_equal_notebooks_give_equal_bytes(exporter: type[Exporter]) -> None:
    first, second = (exporter().from_notebook_node(briefing())[0] for _ in range(2))
    assert first == second


def test_what_typst_can_not_set_is_an_error() -> None:
    broken = new_code_cell("x", outputs=[new_output("display_data", {TYPST: "#nothing()"})])
    with pytest.raises(OutputError, match="Typst"):
        BriefingPDFExporter().from_notebook_node(new_notebook(cells=[broken]))


def test_an_output_for_the_page_only_has_no_pdf() -> None:
    output = new_output("display_data", {HTML: "<p>x</p>"})
    with pytest.raises(OutputError, match="no text/vnd"):
        BriefingPDFExporter().from_notebook_node(
            new_notebook(cells=[new_code_cell("x", outputs=[output])])
        )
