"""Each rule below its edge, on it, and beyond."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.statistics.control_charts.rules import judge, months_of

NOTHING = ("no_clear_change", None)
A_LITTLE = 1e-9

distances = st.lists(st.floats(-5, 5), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("last", "verdict"), [(3 - A_LITTLE, NOTHING), (3.0, NOTHING), (3.1, ("above", "beyond_limit"))]
)
def test_one_month_beyond_a_limit(last, verdict):
    assert judge([0, 0, last]) == verdict
    assert judge([last]) == verdict


@pytest.mark.parametrize(
    ("months", "verdict"),
    [
        ([2.1, 0, 2.1], ("above", "two_of_three")),
        ([0, 2.1, 2.1], ("above", "two_of_three")),
        ([2.0, 0, 2.1], NOTHING),  # one of them on the line
        ([2.1, 0, 2.0], NOTHING),
        ([2.1, 2.1, 0], NOTHING),  # the last month is back
        ([2.1, 0, 0, 2.1], NOTHING),  # not of three successive
        ([-2.1, 0, 2.1], NOTHING),  # not on one side
        ([2.1, -2.1, 2.1], ("above", "two_of_three")),
        ([2.1], NOTHING),
    ],
)
def test_two_months_of_three(months, verdict):
    assert judge(months) == verdict


@pytest.mark.parametrize(
    ("months", "verdict"),
    [
        ([0.1] * 7, NOTHING),
        ([-0.1] + [0.1] * 7, NOTHING),
        ([0.0] + [0.1] * 7, NOTHING),  # the first on the centre
        ([0.1] * 8, ("rose", "run")),
        ([0.1] * 8 + [0.0], NOTHING),
        ([0.1] * 20, ("rose", "run")),
    ],
)
def test_eight_months_in_a_row(months, verdict):
    assert judge(months) == verdict


def test_a_run_says_more_than_a_single_month():
    assert judge([0.1] * 7 + [4.0]) == ("rose", "run")


def test_a_month_beyond_a_limit_says_more_than_two_of_three():
    assert judge([2.1, 0, 3.1]) == ("above", "beyond_limit")


def test_only_the_last_month_is_judged():
    assert judge([5.0, 5.0, 0.0]) == NOTHING


@pytest.mark.parametrize(
    ("months", "number"),
    [
        ([2.5, 0, 2.5], 2),
        ([2.5, 2.5, 2.5], 3),
        ([2.5, -2.5, 2.5], 2),
        ([-2.5, -2.5, -2.5], 3),
        ([0.1] * 8, 8),
        ([0.0] + [-0.1] * 11, 11),
        ([2.5, 2.5, 3.1], 1),
        ([0.1], None),
    ],
)
def test_how_many_months_make_the_signal(months, number):
    _, rule = judge(months)
    assert months_of(months, rule) == number


@given(distances=distances)
def test_upside_down_the_verdict_is_the_opposite(distances):
    opposite = {"above": "below", "below": "above", "rose": "fell", "fell": "rose"}
    verdict, rule = judge(distances)
    assert judge([-each for each in distances]) == (opposite.get(verdict, verdict), rule)


@given(distances=distances, longer=distances)
def test_what_lies_eight_months_back_plays_no_part(distances, longer):
    if len(distances) >= 8:
        assert judge([*longer, *distances]) == judge(distances)
