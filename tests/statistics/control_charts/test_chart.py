"""How many months make the limits, and how much they vary."""

from __future__ import annotations

import pytest

from briefings.statistics.control_charts.chart import months_in_baseline, sigma_of


@pytest.mark.parametrize(
    ("months", "expected"), [(0, None), (7, None), (8, 8), (11, 11), (12, 12), (13, 12), (48, 12)]
)
def test_eight_to_twelve_months_make_the_limits(months, expected):
    assert months_in_baseline(months) == expected


def test_sigma_is_the_mean_moving_range_over_1128():
    # Moving ranges 2, 2, 5: mean 3.
    assert sigma_of([10, 12, 10, 15]) == pytest.approx(3 / 1.128)


def test_values_that_do_not_vary_have_no_sigma():
    assert sigma_of([7, 7, 7]) == 0
