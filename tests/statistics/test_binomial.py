"""Exact tails against another implementation, and their places on the normal curve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from briefings.statistics.binomial import (
    at_least,
    at_most,
    distance_of_tail,
    least_within,
)

counts = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
shares = st.floats(0.01, 0.99)


def one(value: int) -> np.ndarray:
    return np.array([value], dtype=np.int64)


@pytest.mark.slow
@given(parts=counts, share=shares)
def test_tails_are_those_of_the_binomial_distribution(parts, share):
    """Far below any limit, at 1e-290, the other implementation is itself not exact."""
    count, cases = parts
    below, above = (tail(one(count), one(cases), share)[0] for tail in (at_most, at_least))
    assert below == pytest.approx(stats.binom.cdf(count, cases, share), rel=1e-6, abs=1e-200)
    assert above == pytest.approx(stats.binom.sf(count - 1, cases, share), rel=1e-6, abs=1e-200)


@pytest.mark.parametrize(
    ("tail", "distance"), [(0.5, 0), (0.9, 0), (0.025, 1.959964), (0.001, 3.090232), (0.0, 37.5)]
)
def test_the_distance_of_a_tail(tail, distance):
    assert distance_of_tail(np.array([tail]))[0] == pytest.approx(distance, abs=0.05)


@given(cases=st.integers(1, 5000), share=st.floats(0.0005, 0.9995))
def test_the_least_count_within_a_distance_is_the_first_whose_tail_is_great_enough(cases, share):
    (least,) = least_within(3, one(cases), share)
    assert least == stats.binom.ppf(stats.norm.cdf(-3), cases, share)
    tail = stats.norm.cdf(-3)
    assert at_most(one(least), one(cases), share) >= tail
    assert at_most(one(least - 1), one(cases), share) < tail
