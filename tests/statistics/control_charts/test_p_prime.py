"""Laney's P′ chart against published data, by hand, and by what must always hold."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from briefings.statistics.binomial import at_least, at_most
from briefings.statistics.control_charts.chart import DECIMALS, SIGMAS
from briefings.statistics.control_charts.p_prime import p_prime_chart
from briefings.statistics.control_charts.rules import judge

# Patients of English accident and emergency departments seen within four hours, by week: Mohammed
# and others, BMJ Quality and Safety 22:362-368, 2013. The limits are those that the R package
# qicharts2, which ships these data as `nhs_accidents`, computes for its P′ chart.
SEEN = (
    266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320,
    267923, 271478, 255353, 256820, 261835, 259144, 255910, 260863, 264465, 260989,
)  # fmt: skip
PATIENTS = (
    280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529,
    279618, 283932, 266629, 268091, 276803, 271578, 266005, 273520, 278574, 273772,
)  # fmt: skip
NHS = list(zip(SEEN, PATIENTS, strict=True))
LOWER, UPPER = {0: 0.9401296441775141, 19: 0.93997499652290417}, {0: 0.96566977851086822}
LOWER_OF_TEN = {0: 0.93866469138900677, 19: 0.93851458643658869}

ROUNDED = 10**-DECIMALS

shares = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=9,
    max_size=16,
)


def plain_reach(centre: float, denominator: int) -> float:
    """How far the limits of a P chart reach, which knows chance alone."""
    return 3 * sqrt(centre * (1 - centre) / denominator)


def test_the_published_limits_of_twenty_weeks():
    chart = p_prime_chart(NHS, 20)
    assert chart is not None
    assert chart[0].centre == pytest.approx(0.95289971134419116, abs=1e-9)
    for place, lower in LOWER.items():
        assert chart[place].lower == pytest.approx(lower, abs=1e-9)
    for place, upper in UPPER.items():
        assert chart[place].upper == pytest.approx(upper, abs=1e-9)


def test_the_published_limits_of_a_baseline_of_ten_weeks():
    chart = p_prime_chart(NHS, 10)
    assert chart is not None
    assert chart[19].centre == pytest.approx(0.95105964383277042, abs=1e-9)
    for place, lower in LOWER_OF_TEN.items():
        assert chart[place].lower == pytest.approx(lower, abs=1e-9)


def test_these_weeks_are_no_signals_although_a_p_chart_would_call_most_of_them_one():
    chart = p_prime_chart(NHS, 20)
    assert chart is not None
    assert all(abs(point.distance) < 3 for point in chart)
    centre = chart[0].centre
    plain = [abs(part / n - centre) > plain_reach(centre, n) for part, n in NHS]
    assert sum(plain) > 10


def test_by_hand():
    # Centre 1/2, sigma 0.05 with 100 cases: z −1, 1, −1, 1, mean moving range 2, sigma_z 2/1.128.
    *_, last = p_prime_chart([(45, 100), (55, 100), (45, 100), (55, 100), (40, 100)], 4) or ()
    assert last.centre == 0.5
    assert last.lower == pytest.approx(0.5 - 3 * 0.05 * 2 / 1.128)
    assert last.upper == pytest.approx(0.5 + 3 * 0.05 * 2 / 1.128)
    assert last.distance == pytest.approx(-2 / (2 / 1.128))


@pytest.mark.parametrize(("late", "lower"), [(0, 26.5 / 81), (2, 0.0)])
def test_limits_end_where_shares_end(late, lower):
    """Twelve months of two dossiers, each time one of them late, and now of many or of two."""
    *_, last = p_prime_chart([(1, 2)] * 12 + [(2 - late, 2 if late else 81)], 12) or ()
    assert last.lower == pytest.approx(lower)


@pytest.mark.parametrize(
    ("on_time", "verdict"),
    [
        (17, ("no_clear_change", None)),
        (16, ("no_clear_change", None)),
        (15, ("below", "beyond_limit")),
    ],
)
def test_of_few_dossiers_the_printed_limit_is_the_exact_one(on_time, verdict):
    """At 97.5 % fifteen or fewer of twenty have a chance of 0.0002, sixteen or fewer of 0.0014."""
    year = [(39, 40)] * 12
    (*_, last) = p_prime_chart([*year, (on_time, 20)], 12) or ()
    assert last.centre - plain_reach(last.centre, 20) > 17 / 20  # of a P chart
    assert last.lower == pytest.approx(15.5 / 20)
    assert judge([last.distance]) == verdict


@pytest.mark.parametrize("share", [0, 1])
def test_a_baseline_of_nothing_or_of_everything_has_no_limits(share):
    assert p_prime_chart([(50 * share, 50)] * 12 + [(25, 50)], 12) is None


def test_a_baseline_quieter_than_chance_is_judged_by_chance():
    (*_, last) = p_prime_chart([(90, 100)] * 12 + [(88, 100)], 12) or ()
    assert last.upper == pytest.approx(0.9 + plain_reach(0.9, 100))
    assert last.distance == pytest.approx(-0.02 / 0.03, abs=0.2)


def test_one_late_dossier_of_a_small_office_is_no_signal():
    """One of 600 was late in a year, now one of 50: beyond the limits, and within chance."""
    year = [(50, 50)] * 11 + [(49, 50)]
    (*_, last) = p_prime_chart([*year, (49, 50)], 12) or ()
    assert last.centre - plain_reach(last.centre, 50) > 0.98
    assert judge([last.distance]) == ("no_clear_change", None)


def test_eight_months_without_a_late_dossier_are_no_rise_where_one_is_rare():
    year = [(50, 50)] * 11 + [(49, 50)]
    chart = p_prime_chart([*year, *[(50, 50)] * 8], 12) or ()
    assert judge([point.distance for point in chart]) == ("no_clear_change", None)


def test_many_late_dossiers_of_a_small_office_are_a_signal():
    year = [(50, 50)] * 11 + [(49, 50)]
    chart = p_prime_chart([*year, (42, 50)], 12) or ()
    assert judge([point.distance for point in chart]) == ("below", "beyond_limit")


@pytest.mark.slow
@given(shares=shares)
def test_limits_are_shares_around_the_centre_and_never_narrower_than_chance(shares):
    chart = p_prime_chart(shares, 8)
    whole = sum(n for _, n in shares[:8])
    centre = sum(part for part, _ in shares[:8]) / whole
    assert (chart is None) == (centre in (0, 1))
    for point, (_, n) in zip(chart or (), shares, strict=False):
        assert 0 <= point.lower <= point.centre <= point.upper <= 1
        reach = plain_reach(centre, n)
        assert point.lower <= max(centre - reach, 0) + ROUNDED
        assert point.upper >= min(centre + reach, 1) - ROUNDED


@pytest.mark.slow
@given(shares=shares)
def test_a_month_is_beyond_a_limit_exactly_where_it_lies_outside_the_limits(shares):
    for point, (part, n) in zip(p_prime_chart(shares, 8) or (), shares, strict=False):
        outside = not point.lower <= Fraction(part, n) <= point.upper
        assert outside == (abs(point.distance) > SIGMAS)
        assert outside == (judge([point.distance])[1] == "beyond_limit")


@given(
    n=st.integers(1, 300),
    late=st.integers(1, 40),
    last=st.integers(0, 300),
)
def test_so_it_is_where_the_exact_limits_decide(n, late, last):
    """Twelve months alike with few late dossiers: there the plain limits are too narrow."""
    baseline = [(1000 - late, 1000)] * 12
    (*_, point) = p_prime_chart([*baseline, (min(last, n), n)], 12) or ()
    outside = not point.lower <= Fraction(min(last, n), n) <= point.upper
    assert outside == (judge([point.distance])[1] == "beyond_limit")
    tails = [
        tail(np.array([min(last, n)]), np.array([n]), point.centre) for tail in (at_most, at_least)
    ]
    if min(tails) > float(ndtr(-SIGMAS)) * (1 + 1e-9):
        assert not outside


@pytest.mark.slow
@given(shares=shares)
def test_what_is_left_is_the_mirror_image(shares):
    """A rate and its opposite (on time, late) are the same signal, the other way up."""
    chart = p_prime_chart(shares, 8)
    mirror = p_prime_chart([(n - part, n) for part, n in shares], 8)
    for point, other in zip(chart or (), mirror or (), strict=True):
        assert point.distance == pytest.approx(-other.distance, abs=1e-6)
        assert point.lower == pytest.approx(1 - other.upper)
