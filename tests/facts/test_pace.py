"""What the rest of the year needs, and when it is certain, hopeless, or hopeless at this volume."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.facts.kpi import Past
from briefings.facts.observation import Observation
from briefings.facts.pace import MONTHS, Pace, pace_of
from briefings.facts.score import Score
from briefings.facts.target import EarlierTarget, Target

YEAR_END = date(2025, 12, 31)


def score(hits: int, aim: int, direction: str = "higher", *, cases: int = 100) -> Score:
    observation = Observation("sync", "2025", "A", "percent", hits, cases, "measured")
    target = Target("sync", Fraction(aim, 100), direction, "Law", verified=True)  # type: ignore[arg-type]
    return Score(observation, target)


def pace(one: Score, months: int, past: Past | None = "final") -> Pace | None:
    return pace_of(one, past, months, YEAR_END)


@pytest.mark.parametrize(
    ("percent", "aim", "months", "required", "outlook"),
    [
        (76, 80, 6, Fraction(84, 100), "open"),  # half the year: as far above as it was below
        (80, 80, 6, Fraction(80, 100), "open"),
        (60, 80, 6, Fraction(1), "open"),  # everything from now on is just enough
        (59, 80, 6, Fraction(101, 100), "out_of_reach"),
        (76, 100, 2, Fraction(1048, 1000), "impossible"),  # one wrong is one too many
        (99, 100, 2, Fraction(1002, 1000), "impossible"),
        (100, 100, 2, Fraction(1), "open"),
        (100, 40, 6, Fraction(-20, 100), "secured"),
        (80, 40, 6, Fraction(0), "open"),
    ],
)
def test_the_rest_of_the_year_makes_up_for_its_beginning(percent, aim, months, required, outlook):
    assert pace(score(percent, aim), months) == Pace(required, outlook)


def test_where_lower_is_better_it_is_the_other_way_round():
    outlooks = {
        (30, 10, 6): "out_of_reach",
        (20, 10, 6): "open",
        (0, 60, 6): "secured",
        (1, 0, 6): "impossible",
        (0, 0, 6): "open",
    }
    for (percent, aim, months), outlook in outlooks.items():
        assert pace(score(percent, aim, "lower"), months).outlook == outlook, (percent, aim)


@pytest.mark.parametrize(
    ("percent", "aim", "months", "to_mend"),
    [
        (76, 100, 2, 24),  # all of them, whatever comes
        (60, 80, 6, None),  # everything from now on is just enough
        (59, 80, 6, 1),  # 200 cases may hold 40 that are wrong, and there are 41
        (0, 80, 6, 60),
        (0, 80, 11, 79),  # 109.09 cases may hold 21.8 that are wrong
    ],
)
def test_where_the_past_can_be_made_good_nothing_is_hopeless(percent, aim, months, to_mend):
    found = pace(score(percent, aim), months, "mendable")
    assert (found.outlook, found.to_mend) == (("mend", to_mend) if to_mend else ("open", 0))
    below = pace(score(100 - percent, 100 - aim, "lower"), months, "mendable")
    assert (below.outlook, below.to_mend) == (found.outlook, found.to_mend)


def test_where_the_past_can_still_worsen_nothing_is_secured():
    assert pace(score(100, 40), 6, "can_worsen") is None
    assert pace(score(80, 40), 6, "can_worsen").outlook == "open"
    assert pace(score(99, 100), 6, "can_worsen").outlook == "impossible"


@pytest.mark.parametrize("past", ["stock", None])
def test_where_the_months_so_far_decide_nothing_there_is_none(past):
    for percent in (0, 50, 100):
        assert pace(score(percent, 80), 6, past) is None


def test_after_december_and_without_a_rate_or_a_target_there_is_none():
    assert pace(score(76, 80), 12) is None
    assert pace(score(76, 80), 11) is not None
    rate = score(76, 80)
    assert pace(Score(rate.observation, None), 2) is None
    count = Observation("late", "2025", "A", "dossiers", 3, None, "measured")
    assert pace(Score(count, rate.target), 2) is None


@pytest.mark.parametrize(
    ("until", "has_one"),
    [(date(2025, 12, 30), False), (YEAR_END, True), (date(2026, 1, 1), True), (None, True)],
)
def test_a_target_that_ends_before_the_year_asks_nothing_of_its_end(until, has_one):
    one = replace(score(76, 80), until=until)
    assert (pace(one, 5) is not None) == has_one


def test_a_target_that_followed_another_does_not_ask_its_months_to_be_made_good():
    one = score(76, 80)
    earlier = EarlierTarget(one.target, date(2025, 1, 1), date(2025, 3, 31))
    assert pace(replace(one, earlier=(earlier,)), 5) is None
    assert pace(replace(one, partial=True), 5) is None
    assert pace(replace(one, since=date(2025, 1, 1)), 5) is not None


@given(data=st.data())
def test_no_rest_of_the_year_proves_the_pace_wrong(data):
    """Cases go on as the measure lets them; what was said of the year must hold at its end."""
    past = data.draw(st.sampled_from(["final", "mendable", "can_worsen"]))
    direction = data.draw(st.sampled_from(["higher", "lower"]))
    months = data.draw(st.integers(1, MONTHS - 1))
    cases = months * data.draw(st.integers(1, 20))
    right = data.draw(st.integers(0, cases))
    hits = right if direction == "higher" else cases - right
    one = score(hits, data.draw(st.integers(0, 100)), direction, cases=cases)
    found = pace(one, months, past)
    if found is None:
        assert past == "can_worsen"
        return
    same_volume = cases * MONTHS // months - cases
    more = data.draw(st.integers(0, 10 * cases)) if found.outlook == "impossible" else same_volume
    mended = data.draw(st.integers(0, cases - right)) if past == "mendable" else 0
    spoilt = data.draw(st.integers(0, right)) if past == "can_worsen" else 0
    new = data.draw(st.integers(0, more))

    def is_met(right_at_the_end: int) -> bool:
        whole = cases + more
        at_the_end = right_at_the_end if direction == "higher" else whole - right_at_the_end
        return one.target.is_met_by(Fraction(at_the_end, whole))

    at_the_end = right + mended - spoilt + new
    match found.outlook:
        case "secured":
            assert is_met(at_the_end)
        case "impossible" | "out_of_reach":
            assert not is_met(at_the_end)
        case "mend":
            assert is_met(right + found.to_mend + more)
            assert not is_met(right + found.to_mend - 1 + more)
        case "open":
            needed = found.required if direction == "higher" else 1 - found.required
            assert is_met(at_the_end) == (right + mended - spoilt + new >= right + needed * more)
