"""Wilson's interval against scipy's own, which is too slow to load for a report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from briefings.statistics.intervals import wilson_interval

parts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(parts=parts)
def test_it_is_the_interval_of_scipy(parts):
    theirs = binomtest(*parts).proportion_ci(0.95, method="wilson")
    ours = wilson_interval(*parts)
    assert (ours.lower, ours.upper) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(parts=parts)
def test_it_holds_the_share_and_stays_within_shares(parts):
    numerator, denominator = parts
    found = wilson_interval(numerator, denominator)
    assert 0 <= found.lower <= numerator / denominator <= found.upper <= 1


def test_nothing_and_everything_are_ends_of_their_interval():
    assert wilson_interval(0, 10).lower == 0
    assert wilson_interval(10, 10).upper == 1
    # One of three late: nearly anything is possible.
    found = wilson_interval(2, 3)
    assert (found.lower, found.upper) == pytest.approx((0.2077, 0.9385), abs=1e-4)
