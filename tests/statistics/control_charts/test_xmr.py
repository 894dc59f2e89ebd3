"""The XmR chart against a published example, by hand, and by what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.statistics.control_charts.chart import point_at
from briefings.statistics.control_charts.rules import judge
from briefings.statistics.control_charts.xmr import xmr_chart

# Flow rate of ten batches: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.
NIST = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)

values = st.lists(st.integers(0, 1000), min_size=9, max_size=20).filter(
    lambda drawn: len(set(drawn[:8])) > 1
)


def test_the_example_of_the_nist_handbook():
    chart = xmr_chart(NIST, len(NIST))
    assert chart is not None
    assert len(chart) == 10
    for point in chart:
        assert point.centre == pytest.approx(50.81)
        assert point.upper == pytest.approx(55.8041, abs=5e-5)
        assert point.lower == pytest.approx(45.8159, abs=5e-5)
        assert abs(point.distance) < 3  # the handbook finds it in control


def test_only_the_baseline_makes_the_limits():
    # Baseline 10, 12, 10, 12: centre 11, mean moving range 2, sigma 2 / 1.128.
    *_, last = xmr_chart([10, 12, 10, 12, 20], 4) or ()
    assert (last.centre, last.upper) == (11, pytest.approx(11 + 3 * 2 / 1.128))
    assert last.upper == pytest.approx(11 + 2.66 * 2, abs=0.001)  # the constant as it is printed
    assert last.distance == pytest.approx((20 - 11) / (2 / 1.128))


def test_without_variation_there_are_no_limits():
    assert xmr_chart([5] * 8 + [50], 8) is None


@given(values=values, constant=st.integers(-1000, 1000))
def test_a_constant_added_moves_the_limits_and_no_month_between_them(values, constant):
    before, after = (xmr_chart([v + c for v in values], 8) for c in (0, constant))
    assert before is not None
    assert after is not None
    for old, new in zip(before, after, strict=True):
        assert (new.lower, new.centre, new.upper) == pytest.approx(
            (old.lower + constant, old.centre + constant, old.upper + constant)
        )
        assert new.distance == pytest.approx(old.distance)


@given(values=values, factor=st.integers(1, 50))
def test_another_unit_of_measure_moves_no_month_between_the_limits(values, factor):
    before, after = (xmr_chart([v * f for v in values], 8) for f in (1, factor))
    assert [point.distance for point in before or ()] == pytest.approx(
        [point.distance for point in after or ()]
    )


@given(values=values)
def test_a_value_is_beyond_a_limit_exactly_where_it_lies_outside_the_limits(values):
    for point, value in zip(xmr_chart(values, 8) or (), values, strict=True):
        outside = not point.lower <= value <= point.upper
        assert outside == (judge([point.distance])[1] == "beyond_limit")


@pytest.mark.parametrize(("value", "outside"), [(16, False), (17, True)])
def test_a_value_on_the_limit_is_not_beyond_it(value, outside):
    """Limits of 10 ± 6: the sum of the parts need not be exact to a computer."""
    point = point_at(value, (4, 10, 16), 3.0000001 if value == 16 else 2.9999999)
    assert (judge([point.distance])[1] == "beyond_limit") == outside
