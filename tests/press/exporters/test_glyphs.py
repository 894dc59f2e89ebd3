"""What no font has is spelled out in the PDF, where it would be an empty box or end the report."""

from __future__ import annotations

import io

import pypdf
import pytest

from briefings.escaping import typst_text
from briefings.press.exporters.glyphs import spelled_out
from briefings.press.exporters.typesetter import typeset

FONTS = '#set text(font: ("Be Vietnam Pro", "DejaVu Sans"))\n#set document(title: "x")\n'


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Thủ tục hành chính – 1.234,5 % ≥ “đạt” ✔", "Thủ tục hành chính – 1.234,5 % ≥ “đạt” ✔"),
        ("Ελλάδα Кириллица العربية 😀", "Ελλάδα Кириллица العربية 😀"),
        ("漢 ภ 한", "[U+6F22] [U+0E20] [U+D55C]"),
        ("\ue000\U000f0000", "[U+E000][U+F0000]"),
        ("\U0001f468", "[U+1F468]"),
    ],
)
def test_the_pdf_says_which_sign_it_has_not(text: str, printed: str) -> None:
    source = spelled_out(f"{FONTS}#{typst_text(text)}")
    pdf = pypdf.PdfReader(io.BytesIO(typeset(source)))
    assert spelled_out(text) == printed
    assert "".join(pdf.pages[0].extract_text().split()) == "".join(printed.split())
