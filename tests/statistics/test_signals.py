"""From months to a verdict: which months count, which make the limits, and when there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefings.facts.observation import Observation
from briefings.facts.signal import Rebasing, Signal
from briefings.periods import Month, months_between
from briefings.statistics.signals import Followed, signal_of

FIRST = Month(2024, 1)
NO_DATA = None


def rates(*parts: tuple[int, int] | None, kpi: str = "on_time") -> list[Followed]:
    """A rate by month; None is a month without a value."""
    months = months_between(FIRST, FIRST + (len(parts) - 1))
    return [
        Followed(
            month, Observation(kpi, str(month), "D1", "percent", *(part or (None, None)), status)
        )
        for month, part in zip(months, parts, strict=True)
        for status in ["measured" if part else "no_data"]
    ]


def counts(*numbers: int, days: list[int | None] | None = None) -> list[Followed]:
    """A count by month, with working days where they are known."""
    months = months_between(FIRST, FIRST + (len(numbers) - 1))
    return [
        Followed(
            month, Observation("processed", str(month), "D1", "dossiers", n, None, "measured"), day
        )
        for month, n, day in zip(months, numbers, days or [None] * len(numbers), strict=True)
    ]


def verdict(series: list[Followed]) -> str:
    found = signal_of(series)
    assert found is not None
    return found.verdict


# A year of 95 and 97 of 100 in turn.
YEAR = [(95, 100), (97, 100)] * 6


@pytest.mark.parametrize(
    ("last", "expected"), [((70, 100), "below"), ((96, 100), "no_clear_change"), (None, "no_data")]
)
def test_the_last_month_is_judged_by_the_year(last, expected):
    found = signal_of(rates(*YEAR, last))
    assert found is not None
    assert (found.verdict, found.window) == (expected, "2025-01")


def test_the_first_twelve_months_make_the_limits_and_are_named():
    found = signal_of(rates(*YEAR, (70, 100), (70, 100)))
    assert found is not None
    assert found.baseline == (Month(2024, 1), Month(2024, 12))
    assert [limits.window for limits in found.limits] == [
        str(m) for m in months_between(FIRST, Month(2025, 2))
    ]
    assert {limits.centre for limits in found.limits} == {0.96}
    assert found.usual == found.limits[-1]


@pytest.mark.parametrize(("months", "expected"), [(7, "too_few"), (8, "no_clear_change")])
def test_with_fewer_than_eight_months_there_is_no_verdict(months, expected):
    assert verdict(rates(*YEAR[:months])) == expected


def test_months_without_a_value_are_passed_over_and_make_no_signal():
    gaps = [part for pair in zip(YEAR, [NO_DATA] * 12, strict=True) for part in pair]
    found = signal_of(rates(*gaps, (96, 100)))
    assert found is not None
    assert found.verdict == "no_clear_change"
    assert found.baseline == (Month(2024, 1), Month(2025, 11))
    assert len(found.limits) == 13
    assert verdict(rates(*[NO_DATA] * 17, *YEAR[:7])) == "too_few"


BASE = [(50, 100), (40, 100), (55, 100), (45, 100), (52, 100), (48, 100)] * 2
HIGH = (60, 100)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ([HIGH] * 8, ("rose", "run", 8)),
        ([HIGH] * 7, ("no_clear_change", None, None)),
        ([HIGH] * 10, ("rose", "run", 10)),
        ([HIGH, NO_DATA, *[HIGH] * 7], ("no_clear_change", None, None)),
        ([NO_DATA, *[HIGH] * 8], ("rose", "run", 8)),
    ],
)
def test_a_month_without_a_value_breaks_a_run(tail, expected):
    found = signal_of(rates(*BASE, *tail))
    assert found is not None
    assert (found.verdict, found.rule, found.months) == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ([(64, 100), (64, 100)], ("above", "two_of_three", 2)),
        ([(64, 100), (50, 100), (64, 100)], ("above", "two_of_three", 2)),
        ([(64, 100)] * 3, ("above", "two_of_three", 3)),
        ([(64, 100), NO_DATA, (64, 100)], ("no_clear_change", None, None)),
        ([(64, 100), *[NO_DATA] * 10, (64, 100)], ("no_clear_change", None, None)),
    ],
)
def test_two_of_three_are_of_months_that_follow_each_other(tail, expected):
    found = signal_of(rates(*BASE, *tail))
    assert found is not None
    assert (found.verdict, found.rule, found.months) == expected


def with_estimates(series: list[Followed], *places: int) -> list[Followed]:
    return [
        replace(each, observation=replace(each.observation, estimate=place in places))
        for place, each in enumerate(series)
    ]


def test_an_estimate_is_not_judged_however_far_out():
    series = rates(*YEAR, (10, 100))
    assert verdict(series) == "below"
    found = signal_of(with_estimates(series, 12))
    assert found == Signal("on_time", "2025-01", "estimated")


@pytest.mark.parametrize(
    ("estimates", "expected", "first"),
    [
        ([], "below", 1),
        ([3], "below", 5),  # eight months after April, and the last
        ([0, 4], "too_few", None),  # seven after May
    ],
)
def test_only_the_months_after_the_last_estimate_are_compared(estimates, expected, first):
    series = rates(*YEAR[:11], (10, 100))
    found = signal_of(with_estimates(series, *estimates))
    assert found is not None
    assert found.verdict == expected
    assert (found.baseline and found.baseline[0].number) == first


@pytest.mark.parametrize(
    ("since", "expected"),
    [(Month(2024, 1), "below"), (Month(2024, 6), "below"), (Month(2024, 7), "too_few")],
)
def test_nothing_before_a_re_basing_is_compared(since, expected):
    """Thirteen months, of which eight lie from June on."""
    rebased = Rebasing(since, {"vi": "Sáp nhập", "en": "Merger"})
    found = signal_of(rates(*YEAR, (10, 100)), rebased)
    assert found is not None
    assert (found.verdict, found.rebased) == (expected, rebased)


def test_a_measure_without_a_value_since_a_re_basing_still_has_no_data():
    found = signal_of(rates(*YEAR, NO_DATA), Rebasing(Month(2025, 1), {}))
    assert found is not None
    assert found.verdict == "no_data"


def test_a_measure_without_any_value_has_no_signal():
    assert signal_of(rates(NO_DATA, NO_DATA)) is None


def test_where_the_baseline_does_not_vary_nothing_is_judged():
    found = signal_of(rates(*[(100, 100)] * 13, (60, 100)))
    assert found == Signal("on_time", "2025-02", "no_variation")


def test_counts_go_by_the_working_day():
    """Five dossiers each working day: a short month is no fall."""
    days = [20, 22] * 6 + [11]
    numbers = [5 * day + turn for day, turn in zip(days, [1, -1] * 7, strict=False)]
    found = signal_of(counts(*numbers, days=days))
    assert found is not None
    assert (found.verdict, found.working_days) == ("no_clear_change", 11)
    assert found.limits[-1].centre == pytest.approx(5, abs=0.01)
    assert verdict(counts(*numbers)) == "below"  # as they stand, half as many look like a fall


def test_months_beyond_the_calendar_are_left_out_where_the_last_one_is_within():
    days = [None, None, *[20] * 8]
    found = signal_of(counts(900, 900, *[100, 120] * 4, days=days))
    assert found is not None
    assert found.baseline == (Month(2024, 3), Month(2024, 10))
    beyond = signal_of(counts(*[100, 120] * 4, 110, days=[*[20] * 8, None]))
    assert beyond is not None
    assert beyond.working_days is None
    assert beyond.limits[-1].centre == 110


@pytest.mark.parametrize(("mean", "expected"), [(4, "too_few"), (5, "no_clear_change")])
def test_small_counts_are_not_judged(mean, expected):
    assert verdict(counts(*[mean - 1, mean + 1] * 6)) == expected


def test_no_limit_of_a_count_lies_below_zero():
    found = signal_of(counts(*[1, 40] * 6))
    assert found is not None
    assert found.limits[-1].lower == 0


def test_the_reason_to_begin_anew_is_kept_whatever_the_verdict():
    rebased = Rebasing(FIRST, {"vi": "Sáp nhập", "en": "Merger"})
    for series in (rates(*YEAR), rates(*YEAR[:3]), rates(*YEAR, None), rates(*[(9, 9)] * 12)):
        found = signal_of(series, rebased)
        assert found is not None
        assert found.rebased == rebased
