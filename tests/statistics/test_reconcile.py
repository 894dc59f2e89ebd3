"""Verdicts on the identities of a published statement, at the edges of every rule."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.statistics.reconcile import (
    Printed,
    verdict_of_percent,
    verdict_of_sum,
    verdict_of_total,
)


def printed(*texts: str) -> list[Printed]:
    return [Printed.parse(text) for text in texts]


@pytest.mark.parametrize(
    ("whole", "parts", "verdict"),
    [
        ("100", ["60", "40"], "exact"),
        ("101", ["60", "40"], "off_by_one"),
        ("99", ["60", "40"], "off_by_one"),
        ("102", ["60", "40"], "missing_category"),
        ("98", ["60", "40"], "scope_change"),
        ("83.10", ["83.0", "0.1"], "exact"),
        ("83.08", ["83.0", "0.1"], "within_rounding"),  # half up to one decimal
        ("83.19", ["83.0", "0.1"], "within_rounding"),  # cut off after one decimal
        ("83.04", ["83.0", "0.1"], "differs"),
        ("83.20", ["83.0", "0.1"], "differs"),
        ("83", ["83.0", "0.1"], "within_rounding"),  # the whole is the coarser one
        ("84", ["83.0", "0.5"], "within_rounding"),
        ("84", ["83.0", "0.4"], "differs"),
        ("61.18", ["58.69", "2.51"], "differs"),  # no category of points can be missing
        ("11.0", ["10", "2"], "differs"),
    ],
)
def test_a_whole_and_its_parts(whole, parts, verdict):
    assert verdict_of_sum(Printed.parse(whole), printed(*parts)) == verdict


@pytest.mark.parametrize(
    ("whole", "verdict"), [("100", "exact"), ("101", "off_by_one"), ("110", "scope_change")]
)
def test_counts_of_different_periods_lack_no_category(whole, verdict):
    parts = [Printed.parse("60", "2024"), Printed.parse("40", "2025")]
    assert verdict_of_sum(Printed.parse(whole, "2025"), parts) == verdict


@pytest.mark.parametrize(
    ("percent", "part", "whole", "verdict"),
    [
        ("50", 1, 2, "exact"),
        ("96.8", 121, 125, "exact"),
        ("66.67", 2, 3, "within_rounding"),  # half up
        ("66.66", 2, 3, "within_rounding"),  # cut off
        ("66.65", 2, 3, "differs"),
        ("66.68", 2, 3, "differs"),
        ("67", 2, 3, "within_rounding"),
        ("12.5", 1, 8, "exact"),
        ("13", 1, 8, "within_rounding"),  # a half goes up
        ("12", 1, 8, "within_rounding"),
        ("0", 0, 0, "differs"),
    ],
)
def test_a_percentage_and_its_ratio(percent, part, whole, verdict):
    found = verdict_of_percent(Printed.parse(percent), Fraction(part), Fraction(whole))
    assert found == verdict


@pytest.mark.parametrize(("total", "verdict"), [("1", "differs"), ("2", "exact"), ("3", "exact")])
def test_a_cumulative_count_is_not_smaller_than_one_within_it(total, verdict):
    assert verdict_of_total(*printed(total, "2")) == verdict


@pytest.mark.parametrize("text", ["", ">76", "1,5", "-1", "1.5.2", "12%", "1e3"])
def test_only_plain_numbers_are_figures(text):
    with pytest.raises(ValueError, match="no plain number"):
        Printed.parse(text)


counts = st.integers(0, 10**6)


@given(st.lists(counts, min_size=1, max_size=5), st.integers(-3, 3))
def test_of_counts_only_equal_ones_are_exact_and_the_gap_decides(parts, gap):
    whole = Printed(Fraction(sum(parts) + gap))
    verdict = verdict_of_sum(whole, [Printed(Fraction(part)) for part in parts])
    expected = {0: "exact", 1: "off_by_one", -1: "off_by_one"}
    assert verdict == expected.get(gap, "missing_category" if gap > 0 else "scope_change")


@given(counts, st.integers(1, 10**6), st.integers(0, 4))
def test_a_percentage_printed_from_its_ratio_never_differs(part, whole, decimals):
    ratio = Fraction(100 * part, whole)
    for value in (round(ratio * 10**decimals), int(ratio * 10**decimals)):
        figure = Printed(Fraction(value, 10**decimals), decimals)
        if value * 2 != int(ratio * 10**decimals * 2):  # Python rounds a half to even, we go up
            assert verdict_of_percent(figure, Fraction(part), Fraction(whole)) != "differs"
