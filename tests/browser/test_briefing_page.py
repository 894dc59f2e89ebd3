"""A briefing in a browser: readable by a screen reader, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Page

from briefings.press.exporters.html import BriefingHTMLExporter
from briefings.press.stamp import Stamp
from briefings.report.blocks import (
    Chart,
    HeaderCell,
    Masthead,
    Notice,
    Prose,
    Status,
    Table,
    header_row,
)
from briefings.report.blocks.status import SYMBOLS
from briefings.report.figures import Figure

pytestmark = pytest.mark.slow

PHONE = {"width": 360, "height": 740}
RATE = Figure("sync", "2025-02", "H23", 0.7634, "76,34%")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9"><text y="9">Đồ thị</text></svg>'


def form() -> Table:
    """Thirteen columns under spanners, like Form II.06a."""
    spanners = (
        HeaderCell("Lĩnh vực", rowspan=2),
        HeaderCell("Tiếp nhận", colspan=4),
        HeaderCell("Đã giải quyết", colspan=4),
        HeaderCell("Đang giải quyết", colspan=4),
    )
    leaves = tuple(HeaderCell(text) for text in ("Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn") * 3)
    rows = tuple((f"Lĩnh vực số {n}", *("143.269",) * 12) for n in range(12))
    align = ("left", *("right",) * 12)
    return Table("form", "Mẫu II.06a", (spanners, leaves), rows, align, emphasis=(11,))


def blocks() -> list[Any]:
    statuses = tuple((code, Status(code, "Chỉ tiêu chưa xác minh")) for code in SYMBOLS)
    twin = Table("twin", "Số liệu", header_row("Tháng", "Tỷ lệ"), (("1", RATE),), ("left", "right"))
    notices = (Notice("synthetic", "Dữ liệu mô phỏng"), Notice("warning", "Lưu ý"))
    return [
        Masthead("UBND tỉnh", "Báo cáo nhanh", "Tháng 02", notices, (("Đơn vị", "H23"),)),
        Prose((("Đạt ", RATE, "."),), style="list"),
        Table("scorecard", "Kết quả", header_row("Chỉ số", "Đánh giá"), statuses, ("left", "left")),
        Chart("trend", SVG, alt="Tăng", caption="Hình", twin=twin, twin_label="Xem bảng"),
        form(),
    ]


@pytest.fixture(params=["vi", "en"])
def briefing(request: pytest.FixtureRequest, page: Page, tmp_path: Path) -> Page:
    outputs = [new_output("display_data", block._repr_mimebundle_()) for block in blocks()]
    cells = [new_code_cell("", outputs=[output]) for output in outputs]
    notebook = new_notebook(cells=[*cells[:1], new_markdown_cell("## Kết quả"), *cells[1:]])
    Stamp(request.param, "Báo cáo", "MÔ PHỎNG", {}).put_on(notebook)
    html, _ = BriefingHTMLExporter().from_notebook_node(notebook)
    path = tmp_path / "briefing.html"
    path.write_text(html, encoding="utf-8")
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_no_accessibility_rule_is_broken(
    briefing: Page, axe: Callable[[Page], list[dict[str, Any]]], viewport: dict[str, int] | None
) -> None:
    if viewport:
        briefing.set_viewport_size(viewport)  # type: ignore[arg-type]
    assert axe(briefing) == []


def test_the_page_has_one_title_and_its_language(briefing: Page) -> None:
    assert briefing.locator("h1").count() == 1
    assert briefing.evaluate("document.documentElement.lang") in ("vi", "en")


def test_the_font_is_inside_the_page(briefing: Page) -> None:
    faces = briefing.evaluate("document.fonts.ready.then(f => [...f].map(x => x.status))")
    assert set(faces) == {"loaded"}


def test_a_phone_scrolls_tables_but_never_the_page(briefing: Page) -> None:
    briefing.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert briefing.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    form = "document.querySelector('#form').parentElement"
    assert briefing.evaluate(f"{form}.scrollWidth > {form}.clientWidth")


def test_the_headings_of_rows_stay_in_sight_on_a_phone(briefing: Page) -> None:
    briefing.set_viewport_size(PHONE)  # type: ignore[arg-type]
    heading = briefing.locator("#form tbody th").first
    briefing.evaluate("document.querySelector('#form').parentElement.scrollLeft = 300")
    box = heading.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_nothing_is_cut_off_on_paper(briefing: Page) -> None:
    briefing.set_viewport_size({"width": 658, "height": 900})  # A4 less its margins, at 96 dpi
    briefing.emulate_media(media="print")
    width = "Math.max(...[...document.querySelectorAll('table')].map(t => t.offsetWidth))"
    assert briefing.evaluate(width) <= 658
