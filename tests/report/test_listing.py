"""A table with one row of headings."""

from __future__ import annotations

import pytest

from briefings.report.figures import Figure
from briefings.report.listing import listing

TEN = Figure("processed", "2025-02", "T1", 10.0, "10")


def test_all_but_the_first_column_are_numbers():
    table = listing("t", caption="Counts", headings=["unit", "a", "b"], rows=[("D1", TEN, TEN)])
    assert table.align == ("left", "right", "right")
    assert table.plain() == "Counts\nunit | a | b\nD1 | 10 | 10"


def test_the_last_row_is_the_total_only_where_one_is_asked_for():
    rows = [("D1", TEN), ("All", TEN)]
    assert listing("t", caption="c", headings=["u", "a"], rows=rows, total=True).emphasis == (1,)
    assert listing("t", caption="c", headings=["u", "a"], rows=rows).emphasis == ()
    assert listing("t", caption="c", headings=["u", "a"], rows=[], total=True).emphasis == ()


def test_without_rows_it_says_so():
    table = listing("t", caption="c", headings=["u", "a"], rows=[], empty="Nothing.", note="Note.")
    assert table.plain() == "c\nu | a\nNothing.\nNote."


def test_a_row_that_does_not_fill_the_headings_is_refused():
    with pytest.raises(ValueError, match="1 cells, 2 columns"):
        listing("t", caption="c", headings=["u", "a"], rows=[("D1",)])
