"""The MIME bundle of every block, and what it prints."""

from __future__ import annotations

from briefings.mime import FIGURES, HTML, TYPST
from briefings.report.blocks import Masthead, Notice, Prose
from briefings.report.figures import Figure

SYNC = Figure("sync", "2025-02", "H23", 0.7634, "76,34%")


def test_a_block_offers_every_form_and_its_figures() -> None:
    bundle = Prose((("Đạt ", SYNC),))._repr_mimebundle_()
    assert set(bundle) == {HTML, TYPST, "text/plain", FIGURES}
    assert bundle["text/plain"] == "Đạt 76,34%"
    assert bundle[FIGURES] == [SYNC.record()]


def test_a_block_without_figures_offers_no_empty_list() -> None:
    assert FIGURES not in Prose(("Không có số.",))._repr_mimebundle_()


def test_headlines_are_a_list() -> None:
    headlines = Prose(("Một", "Hai"), style="list")
    assert headlines.html() == '<ul class="prose">\n<li>Một</li>\n<li>Hai</li>\n</ul>'
    assert headlines.typst() == 'headlines(("Một", "Hai",))'


def test_one_paragraph_is_still_an_array_in_typst() -> None:
    assert Prose(("Một",)).typst() == 'paragraphs(("Một",))'


def test_the_masthead_holds_the_only_first_level_heading() -> None:
    notice = Notice("synthetic", "Dữ liệu mô phỏng")
    head = Masthead("UBND", "Báo cáo <1>", notices=(notice,), facts=(("Hồ sơ", SYNC),))
    assert head.html().count("<h1>") == 1
    assert "<h1>Báo cáo &lt;1&gt;</h1>" in head.html()
    assert '<div class="notice synthetic">Dữ liệu mô phỏng</div>' in head.html()
    assert '<p class="subtitle">' not in head.html()
    assert head._repr_mimebundle_()[FIGURES] == [SYNC.record()]
