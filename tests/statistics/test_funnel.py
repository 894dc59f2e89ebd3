"""Who is named, and who never is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit, ndtri

from briefings.facts.accountability import LEAST_PEERS
from briefings.facts.funnel import INNER, OUTER
from briefings.statistics.funnel import judge_units
from briefings.statistics.usual_share import limits_of

pytestmark = pytest.mark.slow

units = st.lists(
    st.integers(1, 4000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=30,
)
LIKE = [(950, 1000), (1900, 2000), (475, 500), (2850, 3000), (95, 100), (190, 200)]


def test_units_alike_are_not_named():
    assert judge_units(LIKE).sides == (None,) * 6


@pytest.mark.parametrize(("on_time", "side"), [(900, "below"), (990, "above"), (955, None)])
def test_a_unit_unlike_the_others_is_named_with_its_side(on_time, side):
    others = [(950, 1000)] * 20
    *rest, last = judge_units([*others, (on_time, 1000)]).sides
    assert last == side
    assert set(rest) == {None}


@pytest.mark.parametrize("others", [1, 10, 100, 100_000])
def test_a_commune_with_three_dossiers_of_which_one_is_late_is_not_named(others):
    """However rare it is to be late: a single dossier decides about nobody."""
    parts = [(others * 1000 - 1, others * 1000), *[(50, 50)] * 30, (2, 3)]
    assert judge_units(parts).sides[-1] is None


def test_a_commune_of_which_several_are_late_is_named():
    parts = [(999_999, 1_000_000), *[(50, 50)] * 30, (40, 50)]
    assert judge_units(parts).sides[-1] == "below"


@pytest.mark.parametrize("share", [0, 1])
def test_where_nobody_or_everybody_has_it_nobody_is_named(share):
    found = judge_units([(10 * share, 10), (500 * share, 500)] * 4)
    assert (found.within, found.sides) == (8, (None,) * 8)


@pytest.mark.parametrize(("others", "side"), [(LEAST_PEERS - 1, None), (LEAST_PEERS, "below")])
def test_nobody_is_named_among_fewer_than_the_least_others(others, side):
    assert judge_units([*[(9500, 10000)] * others, (2000, 10000)]).sides[-1] == side


def test_usual_differences_between_units_widen_the_limits():
    """Shares of 90 and 96 % in turn, far beyond chance: then 84 % is not so far out either."""
    spread = [(9000, 10000), (9600, 10000)] * 10
    assert judge_units([*spread, (8400, 10000)]).sides[-1] is None
    assert judge_units([*[(9300, 10000)] * 20, (8400, 10000)]).sides[-1] == "below"


def test_a_large_unit_may_differ_by_as_much_as_a_small_one():
    """A factor on chance took a tenth as much from one of a hundred times as many cases."""
    spread = [(900, 1000), (960, 1000)] * 10
    assert judge_units([*spread, (88_000, 100_000)]).sides[-1] is None


def test_the_one_that_is_sought_does_not_hide_itself():
    """It is compared with the others, however far off it is."""
    found = judge_units([*[(9300, 10000)] * 20, (5000, 10000)])
    assert found.sides == (*(None,) * 20, "below")
    (limits,) = limits_of(np.array([10_000]), found.usual, OUTER)
    assert 0.91 < limits.lower < limits.upper < 0.95


@pytest.mark.slow
@settings(max_examples=15)
@given(parts=units, seed=st.randoms(use_true_random=False))
def test_the_order_of_units_plays_no_part(parts, seed):
    order = list(range(len(parts)))
    seed.shuffle(order)
    found, shuffled = judge_units(parts), judge_units([parts[place] for place in order])
    assert shuffled.sides == tuple(found.sides[place] for place in order)
    assert shuffled.within == found.within


@settings(max_examples=15)
@given(parts=units)
def test_nobody_within_the_inner_limits_is_named(parts):
    found = judge_units(parts)
    assert found.within + sum(side is not None for side in found.sides) <= len(parts)


@settings(max_examples=15)
@given(parts=units)
def test_a_unit_is_named_only_outside_the_limits_that_are_drawn(parts):
    found = judge_units(parts)
    if not any(found.sides):
        return
    limits = limits_of(np.array([n for _, n in parts]), found.usual, OUTER)
    for (part, n), side, limit in zip(parts, found.sides, limits, strict=True):
        if side is not None:
            outside = part / n < limit.lower if side == "below" else part / n > limit.upper
            assert outside


def test_with_many_cases_the_limits_are_those_of_the_usual_differences():
    """Units of a million: what chance adds is nothing, and 95 % of them lie within 1.96 τ."""
    logits = 2 + 0.2 * ndtri((np.arange(200) + 0.5) / 200)
    cases = 1_000_000
    found = judge_units([(round(cases * expit(each)), cases) for each in logits])
    (limits,) = limits_of(np.array([cases]), found.usual, INNER)
    assert logit(limits.lower) == pytest.approx(2 - 1.96 * 0.2, abs=0.02)
    assert logit(limits.upper) == pytest.approx(2 + 1.96 * 0.2, abs=0.02)
