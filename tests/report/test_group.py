"""Several blocks shown by one cell."""

from __future__ import annotations

from briefings.mime import FIGURES, HTML, TYPST
from briefings.report.blocks import Prose
from briefings.report.figures import Figure
from briefings.report.group import Group

TEN = Figure("processed", "2025-02", "T1", 10.0, "10")
FIVE = Figure("pending", "2025-02", "T1", 5.0, "5")


def test_blocks_follow_each_other_and_keep_their_figures():
    group = Group((Prose(((TEN,),)), Prose(((FIVE, " left"),))), empty="None.")
    bundle = group._repr_mimebundle_()
    assert bundle["text/plain"] == "10\n\n5 left"
    assert [record["kpi"] for record in bundle[FIGURES]] == ["processed", "pending"]
    assert bundle[HTML].index(">10<") < bundle[HTML].index(">5<")
    assert bundle[TYPST].startswith("#{")
    assert bundle[TYPST].endswith("}")


def test_without_blocks_it_says_so_and_has_no_figures():
    bundle = Group((), empty="None of the rates can be drawn.")._repr_mimebundle_()
    assert bundle["text/plain"] == "None of the rates can be drawn."
    assert FIGURES not in bundle
