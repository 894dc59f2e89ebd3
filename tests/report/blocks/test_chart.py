"""Drawings that can stand side by side in one page."""

from __future__ import annotations

import dataclasses

import pytest

from briefings.report.blocks import Chart, Table, header_row

DRAWING = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="100pt" height="50pt" viewBox="0 0 100 50" onload="alert(1)">
<metadata>2026-01-01</metadata><style>*{stroke-linejoin: round}</style><script>alert(1)</script>
<defs><clipPath id="p%s"><rect width="1" height="1"/></clipPath></defs>
<g id="axes" clip-path="url(#p%s)"><use xlink:href="#p%s"/>
<text fill="#ffffff">Tỷ <tspan>lệ</tspan> &lt;b&gt;</text></g>
</svg>"""


def chart(identifier: str = "trend", *, salt: str = "1", alt: str = "Tăng") -> Chart:
    twin = Table(f"{identifier}-data", "Số liệu", header_row("A"), (("1",),), ("left",))
    svg = DRAWING % (salt, salt, salt)
    return Chart(identifier, svg, alt=alt, caption="Hình 1", twin=twin, twin_label="Xem bảng")


def test_the_drawing_is_inlined_without_what_belongs_to_a_file() -> None:
    page = chart().html()
    for unwanted in ("<?xml", "DOCTYPE", "metadata", "<style", "script", "onload", "100pt"):
        assert unwanted not in page
    assert 'viewBox="0 0 100 50"' in page
    assert '<text fill="#ffffff">Tỷ <tspan>lệ</tspan> &lt;b&gt;</text>' in page


def test_two_drawings_never_share_an_id() -> None:
    page = chart("trend").html()
    assert 'id="trend-1"' in page
    assert 'clip-path="url(#trend-1)"' in page
    assert 'href="#trend-1"' in page
    assert "trend-1" not in chart("bars").html()


def test_random_ids_do_not_change_the_bytes() -> None:
    assert chart(salt="8f3a").html() == chart(salt="99zz").html()


def test_neighbours_of_one_style_share_it_and_nothing_is_turned_by_nothing() -> None:
    style = 'style="fill: #1d4f91"'
    marks = f'<use {style} x="1"/><use {style} x="2"/><path {style} d="M 1 2 \nL 3 4"/>'
    lone = '<text transform="rotate(-0 1 2)" style="fill: red">a</text>'
    faint = '<g style="opacity: 0.5"/><g style="opacity: 0.5"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{marks}{lone}{faint}</svg>'
    page = dataclasses.replace(chart(), svg=svg).html()
    kept = 'style="fill:#1d4f91"'
    assert f'<g {kept}><use x="1" /><use x="2" /><path d="M1 2L3 4" /></g>' in page
    assert '<text style="fill:red">a</text>' in page
    assert '<g style="opacity:0.5" /><g style="opacity:0.5" />' in page


def test_the_page_has_the_chart_in_words_and_as_a_table() -> None:
    page = chart().html()
    assert '<div role="img" aria-label="Tăng"><svg aria-hidden="true"' in page
    assert "<summary>Xem bảng</summary>" in page
    assert 'id="trend-data"' in page


def test_the_pdf_has_the_words_but_not_the_twin() -> None:
    assert '"Tăng"' in chart().typst()
    assert "trend-data" not in chart().typst()


def test_a_chart_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="words"):
        chart(alt=" ")
