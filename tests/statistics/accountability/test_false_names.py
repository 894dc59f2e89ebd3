"""How many usual offices are named, and whether a bad one is found; drawn from fixed seeds.

`benchmarks/fairness.py` asks the same of more cases.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy.special import expit, logit

from tests.statistics.accountability.simulation import (
    outcomes,
    outcomes_of_old_rule,
    usual_offices,
    volumes,
)

pytestmark = pytest.mark.slow

MONTHS = 40
# 680 departments in all: of 1 in 1,000 on each side, more than five are named once in 300 seeds.
MOST_NAMED = 5


def named(of, share, shape, spread, level="department", months=MONTHS):
    random, found = np.random.default_rng(29), Counter()
    for _ in range(months):
        found.update(of(usual_offices(volumes(level), share, shape, spread, random)))
    return found["below"] + found["above"]


@pytest.mark.parametrize("share", [0.9985, 0.9, 0.5])
@pytest.mark.parametrize(("shape", "spread"), [("normal", 0.5), ("normal", 1), ("beta", 0.5)])
def test_departments_that_differ_as_usual_are_hardly_ever_named(share, shape, spread):
    assert named(outcomes, share, shape, spread) <= MOST_NAMED


def test_nor_are_communes():
    assert named(outcomes, 0.76, "normal", 0.5, "commune", 3) <= MOST_NAMED


def test_the_old_rule_named_dozens_of_them():
    assert named(outcomes_of_old_rule, 0.9, "normal", 0.5) > 10 * MOST_NAMED


@pytest.mark.parametrize("spread", [0, 0.3])
def test_an_office_that_fails_ten_times_as_often_is_found(spread):
    """In the middle of the departments by volume: 1,110 cases, of which nearly half fail."""
    random, sizes, found = np.random.default_rng(31), volumes("department"), []
    for _ in range(20):
        parts = usual_offices(sizes, 0.9, "normal", spread, random)
        parts[8] = (int(random.binomial(sizes[8], expit(logit(0.9) - np.log(10)))), sizes[8])
        found.append(outcomes(parts)[8])
    assert found.count("below") >= 18
