"""Whom a rule names: fair to the small, deaf to a handful of cases, and monotone."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefings.facts.accountability import (
    LEAST_AGAINST,
    LEAST_CASES,
    LEAST_CASES_OF_PEERS,
    LEAST_PEERS,
    MOVED,
)
from briefings.facts.funnel import OUTER, Standing
from briefings.statistics.accountability.judging import Case, judge
from briefings.statistics.usual_share import beyond, usual_of

pytestmark = pytest.mark.slow

LIKE = [(950, 1000)] * 10
standings = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.lists(standings, min_size=2, max_size=20)


def outcomes(parts, estimates=()):
    cases = [Case(Standing(*each), place in estimates) for place, each in enumerate(parts)]
    return [each.outcome for each in judge("on_time", cases)]


def last(parts):
    return outcomes(parts)[-1]


def test_units_alike_are_as_usual():
    assert set(outcomes(LIKE)) == {"usual"}


def test_a_unit_far_off_is_named_on_its_side_and_nobody_else_is():
    assert outcomes([*LIKE, (900, 1000)]) == ["usual"] * 10 + ["below"]
    assert outcomes([*LIKE, (990, 1000)]) == ["usual"] * 10 + ["above"]


@cache
def first_named():
    """The most cases that may go well for a unit of 1000 to be named below, by the plain rule."""
    good, cases = np.arange(1001), np.full(1001, 1000)
    low, _ = beyond(good, cases, usual_of(*np.array(LIKE).T), OUTER)
    return int(good[low].max())


def test_below_on_and_above_the_limit():
    edge = first_named() - MOVED
    assert last([*LIKE, (edge - 1, 1000)]) == "below"
    assert last([*LIKE, (edge, 1000)]) == "below"
    assert last([*LIKE, (edge + 1, 1000)]) == "usual"


@pytest.mark.parametrize(
    ("against", "outcome"),
    [(LEAST_AGAINST - 1, "usual"), (LEAST_AGAINST, "below"), (LEAST_AGAINST + 1, "below")],
)
def test_fewer_cases_than_the_least_never_name_a_unit(against, outcome):
    perfect = [(1_000_000, 1_000_000)] * 10
    assert last([*perfect, (1000 - against, 1000)]) == outcome


@pytest.mark.parametrize(
    ("cases", "outcome"),
    [(LEAST_CASES - 1, "too_few"), (LEAST_CASES, "usual"), (LEAST_CASES + 1, "usual")],
)
def test_with_few_cases_a_unit_is_not_assessed_and_never_good(cases, outcome):
    assert last([*LIKE, (cases, cases)]) == outcome


def test_few_cases_that_went_wrong_again_and_again_are_no_shelter():
    assert last([*LIKE, (2, LEAST_CASES - 1)]) == "below"


@pytest.mark.parametrize(
    ("peers", "outcome"),
    [(LEAST_PEERS - 1, "few_peers"), (LEAST_PEERS, "below"), (LEAST_PEERS + 1, "below")],
)
def test_a_level_of_few_units_has_nobody_to_compare_with(peers, outcome):
    assert last([*LIKE[:peers], (500, 1000)]) == outcome


@pytest.mark.parametrize(
    ("cases", "outcome"),
    [
        (LEAST_CASES_OF_PEERS - 1, "few_peers"),
        (LEAST_CASES_OF_PEERS, "below"),
        (LEAST_CASES_OF_PEERS + 1, "below"),
    ],
)
def test_peers_with_few_cases_are_no_measure(cases, outcome):
    assert last([*[(10, 10)] * 5, (cases - 50, cases - 50), (50, 100)]) == outcome


@pytest.mark.parametrize("good", [0, 1])
def test_one_case_of_a_tiny_neighbour_does_not_turn_a_large_unit_over(good):
    """With five peers of a case each it was below the limits, or above, by one of the five."""
    assert last([*[(1, 1)] * 4, (good, 1), (330, 400)]) == "few_peers"


def test_an_estimate_is_never_judged_and_judges_nobody():
    parts = [*LIKE, (0, 1_000_000)]
    assert outcomes(parts, estimates={10}) == ["usual"] * 10 + ["estimate"]


def test_a_unit_without_a_value_is_not_measured():
    cases = [*(Case(Standing(*each)) for each in LIKE), Case(None)]
    assert judge("sync", cases)[-1].outcome == "not_measured"


def test_the_limits_shown_are_those_that_decided():
    *_, judged = judge("sync", [Case(Standing(*each)) for each in [*LIKE, (900, 1000)]])
    assert judged.limits is not None
    assert judged.interval is not None
    assert judged.others == Standing(9500, 10000)
    assert 0.9 < judged.interval.upper < judged.limits.lower < 0.95 < judged.limits.upper


@settings(max_examples=30)
@given(levels, st.randoms(use_true_random=False))
def test_the_order_of_units_plays_no_part(parts, chance):
    order = list(range(len(parts)))
    chance.shuffle(order)
    found = outcomes(parts)
    assert outcomes([parts[place] for place in order]) == [found[place] for place in order]


@settings(max_examples=30)
@given(levels)
def test_a_case_that_went_well_never_puts_its_unit_below(parts):
    *others, (good, cases) = parts
    before, after = last(parts), last([*others, (good + 1, cases + 1)])
    assert not (before != "below" and after == "below")


@settings(max_examples=30)
@given(levels, standings)
def test_a_case_that_went_wrong_never_takes_its_unit_off_the_list(others, own):
    good, cases = own
    before, after = (last([*others, (good, cases + more)]) for more in (0, 1))
    assert not (before == "below" and after != "below")


@settings(max_examples=30)
@given(st.lists(st.integers(1, 5000), min_size=LEAST_PEERS + 1, max_size=30), st.integers(2, 50))
def test_units_of_one_share_are_never_named_however_large_or_small(sizes, of):
    """Volume alone makes nobody good or bad."""
    found = outcomes([(size * (of - 1), size * of) for size in sizes])
    assert not {"below", "above"} & set(found)


@settings(max_examples=30)
@given(levels, st.integers(-MOVED, MOVED))
def test_a_handful_of_cases_turns_no_unit_from_one_side_to_the_other(parts, moved):
    *others, (good, cases) = parts
    turned = last([*others, (min(max(good + moved, 0), cases), cases)])
    assert {last(parts), turned} != {"below", "above"}


@settings(max_examples=30)
@given(st.integers(0, 1000), st.integers(1, MOVED))
def test_up_to_three_cases_change_membership_only_near_the_limit(good, moved):
    """Far from the limit by more than what moves, the list stays as it was."""
    edge = first_named() - MOVED
    assume(abs(good - edge) > moved)
    before = last([*LIKE, (good, 1000)]) == "below"
    for turned in (max(good - moved, 0), min(good + moved, 1000)):
        assert (last([*LIKE, (turned, 1000)]) == "below") == before
