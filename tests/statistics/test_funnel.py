"""Who is named, and who never is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.facts.funnel import INNER, OUTER
from briefings.statistics.binomial import z_scores
from briefings.statistics.funnel import Judged, dispersion_of, judge_units, limits_at

units = st.lists(
    st.integers(1, 4000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=2,
    max_size=30,
)
LIKE = [(950, 1000), (1900, 2000), (475, 500), (2850, 3000), (95, 100)]


def test_units_alike_are_not_named():
    assert judge_units(LIKE).sides == (None,) * 5


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
    found = judge_units([(10 * share, 10), (500 * share, 500)])
    assert found == Judged(share, 1.0, 2, (None, None))


def test_usual_differences_between_units_widen_the_limits():
    """Shares of 90 and 96 % in turn, far beyond chance: then 84 % is not so far out either."""
    spread = [(9000, 10000), (9600, 10000)] * 10
    found = judge_units([*spread, (8400, 10000)])
    assert found.dispersion > 50
    assert found.sides[-1] is None
    alike = judge_units([*[(9300, 10000)] * 20, (8400, 10000)])
    assert alike.sides[-1] == "below"


def test_the_one_that_is_sought_does_not_hide_itself():
    """Its z-score is drawn in before the dispersion is judged: 1 of 21 is less than a tenth."""
    found = judge_units([*[(9300, 10000)] * 20, (5000, 10000)])
    assert found.dispersion < 200 < 2 * z_scores(np.array([5000]), np.array([10000]), 0.91)[0] ** 2


def test_dispersion_by_hand():
    # Ten z-scores of 2: nothing to draw in, mean square 4. Scores of less than one make no less.
    assert dispersion_of(np.full(10, 2.0)) == 4
    assert dispersion_of(np.full(10, 0.5)) == 1
    # 0 to 10: the quantiles at 10 % and 90 % are 1 and 9; (1+1+4+9+16+25+36+49+64+81+81)/11.
    assert dispersion_of(np.arange(11.0)) == pytest.approx(367 / 11)


@given(parts=units, seed=st.randoms(use_true_random=False))
def test_the_order_of_units_plays_no_part(parts, seed):
    order = list(range(len(parts)))
    seed.shuffle(order)
    found, shuffled = judge_units(parts), judge_units([parts[place] for place in order])
    assert shuffled.sides == tuple(found.sides[place] for place in order)
    assert shuffled.dispersion == pytest.approx(found.dispersion)
    assert shuffled.within == found.within


@given(parts=units)
def test_units_vary_at_least_by_chance_and_nobody_within_the_inner_limits_is_named(parts):
    found = judge_units(parts)
    assert found.dispersion >= 1
    assert found.within + sum(side is not None for side in found.sides) <= len(parts)


@given(parts=units)
def test_a_unit_is_named_only_outside_the_limits_that_are_drawn(parts):
    found = judge_units(parts)
    limits = limits_at(np.array([n for _, n in parts]), found, OUTER)
    for (part, n), side, limit in zip(parts, found.sides, limits, strict=True):
        if side is not None:
            outside = part / n < limit.lower if side == "below" else part / n > limit.upper
            assert outside


@given(parts=units, cases=st.integers(1, 20_000))
def test_the_inner_limits_lie_within_the_outer_around_the_centre(parts, cases):
    found = judge_units(parts)
    (inner,), (outer,) = (limits_at(np.array([cases]), found, level) for level in (INNER, OUTER))
    assert 0 <= outer.lower <= inner.lower <= found.centre + 1 / cases
    assert found.centre - 1 / cases <= inner.upper <= outer.upper <= 1


def test_with_many_cases_the_limits_are_those_of_the_normal_curve():
    (limit,) = limits_at(np.array([1_000_000]), Judged(0.5, 1.0, 0, ()), INNER)
    assert limit.lower == pytest.approx(0.5 - 1.96 * math.sqrt(0.25 / 1_000_000), abs=1e-6)
