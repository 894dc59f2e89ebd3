"""What a usual unit may have, against a plain sum, the binomial alone, and itself mirrored."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import binom, t

from briefings.facts.accountability import LEAST_CASES_OF_PEERS, LEAST_PEERS
from briefings.facts.funnel import OUTER
from briefings.statistics.usual_share import (
    beyond,
    chance_of_so_few,
    limits_of,
    sides_of,
    usual_of,
    usual_without_each,
)
from tests.statistics.plain_integral import chances_of_so_few as plain_chances

pytestmark = pytest.mark.slow

standings = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.lists(standings, min_size=2, max_size=12)


def arrays(parts):
    return np.array(parts, dtype=np.int64).T


def chances(parts):
    good, cases = arrays(parts)
    return chance_of_so_few(good, cases, usual_without_each(good, cases))


@pytest.mark.parametrize(
    "parts",
    [
        [(95, 100), (190, 200), (46, 50), (300, 320), (20, 20), (70, 100)],
        [(99, 100), (100, 100), (997, 1000), (50, 50), (499, 500), (470, 500)],
        [(5, 10), (7, 10), (4, 10), (6, 10), (1, 10), (10, 10)],
    ],
)
def test_it_is_the_sum_over_all_that_is_not_known(parts):
    assert chances(parts) == pytest.approx(plain_chances(parts, step=0.025, reach=5), rel=0.005)


def test_among_very_many_cases_alike_chance_alone_decides():
    """Eleven offices of a million each leave nothing open but the least deviation of 3 %."""
    *_, found = chances([*[(950_000, 1_000_000)] * 11, (88, 100)])
    alone = binom.cdf(88, 100, 0.95) - binom.pmf(88, 100, 0.95) / 2
    assert found == pytest.approx(alone, rel=0.15)
    assert found > alone


def test_with_many_cases_everywhere_it_is_the_prediction_of_students_t():
    """Ten logits: a further one lies four deviations off with the chance of t.

    That of eight degrees of freedom: one for the centre, and one for a flat prior of τ.
    """
    logits = 2 + np.linspace(-0.15, 0.15, 10)
    deviation = logits.std(ddof=1) * np.sqrt(1 + 1 / 10)
    far = 2 - 4 * deviation
    cases = 10_000_000
    parts = [(round(cases * expit(each)), cases) for each in (*logits, far)]
    assert chances(parts)[-1] == pytest.approx(t.cdf(-4 * np.sqrt(8 / 9), 8), rel=0.03)


def test_few_peers_leave_more_open_than_many():
    few, many = (
        chances([*[(940, 1000), (960, 1000)] * pairs, (880, 1000)])[-1] for pairs in (3, 30)
    )
    assert few > 5 * many


def test_a_large_office_may_differ_by_as_much_as_a_small_one():
    """Usual differences do not shrink with volume: 60 to 76 % around it, 60 % is not far out."""
    peers = [(60_000, 100_000), (68_000, 100_000), (76_000, 100_000)] * 4
    assert chances([*peers, (18_000, 30_000)])[-1] > 0.05


def test_nobody_and_everybody_are_no_fault():
    for good in (0, 50):
        assert 0.3 < chances([(good, 50)] * 6)[0] < 0.7


@settings(max_examples=15)
@given(st.lists(standings, min_size=LEAST_PEERS, max_size=10), st.integers(1, 5000))
def test_what_a_unit_has_plays_no_part_in_what_is_usual_for_it(others, cases):
    """Where the others have cases of both kinds; the nodes of the integral do depend on it."""
    went_well, of_them = (sum(each) for each in zip(*others, strict=True))
    assume(of_them >= LEAST_CASES_OF_PEERS and 5 <= went_well <= of_them - 5)
    good, of = arrays([(0, cases), *others])
    first, second = (
        chance_of_so_few(np.arange(21), np.full(21, 20), usual_without_each(own, of).rows(slice(1)))
        for own in (good, np.append(cases, good[1:]))
    )
    assert first == pytest.approx(second, rel=0.002)


@pytest.mark.parametrize(
    ("others", "own"),
    [
        ([(199, 200)] * 5 + [(200, 200)] * 3, (0, 10_000_000)),
        ([(199, 200)] * 5 + [(200, 200)] * 3, (2_700, 3_000)),
        ([(200, 200)] * 8, (90, 100)),
        ([(99_845, 100_000), (99_865, 100_000)] * 5, (10_000_000, 10_000_000)),
    ],
)
def test_nor_does_it_where_the_unit_is_huge_or_far_off(others, own):
    """It drew the nodes of the integral away: limits it had moved itself decided about it."""
    cases = np.array([100, 100, 100_000])
    counts = np.array([90, 99, 99_850])
    without, with_own = (
        chance_of_so_few(counts, cases, usual_without_each(*arrays([each, *others])).rows(slice(1)))
        for each in ((0, 0), own)
    )
    assert with_own == pytest.approx(without, rel=0.01, abs=1e-6)


@settings(max_examples=20)
@given(levels)
def test_good_and_bad_are_two_names(parts):
    mirrored = chances([(cases - good, cases) for good, cases in parts])
    assert 1 - mirrored == pytest.approx(chances(parts), abs=1e-4)


@settings(max_examples=20)
@given(levels, standings)
def test_a_case_that_went_well_never_makes_so_few_rarer_nor_a_bad_one_likelier(parts, own):
    usual = usual_of(*arrays(parts))
    good, cases = own
    counts = np.array([good, good + 1, good]), np.array([cases, cases + 1, cases + 1])
    before, better, worse = chance_of_so_few(*counts, usual)
    assert worse <= before + 1e-12
    assert better >= before - 1e-12


@settings(max_examples=20)
@given(levels, st.integers(1, 20_000))
def test_inner_limits_lie_within_outer_ones(parts, cases):
    usual = usual_of(*arrays(parts))
    inner, outer = (limits_of(np.array([cases]), usual, Fraction(level, 1000))[0]
                    for level in (950, 998))  # fmt: skip
    assert 0 <= outer.lower <= inner.lower <= inner.upper <= outer.upper <= 1


@settings(max_examples=20)
@given(levels, st.integers(1, 2000))
def test_who_is_beyond_lies_outside_the_limits_and_who_is_not_within(parts, cases):
    usual = usual_of(*arrays(parts))
    good = np.arange(cases + 1)
    low, high = beyond(good, np.full(cases + 1, cases), usual, OUTER)
    (limits,) = limits_of(np.array([cases]), usual, OUTER)
    assert ((good / cases < limits.lower - 1e-9) == low).all()
    assert ((good / cases > limits.upper + 1e-9) == high).all()


def test_below_the_usual_and_above_what_the_others_come_to_is_neither():
    """One huge office at 60 % makes the others' share; at 90 % nobody is below 61 %."""
    parts = [*[(995, 1000)] * 12, (600_000, 1_000_000), (800, 1000)]
    good, cases = arrays(parts)
    sides = sides_of(good, cases, usual_without_each(good, cases), 0)
    assert good[-1] / cases[-1] > (good.sum() - good[-1]) / (cases.sum() - cases[-1])
    assert sides[-1] is None
