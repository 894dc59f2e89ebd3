"""Value and limits never contradict, as they are printed, what was decided about them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.facts.daily_volume import DailyVolume
from briefings.facts.kpi import Kpi
from briefings.facts.observation import Observation
from briefings.facts.signal import Limits, Signal
from briefings.language import rounded
from briefings.report.usual import Judged, daily_figure, decimals_apart, judged
from briefings.statistics.kpis import load_kpis

KPIS = load_kpis()
WINDOW = "2025-02"
shares = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
bounds = st.integers(0, 10**9).map(lambda parts: parts / 10**9)


def kpi(name: str) -> Kpi:
    return KPIS[name]


def received(count: int, *, estimate: bool = False) -> Observation:
    return Observation(
        "received_in_period", WINDOW, "D1", "dossiers", count, None, "measured", estimate
    )


def by_day(count: int, days: int, lower: float, centre: float, upper: float) -> Judged:
    limits = (Limits(WINDOW, lower, centre, upper),)
    signal = Signal("received_in_period", WINDOW, "below", "beyond_limit", None, limits, days)
    return judged(kpi("received_in_period"), signal, received(count), "en")


def texts(found: Judged) -> list[str]:
    figures = (found.value, found.lower, found.centre, found.upper)
    return [figure.text for figure in figures if figure]


@pytest.mark.parametrize(
    ("count", "lower", "printed"),
    [
        (5, 0.3043, ["0.28", "0.30", "0.65", "1.00"]),  # not "0.3, below 0.3"
        (2, 0.3043, ["0.1", "0.3", "0.7", "1.0"]),
        (9, 0.5, ["0.5", "0.5", "0.7", "1.0"]),  # on the limit
    ],
)
def test_as_many_decimals_as_are_needed(count, lower, printed):
    assert texts(by_day(count, 18, round(lower, 9), 0.65, 1.0)) == printed


def test_a_rate_just_outside_its_limits_is_printed_so():
    limits = (Limits(WINDOW, 0.998534, 0.9988, 1.0),)
    signal = Signal("on_time", WINDOW, "below", "beyond_limit", None, limits)
    rate = Observation("on_time", WINDOW, "D1", "percent", 99_853, 100_000, "measured")
    for language, value, lower in (("en", "99.8530%", "99.8534%"), ("vi", "99,8530%", "99,8534%")):
        assert texts(judged(kpi("on_time"), signal, rate, language))[:2] == [value, lower]


def test_a_whole_number_stays_one_and_its_limits_are_told_apart_from_it():
    limits = (Limits(WINDOW, 12.04, 20.0, 28.0),)
    signal = Signal("pending", WINDOW, "below", "beyond_limit", None, limits)
    stock = Observation("pending", WINDOW, "D1", "dossiers", 12, None, "measured")
    assert texts(judged(kpi("pending"), signal, stock, "en")) == ["12", "12.04", "20.00", "28.00"]


@given(share=shares, limits=st.lists(bounds, min_size=3, max_size=3).map(sorted))
def test_the_printed_order_is_the_true_one(share, limits):
    """Below is printed below, within within, above above."""
    value = Fraction(*share)
    exact = [Fraction(limit) for limit in limits]
    decimals = decimals_apart(value, exact, 2)
    printed = rounded(value, decimals)
    for limit in exact:
        other = rounded(limit, decimals)
        assert (printed < other, printed > other) == (value < limit, value > limit)


def test_a_value_on_a_limit_needs_no_more_decimals():
    assert decimals_apart(Fraction(1, 4), [Fraction(1, 4)], 1) == 1


@pytest.mark.parametrize(("estimate", "text"), [(False, "9.1"), (True, "≈9.1")])
def test_an_estimate_by_the_working_day_is_marked(estimate, text):
    assert daily_figure(DailyVolume(received(182, estimate=estimate), 20), "en").text == text
