"""What a sentence or a cell is made of, and that no text can leave its place."""

from __future__ import annotations

import pytest

from briefings.report.blocks import Status
from briefings.report.blocks.inline import figures_in, to_html, to_plain, to_typst
from briefings.report.figures import Figure

SYNC = Figure("sync", "2025-02", "H23", 0.7634, "76,34%", numerator=7634, denominator=10000)
UNKNOWN = Figure("online", "2025-02", "H23", None, "–", status="no_data")


def test_a_figure_carries_its_value_and_identity_into_the_page() -> None:
    assert to_html(SYNC) == (
        '<data value="0.7634" data-kpi="sync" data-period="2025-02" data-unit="H23">76,34%</data>'
    )


def test_a_figure_without_value_claims_none() -> None:
    assert to_html(UNKNOWN) == (
        '<span class="no-value" data-kpi="online" data-period="2025-02" data-unit="H23">–</span>'
    )


def test_a_sentence_keeps_the_order_of_its_parts() -> None:
    sentence = ("Đạt ", SYNC, (" (", UNKNOWN, ")"))
    assert to_plain(sentence) == "Đạt 76,34% (–)"
    assert list(figures_in(sentence)) == [SYNC, UNKNOWN]
    assert to_typst(UNKNOWN) == 'no-value("–")'
    assert to_typst(sentence).startswith('[#{"Đạt "; number("76,34%"); [#{')


@pytest.mark.parametrize("code", ["met", "missed", "no_data", "not_measurable"])
def test_a_status_speaks_with_a_sign_and_words(code: str) -> None:
    status = Status(code, "Nhãn")
    assert status.symbol in to_html(status)
    assert "Nhãn" in to_html(status)
    assert f'class="chip {code}"' in to_html(status)


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="amber"):
        Status("amber", "?")


@pytest.mark.parametrize(
    ("hostile", "html", "typst"),
    [
        ("<script>", "&lt;script&gt;", '"<script>"'),
        ('"); #let x = 1', "&quot;); #let x = 1", '"\\"); #let x = 1"'),
        ("\\", "\\", '"\\\\"'),
        ("*bold*", "*bold*", '"*bold*"'),
        ("12\u202e34\u2066", "1234", '"1234"'),
        ("a\x00\x1b[31mb\x84", "a[31mb", '"a[31mb"'),
        ("a\x85b", "a<br>b", '"a\\nb"'),
        ("a\tb\nc", "a b<br>c", '"a b\\nc"'),
        ("tie\u0302\u0301ng", "tiếng", '"tiếng"'),
    ],
)
def test_hostile_text_stays_text(hostile: str, html: str, typst: str) -> None:
    assert to_html(hostile) == html
    assert to_typst(hostile) == typst
