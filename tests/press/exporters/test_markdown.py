"""Markdown becomes HTML and Typst; whatever looks like markup of theirs stays text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefings.press.exporters.cells import OutputError
from briefings.press.exporters.markdown_html import markdown_to_html
from briefings.press.exporters.markdown_typst import markdown_to_typst

EVERYTHING = """## Mục

Chữ **đậm**, *nghiêng*, `mã`, [liên kết](https://example.org) và <b>thô</b>.

- một
- hai
  1. ba

> trích

| A | B |
|---|--:|
| 1 | 2 |

---

<div>khối</div>
"""


def test_raw_html_is_printed_as_text() -> None:
    page = markdown_to_html("a <script>alert(1)</script>\n\n<div>b</div>")
    assert "<script>" not in page
    assert "<div>b" not in page
    assert "&lt;script&gt;" in page


def test_every_element_has_a_typst_form() -> None:
    source = markdown_to_typst(EVERYTHING)
    for call in (
        "heading(level: 1",
        "strong(",
        "emph(",
        "raw(",
        "list(",
        "enum(start: 1",
        "rule()",
    ):
        assert call in source
    assert 'link("https://example.org"' in source
    assert "plain-table((left, right, )" in source
    assert '"<b>"' in source


@pytest.mark.parametrize("hostile", ["#let x = 1", '"; panic()', "$x$", "= T", "@ref", "a\\\\b"])
def test_typst_markup_in_markdown_is_a_string(hostile: str) -> None:
    source = markdown_to_typst(f"chữ {hostile}")
    assert source.startswith("#{par([#{")
    assert '"; panic()' not in source.replace('\\"', "")


def test_links_lead_to_the_web_or_to_mail_only() -> None:
    assert "link(" not in markdown_to_typst("[x](javascript:alert(1))")
    assert "javascript" not in markdown_to_html("[x](javascript:alert(1))")


@pytest.mark.parametrize("convert", [markdown_to_html, markdown_to_typst])
@pytest.mark.parametrize("source", ["# Đầu", "![alt](x.png)"])
def test_the_title_and_images_are_not_for_markdown(
    convert: Callable[[str], str], source: str
) -> None:
    with pytest.raises(OutputError):
        convert(source)
