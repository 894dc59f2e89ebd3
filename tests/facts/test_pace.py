"""What the rest of the year needs, and when it is certain or impossible."""

from __future__ import annotations

from fractions import Fraction

import pytest

from briefings.facts.observation import Observation
from briefings.facts.pace import pace_of
from briefings.facts.score import Score
from briefings.facts.target import Target


def score(percent: int, aim: int, direction: str = "higher") -> Score:
    observation = Observation("sync", "2025", "A", "percent", percent, 100, "measured")
    target = Target("sync", Fraction(aim, 100), direction, "Law", verified=True)
    return Score(observation, target)


@pytest.mark.parametrize(
    ("percent", "aim", "months", "required", "outlook"),
    [
        (76, 80, 6, Fraction(84, 100), "open"),  # half the year: as far above as it was below
        (80, 80, 6, Fraction(80, 100), "open"),
        (60, 80, 6, Fraction(1), "open"),  # everything from now on is just enough
        (59, 80, 6, Fraction(101, 100), "out_of_reach"),
        (76, 100, 2, Fraction(1048, 1000), "out_of_reach"),  # nothing missing can be made good
        (100, 40, 6, Fraction(-20, 100), "secured"),
        (80, 40, 6, Fraction(0), "open"),
    ],
)
def test_the_rest_of_the_year_makes_up_for_its_beginning(percent, aim, months, required, outlook):
    pace = pace_of(score(percent, aim), months)
    assert (pace.required, pace.outlook) == (required, outlook)


def test_where_lower_is_better_it_is_the_other_way_round():
    assert pace_of(score(30, 10, "lower"), 6).outlook == "out_of_reach"
    assert pace_of(score(20, 10, "lower"), 6).outlook == "open"
    assert pace_of(score(0, 60, "lower"), 6).outlook == "secured"


def test_after_december_and_without_a_rate_or_a_target_there_is_none():
    assert pace_of(score(76, 80), 12) is None
    assert pace_of(score(76, 80), 11) is not None
    rate = score(76, 80)
    assert pace_of(Score(rate.observation, None), 2) is None
    count = Observation("late", "2025", "A", "dossiers", 3, None, "measured")
    assert pace_of(Score(count, rate.target), 2) is None
