"""Markdown becomes HTML and Typst; whatever looks like markup of theirs stays text."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.press.exporters.cells import OutputError
from briefings.press.exporters.markdown_html import markdown_to_html
from briefings.press.exporters.markdown_typst import markdown_to_typst
from tests import hostile

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


SIGNS = ("*", "`", "#", "\\", "|", "\n", "\n\n", "- ", "> ", "1. ", "---\n", "  ", "$", '"')
PARTS = ("[x](", "javascript:a", "data:,", ")", "<a href=x>", "&#106;", "chữ")
MARKED = st.lists(st.sampled_from((*hostile.MARKUP, *hostile.INVISIBLE, *PARTS, *SIGNS))).map(
    "".join
)
# What carries a table or a rule is defined by the page template.
PLAIN_TEMPLATE = "#let rule() = []\n#let plain-table(..parts) = []\n"


@given(MARKED | st.text())
def test_no_markdown_makes_anything_that_acts(source: str) -> None:
    try:
        page = lxml.html.fromstring(markdown_to_html(source))
    except OutputError:
        return
    for element in page.iter():
        assert element.tag not in ("script", "img", "iframe", "object", "style", "form", "input")
        assert not [name for name in element.attrib if name.startswith("on")]
        address = element.get("href", "")
        assert not address.lower().startswith(("javascript", "data", "vbscript", "file"))


@pytest.mark.slow
@settings(max_examples=60)
@given(MARKED | st.text())
def test_any_markdown_is_typst_that_compiles_and_reads_nothing(source: str) -> None:
    try:
        code = markdown_to_typst(source)
    except OutputError:
        return
    typst.compile((PLAIN_TEMPLATE + code).encode(), format="svg")


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab #$@{}%^/'\"();,=+chữ"), min_size=1))
def test_text_without_markdown_is_printed_letter_by_letter(source: str) -> None:
    text = f"x{source}x".replace("\n", " ")
    page = lxml.html.fromstring(markdown_to_html(text))
    assert page.text_content().split() == text.split()
