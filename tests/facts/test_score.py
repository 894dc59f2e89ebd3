"""Statuses are decided on exact numbers, and never where something is uncertain."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.facts.observation import Observation
from briefings.facts.score import Score
from briefings.facts.target import Target


def of(numerator: int, denominator: int | None) -> Observation:
    return Observation("sync", "2025-02", "A", "percent", numerator, denominator, "measured")


NO_DATA = Observation("sync", "2025-02", "A", "percent", None, None, "no_data")
NOT_MEASURABLE = Observation("sync", "2025-02", "A", "percent", None, None, "not_measurable")


def target(value: Fraction, direction: str = "higher", *, verified: bool = True) -> Target:
    return Target("sync", value, direction, "Law", verified)  # type: ignore[arg-type]


NINETY = Fraction(9, 10)


@pytest.mark.parametrize(
    ("direction", "numerator", "status"),
    [
        ("higher", 89_999, "missed"),
        ("higher", 90_000, "met"),
        ("higher", 90_001, "met"),
        ("lower", 89_999, "met"),
        ("lower", 90_000, "met"),
        ("lower", 90_001, "missed"),
    ],
)
def test_below_on_and_above_the_target(direction, numerator, status):
    assert Score(of(numerator, 100_000), target(NINETY, direction)).status == status


def test_what_prints_as_the_target_may_still_miss_it():
    score = Score(of(99_999, 100_000), target(Fraction(1)))
    assert score.status == "missed"
    assert score.variance == Fraction(-1, 100_000)


def test_a_third_is_not_met_by_a_rounded_third():
    assert Score(of(1, 3), target(Fraction("0.3333"))).status == "met"
    assert Score(of(3333, 10_000), target(Fraction(1, 3))).status == "missed"


@pytest.mark.parametrize("numerator", [0, 90, 100])
def test_an_estimate_is_never_met_or_missed(numerator):
    estimate = replace(of(numerator, 100), estimate=True)
    assert Score(estimate, target(NINETY)).status == "estimated"
    assert Score(estimate, target(NINETY, verified=False)).status == "unverified"
    assert Score(estimate, None).status == "no_target"


@pytest.mark.parametrize("numerator", [0, 90, 100])
def test_an_unverified_target_is_never_met_or_missed(numerator):
    score = Score(of(numerator, 100), target(NINETY, verified=False))
    assert score.status == "unverified"
    assert score.variance == Fraction(numerator, 100) - NINETY


@pytest.mark.parametrize("verified", [True, False])
def test_no_value_is_no_verdict_and_no_variance(verified):
    for observation, status in ((NO_DATA, "no_data"), (NOT_MEASURABLE, "not_measurable")):
        for aim in (target(NINETY, verified=verified), target(Fraction(0), "lower"), None):
            score = Score(observation, aim)
            assert (score.status, score.variance) == (status, None)


def test_without_a_target_there_is_a_value_and_nothing_else():
    score = Score(of(9, 10), None)
    assert (score.status, score.variance) == ("no_target", None)


def test_variance_is_actual_minus_target_for_counts_too():
    assert Score(of(3, None), target(Fraction(0), "lower")).variance == 3
    assert Score(of(3, None), target(Fraction(0), "lower")).status == "missed"
    assert Score(of(0, None), target(Fraction(0), "lower")).status == "met"


@pytest.mark.parametrize(
    ("direction", "numerator", "status"),
    [
        ("higher", 88, "missed"),
        ("higher", 89, "within_tolerance"),
        ("higher", 90, "met"),
        ("lower", 90, "met"),
        ("lower", 91, "within_tolerance"),
        ("lower", 92, "missed"),
    ],
)
def test_a_tolerance_has_a_status_of_its_own(direction, numerator, status):
    aim = Target("sync", NINETY, direction, "Law", verified=True, tolerance=Fraction(1, 100))
    assert Score(of(numerator, 100), aim).status == status


@pytest.mark.parametrize(
    ("direction", "numerator", "short"),
    [
        ("higher", 4, 2),  # nine tenths of six are 5.4, so six are needed
        ("higher", 5, 1),
        ("higher", 6, 0),
        ("lower", 5, 0),
        ("lower", 6, 1),
    ],
)
def test_what_is_short_of_the_target_is_a_whole_number_of_dossiers(direction, numerator, short):
    assert Score(of(numerator, 6), target(NINETY, direction)).shortfall == short


@given(
    numerator=st.integers(0, 200),
    denominator=st.integers(1, 200),
    percent=st.integers(0, 100),
    direction=st.sampled_from(["higher", "lower"]),
)
def test_the_shortfall_is_the_least_that_meets_the_target(
    numerator, denominator, percent, direction
):
    numerator = min(numerator, denominator)
    aim = target(Fraction(percent, 100), direction)
    score = Score(of(numerator, denominator), aim)
    sign = 1 if direction == "higher" else -1
    short = score.shortfall
    assert aim.is_met_by(Fraction(numerator + sign * short, denominator))
    if short:
        assert not aim.is_met_by(Fraction(numerator + sign * (short - 1), denominator))
    assert (short == 0) == (score.status == "met")


def test_a_count_and_a_measure_without_target_or_value_have_no_shortfall():
    assert Score(of(3, None), target(Fraction(0), "lower")).shortfall is None
    assert Score(of(3, 4), None).shortfall is None
    assert Score(NO_DATA, target(NINETY)).shortfall is None
